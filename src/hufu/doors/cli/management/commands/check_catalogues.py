"""`./hufu manage check_catalogues`: what the translations lack."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hufu.doors.cli.catalogues import find_gaps

LANGUAGES = ("zh_Hans",)


class Command(BaseCommand):
    help = "Name every string that a catalogue lacks, or leaves empty or unsure."

    def handle(self, **_: Any) -> None:
        gaps = [gap for language in LANGUAGES for gap in find_gaps(language)]
        for gap in gaps:
            self.stdout.write(gap)
        if gaps:
            raise CommandError(f"{len(gaps)} strings are not translated.")
        self.stdout.write("Every string is translated.")
