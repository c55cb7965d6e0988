"""Every link of every list opens for whoever is shown it."""

import re
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

import offices
from hufu.domain.people.permissions import OFFICER_ROLES
from hufu.domain.publication import services as publication
from hufu.doors.access import is_open
from records import Records

pytestmark = pytest.mark.django_db
LISTS = (
    "portal:complaints",
    "portal:my-rights",
    "portal:oversight",
    "portal:publications",
    "portal:rights",
    "workbench:cases",
    "workbench:decisions",
    "workbench:evidence",
    "workbench:home",
    "workbench:imports",
    "workbench:leads",
    "workbench:notifications",
    "workbench:oversight",
    "workbench:publications",
    "workbench:returns",
    "workbench:rights",
    "workbench:sightings",
    "workbench:watch",
)
ALL_TIME = "?from_on=2000-01-01&to_on=2099-12-31"
ASKED = {"portal:rights": "?kind=trademark", "workbench:oversight": ALL_TIME}
# Pages of figures are opened from their list, and list the entries behind a number.
FIGURE = "/workbench/oversight/"
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
# Of the promises, which all have the same page, a few stand for the others.
ALIKE = "/oversight/commitments/"
FEW = 3


@pytest.fixture
def records(now, storage, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    made = Records(now, storage)
    desk, notice = made.desk, made.ids["notice_id"]
    said = {"actor": desk.reviewer, "at": desk.now}
    seen = publication.words_digest(notice)
    notice = publication.confirm_notice(**said, notice=notice, seen=seen)
    publication.publish_notice(**said, notice=notice)
    return made


def linked(client, name):
    """Give the addresses that the body of a list, by name or address, links to."""
    path = name if name[0] == "/" else reverse(name) + ASKED.get(name, "")
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    body = re.search(r"<main\b.*</main>", answer.content.decode(), re.DOTALL)[0]
    found = {urljoin(path, link.replace("&amp;", "&")) for link in LINK.findall(body)}
    alike = sorted(link for link in found if link.startswith(ALIKE))
    return found - set(alike[FEW:])


def test_every_link_of_every_list_opens_for_every_role(records, now):
    others = OFFICER_ROLES - {account.role for account in records.people}
    more = [offices.officer(now, records.agency, role) for role in sorted(others)]
    broken, followed = [], 0
    for account in (*records.people, *more):
        client = Client()
        client.force_login(account)
        for name in LISTS:
            if not is_open(name, account):
                continue
            if name == "workbench:home" and not account.is_officer:
                continue
            links = linked(client, name)
            for figure in [link for link in links if link.startswith(FIGURE)]:
                links |= linked(client, figure)
            for link in sorted(links):
                answer = client.get(link)
                answer.close()
                followed += 1
                if answer.status_code >= 400:
                    told = f"{account.role}: {name} links {link}: {answer.status_code}"
                    broken.append(told)
    assert followed > 100
    assert not broken, "\n".join(broken)
