"""Action program, requirement III.1: by the 15th, statistics of the month before."""

from datetime import timedelta

import pytest
from django.urls import reverse

import offices
from casework import Desk, instant
from hufu.domain.oversight.models import MonthlyReturn
from hufu.doors.identity import today

pytestmark = pytest.mark.django_db


def test_a_director_draws_reads_files_and_the_numbers_stay(client, storage):
    last = today().replace(day=1) - timedelta(days=1)
    desk = Desk(instant(last), storage)
    lead = desk.lead()
    client.force_login(desk.director)

    owed = client.get(reverse("workbench:oversight")).content.decode()
    assert "A monthly return is owed" in owed
    assert "It is not drawn yet." in owed

    client.post(reverse("workbench:returns"), {"month": f"{last:%Y-%m}"})
    report = MonthlyReturn.objects.get()
    clock = report.clocks.get()
    assert (clock.due_on.day, clock.due_on.month) == (15, today().month)
    assert clock.ruling["source"]

    opened = client.get(
        reverse(
            "workbench:return-counted", args=[report.pk, "leads_received", "received"]
        )
    ).content.decode()
    assert reverse("workbench:lead", args=[lead.pk]) in opened

    client.post(reverse("workbench:return-file", args=[report.pk]))
    filed = MonthlyReturn.objects.get()
    assert filed.state == "filed"
    assert filed.clocks.get().met_on == today()

    offices.report(desk.at, 2)
    again = client.post(reverse("workbench:returns"), {"month": f"{last:%Y-%m}"})
    assert again.status_code == 200
    assert MonthlyReturn.objects.get().figures == filed.figures
