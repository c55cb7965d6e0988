"""Views of the inbox that officers keep."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.leads.models import SavedFilter
from hufu.domain.leads.services.writing import check_holds
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission

MOST = 20


@transaction.atomic
def save_filter(*, actor: Account, at: datetime, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces it."""
    del at
    check_holds(actor, Permission.LEAD_READ)
    if not name.strip():
        raise Refusal("name_missing", _("Give the filter a name."))
    mine = SavedFilter.objects.filter(account=actor)
    if mine.exclude(name=name.strip()).count() >= MOST:
        raise Refusal("too_many", _("Drop a filter before you keep another."))
    return SavedFilter.objects.update_or_create(
        account=actor, name=name.strip()[:60], defaults={"query": query[:1000]}
    )[0]


@transaction.atomic
def drop_filter(*, actor: Account, at: datetime, saved: SavedFilter) -> None:
    """Forget a filter of one's own."""
    del at
    SavedFilter.objects.filter(account=actor, pk=saved.pk).delete()
