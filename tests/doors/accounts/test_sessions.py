"""Where somebody is signed in, and how they end it elsewhere."""

import pytest
from django.urls import reverse

import offices

pytestmark = pytest.mark.django_db


def inside(client):
    return client.get(reverse("workbench:home")).status_code == 200


def test_sessions_are_listed_and_the_others_ended(account, sign_in):
    office = sign_in(account.username, address="198.51.100.4", HTTP_USER_AGENT="Desk")
    lost = sign_in(account.username, address="198.51.100.9", HTTP_USER_AGENT="Phone")
    url = reverse("usersessions_list")
    page = office.get(url).content.decode()
    assert "198.51.100.4" in page
    assert "198.51.100.9" in page
    assert "Phone" in page
    assert inside(lost)
    office.post(url)
    assert inside(office)
    assert not inside(lost)
    assert "198.51.100.9" not in office.get(url).content.decode()


def test_a_changed_password_ends_the_sessions_elsewhere(account, sign_in):
    here, lost = sign_in(account.username), sign_in(account.username)
    new = "another long password, 2026"
    typed = {"oldpassword": "a long password of a test"}
    typed |= {"password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), typed).status_code == 302
    assert inside(here)
    assert not inside(lost)


def test_nobody_sees_or_ends_the_sessions_of_others(account, sign_in, now):
    other = offices.officer(now, account.agency, "director")
    mine, theirs = sign_in(account.username), sign_in(other.username)
    url = reverse("usersessions_list")
    assert "198.51.100.4" in mine.get(url).content.decode()
    mine.post(url)
    assert inside(theirs)


def test_a_locked_account_is_out_at_once(account, sign_in):
    client = sign_in(account.username)
    assert inside(client)
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert not inside(client)
    assert not inside(sign_in(account.username))
