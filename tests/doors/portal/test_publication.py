"""What the public sees of decisions, and what nobody outside the file ever does."""

import json
from datetime import timedelta

import jsonschema
import pytest
from defusedxml import ElementTree
from django.urls import reverse

import verdicts
from hufu.domain.people.actors import Clockwork
from hufu.domain.publication import services
from hufu.domain.remedies import services as remedies
from hufu.doors.portal.published import LISTING_SCHEMA, NOTICE_SCHEMA

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SECRETS = ("李小明", "440305199001011234", "13912345678", "Li Xiaoming")
TOLD = remedies.Wording(
    findings_en="The owner Li Xiaoming, ID number 440305199001011234, sold shoes.",
    findings_zh="经营者：李小明，电话13912345678，销售鞋200双。",
    reasons_en="This infringes the mark.",
    reasons_zh="上述行为构成侵权。",
)


@pytest.fixture
def office(now, storage, monkeypatch):
    made = verdicts.notified(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.now)
    return made


@pytest.fixture
def decision(office):
    return verdicts.served(office, wording=TOLD)


@pytest.fixture
def drafted(office, decision):
    return services.draft_notice(
        actor=office.handler,
        at=office.now,
        decision=decision,
        choices=services.Choices(),
    )


@pytest.fixture
def notice(office, drafted):
    services.confirm_notice(
        actor=office.reviewer,
        at=office.now,
        notice=drafted,
        seen=services.words_digest(drafted),
    )
    return services.publish_notice(actor=office.reviewer, at=office.now, notice=drafted)


def paths(notice):
    one = [notice.pk]
    return {
        "list": reverse("portal:publications"),
        "page": reverse("portal:publication", args=one),
        "feed": reverse("portal:publications-feed"),
        "json": reverse("portal:publications-json"),
        "one json": reverse("portal:publication-json", args=one),
    }


def read(client, path, language="en"):
    answer = client.get(path, headers={"accept-language": language})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_public_address_shows_the_notice_and_no_person(client, notice, language):
    for name, path in paths(notice).items():
        status, text = read(client, path, language)
        assert status == 200, name
        assert verdicts.FIRM in text, name
        assert not [s for s in SECRETS if s in text], name


def test_the_page_names_result_article_term_and_journal(client, notice):
    _, text = read(client, paths(notice)["page"])
    for words in ("60,000.00", "Art. 60(2)", "SHA-256", "Shown until", verdicts.CODE):
        assert words in text


def test_before_it_is_published_nothing_exists(client, drafted):
    for name, path in paths(drafted).items():
        status, text = read(client, path)
        assert status == (404 if name in {"page", "one json"} else 200)
        assert verdicts.FIRM not in text


def gone(client, notice):
    for name, path in paths(notice).items():
        status, text = read(client, path)
        assert status == (410 if name in {"page", "one json"} else 200), name
        for words in (verdicts.FIRM, verdicts.CODE, "shoes", notice.body_zh[:20]):
            assert words not in text, name


def test_a_withdrawn_notice_is_gone_everywhere_and_says_only_that(
    client, office, notice
):
    services.withdraw_notice(
        actor=office.director, at=office.now, notice=notice, reason="revoked by court"
    )
    gone(client, notice)
    assert "revoked by court" not in read(client, paths(notice)["page"])[1]


def test_an_expired_notice_is_gone_even_when_the_job_is_late(client, office, notice):
    office.now += notice.until_on - office.today + timedelta(days=1)
    gone(client, notice)
    clock = Clockwork(agencies=frozenset({office.agency.pk}))
    services.expire_notices(actor=clock, at=office.now)
    gone(client, notice)


