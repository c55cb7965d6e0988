"""What all tools have in common: links to keep, bad inputs, nothing kept."""

from html import escape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from hufu.base.models import Entry
from hufu.doors.portal.forms.tools.fields import LATEST
from hufu.doors.portal.tools.page import TOOLS

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
HEARING = {"rule": "deadlines.penalty.hearing_request", "start": "2026-09-28"}
FIRST = {
    "deadline": "rule",
    "threshold": "offence",
    "damages": "right",
    "competence": "right",
    "evidence": "channel",
}
DAYS = {
    "deadline": ({"rule": HEARING["rule"]}, "start"),
    "threshold": ({"offence": "selling_counterfeits", "f_sales_amount": "1"}, "on"),
    "damages": ({"right": "trademark"}, "on"),
    "competence": (
        {"right": "trademark", "province": "440000", "act": "infringement",
         "place": "440305"}, "on",
    ),
}  # fmt: skip


def test_every_tool_is_linked_from_the_home_page_and_the_landing_page(client):
    assert reverse("portal:tools") in client.get("/").text
    landing = client.get("/tools/").text
    for tool in TOOLS:
        assert f'href="{tool.url}"' in landing


@pytest.mark.parametrize("tool", FIRST)
@pytest.mark.parametrize("value", ["", "nothing", SCRIPT, "\x00", "x" * 5000, "../.."])
def test_what_nobody_knows_gets_the_first_page_with_what_to_do(client, tool, value):
    page = client.get(f"/tools/{tool}/", {FIRST[tool]: value})
    assert page.status_code == 200
    assert "Choose one from the list." in page.text
    assert SCRIPT not in page.text


@pytest.mark.parametrize("tool", DAYS)
@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-02-30", "Write a day that exists"),
        ("yesterday", "Write a day that exists"),
        ("", "Write the day."),
        ("1900-01-01", "Choose a day between"),
        ("2999-12-31", "Choose a day between"),
        ("99999-01-01", "Write a day that exists"),
        (SCRIPT, "Write a day that exists"),
    ],
)
def test_a_day_that_cannot_be_is_sent_back_as_it_was_typed(client, tool, day, told):
    facts, name = DAYS[tool]
    page = client.get(f"/tools/{tool}/", {**facts, name: day})
    assert page.status_code == 200
    assert told in page.text
    assert f'value="{escape(day)}"' in page.text or not day
    assert SCRIPT not in page.text


@pytest.mark.parametrize("tool", DAYS)
@pytest.mark.parametrize("day", ["1985-01-01", str(LATEST)])
def test_the_first_and_the_last_day_are_answered(client, tool, day):
    facts, name = DAYS[tool]
    assert client.get(f"/tools/{tool}/", {**facts, name: day}).status_code == 200


def test_every_period_is_answered_on_every_kind_of_day(client):
    listed = client.get("/tools/deadline/").context["groups"]
    names = [name for _group, periods in listed for name, _title in periods]
    assert len(names) > 100
    for name in names:
        for day in ("2026-02-28", "2024-02-29", str(LATEST)):
            page = client.get("/tools/deadline/", {"rule": name, "start": day})
            assert page.status_code == 200
            assert "Something needs your attention" not in page.text


def test_typed_words_come_back_with_the_error(client):
    facts = {**DAYS["damages"][0], "on": "2026-02-30", "infringer_gain": "12345"}
    page = client.get("/tools/damages/", facts | {"is_serious": "on"}).text
    assert 'value="12345"' in page
    assert "checked" in page


def test_the_link_opens_the_same_answer_and_holds_nothing_else(client):
    page = client.get("/tools/deadline/", {**HEARING, "tracking": "me", "stop1": ""})
    link = page.context["link"]
    assert link == f"http://testserver/tools/deadline/?{urlencode(HEARING)}"
    again = client.get(link.removeprefix("http://testserver"))
    assert again.context["answer"] == page.context["answer"]


def test_a_thousand_and_more_facts_are_refused_without_a_failure(client):
    client.raise_request_exception = False
    query = urlencode([("f_sales_amount", "1")] * 3000)
    assert client.get(f"/tools/threshold/?{query}").status_code == 400


@pytest.mark.parametrize("tool", FIRST)
def test_nothing_is_kept_of_who_asks(client, tool):
    facts = DAYS[tool][0] | {DAYS[tool][1]: "2026-05-05"} if tool in DAYS else {}
    before = Entry.objects.count()
    page = client.get(f"/tools/{tool}/", facts)
    assert not page.cookies
    assert Entry.objects.count() == before
    assert client.post(f"/tools/{tool}/", facts).status_code == 405


@pytest.mark.parametrize("tool", FIRST)
def test_the_tools_need_no_script(client, tool):
    page = client.get(f"/tools/{tool}/").text
    main = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in main
    assert "onclick" not in main
