"""`./hufu manage import_offers FILE --source …`: a feed of offers goes in."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.imports import REJECTIONS, UNREADABLE, UnreadableFile
from hufu.domain.people.actors import Clockwork
from hufu.domain.watch.feeds import format_of
from hufu.domain.watch.models import Feed, Source
from hufu.domain.watch.services import FeedFacts, request_feed, take_feed
from hufu.doors.identity import now

SHOWN = 10


class Command(BaseCommand):
    help = (
        "Take a feed of offers from a file: CSV or JSON Lines, packed or not, Parquet."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="its short name")
        parser.add_argument(
            "--format",
            choices=Feed.Format.values,
            help="as the content says, if left out",
        )

    def handle(self, *, file: Path, **options: Any) -> None:
        source = Source.objects.filter(code=options["source"]).first()
        if source is None:
            message = _("There is no source “%(code)s”.") % {"code": options["source"]}
            raise CommandError(message, returncode=2)
        try:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                stream.seek(0)
                form = options["format"] or format_of(stream)
            size = file.stat().st_size
            self._take(source, FeedFacts(file.name, form, digest, size), file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        except UnreadableFile as error:
            raise self._unreadable(file, error.code, error.params) from error
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal

    def _unreadable(
        self, file: Path, code: str, params: Mapping[str, str]
    ) -> CommandError:
        return CommandError(
            f"{file.name}: {_(UNREADABLE[code]) % params}", returncode=2
        )

    def _take(self, source: Source, facts: FeedFacts, file: Path) -> None:
        actor = Clockwork()
        feed = request_feed(actor=actor, at=now(), source=source, facts=facts)
        if not feed.running:
            self.stdout.write(_("This file is in already. Nothing was changed."))
            return
        feed = take_feed(
            actor=actor, at=now(), feed=feed, open_file=lambda: file.open("rb")
        )
        if feed.refused:
            raise self._unreadable(file, **feed.refusal)
        told = _("%(added)d new, %(unchanged)d as before, %(rejected)d rejected.")
        figures = {
            "added": feed.added,
            "unchanged": feed.unchanged,
            "rejected": feed.rejected,
        }
        self.stdout.write(told % figures)
        for row in feed.rows.all()[:SHOWN]:
            reason = _(REJECTIONS[row.reason_code]) % row.params
            self.stdout.write(f"  {row.line} {row.field}: {reason}")
