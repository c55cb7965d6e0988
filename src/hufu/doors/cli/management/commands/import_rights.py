"""`./hufu manage import_rights FILE --format …`: a register goes in, row by row."""

import hashlib
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.imports import REJECTIONS, UNREADABLE
from hufu.domain.people.actors import Clockwork
from hufu.domain.rights.models import Import
from hufu.domain.rights.services import ImportFacts, request_import, run_import
from hufu.doors.identity import now

SHOWN = 10


class Command(BaseCommand):
    help = "Import rights from a file: csv, jsonl, st66, st96 or gi."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", required=True, choices=Import.Format.values)
        parser.add_argument("--register", default="", help="instead of the file's own")
        parser.add_argument("--demo", action="store_true", help="mark as fictional")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            facts = ImportFacts(
                name=file.name,
                format=options["format"],
                sha256=digest,
                size=file.stat().st_size,
                register=options["register"],
                demo=options["demo"],
            )
            self._import(facts, file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal

    def _import(self, facts: ImportFacts, file: Path) -> None:
        actor = Clockwork()
        item = request_import(actor=actor, at=now(), facts=facts)
        if not item.running:
            self.stdout.write(_("This file is in already. Nothing was changed."))
            return
        watch = _Watch(self)
        item = run_import(
            actor=actor,
            at=now(),
            item=item,
            open_file=lambda: file.open("rb"),
            tell=watch.tell,
        )
        if item.refused:
            reason = _(UNREADABLE[item.refusal["code"]]) % item.refusal["params"]
            raise CommandError(f"{file.name}: {reason}", returncode=2)
        self._report(item)

    def _report(self, item: Import) -> None:
        self.stdout.write(
            _(
                "%(added)d new, %(changed)d changed, %(unchanged)d as before, "
                "%(rejected)d rejected."
            )
            % {
                "added": item.added,
                "changed": item.changed,
                "unchanged": item.unchanged,
                "rejected": item.rejected,
            }
        )
        for row in item.rows.all()[:SHOWN]:
            reason = _(REJECTIONS[row.reason_code]) % row.params
            self.stdout.write(f"  {row.line} {row.field}: {reason}")
        if item.rejected > SHOWN:
            self.stdout.write(_("The whole report is in the workbench, under Imports."))


class _Watch:
    """Say now and then how far the import is, and how long it may still take."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.began = self.said = time.monotonic()

    def tell(self, item: Import) -> None:
        """Say it at most once a second."""
        moment = time.monotonic()
        if moment - self.said < 1 or not item.rows_total:
            return
        self.said = moment
        share = item.rows_read / item.rows_total
        left = round((moment - self.began) * (1 - share) / share)
        self.command.stderr.write(
            _("%(read)d of %(total)d rows, about %(left)d seconds to go")
            % {"read": item.rows_read, "total": item.rows_total, "left": left}
        )
