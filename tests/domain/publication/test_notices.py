"""Who publishes what, in time, for how long, and how it disappears again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

import offices
import verdicts
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.people.actors import Clockwork
from hufu.domain.publication import queries, services
from hufu.domain.publication.models import Notice
from hufu.domain.remedies import services as remedies

pytestmark = pytest.mark.django_db
SECRETS = ("李小明", "440305199001011234", "13912345678", "Li Xiaoming")
TOLD = remedies.Wording(
    findings_en="The owner Li Xiaoming, ID number 440305199001011234, sold shoes.",
    findings_zh="经营者：李小明，电话13912345678，销售鞋200双。李小明承认。",
    reasons_en="This infringes the mark.",
    reasons_zh="上述行为构成侵权。",
)


@pytest.fixture
def office(now, storage):
    return verdicts.notified(now, storage)


@pytest.fixture
def decision(office):
    return verdicts.served(office, wording=TOLD)


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code


def drafted(office, decision, **said):
    return services.draft_notice(
        actor=office.handler,
        at=office.now,
        decision=decision,
        choices=services.Choices(**said),
    )


def confirm(office, notice, actor=None):
    return services.confirm_notice(
        actor=actor or office.reviewer,
        at=office.now,
        notice=notice,
        seen=services.words_digest(notice),
    )


def publish(office, notice):
    return services.publish_notice(actor=office.reviewer, at=office.now, notice=notice)


def published(office, decision, **said):
    return publish(office, confirm(office, drafted(office, decision, **said)))


def test_no_person_of_the_decision_is_in_the_notice(office, decision):
    notice = drafted(office, decision)
    public = notice.title_en + notice.title_zh + notice.body_en + notice.body_zh
    assert not [secret for secret in SECRETS if secret in public]
    assert "李某" in notice.body_zh


def test_the_company_and_its_credit_code_stay(office, decision):
    notice = drafted(office, decision)
    for body in (notice.body_en, notice.body_zh):
        assert verdicts.FIRM in body
        assert verdicts.CODE in body
    assert (notice.respondent, notice.uscc) == (verdicts.FIRM, verdicts.CODE)
    assert "60,000.00" in notice.body_en


def test_a_natural_person_is_not_named_even_in_the_title(now, storage):
    office = verdicts.notified(now, storage, respondent=verdicts.PERSON)
    notice = drafted(office, verdicts.served(office))
    public = notice.title_en + notice.title_zh + notice.body_en + notice.body_zh
    for secret in ("张小三", "福华路", "13800138000"):
        assert secret not in public + notice.respondent
    assert notice.respondent == "张某"


def test_officers_of_the_case_are_not_named(now, storage):
    office = verdicts.notified(now, storage)
    office.second.first_name = "王大力"
    office.second.save()
    told = remedies.Wording("x 王大力 y", "执法人员王大力到场。", "because", "因为")
    notice = drafted(office, verdicts.served(office, wording=told))
    assert "王大力" not in notice.body_zh + notice.body_en


def test_the_row_of_a_notice_holds_nothing_that_was_left_out(office, decision):
    notice = drafted(office, decision, extra={"zh": ("200双",)})
    row = str(Notice.objects.filter(pk=notice.pk).values().get())
    entries = str([e.facts for e in Entry.objects.filter(subject_id=str(notice.pk))])
    for secret in (*SECRETS, "200双"):
        assert secret not in row + entries


def test_the_day_to_publish_by_counts_twenty_working_days(office, decision):
    notice = drafted(office, decision)
    assert notice.decided_on == decision.decided_on
    assert notice.publish_ruling["value"]["limit"] == {"n": 20, "unit": "working_day"}
    assert notice.publish_by_on > decision.decided_on + timedelta(days=27)


def test_the_drafter_never_confirms(office, decision):
    notice = drafted(office, decision)
    office.handler.role = "reviewer"
    office.handler.save()
    refused(
        "same_person",
        services.confirm_notice,
        actor=office.handler,
        at=office.now,
        notice=notice,
        seen=services.words_digest(notice),
    )


def test_the_database_itself_refuses_one_person_as_both(office, decision):
    notice = drafted(office, decision)
    notice.confirmed_by = office.handler
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()


def test_whoever_revises_becomes_the_drafter(office, decision):
    notice = drafted(office, decision)
    services.revise_notice(
        actor=office.second,
        at=office.now,
        notice=notice,
        choices=services.Choices(extra={"zh": ("200双",)}),
    )
    assert notice.drafted_by == office.second
    assert "200双" not in notice.body_zh


def test_words_changed_since_they_were_read_are_not_confirmed(office, decision):
    notice = drafted(office, decision)
    seen = services.words_digest(notice)
    services.revise_notice(
        actor=office.second,
        at=office.now,
        notice=notice,
        choices=services.Choices(extra={"en": ("shoes",)}),
    )
    refused(
        "changed_meanwhile",
        services.confirm_notice,
        actor=office.reviewer,
        at=office.now,
        notice=notice,
        seen=seen,
    )


def test_a_stale_copy_cannot_be_published(office, decision):
    notice = confirm(office, drafted(office, decision))
    stale = Notice.objects.get(pk=notice.pk)
    services.reopen_notice(actor=office.reviewer, at=office.now, notice=notice)
    refused(
        "changed_meanwhile",
        services.publish_notice,
        actor=office.reviewer,
        at=office.now,
        notice=stale,
    )
    assert not queries.public_notices(office.today).exists()


def test_words_that_look_personal_stay_only_with_a_reason(office, decision):
    _, spans = queries.proposal_for(decision, "zh")
    keep = frozenset({("zh", spans[0].start, spans[0].end)})
    refused(
        "keep_unexplained",
        services.draft_notice,
        actor=office.handler,
        at=office.now,
        decision=decision,
        choices=services.Choices(keep=keep),
    )
    notice = drafted(office, decision, keep=keep, keep_reason="stands for a brand")
    assert notice.kept["zh"]
    assert confirm(office, notice).state == "confirmed"


def test_nothing_is_drafted_before_the_decision_or_shown_before_service(office):
    undecided = verdicts.reviewed(office)
    refused(
        "not_decided",
        services.draft_notice,
        actor=office.handler,
        at=office.now,
        decision=undecided,
        choices=services.Choices(),
    )
    decided = remedies.approve_decision(
        actor=office.director, at=office.now, decision=undecided
    )
    notice = confirm(office, drafted(office, decided))
    refused(
        "not_served",
        services.publish_notice,
        actor=office.reviewer,
        at=office.now,
        notice=notice,
    )


def test_a_notice_shows_for_three_years_and_not_a_day_longer(office, decision):
    notice = published(office, decision)
    first, last = notice.published_on, notice.until_on
    assert (last.year - first.year, last.month) == (3, first.month)
    assert notice in queries.public_notices(first)
    assert notice in queries.public_notices(last)
    assert notice not in queries.public_notices(last + timedelta(days=1))
    assert notice not in queries.public_notices(first - timedelta(days=1))
    assert queries.is_gone(notice.pk, last + timedelta(days=1))


def test_the_short_term_is_for_a_low_fine_alone(now, storage):
    office = verdicts.notified(now, storage)
    decision = verdicts.served(office)
    minor = {"term": "minor", "term_reason": "rule of the province"}
    refused(
        "not_minor",
        services.draft_notice,
        actor=office.handler,
        at=office.now,
        decision=decision,
        choices=services.Choices(**minor),
    )


def test_the_clock_ends_a_term_and_the_journal_says_so(office, decision):
    notice = published(office, decision)
    clock = Clockwork(agencies=frozenset({office.agency.pk}))
    assert services.expire_notices(actor=clock, at=office.now) == 0
    office.later(days=365 * 3 + 2)
    assert services.expire_notices(actor=clock, at=office.now) == 1
    assert services.expire_notices(actor=clock, at=office.now) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.entry.act) == ("expired", "expire")


def test_a_withdrawn_notice_is_gone_and_says_why_to_officers(office, decision):
    notice = published(office, decision)
    said = {"actor": office.director, "at": office.now, "notice": notice}
    refused("reason_missing", services.withdraw_notice, **said, reason=" ")
    services.withdraw_notice(**said, reason="revoked on reconsideration")
    assert not queries.public_notices(office.today).exists()
    assert queries.is_gone(notice.pk, office.today)
    assert notice.withdrawal_reason


def test_a_revoked_decision_still_shown_stands_on_the_list_of_things_to_do(
    office, decision
):
    notice = published(office, decision)
    remedies.revoke_decision(
        actor=office.director, at=office.now, decision=decision, reason="court"
    )
    [(found, deadline)] = queries.takedowns_due(office.director)
    assert found == notice
    assert deadline.lengths[0].n == 3


def test_decisions_wait_on_the_list_until_published(office, decision):
    [due] = queries.publications_due(office.director)
    assert (due.decision, due.notice) == (decision, None)
    notice = drafted(office, decision)
    assert queries.publications_due(office.director)[0].notice == notice
    publish(office, confirm(office, notice))
    assert queries.publications_due(office.director) == []


def test_another_agency_sees_neither_the_list_nor_the_notice(office, decision, now):
    drafted(office, decision)
    other = offices.agency(now, "guangzhou", "440100")
    head = offices.officer(now, other, "director", "other")
    assert queries.publications_due(head) == []
    assert not queries.visible_notices(head).exists()


def test_an_officer_outside_the_team_can_neither_draft_nor_confirm(
    office, decision, now
):
    stranger = offices.officer(now, office.agency, "investigator", "stranger")
    refused(
        "not_found",
        services.draft_notice,
        actor=stranger,
        at=office.now,
        decision=decision,
        choices=services.Choices(),
    )
    reviewer = offices.officer(now, office.agency, "reviewer", "other-reviewer")
    notice = drafted(office, decision)
    refused(
        "not_found",
        services.confirm_notice,
        actor=reviewer,
        at=office.now,
        notice=notice,
        seen=services.words_digest(notice),
    )


def test_the_references_of_a_notice_can_be_checked_by_an_outsider(office, decision):
    notice = published(office, decision)
    found = queries.references_of(notice)
    assert [r.act for r in found] == ["approve", "issue", "serve", "confirm", "publish"]
    assert all(len(r.digest) == 64 for r in found)


def test_every_result_names_its_article(office, decision):
    notice = drafted(office, decision)
    assert [r["kind"] for r in notice.results] == ["fine", "order"]
    assert Decimal(notice.results[0]["amount"]) == 60000
    assert "60" in notice.results[0]["source"]["article"]["en"]
