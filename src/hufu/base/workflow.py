"""State machines as tables. A step is a row; taking one writes the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import move_record
from hufu.base.models import Tracked


@dataclass(frozen=True)
class Step:
    """From any of `sources`, `verb` leads to `target` for holders of `permission`."""

    verb: str
    sources: frozenset[str]
    target: str
    permission: str


class Workflow:
    """The whole life of one kind of record, readable as a table."""

    def __init__(self, *steps: Step) -> None:
        """Index the steps by verb; a verb appears once."""
        self.steps = {step.verb: step for step in steps}

    @transaction.atomic
    def take(
        self,
        verb: str,
        item: Tracked,
        *,
        actor: Actor,
        at: datetime,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Move `item` one step, or refuse. Safe against a concurrent step."""
        step = self.steps[verb]
        self.check(verb, item, actor=actor)
        if not move_record(
            item, verb, step.target, actor=actor, at=at, facts=facts or {}
        ):
            raise Refusal(
                "changed_meanwhile",
                _("Someone else acted on this record first. Load it again."),
            )

    def check(self, verb: str, item: Tracked, *, actor: Actor) -> None:
        """Refuse when the step is not the actor's to take, or not from this state."""
        step = self.steps[verb]
        if not actor.holds(step.permission):
            raise Refusal("no_permission", _("Your role does not include this act."))
        if not item.open_to(actor):
            raise Refusal("other_agency", _("This record belongs to another agency."))
        if item.state not in step.sources:
            raise Refusal(
                "wrong_state", _("This is not possible in the record's present state.")
            )

    def open_verbs(self, item: Tracked, *, actor: Actor) -> list[str]:
        """Return the verbs the actor may take now, in the order of the table."""
        if not item.open_to(actor):
            return []
        return [
            step.verb
            for step in self.steps.values()
            if item.state in step.sources and actor.holds(step.permission)
        ]
