"""The public reads promises and figures, and nothing that points at somebody."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

import offices
from hufu.domain.leads.models import Lead
from hufu.domain.oversight import services
from hufu.domain.oversight.commitments import all_commitments
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.people.models import Account
from hufu.doors.identity import now as hour
from hufu.doors.identity import today

pytestmark = pytest.mark.django_db
CHINESE = {"headers": {"accept-language": "zh-hans"}}


@pytest.fixture
def leads():
    at = hour() - timedelta(days=2)
    offices.officer(at, offices.agency(at))
    return [offices.report(at, number) for number in range(1, 7)]


def read(client, name, *args, **said):
    return client.get(reverse(f"portal:{name}", args=args), **said).content.decode()


def test_a_figure_opens_onto_entries_without_actor_agency_and_record(client, leads):
    page = read(client, "figure", "leads_received")
    assert page.count("Lead received") == len(leads)
    hidden = ["shenzhen", "officer:", "leads.lead", str(hour().date())]
    hidden += [str(lead.pk) for lead in Lead.objects.all()]
    hidden += [str(account.pk) for account in Account.objects.all()]
    table = page[page.index("<table") : page.rindex("</table>")]
    assert [word for word in hidden if word in table] == []


def test_public_figures_stand_still_until_the_next_day(client, leads):
    def received():
        data = json.loads(read(client, "oversight-data"))
        return data["to_on"], data["figures"][0]["value"]

    first = received()
    assert first == (str(today() - timedelta(days=1)), len(leads))
    offices.report(hour() - timedelta(days=2), 7)
    offices.report(hour(), 8)
    assert received() == first
    day = timedelta(days=1)
    services.count_public_figures(actor=offices.SYSTEM, at=hour() + day)
    assert received() == (str(today()), len(leads) + 2)
    assert f"to the end of {today()}; counted once a day" in read(client, "oversight")


def test_a_late_count_leaves_the_day_before_with_its_date(client, leads):
    old = hour() - timedelta(days=1)
    counted = services.count_public_figures(actor=offices.SYSTEM, at=old)
    data = json.loads(read(client, "oversight-data"))
    assert data["to_on"] == str(counted.to_on) == str(today() - timedelta(days=2))


def test_small_cells_are_not_shown_on_the_page_nor_in_the_data(client):
    at = hour() - timedelta(days=2)
    offices.agency(at)
    offices.report(at)
    assert "Too few to be shown" in read(client, "figure", "leads_received")
    assert "Lead received" not in read(client, "figure", "leads_received")
    data = json.loads(read(client, "oversight-data"))
    shown = {figure["code"]: figure for figure in data["figures"]}["leads_received"]
    assert (shown["value"], shown["suppressed"]) == (None, True)
    assert [part["count"] for part in shown["parts"]] == [None, None]


def test_the_open_data_name_their_licence_and_hold_everything_in_both_languages(
    client, leads
):
    data = json.loads(read(client, "oversight-data"))
    assert data["licence"]["name"] == "CC BY 4.0"
    assert len(data["commitments"]) == 228
    assert [figure["code"] for figure in data["figures"]] == list(FIGURES)
    assert data["figures"][0]["value"] == len(leads)
    assert data["figures"][0]["name"]["zh"] == "收到线索"


@pytest.mark.parametrize("code", FIGURES)
def test_every_figure_has_a_page_in_both_languages(client, leads, code):
    for language, said in (("en", {}), ("zh-hans", CHINESE)):
        with translation.override(language):
            name = str(FIGURES[code].name)
        assert f"{name}</h1>" in read(client, "figure", code, **said)


def test_unknown_stays_unknown(client):
    page = read(client, "commitment", "OPN-2019-(16)-a")
    assert page.count("unknown: the document names none") == 2
    assert "Not measurable here" in page
    assert "未知：文件未写明" in read(
        client, "commitment", "OPN-2019-(16)-a", **CHINESE
    )


@pytest.mark.parametrize(
    "promise", [c for c in all_commitments().values() if c.served], ids=lambda c: c.id
)
def test_a_served_promise_names_its_pages_and_opens_its_figures(client, promise):
    page = read(client, "commitment", promise.id)
    for name in promise.pages:
        assert f'href="{reverse(name)}"' in page
        assert f">{reverse(name)}<" not in page
    for code in promise.figures:
        assert reverse("portal:figure", args=[code]) in page


def test_commitments_are_found_by_chinese_words_and_by_document(client):
    url = reverse("portal:oversight")
    assert "OPN-2019-(9)-d" in client.get(url, {"words": "繁简分流"}).content.decode()
    found = client.get(url, {"document": "JCCT-2011"}).context["found"]
    assert found == 22
    nothing = client.get(url, {"words": "no such words"}).content.decode()
    assert "No commitment fits." in nothing


def listed(client, **asked):
    page = client.get(reverse("portal:oversight"), asked)
    return page.context["found"], page.content.decode()


def test_every_commitment_stands_once_under_its_document_and_clause(client):
    _found, page = listed(client)
    for promise in all_commitments().values():
        assert page.count(f'id="{promise.id}"') == 1
    anchors = re.findall(r'<details class="fold" id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert {"OPN-2019", "PRG-2017", "JCCT-2005", "JCCT-2011"} <= set(anchors)
    assert "OPN-2019-(9)" in anchors


def test_the_whole_list_is_folded_and_a_short_one_is_open(client):
    assert "open><summary" not in listed(client)[1]
    found, page = listed(client, words="繁简分流")
    assert found < 5
    assert page.count("open><summary") == page.count('class="fold"')


def test_commitments_are_filtered_by_status_and_owner(client):
    everything = len(all_commitments())
    served, _page = listed(client, status="served")
    assert served == sum(c.served for c in all_commitments().values())
    assert listed(client, status="unmeasured")[0] == everything - served
    unnamed = sum(not c.owner["en"] for c in all_commitments().values())
    assert listed(client, owner="-")[0] == unnamed
    assert listed(client, owner="State Council", document="OPN-2019")[0] < unnamed
    assert listed(client, status="kept")[0] == 0


@pytest.mark.parametrize("asked", [{"status": "x"}, {"owner": "x"}, {"page": "-1"}])
def test_a_senseless_filter_gets_the_page_and_not_an_error(client, asked):
    assert client.get(reverse("portal:oversight"), asked).status_code == 200


@pytest.mark.parametrize("name", ["commitment", "figure"])
def test_what_does_not_exist_is_not_found(client, name):
    assert client.get(reverse(f"portal:{name}", args=["nothing"])).status_code == 404
