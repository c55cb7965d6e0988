from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import queries, services
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Right, RightEvent
from hufu.domain.rights.status import Status

pytestmark = pytest.mark.django_db
START = date(2015, 1, 1)
DAYS = st.integers(0, 40).map(lambda n: START + timedelta(days=n))


def make(now, *told, **facts):
    row = RightRow(kind=facts.pop("kind", "trademark"), name="青岚", source="t",
                   source_id="1", **facts)  # fmt: skip
    right = services.record_right(actor=Clockwork(), at=now, row=row)
    for on, kind in told:
        said = services.EventFacts(kind=kind, on=on)
        services.note_event(actor=Clockwork(), at=now, right=right, facts=said)
    return right


def test_a_mark_is_in_force_from_its_registration_to_its_last_day(now):
    right = make(
        now,
        filed_on=date(2014, 1, 1),
        registered_on=date(2015, 1, 1),
        expires_on=date(2024, 12, 31),
    )
    days = {
        date(2013, 12, 31): Status.NOT_YET,
        date(2014, 1, 1): Status.PENDING,
        date(2015, 1, 1): Status.IN_FORCE,
        date(2024, 12, 31): Status.IN_FORCE,
        date(2025, 1, 1): Status.EXPIRED,
    }
    assert {day: queries.status_on(right, day) for day in days} == days


def test_an_end_counts_from_its_day_and_a_restoration_undoes_it(now):
    told = ((date(2016, 1, 1), "cancelled"), (date(2017, 1, 1), "restored"))
    right = make(now, *told, registered_on=START)
    assert queries.status_on(right, date(2015, 12, 31)) == Status.IN_FORCE
    assert queries.status_on(right, date(2016, 1, 1)) == Status.CANCELLED
    assert queries.status_on(right, date(2017, 1, 1)) == Status.IN_FORCE


def test_an_invalidated_right_was_never_in_force(now):
    right = make(now, (date(2020, 1, 1), "invalidated"), registered_on=START)
    assert queries.status_on(right, date(2016, 1, 1)) == Status.INVALIDATED
    assert not queries.in_force_on(date(2016, 1, 1))


def test_a_work_is_protected_without_registration(now):
    right = make(now, kind="copyright", subtype="software")
    assert queries.status_on(right, START) == Status.IN_FORCE


def test_a_pending_cancellation_ends_nothing(now):
    row = {"status_text": "Cancellation pending", "status_on": date(2020, 1, 1)}
    right = make(now, registered_on=START, **row)
    assert queries.status_on(right, date(2021, 1, 1)) == Status.IN_FORCE


def test_what_the_office_calls_cancelled_is_cancelled(now):
    row = {"status_text": "Cancelled - Section 8", "status_on": date(2020, 1, 1)}
    right = make(now, registered_on=START, **row)
    assert queries.status_on(right, date(2019, 12, 31)) == Status.IN_FORCE
    assert queries.status_on(right, date(2020, 1, 1)) == Status.CANCELLED


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    dates=st.tuples(*[st.none() | DAYS] * 3),
    told=st.lists(st.tuples(DAYS, st.sampled_from(RightEvent.Kind.values)), max_size=4),
    kind=st.sampled_from(["trademark", "copyright"]),
    day=DAYS,
)
def test_the_database_and_python_agree_on_every_day(now, dates, told, kind, day):
    RightEvent.objects.all().delete()
    Right.objects.all().delete()
    filed, registered, expires = dates
    right = make(
        now,
        *told,
        kind=kind,
        filed_on=filed,
        registered_on=registered,
        expires_on=expires,
    )
    said = queries.with_status(Right.objects.all(), day).get().status
    assert said == queries.status_on(right, day)
