"""A decision at the workbench, from its draft to its payment, and its notice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import offices
import verdicts
from hufu.domain.publication.models import Notice
from hufu.domain.publication.services import words_digest
from hufu.domain.remedies.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(now, storage, monkeypatch, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    settings.HUFU_STORAGE_KEY = verdicts.STORAGE_KEY
    made = verdicts.notified(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.now)
    return made


TYPED = {
    "rule": "trademark_infringement",
    "acted_on": "2026-02-02",
    "illegal_turnover": "20000",
    "fine": "60000",
    "order": "on",
    "order_en": "Stop the sale.",
    "order_zh": "责令停止销售。",
    "findings_en": "The party sold 200 pairs of shoes.",
    "findings_zh": "当事人销售鞋200双。经营者：李小明。",
    "reasons_en": "It infringes.",
    "reasons_zh": "构成侵权。",
}


def act(client, decision, who, verb, **typed):
    client.force_login(who)
    path = reverse("workbench:decision-act", args=[decision.pk, verb])
    return client.post(path, typed)


def on_notice(client, notice, who, verb, **typed):
    client.force_login(who)
    return client.post(reverse("workbench:notice-act", args=[notice.pk, verb]), typed)


def page(client, view, *args):
    answer = client.get(reverse(f"workbench:{view}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_lawful_range_is_shown_before_anything_is_saved(client, office):
    client.force_login(office.handler)
    path = reverse("workbench:decision-draft", args=[office.case.pk])
    text = client.post(path, {**TYPED, "range": "1"}).content.decode()
    assert "CNY 0.00 – 250,000.00" in text
    assert "Art. 60(2)" in text
    assert not Decision.objects.exists()


def test_a_fine_outside_the_range_comes_back_with_everything_typed(client, office):
    client.force_login(office.handler)
    path = reverse("workbench:decision-draft", args=[office.case.pk])
    text = client.post(path, {**TYPED, "fine": "250001"}).content.decode()
    assert "is not lawful here" in text
    assert "250001" in text
    assert "责令停止销售。" in text


def test_a_decision_and_its_notice_go_their_whole_way_through_the_pages(client, office):
    client.force_login(office.handler)
    path = reverse("workbench:decision-draft", args=[office.case.pk])
    assert client.post(path, TYPED).status_code == 302
    decision = Decision.objects.get()
    assert "200 pairs of shoes" in page(client, "decision", decision.pk)
    for who, verb in (
        (office.reviewer, "review"),
        (office.director, "approve"),
        (office.handler, "issue"),
    ):
        assert act(client, decision, who, verb).status_code == 302, verb
    proof = SimpleUploadedFile("receipt.txt", b"received")
    typed = {
        "party": office.case.parties.get(role="respondent").pk,
        "method": "direct",
        "sent_on": str(office.today),
        "received_on": str(office.today),
        "receiver": "clerk",
        "proof": proof,
    }
    served = act(client, decision, office.handler, "serve", **typed)
    assert served.status_code == 302
    paid = {"amount": "60000", "on": str(office.today)}
    assert act(client, decision, office.handler, "pay", **paid).status_code == 302
    done = {
        "penalty": decision.penalties.get(kind="order").pk,
        "on": str(office.today),
        "note": "stall inspected",
    }
    act(client, decision, office.handler, "fulfil", **done)
    assert act(client, decision, office.handler, "complete").status_code == 302
    decision.refresh_from_db()
    assert decision.state == "executed"
    publish(client, office, decision)


def publish(client, office, decision):
    client.force_login(office.handler)
    assert "李小明" in page(client, "notice-draft", decision.pk)
    path = reverse("workbench:notice-draft", args=[decision.pk])
    assert client.post(path, {"term": "other"}).status_code == 302
    notice = Notice.objects.get()
    seen = {"seen": words_digest(notice)}
    own = on_notice(client, notice, office.handler, "confirm", **seen)
    assert own.status_code == 409
    stale = on_notice(client, notice, office.reviewer, "confirm", seen="another")
    assert stale.status_code == 409
    on_notice(client, notice, office.reviewer, "confirm", **seen)
    on_notice(client, notice, office.reviewer, "publish")
    notice.refresh_from_db()
    assert notice.state == "published"
    assert "李小明" in page(client, "notice", notice.pk)
    client.logout()
    public = client.get(reverse("portal:publication", args=[notice.pk]))
    assert "李小明" not in public.content.decode()


def test_acts_that_are_not_ones_own_are_not_offered(client, office):
    decision = verdicts.draft(office)
    client.force_login(office.handler)
    text = page(client, "decision", decision.pk)
    assert "Pass legal review" not in text
    assert "Withdraw the draft" in text
    client.force_login(office.reviewer)
    assert "Pass legal review" in page(client, "decision", decision.pk)


def test_a_refused_act_keeps_what_was_typed(client, office):
    decision = verdicts.served(office)
    typed = {"amount": "70000", "on": str(office.today)}
    answer = act(client, decision, office.handler, "pay", **typed)
    assert answer.status_code == 409
    assert "70000" in answer.content.decode()


def test_another_agency_finds_neither_decision_nor_notice(client, office, now):
    decision = verdicts.served(office)
    other = offices.agency(now, "guangzhou", "440100")
    client.force_login(offices.officer(now, other, "director", "other"))
    for view in ("decision", "notice-draft"):
        path = reverse(f"workbench:{view}", args=[decision.pk])
        assert client.get(path).status_code in {403, 404}
    assert act(client, decision, client_user(other), "approve").status_code == 404
    assert decision.reference not in page(client, "decisions")
    assert decision.reference not in page(client, "publications")


def client_user(agency):
    return agency.officers.get(username="other")


def test_the_list_of_publications_shows_what_is_due(client, office):
    decision = verdicts.served(office)
    client.force_login(office.handler)
    text = page(client, "publications")
    assert decision.reference in text
    assert "Prepare the public notice" in text


def test_the_letter_is_previewed_before_it_is_issued_and_kept_after(client, office):
    decision = verdicts.approved(office)
    client.force_login(office.handler)
    path = {"decision_id": decision.pk, "language": "zh"}
    preview = client.get(reverse("workbench:decision-pdf", kwargs=path))
    assert preview.content.startswith(b"%PDF")
    act(client, decision, office.handler, "issue")
    kept = client.get(reverse("workbench:decision-pdf", kwargs=path))
    assert kept.content == preview.content
    decision.refresh_from_db()
    assert decision.letter_zh.custody.filter(act="downloaded").exists()
    shown = client.get(reverse("workbench:decision-letter", kwargs=path))
    text = shown.content.decode()
    assert "60,000.00" in text
    # On a phone a cell of a stacked table says what it is.
    assert '<td data-label="证据名称">' in text
