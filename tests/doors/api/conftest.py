"""Programs that call the API, each with a key of its own."""

import pytest
from django.test import Client

from hufu.domain.people import services
from hufu.doors.identity import new_token
from hufu.doors.identity import now as hour


class Program:
    """A client that acts for an account with a key; without one, a stranger."""

    def __init__(self, account=None, language="en"):
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"accept-language": language}
        if account:
            token = new_token()
            services.open_key(actor=account, at=hour(), name="test", token=token)
            self.headers["authorization"] = f"Bearer {token}"

    def get(self, path, **query):
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path, body=None, **how):
        how = {"content_type": "application/json", **how}
        url = f"/api/v1{path}"
        return self.client.post(
            url, {} if body is None else body, headers=self.headers, **how
        )

    def send(self, path, fields, headers=None):
        """Send a form with files."""
        sent = {**self.headers, **(headers or {})}
        return self.client.post(f"/api/v1{path}", fields, headers=sent)


@pytest.fixture
def program(db):
    return Program


@pytest.fixture
def stranger(db):
    return Program()


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    """Let files lie in a folder of this test."""
    settings.HUFU_HOME = tmp_path
