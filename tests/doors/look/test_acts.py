"""Every act that the journal can hold has words, in both languages."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from casework import STATES, Desk
from hufu.base.models import Entry
from hufu.base.workflow import Workflow
from hufu.domain.evidence.models import Custody
from hufu.domain.remedies.models import Execution
from hufu.doors.look import acts

HUFU = Path(acts.__file__).parents[2]
NAMED = {act for words in acts.ACTS.values() for act in words}
CALLS = {"record": 1, "open_record": 1, "take": 0}
# Calls whose act is computed, and all the acts it can be.
COMPUTED = {
    ("evidence/services/links.py", "act.value"): set(Custody.Act.values),
    ("evidence/services/handovers.py", "verb"): {"accept", "decline"},
    ("remedies/services/execution.py", "step.kind"): set(Execution.Kind.values),
    ("publication/services/lists.py", "ACT"): {"commit_list"},
    ("leads/services/answers.py", "act"): {"message", "answer"},
    ("cases/services/clocks.py", "verb"): {
        "suspend-clock",
        "resume-clock",
        "extend-clock",
    },
    ("cases/services/investigation.py", "verb"): {
        "disclose-exhibit",
        "withhold-exhibit",
    },
}


def recorded():
    """Yield (file and line, file, the act as it is written in the source)."""
    for path in sorted((HUFU / "domain").rglob("*.py")):
        inside = path.relative_to(HUFU / "domain").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS and len(node.args) > CALLS[name]:
                yield f"{inside}:{node.lineno}", inside, node.args[CALLS[name]]


def test_every_act_in_the_source_is_named():
    for where, inside, written in recorded():
        if isinstance(written, ast.Constant):
            assert written.value in NAMED, where
        else:
            source = ast.unparse(written)
            assert (inside, source) in COMPUTED, f"{where}: which acts is {source}?"
            assert COMPUTED[inside, source] <= NAMED


TABLES = {
    "cases": {"CASE": "cases.case"},
    "evidence": {
        "CAPTURE": "evidence.capture",
        "DEPOSIT": "evidence.deposit",
        "HAND_OVER": "evidence.handover",
        "ITEM": "evidence.item",
    },
    "inspections": {"DRAW": "inspections.draw"},
    "leads": {"LEAD": "leads.lead"},
    "oversight": {"RETURN": "oversight.monthlyreturn"},
    "publication": {"NOTICE": "publication.notice"},
    "remedies": {"DECISION": "remedies.decision"},
    "rights": {"CLAIM": "rights.claim"},
}


def test_every_step_of_every_workflow_is_named_for_its_kind():
    for path in sorted((HUFU / "domain").glob("*/workflow.py")):
        room = path.parent.name
        module = import_module(f"hufu.domain.{room}.workflow")
        tables = {k: v for k, v in vars(module).items() if isinstance(v, Workflow)}
        assert set(tables) == set(TABLES[room])
        for name, table in tables.items():
            assert set(table.steps) <= set(acts.ACTS[TABLES[room][name]])


def test_every_kind_is_a_model_and_has_a_name():
    assert set(acts.ACTS) == set(acts.KINDS)
    for kind in acts.KINDS:
        assert apps.get_model(kind)


def test_all_words_are_translated():
    words = [
        *acts.KINDS.values(),
        *(w for said in acts.ACTS.values() for w in said.values()),
    ]
    with translation.override("zh-hans"):
        left = [str(word) for word in words if str(word).isascii()]
    assert left == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_all_entries_of_a_case_can_be_read(now, storage, state):
    STATES[state](Desk(now, storage))
    for entry in Entry.objects.all():
        assert entry.act in acts.ACTS[entry.subject_kind], str(entry)
        assert acts.actor_words(entry.actor) != entry.actor or entry.actor == "system"
