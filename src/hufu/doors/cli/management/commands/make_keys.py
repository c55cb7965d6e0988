"""`./hufu manage make_keys`: the keys of a new installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from hufu.doors.storage.keys import make_keys


class Command(BaseCommand):
    help = "Make the keys that are missing under HUFU_HOME/keys."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        for path in make_keys(settings.HUFU_HOME):
            self.stdout.write(f"made {path}: keep a copy apart from the backups")
