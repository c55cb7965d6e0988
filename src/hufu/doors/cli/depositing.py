"""Depositing what a command names: a file, a folder, a web page, or a bare hash."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.evidence import services
from hufu.domain.evidence.failures import FAILURES
from hufu.domain.evidence.models import Deposit
from hufu.domain.people.models import Account
from hufu.doors.capture.addresses import Network
from hufu.doors.capture.outcomes import Asked, CaptureFailed
from hufu.doors.capture.pages import INTERNET, capture_page
from hufu.doors.cli.manifests import write_manifest
from hufu.doors.identity import now
from hufu.doors.storage.blobs import blob_store

MANIFEST = "{}.manifest-sha256.txt"


@dataclass(frozen=True)
class Depositor:
    """Who deposits, and what the account notes beside it."""

    account: Account
    note: str = ""

    def deposit_hash(self, sha256: str) -> Deposit:
        """Deposit a hash; nothing else is seen."""
        facts = services.DepositFacts(sha256=sha256, note=self.note)
        return services.deposit_hash(actor=self.account, at=now(), facts=facts)

    def deposit_file(self, path: Path, name: str = "") -> Deposit:
        """Deposit a file, a copy of which is kept for the account alone."""
        with path.open("rb") as stream:
            return self._deposit(stream, name or path.name)

    def deposit_folder(self, folder: Path) -> tuple[Deposit, Path]:
        """Deposit the manifest of a folder, and write it beside the folder.

        The files stay where they are: they are proved by the manifest.
        """
        whole = folder.resolve()
        path = whole.with_name(MANIFEST.format(whole.name))
        content = write_manifest(folder)
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError as error:
            message = _("%(path)s exists. Move it away first.") % {"path": path}
            raise Refusal("file_exists", message) from error
        return self.deposit_file(path), path

    def deposit_page(self, url: str, network: Network = INTERNET) -> Deposit:
        """Capture a web page as it is shown now, and deposit the WACZ file."""
        purpose = self.note or _("Deposit")
        asked = Asked(url, self.account.label, purpose)
        with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
            try:
                captured = capture_page(asked, Path(folder), network)
            except CaptureFailed as failed:
                said = {"why": FAILURES[failed.code], "what": failed.detail}
                message = _("Nothing was captured. %(why)s %(what)s") % said
                raise Refusal("not_captured", message.strip()) from failed
            return self.deposit_file(captured.file, f"{urlsplit(url).hostname}.wacz")

    def _deposit(self, stream: BinaryIO, name: str) -> Deposit:
        kept = services.keep_file(
            storage=blob_store(),
            stream=stream,
            name=name,
            limit=settings.HUFU_DEPOSIT_LIMIT,
        )
        facts = services.DepositFacts(note=self.note)
        return services.deposit_file(
            actor=self.account, at=now(), kept=kept, facts=facts
        )
