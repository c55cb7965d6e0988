"""Captures: asked for with a purpose, kept once, and failed with a reason."""

import pytest

import offices
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of
from hufu.base.models import Entry
from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Capture, Item

pytestmark = pytest.mark.django_db
URL = "https://shop.example/teapots"


@pytest.fixture
def office(now):
    return offices.agency(now)


@pytest.fixture
def officer(now, office):
    return offices.officer(now, office, "investigator")


def asked(actor, now, url=URL, purpose="suspected counterfeits"):
    facts = services.CaptureFacts(url, purpose)
    return services.ask_capture(actor=actor, at=now, facts=facts)


def kept(actor, now, storage, capture):
    files = offices.captured(storage)
    return services.keep_capture(actor=actor, at=now, capture=capture, files=files)


def failed(actor, now, capture, files=services.NO_FILES):
    said = services.CaptureFailure("too_slow", "shop.example", files)
    return services.fail_capture(actor=actor, at=now, capture=capture, failure=said)


def refused(code, act, *said, **more):
    with pytest.raises(Refusal) as refusal:
        act(*said, **more)
    assert refusal.value.code == code


def acts():
    found = Entry.objects.filter(subject_kind="evidence.capture").order_by("pk")
    return list(found.values_list("act", "actor"))


def test_the_journal_keeps_digests_of_address_and_purpose_and_no_word(officer, now):
    asked(officer, now)
    entry = Entry.objects.get(subject_kind="evidence.capture")
    assert entry.facts == {
        "url_sha256": digest_of(URL),
        "purpose_sha256": digest_of("suspected counterfeits"),
    }


def test_custody_of_both_files_begins_with_the_collector(officer, now, storage):
    capture = kept(officer, now, storage, asked(officer, now))
    assert capture.state == Capture.State.KEPT
    for item in (capture.item, capture.picture):
        (link,) = queries.custody_of(item).filter(act="deposited")
        assert (link.actor, link.at) == (officer.label, now)
        assert item.collected_by == officer.label
        assert item.source == URL
        assert item.description == "suspected counterfeits"
    assert acts() == [("ask", officer.label), ("keep", officer.label)]


def test_a_capture_is_kept_once_even_when_its_job_ran_twice(officer, now, storage):
    capture = asked(officer, now)
    stale = Capture.objects.get(pk=capture.pk)
    kept(officer, now, storage, capture)
    refused("changed_meanwhile", kept, officer, now, storage, stale)
    assert Item.objects.count() == 2


def test_a_failed_capture_leaves_a_record_with_the_reason(officer, now, storage):
    capture = failed(officer, now, asked(officer, now))
    capture.refresh_from_db()
    assert capture.state == Capture.State.FAILED
    assert capture.get_failure_display().startswith("The page did not come in time")
    assert capture.detail == "shop.example"
    refused("wrong_state", kept, officer, now, storage, capture)


def test_what_came_before_the_end_is_an_item_of_its_own(officer, now, storage):
    whole = offices.captured(storage)
    files = services.CaptureFiles({"parts": 1}, whole.archive)
    capture = failed(officer, now, asked(officer, now), files)
    capture.refresh_from_db()
    assert (capture.picture, capture.outline) == (None, {"parts": 1})
    (link,) = queries.custody_of(capture.item).filter(act="deposited")
    assert link.actor == officer.label
    entry = Entry.objects.get(subject_kind="evidence.capture", act="fail")
    assert entry.facts["sha256"] == whole.archive.sha256


def test_a_capture_without_its_screenshot_is_not_kept_as_whole(officer, now, storage):
    capture = asked(officer, now)
    files = services.CaptureFiles({}, offices.captured(storage).archive)
    refused(
        "file_missing",
        services.keep_capture,
        actor=officer,
        at=now,
        capture=capture,
        files=files,
    )


@pytest.mark.parametrize("purpose", ["", "  "])
def test_nobody_captures_without_saying_what_for(officer, now, purpose):
    refused("reason_missing", asked, officer, now, purpose=purpose)


@pytest.mark.parametrize(
    "url", ["shop.example", "ftp://shop.example/", "https://", "https://[::1"]
)
def test_an_address_that_is_none_is_refused(officer, now, url):
    refused("no_address", asked, officer, now, url=url)


def test_a_password_in_an_address_is_refused(officer, now):
    refused("no_address", asked, officer, now, url="https://me:pw@shop.example/")


@pytest.mark.parametrize("role", ["reviewer", "director", "registrar", "supervisor"])
def test_a_role_that_collects_nothing_captures_nothing(office, now, role):
    refused("no_permission", asked, offices.officer(now, office, role), now)


def test_a_holder_captures_nothing(now):
    refused("no_permission", asked, offices.holder(now), now)


def test_only_who_asked_sees_and_ends_a_capture(office, officer, now, storage):
    other = offices.officer(now, office, "investigator", "other")
    capture = asked(officer, now)
    assert not queries.visible_captures(other).exists()
    refused("other_agency", kept, other, now, storage, capture)
    refused("other_agency", failed, other, now, capture)
