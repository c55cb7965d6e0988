"""Parties, agents, ties and officers of other agencies, by the pages of a case."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework import Desk
from hufu.base.models import Entry
from hufu.domain.cases import queries
from hufu.domain.cases.models import CaseParty
from hufu.domain.people.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(storage, now, monkeypatch, settings, tmp_path):
    made = Desk(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.at)
    settings.HUFU_HOME = tmp_path
    return made


def act(client, who, case, code, **typed):
    client.force_login(who)
    url = reverse("workbench:case-act", args=[case.pk, code])
    return client.post(url, typed)


def shown(client, who, case):
    client.force_login(who)
    return client.get(reverse("workbench:case", args=[case.pk])).content.decode()


def test_a_handling_officer_adds_an_agent_with_a_proof_and_takes_them_out(desk, client):
    case = desk.investigating()
    typed = {
        "represents": desk.respondent(case).pk,
        "kind": "company",
        "name": "Bright Law Firm",
        "proof": SimpleUploadedFile("authority.txt", b"I may speak for them"),
    }
    assert act(client, desk.one, case, "add_agent", **typed).status_code == 302
    agent = CaseParty.objects.get(role="agent")
    assert agent.authority.name == "authority.txt"
    assert "Bright Law Firm" in shown(client, desk.one, case)
    gone = {"party": agent.pk, "reason": "the authority was withdrawn"}
    assert act(client, desk.one, case, "remove_party", **gone).status_code == 302
    assert "Bright Law Firm" not in shown(client, desk.one, case)


def test_without_a_proof_nothing_is_added_and_what_was_typed_stays(desk, client):
    case = desk.investigating()
    party = desk.respondent(case)
    typed = {"represents": party.pk, "kind": "company", "name": "Bright Law Firm"}
    answer = act(client, desk.one, case, "add_agent", **typed)
    assert "Bright Law Firm" in answer.content.decode()
    assert not CaseParty.objects.filter(role="agent").exists()


def test_an_officer_of_another_agency_joins_by_the_user_name_that_it_tells(
    desk, client
):
    case = desk.investigating()
    other = Desk(desk.at, desk.storage, "customs", "440300")
    typed = {"agency": "customs", "username": "one-shenzhen", "duty": "observer"}
    typed["reason"] = "the goods crossed the border"
    answer = act(client, desk.director, case, "join_other", **typed)
    assert "No officer of this agency" in answer.content.decode()
    assert not queries.visible_cases(other.one).exists()
    typed["username"] = "one-customs"
    assert act(client, desk.director, case, "join_other", **typed).status_code == 302
    assert queries.visible_cases(other.one).get() == case
    assert "Copied tea tins" in shown(client, other.one, case)


def test_the_head_notes_a_tie_and_the_officer_is_shown_no_act_any_more(desk, client):
    case = desk.investigating()
    assert "/acts/submit/" in shown(client, desk.one, case)
    typed = {"account": desk.one.pk, "party": desk.respondent(case).pk}
    typed["kind"] = "family"
    assert act(client, desk.director, case, "note_interest", **typed).status_code == 302
    assert "/acts/" not in shown(client, desk.one, case)
    assert Entry.objects.filter(act="note-interest").exists()


def test_an_officer_notes_ties_of_their_own_only(desk, client):
    case = desk.investigating()
    typed = {"account": desk.two.pk, "party": desk.respondent(case).pk}
    typed["kind"] = "family"
    answer = act(client, desk.one, case, "note_interest", **typed)
    assert answer.status_code == 200
    assert not Entry.objects.filter(act="note-interest").exists()


def erase(client, who, case, name):
    client.force_login(who)
    typed = {"number": case.number, "name": name, "party_sure": "on"}
    return client.post(reverse("workbench:retention"), typed)


def test_a_party_of_an_ended_case_is_erased_on_request_and_the_journal_stays(
    desk, client
):
    case = desk.withdrawn()
    party = desk.respondent(case).party
    before = list(Entry.objects.order_by("pk").values_list("pk", "act", "facts"))
    assert erase(client, desk.director, case, party.name).status_code == 302
    erased = Party.objects.get(pk=party.pk)
    assert erased.erased_at == desk.at
    assert "Lucky Stall Ltd" not in str(vars(erased))
    after = list(Entry.objects.order_by("pk").values_list("pk", "act", "facts"))
    assert after[: len(before)] == before
    assert after[-1][1] == "erase"
    assert "Lucky Stall" not in shown(client, desk.director, case)


def test_a_party_whose_case_runs_or_belongs_to_another_agency_is_not_erased(
    desk, client
):
    case = desk.investigating()
    name = desk.respondent(case).party.name
    answer = erase(client, desk.director, case, name)
    assert "No party of this name can be erased" in answer.content.decode()
    other = Desk(desk.at, desk.storage, "beijing", "110000")
    ended = desk.withdrawn()
    answer = erase(client, other.director, ended, name)
    assert "No party of this name can be erased" in answer.content.decode()
    assert not Party.objects.exclude(erased_at=None).exists()
