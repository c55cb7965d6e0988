"""The damages estimate against amounts worked out by hand."""

import pytest

pytestmark = pytest.mark.django_db
GRAVE = {"is_intentional": "on", "is_serious": "on"}
WORKED = [
    # Since May 2026 base and punitive part make five times the base at most.
    ("trademark",
     {"on": "2026-06-01", "decided_on": "2026-11-01", "infringer_gain": "100000",
      "costs": "20000", **GRAVE}, "120,000 to 520,000", "120,000至520,000"),
    # Before, five times came on top of the base.
    ("trademark",
     {"on": "2026-03-01", "decided_on": "2026-04-01", "infringer_gain": "100000",
      "costs": "20000", **GRAVE}, "120,000 to 620,000", "120,000至620,000"),
    # Until the end of 2026 loss comes before gain, then the holder may choose.
    ("trademark",
     {"on": "2026-06-01", "right_holder_loss": "80000", "infringer_gain": "100000"},
     "A court may award 80,000", "80,000"),
    ("trademark",
     {"on": "2027-02-01", "right_holder_loss": "80000", "infringer_gain": "100000"},
     "A court may award 100,000", "100,000"),
    ("trademark", {"on": "2026-06-01", "licence_fee": "5万", "licence_multiple": "3"},
     "A court may award 150,000", "150,000"),
    ("patent", {"on": "2026-06-01"}, "30,000 to 5,000,000", "30,000至5,000,000"),
    ("copyright", {"on": "2026-06-01", "costs": "1000"},
     "1,500 to 5,001,000", "1,500至5,001,000"),
    ("unfair_competition", {"on": "2026-06-01", "infringer_gain": "100000", **GRAVE},
     "for trade secrets only", "仅适用于商业秘密"),
    ("unfair_competition",
     {"on": "2026-06-01", "decided_on": "2026-06-01", "infringer_gain": "100000",
      "is_secret": "on", **GRAVE}, "100,000 to 500,000", "100,000至500,000"),
    ("patent", {"on": "2020-06-01", "infringer_gain": "100000"},
     "knows no punitive damages", "未规定惩罚性赔偿"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "facts", "english", "chinese"), WORKED)
def test_the_range_is_the_one_worked_out_by_hand(ask, right, facts, english, chinese):
    page = ask("damages", right=right, **facts)
    assert english in page
    assert "Where it is written" in page
    assert chinese in ask("damages", "zh-hans", right=right, **facts)


def test_the_statement_holds_the_facts_the_working_and_the_law(ask):
    facts = WORKED[0][1]
    page = ask("damages/statement", right="trademark", **facts)
    assert "120,000 to 520,000 CNY, of which 20,000 are reasonable expenses" in page
    assert "Trademark Law (2019 amendment)" in page
    assert "Signature or seal" in page
    assert "This is no legal advice." in page
    assert "赔偿数额说明" in ask(
        "damages/statement", "zh-hans", right="trademark", **facts
    )


@pytest.mark.parametrize("query", ["", "?right=trademark&on=2026-02-30", "?right=x"])
def test_a_statement_without_an_estimate_leads_back_to_the_form(client, query):
    reply = client.get(f"/tools/damages/statement/{query}")
    assert reply.status_code == 302
    assert reply.url == f"/tools/damages/{query}"
