"""Teams are told in time, and told once."""

import pytest

from casework import Desk
from hufu.base.models import Entry
from hufu.domain.cases.models import CaseClock, Notification
from hufu.doors.identity import now as clock
from hufu.doors.identity import today
from hufu.doors.jobs import tasks

pytestmark = pytest.mark.django_db


def test_a_team_is_reminded_once_of_a_period_that_ends_soon(storage):
    desk = Desk(clock(), storage)
    case = desk.investigating()
    soon = CaseClock.objects.filter(case=case, met_on=None).latest("due_on")
    soon.due_on = today()
    soon.save(update_fields=["due_on"])
    tasks.remind_teams.func()
    tasks.remind_teams.func()
    told = Notification.objects.filter(kind=Notification.Kind.DUE, case=case)
    assert told.filter(account=desk.one).count() == 1
    assert Entry.objects.filter(act="remind", subject_id=str(case.pk)).count() == 1
