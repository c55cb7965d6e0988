"""Nobody is shown a link, a button or a form whose act is not open to them.

As every kind of visitor the test follows each link and sends each form that the pages
show, with every field filled. Whatever a form does is undone afterwards.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

import casework
import offices
import verdicts
from hufu.base.errors import Refusal
from hufu.domain.cases.models import Case
from hufu.domain.people.permissions import ROLES
from hufu.doors.storage.blobs import BlobStore
from lifted import lifted_triggers
from records import Records

pytestmark = pytest.mark.django_db
# What is refused to somebody because of who they are, or of the record's state.
# A day that is missing, say, is refused to anybody, and fair.
NOT_THEIRS = {
    "conflict",
    "investigated_it",
    "no_permission",
    "not_found",
    "not_of_the_team",
    "not_the_host",
    "not_your_duty",
    "not_yours",
    "other_agency",
    "own_matter",
    "same_person",
    "wrong_state",
}
# So many addresses of a page that differ only after the question mark are asked, and
# so many of the pages that stand here by the hundred.
QUERIES = 8
ALIKE = {"portal:commitment", "workbench:case-why", "portal:right"}
# Forms that end the visit, and those whose answer hangs on a code nobody knows.
LEAVES = {"account_logout", "look:language", "portal:case-leave", "usersessions_list"}
CODES = {"portal:case-door", "portal:follow", "workbench:retention"}
TYPED = {
    "date": "2026-05-04",
    "datetime-local": "2026-05-04T10:00",
    "email": "a@example.org",
    "number": "1",
    "url": "https://example.org/",
}
PARTS = 8  # so many tests share the visitors out, for workers side by side
START = ("portal:home", "portal:account", "workbench:home")
DECISIONS = {
    "draft": verdicts.draft,
    "reviewed": verdicts.reviewed,
    "approved": verdicts.approved,
    "issued": verdicts.issued,
}


class House:
    """One agency with every kind of record, another with a case in every state."""

    def __init__(self, now, storage):
        self.records = Records(now, storage)
        desk = casework.Desk(now, storage, "nanshan")
        for bring in casework.STATES.values():
            desk.at = now
            bring(desk)
        for bring in DECISIONS.values():
            desk.at = now
            case = desk.notified()
            desk.says(case, "waiver")
            bring(office_of(desk, case), fine=Decimal(50000))
        self.people = {one.username: one for one in self._people(desk)}

    def _people(self, desk):
        yield from (who for who in self.records.people if who.username != "second")
        yield from (desk.one, desk.reviewer, desk.director)
        yield Case.objects.get(state="hearing").hearing.host
        # Of no team: they see what the role alone shows.
        for role in ("investigator", "supervisor"):
            name = f"idle-{role}"
            yield offices.officer(desk.at, desk.office, role, name)


def office_of(desk, case):
    return verdicts.Office(
        now=desk.at,
        storage=desk.storage,
        agency=desk.office,
        handler=desk.one,
        second=desk.two,
        reviewer=desk.reviewer,
        director=desk.director,
        case=case,
    )


@dataclass
class Visit:
    """One visitor who tries everything that the pages offer."""

    client: Client
    codes: list[str]
    wrong: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    asked: Counter = field(default_factory=Counter)

    def walk(self, start):
        waiting = [("", url) for url in start]
        while waiting:
            page, url = waiting.pop()
            if self.known(url):
                continue
            self.codes.clear()
            answer = self.client.get(url, follow=True)
            self.judge("GET", page, url, answer)
            if answer.streaming or not is_page(answer):
                continue
            at = answer.request["PATH_INFO"]
            tree = lxml.html.fromstring(answer.content, base_url=at)
            waiting += [(at, link) for link in links(tree, at)]
            for form in tree.forms:
                self.send(at, form)

    def known(self, url):
        path = urlsplit(url).path
        name = name_of(path)
        fresh = bool(name) and url not in self.seen
        self.seen.add(url)
        if fresh and (url != path or name in ALIKE):
            self.asked[name] += 1
        return not fresh or self.asked[name] > QUERIES

    def send(self, page, form):
        url = urljoin(page, form.action or page)
        if name_of(url) in LEAVES or form.method != "POST":
            return
        for button in buttons(form):
            if f"{url} {button}" not in self.seen:
                self.seen.add(f"{url} {button}")
                data = {**filled(form), **button}
                self.codes.clear()
                self.judge("POST", page, url, self.post(url, data))

    def post(self, url, data):
        """Send a form, and undo whatever it did."""
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            answer = self.client.post(url, data)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return answer

    def judge(self, how, page, url, answer):
        if answer.streaming:
            answer.close()
        status = answer.status_code
        if name_of(url) in CODES:
            return
        if status in {403, 404, 405} or status >= 500:
            self.wrong.append(f"{page}: {how} {url} answers {status} {self.codes}")
        elif NOT_THEIRS & set(self.codes):
            self.wrong.append(f"{page}: {how} {url} is refused: {self.codes}")


def is_page(answer):
    return answer.content and "text/html" in answer.get("Content-Type", "")


def name_of(url):
    """Name the page of an address; a foreign or unknown one has no name."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def links(tree, page):
    for link in tree.iterlinks():
        element, attribute, url = link[:3]
        whole = urljoin(page, url)
        if element.tag == "a" and attribute == "href" and whole.startswith("/"):
            yield whole.partition("#")[0]


