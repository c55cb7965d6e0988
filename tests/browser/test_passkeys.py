"""A passkey, with the browser's own authenticator: registered, used, taken away."""

import pytest
from django.urls import reverse

import offices
from browser.harness import go
from browser.people import fill
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long password of a test"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def officer(transactional_db):
    return offices.officer(hour(), offices.agency(hour()))


def device(window):
    """Put a passkey device into the browser, as its developer tools do."""
    talk = window.page.context.new_cdp_session(window.page)
    talk.send("WebAuthn.enable")
    given = talk.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return talk, {"authenticatorId": given["authenticatorId"]}


def sign_in(window, account):
    page = window.open(reverse("account_login"))
    fill(page, login=account.username, password=PASSWORD)
    go(page.locator("main form button[type=submit]").first)
    return page


def register(window, account):
    sign_in(window, account)
    page = window.open(reverse("mfa_add_webauthn"))
    fill(page, password=PASSWORD)
    go(page.locator("main form button[type=submit]").first)
    assert page.url.endswith(reverse("mfa_add_webauthn"))
    fill(page, name="Key of the test", passwordless=True)
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: reverse("mfa_add_webauthn") not in url)
    return page


def enter(window):
    page = window.open(reverse("account_login"))
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: reverse("account_login") not in url)
    return page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_passkey_is_registered_and_opens_without_a_password(
    window, officer, language
):
    shown = window(language=language)
    talk, key = device(shown)
    register(shown, officer)
    assert len(talk.send("WebAuthn.getCredentials", key)["credentials"]) == 1
    shown.page.context.clear_cookies()
    shown.open(reverse("workbench:home"))
    assert reverse("account_login") in shown.page.url
    enter(shown)
    shown.open(reverse("workbench:home"))
    assert shown.status == 200
    assert reverse("workbench:home") in shown.page.url
    assert officer.username in shown.page.content()
    assert not shown.complaints


def test_a_device_that_does_not_know_its_holder_opens_nothing(window, officer):
    shown = window()
    talk, key = device(shown)
    register(shown, officer)
    shown.page.context.clear_cookies()
    talk.send("WebAuthn.setUserVerified", {**key, "isUserVerified": False})
    page = shown.open(reverse("account_login"))
    page.locator("#passkey_login").click()
    page.wait_for_timeout(1500)
    shown.open(reverse("workbench:home"))
    assert reverse("account_login") in shown.page.url


def test_a_passkey_that_was_taken_away_opens_nothing(window, officer):
    shown = window()
    device(shown)
    register(shown, officer)
    officer.authenticator_set.all().delete()
    shown.page.context.clear_cookies()
    page = shown.open(reverse("account_login"))
    page.locator("#passkey_login").click()
    page.wait_for_timeout(1500)
    shown.open(reverse("workbench:home"))
    assert reverse("account_login") in shown.page.url
