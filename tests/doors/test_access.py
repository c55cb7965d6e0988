"""Who may open what: the table of pages, and everything one agency keeps from all."""

import re
import uuid
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

import casework
import offices
import verdicts
from hufu.base.models import Entry
from hufu.domain.people import services
from hufu.domain.people.permissions import OFFICER_ROLES
from hufu.domain.watch.services import SourceFacts, open_source
from hufu.doors.access import API, PAGES, PORTAL, PUBLIC, TRACELESS, WORKBENCH
from records import Records

pytestmark = pytest.mark.django_db
FACES = {**API, **PORTAL, **WORKBENCH}
REFUSED = {401, 403, 404, 405}
SIGN_IN = reverse("account_login")

# What a page wants besides identifiers; `Records` knows those.
WORDS = {
    "commitment_id": "",
    "file": "receipt",
    "language": "en",
    "name": "checkpoint",
    "part": "received",
    "question": "deadline",
    "secret": "0" * 32,
    "step": "1",
    "what": "work",
}
CODES = {
    "workbench:case-act": "assign_task",
    "workbench:figure": "leads_received",
    "workbench:return-counted": "leads_received",
    "workbench:source": "hidden-bazaar",
    "portal:figure": "leads_received",
}
VERBS = {"workbench:decision-act": "issue", "workbench:notice-act": "confirm"}
# Arguments that name what everybody may know of.
KNOWN = {
    "commitment_id",
    "language",
    "name",
    "part",
    "question",
    "secret",
    "step",
    "verb",
    "what",
}
# A right is public, whoever holds it; anybody may say that it is theirs.
RIGHTS = {"api:right", "api:right-status", "portal:right", "portal:right-claim"}
# That a draw is planned is public: not who can be drawn, which the test looks for.
DRAWS = {"portal:draw", "portal:draw-file"}


# A drafted notice is nobody's but the agency's, who read it at the workbench.
UNPUBLISHED = {"portal:publication", "portal:publication-json"}


@pytest.fixture(autouse=True)
def same_store(settings, tmp_path):
    """Let the pages read the files that the builders keep."""
    settings.HUFU_HOME = tmp_path


def pages(patterns=None, space=""):
    """Give every page: its name, its arguments, how it is written."""
    for pattern in patterns or get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern.url_patterns, inner)
        else:
            written = pattern.pattern
            names = {*written.converters, *_groups(written)}
            yield f"{space}{pattern.name}", names


def _groups(written):
    regex = getattr(written, "regex", None)
    return regex.groupindex if regex else ()


@dataclass(frozen=True)
class Page:
    """One page with real arguments, and whether they name one agency's record."""

    name: str
    url: str
    guarded: bool


def built(records):
    """Build the address of every page of the faces from one agency's records."""
    for name, arguments in dict(pages()).items():
        if name not in FACES:
            continue
        values = {one: value_of(records, name, one) for one in arguments}
        guarded = name not in RIGHTS | DRAWS and any(
            one not in KNOWN and (one != "code" or name == "workbench:source")
            for one in arguments
        )
        yield Page(name, reverse(name, kwargs=values), guarded)


def value_of(records, page, argument):
    own = records.own.get((page, argument))
    if own is not None:
        return own.pk
    if argument in records.ids:
        return records.ids[argument].pk
    table = {"code": CODES, "verb": VERBS}.get(argument, {page: WORDS.get(argument)})
    value = table.get(page)
    if argument == "commitment_id":
        value = "OPN-2019-T-2022"
    assert value is not None, (
        f"{page} wants `{argument}`, for which this test knows no value: teach"
        " tests/records.py to make such a record, or WORDS, CODES or VERBS a word."
    )
    return value


def test_the_table_names_exactly_the_pages_that_exist():
    assert {name for name, _arguments in pages()} == set(PAGES)


def test_a_page_that_is_not_public_sends_strangers_away(client, storage, now):
    for page in built(Records(now, storage)):
        if PAGES[page.name] in {PUBLIC, TRACELESS}:
            continue
        for answer in (client.get(page.url), client.post(page.url)):
            if page.name.startswith("api:"):
                assert answer.status_code in {401, 405}, page.name
            else:
                assert answer.status_code == 302, page.name
                assert answer.url.startswith(SIGN_IN), page.name


def test_a_role_without_the_permission_is_refused(client, storage, now):
    records = Records(now, storage)
    accounts = {account.role: account for account in records.people}
    for role, account in accounts.items():
        client.force_login(account)
        for page in built(records):
            needed = PAGES[page.name]
            if isinstance(needed, str) and not account.holds(needed):
                answer = client.get(page.url)
                assert answer.status_code in {403, 405}, f"{page.name} as {role}"


