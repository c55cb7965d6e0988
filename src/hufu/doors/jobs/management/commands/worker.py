"""`./hufu worker`: does the jobs that wait, and queues those that are due."""

import os
import secrets
import signal
import socket
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from hufu.doors.jobs.worker import Worker


class Command(BaseCommand):
    help = "Do the jobs that wait, and queue those that are due, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--term", type=float, default=60, help="seconds of a lease")
        parser.add_argument("--interval", type=float, default=1, help="seconds to rest")

    def handle(self, **options: Any) -> None:
        worker = Worker(
            name=f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}",
            term=timedelta(seconds=options["term"]),
            interval=timedelta(seconds=options["interval"]),
        )
        signal.signal(signal.SIGINT, worker.stop)
        signal.signal(signal.SIGTERM, worker.stop)
        self.stdout.write("The worker runs. Ctrl-C ends it after the job at hand.")
        worker.run()