def buttons(form):
    """Give what each of the form's buttons sends."""
    found = form.xpath(".//button[not(@type='button')] | .//input[@type='submit']")
    named = [{b.get("name"): b.get("value", "")} for b in found if b.get("name")]
    return named or [{}] * bool(found)


def filled(form):
    """Fill every field of a form with something it may take."""
    data = {}
    for one in form.inputs:
        name, kind = one.get("name"), one.get("type", "text")
        if not name or kind in {"submit", "button"}:
            continue
        if one.tag == "select":
            data[name] = next((v for v in one.value_options if v), "")
        elif kind == "file":
            data[name] = SimpleUploadedFile("photo.png", offices.PNG)
        elif kind == "checkbox":
            data.setdefault(name, []).append(one.get("value", "on"))
        elif kind == "radio":
            data.setdefault(name, one.get("value", "on"))
        elif kind == "hidden":
            data[name] = one.value or ""
        else:
            data[name] = one.value or TYPED.get(kind, "words of a test")
    return data


@pytest.fixture
def refused(monkeypatch):
    """Note the codes of refusals as they come up."""
    codes = []
    told = Refusal.__init__

    def note(self, code, *rest, **more):
        codes.append(code)
        told(self, code, *rest, **more)

    monkeypatch.setattr(Refusal, "__init__", note)
    return codes


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep one house for all visitors: building it takes seconds."""
    home, opened = tmp_path_factory.mktemp("home"), datetime(2026, 3, 2, 2, tzinfo=UTC)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "HUFU_HOME", home)
        with translation.override("en"):
            made = House(opened, BlobStore(home / "blobs", bytes(32)))
        later = made.records.desk.now
        patch.setattr("hufu.doors.identity.timezone.now", lambda: later)
        yield made
        with lifted_triggers(connection):
            call_command("flush", interactive=False, verbosity=0)


def test_every_role_visits(house):
    assert {one.role for one in house.people.values()} == set(ROLES)


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_offered_is_open_to_whom_it_is_offered(house, refused, part):
    wrong = []
    for name, account in list({"": None, **house.people}.items())[part::PARTS]:
        client = Client(raise_request_exception=False)
        if account is not None:
            client.force_login(account)
        visit = Visit(client, refused)
        visit.walk(reverse(page) for page in START)
        wrong += [f"{name} ({account and account.role}) {one}" for one in visit.wrong]
    assert not wrong, "\n".join(wrong)
