"""Whose sources are whose: the agency's officers, the platform, the clock."""

from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.watch.models import Source


def check_sweeps(actor: Actor, agency: str) -> None:
    """Refuse whoever does not run sweeps for this agency."""
    if not actor.holds(Permission.WATCH_SWEEP):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if isinstance(actor, Account) and agency not in actor.agencies:
        raise Refusal("other_agency", _("This record belongs to another agency."))


def check_feeds(actor: Actor, source: Source) -> None:
    """Refuse whoever is neither the source's platform nor who sweeps it."""
    if not actor.holds(Permission.WATCH_FEED):
        check_sweeps(actor, source.agency_id)
    elif isinstance(actor, Account) and (
        actor.party_id is None or actor.party_id != source.platform_id
    ):
        raise Refusal("other_source", _("This source belongs to another platform."))
