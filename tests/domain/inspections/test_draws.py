"""Fair draws: fixed before the value, drawn once with the right one, then published."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import drawing
import offices
from hufu.base.errors import Refusal
from hufu.base.journal import open_record
from hufu.base.models import Entry
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Deposit
from hufu.domain.inspections import queries, services
from hufu.domain.inspections.models import Draw, Outcome
from hufu.engines.proof import draws as proof

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(now):
    return drawing.Desk(now)


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code


def test_a_plan_is_recorded_and_its_hash_deposited_before_the_value(desk):
    draw = desk.plan()
    plan = proof.DrawPlan.parse(bytes(draw.plan))
    assert plan.candidates == tuple(sorted(drawing.NAMES))
    assert plan.source["round"] == drawing.ROUND
    assert draw.known_at == drawing.KNOWN > draw.planned_at
    assert draw.deposit.sha256 == draw.digest == sha256(draw.plan).hexdigest()
    entry = Entry.objects.get(subject_id=str(draw.pk))
    assert (entry.act, entry.facts["plan"]) == ("plan", draw.digest)
    assert not any(name in str(entry.facts) for name in drawing.NAMES)


def test_the_salt_keeps_the_hash_from_confirming_a_guess(desk):
    assert desk.plan(salt=b"a" * 16).digest != desk.plan(salt=b"b" * 16).digest


def test_a_published_round_draws_and_the_file_repeats_it(desk):
    draw = desk.plan()
    outcome = desk.settle(draw)
    made = proof.Draw.parse(bytes(outcome.result))
    made.verify()
    assert bytes(made.plan) == bytes(draw.plan)
    assert made.value.hex() == drawing.VALUE
    assert len(made.drawn) == 2
    entry = Entry.objects.get(subject_id=str(draw.pk), act="settle")
    assert entry.facts["result"] == sha256(outcome.result).hexdigest()


def test_no_value_is_taken_before_its_hour(desk):
    draw, early = desk.plan(), drawing.KNOWN - timedelta(seconds=1)
    refused("early", desk.settle, draw=draw, at=early)
    assert not Outcome.objects.exists()
    assert Draw.objects.get().state == "planned"


@pytest.mark.parametrize("said", ["", "no hex", "00" * 48, drawing.SIGNATURE[2:]])
def test_a_signature_that_is_not_the_round_s_is_refused(desk, said):
    refused("not_the_round", desk.settle, draw=desk.plan(), said=said)


def test_the_signature_of_another_round_is_refused(desk):
    later = desk.plan(known_at=drawing.KNOWN + timedelta(seconds=3))
    assert later.planned.source["round"] == drawing.ROUND + 1
    refused("not_the_round", desk.settle, draw=later, at=later.known_at)


def test_a_draw_is_settled_once(desk):
    draw = desk.plan()
    stale = Draw.objects.get()
    desk.settle(draw)
    refused("wrong_state", desk.settle, draw=draw)
    refused("changed_meanwhile", desk.settle, draw=stale)
    assert Outcome.objects.count() == 1


def test_a_plan_that_is_not_the_recorded_one_is_not_drawn_with(desk):
    draw = desk.plan()
    draw.plan = bytes(draw.plan).replace(b"Apple", b"Zebra")
    refused("plan_changed", desk.settle, draw=draw)


@pytest.mark.parametrize(
    ("column", "value"),
    [("plan", b"other"), ("digest", "0" * 64), ("seats", 3), ("purpose", "other")],
)
def test_the_database_keeps_a_plan(desk, column, value):
    desk.plan()
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.update(**{column: value})


def test_the_database_keeps_an_outcome(desk):
    desk.settle(desk.plan())
    with pytest.raises(DatabaseError), transaction.atomic():
        Outcome.objects.update(said="another value")
    with pytest.raises(DatabaseError), transaction.atomic():
        Outcome.objects.all().delete()


def test_whoever_plans_when_the_value_is_known_is_refused(desk):
    refused("late", desk.plan, at=drawing.KNOWN)
    refused("late", desk.plan, at=drawing.KNOWN, **drawing.LOTTERY)
    assert not Deposit.objects.exists()


def test_the_database_refuses_a_plan_after_its_value(desk):
    draw, said = desk.plan(), {"actor": desk.officer, "at": drawing.KNOWN}
    facts = evidence.DepositFacts("0" * 64)
    draw.pk, draw.digest, draw.planned_at = uuid4(), "0" * 64, draw.known_at
    draw.deposit = evidence.deposit_hash(**said, facts=facts)
    with pytest.raises(IntegrityError, match="draw_planned_before_value"):
        open_record(draw, "plan", **said)


def test_a_text_of_another_source_draws_with_its_hash(desk):
    draw = desk.plan(**drawing.LOTTERY)
    refused("value_missing", desk.settle, draw=draw, said="03 12 25")
    outcome = desk.settle(draw, said="03 12 25", told_by="Lottery bulletin 142")
    made = outcome.drawing
    made.verify()
    assert made.value == sha256(b"03 12 25").digest()
    assert made.plan.source["value"] == services.READING
    assert outcome.told_by == "Lottery bulletin 142"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"candidates": ["Apple", " Apple", "Pear"]}, "candidate_twice"),
        ({"candidates": ["Apple"]}, "seats"),
        ({"seats": 0}, "seats"),
        ({"candidates": ["x" * services.LARGEST, "Pear"]}, "too_long"),
    ],
    ids=["twice", "few", "none", "long"],
)
def test_a_plan_that_would_be_unfair_or_too_long_is_refused(desk, said, code):
    refused(code, desk.plan, **said)


def test_an_hour_between_rounds_means_the_next_round(desk):
    draw = desk.plan(known_at=drawing.KNOWN - timedelta(seconds=1, microseconds=5))
    assert draw.known_at == drawing.KNOWN


def test_only_a_director_publishes_and_only_what_is_drawn(desk):
    draw = desk.plan()
    said = {"at": drawing.KNOWN + HOUR, "draw": draw}
    refused("wrong_state", services.publish_draw, actor=desk.director, **said)
    desk.settle(draw)
    refused("no_permission", services.publish_draw, actor=desk.officer, **said)
    assert not queries.is_open(draw)
    services.publish_draw(actor=desk.director, **said)
    assert queries.is_open(Draw.objects.get())


def test_another_agency_sees_and_settles_nothing(desk, now):
    draw = desk.plan()
    office = offices.agency(now, "beijing", "110000")
    other = offices.officer(now, office, "investigator")
    assert list(queries.visible_draws(desk.officer)) == [draw]
    assert not queries.visible_draws(other).exists()
    refused("other_agency", desk.settle, draw=draw, actor=other)


@pytest.mark.parametrize("role", ["intake", "reviewer", "director", "supervisor"])
def test_only_an_investigator_plans(desk, now, role):
    actor = offices.officer(now, desk.agency, role, f"another-{role}")
    refused("no_permission", desk.plan, actor=actor)
