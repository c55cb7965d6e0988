from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

import offices
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.evidence.models import Custody
from hufu.domain.leads import lanes, queries, services
from hufu.domain.leads.models import Lead, Reason
from hufu.domain.leads.queries import InboxFilter
from hufu.domain.people.actors import Reporter

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def office(now):
    return offices.agency(now)


@pytest.fixture
def clerk(now, office):
    return offices.officer(now, office)


def reporter(lead):
    return Reporter(agencies=frozenset({lead.agency_id}))


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code
    return refusal.value


def test_a_report_reaches_the_competent_agency_and_its_clock_runs(office, now):
    lead = offices.report(now, region="440305")
    assert (lead.agency, lead.state, lead.anonymous) == (office, "new", True)
    clock = lead.clocks.get()
    assert clock.rule == "deadlines.report.verify"
    assert clock.due_on == lead.next_due_on == date(2026, 3, 23)


def test_an_anonymous_report_holds_no_name_and_its_files_are_sealed(
    office, now, storage
):
    files = [offices.kept(storage, offices.PNG, "Wang-Li-phone.png")]
    lead = offices.report(now, files=files)
    item = lead.attachments.get().item
    assert (lead.reporter_name, lead.reporter_contact, lead.named) == ("", "", False)
    assert item.sealed
    assert item.name == "attachment.png"
    assert item.working_id


def test_the_receipt_is_stored_only_hashed(office, now):
    lead = offices.report(now)
    code = offices.receipt()
    assert queries.lead_by_receipt(code.lower()) == lead
    stored = str(list(Lead.objects.values())) + str(list(Entry.objects.values()))
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_an_unknown_code_and_a_mistyped_one_are_told_apart(office, now):
    offices.report(now)
    refused("not_found", queries.lead_by_receipt, typed=offices.receipt(2))
    refused("code_typo", queries.lead_by_receipt, typed=offices.receipt()[:-1] + "Z")


def test_the_journal_learns_no_word_and_no_name(office, now):
    offices.report(now, name="Wang Li", contact="138", details="secret words")
    text = str(list(Entry.objects.values()))
    assert "Wang" not in text
    assert "secret words" not in text


def test_a_stale_copy_cannot_act_twice(office, clerk, now):
    lead = offices.report(now)
    stale = Lead.objects.get(pk=lead.pk)
    services.close_lead(actor=clerk, at=now, lead=lead, reason="no_infringement")
    refused("changed_meanwhile", services.accept_lead, actor=clerk, at=now, lead=stale)
    assert Lead.objects.get(pk=lead.pk).state == "closed"


def test_another_agency_neither_sees_nor_touches(office, now):
    other = offices.officer(now, offices.agency(now, "beijing", "110000"))
    lead = offices.report(now)
    assert not queries.visible_leads(other).exists()
    for act in (services.accept_lead, services.reveal_reporter):
        refused("other_agency", act, actor=other, at=now, lead=lead)


def test_closing_answers_a_named_reporter_and_stops_every_clock(office, clerk, now):
    lead = offices.report(now, name="Wang Li", contact="138")
    services.close_lead(
        actor=clerk, at=now, lead=lead, reason=Reason.AUTHORISED, text="See licence."
    )
    assert lead.answered_at == now
    assert lead.next_due_on is None
    assert {c.rule for c in lead.clocks.all()} == {
        "deadlines.report.verify",
        "deadlines.report.answer_informant",
    }
    assert "See licence." in lead.messages.get().body


def test_other_is_not_a_reason_without_words(office, clerk, now):
    lead = offices.report(now)
    close = services.close_lead
    refused("reason_missing", close, actor=clerk, at=now, lead=lead, reason="other")
    refused("reason_missing", close, actor=clerk, at=now, lead=lead, reason="")


def test_after_a_case_opened_a_named_reporter_is_owed_an_answer(office, now):
    investigator = offices.officer(now, office, "investigator")
    lead = offices.report(now, name="Wang Li")
    services.accept_lead(actor=investigator, at=now, lead=lead)
    services.mark_in_case(
        actor=investigator, at=now, lead=lead, case_id=uuid4(), case_number="S-1"
    )
    assert lead.next_due_on == date(2026, 3, 9)
    services.answer_reporter(actor=investigator, at=now, lead=lead, text="Opened.")
    assert lead.next_due_on is None


