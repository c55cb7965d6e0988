"""Which draws somebody may see, and what may be done with one."""

from django.db.models import QuerySet

from hufu.base.access import Actor
from hufu.domain.inspections.models import Draw
from hufu.domain.inspections.workflow import DRAW
from hufu.domain.people.permissions import Permission

WITH = ("agency", "deposit", "planned_by", "outcome", "outcome__settled_by")


def visible_draws(actor: Actor) -> QuerySet[Draw]:
    """Return the draws of the actor's agencies, newest first."""
    if not actor.holds(Permission.DRAW_READ):
        return Draw.objects.none()
    return Draw.objects.filter(agency__in=actor.agencies).select_related(*WITH)


def public_draws() -> QuerySet[Draw]:
    """Return every draw: that it is planned is public; see `is_open` for the rest."""
    return Draw.objects.select_related(*WITH)


def is_open(draw: Draw) -> bool:
    """Say whether the public may know who the candidates are, and who was drawn."""
    return draw.state == Draw.State.PUBLISHED


def open_acts(draw: Draw, actor: Actor) -> list[str]:
    """Return the acts the actor may do now."""
    return DRAW.open_verbs(draw, actor=actor)
