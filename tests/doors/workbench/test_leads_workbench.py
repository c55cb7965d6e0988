import pytest
from django.urls import reverse

import offices
from hufu.base.models import Entry
from hufu.domain.leads.models import Lead
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    return offices.agency(hour())


@pytest.fixture
def clerk(client, office):
    account = offices.officer(hour(), office)
    client.force_login(account)
    return account


def act(client, lead, name, **typed):
    url = reverse("workbench:lead-act", args=[lead.pk])
    return client.post(url, {"act": name, **typed})


def page(client, lead):
    return client.get(reverse("workbench:lead", args=[lead.pk])).content.decode()


def state(lead):
    return Lead.objects.get(pk=lead.pk).state


def test_the_inbox_lists_what_is_open_and_never_who_sent_it(client, clerk):
    offices.report(hour(), 1, name="Wang Li", contact="13800000000")
    listed = client.get(reverse("workbench:leads")).content.decode()
    assert "Copied tea tins" in listed
    assert "Wang Li" not in listed
    assert "13800000000" not in listed


def test_accepting_takes_two_clicks(client, clerk):
    lead = offices.report(hour())
    assert 'value="accept"' in page(client, lead)
    act(client, lead, "accept")
    assert state(lead) == "accepted"


def test_closing_without_a_reason_shows_the_form_again_with_what_was_typed(
    client, clerk
):
    lead = offices.report(hour())
    answer = act(client, lead, "close", **{"close-text": "Half a reason"})
    assert answer.status_code == 422
    assert b"Half a reason" in answer.content
    typed = {"close-reason": "other", "close-text": " "}
    assert act(client, lead, "close", **typed).status_code == 409
    assert state(lead) == "new"


def test_a_stale_page_is_told_so(client, clerk):
    lead = offices.report(hour())
    act(client, lead, "accept")
    answer = act(client, lead, "accept")
    assert answer.status_code == 409
    assert b"not possible" in answer.content


def test_merging_and_referring_from_the_page(client, clerk):
    target = offices.agency(hour(), "copyright", "440300", "copyright")
    one, two, three = (offices.report(hour(), n) for n in (1, 2, 3))
    assert two.reference in page(client, one)
    act(client, one, "merge", into=str(two.pk))
    typed = {"refer-agency": target.pk, "refer-note": "A film"}
    act(client, three, "refer", **typed)
    assert (state(one), state(three)) == ("merged", "referred")
    assert act(client, two, "merge", into="nonsense").status_code == 409


def test_bulk_triage_accepts_and_closes_what_was_picked(client, clerk):
    leads = [offices.report(hour(), n) for n in (1, 2, 3)]
    url = reverse("workbench:leads-bulk")
    client.post(url, {"act": "accept", "pick": [str(leads[0].pk), "nonsense"]})
    picked = [str(lead.pk) for lead in leads[1:]]
    client.post(url, {"act": "close", "pick": picked, "bulk-reason": "handled"})
    assert [state(lead) for lead in leads] == ["accepted", "closed", "closed"]
    empty = client.post(url, {"act": "accept"})
    assert b"Pick at least one" in empty.content


def test_a_refused_bulk_act_keeps_what_was_picked_and_typed(client, clerk):
    one, two = (offices.report(hour(), n) for n in (1, 2))
    url = reverse("workbench:leads-bulk")
    typed = {"act": "close", "bulk-text": "Told by <phone>", "query": "state=all"}
    nothing = client.post(url, typed | {"bulk-reason": "handled"}).content.decode()
    assert "Pick at least one" in nothing
    assert 'value="Told by &lt;phone&gt;"' in nothing
    assert '<option value="handled" selected>' in nothing
    assert 'name="query" value="state=all"' in nothing
    no_reason = client.post(url, typed | {"pick": str(one.pk)}).content.decode()
    assert 'value="Told by &lt;phone&gt;"' in no_reason
    assert f'value="{one.pk}" checked' in no_reason
    assert f'value="{two.pk}" checked' not in no_reason
    assert state(one) == "new"


def test_showing_the_name_is_an_act_of_its_own(client, clerk):
    lead = offices.report(hour(), name="Wang Li", contact="13800000000")
    assert "Wang Li" not in page(client, lead)
    shown = client.post(reverse("workbench:lead-reporter", args=[lead.pk]))
    assert b"Wang Li" in shown.content
    assert "no-store" in shown["Cache-Control"]
    assert Entry.objects.filter(act="reveal-reporter").count() == 1


def test_another_agencys_officer_gets_404_on_every_address(client, office):
    lead = offices.report(hour(), name="Wang Li")
    stranger = offices.officer(
        hour(), offices.agency(hour(), "beijing", "110000"), "director"
    )
    client.force_login(stranger)
    assert client.get(reverse("workbench:lead", args=[lead.pk])).status_code == 404
    for name in ("lead-act", "lead-reporter"):
        url = reverse(f"workbench:{name}", args=[lead.pk])
        assert client.post(url, {"act": "accept"}).status_code == 404
    assert b"Copied tea" not in client.get(reverse("workbench:leads")).content
    bulk = {"act": "accept", "pick": str(lead.pk)}
    client.post(reverse("workbench:leads-bulk"), bulk)
    assert state(lead) == "new"


def test_a_filter_is_kept_shown_and_dropped(client, clerk):
    url = reverse("workbench:leads-filter")
    client.post(url, {"name": "Late ones", "query": "overdue=on&state=open"})
    listed = client.get(reverse("workbench:leads")).content
    assert b"Late ones" in listed
    client.post(url, {"drop": clerk.lead_filters.get().pk})
    assert not clerk.lead_filters.exists()


@pytest.mark.parametrize("query", ["state=nonsense", "page=9999", "words=%00%27;--"])
def test_a_strange_query_shows_a_list_all_the_same(client, clerk, query):
    offices.report(hour())
    assert client.get(f"{reverse('workbench:leads')}?{query}").status_code == 200


def test_a_page_of_the_inbox_costs_the_same_for_one_lead_and_for_many(
    client, clerk, django_assert_num_queries
):
    url = reverse("workbench:leads")
    client.get(url)
    offices.report(hour(), 1)
    with django_assert_num_queries(5):
        client.get(url)
    for number in range(2, 12):
        offices.report(hour(), number)
    with django_assert_num_queries(5):
        client.get(url)


def test_days_of_appraisal_and_more_time_are_asked_for_on_the_page(client, office):
    head = offices.officer(hour(), office, "director")
    client.force_login(head)
    lead = offices.report(hour())
    day = lead.clocks.get().started_on
    days = {"pause-from_on": day, "pause-to_on": day, "pause-ground": "appraisal"}
    act(client, lead, "pause", **days)
    act(client, lead, "extend", **{"extend-text": "The laboratory is slow"})
    clock = lead.clocks.get()
    assert (len(clock.pauses), len(clock.extensions)) == (1, 1)
    assert "Why this date?" in page(client, lead)


def test_a_referral_on_paper_is_written_down(client, clerk):
    url = reverse("workbench:lead-new")
    typed = {
        "referred_by": "Procuratorate of Nanshan",
        "title": "Copied labels",
        "act": "labels",
        "region": "440305",
    }
    assert client.post(url, {**typed, "region": "44"}).status_code == 200
    client.post(url, typed)
    assert Lead.objects.get().origin == "referral"


def test_readers_see_and_do_not_act(client, office):
    lead = offices.report(hour())
    client.force_login(offices.officer(hour(), office, "reviewer"))
    assert 'value="accept"' not in page(client, lead)
    assert act(client, lead, "accept").status_code == 403
