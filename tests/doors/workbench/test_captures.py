"""The pages of captures: asked for by a form, queued, and shown to who asked."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

import offices
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
    ):
        assert words in text, words
    assert Custody.objects.filter(item=asked.item, act="viewed").count() == 1


def test_the_screenshot_comes_fenced_in(desk, asked, officer, now, storage):
    files = offices.captured(storage)
    services.keep_capture(actor=officer, at=now, capture=asked, files=files)
    answer = desk.get(page(asked, "capture-picture"))
    assert b"".join(answer) == offices.PNG
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_failed_capture_says_why_in_words(desk, asked, officer, now):
    services.fail_capture(
        actor=officer,
        at=now,
        capture=asked,
        code="address_refused",
        detail="shop.example (10.0.0.1)",
    )
    for shown in (page(asked), reverse("workbench:captures")):
        assert "private or reserved network" in desk.get(shown).content.decode()
    assert desk.get(page(asked, "capture-picture")).status_code == 404


def test_another_officer_finds_no_capture(client, asked, officer, now):
    client.force_login(offices.officer(now, officer.agency, "intake", "other"))
    assert client.get(page(asked)).status_code == 404
    assert client.get(page(asked, "capture-picture")).status_code == 404
