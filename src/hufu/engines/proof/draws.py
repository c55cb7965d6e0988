"""Fair draws: candidates and a future random value are fixed first, then anyone draws.

The plan is published (its digest goes into a log) before the random value exists.
The value then comes from elsewhere, such as a round of drand. Nobody can choose both.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hufu.engines.proof.beacons import SCHEME, Chain
from hufu.engines.proof.commitments import canonical
from hufu.engines.proof.errors import ProofError

FORMAT = "hufu-draw-v1"
RESULT = "hufu-draw-result-v1"
LARGEST = 8 << 20
SPACE = 1 << 256
SHORTEST = 32


@dataclass(frozen=True)
class DrawPlan:
    """Who can be drawn, how many, and which random value will decide.

    `source` names the value before it exists: a chain and a round, for instance.
    """

    purpose: str
    candidates: tuple[str, ...]
    seats: int
    source: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Refuse a plan that would leave room for choice."""
        if list(self.candidates) != sorted(set(self.candidates)):
            raise ProofError("draw", "Candidates are sorted, and each stands once.")
        if not 0 < self.seats <= len(self.candidates):
            message = f"{self.seats} cannot be drawn of {len(self.candidates)}."
            raise ProofError("draw", message)

    @classmethod
    def parse(cls, data: bytes) -> "DrawPlan":
        """Read a plan's file; only its canonical spelling counts."""
        plan = cls._of(_object(data, FORMAT))
        if bytes(plan) != data:
            raise ProofError("draw", "The plan is not canonical JSON.")
        return plan

    @classmethod
    def _of(cls, value: Mapping[str, Any]) -> "DrawPlan":
        try:
            names = value["candidates"]
            plan = cls(
                value["purpose"], tuple(names), value["seats"], dict(value["source"])
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ProofError("draw", f"This is no plan of a draw: {error}.") from error
        texts = [plan.purpose, *plan.candidates]
        if type(plan.seats) is not int or not all(isinstance(t, str) for t in texts):
            raise ProofError("draw", "Candidates are texts, seats are a number.")
        return plan

    def chain(self) -> Chain | None:
        """Return the beacon that the plan names with its key; None for another source.

        The hour at which the value becomes known must be that of the round.
        """
        if self.source.get("scheme") != SCHEME:
            return None
        try:
            number, at = self.source["round"], self.source["known_at"]
            key = bytes.fromhex(self.source["public_key"])
            chain = Chain(key, int(self.source["genesis"]), int(self.source["period"]))
            known = datetime.fromisoformat(at).timestamp()
            on_time = type(number) is int and known == chain.second_of(number)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ProofError("beacon", f"The plan names no beacon: {error}.") from error
        if not on_time:
            raise ProofError("beacon", "The plan names another hour than the round's.")
        return chain

    def as_json(self) -> dict[str, Any]:
        """Give the plan plain JSON values."""
        return {
            "format": FORMAT,
            "purpose": self.purpose,
            "candidates": list(self.candidates),
            "seats": self.seats,
            "source": dict(self.source),
        }

    def __bytes__(self) -> bytes:
        return canonical(self.as_json())

    def digest(self) -> bytes:
        """Return the SHA-256 of the plan's file, which is published beforehand."""
        return hashlib.sha256(bytes(self)).digest()

    def draw(self, value: bytes) -> tuple[str, ...]:
        """Draw with the random value: the same for everybody, in order of drawing.

        A Fisher-Yates shuffle that stops when all seats are taken.
        """
        if len(value) < SHORTEST:
            raise ProofError("draw", f"A random value has {SHORTEST} bytes or more.")
        left = list(self.candidates)
        numbers = _numbers(FORMAT.encode() + b"\n" + self.digest() + value)
        drawn = []
        for _ in range(self.seats):
            at = _below(len(left), numbers)
            left[at], left[-1] = left[-1], left[at]
            drawn.append(left.pop())
        return tuple(drawn)

    def verify(self, value: bytes, drawn: tuple[str, ...]) -> None:
        """Check somebody's result by drawing again."""
        if self.draw(value) != drawn:
            raise ProofError("draw", "This value draws others.")


@dataclass(frozen=True)
class Draw:
    """A plan, the value that decided, and who was drawn: all that repeating it takes.

    `signature` is that of a drand round, empty for a value from elsewhere.
    """

    plan: DrawPlan
    value: bytes
    signature: bytes
    drawn: tuple[str, ...]

    @classmethod
    def parse(cls, data: bytes) -> "Draw":
        """Read a draw's file; nothing in it is believed before `verify`."""
        value = _object(data, RESULT)
        try:
            plan = DrawPlan._of(value["plan"])  # noqa: SLF001 - a plan inside a draw
            random = bytes.fromhex(value["value"])
            signature = bytes.fromhex(value["signature"])
            draw = cls(plan, random, signature, tuple(value["drawn"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ProofError("draw", f"This is no draw: {error}.") from error
        if bytes(draw) != data:
            raise ProofError("draw", "The draw is not canonical JSON.")
        return draw

    def __bytes__(self) -> bytes:
        return canonical(
            {
                "format": RESULT,
                "plan": self.plan.as_json(),
                "value": self.value.hex(),
                "signature": self.signature.hex(),
                "drawn": list(self.drawn),
            }
        )

    def verify(self) -> None:
        """Draw again; a value with a signature must be that of its signature.

        Where the plan names a beacon's key, its network must have signed the round.
        """
        chain = self.plan.chain()
        if chain:
            wanted = chain.randomness(self.plan.source["round"], self.signature)
            if self.value != wanted:
                raise ProofError("beacon", "The random value is not this round's.")
        elif self.signature:
            beacon_value(self.value, self.signature)
        self.plan.verify(self.value, self.drawn)


def _object(data: bytes, wanted: str) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise ProofError("draw", "The file is too large.")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ProofError("draw", "This is no JSON.") from error
    if not isinstance(value, dict) or value.get("format") != wanted:
        raise ProofError("draw", f"This is no {wanted}.")
    return value


def beacon_value(randomness: bytes, signature: bytes) -> bytes:
    """Return a drand round's random value, if it is that of its signature.

    That the signature is the network's is known only where the plan names its key.
    """
    if hashlib.sha256(signature).digest() != randomness:
        raise ProofError("beacon", "The random value is not that of its signature.")
    return randomness


def _numbers(seed: bytes) -> Iterator[int]:
    """Yield numbers of 256 bits: SHA-256 over the seed and a counter."""
    counter = 0
    while True:
        block = hashlib.sha256(seed + counter.to_bytes(8)).digest()
        yield int.from_bytes(block)
        counter += 1


def _below(bound: int, numbers: Iterator[int]) -> int:
    """Return a number below a bound, each with the same chance.

    Numbers from the last, incomplete run of the bound are thrown away: a plain
    remainder would favour the first candidates.
    """
    fair = SPACE - SPACE % bound
    return next(number for number in numbers if number < fair) % bound
