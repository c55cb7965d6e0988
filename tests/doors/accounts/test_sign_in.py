"""Where somebody arrives who signs in."""

from django.urls import reverse

import offices
from doors.accounts.conftest import PASSWORD
from hufu.doors.identity import now


def test_an_officer_who_signs_in_arrives_at_the_workbench(account, sign_in):
    answer = sign_in(account.username).answer
    assert (answer.status_code, answer.url) == (302, reverse("workbench:home"))


def test_a_holder_who_signs_in_arrives_at_the_portal(db, sign_in):
    holder = offices.holder(now(), "holder")
    holder.set_password(PASSWORD)
    holder.save(update_fields=["password"])
    answer = sign_in(holder.username).answer
    assert (answer.status_code, answer.url) == (302, "/")