def test_an_answer_before_the_decision_is_refused(office, clerk, now):
    lead = offices.report(now)
    answer = services.answer_reporter
    refused("undecided", answer, actor=clerk, at=now, lead=lead, text="Soon")


def test_merging_keeps_both_receipts_working_and_answers_both(office, clerk, now):
    first = offices.report(now, 1, name="A")
    second = offices.report(now, 2)
    services.merge_lead(actor=clerk, at=now, lead=second, into=first)
    services.close_lead(actor=clerk, at=now, lead=first, reason="corrected")
    for number, lead in ((1, first), (2, second)):
        found = queries.lead_by_receipt(offices.receipt(number))
        assert found == lead
        assert queries.standing_of(found) == first
        assert queries.messages_of(found).count() == 1


def test_a_merged_lead_takes_its_own_duplicates_along(office, clerk, now):
    one, two, three = (offices.report(now, n) for n in (1, 2, 3))
    services.merge_lead(actor=clerk, at=now, lead=one, into=two)
    services.merge_lead(actor=clerk, at=now, lead=two, into=three)
    one.refresh_from_db()
    assert one.merged_into == three


def test_no_lead_is_merged_with_itself_with_a_stranger_or_a_closed_one(
    office, clerk, now
):
    offices.agency(now, "beijing", "110000")
    lead, closed = offices.report(now, 1), offices.report(now, 2)
    far = offices.report(now, 3, region="110000")
    services.close_lead(actor=clerk, at=now, lead=closed, reason="corrected")
    merge = services.merge_lead
    refused("same_lead", merge, actor=clerk, at=now, lead=lead, into=lead)
    refused("not_found", merge, actor=clerk, at=now, lead=lead, into=far)
    refused("target_over", merge, actor=clerk, at=now, lead=lead, into=closed)


def test_a_referral_moves_matter_and_evidence_and_the_receipt_leads_on(
    office, clerk, now, storage
):
    target = offices.agency(now, "copyright", "440300", "copyright")
    lead = offices.report(now, files=[offices.kept(storage)])
    copy = services.refer_lead(
        actor=clerk, at=now, lead=lead, agency=target, note="A film"
    )
    assert (lead.state, copy.state, copy.agency) == ("referred", "new", target)
    assert copy.origin == "referral"
    assert queries.standing_of(queries.lead_by_receipt(offices.receipt())) == copy
    original, sent = lead.attachments.get().item, copy.attachments.get().item
    assert (sent.agency, sent.blob, sent.copied_from) == (
        target,
        original.blob,
        original,
    )
    assert [c.act for c in sent.custody.all()] == [Custody.Act.RECEIVED]
    assert original.custody.filter(act=Custody.Act.SENT).exists()
    assert not queries.visible_leads(clerk).filter(pk=copy.pk).exists()


def test_what_the_reporter_writes_after_a_referral_reaches_the_new_agency(
    office, clerk, now
):
    target = offices.agency(now, "copyright", "440300", "copyright")
    lead = offices.report(now)
    copy = services.refer_lead(
        actor=clerk, at=now, lead=lead, agency=target, note="A film"
    )
    thread = queries.thread_of(queries.lead_by_receipt(offices.receipt()))
    services.add_message(actor=reporter(thread), at=now, lead=thread, body="More")
    assert copy.messages.get().body == "More"
    assert queries.messages_of(lead).count() == 1


def test_taking_back_ends_a_new_lead_and_only_marks_an_accepted_one(office, clerk, now):
    fresh, taken = offices.report(now, 1), offices.report(now, 2)
    services.accept_lead(actor=clerk, at=now, lead=taken)
    for lead in (fresh, taken):
        services.take_back(actor=reporter(lead), at=now, lead=lead)
    assert (fresh.state, fresh.reason) == ("closed", "taken_back")
    assert (taken.state, taken.taken_back_at) == ("accepted", now)
    refused(
        "taken_back_already",
        services.take_back,
        actor=reporter(taken),
        at=now,
        lead=taken,
    )


