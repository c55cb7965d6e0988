"""Whether an agency is competent for a right, an act and a place, and who is."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.leads import queries
from hufu.domain.people.models import Agency
from hufu.domain.people.queries import kinds_of_body
from hufu.engines.law import Competent, lineage


@dataclass(frozen=True)
class Matter:
    """What competence depends on."""

    right_kind: str
    act: str
    region: str
    on: date


def competent_bodies(matter: Matter) -> tuple[Competent, ...]:
    """Return the bodies that may act, by the rule of the day; none when unruled."""
    return queries.competent_bodies(
        matter.right_kind, matter.act, matter.region, matter.on
    )


def is_competent(agency: Agency, bodies: tuple[Competent, ...]) -> bool:
    """Say whether the agency is one of the bodies, or the superior of one."""
    return any(
        agency.kind in kinds_of_body(body.body_code)
        and agency.region in ("000000", *lineage(body.region))
        for body in bodies
    )


def require_competent(agency: Agency, matter: Matter) -> tuple[Competent, ...]:
    """Refuse an agency that is not competent, naming the body that is."""
    bodies = competent_bodies(matter)
    if is_competent(agency, bodies):
        return bodies
    if not bodies:
        raise Refusal(
            "competence_unknown",
            _("The rules name no body for this right and act; ask for a designation."),
        )
    language = get_language() or "en"
    names = "; ".join(dict.fromkeys(b.name.say(language) for b in bodies))
    raise Refusal(
        "not_competent",
        _("Your agency is not competent for this case. Competent: %(bodies)s.")
        % {"bodies": names},
        basis=bodies[0].ruling.source.cite(language),
    )
