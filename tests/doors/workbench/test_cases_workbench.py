from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import offices
from casework import Desk, Duty
from hufu.base.models import Entry
from hufu.domain.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(storage, now, monkeypatch):
    made = Desk(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.at)
    return made


def page(client, account, name, *args):
    client.force_login(account)
    return client.get(reverse(f"workbench:{name}", args=args))


def post(client, officer, code, case, typed=None):
    client.force_login(officer)
    url = reverse("workbench:case-act", args=[case.pk, code])
    return client.post(url, typed or {})


def urls_of(case):
    clock = case.clocks.first()
    return (
        ("case", case.pk),
        ("case-act", case.pk, "investigate"),
        ("case-act", case.pk, "file"),
        ("case-why", case.pk, clock.pk),
    )


def test_another_agencys_officers_get_404_on_every_address(desk, client, now):
    case = desk.filed()
    other = offices.agency(now, "beijing", "110000")
    for role in ("investigator", "reviewer", "director", "supervisor", "intake"):
        stranger = offices.officer(now, other, role)
        for url in urls_of(case):
            assert page(client, stranger, *url).status_code == 404, (role, url)
        assert case.number not in page(client, stranger, "cases").content.decode()


def test_an_officer_of_the_agency_outside_the_team_gets_404(desk, client, now):
    case = desk.filed()
    colleague = offices.officer(now, desk.office, "investigator", "colleague")
    for url in urls_of(case):
        assert page(client, colleague, *url).status_code == 404


def test_an_officer_of_another_agency_sees_a_joint_case(desk, client, now):
    case = desk.filed()
    other = offices.agency(now, "police", "440300", "police")
    guest = offices.officer(now, other, "investigator", "guest")
    desk.join(case, guest, Duty.OBSERVER)
    assert page(client, guest, "case", case.pk).status_code == 200


def test_looking_from_above_leaves_an_entry_and_team_members_leave_none(
    desk, client, now
):
    case = desk.filed()
    supervisor = offices.officer(now, desk.office, "supervisor")
    page(client, desk.one, "case", case.pk)
    assert not Entry.objects.filter(act="oversee").exists()
    page(client, supervisor, "case", case.pk)
    entry = Entry.objects.get(act="oversee")
    assert entry.actor == supervisor.label


def test_the_page_says_who_must_act_next_and_by_when(desk, client):
    case = desk.filed()
    text = page(client, desk.one, "case", case.pk).content.decode()
    assert "Start the investigation with two officers" in text
    assert "handling officers" in text
    for word in ("Timeline", "Exhibits", "Team", "Periods", "Parties", "Tasks"):
        assert word in text


def test_acts_are_shown_to_those_who_may_do_them(desk, client):
    case = desk.open()
    assert (
        "Approve the filing"
        in page(client, desk.director, "case", case.pk).content.decode()
    )
    assert (
        "Approve the filing"
        not in page(client, desk.one, "case", case.pk).content.decode()
    )


def test_the_form_of_an_act_is_fetched_when_it_is_opened_with_or_without_scripts(
    desk, client
):
    case = desk.open()
    url = reverse("workbench:case-act", args=[case.pk, "refuse_filing"])
    shown = page(client, desk.director, "case", case.pk).content.decode()
    assert f'hx-get="{url}"' in shown
    assert f'<a class="btn" href="{url}">Open the form</a>' in shown
    assert f'action="{url}"' not in shown
    form = client.get(url).content.decode()
    assert f'action="{url}" novalidate class="act-form' in form


def test_a_case_is_filed_and_investigated_by_clicks(desk, client):
    case = desk.open()
    assert post(client, desk.director, "file", case).status_code == 302
    joined = {"account": desk.two.pk, "duty": "handler", "reason": "second officer"}
    assert post(client, desk.director, "join", case, joined).status_code == 302
    assert post(client, desk.one, "investigate", case).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "investigating"


def test_one_officer_alone_is_refused_and_told_the_rule(desk, client):
    case = desk.open()
    post(client, desk.director, "file", case)
    answer = post(client, desk.one, "investigate", case)
    assert answer.status_code == 409
    assert "At least 2 officers" in answer.content.decode()


def test_a_refused_form_keeps_what_was_typed(desk, client):
    case = desk.investigating()
    said = {"role": "third_party", "kind": "company", "name": "Kept Words Ltd"}
    answer = post(client, desk.one, "add_party", case, {**said, "uscc": "123"})
    assert answer.status_code == 409
    assert "Kept Words Ltd" in answer.content.decode()
    assert "GB 32100" in answer.content.decode()


