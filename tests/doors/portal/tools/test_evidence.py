"""The evidence checklist: required, present, missing, cured."""

import pytest

pytestmark = pytest.mark.django_db
PLATFORM = ["identity", "right_title", "links", "prima_facie", "request"]


def test_a_complete_notice_to_a_platform_lacks_nothing(ask):
    facts = {"channel": "platform_notice", "right": "trademark", "ask": "1"}
    page = ask("evidence", **facts, have_platform_notice=PLATFORM)
    assert "Everything required is there" in page
    missing = ask("evidence", **facts, have_platform_notice=PLATFORM[:3])
    assert "2 required things are missing" in missing
    assert "Compare the sign and the goods, add a sample" in missing
    chinese = ask("evidence", "zh-hans", **facts, have_platform_notice=PLATFORM[:3])
    assert "缺少2项必备材料" in chinese
    assert "提交比对材料和样品" in chinese


def test_electronic_evidence_is_asked_more(ask):
    facts = {"channel": "civil", "right": "copyright", "ask": "1"}
    assert "Hash value" not in ask("evidence", **facts)
    page = ask("evidence", **facts, traits=["electronic"])
    assert "Hash value with its algorithm" in page
    assert "Electronic evidence: authenticity · 0 of 6 required" in page
    chain = ask("evidence", **facts, traits=["blockchain"])
    assert "Truth before the data went on the chain" in chain
    assert "Hash value with its algorithm" in chain


def test_the_right_decides_what_proves_it(ask):
    facts = {"channel": "civil", "ask": "1"}
    design = ask("evidence", right="design", **facts)
    assert "Patent evaluation report" in design
    assert "Art. 14(2), 29(2)" in design
    assert "专利权评价报告" in ask("evidence", "zh-hans", right="design", **facts)
    secret = ask("evidence", right="trade_secret", **facts)
    assert "Ask for an undertaking or order" in secret
    assert "Ask for an undertaking" not in ask("evidence", right="trademark", **facts)


def test_a_thing_that_nobody_asks_for_is_sent_back(ask):
    facts = {"channel": "civil", "right": "design", "ask": "1", "have_civil": "gold"}
    assert "Something needs your attention" in ask("evidence", **facts)
