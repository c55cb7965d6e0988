"""The pages of captures: asked for by a form, queued, and shown to who asked."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

import offices
from capturing import packed_page
from hufu.domain.evidence import services
from hufu.domain.evidence.models import Capture, Custody

pytestmark = pytest.mark.django_db
URL = "https://shop.example/teapots"


@pytest.fixture(autouse=True)
def same_store(settings, tmp_path):
    settings.HUFU_HOME = tmp_path


@pytest.fixture
def officer(now):
    return offices.officer(now, offices.agency(now), "investigator")


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def asked(officer, now):
    facts = services.CaptureFacts(URL, "suspected counterfeits")
    return services.ask_capture(actor=officer, at=now, facts=facts)


def page(capture, name="capture"):
    return reverse(f"workbench:{name}", args=[capture.pk])


def test_asking_queues_the_job_with_the_record(desk):
    words = {"url": URL, "purpose": "suspected counterfeits"}
    answer = desk.post(reverse("workbench:captures"), words, follow=True)
    capture = Capture.objects.get()
    assert answer.redirect_chain[-1][0] == page(capture)
    job = DBTaskResult.objects.get()
    assert job.task_path.endswith("captures.run_capture")
    assert job.args_kwargs == {"args": [str(capture.pk)], "kwargs": {}}
    assert "Load this page again" in answer.content.decode()


@pytest.mark.parametrize(
    "url", ["ftp://shop.example/", "https://me:pw@shop.example/", "no address"]
)
def test_a_refused_address_loses_nothing_that_was_typed(desk, url):
    words = {"url": url, "purpose": "teapots of Qinglan"}
    answer = desk.post(reverse("workbench:captures"), words)
    assert answer.status_code == 422
    assert "teapots of Qinglan" in answer.content.decode()
    assert not Capture.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_the_page_says_what_is_proved_and_what_is_not(
    desk, asked, officer, now, storage
):
    files = offices.captured(storage)
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    text = desk.get(page(asked)).content.decode()
    for words in (
        "What is proved",
        "nobody compared it",
        "A certificate did not hold",
        "came without encryption",
        "cut short",
        "10.0.0.1",
        "not measured",
        "no authority stamped it",
        "Hufu 0.1.0, Chromium 140.0, Playwright 1.50",
    ):
        assert words in text, words
    assert Custody.objects.filter(item=asked.item, act="viewed").count() == 1


def test_the_page_says_who_vouches_for_the_time(desk, asked, officer, now, storage):
    whole = offices.captured(storage)
    seal = {**whole.outline["seal"], "stamped_by": "Example TSA"}
    seal |= {"stamped_at": "2026-03-02T04:00:00+00:00", "own_stamp": False}
    clock = {
        "measured": True,
        "compared_with": "RFC 3161 authority Example TSA",
        "authority_minus_here_seconds": 2.5,
        "within_seconds": 1.1,
    }
    told = offices.outline_of_capture(seal=seal, clock=clock)
    files = replace(whole, outline=told)
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    text = desk.get(page(asked)).content.decode()
    for words in (
        "2.5 s behind, by RFC 3161 authority Example TSA, within 1.1 s",
        "Example TSA vouches for it",
        "12:00",
    ):
        assert words in text, words
    assert "nobody compared it" not in text


def test_a_stamp_of_the_office_alone_is_said_to_count_for_nothing(
    desk, asked, officer, now, storage
):
    whole = offices.captured(storage)
    seal = {**whole.outline["seal"], "stamped_by": "Ours", "own_stamp": True}
    seal["stamped_at"] = "2026-03-02T04:00:00+00:00"
    files = replace(whole, outline=offices.outline_of_capture(seal=seal))
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    text = desk.get(page(asked)).content.decode()
    assert "only the office itself stamped it (Ours)" in text


def test_the_screenshot_comes_fenced_in(desk, asked, officer, now, storage):
    files = offices.captured(storage)
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    answer = desk.get(page(asked, "capture-picture"))
    assert b"".join(answer) == offices.PNG
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_failed_capture_says_why_in_words(desk, asked, officer, now):
    failure = services.CaptureFailure("address_refused", "shop.example (10.0.0.1)")
    services.fail_capture(actor=officer, at=now, capture=asked, failure=failure)
    for shown in (page(asked), reverse("workbench:captures")):
        assert "private or reserved network" in desk.get(shown).content.decode()
    assert desk.get(page(asked, "capture-picture")).status_code == 404


def test_a_failed_capture_shows_what_went_over_the_wire_until_then(
    desk, asked, officer, now, storage
):
    whole = offices.captured(storage)
    files = services.CaptureFiles(whole.outline, whole.archive)
    failure = services.CaptureFailure("too_slow", "", files)
    services.fail_capture(actor=officer, at=now, capture=asked, failure=failure)
    text = desk.get(page(asked)).content.decode()
    assert "until then is kept as evidence" in text
    assert "93.184.215.14" in text
    assert "Screenshot, PDF and DOM are" not in text
    asked.refresh_from_db()
    assert reverse("workbench:evidence-item", args=[asked.item_id]) in text


def test_another_officer_finds_no_capture(client, asked, officer, now):
    client.force_login(offices.officer(now, officer.agency, "intake", "other"))
    assert client.get(page(asked)).status_code == 404
    assert client.get(page(asked, "capture-picture")).status_code == 404


def whole(storage, dom="<h1>Teapots</h1>"):
    packed = packed_page(URL, dom, {})
    archive = services.keep_file(storage=storage, stream=packed)
    return replace(offices.captured(storage), archive=archive)


def test_a_replay_is_fenced_in_and_a_link_of_custody(
    desk, asked, officer, now, storage
):
    files = whole(storage)
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    outer = desk.get(page(asked, "capture-replay"))
    assert b'sandbox=""' in outer.content
    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    inner = desk.get(page(asked, "capture-replayed"))
    assert b"<h1>Teapots</h1>" in inner.content
    policy = inner["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "allow-" not in policy
    assert inner["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in inner["Cache-Control"]
    assert Custody.objects.filter(item=asked.item, act="replayed").count() == 1


def test_a_file_without_a_page_says_so_in_the_frame(desk, asked, officer, now, storage):
    files = offices.captured(storage)
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    inner = desk.get(page(asked, "capture-replayed"))
    assert "holds no page" in inner.content.decode()
    assert inner["Content-Security-Policy"].startswith("sandbox;")


def test_a_failed_capture_is_not_replayed(desk, asked, officer, now, storage):
    files = services.CaptureFiles({}, whole(storage).archive)
    failure = services.CaptureFailure("too_slow", "", files)
    services.fail_capture(actor=officer, at=now, capture=asked, failure=failure)
    for name in ("capture-replay", "capture-replayed"):
        assert desk.get(page(asked, name)).status_code == 404


def test_another_officer_replays_nothing(client, asked, officer, now, storage):
    files = whole(storage)
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    client.force_login(offices.officer(now, officer.agency, "intake", "other"))
    for name in ("capture-replay", "capture-replayed"):
        assert client.get(page(asked, name)).status_code == 404
    assert not Custody.objects.filter(act="replayed").exists()
