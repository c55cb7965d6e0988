import yaml

from engines.law.packs import CN, cn
from hufu.engines.law.rulebook import DATED, read_files

INDEX = yaml.safe_load((CN / "coverage/facts.yaml").read_text(encoding="utf-8"))
FACTS = [f["id"] for f in INDEX["facts"]]
LEFT_OUT = {f["id"]: f["reason"] for f in INDEX["left_out"]}


def test_all_facts_are_in_the_pack_or_listed_with_the_reason_why_not():
    loaded = {fact for rule in cn().rules.values() for fact in rule.facts}
    assert len(FACTS) == len(set(FACTS)) == 383
    assert set(FACTS) == loaded | set(LEFT_OUT)
    assert not loaded & set(LEFT_OUT)
    assert all(reason["en"] and reason["zh"] for reason in LEFT_OUT.values())


UNREAD = set(INDEX["unread"])


def test_what_rests_on_a_fact_known_by_heart_is_never_shown_as_confirmed():
    assert len(UNREAD) == 47
    assert set(FACTS) >= UNREAD
    files = [f for f in read_files(CN) if f.data["kind"] in DATED]
    entries = [(f.name, entry) for f in files for entry in f.data["values"]]
    resting = [(n, e) for n, e in entries if UNREAD & set(e.get("facts", ()))]
    assert len(resting) >= 47
    assert [n for n, e in resting if e["confidence"] != "unconfirmed"] == []