def test_whoever_stood_back_is_refused_in_words(desk, client):
    case = desk.filed()
    post(client, desk.director, "stand_back", case, {"reason": "A friend"})
    answer = post(client, desk.director, "file", case)
    assert answer.status_code == 302
    assert answer.url == reverse("workbench:case", args=[case.pk])
    assert "not possible" in client.get(answer.url).content.decode()


def test_an_act_closed_meanwhile_shows_what_was_typed(desk, client):
    case = desk.filed()
    late = post(client, desk.director, "refuse_filing", case, {"reason": "A <reason>"})
    assert late.status_code == 409
    assert "not possible in the present state" in late.content.decode()
    assert "A &lt;reason&gt;" in late.content.decode()


def test_the_case_shows_the_report_and_never_who_sent_it(desk, client):
    lead = desk.lead(name="Wang Li", contact="wang@reporter.test")
    case = desk.investigating([lead])
    for officer in (desk.one, desk.director, desk.reviewer):
        text = page(client, officer, "case", case.pk).content.decode()
        assert lead.reference in text
        assert "Wang Li" not in text
        assert "wang@reporter.test" not in text
        assert str(lead.pk) not in text


def test_every_period_says_why_it_ends_on_its_day(desk, client):
    case = desk.filed()
    for clock in case.clocks.all():
        answer = page(client, desk.one, "case-why", case.pk, clock.pk)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Art. 64" in text or "Art. 18" in text


def test_a_case_is_opened_from_a_lead_with_what_the_lead_says(desk, client):
    lead = desk.lead(name="Wang Li", contact="138")
    client.force_login(desk.one)
    url = reverse("workbench:case-open") + f"?lead={lead.pk}"
    text = client.get(url).content.decode()
    assert "Copied tea tins" in text
    assert "Wang Li" not in text
    typed = {
        "lead": lead.pk,
        "title": lead.title,
        "right_kind": "trademark",
        "act": "counterfeit_mark",
        "region": "440300",
        "reason": "The test purchase shows it.",
        "respondent_kind": "company",
        "respondent_name": "Lucky Stall Ltd",
    }
    assert client.post(url, typed).status_code == 302
    lead.refresh_from_db()
    assert lead.state == "in_case"


def test_opening_elsewhere_names_the_competent_body(desk, client):
    client.force_login(desk.one)
    typed = {
        "title": "Far away",
        "right_kind": "trademark",
        "act": "counterfeit_mark",
        "region": "110105",
        "reason": "Because.",
        "respondent_kind": "company",
        "respondent_name": "Lucky Stall Ltd",
    }
    answer = client.post(reverse("workbench:case-open"), typed)
    assert answer.status_code == 200
    assert "Competent:" in answer.content.decode()
    assert not Case.objects.exists()


def test_the_list_begins_with_what_is_overdue_and_costs_few_queries(
    desk, client, django_assert_max_num_queries
):
    late = desk.open(title="An old one")
    desk.later(60)
    for number in range(12):
        desk.open(title=f"Number {number}")
    client.force_login(desk.director)
    with django_assert_max_num_queries(8):
        text = client.get(reverse("workbench:cases")).content.decode()
    assert text.index(late.number) < text.index("Number 1")
    overdue = client.get(reverse("workbench:cases") + "?state=open&overdue=on")
    assert "Number 1" not in overdue.content.decode()


def test_the_case_page_costs_a_known_number_of_queries(
    desk, client, django_assert_max_num_queries
):
    case = desk.investigating()
    client.force_login(desk.one)
    with django_assert_max_num_queries(75):
        assert client.get(reverse("workbench:case", args=[case.pk])).status_code == 200


def test_home_shows_my_tasks_and_what_ends_soon(desk, client):
    case = desk.filed()
    desk.to_day(case.clocks.get(rule__endswith="decision").due_on + timedelta(days=1))
    text = page(client, desk.one, "home").content.decode()
    assert case.number in text
    empty = page(client, desk.intake, "home").content.decode()
    assert "No period is overdue." in empty


def test_serving_the_notice_shows_its_code_once(desk, client):
    case = desk.reviewed()
    party = desk.respondent(case)
    typed = {
        "party": party.pk,
        "method": "direct",
        "sent_on": "2026-03-02",
        "received_on": "2026-03-02",
        "receiver": "the manager",
        "proof": SimpleUploadedFile("receipt.txt", b"signed by the manager"),
    }
    answer = post(client, desk.one, "notify", case, typed)
    assert answer.status_code == 200
    party.refresh_from_db()
    assert len(party.notice_code_hash) == 64
    assert party.notice_code_hash not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_notifications_say_what_happened_and_are_read_by_a_click(desk, client):
    desk.filed()
    text = page(client, desk.two, "notifications").content.decode()
    assert "You were added to the team of a case." in text
    client.post(reverse("workbench:notifications"))
    assert not desk.two.notifications.filter(read_at=None).exists()