def test_showing_who_reported_leaves_an_entry_and_readers_cannot(office, clerk, now):
    lead = offices.report(now, name="Wang Li", contact="138")
    identity = services.reveal_reporter(actor=clerk, at=now, lead=lead)
    assert identity.name == "Wang Li"
    assert Entry.objects.filter(act="reveal-reporter").count() == 1
    reader = offices.officer(now, office, "reviewer")
    reveal = services.reveal_reporter
    refused("no_permission", reveal, actor=reader, at=now, lead=lead)
    nameless = offices.report(now, 2)
    refused("anonymous", reveal, actor=clerk, at=now, lead=nameless)


def test_more_time_needs_the_head_and_is_given_once(office, clerk, now):
    lead = offices.report(now)
    head = offices.officer(now, office, "director")
    extend = services.extend_lead
    said = {"at": now, "lead": lead, "reason": "The laboratory needs longer"}
    refused("no_permission", extend, actor=clerk, **said)
    clock = extend(actor=head, **said)
    assert clock.due_on == date(2026, 4, 14)
    refused("extended_already", extend, actor=head, **said)


def test_days_of_appraisal_are_not_counted(office, clerk, now):
    lead = offices.report(now)
    clock = services.pause_lead(
        actor=clerk,
        at=now,
        lead=lead,
        from_on=date(2026, 3, 9),
        to_on=date(2026, 3, 13),
        ground="appraisal",
    )
    assert clock.due_on == date(2026, 3, 30)


def test_a_holder_complains_about_a_right_of_their_own(office, now, storage):
    account = offices.holder(now)
    right = offices.right_of(account, now, storage)
    files = [offices.kept(storage)]
    lead = services.complain_lead(
        actor=account, at=now, facts=offices.facts(right=right), files=files
    )
    assert lead.complainant == account.party
    assert lead.clocks.get().rule == "deadlines.penalty.case_filing"
    assert list(queries.visible_leads(account)) == [lead]


@pytest.mark.parametrize(
    ("code", "said", "files"),
    [
        ("standing_evidence", {}, 0),
        ("standing_in_force", {"occurred_on": date(2019, 6, 1)}, 1),
        ("day_to_come", {"occurred_on": date(2027, 6, 1)}, 1),
    ],
)
def test_a_complaint_shows_at_first_sight_what_it_rests_on(
    now, storage, code, said, files
):
    offices.agency(now)
    account = offices.holder(now)
    right = offices.right_of(account, now, storage)
    refused(
        code,
        services.complain_lead,
        actor=account,
        at=now,
        facts=offices.facts(right=right, **said),
        files=[offices.kept(storage)] * files,
    )


def test_nobody_complains_about_the_right_of_another(office, now, storage):
    right = offices.right_of(offices.holder(now), now, storage)
    stranger = offices.holder(now, "Somebody Else")
    refused(
        "standing_own_right",
        services.complain_lead,
        actor=stranger,
        at=now,
        facts=offices.facts(right=right),
        files=[offices.kept(storage)],
    )


def test_a_detection_needs_reasons(office, clerk, now, storage):
    right = offices.right_of(offices.holder(now), now, storage)
    said = {"actor": clerk, "at": now, "facts": offices.facts(), "agency": office}
    refused(
        "reasons_missing",
        services.detect_lead,
        right=right,
        score=0.9,
        reasons=[],
        **said,
    )
    lead = services.detect_lead(
        right=right, score=0.9, reasons=[{"code": "name_same"}], **said
    )
    assert (lead.origin, lead.right, lead.score) == ("detection", right, 0.9)


def test_bulk_triage_skips_what_somebody_else_decided(office, clerk, now):
    leads = [offices.report(now, n) for n in (1, 2, 3)]
    services.accept_lead(actor=clerk, at=now, lead=Lead.objects.get(pk=leads[1].pk))
    refused_leads = services.accept_leads(actor=clerk, at=now, leads=leads)
    assert refused_leads == [leads[1]]
    assert Lead.objects.filter(state="accepted").count() == 3


def test_the_inbox_finds_by_words_state_and_lateness(office, clerk, now):
    late = offices.report(now - timedelta(days=60), 1, title="Old tins 青岚")
    offices.report(now, 2, title="New tins")
    seen = queries.inbox(clerk, InboxFilter(words="青岚"), DAY)
    assert list(seen) == [late]
    assert list(queries.inbox(clerk, InboxFilter(overdue=True), DAY)) == [late]
    both = queries.inbox(clerk, InboxFilter(), DAY)
    assert queries.in_order(both, queries.keys_of(both)) == list(both)
    services.accept_lead(actor=clerk, at=now, lead=late)
    assert list(queries.inbox(clerk, InboxFilter(state="accepted"), DAY)) == [late]


