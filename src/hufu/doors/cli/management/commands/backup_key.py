"""`./hufu manage backup_key FILE`: the pair of keys for backups."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hufu.doors.storage.envelopes import new_pair
from hufu.doors.storage.keys import write_secret


class Command(BaseCommand):
    help = "Make the pair of keys for backups: FILE (secret) and FILE.pub (public)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        public, secret = new_pair()
        if not write_secret(path, secret):
            raise CommandError(f"{path} exists: an older backup may need it.")
        path.with_name(f"{path.name}.pub").write_text(public)
        self.stdout.write(
            f"{path}.pub stays here. Take {path} away, to a place that burns on "
            "another day: without it no backup opens, with it everyone reads them."
        )
