"""Guessing passwords is stopped, and reporting leaves nothing that could stop it."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.urls import reverse

import offices
from hufu.domain.leads import flood
from hufu.domain.leads.models import Lead
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db
LIMIT = 5
ADDRESS, AGENT = "203.0.113.77", "MarkedAgent/9.9"


def guess(sign_in, name, times=LIMIT):
    for number in range(times):
        client = sign_in(name, f"a wrong password {number}", address=ADDRESS)
    return client.answer


def inside(client):
    return client.get(reverse("workbench:home")).status_code == 200


def test_the_right_password_opens(account, sign_in):
    assert inside(sign_in(account.username))
    assert not AccessLog.objects.exists(), "who signed in from where is not kept"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Too many attempts"), ("zh-hans", "尝试次数过多")]
)
def test_after_five_wrong_passwords_even_the_right_one_is_refused(
    account, sign_in, language, words
):
    guess(sign_in, account.username)
    client = sign_in(
        account.username, address=ADDRESS, headers={"Accept-Language": language}
    )
    assert client.answer.status_code == 429
    assert words in client.answer.content.decode()
    assert not inside(client)


def test_whoever_guesses_locks_out_neither_the_owner_elsewhere_nor_others(
    account, sign_in, now
):
    other = offices.officer(now, account.agency, "director")
    guess(sign_in, account.username)
    assert inside(sign_in(other.username, address=ADDRESS))
    assert AccessAttempt.objects.get().ip_address == ADDRESS


def test_the_lock_opens_after_a_quarter_of_an_hour(account, sign_in):
    guess(sign_in, account.username)
    AccessAttempt.objects.update(attempt_time=hour() - timedelta(minutes=14))
    assert not inside(sign_in(account.username, address=ADDRESS))
    AccessAttempt.objects.update(attempt_time=hour() - timedelta(minutes=16))
    assert inside(sign_in(account.username, address=ADDRESS))


def test_an_unknown_name_is_answered_as_a_known_one(account, sign_in):
    known = guess(sign_in, account.username, 1).content.decode()
    unknown = guess(sign_in, "nobody", 1).content.decode()
    strip = known.replace(account.username, "X"), unknown.replace("nobody", "X")
    tokens = [text.partition("csrfmiddlewaretoken")[0] for text in strip]
    assert tokens[0] == tokens[1]


def test_the_route_of_a_report_stores_no_address_anywhere(client, now, monkeypatch):
    office = offices.agency(now)
    limits = flood.Limits(seconds_at_least=0)
    monkeypatch.setattr("hufu.domain.leads.flood.LIMITS", limits)
    said = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT}
    base = client.get(reverse("portal:report"), **said).url.removesuffix("1/")
    what = {"act": "sale", "title": "Copied tins", "region": office.region}
    client.post(f"{base}1/", {**what, "go": "next"}, **said)
    client.post(f"{base}2/", {"details": "At the gate", "go": "next"}, **said)
    who = {"naming": "anonymous", "true": "on", "go": "next"}
    client.post(f"{base}3/", who, **said)
    for _wrong in range(LIMIT + 1):
        client.post(reverse("portal:follow"), {"code": "0" * 27}, **said)
    assert Lead.objects.count() == 1
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        assert not model.objects.exists()
    stored = str([list(m.objects.values()) for m in apps.get_models()])
    assert ADDRESS not in stored
    assert AGENT not in stored
