import json

import pytest

import offices
from hufu.domain.people.models import Party
from hufu.domain.people.services import (
    AccountFacts,
    PartyFacts,
    open_account,
    register_party,
)
from hufu.domain.rights.services import ask_monitoring
from hufu.domain.watch.models import Sighting
from hufu.domain.watch.services import SourceFacts, open_source, run_sweep
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db


def platform(name="Bazaar"):
    party = register_party(
        actor=offices.SYSTEM, at=hour(), facts=PartyFacts("company", name)
    )
    facts = AccountFacts(username=name, role="platform", password="p", party=party)
    return open_account(actor=offices.SYSTEM, at=hour(), facts=facts)


def source(account, office, code="bazaar"):
    return open_source(
        actor=offices.SYSTEM,
        at=hour(),
        facts=SourceFacts(
            code, "Bazaar", "集市", platform=Party.objects.get(pk=account.party_id)
        ),
        agency=office,
    )


def offer(number, **said):
    told = {
        "offer_id": str(number),
        "platform": "bazaar",
        "title": f"QINGLAN tea {number}",
        "price": 12.5,
        "currency": "CNY",
    }
    return {**told, **said}


@pytest.fixture
def office():
    return offices.agency(hour())


@pytest.fixture
def bazaar(office):
    account = platform()
    source(account, office)
    return account


def test_a_batch_sent_twice_is_taken_once(program, bazaar):
    robot, batch = program(bazaar), [offer(n) for n in range(3)]
    url = "/sightings?source=bazaar"
    first = robot.post(url, json.dumps(batch))
    assert first.status_code == 200, first.content
    assert (first.json()["added"], first.json()["rejected"]) == (3, [])
    assert robot.post(url, json.dumps(batch)).json() == first.json()
    more = robot.post(url, json.dumps([*batch, offer(9)])).json()
    assert (more["added"], more["unchanged"]) == (1, 3)
    assert Sighting.objects.count() == 4


def test_json_lines_do_as_well_and_a_bad_row_is_rejected_alone(program, bazaar):
    lines = [json.dumps(offer(1)), "{", json.dumps(offer(2, title=""))]
    answer = program(bazaar, language="zh-hans").post(
        "/sightings?source=bazaar",
        "\n".join(lines),
        content_type="application/x-ndjson",
    )
    told = answer.json()
    assert told["added"] == 1
    rejected = [(row["line"], row["field"], row["code"]) for row in told["rejected"]]
    assert rejected == [(2, "", "not_json"), (3, "title", "missing")]
    assert all(row["message"] for row in told["rejected"])


def test_a_batch_that_is_too_long_or_no_batch_is_refused(program, bazaar):
    robot, url = program(bazaar), "/sightings?source=bazaar"
    long = json.dumps([offer(n) for n in range(1001)])
    assert robot.post(url, long).status_code == 413
    for nothing in ("", "[", "[" * 100_000, "\xff", "[]", "[NaN"):
        answer = robot.post(url, nothing.encode("latin-1"))
        assert answer.status_code == 422, nothing[:3]
    assert not Sighting.objects.exists()


def test_a_platform_sends_for_its_own_source_only(program, bazaar):
    robot = program(platform("Other"))
    answer = robot.post("/sightings?source=bazaar", json.dumps([offer(1)]))
    assert answer.status_code == 404
    assert not Sighting.objects.exists()


def test_an_officer_reads_why_an_offer_matched(program, office, bazaar, storage):
    holder = offices.holder(hour())
    right = offices.right_of(holder, hour(), storage)
    ask_monitoring(actor=holder, at=hour(), right=right)
    batch = json.dumps([offer(1, brand="QINGLAN")])
    program(bazaar).post("/sightings?source=bazaar", batch)
    clerk = offices.officer(hour(), office, "intake")
    run_sweep(actor=clerk, at=hour(), source=bazaar.party.source_set.get())
    sighting = Sighting.objects.get()
    told = program(clerk).get(f"/sightings/{sighting.pk}").json()
    (match,) = told["matches"]
    assert match["right"] == str(right.pk)
    assert any("QINGLAN" in reason["words"] for reason in match["reasons"])
    elsewhere = offices.agency(hour(), "beijing", "110000")
    other = program(offices.officer(hour(), elsewhere, "intake"))
    assert other.get(f"/sightings/{sighting.pk}").status_code == 404
    assert program(bazaar).get(f"/sightings/{sighting.pk}").status_code == 403


@pytest.mark.parametrize("bad", [r'"\ud800"', r'"a\u0000b"', "[]", "null"])
def test_a_strange_value_rejects_its_row_and_nothing_else(program, bazaar, bad):
    good = json.dumps(offer(1))
    strange = json.dumps(offer(2)).replace('"QINGLAN tea 2"', bad)
    robot = program(bazaar)
    answer = robot.post("/sightings?source=bazaar", f"[{good}, {strange}]")
    assert answer.status_code == 200, answer.content
    assert (answer.json()["added"], len(answer.json()["rejected"])) == (1, 1)


def test_a_report_with_half_a_character_is_refused(stranger, office):
    words = r'{"title": "\ud800", "act": "sale", "region": "440300"}'
    assert stranger.post("/reports", words).status_code == 422
