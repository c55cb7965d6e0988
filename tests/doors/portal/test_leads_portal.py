import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

import offices
from hufu.domain.leads import flood
from hufu.domain.leads.models import Draft, Lead
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db
WHAT = {
    "act": "counterfeit_mark",
    "title": "Copied tea tins",
    "region": "440300",
    "seller": "Lucky Stall",
}
MARK = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_X_FORWARDED_FOR": "203.0.113.78",
    "HTTP_USER_AGENT": "MarkedAgent/9.9",
    "HTTP_COOKIE": "marked=cookie-of-the-informant",
}


@pytest.fixture(autouse=True)
def no_wait(monkeypatch):
    """Tests type faster than people."""
    limits = flood.Limits(seconds_at_least=0)
    monkeypatch.setattr("hufu.domain.leads.flood.LIMITS", limits)


@pytest.fixture
def office(db):
    return offices.agency(hour())


def begin(client):
    return client.get(reverse("portal:report")).url.removesuffix("1/")


def send(client, base, who=None, **what):
    client.post(f"{base}1/", {**WHAT, **what, "go": "next"})
    client.post(f"{base}2/", {"details": "At the gate", "go": "next"})
    who = who or {"naming": "anonymous", "true": "on"}
    return client.post(f"{base}3/", {**who, "go": "next"})


def code_in(response):
    found = re.search(r"(?:[0-9A-Z]{3}-){8}[0-9A-Z]{3}", response.content.decode())
    assert found
    return found[0]


def test_three_pages_make_a_report_and_a_code_that_leads_back(client, office):
    base = begin(client)
    receipt = client.get(send(client, base).url)
    code = code_in(receipt)
    lead = Lead.objects.get()
    assert (lead.title, lead.details, lead.anonymous) == (
        "Copied tea tins",
        "At the gate",
        True,
    )
    page = client.post(reverse("portal:follow"), {"code": code.lower()})
    assert b"Copied tea tins" in page.content
    assert b"15 working days" in page.content
    assert "no-store" in page["Cache-Control"]


def test_nothing_of_an_anonymous_visitor_is_kept_anywhere(client, office, settings):
    base = client.get(reverse("portal:report"), **MARK).url.removesuffix("1/")
    picture = SimpleUploadedFile("Informant-Name.png", offices.PNG)
    answers = [
        client.post(f"{base}1/", {**WHAT, "go": "next"}, **MARK),
        client.post(f"{base}2/", {"uploads": picture, "go": "next"}, **MARK),
        client.post(
            f"{base}3/", {"naming": "anonymous", "true": "on", "go": "next"}, **MARK
        ),
        client.get(f"{base}receipt/", **MARK),
    ]
    code = code_in(answers[-1])
    said = {"code": code, "act": "message", "text": "Closed on Mondays"}
    answers.append(client.post(reverse("portal:follow"), said, **MARK))
    assert [a.status_code for a in answers] == [302, 302, 302, 200, 200]
    assert not any(a.cookies for a in answers)
    traces = ["203.0.113.7", "MarkedAgent", "cookie-of-the", "Informant-Name"]
    traces += [code, code.replace("-", ""), base.split("/")[-2]]
    kept = dump_tables() + dump_files(settings.HUFU_HOME)
    assert [trace for trace in traces if trace.encode() in kept] == []


def dump_tables():
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text.append(f"{table}: {cursor.fetchall()}")
    return "\n".join(text).encode()


def dump_files(home):
    return b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())


def test_an_informant_who_is_signed_in_stays_unknown(client, office):
    account = offices.holder(hour())
    client.force_login(account)
    page = client.get(send(client, begin(client)).url)
    assert account.username.encode() not in page.content
    lead = Lead.objects.get()
    assert lead.complainant is None
    assert lead.entry.actor == "reporter"


def test_nothing_typed_is_lost_on_an_error_or_on_the_way_back(client, office):
    base = begin(client)
    page = client.post(f"{base}1/", {**WHAT, "act": "", "go": "next"})
    assert page.status_code == 422
    assert b"Copied tea tins" in page.content
    client.post(f"{base}1/", {**WHAT, "go": "next"})
    back = client.post(f"{base}2/", {"details": "Half a sent", "go": "back"})
    assert back.url == f"{base}1/"
    assert b"Lucky Stall" in client.get(f"{base}1/").content
    assert b"Half a sent" in client.get(f"{base}2/").content


def test_files_stay_across_pages_and_can_be_taken_out(client, office):
    base = begin(client)
    client.post(f"{base}1/", {**WHAT, "go": "next"})
    file = SimpleUploadedFile("notes.txt", b"what I saw")
    client.post(f"{base}2/", {"uploads": file, "go": "next"})
    page = client.get(f"{base}2/")
    assert b"notes.txt" in page.content
    sha256 = Draft.objects.get().files[0]["sha256"]
    client.post(f"{base}2/", {"drop": sha256, "go": "stay"})
    assert Draft.objects.get().files == []


def test_a_file_that_is_refused_says_why_and_keeps_the_rest(client, office):
    base = begin(client)
    client.post(f"{base}1/", {**WHAT, "go": "next"})
    program = SimpleUploadedFile("holiday.jpg", b"\x7fELF\x02\x01\x01" + bytes(60))
    said = {"details": "See it", "uploads": program, "go": "next"}
    page = client.post(f"{base}2/", said)
    assert page.status_code == 422
    assert b"cannot be taken" in page.content
    assert b"See it" in page.content


