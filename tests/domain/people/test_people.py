import pytest
from hypothesis import given
from hypothesis import strategies as st

from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.people import services, uscc
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Agency, Party

SYSTEM = Clockwork()


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91110000600037341L", "914403001922038216"]
)
def test_published_codes_are_valid(code):
    assert uscc.is_valid(code)


@given(st.text(uscc.ALPHABET, min_size=17, max_size=17), st.data())
def test_one_wrong_character_is_always_noticed(first, data):
    code = first + uscc.check_character(first)
    at = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([c for c in uscc.ALPHABET if c != code[at]]))
    assert uscc.is_valid(code)
    assert not uscc.is_valid(code[:at] + other + code[at + 1 :])


@pytest.mark.parametrize("code", ["", "9135", "91350100M000100Y4I", "9" * 19])
def test_a_code_of_wrong_shape_is_refused_without_a_crash(code):
    assert not uscc.is_valid(code)


def party(now, **facts):
    facts = {"kind": "company", "name": "甲公司", **facts}
    return services.register_party(
        actor=SYSTEM, at=now, facts=services.PartyFacts(**facts)
    )


def test_a_party_with_a_known_code_is_not_written_down_twice(db, now):
    first = party(now, uscc="91350100m000100y43")
    assert party(now, uscc="91350100M000100Y43", name="乙").pk == first.pk
    assert Party.objects.count() == 1


def test_a_wrong_code_is_refused_with_its_standard(db, now):
    with pytest.raises(Refusal) as refusal:
        party(now, uscc="91350100M000100Y44")
    assert (refusal.value.code, refusal.value.basis) == (
        "uscc_invalid",
        "GB 32100-2015",
    )


def test_the_journal_never_learns_a_name(db, now):
    party(now, name="Zhang San", phone="13800000000")
    entry = Entry.objects.get()
    assert "Zhang" not in f"{entry.facts}{entry.subject_id}{entry.actor}"


def test_an_officer_without_an_agency_is_refused(db, now):
    with pytest.raises(Refusal):
        services.open_account(
            actor=SYSTEM, at=now, facts=services.AccountFacts("o", "intake")
        )


def test_a_closed_account_holds_no_permission(db, now):
    agency = services.found_agency(
        actor=SYSTEM,
        at=now,
        agency=Agency(
            code="A1", kind="market", name_en="A", name_zh="甲", region="110000"
        ),
    )
    chief = services.open_account(
        actor=SYSTEM,
        at=now,
        facts=services.AccountFacts("admin", "administrator", agency=agency),
    )
    officer = services.open_account(
        actor=SYSTEM, at=now, facts=services.AccountFacts("o", "intake", agency=agency)
    )
    assert officer.holds("leads:lead:triage")
    services.close_account(actor=chief, at=now, account=officer)
    assert not officer.holds("leads:lead:triage")
    with pytest.raises(Refusal, match="another administrator"):
        services.close_account(actor=chief, at=now, account=chief)
    assert chief.is_active
