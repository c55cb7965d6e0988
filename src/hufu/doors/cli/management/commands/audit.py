"""`./hufu audit`: what an administrator changed behind the house's back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hufu.doors.storage.auditing import audit_house


class Command(BaseCommand):
    help = "Compare database, journal and proof log, and name the rows that disagree."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = 0
        for finding in audit_house():
            self.stderr.write(finding)
            count += 1
        if count:
            raise CommandError(f"{count} things do not agree.")
        self.stdout.write("Database, journal and log agree.")
