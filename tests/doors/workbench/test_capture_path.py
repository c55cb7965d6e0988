"""A page that a case or a lead needs: asked for by hand, captured, kept, and shown."""

from contextlib import closing

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

import offices
from casework import Desk
from hufu.base.models import Entry
from hufu.domain.evidence.models import Capture
from hufu.doors.jobs.captures import perform_capture
from hufu.doors.storage.blobs import blob_store
from hufu.engines.proof.waczs import verify_wacz
from sites import SHOP, html, internet, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
URL = "http://shop.example/teapots"
ASKED = {"url": URL, "purpose": "suspected counterfeits"}
PAGES = ("capture", "capture-picture", "capture-replay", "capture-replayed")


@pytest.fixture
def desk(now, storage, settings, tmp_path, monkeypatch):
    settings.HUFU_HOME = tmp_path
    made = Desk(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def case(desk):
    return desk.investigating()


@pytest.fixture
def lead(desk):
    return desk.lead()


@pytest.fixture
def stranger(desk, now):
    other = offices.agency(now, "beijing", "110000")
    return offices.officer(now, other, "investigator", "far")


def asking(record):
    kind = record.subject_kind.rpartition(".")[2]
    return f"{reverse('workbench:captures')}?{kind}={record.pk}"


def ask(client, officer, record):
    """Follow the record's own button, and send the form."""
    client.force_login(officer)
    kind = record.subject_kind.rpartition(".")[2]
    there = reverse(f"workbench:{kind}", args=[record.pk])
    assert asking(record) in client.get(there).content.decode()
    assert record.title in client.get(asking(record)).content.decode()
    assert client.post(asking(record), ASKED).status_code == 302
    return there


def run(answer):
    """Do what the queued job does, in an internet of one shop."""
    job = DBTaskResult.objects.get()
    capture = Capture.objects.get(pk=job.args_kwargs["args"][0])
    with internet(answer) as net:
        done = perform_capture(capture, net.network())
    assert {address for address, _port in net.reached} == {SHOP}
    return done


def acts_on(record):
    kind = record.subject_kind
    found = Entry.objects.filter(subject_kind=kind, subject_id=str(record.pk))
    return list(found.values_list("act", flat=True))


def links_of(item):
    return [(link.act, link.actor) for link in item.custody.all()]


def sound(item, folder):
    copy = folder / "copy.wacz"
    with blob_store().open(item.blob_id) as stream:
        copy.write_bytes(stream.read())
    with copy.open("rb") as file:
        return verify_wacz(file).is_sound


def teapots(_path):
    return html("<title>Teapots</title><h1>Teapots of Qinglan</h1>")


def test_a_case_asks_for_a_page_and_has_it_as_exhibits(client, desk, case, tmp_path):
    there = ask(client, desk.one, case)
    done = run(teapots)
    assert done.state == Capture.State.KEPT
    assert sound(done.item, tmp_path)
    exhibits = {one.item: one.purpose for one in case.exhibits.all()}
    assert exhibits == dict.fromkeys(done.items, ASKED["purpose"])
    for item in done.items:
        chain = links_of(item)
        assert chain[0] == ("deposited", desk.one.label)
        assert ("restricted", desk.one.label) in chain
        assert ("granted", desk.one.label) in chain
    assert acts_on(case).count("ask-capture") == 1
    assert acts_on(case).count("add-exhibit") == 2
    for officer in (desk.one, desk.two):
        client.force_login(officer)
        text = client.get(there).content.decode()
        assert reverse("workbench:capture", args=[done.pk]) in text
        for name in PAGES:
            page = reverse(f"workbench:{name}", args=[done.pk])
            with closing(client.get(page)) as answer:
                assert answer.status_code == 200, (officer, name)
    assert ("replayed", desk.two.label) in links_of(done.item)


def test_a_page_that_sends_a_case_inside_leaves_the_reason_on_its_page(
    client, desk, case, tmp_path
):
    there = ask(client, desk.one, case)
    done = run(lambda _path: redirect("http://169.254.169.254/latest/"))
    assert (done.state, done.failure) == ("failed", "address_refused")
    assert [one.item for one in case.exhibits.all()] == [done.item]
    assert sound(done.item, tmp_path)
    assert str(done.get_failure_display()) in client.get(there).content.decode()


def test_a_lead_asks_for_a_page_and_has_it_attached(client, desk, lead):
    there = ask(client, desk.one, lead)
    done = run(teapots)
    assert done.state == Capture.State.KEPT
    assert {tie.item for tie in lead.attachments.all()} == set(done.items)
    for item in done.items:
        assert links_of(item)[0] == ("deposited", desk.one.label)
    assert acts_on(lead).count("ask-capture") == 1
    client.force_login(desk.intake)
    text = client.get(there).content.decode()
    assert URL in text
    assert reverse("workbench:evidence-item", args=[done.item_id]) in text


@pytest.mark.parametrize("kind", ["case", "lead"])
def test_another_agency_asks_for_nothing_and_sees_nothing(
    client, desk, stranger, kind, request
):
    record = request.getfixturevalue(kind)
    there = ask(client, desk.one, record)
    done = run(teapots)
    client.force_login(stranger)
    assert client.get(there).status_code == 404
    assert client.get(asking(record)).status_code == 404
    assert client.post(asking(record), ASKED).status_code == 404
    for name in PAGES:
        page = reverse(f"workbench:{name}", args=[done.pk])
        assert client.get(page).status_code == 404, name
    for item in done.items:
        page = reverse("workbench:evidence-item", args=[item.pk])
        assert client.get(page).status_code == 404
        assert stranger.label not in [actor for _act, actor in links_of(item)]
    assert Capture.objects.count() == 1


def test_an_officer_who_is_not_on_the_case_asks_for_nothing(client, desk, case):
    client.force_login(desk.reviewer)
    client.post(asking(case), ASKED)
    assert not Capture.objects.exists()
    assert not DBTaskResult.objects.exists()
