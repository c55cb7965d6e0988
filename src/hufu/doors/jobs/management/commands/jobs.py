"""`./hufu manage jobs`: what waits, what runs, what failed; `--retry` tries again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from hufu.doors.identity import now
from hufu.doors.jobs import queries, services


class Command(BaseCommand):
    help = "Show what waits, what runs and what failed; try failed jobs again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry", action="store_true", help="try failed jobs again"
        )

    def handle(self, **options: Any) -> None:
        if options["retry"]:
            for job in list(queries.failed_jobs()):
                services.retry_job(at=now(), job=job)
        for state, count in queries.count_jobs().items():
            self.stdout.write(f"{state.lower():12}{count:8}")
        for job in queries.failed_jobs():
            self.stdout.write(f"{job.pk} {job.task_path}: {job.exception_class_path}")
