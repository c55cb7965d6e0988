"""The hour as the site reads it: tests move it forward, as days pass between acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest


@dataclass
class Clock:
    """A hand that moves by a second at every look, and by days when it is told to.

    It may not stand still: whoever sends a report within a second of beginning it is
    taken for a machine.
    """

    at: datetime

    def look(self) -> datetime:
        """Read the hour."""
        return self.later(seconds=1)

    def later(self, **span: int) -> datetime:
        """Move on; sessions end meanwhile, as they do."""
        self.at += timedelta(**span)
        return self.at


@contextmanager
def clock_at(start: datetime) -> Iterator[Clock]:
    """Let the machine's clock show an hour of the test's choice."""
    clock = Clock(start)
    with pytest.MonkeyPatch.context() as patch:
        # The clock is the machine's, not ours; `identity.now` reads it here.
        patch.setattr("django.utils.timezone.now", clock.look)
        yield clock
