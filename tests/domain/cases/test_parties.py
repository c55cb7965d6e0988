"""Who comes into a case and leaves it: parties, and agents with a proof."""

from datetime import timedelta

import pytest

import offices
from casework import Desk, refused
from hufu.domain.cases import queries, services
from hufu.domain.cases.models import CaseParty
from hufu.domain.evidence import queries as evidence
from hufu.domain.people.services import PartyFacts

pytestmark = pytest.mark.django_db
AGENT = PartyFacts(kind="company", name="Bright Law Firm")


@pytest.fixture
def desk(now, storage):
    return Desk(now, storage)


def agent_of(desk, case, **said):
    party = desk.respondent(case)
    authority = services.Authority(party, desk.item("authority.txt"), **said)
    return services.add_agent(
        actor=desk.one, at=desk.at, case=case, facts=AGENT, authority=authority
    )


def out(desk, party, reason="brought in by mistake"):
    return services.remove_party(actor=desk.one, at=desk.at, party=party, reason=reason)


def test_an_agent_names_whom_they_represent_and_with_which_proof(desk):
    case = desk.investigating()
    agent = agent_of(desk, case)
    assert agent.role == CaseParty.Role.AGENT
    assert agent.represents == desk.respondent(case)
    assert agent.authority.name == "authority.txt"
    assert queries.timeline(case).first().act == "add-agent"


def test_an_agent_whose_authority_has_ended_or_who_is_in_already_is_refused(desk):
    case = desk.investigating()
    yesterday = desk.at.date() - timedelta(days=1)
    said = {"actor": desk.one, "at": desk.at, "case": case, "facts": AGENT}
    party, proof = desk.respondent(case), desk.item("old.txt")
    ended = services.Authority(party, proof, yesterday)
    refused("authority_ended", services.add_agent, authority=ended, **said)
    agent = agent_of(desk, case)
    again = services.Authority(party, proof)
    twin = {**said, "facts": PartyFacts(kind="company", name=AGENT.name)}
    assert services.add_agent(authority=again, **twin).pk != agent.pk


def test_a_served_respondent_stays_and_another_leaves_with_reason_and_agents(desk):
    case = desk.notified()
    refused(
        "already_served",
        services.remove_party,
        actor=desk.one,
        at=desk.at,
        party=desk.respondent(case),
        reason="a mistake",
    )
    other = services.add_party(
        actor=desk.one,
        at=desk.at,
        case=case,
        role=CaseParty.Role.THIRD_PARTY,
        facts=PartyFacts(kind="company", name="Printer Ltd"),
    )
    authority = services.Authority(other, desk.item("authority.txt"))
    agent = services.add_agent(
        actor=desk.one, at=desk.at, case=case, facts=AGENT, authority=authority
    )
    out(desk, other)
    for gone in (other, agent):
        gone.refresh_from_db()
        assert gone.removed_at == desk.at
        assert gone.removal_reason == "brought in by mistake"
    entries = queries.timeline(case).filter(act="remove-party")
    assert entries.count() == 2
    assert "mistake" not in str([entry.facts for entry in entries])
    said = {"actor": desk.one, "at": desk.at, "party": other, "reason": "again"}
    refused("already_left", services.remove_party, **said)


def test_the_agent_who_leaves_no_longer_sees_what_was_disclosed(desk):
    case = desk.notified()
    agent = agent_of(desk, case)
    account = offices.respondent(desk.at, agent.party)
    item = desk.item()
    exhibit = services.add_exhibit(
        actor=desk.one, at=desk.at, case=case, item=item, purpose="the goods"
    )
    services.disclose_exhibit(
        actor=desk.one, at=desk.at, exhibit=exhibit, disclosed=True
    )
    assert item in evidence.visible_items(account)
    assert queries.respondent_parties(account).exists()
    out(desk, agent)
    assert item not in evidence.visible_items(account)
    assert not queries.respondent_parties(account).exists()
