"""Indicators: each a number with the journal entries it was counted from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hufu.base.models import Entry
from hufu.domain.leads.models import Lead, LeadClock
from hufu.domain.publication.models import Notice

LEGAL_TIME = ZoneInfo("Asia/Shanghai")
LEAD, CASE, NOTICE = "leads.lead", "cases.case", "publication.notice"
VERIFY = "deadlines.report.verify"


@dataclass(frozen=True)
class Period:
    """The days counted, both included, and the agencies; none named means all."""

    from_on: date
    to_on: date
    agencies: frozenset[str] = frozenset()

    def entries(self, kind: str) -> QuerySet[Entry]:
        """Return the entries about records of `kind` within the period."""
        start = datetime.combine(self.from_on, time.min, LEGAL_TIME)
        end = datetime.combine(self.to_on, time.max, LEGAL_TIME)
        found = Entry.objects.filter(subject_kind=kind, at__range=(start, end))
        if self.agencies:
            found = found.filter(agency__in=self.agencies)
        return found.order_by("pk")


@dataclass(frozen=True)
class Part:
    """Something counted: its entries are what the count opens onto."""

    code: str
    name: str | Promise
    entries: QuerySet[Entry]

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self.entries.count()


@dataclass(frozen=True)
class Figure:
    """An indicator for a period. `value` is None when there is nothing to measure."""

    code: str
    name: str | Promise
    unit: str | Promise
    value: float | None
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        """Return the part `code`; KeyError when there is none."""
        return {part.code: part for part in self.parts}[code]


def _ids(entries: QuerySet[Entry]) -> list[str]:
    return list(entries.values_list("subject_id", flat=True))


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def leads_received(period: Period) -> Figure:
    """Leads in, and how many of them were answered since."""
    came = period.entries(LEAD).filter(before="")
    answered = Entry.objects.filter(
        subject_kind=LEAD, before="new", subject_id__in=_ids(came)
    ).order_by("pk")
    return Figure(
        "leads_received",
        _("Leads received"),
        _("leads"),
        float(came.count()),
        (Part("in", _("received"), came), Part("out", _("answered"), answered)),
    )


def leads_in_time(period: Period) -> Figure:
    """Leads answered in the period: the share within the statutory time."""
    answered = period.entries(LEAD).filter(before="new").exclude(after="new")
    clocks = LeadClock.objects.filter(rule=VERIFY, met_on__lte=F("due_on"))
    kept = clocks.filter(lead_id__in=_ids(answered)).values_list("lead_id", flat=True)
    in_time = answered.filter(subject_id__in=[str(pk) for pk in kept])
    return Figure(
        "leads_in_time",
        _("Leads answered in time"),
        "%",
        _share(in_time.count(), answered.count()),
        (
            Part("in_time", _("answered in time"), in_time),
            Part("all", _("answered"), answered),
        ),
    )


def cases_concluded(period: Period) -> Figure:
    """Cases opened and decided in the period."""
    opened = period.entries(CASE).filter(after="filed")
    decided = period.entries(CASE).filter(after="decided")
    return Figure(
        "cases_concluded",
        _("Cases decided"),
        _("cases"),
        float(decided.count()),
        (Part("decided", _("decided"), decided), Part("opened", _("opened"), opened)),
    )


def days_to_decide(period: Period) -> Figure:
    """Median days from the filing of a case to its decision, for those decided."""
    decided = period.entries(CASE).filter(after="decided")
    filed = dict(
        Entry.objects.filter(
            subject_kind=CASE, after="filed", subject_id__in=_ids(decided)
        ).values_list("subject_id", "at")
    )
    days = [
        (legal_day(at) - legal_day(filed[subject])).days
        for subject, at in decided.values_list("subject_id", "at")
        if subject in filed
    ]
    return Figure(
        "days_to_decide",
        _("Median days from filing to decision"),
        _("days"),
        float(median(days)) if days else None,
        (Part("decided", _("decided"), decided),),
    )


def published_in_time(period: Period) -> Figure:
    """Decisions published in the period: the share within the statutory time."""
    published = period.entries(NOTICE).filter(after="published")
    kept = Notice.objects.filter(
        pk__in=_ids(published), published_on__lte=F("publish_by_on")
    ).values_list("pk", flat=True)
    in_time = published.filter(subject_id__in=[str(pk) for pk in kept])
    return Figure(
        "published_in_time",
        _("Decisions published in time"),
        "%",
        _share(in_time.count(), published.count()),
        (
            Part("in_time", _("published in time"), in_time),
            Part("all", _("published"), published),
        ),
    )


def equal_treatment(period: Period) -> Figure:
    """Complaints accepted: foreign holders' share less domestic holders', in points."""
    answered = period.entries(LEAD).filter(before="new").exclude(after="new")
    complaints = Lead.objects.filter(
        pk__in=_ids(answered), complainant__isnull=False
    ).values_list("pk", "complainant__country")
    foreign = [str(pk) for pk, country in complaints if country != "CN"]
    domestic = [str(pk) for pk, country in complaints if country == "CN"]
    parts = (
        Part("foreign", _("foreign holders"), answered.filter(subject_id__in=foreign)),
        Part(
            "foreign_accepted",
            _("foreign holders, accepted"),
            answered.filter(subject_id__in=foreign, after="accepted"),
        ),
        Part(
            "domestic", _("domestic holders"), answered.filter(subject_id__in=domestic)
        ),
        Part(
            "domestic_accepted",
            _("domestic holders, accepted"),
            answered.filter(subject_id__in=domestic, after="accepted"),
        ),
    )
    abroad = _share(parts[1].count, parts[0].count)
    home = _share(parts[3].count, parts[2].count)
    value = None if abroad is None or home is None else round(abroad - home, 1)
    return Figure(
        "equal_treatment",
        _("Complaints accepted: foreign less domestic holders"),
        _("points"),
        value,
        parts,
    )


def legal_day(at: datetime) -> date:
    """Return the day an instant falls on in legal time."""
    return at.astimezone(LEGAL_TIME).date()


FIGURES: dict[str, Callable[[Period], Figure]] = {
    figure.__name__: figure
    for figure in (
        leads_received,
        leads_in_time,
        cases_concluded,
        days_to_decide,
        published_in_time,
        equal_treatment,
    )
}
