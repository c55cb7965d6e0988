"""`./hufu manage prepare`: keys, catalogues, rules, tables, static files, as needed."""

import fcntl
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from hufu.doors.cli.catalogues import compile_catalogues
from hufu.doors.cli.rulepack import compile_rules
from hufu.doors.letters.demo_authority import make_demo_authority
from hufu.doors.storage.keys import make_keys


class Command(BaseCommand):
    help = "Make keys, catalogues, compiled rules, tables and static files, as needed."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        if settings.PRODUCTION:
            call_command("check", deploy=True, tags=["hufu"], fail_level="ERROR")
        # The system frees this lock when its holder dies; whoever waits goes on.
        with (settings.HUFU_HOME / "prepare.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            compile_catalogues()
            compile_rules()
            if not settings.PRODUCTION:
                make_keys(settings.HUFU_HOME)
                make_demo_authority()
            call_command("migrate", verbosity=0)
            if settings.HUFU_ENV != "development":
                call_command("collectstatic", interactive=False, verbosity=0)
