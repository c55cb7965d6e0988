"""How many reports are taken in a minute, so that nobody's address is needed."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hufu.base.errors import Refusal

MIB = 1024 * 1024
WINDOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Limits:
    """What the installation takes from people it knows nothing about."""

    reports_per_minute: int = 600
    drafts_per_minute: int = 1200
    drafts_waiting: int = 20_000
    files_per_report: int = 10
    bytes_per_report: int = 200 * MIB
    seconds_at_least: int = 2
    messages_per_day: int = 50


LIMITS = Limits()


def check_rate(count: int, limit: int, oldest: datetime | None, at: datetime) -> None:
    """Ask to wait when a minute is full, and say for how long."""
    if count < limit:
        return
    free_at = (oldest or at) + WINDOW
    raise Refusal("busy", wait_message((free_at - at).total_seconds()))


def check_pace(started_at: datetime, at: datetime) -> None:
    """Ask a machine that fills three pages in no time to wait; people never notice."""
    left = LIMITS.seconds_at_least - (at - started_at).total_seconds()
    if left > 0:
        raise Refusal("busy", wait_message(left))


def check_room(count: int, size: int) -> None:
    """Refuse more or larger files than one report may carry."""
    if count > LIMITS.files_per_report:
        raise Refusal(
            "too_many_files",
            _("At most %(limit)d files can be added. Put several into one ZIP file.")
            % {"limit": LIMITS.files_per_report},
        )
    if size > LIMITS.bytes_per_report:
        raise Refusal(
            "too_large",
            _("The files together are larger than %(limit)d MB. Send fewer or smaller.")
            % {"limit": LIMITS.bytes_per_report // MIB},
        )


def check_messages(count: int) -> None:
    """Refuse more messages about one lead than a person writes in a day."""
    if count >= LIMITS.messages_per_day:
        raise Refusal(
            "too_many_messages",
            _("At most %(limit)d messages a day can be sent. Put more into a file.")
            % {"limit": LIMITS.messages_per_day},
        )


def wait_message(seconds: float) -> str:
    """Say politely when to try again."""
    whole = max(1, math.ceil(seconds))
    return ngettext(
        "Many reports are arriving. Try again in %(seconds)d second; "
        "nothing you typed is lost.",
        "Many reports are arriving. Try again in %(seconds)d seconds; "
        "nothing you typed is lost.",
        whole,
    ) % {"seconds": whole}
