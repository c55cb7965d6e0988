"""Opening a source of offers, and saying how much of it may become leads."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.domain.people.models import Agency, Party
from hufu.domain.watch.models import Source
from hufu.domain.watch.services.permits import check_sweeps

_BUDGET = 1000


@dataclass(frozen=True)
class SourceFacts:
    """Where offers come from; `region` is where what they show is said to be."""

    code: str
    name_en: str
    name_zh: str
    region: str = ""
    platform: Party | None = None
    threshold: float = 0.9
    budget: int = 20
    demo: bool = False


@transaction.atomic
def open_source(
    *, actor: Actor, at: datetime, facts: SourceFacts, agency: Agency
) -> Source:
    """Open a source for an agency; its short name is taken once."""
    check_sweeps(actor, agency.pk)
    _check_limits(facts.threshold, facts.budget)
    if not (facts.name_en.strip() and facts.name_zh.strip()):
        raise Refusal("name_missing", _("Name the source in both languages."))
    if Source.objects.filter(code=facts.code).exists():
        raise Refusal("code_taken", _("This short name is taken; choose another."))
    source = Source.objects.create(
        agency=agency,
        code=facts.code,
        name_en=facts.name_en.strip(),
        name_zh=facts.name_zh.strip(),
        region=facts.region,
        platform=facts.platform,
        threshold=facts.threshold,
        budget=facts.budget,
        demo=facts.demo,
    )
    limits = {"threshold": source.threshold, "budget": source.budget}
    record(source, "open", actor=actor, at=at, facts=limits)
    return source


@transaction.atomic
def tune_source(
    *, actor: Actor, at: datetime, source: Source, threshold: float, budget: int
) -> Source:
    """Change from which score on, and how often, a source's offers become leads."""
    check_sweeps(actor, source.agency_id)
    _check_limits(threshold, budget)
    source.threshold, source.budget = threshold, budget
    source.save(update_fields=["threshold", "budget"])
    limits = {"threshold": threshold, "budget": budget}
    record(source, "tune", actor=actor, at=at, facts=limits)
    return source


def _check_limits(threshold: float, budget: int) -> None:
    if not 0 < threshold < 1:
        raise Refusal("threshold", _("The least score lies between 0 and 1."))
    if not 1 <= budget <= _BUDGET:
        raise Refusal("budget", _("Between 1 and 1,000 leads per 1,000 offers."))
