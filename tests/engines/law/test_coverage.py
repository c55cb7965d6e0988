from collections import Counter

import yaml

from engines.law.packs import CN, cn

INDEX = yaml.safe_load((CN / "coverage/facts.yaml").read_text(encoding="utf-8"))
FACTS = [f["id"] for f in INDEX["facts"]]
LEFT_OUT = {f["id"]: f["reason"] for f in INDEX["left_out"]}


def test_all_facts_are_in_the_pack_or_listed_with_the_reason_why_not():
    loaded = {fact for rule in cn().rules.values() for fact in rule.facts}
    assert len(FACTS) == len(set(FACTS)) == 383
    assert set(FACTS) == loaded | set(LEFT_OUT)
    assert not loaded & set(LEFT_OUT)
    assert all(reason["en"] and reason["zh"] for reason in LEFT_OUT.values())


def test_a_fact_known_by_heart_only_is_never_shown_as_confirmed():
    known = Counter(r.confidence for rule in cn().rules.values() for r in rule.rulings)
    assert known["unconfirmed"] >= 47
