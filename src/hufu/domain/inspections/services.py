"""Planning a draw, drawing with the public value, and publishing what was drawn."""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import open_record
from hufu.domain.evidence import services as evidence
from hufu.domain.inspections.models import Draw, Outcome
from hufu.domain.inspections.workflow import DRAW
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.engines.proof.beacons import QUICKNET
from hufu.engines.proof.draws import Draw as Drawing
from hufu.engines.proof.draws import DrawPlan
from hufu.engines.proof.errors import ProofError

BEACON = "quicknet"
READING = "SHA-256 of the published text in UTF-8"
SALT_WIDTH = 16  # bytes
# A plan's bytes. The file of a draw holds it and the drawn, and /verify must take both.
LARGEST = 200_000


@dataclass(frozen=True)
class Source:
    """The public value that will decide: the first round of drand quicknet at an hour.

    Of another source `name` says whose it is, and `which` how it is found and written.
    """

    known_at: datetime
    name: str = ""
    which: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """What a draw is for, who can be drawn, how many, and which value decides."""

    purpose: str
    candidates: Sequence[str]
    seats: int
    source: Source


@dataclass(frozen=True)
class PublicValue:
    """A beacon's signature in hexadecimal digits, or the text that was published."""

    said: str
    told_by: str = ""


@transaction.atomic
def plan_draw(*, actor: Account, at: datetime, facts: PlanFacts, salt: bytes) -> Draw:
    """Fix a draw for good, and deposit its hash, before anybody knows the value."""
    if not actor.holds(Permission.DRAW_HOLD) or actor.agency is None:
        raise Refusal("no_permission", _("Your role does not include this act."))
    source = _source(facts.source) | {"salt": salt.hex()}
    known_at = datetime.fromisoformat(source["known_at"])
    if known_at <= at:
        raise Refusal(
            "late",
            _("This value is known already: whoever plans now could choose."),
        )
    plan = _plan(facts, source)
    digest, told = plan.digest().hex(), f"plan.json: {plan.purpose}"
    deposit = evidence.deposit_hash(
        actor=actor, at=at, facts=evidence.DepositFacts(digest, name=told[:200])
    )
    draw = Draw(
        state=Draw.State.PLANNED,
        agency=actor.agency,
        purpose=plan.purpose,
        plan=bytes(plan),
        digest=digest,
        seats=plan.seats,
        known_at=known_at,
        deposit=deposit,
        planned_by=actor,
        planned_at=at,
    )
    said = {"plan": digest, "seats": plan.seats, "known_at": source["known_at"]}
    return open_record(draw, "plan", actor=actor, at=at, facts=said)


def _source(asked: Source) -> dict[str, Any]:
    """Name the value as a plan does: a beacon's round with its key, or a text."""
    if asked.name:
        known = asked.known_at.astimezone(UTC)
        named = {"name": asked.name, "round": asked.which, "value": READING}
        return named | {"known_at": known.isoformat(timespec="seconds")}
    number = QUICKNET.round_at(math.ceil(asked.known_at.timestamp()))
    known = datetime.fromtimestamp(QUICKNET.second_of(number), UTC)
    named = {"name": BEACON, "known_at": known.isoformat()}
    return named | {"round": number} | QUICKNET.as_source()


def _plan(facts: PlanFacts, source: dict[str, Any]) -> DrawPlan:
    names = Counter(name.strip() for name in facts.candidates if name.strip())
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        words = _("%(name)s stands there twice and would have two chances.")
        raise Refusal("candidate_twice", words % {"name": twice[0]})
    if not 0 < facts.seats <= len(names):
        words = _("%(seats)s cannot be drawn of %(count)s.")
        raise Refusal("seats", words % {"seats": facts.seats, "count": len(names)})
    plan = DrawPlan(facts.purpose.strip(), tuple(sorted(names)), facts.seats, source)
    if len(bytes(plan)) > LARGEST:
        raise Refusal("too_long", _("The list of candidates is too long."))
    return plan


@transaction.atomic
def settle_draw(
    *, actor: Account, at: datetime, draw: Draw, value: PublicValue
) -> Outcome:
    """Draw with the value that the plan named, once, and not before its hour."""
    DRAW.check("settle", draw, actor=actor)
    if not draw.is_known(at):
        raise Refusal("early", _("The value is not known before the planned hour."))
    if hashlib.sha256(draw.plan).hexdigest() != draw.entry.facts["plan"]:
        raise Refusal("plan_changed", _("This is not the plan that was recorded."))
    drawing = _draw(draw.planned, value)
    result = bytes(drawing)
    said = {"plan": draw.digest, "result": hashlib.sha256(result).hexdigest()}
    DRAW.take("settle", draw, actor=actor, at=at, facts=said)
    return Outcome.objects.create(
        draw=draw,
        result=result,
        said=value.said,
        told_by=value.told_by.strip(),
        settled_by=actor,
        settled_at=at,
    )


def _draw(plan: DrawPlan, value: PublicValue) -> Drawing:
    """Take the value from the signature of the planned round, or from the text."""
    chain = plan.chain()
    if chain is None:
        if not value.said or not value.told_by.strip():
            raise Refusal("value_missing", _("Give the value and who published it."))
        random = hashlib.sha256(value.said.encode()).digest()
        return Drawing(plan, random, b"", plan.draw(random))
    try:
        signature = bytes.fromhex(value.said)
        random = chain.randomness(plan.source["round"], signature)
    except (ValueError, ProofError) as error:
        raise Refusal(
            "not_the_round", _("The network did not sign the planned round so.")
        ) from error
    return Drawing(plan, random, signature, plan.draw(random))


@transaction.atomic
def publish_draw(*, actor: Account, at: datetime, draw: Draw) -> Draw:
    """Show everybody the candidates and who was drawn."""
    DRAW.check("publish", draw, actor=actor)
    # A constraint looks at hour and state together.
    draw.published_at = at
    draw.save(update_fields=["published_at"])
    DRAW.take("publish", draw, actor=actor, at=at, facts={"plan": draw.digest})
    return draw
