"""Whether an agency is competent for a right, an act and a place, and who is."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.law import book
from hufu.domain.people.models import Agency
from hufu.engines.law import Competent, LawError, lineage

# What the law calls an act, by kind of right; every kind has "infringement".
ACTS = {
    ("trademark", "labels"): "labels",
    ("invention", "patent_passing_off"): "passing_off",
    ("utility_model", "patent_passing_off"): "passing_off",
    ("design", "patent_passing_off"): "passing_off",
}
# Which kinds of agency stand for a body of the law.
KINDS = {
    "amr": ("market",),
    "cnipa": ("ip_office",),
    "ip_office": ("ip_office", "market"),
    "copyright": ("copyright", "culture"),
    "culture_team": ("culture", "copyright"),
    "agriculture": ("agriculture",),
    "forestry": ("forestry",),
    "customs": ("customs",),
    "police": ("police",),
}


@dataclass(frozen=True)
class Matter:
    """What competence depends on."""

    right_kind: str
    act: str
    region: str
    on: date


def competent_bodies(matter: Matter) -> tuple[Competent, ...]:
    """Return the bodies that may act, by the rule of the day; none when unruled."""
    act = ACTS.get((matter.right_kind, matter.act), "infringement")
    try:
        found = book().competence(matter.right_kind, act, matter.region, matter.on)
    except LawError:
        return ()
    return tuple(body for body in found if body.role == "enforce")


def is_competent(agency: Agency, bodies: tuple[Competent, ...]) -> bool:
    """Say whether the agency is one of the bodies, or the superior of one."""
    return any(
        agency.kind in KINDS.get(body.body_code, ())
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
