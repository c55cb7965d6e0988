"""The OpenAPI file is the contract: committed, true, and without a way to a 5xx."""

import io
import json
import re
import uuid
from pathlib import Path

import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import resolve
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

import offices
from hufu.domain.leads import flood
from hufu.domain.people import services
from hufu.doors.access import API, PUBLIC, TRACELESS
from hufu.doors.identity import new_token
from hufu.doors.identity import now as hour

APP = get_wsgi_application()
FILE = Path(__file__).parents[3] / "docs/api/openapi.json"


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    """Send a generated text as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


schema = schemathesis.openapi.from_dict(json.loads(FILE.read_text(encoding="utf-8")))


def told():
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_the_committed_file_is_what_the_code_says():
    said = io.StringIO()
    call_command("openapi", stdout=said)
    committed = FILE.read_text(encoding="utf-8")
    assert said.getvalue() == committed, "./hufu manage openapi > docs/api/openapi.json"


def test_the_contract_is_openapi_3_1_and_every_operation_says_what_it_does():
    assert told()["openapi"].startswith("3.1")
    seen = [one for path in told()["paths"].values() for one in path.values()]
    assert all(one["description"] for one in seen)
    assert len({one["operationId"] for one in seen}) == len(seen)


def test_an_operation_asks_for_a_key_if_and_only_if_the_table_does():
    for path, methods in told()["paths"].items():
        place = resolve(re.sub(r"{\w+}", str(uuid.uuid4()), path)).view_name
        for operation in methods.values():
            open_to_all = API[place] in {PUBLIC, TRACELESS}
            assert open_to_all == ("security" not in operation), place


def test_no_list_tells_how_many_there_are():
    shapes = told()["components"]["schemas"]
    pages = [shape for name, shape in shapes.items() if name.startswith("Page_")]
    assert len(pages) >= 4
    assert all(set(page["properties"]) == {"items", "next"} for page in pages)


@pytest.fixture
def programs(db, monkeypatch):
    """Give a key of an officer, of a holder and of a platform; and no key at all."""
    limits = flood.Limits(reports_per_minute=10_000)
    monkeypatch.setattr("hufu.domain.leads.flood.LIMITS", limits)
    office = offices.agency(hour())
    accounts = [offices.officer(hour(), office, "director"), offices.holder(hour())]
    tokens = [new_token() for _ in accounts]
    for account, token in zip(accounts, tokens, strict=True):
        services.open_key(actor=account, at=hour(), name="fuzz", token=token)
    offices.report(hour(), 1)
    return [None, *tokens]


@schema.parametrize()
@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_nothing_that_is_sent_makes_the_api_fail(case, programs):
    for token in programs:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = case.call(app=APP, headers=headers)
        case.validate_response(answer, checks=[not_a_server_error])