def test_every_page_with_an_identifier_opens_for_somebody_it_concerns(storage, now):
    """Otherwise the next test would prove nothing: it would ask for what is not."""
    records = Records(now, storage)
    clients = [signed_in(account) for account in records.people]
    closed = []
    for page in built(records):
        if page.guarded and page.name not in UNPUBLISHED:
            seen = {read(client.get(page.url))[0] for client in clients}
            if not seen & {200, 302, 405}:
                closed.append((page.name, seen))
    assert not closed


def test_nothing_of_one_agency_is_open_to_anybody_of_another(storage, now):
    records = Records(now, storage)
    targets = sorted(built(records), key=lambda page: page.name == "portal:case-leave")
    before, found = journal_of(records), []
    for who, client in others(now, storage):
        for page in targets:
            found += [f"{who}: {leak}" for leak in tried(client, page, records)]
    assert not found, "\n".join(found)
    assert journal_of(records) == before


def others(now, storage):
    """Give everybody whom the records do not concern, each with a client."""
    desk = casework.Desk(now, storage, "beijing", "110000")
    given = {"one": desk.one, "reviewer": desk.reviewer, "director": desk.director}
    given["intake"] = desk.intake
    for role in sorted(OFFICER_ROLES):
        account = given.get(role) or offices.officer(
            now, desk.office, role, f"other-{role}"
        )
        yield role, signed_in(account)
    yield "holder", signed_in(offices.holder(now, "Another holder"))
    yield "platform", signed_in(other_platform(now, desk))
    yield "respondent", signed_in(verdicts.stranger_account(desk_of(now)))
    yield "bearer", bearer(desk)
    yield "anybody", Client(raise_request_exception=False)


def desk_of(now):
    """Say the hour as the builder of accounts wants it."""
    return type("Hour", (), {"now": now})


def other_platform(now, desk):
    party = services.register_party(
        actor=offices.SYSTEM,
        at=now,
        facts=services.PartyFacts("company", "Another platform"),
    )
    open_source(
        actor=desk.intake,
        at=now,
        facts=SourceFacts("other-bazaar", "Other", "其他", platform=party),
        agency=desk.office,
    )
    facts = services.AccountFacts("other-platform", "platform", party=party)
    return services.open_account(actor=offices.SYSTEM, at=now, facts=facts)


def bearer(desk):
    """Let a respondent of another case in by the code of their notice."""
    case = desk.filed(region="110000")
    casework.cases.start_investigation(actor=desk.one, at=desk.at, case=case)
    desk.propose(case)
    casework.cases.submit_for_review(
        actor=desk.one, at=desk.at, case=case, report="Everything is established."
    )
    desk.notify(desk.review(case), number=8)
    client = Client(raise_request_exception=False)
    code = {"code": casework.notice_code(8)}
    assert client.post(reverse("portal:case-door"), code).status_code == 302
    return client


def read(answer):
    """Read an answer to its end and close the file it may come from."""
    body = b"".join(answer) if answer.streaming else answer.content
    answer.close()
    return answer.status_code, body


def signed_in(account):
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def tried(client, page, records):
    """Look and act as `client`; tell whatever should not have been possible."""
    lead = str(records.lead.pk)
    words = {"pick": lead, "lead": lead, "leads": lead, "into": lead, "act": "accept"}
    words |= {"reason": "not_enough", "agency": "beijing", "note": "mine", "text": "x"}
    how = {"content_type": "application/json"} if page.name[:4] == "api:" else {}
    for method, answer in (
        ("GET", client.get(page.url)),
        ("GET ?", client.get(page.url, {"lead": lead, "leads": lead, "subject": lead})),
        ("POST", client.post(page.url, words, **how)),
    ):
        status, body = read(answer)
        sent_away = status == 302 and answer.url.startswith(SIGN_IN)
        if page.guarded and status not in REFUSED and not sent_away:
            yield f"{method} {page.name} answers {status}"
        if status >= 500:
            yield f"{method} {page.name} fails with {status}"
        for word in records.words:
            if word.encode() in body or word in answer.get("Location", ""):
                yield f"{method} {page.name} says “{word}”"


def journal_of(records):
    """Give the acts on the agency's records, which nobody else may add to."""
    acts = Entry.objects.filter(agency=records.agency.pk).order_by("pk")
    return list(acts.values_list("actor", "act", "subject_id"))


def test_a_lead_is_not_merged_into_one_of_another_agency(storage, now):
    records = Records(now, storage)
    office = offices.agency(now, "beijing", "110000")
    clerk = signed_in(offices.officer(now, office, "intake"))
    own = offices.report(now, 5, region="110000")
    url = reverse("api:lead-merge", args=[own.pk])
    body = {"into": str(records.lead.pk)}
    answer = clerk.post(url, body, content_type="application/json")
    assert answer.status_code == 404
    assert uuid.UUID(body["into"]) == records.lead.pk
    assert re.match("new", type(own).objects.get(pk=own.pk).state)
