import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

import offices
from hufu.domain.leads.models import Lead
from hufu.domain.rights.services import ask_monitoring
from hufu.domain.watch.models import Feed, Match, Sighting, Source, Sweep
from hufu.doors.jobs import intake

pytestmark = pytest.mark.django_db
FAKE = {
    "offer_id": "1",
    "platform": "bazaar",
    "title": "高仿 QINGLAN tea tin, replica",
    "brand": "QINGLAN",
    "shop_name": "Cheap Tins",
    "url": "https://bazaar.example/1",
}
BAD = {**FAKE, "offer_id": "2", "title": ""}


@pytest.fixture
def office(now):
    return offices.agency(now)


@pytest.fixture
def clerk(now, office):
    return offices.officer(now, office)


@pytest.fixture
def bench(client, clerk):
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    said = {"code": "bazaar", "name_en": "Bazaar", "name_zh": "市集"}
    page = client.post(reverse("workbench:watch"), said)
    assert page.url == reverse("workbench:source", args=["bazaar"])
    return client


@pytest.fixture
def watched(now, storage):
    holder = offices.holder(now)
    right = offices.right_of(holder, now, storage)
    ask_monitoring(actor=holder, at=now, right=right)
    return right


def send(client, *rows):
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    said = {"act": "feed", "format": "jsonl"}
    said["file"] = SimpleUploadedFile("offers.jsonl", content)
    return client.post(reverse("workbench:source", args=["bazaar"]), said)


def work():
    """Do what the worker would do with the jobs that wait, once each."""
    for job in DBTaskResult.objects.order_by("enqueued_at"):
        task = getattr(intake, job.task_path.rpartition(".")[2])
        task.func(*job.args_kwargs["args"])
        job.delete()


def swept(client):
    work()
    page = client.post(
        reverse("workbench:source", args=["bazaar"]), {"act": "sweep", "scope": "new"}
    )
    work()
    return page.url


def test_from_a_feed_to_a_lead_with_reasons_in_both_languages(bench, watched):
    page = send(bench, FAKE, BAD)
    work()
    assert "This field must not be empty." in bench.get(page.url).text
    address = swept(bench)
    shown = bench.get(address).text
    assert "The seller names “QINGLAN” as the brand" in shown
    assert Lead.objects.get().reference in shown
    sighting = reverse("workbench:sighting", args=[Sighting.objects.get().pk])
    bench.cookies["django_language"] = "zh-hans"
    assert "卖家标明品牌为“QINGLAN”" in bench.get(sighting).text


def test_counts_open_onto_what_they_count(bench, watched):
    send(bench, FAKE)
    address = swept(bench)
    only = bench.get(address, {"only": "lead"})
    assert Match.objects.get().sighting.title in only.text
    assert "No match." in bench.get(address, {"only": "excused"}).text


def test_sightings_are_found_by_words_and_by_what_came_of_them(bench, watched):
    send(bench, FAKE, {**FAKE, "offer_id": "3", "title": "A cup", "brand": ""})
    swept(bench)
    address = reverse("workbench:sightings")
    assert "A cup" in bench.get(address, {"text": "CUP"}).text
    assert "A cup" not in bench.get(address, {"only": "lead"}).text
    assert "No sighting fits." in bench.get(address, {"text": "%_"}).text


@pytest.mark.parametrize(
    "said",
    [
        {"act": "limits", "threshold": "2", "budget": "5"},
        {"act": "limits", "threshold": "x", "budget": ""},
        {"act": "sweep", "scope": "never"},
        {"act": "feed", "format": "jsonl"},
        {"act": "nothing"},
    ],
)
def test_a_wrong_form_changes_nothing_and_comes_back(bench, said):
    page = bench.post(reverse("workbench:source", args=["bazaar"]), said)
    assert page.status_code == 200
    assert Source.objects.get().threshold == 0.9
    assert not Sweep.objects.exists()
    assert not Feed.objects.exists()


def test_a_short_name_is_taken_once(bench):
    said = {"code": "bazaar", "name_en": "Second", "name_zh": "其二"}
    page = bench.post(reverse("workbench:watch"), said)
    assert "This short name is taken" in page.text
    assert "其二" in page.text


def test_another_agency_finds_nothing_here(bench, client, now, watched):
    send(bench, FAKE)
    swept(bench)
    other = offices.agency(now, code="other", region="110000")
    stranger = offices.officer(now, other)
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    for name, key in (
        ("source", "bazaar"),
        ("feed", Feed.objects.get().pk),
        ("feed-report", Feed.objects.get().pk),
        ("sweep", Sweep.objects.get().pk),
        ("sighting", Sighting.objects.get().pk),
    ):
        address = reverse(f"workbench:{name}", args=[key])
        assert client.get(address).status_code == 404
    assert "Cheap Tins" not in client.get(reverse("workbench:sightings")).text


def test_a_platform_sends_for_its_own_source(client, now, office, clerk):
    from hufu.domain.people.services import (  # noqa: PLC0415 - only here
        AccountFacts,
        open_account,
    )
    from hufu.domain.watch import services  # noqa: PLC0415 - only here

    party = offices.holder(now, "Bazaar Ltd").party
    facts = AccountFacts(username="platform", role="platform", party=party)
    account = open_account(actor=offices.SYSTEM, at=now, facts=facts)
    source = services.SourceFacts("own", "Own", "自有", platform=party)
    services.open_source(actor=clerk, at=now, facts=source, agency=office)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    content = json.dumps(FAKE).encode() + b"\n"
    said = {"source": "own", "format": "jsonl"}
    said["file"] = SimpleUploadedFile("offers.jsonl", content)
    assert client.post(reverse("portal:feeds"), said).status_code == 302
    work()
    assert Feed.objects.get().added == 1
    assert "offers.jsonl" in client.get(reverse("portal:feeds")).text
    said["source"] = "bazaar"
    said["file"] = SimpleUploadedFile("offers.jsonl", content)
    assert client.post(reverse("portal:feeds"), said).status_code == 404
