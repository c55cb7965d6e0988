"""`./hufu restore FILE --key KEY`: brings a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hufu.doors.cli.archive import Manifest, check_backup, load_backup
from hufu.doors.cli.dumps import is_empty
from hufu.doors.storage.sealing import Damaged


class Command(BaseCommand):
    help = "Bring database and files back from a backup, after reading all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="secret key file")
        parser.add_argument(
            "--force", action="store_true", help="replace a database that is in use"
        )

    def handle(self, **options: Any) -> None:
        path, key = options["file"], options["key"]
        for file in (path, key):
            if not file.is_file():
                raise CommandError(f"There is no file {file}.")
        if not (options["force"] or is_empty()):
            raise CommandError(
                "The database holds records. Nothing was changed. Point "
                "HUFU_DATABASE_URL at an empty one, or say --force to replace it."
            )
        try:
            secret = key.read_text()
            _refuse_mismatch(check_backup(path, secret=secret))
            count = load_backup(path, secret=secret)
        except (Damaged, ValueError) as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        self.stdout.write(f"Database and {count} files are back. Start Hufu again.")


def _refuse_mismatch(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise CommandError(
            f"The backup is of {manifest.vendor}, HUFU_DATABASE_URL names "
            f"{connection.vendor}. Nothing was changed."
        )
    known = MigrationLoader(None).disk_migrations or {}
    unknown = set(manifest.migrations) - {".".join(name) for name in known}
    if unknown:
        raise CommandError(
            f"The backup is of a later version of Hufu ({min(unknown)}). Nothing was "
            "changed."
        )
