"""Terms that are renewed or run to the end of a year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.law.packs import cn
from hufu.engines.law import NoRulingError

DAYS = st.dates(date(1985, 1, 1), date(2026, 1, 1))


def test_a_trademark_lasts_ten_years_from_its_registration_and_six_months_more():
    term = cn().registered_term("trademark", date(2020, 1, 14))
    assert term.last_on == date(2030, 1, 13)
    assert term.ruling.source.article.en == "Art. 39"
    kept = cn().renewed(term.last_on, ())
    assert (kept.last_on, kept.renewable_until_on) == (
        date(2030, 1, 13),
        date(2030, 7, 13),
    )


@pytest.mark.parametrize(
    ("renewals", "last_on"),
    [
        ((date(2022, 12, 31),), date(2024, 5, 4)),
        ((date(2023, 5, 5),), date(2034, 5, 4)),
        ((date(2024, 5, 4),), date(2034, 5, 4)),
        ((date(2024, 11, 4),), date(2034, 5, 4)),
        ((date(2024, 1, 1), date(2034, 1, 1)), date(2044, 5, 4)),
    ],
)
def test_a_renewal_in_its_time_adds_ten_years_to_the_day(renewals, last_on):
    term = cn().registered_term("trademark", date(2014, 5, 5))
    assert cn().renewed(term.last_on, renewals).last_on == last_on


def test_a_late_renewal_shows_that_those_before_it_were_made():
    term = cn().registered_term("trademark", date(1990, 3, 1))
    found = cn().renewed(term.last_on, [date(2019, 12, 1)])
    assert (found.last_on, found.renewals) == (date(2030, 2, 28), 3)


def test_a_stated_last_day_is_moved_only_by_a_renewal_in_its_time():
    stated = date(2030, 1, 13)
    before = cn().renewed(stated, [date(2019, 12, 1)], is_stated=True)
    assert before.last_on == stated
    after = cn().renewed(stated, [date(2029, 12, 1)], is_stated=True)
    assert after.last_on == date(2040, 1, 13)


@given(registered=DAYS, renewals=st.lists(DAYS, max_size=4))
def test_renewals_never_shorten_a_term(registered, renewals):
    term = cn().registered_term("trademark", registered)
    found = cn().renewed(term.last_on, renewals)
    assert found.last_on >= term.last_on
    assert found.renewable_until_on > found.last_on


@pytest.mark.parametrize(
    ("work", "article"),
    [
        ("organisation", "Art. 23(2)"),
        ("audiovisual", "Art. 23(3)"),
        ("performance", "Art. 41"),
        ("recording", "Art. 44"),
        ("broadcast", "Art. 47(3)"),
    ],
)
def test_a_work_is_protected_to_the_end_of_the_fiftieth_year(work, article):
    term = cn().work_term(work, date(1990, 6, 1))
    assert term.last_on == date(2040, 12, 31)
    assert term.ruling.source.article.en == article


def test_a_mark_of_before_the_first_trademark_law_has_no_term_here():
    with pytest.raises(NoRulingError):
        cn().registered_term("trademark", date(1980, 1, 1))


def test_a_work_that_was_free_before_the_new_law_stays_under_the_old_one():
    term = cn().work_term("organisation", date(1960, 6, 1))
    assert term.last_on == date(2010, 12, 31)
    assert term.ruling.source.article.en == "Art. 21(2)"
