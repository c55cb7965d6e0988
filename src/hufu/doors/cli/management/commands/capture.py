"""`./hufu capture URL --out FILE.wacz`: a web page as it is shown now, in one file."""

import getpass
import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hufu.domain.evidence.failures import FAILURES
from hufu.doors.capture.outcomes import Asked, CaptureFailed
from hufu.doors.capture.pages import capture_page
from hufu.doors.jobs.officeseal import capturing_office


class Command(BaseCommand):
    help = "Capture a web page into a WACZ file, without a database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.wacz")
        parser.add_argument("--purpose", default="", help="kept in the capture record")
        parser.add_argument("--collector", default="", help="default: who is logged in")

    def handle(self, **options: Any) -> None:
        # Paths are those of whoever asks, wherever the program lies.
        path = Path(os.environ.get("HUFU_CALLED_FROM", "")) / options["out"]
        if path.exists():
            message = _("%(path)s exists. Choose another name.") % {"path": path}
            raise CommandError(message, returncode=2)
        collector = options["collector"] or getpass.getuser()
        asked = Asked(options["url"], collector, options["purpose"])
        try:
            with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
                office = capturing_office()
                done = capture_page(asked, Path(folder), office=office)
                shutil.move(done.file, path)
        except CaptureFailed as failed:
            said = {"why": FAILURES[failed.code], "what": failed.detail}
            message = _("Nothing was captured. %(why)s %(what)s") % said
            raise CommandError(message.strip(), returncode=2) from failed
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        said = {"path": path}
        self.stdout.write(
            _("%(path)s is written. `proof verify-wacz` checks it.") % said
        )