def test_a_list_is_read_no_further_than_it_is_counted(office, clerk, now, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED", 2)
    hours = [now + timedelta(hours=n) for n in range(4)]
    made = [offices.report(at, n) for n, at in enumerate(hours, 1)]
    found = queries.inbox(clerk, InboxFilter(order="oldest"), DAY)
    assert queries.keys_of(found) == [lead.pk for lead in made[:3]]


def test_duplicates_are_suggested_with_reasons_and_within_scope(office, clerk, now):
    offices.agency(now, "beijing", "110000")
    page = "https://shop.test/item?id=7"
    lead = offices.report(now, 1, url=page)
    twin = offices.report(now, 2, url=page + "&utm_source=x")
    offices.report(now, 3, url=page, region="110000")
    offices.report(now, 4, title="Pirated films", seller="Other", url="")
    found = queries.suggest_duplicates(clerk, lead)
    assert [d.lead for d in found] == [twin]
    assert "the same address on the web" in found[0].reasons


@pytest.mark.parametrize(
    ("said", "lane", "reason"),
    [
        ({"respondent_known": True}, "simple", "plain_act"),
        ({"respondent_known": False}, "complex", "respondent_unknown"),
        (
            {"respondent_known": True, "value": Decimal(3001)},
            "complex",
            "large_value",
        ),
        ({"respondent_known": True, "value": Decimal(3000)}, "simple", "small_value"),
        (
            {"respondent_known": True, "right_kind": "invention"},
            "complex",
            "technical_right",
        ),
    ],
)
def test_the_lane_follows_the_written_rule_and_says_why(said, lane, reason):
    signs = {"act": "sale", "right_kind": "trademark", **said}
    choice = lanes.choose_lane(lanes.Signs(**signs), DAY)
    assert choice.lane == lane
    assert reason in choice.reasons


def test_a_full_minute_asks_to_wait_and_says_how_long(office, now, monkeypatch):
    monkeypatch.setattr(
        "hufu.domain.leads.flood.LIMITS",
        queries.flood.Limits(reports_per_minute=2),
    )
    offices.report(now, 1)
    offices.report(now + timedelta(seconds=20), 2)
    later = now + timedelta(seconds=30)
    refusal = refused("busy", offices.report, now=later, number=3)
    assert "30 seconds" in refusal.message
    offices.report(now + timedelta(seconds=61), 3)


def test_a_draft_is_sent_once_and_forgets_its_words(office, now, storage):
    draft = services.save_draft(at=now, secret="s", words={"title": "tins"})
    services.add_draft_file(draft=draft, kept=offices.kept(storage))
    later = now + timedelta(seconds=30)
    said = {
        "actor": Reporter(),
        "at": later,
        "facts": offices.facts(),
        "sender": services.ANONYMOUS,
        "receipt": offices.receipt(),
    }
    draft.refresh_from_db()
    refused("busy", services.send_report, draft=draft, **{**said, "at": now})
    lead = services.send_report(draft=draft, **said)
    assert lead.attachments.count() == 1
    draft.refresh_from_db()
    assert (draft.words, draft.files, draft.sent) == ({}, [], True)
    refused("sent_already", services.send_report, draft=draft, **said)


def test_an_expired_draft_takes_its_files_along(
    office, now, storage, django_capture_on_commit_callbacks
):
    draft = services.save_draft(at=now, secret="s", words={"title": "tins"})
    kept = offices.kept(storage)
    services.add_draft_file(draft=draft, kept=kept)
    week = now + timedelta(days=8)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.drop_expired_drafts(at=week, storage=storage) == 1
    assert not storage.path_of(kept.sha256).exists()


def test_more_files_than_a_report_carries_are_refused(office, now, storage):
    draft = services.save_draft(at=now, secret="s", words={})
    for number in range(10):
        kept = offices.kept(storage, b"page %d" % number)
        draft = services.add_draft_file(draft=draft, kept=kept)
    refused(
        "too_many_files",
        services.add_draft_file,
        draft=draft,
        kept=offices.kept(storage, b"page 11"),
    )
