"""What nobody read in the law decides nothing by itself."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

import verdicts
from hufu.base.errors import Refusal
from hufu.base.law import basis, book
from hufu.domain.remedies import services

ROOMS = Path(services.__file__).parents[2]
# Ranges of fines: a reviewer must have read an unconfirmed one before it is approved.
READ_BY_A_REVIEWER = ("penalties.",)


def rules_named_in_the_rooms():
    """Find every rule that the code of the rooms asks for by its name."""
    known = set(book().names())
    found = {}
    for path in sorted(ROOMS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names = {node.value, f"deadlines.{node.value}"} & known
                found |= dict.fromkeys(names, path.relative_to(ROOMS))
    return found


NOW = date(2026, 11, 22)
NAMED = rules_named_in_the_rooms()


def test_the_rooms_name_the_rules_they_decide_by():
    assert len(NAMED) >= 25
    assert {"deadlines.penalty.decision", "procedure.officers_at_least"} <= set(NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_a_rule_that_a_room_decides_by_was_read_in_the_law(name):
    if name.startswith(READ_BY_A_REVIEWER):
        return
    current = [r for r in book().rule(name).rulings if not r.until or r.until >= NOW]
    if name.startswith("deadlines."):
        current += [book().on(NOW, r.value["counting"]) for r in current]
    unread = [r.rule for r in current if not r.is_confirmed]
    assert unread == [], f"{NAMED[name]} decides by it"


@pytest.mark.django_db
def test_an_unconfirmed_range_is_not_approved_before_a_reviewer_read_it(now, storage):
    office = verdicts.notified(now, storage)
    decision = verdicts.draft(
        office, rule="trademark_passing_off_as_registered", fine=None
    )
    assert any(r["confidence"] == "unconfirmed" for r in decision.range["rulings"])
    with pytest.raises(Refusal) as refusal:
        services.review_decision(
            actor=office.reviewer, at=office.now, decision=decision
        )
    assert "confirm" in refusal.value.code


@pytest.mark.parametrize(
    ("language", "mark"), [("en", "(unconfirmed)"), ("zh-hans", "（未核实）")]
)
def test_an_article_that_nobody_read_in_the_law_is_cited_as_such(language, mark):
    with translation.override(language):
        assert basis("procedure.random_inspection", NOW).endswith(mark)
        assert mark not in basis("procedure.officers_at_least", NOW) != ""
