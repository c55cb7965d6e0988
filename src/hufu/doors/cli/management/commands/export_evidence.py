"""`./hufu export-evidence CASE`: a bundle that anybody verifies without us."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.cases.models import Case
from hufu.domain.cases.queries import visible_cases
from hufu.domain.cases.services import export_evidence
from hufu.domain.evidence.files import clean_name
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Account
from hufu.doors.cli.bundling import write_bundle
from hufu.doors.identity import now
from hufu.doors.storage.checking import checked_store
from hufu.doors.storage.sealing import Damaged
from hufu.engines.proof.errors import ProofError

STOPS = (Refusal, Damaged, ProofError, ImproperlyConfigured, OSError)


class Command(BaseCommand):
    help = "Write the evidence of a case as a bundle; its custody says who did it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", help="its number")
        parser.add_argument("--as", dest="user", help="the officer's user name")
        parser.add_argument("--out", type=Path, help="default: the number, as a zip")

    def handle(self, **options: Any) -> None:
        number, user = options["case"], options["user"]
        actor = self._officer(user) if user else None
        cases = visible_cases(actor) if actor else Case.objects.all()
        case = cases.filter(number=number).first()
        if case is None:
            message = _("There is no case “%(number)s” here, or not for this officer.")
            raise CommandError(message % {"number": number}, returncode=2)
        # Paths are those of whoever asks, wherever the program lies.
        here = Path(os.environ.get("HUFU_CALLED_FROM", ""))
        path = here / (options["out"] or f"{clean_name(number)}.zip")
        if path.exists():
            message = _("%(path)s exists. Choose another name.") % {"path": path}
            raise CommandError(message, returncode=2)
        self._write(path, case, actor or Clockwork(frozenset({case.agency_id})))
        said = _("%(path)s is written. Its VERIFY.md says how to check it without us.")
        self.stdout.write(said % {"path": path})

    def _officer(self, user: str) -> Account:
        officer = Account.objects.filter(username=user, is_active=True).first()
        if officer is None:
            message = _("There is no officer “%(user)s”.") % {"user": user}
            raise CommandError(message, returncode=2)
        return officer

    def _write(self, path: Path, case: Case, actor: Account | Clockwork) -> None:
        arriving = path.with_name(f"{path.name}.unfinished")
        try:
            with arriving.open("wb") as file:
                arriving.chmod(0o600)
                export = export_evidence(
                    actor=actor, at=now(), storage=checked_store(), case=case
                )
                write_bundle(file, case, export)
                file.flush()
                os.fsync(file.fileno())
            arriving.replace(path)
        except STOPS as error:
            message = _("Nothing was written: %(why)s") % {"why": error}
            raise CommandError(message, returncode=2) from error
        finally:
            arriving.unlink(missing_ok=True)
