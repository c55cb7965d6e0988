"""`./hufu backup FILE --to KEY`: an encrypted copy of database and files."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hufu.doors.cli.archive import write_backup
from hufu.doors.identity import now


class Command(BaseCommand):
    help = "Write a copy of database and files, sealed to a public key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", type=Path, required=True, help="public key file")

    def handle(self, **options: Any) -> None:
        path, key = options["file"], options["to"]
        if path.exists():
            raise CommandError(f"{path} exists. Choose another name.")
        if not key.is_file():
            raise CommandError(
                f"There is no key file {key}. `./hufu manage backup_key` makes one."
            )
        arriving = path.with_name(f"{path.name}.unfinished")
        try:
            with arriving.open("wb") as file:
                arriving.chmod(0o600)
                write_backup(file, public=key.read_text(), at=now())
                file.flush()
                os.fsync(file.fileno())
        except ValueError as error:
            arriving.unlink()
            raise CommandError(f"{key}: {error}") from error
        arriving.replace(path)
        self.stdout.write(
            f"{path}: {path.stat().st_size:,} bytes. Not in it: the storage key and "
            "the secret key (HUFU_HOME/keys). Keep copies of those apart."
        )
