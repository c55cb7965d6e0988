"""`./hufu serve`: checks, then the site, by granian."""

import os
import socket
import sys
from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serve the site, after the checks that a start must pass."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port-only", action="store_true", help="only ask whether the port is free"
        )

    def handle(self, **options: Any) -> None:
        host, port = settings.HUFU_BIND.rsplit(":", 1)
        _refuse_busy_port(host.strip("[]"), int(port))
        if options["port_only"]:
            return
        call_command("check", deploy=True, tags=["hufu"], fail_level="ERROR")
        self.stdout.write(f"Hufu: http://{settings.HUFU_BIND} (Ctrl-C ends it)")
        self.stdout.flush()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        command += ["--host", host.strip("[]"), "--port", port, "--no-access-log"]
        command += ["--workers", str(settings.HUFU_WORKERS)]
        command += ["--blocking-threads", str(settings.HUFU_THREADS)]
        command += ["--log-level", "warning", "config.wsgi:application"]
        os.execv(sys.executable, command)  # noqa: S606 - the arguments are our own


def _refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port} cannot be used ({error.strerror}). Stop the program "
                f"that has it, or choose another: HUFU_BIND=127.0.0.1:{port + 1}"
            ) from error
