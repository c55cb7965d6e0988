"""How much one account may send, so that nobody fills the disk for all."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal

GIB = 1024**3
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """What one account may have on its way, and deposit within a day."""

    uploads_waiting: int = 5
    bytes_waiting: int = 6 * GIB
    files_per_day: int = 500
    bytes_per_day: int = 20 * GIB


LIMITS = Limits()


def check_waiting(count: int, size: int) -> None:
    """Refuse one more upload while too many wait to be finished."""
    if count > LIMITS.uploads_waiting or size > LIMITS.bytes_waiting:
        raise Refusal(
            "busy",
            _(
                "At most %(count)d uploads, together of %(size)d GB, may wait to be "
                "finished. Finish one of yours, or drop it."
            )
            % {"count": LIMITS.uploads_waiting, "size": LIMITS.bytes_waiting // GIB},
        )


def check_day(count: int, size: int) -> None:
    """Refuse more files than one account may deposit within a day."""
    if count > LIMITS.files_per_day or size > LIMITS.bytes_per_day:
        raise Refusal(
            "busy",
            _(
                "At most %(count)d files, together of %(size)d GB, can be deposited "
                "within a day. Wait, or deposit the hash of the file."
            )
            % {"count": LIMITS.files_per_day, "size": LIMITS.bytes_per_day // GIB},
        )


def check_hashes(count: int) -> None:
    """Refuse more bare hashes than one account may deposit within a day."""
    if count > settings.HUFU_HASHES_PER_DAY:
        raise Refusal(
            "busy",
            _(
                "At most %(count)d hashes can be deposited within a day. Write the "
                "hashes into one file and deposit that file: its receipt proves them "
                "all."
            )
            % {"count": settings.HUFU_HASHES_PER_DAY},
        )
