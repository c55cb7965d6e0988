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
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import offices
from hufu.domain.leads import flood
from hufu.domain.people import services
from hufu.doors.access import API, PUBLIC, TRACELESS
from hufu.doors.identity import new_token
from hufu.doors.identity import now as hour
from records import Records

APP = get_wsgi_application()
# Every answer is one that the contract names: status, type, headers and shape.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
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


def test_every_refusal_is_told_once_and_named_by_its_operations():
    named = set()
    for path in told()["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                assert (status >= "400") == ("$ref" in answer)
                named.add(answer.get("$ref"))
    whole = {
        f"#/components/responses/{name}" for name in told()["components"]["responses"]
    }
    assert named - {None} == whole


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
    """Give no key at all, a key of an officer and a key of a holder."""
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
def test_whatever_is_sent_is_answered_as_the_contract_says(case, programs):
    is_open = "security" not in case.operation.definition.raw
    for token in programs[:1] if is_open else programs:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = case.call(app=APP, headers=headers)
        case.validate_response(answer, checks=CHECKS)


@pytest.fixture
def keyed(db, settings, tmp_path, now, storage):
    """Give one agency's records, and a key of everybody who may see some of them."""
    settings.HUFU_HOME = tmp_path
    records = Records(now, storage)
    tokens = {}
    for account in records.people:
        tokens[account.username] = new_token()
        services.open_key(
            actor=account, at=now, name="all", token=tokens[account.username]
        )
    return records, tokens


def test_real_records_are_told_as_the_contract_says(keyed):
    records, tokens = keyed
    told = {operation.ok().label: set() for operation in schema.get_all_operations()}
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.method != "get":
            continue
        place = resolve(re.sub(r"{\w+}", str(uuid.uuid4()), operation.path)).view_name
        names = re.findall(r"{(\w+)}", operation.path)
        given = {name: str(of(records, place, name)) for name in names}
        for who in (None, *tokens):
            case = operation.Case(path_parameters=given)
            headers = {"Authorization": f"Bearer {tokens[who]}"} if who else {}
            answer = case.call(app=APP, headers=headers)
            case.validate_response(answer, checks=CHECKS)
            told[operation.label].add(answer.status_code)
    closed = [name for name, seen in told.items() if "GET" in name and 200 not in seen]
    assert not closed, "nobody was told anything by these"


def of(records, place, name):
    """Name a record, or a question of law, as the address of an operation does."""
    if name == "question":
        return "deadline"
    return records.own.get((place, name), records.ids.get(name)).pk
