"""Fictional marks on the register, as tests write them down."""

from datetime import date

from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import services as rights
from hufu.domain.rights.imports import RightRow


def registered(at, name, **said):
    """Record a mark of somebody in class 25."""
    row = {
        "kind": "trademark",
        "name": name,
        "source": "t",
        "source_id": name,
        "holder_name": "F Ltd",
        "classes": (25,),
        "registered_on": date(2020, 1, 1),
        "expires_on": date(2100, 1, 1),
    }
    return rights.record_right(actor=Clockwork(), at=at, row=RightRow(**row | said))


def struck_off(at, right):
    """Cancel a mark."""
    facts = rights.EventFacts(kind="cancelled", on=at.date())
    rights.note_event(actor=Clockwork(), at=at, right=right, facts=facts)
