"""What the tests of sign-in share: an officer, windows, and no memory of the past."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

import offices
from hufu.doors.identity import now as hour

PASSWORD = "a long password of a test"


@pytest.fixture(autouse=True)
def fresh_cache():
    """Forget the failures that other tests made."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def account(db):
    """Open an officer's account with an address."""
    made = offices.officer(hour(), offices.agency(hour()))
    made.email = "intake@office.test"
    made.save(update_fields=["email"])
    return made


@pytest.fixture
def sign_in():
    """Sign in as people do, from an address and a browser of one's own."""

    def enter(name, password=PASSWORD, address="198.51.100.4", **said):
        client = Client(REMOTE_ADDR=address, **said)
        typed = {"login": name, "password": password}
        client.answer = client.post(reverse("account_login"), typed)
        return client

    return enter