def test_an_unfinished_page_is_asked_for_again_before_sending(client, office):
    base = begin(client)
    client.post(f"{base}1/", {**WHAT, "region": "", "go": "stay"})
    answer = client.post(
        f"{base}3/", {"naming": "anonymous", "true": "on", "go": "next"}
    )
    assert answer.url == f"{base}1/?check=1"
    assert client.get(answer.url).status_code == 422


def test_a_full_minute_shows_when_to_try_again_and_loses_nothing(
    client, office, monkeypatch
):
    limits = flood.Limits(reports_per_minute=0, seconds_at_least=0)
    monkeypatch.setattr("hufu.domain.leads.flood.LIMITS", limits)
    base = begin(client)
    page = send(client, base)
    assert page.status_code == 422
    assert b"Try again in" in page.content
    assert Draft.objects.get().words["title"] == "Copied tea tins"


def test_sending_twice_makes_one_report_and_shows_the_same_code(client, office):
    base = begin(client)
    first = code_in(client.get(send(client, base).url))
    again = client.post(f"{base}3/", {"naming": "anonymous", "true": "on"})
    assert code_in(client.get(again.url)) == first
    assert Lead.objects.count() == 1


def test_the_receipt_is_shown_for_minutes_only(client, office):
    base = begin(client)
    url = send(client, base).url
    past = hour() - timedelta(seconds=1)
    Draft.objects.update(expires_at=past)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("path", ["x/1/", "short/save/", "guess/receipt/"])
def test_an_address_that_could_be_guessed_opens_nothing(client, office, path):
    method = client.post if "save" in path else client.get
    assert method(f"/report/{path}").status_code == 404


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", b"Type the code"),
        ("ABC", b"27 letters"),
        ("A" * 27, b"typing error"),
        (offices.receipt(99), b"No report has this code"),
    ],
)
def test_a_wrong_code_is_told_apart_and_stays_in_the_field(client, office, code, words):
    page = client.post(reverse("portal:follow"), {"code": code})
    assert page.status_code == 422
    assert words in page.content
    assert code.encode() in page.content


def test_what_is_typed_is_saved_while_it_is_typed(client, office):
    base = begin(client)
    reply = client.post(f"{base}save/", {"act": "", "title": "Half", "unknown": "x"})
    assert reply.status_code == 204
    assert Draft.objects.get().words["title"] == "Half"
    assert "unknown" not in Draft.objects.get().words


def test_a_named_reporter_gives_a_name_or_is_asked_again(client, office):
    base = begin(client)
    page = send(client, base, {"naming": "named", "true": "on"})
    assert page.status_code == 422
    send(client, base, {"naming": "named", "name": "Wang Li", "true": "on"})
    assert Lead.objects.get().reporter_name == "Wang Li"


def test_taking_back_works_with_the_code(client, office):
    code = code_in(client.get(send(client, begin(client)).url))
    client.post(reverse("portal:follow"), {"code": code, "act": "take-back"})
    assert Lead.objects.get().reason == "taken_back"


@pytest.fixture
def account(office, settings):
    from hufu.doors.storage.blobs import blob_store  # noqa: PLC0415 - needs settings

    now = hour()
    account = offices.holder(now)
    offices.right_of(
        account, now, blob_store(), expires_on=now.date().replace(year=2040)
    )
    return account


def complaint(account, **said):
    right = account.party.rights.get()
    typed = {**WHAT, "right": str(right.pk), "declarations": ["true", "no_licence"]}
    return {**typed, "go": "send", **said}


def test_a_holder_complains_and_follows(client, account):
    client.force_login(account)
    url = client.get(reverse("portal:complaint-new")).url
    page = client.post(url, complaint(account))
    assert page.status_code == 422
    assert b"Add a photograph" in page.content
    file = SimpleUploadedFile("shop.txt", b"a screen shot")
    sent = client.post(url, complaint(account, uploads=file))
    assert sent.status_code == 302
    assert b"Copied tea tins" in client.get(sent.url).content
    assert b"Copied tea tins" in client.get(reverse("portal:complaints")).content
    client.post(sent.url, {"act": "message", "text": "One more thing"})
    assert b"One more thing" in client.get(sent.url).content


def test_a_complaint_is_seen_by_its_own_party_only(client, account):
    client.force_login(account)
    url = client.get(reverse("portal:complaint-new")).url
    file = SimpleUploadedFile("shop.txt", b"a screen shot")
    sent = client.post(url, complaint(account, uploads=file)).url
    item = Lead.objects.get().attachments.get().item
    client.force_login(offices.holder(hour(), "Somebody Else"))
    assert client.get(sent).status_code == 404
    download = reverse("portal:evidence-download", args=[item.pk])
    assert client.post(download).status_code == 404
    assert client.get(url).content.count(b"shop.txt") == 0


def test_a_party_downloads_its_own_file_as_an_attachment(client, account):
    client.force_login(account)
    item = account.claims.get().proof
    answer = client.post(reverse("portal:evidence-download", args=[item.pk]))
    assert b"".join(answer.streaming_content) == b"proof of the holder"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert item.custody.last().act == "downloaded"
