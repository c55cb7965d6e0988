"""Recompute the chain of the journal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hufu.base.journal import verify_journal
from hufu.base.models import Batch, Entry


class Command(BaseCommand):
    help = "Recompute every batch of the journal and name what does not agree."

    def handle(self, *_args: Any, **_options: Any) -> None:
        breaks = list(verify_journal())
        for found in breaks:
            self.stderr.write(f"batch {found.batch}: {found.problem}")
        if breaks:
            raise CommandError(f"The journal was tampered with: {len(breaks)} breaks.")
        batches, waiting = Batch.objects.count(), Entry.objects.filter(place=None)
        self.stdout.write(
            f"The journal holds: {batches} batches agree,"
            f" {waiting.count()} entries wait for their place."
        )
