"""Which lists the house publishes: one row each. A new list is one more row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hufu.domain.publication.models import Notice


@dataclass(frozen=True)
class PublishedList:
    """A list of parties, by their unified social credit codes.

    `codes` says who stands on it on a day. Names are never keys: two parties may
    share one.
    """

    name: str
    title: str | Promise
    codes: Callable[[date], Iterable[str]]


def _noticed(day: date) -> Iterable[str]:
    """Give the parties of the notices that the public may read on a day."""
    shown = Notice.objects.filter(
        state=Notice.State.PUBLISHED, published_on__lte=day, until_on__gte=day
    )
    return shown.exclude(uscc="").values_list("uscc", flat=True).distinct().order_by()


LISTS = (PublishedList("penalty-notices", _("Published penalty decisions"), _noticed),)


def list_named(name: str) -> PublishedList | None:
    """Find a list by the name that its certificates carry."""
    return next((one for one in LISTS if one.name == name), None)
