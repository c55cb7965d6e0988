"""Starting, moving and explaining legal periods; the law engine does the counting.

These functions fill a clock in memory. Whoever owns it saves it, in the service that
is the act.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.law import book
from hufu.base.models import Clock
from hufu.engines import law

C = TypeVar("C", bound=Clock)


def start_clock(clock: C, *, rule: str, on: date) -> C:
    """Let the period `rule` run from the event of day `on`."""
    deadline = book().deadline(rule, start=on)
    clock.rule, clock.started_on = rule, on
    clock.due_on, clock.ruling = deadline.due_on, deadline.ruling.as_json()
    return clock


def pause_clock(clock: C, *, from_on: date, to_on: date, ground: str) -> C:
    """Leave the days from `from_on` to `to_on` uncounted, on a ground the law names."""
    pause = {"from_on": str(from_on), "to_on": str(to_on), "ground": ground}
    return _recount(clock, pauses=[*clock.pauses, pause])


def end_pause(clock: C, *, on: date) -> C:
    """Let the last pause end on the day it really ended, not on the one expected."""
    *earlier, last = clock.pauses
    return _recount(clock, pauses=[*earlier, {**last, "to_on": str(on)}])


def extend_clock(clock: C, *, extension: law.Extension) -> C:
    """Lengthen the period on a ground the law names."""
    return _recount(clock, extensions=[*clock.extensions, asdict(extension)])


def grounds_of(clock: Clock) -> tuple[law.Ground, ...]:
    """Return the pauses and extensions that the law of the clock knows."""
    return law.grounds(law.Ruling.from_json(clock.ruling))


def explain_clock(clock: Clock) -> law.Explanation:
    """Say why the clock ends on the day it does: days counted, skipped, and why."""
    return _deadline(clock, clock.pauses, clock.extensions).explain()


def _recount(
    clock: C,
    *,
    pauses: list[dict[str, Any]] | None = None,
    extensions: list[dict[str, Any]] | None = None,
) -> C:
    pauses = clock.pauses if pauses is None else pauses
    extensions = clock.extensions if extensions is None else extensions
    if not clock.running:
        raise Refusal("clock_stopped", _("This period no longer runs."))
    try:
        clock.due_on = _deadline(clock, pauses, extensions).due_on
    except law.UnlawfulGroundError as error:
        raise Refusal(
            "ground_unknown", _("The law does not name this ground."), basis=error.rule
        ) from error
    clock.pauses, clock.extensions = pauses, extensions
    return clock


def _deadline(
    clock: Clock, pauses: Sequence[dict[str, Any]], extensions: Sequence[dict[str, Any]]
) -> law.Deadline:
    # The rule may have changed since or be gone: the stored ruling still counts.
    return book().recount(
        law.Ruling.from_json(clock.ruling),
        start=clock.started_on,
        pauses=tuple(
            law.Pause(
                date.fromisoformat(p["from_on"]),
                date.fromisoformat(p["to_on"]),
                p["ground"],
            )
            for p in pauses
        ),
        extensions=tuple(law.Extension(**e) for e in extensions),
    )
