"""The commitments are complete in both languages, and what serves them exists."""

import re
from collections import Counter

import pytest
import yaml
from django.urls import reverse

from hufu import packs
from hufu.domain.oversight.commitments import all_commitments, documents
from hufu.domain.oversight.figures import FIGURES
from hufu.doors.access import PAGES
from hufu.doors.portal.forms.oversight import KINDS
from hufu.doors.portal.oversight import PAGE_NAMES

FOLDER = packs.folder("cn")
KNOWN = {
    "id",
    "document",
    "clause",
    "clause_zh",
    "summary",
    "summary_zh",
    "type",
    "responsible_body",
    "responsible_body_zh",
    "deadline",
    "deadline_zh",
    "indicators",
    "related_facts",
    "known_outcome",
    "known_outcome_zh",
    "note",
    "note_zh",
}
TRANSLATED = ("clause", "summary", "responsible_body", "known_outcome", "note")
HAN = re.compile(r"[\u4e00-\u9fff]")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def pairs(node):
    return [(key.value, key, value) for key, value in node.value]


def said(node):
    return node.value if node.tag != "tag:yaml.org,2002:null" else ""


def problems_of(text, name="commitments.yaml"):
    """Yield `file:line: what is wrong` for every commitment of a text."""
    root = {k: v for k, _, v in pairs(yaml.compose(text))}
    for row in root["measures"].value:
        found = {key: value for key, _, value in pairs(row)}
        where = f"{name}:{row.start_mark.line + 1}"
        for key, at, _ in pairs(row):
            if key not in KNOWN:
                yield f"{name}:{at.start_mark.line + 1}: unknown key {key}"
        needed = [k for k in TRANSLATED if k in found and said(found[k])]
        due = said(found["deadline"]) if "deadline" in found else ""
        if due and not DAY.fullmatch(due):
            needed.append("deadline")
        for key in needed:
            chinese = found.get(f"{key}_zh")
            if chinese is None or not HAN.search(chinese.value):
                yield f"{where}: {key} has no Chinese"
        for key in ("id", "document", "clause", "summary", "type"):
            if key not in found or not said(found[key]):
                yield f"{where}: {key} is missing"


def unknown_ids(text, name="served.yaml"):
    served = {k: v for k, _, v in pairs(yaml.compose(text))}["served"]
    for key, at, _ in pairs(served):
        if key not in all_commitments():
            yield f"{name}:{at.start_mark.line + 1}: unknown id {key}"


def test_every_commitment_is_complete_in_both_languages():
    text = (FOLDER / "commitments.yaml").read_text(encoding="utf-8")
    assert list(problems_of(text)) == []


def test_a_missing_translation_and_an_unknown_key_are_named_with_their_line():
    text = (
        "measures:\n- id: A\n  document: D\n  clause: I\n  clause_zh: 一\n"
        "  summary: To do\n  type: capacity\n  colour: red\n"
    )
    assert list(problems_of(text)) == [
        "commitments.yaml:8: unknown key colour",
        "commitments.yaml:2: summary has no Chinese",
    ]


def test_all_228_commitments_are_there_once():
    raw = yaml.safe_load((FOLDER / "commitments.yaml").read_text(encoding="utf-8"))
    ids = [row["id"] for row in raw["measures"]]
    assert len(ids) == len(set(ids)) == len(all_commitments()) == 228
    by_document = Counter(row["document"] for row in raw["measures"])
    assert dict(by_document) == raw["meta"]["by_document"]
    by_type = Counter(row["type"] for row in raw["measures"])
    assert dict(by_type) == raw["meta"]["by_type"]
    assert set(by_type) == set(dict(KINDS))


def test_documents_have_titles_in_both_languages():
    for commitment in all_commitments().values():
        assert commitment.document in documents()
    for title in documents().values():
        assert title["en"]
        assert HAN.search(title["zh"])


def test_what_serves_a_commitment_exists():
    text = (FOLDER / "served.yaml").read_text(encoding="utf-8")
    assert list(unknown_ids(text)) == []
    for row in yaml.safe_load(text)["served"].values():
        assert set(row) == {"figures", "pages"}


def test_an_unknown_id_is_named_with_its_line():
    text = 'served:\n  "OPN-1999-(1)": {figures: [], pages: []}\n'
    assert list(unknown_ids(text)) == ["served.yaml:2: unknown id OPN-1999-(1)"]


@pytest.mark.parametrize("commitment", all_commitments().values(), ids=lambda c: c.id)
def test_the_figures_and_pages_of_a_commitment_are_real(commitment):
    assert set(commitment.figures) <= set(FIGURES)
    for page in commitment.pages:
        assert page in PAGES
        assert page in PAGE_NAMES
        assert reverse(page)


def test_unknown_stays_unknown():
    nobody = all_commitments()["OPN-2019-(16)-a"]
    assert nobody.owner == {"en": "", "zh": ""}
    assert nobody.due == {"en": "", "zh": ""}
    assert nobody.outcome == {"en": "", "zh": ""}
    assert not nobody.served