def test_a_copy_kept_by_a_reader_is_asked_for_again_and_then_gone(
    client, office, notice
):
    for name in ("feed", "json", "one json"):
        path = paths(notice)[name]
        first = client.get(path)
        assert first["Cache-Control"] == "public, no-cache"
        assert "Cookie" not in first.get("Vary", "")
        assert not first.cookies
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
    kept = client.get(paths(notice)["feed"])["ETag"]
    services.withdraw_notice(
        actor=office.director, at=office.now, notice=notice, reason="mistake"
    )
    fresh = client.get(paths(notice)["feed"], headers={"if-none-match": kept})
    assert fresh.status_code == 200
    assert verdicts.FIRM not in fresh.content.decode()


def test_pages_that_name_the_reader_stay_out_of_shared_caches(client, notice):
    for name in ("list", "page"):
        assert client.get(paths(notice)[name])["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_feed_is_atom_with_stable_ids(client, notice, language):
    answer = client.get(paths(notice)["feed"], {"lang": language})
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{needed}")
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{notice.pk}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name")
    title = notice.title_zh if language == "zh-hans" else notice.title_en
    assert entry.findtext(f"{ATOM}title") == title
    assert feed.findtext(f"{ATOM}updated") >= entry.findtext(f"{ATOM}updated")


def test_the_json_keeps_to_its_published_schema(client, notice):
    schema = client.get(reverse("portal:publications-schema")).json()
    assert schema == json.loads(json.dumps(LISTING_SCHEMA))
    jsonschema.Draft202012Validator.check_schema(schema)
    found = client.get(paths(notice)["json"]).json()
    jsonschema.validate(found, schema)
    jsonschema.validate(client.get(paths(notice)["one json"]).json(), NOTICE_SCHEMA)
    assert (found["count"], found["next"]) == (1, None)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"q": "虚构"}, 1),
        ({"q": verdicts.CODE}, 1),
        ({"q": "李小明"}, 0),
        ({"q": "nothing"}, 0),
        ({"right_kind": "trademark"}, 1),
        ({"right_kind": "design"}, 0),
        ({"year": "2026"}, 1),
        ({"year": "2025"}, 0),
        ({"agency": "shenzhen"}, 1),
    ],
)
def test_the_search_finds_by_words_and_by_filters(client, notice, asked, count):
    assert client.get(paths(notice)["json"], asked).json()["count"] == count
    text = client.get(paths(notice)["list"], asked).content.decode()
    assert (paths(notice)["page"] in text) == bool(count)


def test_the_unredacted_words_have_no_public_address(client, decision, notice):
    for view in ("workbench:decision", "portal:decision", "workbench:notice-draft"):
        answer = client.get(reverse(view, args=[decision.pk]))
        assert answer.status_code in {302, 403, 404}
    for view in ("workbench:notice",):
        assert client.get(reverse(view, args=[notice.pk])).status_code in {302, 403}
    for face in ("workbench:decision-pdf", "portal:decision-letter"):
        path = reverse(face, kwargs={"decision_id": decision.pk, "language": "zh"})
        assert client.get(path).status_code in {302, 403, 404}
    assert (
        client.get(reverse("portal:publication", args=[decision.pk])).status_code == 404
    )


def test_a_number_that_is_no_notice_is_not_found(client, db):
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("portal:publication", args=[nobody])).status_code == 404


def test_the_respondent_reads_the_decision_and_its_letter_and_nobody_else(
    client, office, decision, settings, tmp_path
):
    settings.HUFU_HOME = tmp_path
    settings.HUFU_STORAGE_KEY = verdicts.STORAGE_KEY
    account = verdicts.respondent_account(office)
    client.force_login(account)
    status, text = read(client, reverse("portal:decision", args=[decision.pk]))
    assert status == 200
    assert "Apply for reconsideration" in text
    path = reverse(
        "portal:decision-letter", kwargs={"decision_id": decision.pk, "language": "zh"}
    )
    answer = client.get(path)
    assert answer.content.startswith(b"%PDF")
    client.force_login(verdicts.stranger_account(office))
    assert client.get(path).status_code == 404
    assert read(client, reverse("portal:decision", args=[decision.pk]))[0] == 404
