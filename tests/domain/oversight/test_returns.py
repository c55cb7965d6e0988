"""The monthly return: drawn from the journal, due on the 15th, frozen when filed."""

from datetime import date, timedelta

import pytest

import offices
from casework import Desk, instant
from hufu.base.errors import Refusal
from hufu.domain.leads.services import close_lead
from hufu.domain.oversight import queries, services
from hufu.domain.oversight.models import MonthlyReturn

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def desk(storage):
    return Desk(instant(date(2026, 2, 10)), storage)


def draw(desk, month=FEBRUARY, actor=None):
    return services.draw_return(
        actor=actor or desk.director, at=desk.at, agency=desk.office, month=month
    )


def received(report):
    lines = {line.code: line for line in queries.lines_of(report)}
    return lines["leads_received"].value


def test_a_return_counts_the_month_and_is_due_on_the_15th(desk):
    offices.report(desk.at, 1)
    desk.to_day(date(2026, 3, 2))
    offices.report(desk.at, 2)
    report = draw(desk)
    assert received(report) == 1
    assert report.clocks.get().due_on == date(2026, 3, 15)


def test_every_number_of_a_return_opens_onto_as_many_entries(desk):
    desk.closed()
    desk.to_day(date(2026, 3, 2))
    report = draw(desk)
    for line in queries.lines_of(report):
        for code, _name, count in line.parts:
            rows = report.counted.filter(figure=line.code, part=code)
            assert rows.count() == count


def test_a_month_that_has_not_ended_is_refused(desk):
    with pytest.raises(Refusal) as refusal:
        draw(desk)
    assert refusal.value.code == "month_open"


def test_a_return_can_be_drawn_again_until_it_is_filed_and_then_stays(desk):
    lead = offices.report(desk.at, 1)
    desk.to_day(date(2026, 3, 2))
    assert draw(desk).pk == draw(desk).pk
    report = services.file_return(actor=desk.director, at=desk.at, report=draw(desk))
    before = report.figures, report.counted.count()
    close_lead(actor=desk.intake, at=desk.at, lead=lead, reason="no_infringement")
    with pytest.raises(Refusal) as refusal:
        draw(desk)
    assert refusal.value.code == "wrong_state"
    again = MonthlyReturn.objects.get(pk=report.pk)
    assert (again.figures, again.counted.count()) == before
    assert again.clocks.get().met_on == date(2026, 3, 2)


def test_a_return_that_is_owed_is_told_until_it_is_filed(desk):
    desk.to_day(date(2026, 3, 2))
    today = date(2026, 3, 2)
    owed = queries.owed_return(desk.director, today)
    assert (owed.month, owed.due_on, owed.drawn) == (FEBRUARY, date(2026, 3, 15), False)
    report = draw(desk)
    assert queries.owed_return(desk.director, today).drawn
    services.file_return(actor=desk.director, at=desk.at, report=report)
    assert queries.owed_return(desk.director, today) is None
    assert queries.owed_return(desk.intake, today) is None


def test_only_who_may_file_draws_and_only_for_the_own_agency(desk):
    desk.at += timedelta(days=60)
    far = offices.agency(desk.at, "far", "330100")
    for actor in (desk.intake, offices.officer(desk.at, far, "director")):
        with pytest.raises(Refusal) as refusal:
            draw(desk, actor=actor)
        assert refusal.value.code == "no_permission"


def test_progress_needs_a_source_a_known_commitment_and_a_known_status(desk):
    facts = {
        "commitment": "OPN-2019-(9)-d",
        "status": "begun",
        "body": "Lanes are in use.",
        "source": "https://example.test/report",
    }
    services.report_progress(
        actor=desk.director, at=desk.at, facts=services.ProgressFacts(**facts)
    )
    assert queries.progress_of("OPN-2019-(9)-d").get().status == "begun"
    wrongs = {"commitment": "X", "status": "finished", "source": " "}
    for key, wrong in wrongs.items():
        with pytest.raises(Refusal):
            services.report_progress(
                actor=desk.director,
                at=desk.at,
                facts=services.ProgressFacts(**{**facts, key: wrong}),
            )
