import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

import offices
from hufu.domain.evidence.services import Upload
from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import services
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Import, Right
from hufu.doors.jobs.intake import import_rights

pytestmark = pytest.mark.django_db
CONTENT = (
    b"kind,name,source_id\ntrademark,Tea,1\ntrademark,,2\nstar,=cmd|' /C calc',3\n"
)


@pytest.fixture
def office(now):
    return offices.agency(now, "register", "000000", "ip_office")


@pytest.fixture
def registrar(now, office):
    return offices.officer(now, office, "registrar")


@pytest.fixture
def claim(now, registrar, storage):
    row = RightRow(kind="trademark", name="青岚", source="t", source_id="1")
    right = services.record_right(actor=Clockwork(), at=now, row=row)
    return services.claim_right(
        actor=offices.holder(now),
        at=now,
        storage=storage,
        right=right,
        facts=services.ClaimFacts(statement="Ours."),
        upload=Upload(io.BytesIO(offices.PNG), "proof.png"),
    )


def signed_in(client, account):
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client, content, format_="csv", name="own.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("workbench:imports"), {"file": file, "format": format_})


def work():
    """Do what the worker would do with the jobs that wait."""
    for job in DBTaskResult.objects.filter(task_path__endswith="import_rights"):
        import_rights.func(*job.args_kwargs["args"])


def test_a_claim_waits_in_the_inbox_and_is_verified(client, registrar, claim):
    signed_in(client, registrar)
    assert "青岚" in client.get(reverse("workbench:rights")).text
    address = reverse("workbench:claim", args=[claim.pk])
    assert "Ours." in client.get(address).text
    assert client.post(address, {"act": "verify"}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "verified"


def test_a_refusal_needs_both_languages_and_keeps_what_was_typed(
    client, registrar, claim
):
    signed_in(client, registrar)
    address = reverse("workbench:claim", args=[claim.pk])
    page = client.post(address, {"act": "refuse", "reason_en": "Another holder."})
    assert page.status_code == 200
    assert "Another holder." in page.text
    said = {"act": "refuse", "reason_en": "Another holder.", "reason_zh": "另有其人。"}
    assert client.post(address, said).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.reason_zh) == ("refused", "另有其人。")


def test_a_claim_answered_meanwhile_says_so(client, now, registrar, claim):
    services.withdraw_claim(actor=claim.account, at=now, claim=claim)
    page = signed_in(client, registrar).post(
        reverse("workbench:claim", args=[claim.pk]), {"act": "verify"}, follow=True
    )
    assert "not possible" in page.text


def test_a_claim_to_another_agency_does_not_exist(client, now, claim):
    other = offices.agency(now, "other", "440300")
    signed_in(client, offices.officer(now, other, "registrar"))
    address = reverse("workbench:claim", args=[claim.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "verify"}).status_code == 404
    assert claim.reference not in client.get(reverse("workbench:rights")).text


def test_a_file_is_kept_read_by_a_job_and_reported(client, registrar):
    signed_in(client, registrar)
    page = sent(client, CONTENT)
    item = Import.objects.get()
    address = reverse("workbench:import", args=[item.pk])
    assert page.url == address
    assert "hx-get" in client.get(address).text
    assert item.asked_by == registrar.label
    work()
    assert Right.objects.get().name == "Tea"
    shown = client.get(address).text
    assert "This field must not be empty." in shown
    live = client.get(address, headers={"HX-Request": "true"})
    assert live["HX-Refresh"] == "true"


def test_the_report_is_a_table_in_the_readers_language(client, registrar):
    signed_in(client, registrar)
    sent(client, CONTENT)
    work()
    address = reverse("workbench:import-report", args=[Import.objects.get().pk])
    lines = client.get(address).getvalue().decode().splitlines()
    assert lines[0] == "\ufeffLine of the file,Field,Reason"
    assert lines[1].startswith("3,name,")
    client.cookies["django_language"] = "zh-hans"
    assert client.get(address).getvalue().decode().startswith("\ufeff行,字段,理由")


def test_the_same_file_sent_twice_is_said_to_be_in_already(client, registrar):
    signed_in(client, registrar)
    sent(client, CONTENT)
    work()
    page = sent(client, CONTENT)
    assert Import.objects.count() == 1
    assert "Nothing was changed" in client.get(page.url).text


@pytest.mark.parametrize(
    ("content", "format_", "said"),
    [
        (b"\x1f\x8b\x08\x00cut", "csv", "compressed file"),
        ("kind,name,source_id\ntrademark,é,1".encode("latin-1"), "csv", "UTF-8"),
        (b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "st96", "DOCTYPE"),
    ],
)
def test_a_file_that_is_refused_says_what_to_do(
    client, registrar, content, format_, said
):
    signed_in(client, registrar)
    page = sent(client, content, format_)
    work()
    assert said in client.get(page.url).text
    assert not Right.objects.exists()


def test_an_empty_upload_is_explained_and_the_choice_stays(client, registrar):
    page = sent(signed_in(client, registrar), b"", "gi")
    assert page.status_code == 200
    assert '<option value="gi" selected>' in page.text
    assert not Import.objects.exists()


def test_an_import_of_another_agency_does_not_exist(client, now, registrar):
    sent(signed_in(client, registrar), CONTENT)
    item = Import.objects.get()
    other = offices.agency(now, "other", "440300")
    signed_in(client, offices.officer(now, other, "registrar"))
    for name in ("workbench:import", "workbench:import-report"):
        assert client.get(reverse(name, args=[item.pk])).status_code == 404
