"""Mail that goes out: that something waits, a new password; and nothing of a case."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from casework import Desk
from hufu.doors.jobs import tasks

pytestmark = pytest.mark.django_db
NEW = "another long password, 2026"


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "Something waits"), ("zh-hans", "虎符系统中有待您查看的事项")],
)
def test_a_mail_says_that_something_waits_and_nothing_of_what(
    storage, now, language, subject
):
    desk = Desk(now, storage)
    case = desk.investigating()
    desk.two.email, desk.two.language = "two@office.test", language
    desk.two.save(update_fields=["email", "language"])
    tasks.mail_notifications.func()
    (letter,) = [one for one in mail.outbox if one.to == ["two@office.test"]]
    assert letter.subject.startswith(subject)
    whole = letter.message().as_string() + letter.subject + letter.body
    party = desk.respondent(case).party.name
    officer = desk.two.username
    for secret in (case.number, case.title, party, str(case.pk), "Office", officer):
        assert secret not in whole
    assert "http://127.0.0.1:8000" in letter.body
    assert case.notifications.exclude(mailed_at=None).count() == 1


def test_nobody_is_mailed_twice_nor_told_by_mail_what_they_have_read(storage, now):
    desk = Desk(now, storage)
    desk.investigating()
    desk.two.email = "two@office.test"
    desk.two.save(update_fields=["email"])
    tasks.mail_notifications.func()
    sent = len(mail.outbox)
    tasks.mail_notifications.func()
    assert len(mail.outbox) == sent >= 1


def ask(client, address, language="en"):
    url = reverse("account_reset_password")
    said = {"Accept-Language": language}
    return client.post(url, {"email": address}, headers=said, follow=True)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "password"), ("zh-hans", "密码")]
)
def test_a_forgotten_password_is_replaced_once_by_a_link(
    client, account, sign_in, language, word
):
    old = sign_in(account.username)
    ask(client, account.email, language)
    (letter,) = mail.outbox
    assert letter.to == [account.email]
    assert word in letter.body
    link = re.search(r"http://[^/]+(/account/\S+)", letter.body)[1]
    form = client.get(link, follow=True)
    path = form.redirect_chain[-1][0]
    typed = {"password1": NEW, "password2": NEW}
    assert client.post(path, {**typed, "password2": "other"}).status_code == 200
    assert client.post(path, typed).status_code == 302
    assert not inside(sign_in(account.username))
    assert inside(sign_in(account.username, NEW))
    assert not inside(old)
    again = client.get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_a_weak_new_password_is_refused(client, account):
    ask(client, account.email)
    link = re.search(r"http://[^/]+(/account/\S+)", mail.outbox[0].body)[1]
    path = client.get(link, follow=True).redirect_chain[-1][0]
    answer = client.post(path, {"password1": "short", "password2": "short"})
    assert answer.status_code == 200
    assert "password1" in answer.content.decode()


def test_an_unknown_address_is_answered_as_a_known_one(client, account):
    known = ask(client, account.email)
    unknown = ask(client, "nobody@example.org")
    pages = [one.content.decode() for one in (known, unknown)]
    assert strip(pages[0]) == strip(pages[1])
    assert known.redirect_chain == unknown.redirect_chain


def strip(page):
    return re.sub(r'value="[^"]{32,}"|nonce="[^"]+"', "", page)


def inside(client):
    return client.get(reverse("workbench:home")).status_code == 200
