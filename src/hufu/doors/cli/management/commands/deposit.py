"""`./hufu deposit PATH|URL`, or `--hash HEX`: one answer, the receipt."""

import getpass
import os
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.evidence.models import Deposit
from hufu.domain.people.models import Account
from hufu.doors.cli.depositing import Depositor
from hufu.doors.jobs.tasks import extend_log, sequence_journal, stamp_log
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.storage.receipts import receipt_of
from hufu.engines.proof.errors import ProofError

ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Command(BaseCommand):
    help = "Deposit a file, a folder, a web page or a bare hash; print the receipt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", nargs="?", metavar="PATH|URL")
        parser.add_argument("--hash", metavar="HEX", help="a SHA-256; nothing is read")
        parser.add_argument("--as", dest="user", help="default: who is logged in here")
        parser.add_argument("--note", default="", help="for the depositor alone")
        parser.add_argument("--out", type=Path, metavar="RECEIPT.json")

    def handle(self, **options: Any) -> None:
        if bool(options["target"]) == bool(options["hash"]):
            message = _("Name a file, a folder or an address; or a hash with --hash.")
            raise CommandError(message, returncode=2)
        # Paths are those of whoever asks, wherever the program lies.
        here = Path(os.environ.get("HUFU_CALLED_FROM", ""))
        out = here / options["out"] if options["out"] else None
        if out and out.exists():
            message = _("%(path)s exists. Choose another name.") % {"path": out}
            raise CommandError(message, returncode=2)
        depositor = Depositor(self._account(options["user"]), options["note"])
        try:
            if options["hash"]:
                deposit = depositor.deposit_hash(options["hash"])
            else:
                deposit = self._deposit(depositor, options["target"], here)
        except (Refusal, ImproperlyConfigured) as error:
            message = _("Nothing was deposited. %(why)s") % {"why": error}
            raise CommandError(message, returncode=2) from error
        except OSError as error:
            said = {"why": f"{error.filename or ''}: {error.strerror}"}
            message = _("Nothing was deposited. %(why)s") % said
            raise CommandError(message, returncode=2) from error
        self._answer(deposit, out)

    def _account(self, user: str | None) -> Account:
        name = user or getpass.getuser()
        account = Account.objects.filter(username=name, is_active=True).first()
        if account is None:
            message = _("There is no account “%(user)s”. Name one with --as.")
            raise CommandError(message % {"user": name}, returncode=2)
        return account

    def _deposit(self, depositor: Depositor, target: str, here: Path) -> Deposit:
        if ADDRESS.match(target):
            return depositor.deposit_page(target)
        path = here / target
        if not path.is_dir():
            return depositor.deposit_file(path)
        deposit, manifest = depositor.deposit_folder(path)
        words = _(
            "Deposited is the manifest, not the files: keep both. It is %(path)s."
        )
        self.stderr.write(words % {"path": manifest})
        return deposit

    def _answer(self, deposit: Deposit, out: Path | None) -> None:
        """Bring the log up to the deposit, and give the receipt with all it has."""
        receipt_of(deposit, known_witnesses())
        try:
            sequence_journal.call()
            extend_log.call()
            stamp_log.call()
        except (ProofError, OSError) as error:
            words = _("The receipt is signed; the log could not follow yet: %(why)s")
            self.stderr.write(words % {"why": error})
        content = bytes(receipt_of(deposit, known_witnesses()))
        if out is None:
            self.stdout.write(content.decode(), ending="")
            return
        with out.open("xb") as file:
            file.write(content)
        words = _("%(path)s is written. `./hufu verify` checks it.")
        self.stderr.write(words % {"path": out})
