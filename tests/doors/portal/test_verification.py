"""What anybody may have checked beside receipts: certificates, draws, a bare hash."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.urls import reverse

import offices
from engines.proof import test_beacons as beacons
from hufu.base.journal import sequence_entries
from hufu.domain.people.actors import Clockwork
from hufu.domain.publication import queries, services
from hufu.domain.publication.listmaps import draw_map
from hufu.doors.identity import now as hour
from hufu.doors.portal import turns, verification
from hufu.doors.storage import listmaps, prooflog
from hufu.engines.proof.draws import Draw, DrawPlan

pytestmark = pytest.mark.django_db
VERIFY = reverse("portal:verify")
LISTED, CLEAN = "91350100M000100Y43", "911100000000000000"
SIGNATURE = b"a signature"
VALUE = hashlib.sha256(SIGNATURE).digest()
PLAN = DrawPlan(
    "inspections in March",
    ("a market", "b market", "c market"),
    2,
    {"name": "drand", "round": 7, "known_at": "2026-03-02T12:00:00+00:00"},
)
DRAW = Draw(PLAN, VALUE, SIGNATURE, PLAN.draw(VALUE))


@pytest.fixture
def certify(now, tmp_path, settings):
    """Put a list of one party into a log, and certify codes under it."""
    settings.HUFU_HOME = tmp_path
    offices.agency(now)
    day, seed = now.date(), listmaps.list_seed()
    made = draw_map(name="penalty-notices", day=day, codes=[LISTED], seed=seed)
    services.commit_list(actor=Clockwork(), at=now, made=made)
    sequence_entries(at=now)
    prooflog.extend_log(at=now)
    row = queries.list_day("penalty-notices", day)
    return lambda code: bytes(listmaps.certify(row, code)).decode()


def asked(client, text, sha256="", language="en"):
    client.cookies["django_language"] = language
    return client.post(VERIFY, {"receipt": text, "sha256": sha256}).content.decode()


def test_a_certificate_is_told_in_both_languages(client, certify):
    shown = asked(client, certify(LISTED))
    assert "This code was on the list" in shown
    assert "Published penalty decisions" in shown
    assert "No independent witness has cosigned" in shown
    assert "What no certificate proves" in shown
    shown = asked(client, certify(CLEAN), language="zh-hans")
    assert "该代码不在名单上" in shown
    assert "证明不能证明的事项" in shown


def test_a_certificate_that_was_changed_proves_nothing(client, certify):
    value = json.loads(certify(LISTED)) | {"code": CLEAN}
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "The certificate does not hold" in asked(client, text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("the draw gives the same", "What no draw proves", "Was the plan there"),
        ),
        ("zh-hans", ("重新抽取，结果相同", "抽取结果不能证明的事项", "方案是否在先")),
    ],
)
def test_a_draw_is_repeated_and_its_limits_are_told(client, language, words):
    shown = asked(client, bytes(DRAW).decode(), language=language)
    for each in (*words, *DRAW.drawn, PLAN.digest().hex(), VALUE.hex()):
        assert each in shown


def test_a_draw_by_quicknet_needs_no_looking_up(client):
    shown = asked(client, bytes(beacons.DRAW).decode())
    assert "The value is the public one" in shown
    assert "Is the value the public one?" not in shown
    shown = asked(client, bytes(beacons.DRAW).decode(), language="zh-hans")
    assert "该随机值即公开随机值" in shown


def judged(client, address, draw=beacons.DRAW):
    said = {"receipt": bytes(draw).decode()}
    return client.post(VERIFY, said, REMOTE_ADDR=address)


@pytest.fixture
def quiet(monkeypatch):
    """Begin a minute in which nobody has asked yet, and let the test say the hour."""
    clock = [hour()]
    monkeypatch.setattr(verification, "DRAWS", turns.Turns())
    monkeypatch.setattr(turns, "LIMITS", turns.Limits(of_one=2, of_all=3))
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: clock[0])
    return clock


def test_one_visitor_has_so_many_costly_draws_judged_in_a_minute(client, quiet):
    here, site = "198.51.100.4", "2001:db8::{}"
    for _ in range(2):
        assert "The value is the public one" in judged(client, here).text
    busy = judged(client, here)
    assert busy.status_code == 429
    assert "Try again in 60 seconds" in busy.text
    assert "./hufu draw verify" in busy.text
    assert beacons.DRAW.plan.purpose in busy.text
    assert "The value is the public one" not in busy.text
    # What costs little goes on, and others are not kept from theirs.
    assert judged(client, here, DRAW).status_code == 200
    assert judged(client, site.format(1)).status_code == 200
    assert judged(client, site.format(2)).status_code == 429
    quiet[0] += timedelta(seconds=61)
    assert judged(client, site.format(2)).status_code == 200


def test_a_site_of_ipv6_is_one_visitor_and_no_address_is_kept(client, quiet):
    for number in (1, 2):
        assert judged(client, f"2001:db8::{number}").status_code == 200
    assert judged(client, "2001:db8::3").status_code == 429
    assert "2001" not in repr(vars(verification.DRAWS))


def test_a_draw_of_others_is_refused(client):
    others = Draw(PLAN, VALUE, SIGNATURE, DRAW.drawn[::-1])
    assert "This is not what was drawn" in asked(client, bytes(others).decode())
    unsigned = Draw(PLAN, VALUE, b"another", DRAW.drawn)
    assert "This is not what was drawn" in asked(client, bytes(unsigned).decode())


def test_a_plan_is_told_to_be_one(client):
    shown = asked(client, bytes(PLAN).decode())
    assert "nothing is drawn yet" in shown
    assert PLAN.digest().hex() in shown


@pytest.mark.parametrize(
    "known", ["soon", "", 7, None, "2026-03-02", "0001-01-01T00:00Z"]
)
def test_a_plan_without_an_hour_breaks_no_page(client, known):
    plan = DrawPlan("x", ("a", "b"), 1, {"known_at": known})
    assert "nothing is drawn yet" in asked(client, bytes(plan).decode())


def test_a_hash_alone_is_answered_and_nothing_at_all_is_asked_for(client):
    shown = asked(client, "", "ab" * 32)
    assert "A hash alone proves nothing" in shown
    assert "Paste what shall be checked" in asked(client, "")


@pytest.mark.parametrize(
    "text",
    [
        '{"format":"hufu-map-certificate-v1"}',
        '{"format":"hufu-draw-result-v1"}',
        '{"format":"hufu-draw-v1","candidates":[1],"purpose":"x","seats":1,"source":{}}',
        '{"format":["x"]}',
        "[" * 9000,
    ],
)
def test_what_cannot_be_read_is_said_in_words(client, text):
    shown = asked(client, text)
    assert "This is nothing that can be checked here" in shown
