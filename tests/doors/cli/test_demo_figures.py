"""What the demonstration's further cases let the public see."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from hufu.domain.oversight import daily, services
from hufu.domain.oversight.models import MonthlyReturn
from hufu.domain.people.actors import Clockwork
from hufu.doors.cli.demo import drive, registers, story
from hufu.doors.cli.demo.cast import gather
from hufu.doors.cli.demo.days import Days, working_days_before
from hufu.doors.cli.demo.further import open_further

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def told(storage):
    start = working_days_before(TODAY, drive.WORKING_DAYS)
    days = Days(start)
    cast = gather(days.at)
    days.on_new_month = lambda hand: drive.file_last_month(cast, hand)
    made = story.Story(cast, days, storage)
    marks = [registers.fictional_mark(days.at, *mark) for mark in drive.MARKS]
    for mark, seller in zip(marks, drive.SELLERS, strict=True):
        story.protect(made, mark, seller=seller)
        mark.refresh_from_db()
    open_further(made, marks[0], marks[2])
    return made


def test_every_public_figure_shows_a_number(told):
    at = datetime.combine(TODAY, time(9), ZoneInfo("Asia/Shanghai"))
    day = services.count_public_figures(actor=Clockwork(), at=at)
    hidden = [figure.code for figure in daily.shown(day) if figure.value is None]
    assert not hidden


def test_every_return_is_filed_in_time_and_the_hand_is_back_in_time(told):
    filed = MonthlyReturn.objects.filter(state="filed")
    assert filed.count() >= 1
    for report in filed:
        clock = report.clocks.get()
        assert clock.met_on <= clock.due_on
    assert told.days.on <= working_days_before(TODAY, 30)
