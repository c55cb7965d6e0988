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
EXTRAS = (
    {},
    {"not_a_registration": "yes"},
    {"created_on": "2015-01-20"},
    {"created_on": "2001-01-20", "author_kind": "organisation"},
    {"author_kind": "person", "author_died_on": "1970-01-20"},
)
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
        date(2025, 1, 1): Status.RENEWABLE,
        date(2025, 6, 30): Status.RENEWABLE,
        date(2025, 7, 1): Status.EXPIRED,
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


@pytest.mark.parametrize(
    ("facts", "last_on", "article"),
    [
        ({"kind": "trademark", "registered_on": date(2020, 1, 14)},
         date(2030, 1, 13), "Art. 39"),
        ({"kind": "invention", "filed_on": date(2022, 2, 28)},
         date(2042, 2, 27), "Art. 42(1)"),
        ({"kind": "utility_model", "filed_on": date(2022, 5, 1)},
         date(2032, 4, 30), "Art. 42(1)"),
        ({"kind": "design", "filed_on": date(2021, 5, 31)},
         date(2031, 5, 30), "Art. 42"),
        ({"kind": "design", "filed_on": date(2021, 6, 1)},
         date(2036, 5, 31), "Art. 42(1)"),
        ({"kind": "plant_variety", "registered_on": date(2016, 3, 1)},
         date(2031, 2, 28), "Art. 34"),
        ({"kind": "plant_variety", "registered_on": date(2016, 3, 1),
          "extra": {"woody": "yes"}}, date(2036, 2, 29), "Art. 34"),
        ({"kind": "layout_design", "filed_on": date(2020, 5, 1)},
         date(2030, 4, 30), "Art. 12"),
        ({"kind": "layout_design", "filed_on": date(2020, 5, 1),
          "extra": {"created_on": "2012-02-01"}}, date(2027, 1, 31), "Art. 12"),
        ({"kind": "copyright", "subtype": "film",
          "extra": {"created_on": "1988-01-01", "published_on": "1990-03-03"}},
         date(2040, 12, 31), "Art. 23(3)"),
        ({"kind": "copyright", "subtype": "software",
          "extra": {"author_kind": "organisation", "created_on": "1990-01-01"}},
         date(2040, 12, 31), "Art. 23(2)"),
        ({"kind": "copyright", "subtype": "software",
          "extra": {"author_kind": "organisation", "created_on": "1960-01-01",
                    "published_on": "2012-01-01"}},
         date(2010, 12, 31), "Art. 21(2)"),
        ({"kind": "copyright", "subtype": "music",
          "extra": {"author_kind": "person", "author_died_on": "1999-05-05"}},
         date(2049, 12, 31), "Art. 23(1)"),
        ({"kind": "copyright", "subtype": "broadcast",
          "extra": {"published_on": "2001-05-05"}}, date(2051, 12, 31), "Art. 47(3)"),
    ],
)  # fmt: skip
def test_a_right_without_a_stated_end_ends_by_its_article(now, facts, last_on, article):
    right = make(now, **facts)
    found = queries.protection_on_record(right)
    assert (found.last_on, right.ends_on) == (last_on, last_on)
    assert found.rulings[0].source.article.en == article
    after = queries.status_on(right, last_on + timedelta(days=1))
    assert after in {Status.EXPIRED, Status.RENEWABLE}


def test_the_patent_of_a_new_drug_lasts_longer(now):
    extra = {"drug_approved_on": "2024-02-01"}
    right = make(now, kind="invention", filed_on=date(2016, 2, 1), extra=extra)
    assert right.ends_on == date(2038, 1, 31)


def test_a_title_of_which_nobody_knows_the_end_is_not_called_in_force(now):
    right = make(now, kind="invention", registered_on=date(2020, 1, 1))
    assert queries.status_on(right, date(2020, 1, 1)) == Status.UNKNOWN
    assert not queries.in_force_on(date(2020, 1, 1))


def test_the_law_here_sets_no_term_for_a_right_of_another_country(now):
    right = make(now, territory="US", office="US", registered_on=date(2020, 1, 1))
    assert right.ends_on is None
    assert queries.status_on(right, date(2021, 1, 1)) == Status.UNKNOWN


def test_an_indication_a_secret_and_an_authors_work_have_no_last_day(now):
    for kind in ("geographical_indication", "copyright", "traditional_knowledge"):
        right = make(now, kind=kind, registered_on=START)
        assert right.ends_on is None
        assert queries.status_on(right, date(2099, 1, 1)) == Status.IN_FORCE


def test_a_renewal_that_is_noted_gives_ten_more_years(now):
    right = make(now, registered_on=date(2014, 5, 5))
    assert right.ends_on == date(2024, 5, 4)
    assert queries.status_on(right, date(2024, 11, 4)) == Status.RENEWABLE
    renewal = services.EventFacts(kind="renewed", on=date(2024, 6, 1))
    services.note_event(actor=Clockwork(), at=now, right=right, facts=renewal)
    assert right.ends_on == date(2034, 5, 4)
    assert queries.status_on(right, date(2024, 5, 20)) == Status.IN_FORCE


def test_a_renewal_that_people_noted_survives_the_next_file(now):
    right = make(now, (date(2024, 6, 1), "renewed"), registered_on=date(2014, 5, 5))
    again = make(now, registered_on=date(2014, 5, 5), goods="Tea")
    assert again.pk == right.pk
    assert again.ends_on == date(2034, 5, 4)


def test_a_name_in_use_has_no_term(now):
    extra = {"not_a_registration": "yes"}
    right = make(now, registered_on=date(2014, 5, 5), extra=extra)
    assert right.ends_on is None
    assert queries.status_on(right, date(2015, 1, 1)) == Status.NAME_IN_USE


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    dates=st.tuples(*[st.none() | DAYS] * 3),
    told=st.lists(st.tuples(DAYS, st.sampled_from(RightEvent.Kind.values)), max_size=4),
    facts=st.fixed_dictionaries(
        {
            "kind": st.sampled_from(Right.Kind.values),
            "extra": st.sampled_from(EXTRAS),
            "territory": st.sampled_from(["", "CN", "US"]),
        }
    ),
)
def test_the_database_and_python_agree_on_every_day(now, dates, told, facts):
    RightEvent.objects.all().delete()
    Right.objects.all().delete()
    filed, registered, expires = dates
    if facts["kind"] == "trade_secret":
        facts = {**facts, "extra": {"secret_sha256": "a" * 64}}
    right = make(
        now,
        *told,
        **facts,
        filed_on=filed,
        registered_on=registered,
        expires_on=expires,
    )
    for day in borders(right):
        said = queries.with_status(Right.objects.all(), day).get().status
        assert said == queries.status_on(right, day), day
        in_force = queries.in_force_on(day).filter(pk=right.pk).exists()
        assert in_force == (said == Status.IN_FORCE), day


def borders(right):
    """Give every day on which something may change, with the days beside it."""
    known = {START, right.filed_on, right.registered_on, right.expires_on}
    known |= {right.arose_on, right.ends_on, right.renewable_until_on}
    known |= set(right.events.values_list("on", flat=True))
    beside = (-1, 0, 1)
    return sorted({d + timedelta(days=n) for d in known if d for n in beside})
