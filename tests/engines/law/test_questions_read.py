"""Every rule is read by a question, or listed with the reason why not."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

import yaml

from engines.law.packs import CN, cn
from hufu.engines.law import LawError, schema_in
from hufu.engines.law.answers import ANSWERS

APART = {
    entry["rules"]: entry["reason"]
    for entry in yaml.safe_load((CN / "coverage/facts.yaml").read_text("utf-8"))[
        "apart"
    ]
}

DAY = date(2026, 1, 5)


class Watched(Mapping):
    """The rules of a book, and which of them were looked up."""

    def __init__(self, rules):
        self.rules, self.seen = rules, set()

    def __getitem__(self, name):
        found = self.rules[name]
        self.seen.add(name)
        return found

    def __iter__(self):
        return iter(self.rules)

    def __len__(self):
        return len(self.rules)

    def __contains__(self, name):
        return name in self.rules


def known(question, field):
    part = schema_in(cn(), question)["input"]["properties"][field]
    return part.get("items", part)["enum"]


def days(name):
    return [r.since for r in cn().rule(name).rulings]


def asked():
    for name in known("deadline", "rule"):
        yield from (
            ("deadline", d, {"rule": name, "start": d.isoformat()}) for d in days(name)
        )
    for question in ("penalty", "damages"):
        for name in known(question, "rule"):
            rule = f"{'penalties' if question == 'penalty' else 'damages'}.{name}"
            yield from ((question, d, {"rule": name}) for d in days(rule))
    for name in cn().names("competence."):
        _, right, act = name.split(".")
        facts = {"right": right, "act": act, "region": "440305"}
        yield from (("competence", d, facts) for d in days(name))
    for name in cn().names("evidence."):
        yield from (("evidence", d, {"channel": name[9:]}) for d in days(name))
    for name in known("crime", "offence"):
        facts = {"offence": name, "figures": {}, "is_unit": True}
        yield from (("crime", d, facts) for d in days(f"criminal.thresholds.{name}"))
    yield from asked_of_lists()
    yield from golden()


def asked_of_lists():
    for right in known("term", "right"):
        for day in days(f"terms.{right}_years"):
            yield "term", day, {"right": right, "filed_on": day.isoformat()}
    approved = {
        "right": "invention",
        "filed_on": "2015-01-01",
        "approved_on": "2025-01-01",
    }
    listed = {"acts": known("listing", "acts"), "penalties": []}
    yield "term", DAY, approved
    yield "listing", DAY, listed | {"is_lack_of_intent_proved": True}
    yield "listing", DAY, listed
    yield "repair", DAY, {"met": []}


def golden():
    for path in sorted((CN / "cases").glob("*.yaml")):
        table = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        if table.get("question", "ruling") != "ruling" and "prongs" not in path.stem:
            yield from (
                (table["question"], c["day"], c["facts"]) for c in table["cases"]
            )


def test_every_rule_is_read_by_a_question_or_listed_with_the_reason():
    rules = Watched(cn().rules)
    book = replace(cn(), rules=rules)
    for question, day, facts in asked():
        with suppress(LawError):
            ANSWERS[question](book, day, facts)
    unread = {n for n, rule in cn().rules.items() if rule.facts} - rules.seen
    listed = {n for n in unread if any(is_under(n, prefix) for prefix in APART)}
    assert sorted(unread - listed) == []
    idle = {p for p in APART if not any(is_under(n, p) for n in unread)}
    assert sorted(idle) == []
    assert all(reason["en"] and reason["zh"] for reason in APART.values())


def is_under(name, prefix):
    return name == prefix or name.startswith(prefix + ".")
