import io
from datetime import date

import pytest

import offices
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.evidence.services import Upload
from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import queries, services
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Authority

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def office(now):
    return offices.agency(now, code="ip", kind="ip_office")


@pytest.fixture
def registrar(now, office):
    return offices.officer(now, office, role="registrar")


@pytest.fixture
def holder(now):
    return offices.holder(now)


@pytest.fixture
def right(now):
    row = RightRow(kind="trademark", name="青岚", source="t", source_id="1",
                   registered_on=date(2020, 1, 1))  # fmt: skip
    return services.record_right(actor=Clockwork(), at=now, row=row)


def claim(now, holder, right, storage, **facts):
    return services.claim_right(
        actor=holder,
        at=now,
        storage=storage,
        right=right,
        facts=services.ClaimFacts(**facts),
        upload=Upload(stream=io.BytesIO(offices.PNG), name="proof.png"),
    )


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code


def test_a_verified_claim_makes_the_holder(now, holder, registrar, right, storage):
    made = claim(now, holder, right, storage)
    assert made.agency == registrar.agency
    assert list(queries.visible_claims(registrar)) == [made]
    services.verify_claim(actor=registrar, at=now, claim=made)
    right.refresh_from_db()
    assert right.holder == holder.party
    assert list(queries.rights_of(holder, day=DAY)) == [right]
    acts = Entry.objects.filter(subject_id=made.pk).values_list("act", flat=True)
    assert list(acts) == ["submit", "verify"]


def test_a_refusal_says_why_in_both_languages(now, holder, registrar, right, storage):
    made = claim(now, holder, right, storage)
    said = {"actor": registrar, "at": now, "claim": made, "reason_en": "No."}
    refused("reason_missing", services.refuse_claim, **said, reason_zh=" ")
    services.refuse_claim(**said, reason_zh="不符。")
    assert (made.state, made.reason_zh) == ("refused", "不符。")
    entry = Entry.objects.get(subject_id=made.pk, act="refuse")
    assert "No." not in str(entry.facts)
    right.refresh_from_db()
    assert right.holder is None


def test_an_officer_elsewhere_neither_sees_nor_answers_a_claim(
    now, holder, registrar, right, storage
):
    made = claim(now, holder, right, storage)
    other = offices.agency(now, code="other", kind="market")
    stranger = offices.officer(now, other, role="registrar")
    assert not queries.visible_claims(stranger)
    refused("other_agency", services.verify_claim, actor=stranger, at=now, claim=made)


def test_the_claimant_may_take_it_back_and_nobody_else(
    now, holder, registrar, right, storage
):
    made = claim(now, holder, right, storage)
    stranger = offices.holder(now, "Somebody Else")
    refused("not_yours", services.withdraw_claim, actor=stranger, at=now, claim=made)
    services.withdraw_claim(actor=holder, at=now, claim=made)
    refused("wrong_state", services.verify_claim, actor=registrar, at=now, claim=made)


def test_one_claim_at_a_time(now, holder, registrar, right, storage):
    claim(now, holder, right, storage)
    with pytest.raises(Refusal) as refusal:
        claim(now, holder, right, storage)
    assert refusal.value.code == "claim_open"


def test_an_agent_gets_authority_and_the_principal_gets_the_right(
    now, holder, registrar, right, storage
):
    made = claim(now, holder, right, storage, principal_name="Acme Tea Ltd")
    services.verify_claim(actor=registrar, at=now, claim=made)
    right.refresh_from_db()
    assert right.holder.name == "Acme Tea Ltd"
    authority = Authority.objects.get()
    assert (authority.agent, authority.proof) == (holder.party, made.proof)
    assert list(queries.rights_of(holder, day=DAY)) == [right]
    assert not queries.rights_of(holder, day=date(2026, 3, 1))


def test_without_an_office_a_claim_is_refused(now, holder, right, storage):
    with pytest.raises(Refusal) as refusal:
        claim(now, holder, right, storage)
    assert refusal.value.code == "no_office"


def test_only_the_verified_holder_may_have_a_right_watched(
    now, holder, registrar, right, storage
):
    ask = {"actor": holder, "at": now, "right": right}
    refused("not_yours", services.ask_monitoring, **ask)
    made = claim(now, holder, right, storage)
    services.verify_claim(actor=registrar, at=now, claim=made)
    monitor = services.ask_monitoring(**ask)
    assert services.ask_monitoring(**ask) == monitor
    assert list(queries.monitored_rights(DAY)) == [right]
    assert not queries.monitored_rights(date(2026, 3, 1))
    services.end_monitoring(**ask)
    assert not queries.monitored_rights(date(2026, 3, 3))


def test_a_right_that_is_not_in_force_is_not_watched(
    now, holder, registrar, right, storage
):
    made = claim(now, holder, right, storage)
    services.verify_claim(actor=registrar, at=now, claim=made)
    facts = services.EventFacts(kind="cancelled", on=DAY)
    services.note_event(actor=Clockwork(), at=now, right=right, facts=facts)
    ask = {"actor": holder, "at": now, "right": right}
    refused("not_in_force", services.ask_monitoring, **ask)


def test_licences_run_from_day_to_day(now, holder, registrar, right, storage):
    made = claim(now, holder, right, storage)
    services.verify_claim(actor=registrar, at=now, claim=made)
    facts = services.LicenceFacts(kind="seller", licensee="茶铺", from_on=DAY)
    licence = services.add_licence(actor=holder, at=now, right=right, facts=facts)
    assert list(queries.licences_on(DAY)) == [licence]
    assert not queries.licences_on(date(2026, 3, 1))
    services.end_licence(actor=holder, at=now, licence=licence)
    assert not queries.licences_on(date(2026, 3, 3))
    wrong = services.LicenceFacts("seller", "x", DAY, to_on=date(2026, 3, 1))
    said = {"actor": holder, "at": now, "right": right, "facts": wrong}
    refused("days_in_order", services.add_licence, **said)
