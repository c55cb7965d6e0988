"""An office that draws by round 1000 of drand quicknet, which was published in 2023."""

from datetime import UTC, datetime, timedelta

import offices
from engines.proof import test_beacons as beacons
from hufu.domain.inspections import services

ROUND, SIGNATURE, VALUE = beacons.ROUND, beacons.SIGNATURE.hex(), beacons.VALUE.hex()
KNOWN = datetime.fromisoformat(beacons.SOURCE["known_at"]).astimezone(UTC)
NAMES = ("Apple Trading", "Cherry Trading", "Banana Trading", "Damson Trading")
LOTTERY = {"name": "Lottery", "which": "draw 142, two digits each, one space between"}


class Desk:
    """An investigator who draws and a director who publishes, at the round's hour."""

    def __init__(self, now, agency=None, staff=()):
        self.agency = agency or offices.agency(now)
        people = dict(staff) or {
            role: offices.officer(now, self.agency, role)
            for role in ("investigator", "director")
        }
        self.officer, self.director = people["investigator"], people["director"]

    def plan(self, *, actor=None, at=None, salt=bytes(16), known_at=KNOWN, **said):
        source = {one: said.pop(one) for one in ("name", "which") if one in said}
        facts = {"purpose": "Visits in August", "candidates": NAMES, "seats": 2}
        return services.plan_draw(
            actor=actor or self.officer,
            at=at or KNOWN - timedelta(days=1),
            facts=services.PlanFacts(
                source=services.Source(known_at, **source), **facts | said
            ),
            salt=salt,
        )

    def settle(self, draw, *, actor=None, at=None, said=SIGNATURE, told_by=""):
        return services.settle_draw(
            actor=actor or self.officer,
            at=at or KNOWN,
            draw=draw,
            value=services.PublicValue(said, told_by),
        )

    def publish(self, draw):
        said = {"actor": self.director, "at": KNOWN + timedelta(hours=1)}
        return services.publish_draw(**said, draw=draw)
