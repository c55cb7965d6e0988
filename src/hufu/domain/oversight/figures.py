"""The indicators: what each counts, and from which entries of the journal."""

from collections.abc import Mapping
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.models import Entry
from hufu.domain.leads.models import Lead, LeadClock
from hufu.domain.oversight.indicators import (
    Entries,
    Figure,
    Indicator,
    Period,
    legal_day,
    share,
)
from hufu.domain.oversight.subjects import RowKey, SubjectId
from hufu.domain.publication.models import Notice

LEAD, CASE, NOTICE = "leads.lead", "cases.case", "publication.notice"
# The legal periods in which a lead is checked and decided, by where it came from.
VERIFICATION = ("deadlines.report.verify", "deadlines.penalty.case_filing")
# The acts that decide a lead. One merged or taken back is decided by nobody.
DECIDING = ("close", "refer", "put-in-case")

Parts = Mapping[str, Entries]


def _about(column: str, rows: QuerySet[LeadClock]) -> Subquery:
    """Name the rows' subjects as the journal does, in the database."""
    return Subquery(rows.order_by().values(subject=SubjectId(column)))


def _has(column: str, rows: QuerySet[Lead] | QuerySet[LeadClock]) -> Exists:
    """Ask, entry by entry, whether its record is among the rows."""
    return Exists(rows.filter(**{column: RowKey(OuterRef("subject_id"))}))


def _received(period: Period) -> Parts:
    came = period.entries(LEAD, "receive")
    decided = period.here(LEAD, *DECIDING).filter(
        subject_id__in=came.order_by().values("subject_id")
    )
    return {"received": came, "decided": decided}


def _in_time(period: Period) -> Parts:
    decided = period.entries(LEAD, *DECIDING)
    clocks = LeadClock.objects.filter(rule__in=VERIFICATION)
    kept = clocks.filter(
        met_on__range=(period.from_on, period.to_on), met_on__lte=F("due_on")
    )
    late = clocks.filter(
        Q(met_on=None) | Q(met_on__gt=period.to_on),
        due_on__lt=period.to_on,
        dropped_on=None,
    )
    waiting = period.here(LEAD, "receive")
    return {
        "in_time": decided.filter(_has("lead_id", kept)),
        "decided": decided,
        "overdue": waiting.filter(subject_id__in=_about("lead_id", late)),
    }


def _concluded(period: Period) -> Parts:
    return {
        "decided": period.entries(CASE, "decide"),
        "filed": period.entries(CASE, "file"),
        "ended": period.entries(CASE, "withdraw", "transfer"),
    }


def _decided(period: Period) -> Parts:
    return {"decided": period.entries(CASE, "decide")}


def _median_days(figure: Figure) -> float | None:
    filed = Entry.objects.filter(
        subject_id=OuterRef("subject_id"), subject_kind=CASE, act="file"
    )
    decided = figure.part("decided").entries
    pairs = decided.annotate(filed_at=Subquery(filed.values("at")[:1]))
    days = [
        (legal_day(at) - legal_day(filed_at)).days
        for at, filed_at in pairs.values_list("at", "filed_at").iterator()
        if filed_at
    ]
    return float(median(days)) if days else None


def _published(period: Period) -> Parts:
    published = period.entries(NOTICE, "publish")
    kept = Notice.objects.filter(published_on__lte=F("publish_by_on"))
    subjects = Subquery(kept.order_by().values(subject=SubjectId("pk")))
    return {
        "in_time": published.filter(subject_id__in=subjects),
        "published": published,
    }


def _treatment(period: Period) -> Parts:
    answered = period.entries(LEAD, "accept", "close").filter(before="new")
    complaints = Lead.objects.filter(origin=Lead.Origin.COMPLAINT)
    domestic = complaints.filter(complainant__country="CN")
    foreign = complaints.exclude(complainant__country="CN")
    parts = {}
    for code, rows in (("foreign", foreign), ("domestic", domestic)):
        parts[code] = answered.filter(_has("pk", rows))
        parts[f"{code}_accepted"] = parts[code].filter(act="accept")
    return parts


def _points(figure: Figure) -> float | None:
    abroad, home = (
        share(figure.count_of(f"{code}_accepted"), figure.count_of(code))
        for code in ("foreign", "domestic")
    )
    return None if abroad is None or home is None else round(abroad - home, 1)


def _share_in_time(figure: Figure) -> float | None:
    whole = figure.count_of("decided") + figure.count_of("overdue")
    return share(figure.count_of("in_time"), whole)


INDICATORS = (
    Indicator(
        code="leads_received",
        name=_("Leads received"),
        unit=pgettext_lazy("unit", "leads"),
        about=_(
            "Reports, complaints, detections and referrals that came in, and how many"
            " of these were decided since."
        ),
        parts={
            "received": pgettext_lazy("leads", "received"),
            "decided": pgettext_lazy("leads", "decided since"),
        },
        within={"decided": "received"},
        count=_received,
        value=lambda figure: float(figure.count_of("received")),
        headline="received",
    ),
    Indicator(
        code="leads_in_time",
        name=_("Leads decided in time"),
        unit="%",
        about=_(
            "Of the leads decided and those overdue at the end: the share decided"
            " within the period of the law. Merged leads and those taken back do not"
            " count."
        ),
        parts={
            "in_time": pgettext_lazy("leads", "decided in time"),
            "decided": pgettext_lazy("leads", "decided"),
            "overdue": pgettext_lazy("leads", "overdue and undecided"),
        },
        within={"in_time": "decided"},
        count=_in_time,
        value=_share_in_time,
    ),
    Indicator(
        code="cases_concluded",
        name=_("Cases decided"),
        unit=pgettext_lazy("unit", "cases"),
        about=_(
            "Cases in which a decision was made, beside those filed and those that"
            " ended without one."
        ),
        parts={
            "decided": pgettext_lazy("cases", "decided"),
            "filed": pgettext_lazy("cases", "filed"),
            "ended": pgettext_lazy("cases", "ended without penalty or transferred"),
        },
        within={},
        count=_concluded,
        value=lambda figure: float(figure.count_of("decided")),
        headline="decided",
    ),
    Indicator(
        code="days_to_decide",
        name=_("Median days from filing to decision"),
        unit=_("days"),
        about=_("Calendar days between the filing of a case and its decision."),
        parts={"decided": pgettext_lazy("cases", "decided")},
        within={},
        count=_decided,
        value=_median_days,
    ),
    Indicator(
        code="published_in_time",
        name=_("Decisions published in time"),
        unit="%",
        about=_(
            "Of the decisions published: the share published within the period of the"
            " law."
        ),
        parts={
            "in_time": pgettext_lazy("decisions", "published in time"),
            "published": pgettext_lazy("decisions", "published"),
        },
        within={"in_time": "published"},
        count=_published,
        value=lambda figure: share(
            figure.count_of("in_time"), figure.count_of("published")
        ),
    ),
    Indicator(
        code="equal_treatment",
        name=_("Complaints taken up: foreign less domestic holders"),
        unit=_("percentage points"),
        about=_(
            "Of the complaints answered, the share taken up for holders from abroad"
            " less the share for holders from home. Zero means no difference."
        ),
        parts={
            "foreign": _("foreign holders, answered"),
            "foreign_accepted": _("foreign holders, taken up"),
            "domestic": _("domestic holders, answered"),
            "domestic_accepted": _("domestic holders, taken up"),
        },
        within={"foreign_accepted": "foreign", "domestic_accepted": "domestic"},
        count=_treatment,
        value=_points,
    ),
)
FIGURES: dict[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}
