"""`./hufu manage prepare`: keys, catalogues, rules, tables, static files, as needed."""

import fcntl
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from hufu.doors.cli.catalogues import compile_catalogues
from hufu.doors.cli.rulepack import compile_rules
from hufu.doors.identity import now
from hufu.doors.letters.demo_authority import make_demo_authority
from hufu.doors.storage.compiling import begin_compiling
from hufu.doors.storage.keys import make_document_key, make_keys


class Command(BaseCommand):
    help = "Make keys, catalogues, compiled rules, tables and static files, as needed."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        if settings.PRODUCTION:
            call_command("check", deploy=True, tags=["hufu"], fail_level="ERROR")
        # The system frees this lock when its holder dies; whoever waits goes on.
        with (settings.HUFU_HOME / "prepare.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            begin_compiling()
            compile_catalogues()
            compile_rules()
            if not settings.PRODUCTION:
                make_keys(settings.HUFU_HOME)
                make_document_key(settings.HUFU_HOME, now())
                make_demo_authority()
            call_command("migrate", verbosity=0)
            _close_to_others()
            if settings.HUFU_ENV != "development":
                call_command("collectstatic", interactive=False, verbosity=0)


def _close_to_others() -> None:
    """Let nobody else on this machine read the embedded database."""
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and database.is_file():
        database.chmod(0o600)
