"""A second factor by an authenticator app: set up, asked for, not to be used twice."""

import re
import time
from base64 import b32decode

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.urls import reverse

from doors.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PERIOD = 30


def code_of(secret, later=0):
    """Work a code out as an app on a telephone does (RFC 6238)."""
    app = TOTP(b32decode(secret), 6, SHA1(), PERIOD)  # noqa: S303 - the apps' own
    return app.generate(int(time.time()) + later * PERIOD).decode()


def confirm(client):
    """Type the password once more, as the pages of account security ask."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def enrol(client):
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)[0]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret, -1)})
    assert answer.status_code == 302
    return secret


def inside(client):
    return client.get(reverse("workbench:home")).status_code == 200


def answered(client, code):
    client.post(reverse("mfa_authenticate"), {"code": code})
    return inside(client)


@pytest.fixture
def secret(account, sign_in):
    return enrol(sign_in(account.username))


def test_a_wrong_code_sets_nothing_up(account, sign_in):
    client = confirm(sign_in(account.username))
    client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_the_secret_is_shown_while_it_is_set_up_and_never_again(
    account, sign_in, secret
):
    client = sign_in(account.username)
    assert answered(client, code_of(secret))
    shown = client.get(reverse("mfa_index")).content.decode()
    assert secret not in shown


def test_the_password_alone_no_longer_opens(account, sign_in, secret):
    client = sign_in(account.username)
    assert client.answer.url.startswith(reverse("mfa_authenticate"))
    assert not inside(client)
    assert not answered(client, "000000")
    assert answered(client, code_of(secret))


def test_a_code_that_was_used_opens_nothing_again(account, sign_in, secret):
    code = code_of(secret)
    assert answered(sign_in(account.username), code)
    assert not answered(sign_in(account.username), code)


def test_wrong_codes_are_stopped_as_wrong_passwords_are(account, sign_in, secret):
    client = sign_in(account.username)
    for number in range(11):
        answered(client, f"{number:06}")
    assert not answered(client, code_of(secret))


def test_a_recovery_code_opens_once(account, sign_in, secret):
    client = sign_in(account.username)
    assert answered(client, code_of(secret))
    confirm(client).post(reverse("mfa_generate_recovery_codes"))
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.search(r"\b[0-9a-f]{8}\b", page.partition("<main")[2])[0]
    assert answered(sign_in(account.username), code)
    assert not answered(sign_in(account.username), code)


def test_taking_it_off_asks_for_the_password_again(account, sign_in, secret):
    client = sign_in(account.username)
    assert answered(client, code_of(secret))
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "reauthenticate" in answer.url
    assert Authenticator.objects.filter(type="totp").exists()
    confirm(client).post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
