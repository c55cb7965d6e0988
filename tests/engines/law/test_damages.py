from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engines.law.packs import cn
from hufu.engines.law import DamagesFacts

AMOUNT = st.integers(0, 10**8).map(Decimal)
NAMES = ["trademark", "patent", "copyright", "unfair_competition", "plant_variety"]


def test_the_statement_names_every_method_and_article_in_both_languages():
    facts = DamagesFacts(
        on=date(2026, 1, 1),
        decided_on=date(2026, 6, 1),
        infringer_gain=Decimal(100_000),
        costs=Decimal(5_000),
        is_intentional=True,
        is_serious=True,
    )
    found = cn().damages("trademark", facts)
    english = "\n".join(s.en for s in found.statement)
    chinese = "\n".join(s.zh for s in found.statement)
    assert "loss of the right holder: could not be established" in english
    assert "Total: 105,000 to 505,000" in english
    assert "Art. 63" in english
    assert "第六十三条" in chinese
    assert "法释〔2026〕7号" in chinese
    assert "{" not in english + chinese


@given(
    st.sampled_from(NAMES),
    st.none() | AMOUNT,
    st.none() | AMOUNT,
    AMOUNT,
    st.booleans(),
)
def test_no_range_is_upside_down_and_expenses_stay_apart(name, loss, gain, costs, bad):
    facts = DamagesFacts(
        on=date(2026, 6, 1),
        right_holder_loss=loss,
        infringer_gain=gain,
        costs=costs,
        is_intentional=bad,
        is_serious=bad,
    )
    found = cn().damages(name, facts)
    assert found.costs <= found.low <= found.high


@given(AMOUNT)
def test_since_may_2026_the_total_is_never_more_than_five_times_the_base(gain):
    facts = DamagesFacts(
        on=date(2026, 6, 1), infringer_gain=gain, is_intentional=True, is_serious=True
    )
    assert cn().damages("patent", facts).high <= 5 * gain
