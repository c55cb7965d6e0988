"""One infringement through the pages: reported, decided, published, in both languages.

Every act is a click of its person on the page that offers it. Days pass between them.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

import offices
from browser.clock import clock_at
from browser.harness import check_axe, check_layout, go
from browser.people import PAPER, PHOTO, Officer, fill, follow, send_report
from casework import Desk
from hufu.base.journal import sequence_entries, verify_journal
from hufu.domain.cases.models import Case
from hufu.domain.leads.models import Lead
from hufu.domain.publication.models import Notice
from hufu.domain.remedies.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Copied tea tins at the night market (fictional)"
SHOP = "Lucky Stall Ltd (fictional)"
OTHER = {"en": "zh-hans", "zh-hans": "en"}
LAWFUL = {"en": "Art. 60", "zh-hans": "第六十条"}


@pytest.fixture
def town(now, storage, window, request):
    """Give the people of an office, their windows, and a clock to move."""
    with clock_at(now) as clock:
        desk = Desk(now, storage)
        yield SimpleNamespace(desk=desk, clock=clock, window=window)


def staff(town, language):
    desk = town.desk
    people = {"one": desk.one, "two": desk.two, "reviewer": desk.reviewer}
    people |= {"director": desk.director, "intake": desk.intake}
    return SimpleNamespace(
        **{
            name: Officer(town.window(language=language), account)
            for name, account in people.items()
        }
    )


def check(window):
    """Look at a page that stands only at this point of a case."""
    check_layout(window)
    check_axe(window)


def day(town):
    return timezone.localdate(town.clock.at).isoformat()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_report_without_a_name_takes_three_pages_and_its_receipt_leads_back(
    town, language, scripts
):
    reporter = town.window(language=language, scripts=scripts, width=390)
    code = send_report(reporter, title=TITLE, seller=SHOP)
    lead = Lead.objects.get()
    assert (lead.title, lead.anonymous, lead.reporter_name) == (TITLE, True, "")
    assert lead.attachments.count() == 1
    page = follow(reporter, code)
    assert page.locator("main").get_by_text(TITLE).is_visible()
    page.locator("#text").fill("The stall was there again today.")
    go(page.locator("button[value='message']"))
    assert page.get_by_text("The stall was there again today.").is_visible()
    # The language was chosen by the test; a report leaves nothing else behind.
    kept = {cookie["name"] for cookie in page.context.cookies()}
    assert kept == {"django_language"}


def test_an_officer_signs_in_with_a_password_and_accepts_in_two_clicks(town):
    offices.report(town.clock.at, title=TITLE)
    page = town.window(scripts=False).open(reverse("workbench:leads"))
    fill(page, login=town.desk.intake.username, password="a long password of a test")
    go(page.locator("main form button[type='submit']").first)
    go(page.get_by_role("link", name=TITLE))
    go(page.locator("button[value='accept']"))
    assert Lead.objects.get().state == "accepted"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_one_infringement_goes_from_the_report_to_the_published_decision(
    town, language
):
    people = staff(town, language)
    reporter = town.window(language=language)
    code = send_report(reporter, title=TITLE, seller=SHOP)
    check(reporter)
    case = open_case(town, people)
    investigate(town, people, case)
    door = notify(town, people, case)
    answer_notice(town, people, case, door, language)
    decide(town, people, case, language)
    publish(town, people, case)
    read_as_stranger(town, OTHER[language])
    answer_reporter(town, people)
    page = follow(reporter, code)
    assert page.get_by_text("A decision was taken and published.").is_visible()
    while sequence_entries(at=town.clock.at):
        pass
    assert list(verify_journal()) == []


def open_case(town, people):
    """Accept the lead, open a case from it, approve its filing, name the team."""
    page = people.intake.open("workbench:leads")
    go(page.get_by_role("link", name=TITLE))
    go(page.locator("button[value='accept']"))
    town.clock.later(days=1)
    page = people.one.open("workbench:lead", Lead.objects.get().pk)
    go(page.locator("main a[href*='/cases/open/']"))
    reason = "A test purchase shows the mark on goods of another maker."
    fill(page, reason=reason, respondent_kind="company", respondent_name=SHOP)
    go(page.locator("main form .form-actions button"))
    people.one.settle("open")
    case = Case.objects.get()
    people.director.open("workbench:case", case.pk)
    people.director.act("file")
    for officer, duty in ((people.two, "handler"), (people.reviewer, "reviewer")):
        account = str(officer.account.pk)
        people.director.act("join", account=account, duty=duty, reason="assigned")
    return case


def investigate(town, people, case):
    """Two officers find what becomes exhibits; the respondent may see the first."""
    town.clock.later(days=1)
    people.one.open("workbench:case", case.pk)
    people.one.act("investigate")
    purpose = "The goods bear the mark."
    choices = people.one.unfold("add_exhibit").locator("[name='item'] option")
    first = choices.nth(1).get_attribute("value")
    people.one.open("workbench:case", case.pk)
    people.one.act("add_exhibit", item=first, purpose=purpose)
    people.one.act("add_exhibit", file=PHOTO, purpose="What the officers saw.")
    box = people.one.unfold("disclose")
    shown = box.locator("[name='shown']")
    if not shown.first.is_checked():
        shown.first.check()
    go(box.locator("form button").last)
    people.one.settle("disclose")
    people.one.act(
        "propose_decision",
        violation="Sold 200 tins bearing the mark. (fictional)",
        grounds="Trademark Law, articles 57 and 60",
        proposal="An order to stop and a fine",
        fine="60000",
    )
    people.one.act("submit", report="The facts are established.")
    people.reviewer.open("workbench:case", case.pk)
    people.reviewer.act("review", opinion="Facts and law agree.")


def notify(town, people, case):
    """Serve the notice; its code is shown once."""
    town.clock.later(days=1)
    people.one.open("workbench:case", case.pk)
    party = str(case.parties.get(role="respondent").pk)
    served = {"method": "direct", "sent_on": day(town), "received_on": day(town)}
    page = people.one.act(
        "notify", party=party, receiver="the manager", proof=PAPER, **served
    )
    check(people.one.window)
    return page.locator("[data-copy-source]").inner_text()


def answer_notice(town, people, case, code, language):
    """Let the respondent read the file and answer it; an officer answers that."""
    town.clock.later(days=2)
    page = town.window(language=language, width=390).open(reverse("portal:case-door"))
    fill(page, code=code.lower())
    go(page.locator("main form button"))
    assert page.get_by_text("Sold 200 tins bearing the mark.").is_visible()
    assert page.get_by_text("The goods bear the mark.").is_visible()
    words = "We bought the tins in good faith. (fictional)"
    fill(page, kind="statement", body=words, uploads=PAPER)
    go(page.locator("form[action$='/send/'] button"))
    assert page.get_by_text(words).is_visible()
    people.one.open("workbench:case", case.pk)
    people.one.act("answer", answer="No invoice was shown. (fictional)")
    page.reload()
    assert page.get_by_text("No invoice was shown.").is_visible()


def decide(town, people, case, language):
    """Draft inside the lawful range, where nothing else is taken; sign and serve."""
    town.clock.later(days=12)
    page = people.one.open("workbench:case", case.pk)
    go(page.locator("main a[href$='/decision/']").first)
    occurred = (town.clock.at - timedelta(days=20)).date().isoformat()
    fill(page, rule="trademark_infringement", acted_on=occurred)
    fill(page, illegal_turnover="20000", fine="900000")
    fill(page, findings_en="Tins were sold.", findings_zh="经查，当事人销售茶叶罐。")
    fill(page, reasons_en="This infringes.", reasons_zh="上述行为侵犯商标权。")
    fill(page, order_en="Stop the sale.", order_zh="责令停止销售。", order=True)
    save = page.locator("main form button.btn-primary")
    go(save)
    assert LAWFUL[language] in page.locator(".error-summary").inner_text()
    check(people.one.window)
    assert page.locator("[name='findings_zh']").input_value().startswith("经查")
    fill(page, fine="60000")
    go(save)
    people.one.settle("draft")
    decision = Decision.objects.get()
    for officer, verb in (
        (people.reviewer, "review"),
        (people.director, "approve"),
        (people.one, "issue"),
    ):
        officer.open("workbench:decision", decision.pk)
        officer.act(verb)
    served = {"method": "direct", "sent_on": day(town), "received_on": day(town)}
    party = str(case.parties.get(role="respondent").pk)
    people.one.act("serve", party=party, receiver="manager", proof=PAPER, **served)
    decision.refresh_from_db()
    assert decision.served_on


def publish(town, people, case):
    """Draft the notice; a second officer reads, confirms and publishes it."""
    town.clock.later(days=1)
    page = people.one.open("workbench:decision", Decision.objects.get().pk)
    go(page.locator("main a[href$='/notice/']"))
    check(people.one.window)
    go(page.locator("main form .form-actions button"))
    people.one.settle("notice")
    notice = Notice.objects.get()
    people.one.open("workbench:notice", notice.pk)
    assert not people.one.page.locator("form[action$='/acts/confirm/']").count()
    people.reviewer.open("workbench:notice", notice.pk)
    people.reviewer.press("confirm")
    people.reviewer.press("publish")
    notice.refresh_from_db()
    assert (notice.state, notice.decision.case_id) == ("published", case.pk)


def read_as_stranger(town, language):
    """Find the decision on the public list and read it in the other language."""
    page = town.window(language=language).open(reverse("portal:publications"))
    go(page.locator("main table a").first)
    words = {"en": "Tins were sold.", "zh-hans": "当事人销售茶叶罐"}[language]
    assert page.locator("html").get_attribute("lang") == language
    assert page.get_by_text(words).first.is_visible()
    assert page.get_by_text(SHOP).first.is_visible()


def answer_reporter(town, people):
    """Tell the reporter, through the lead, what came of it."""
    page = people.intake.open("workbench:lead", Lead.objects.get().pk)
    box = page.locator("details.act:has(button[value='message'])")
    box.locator("summary").click()
    box.locator("textarea").fill("A decision was taken and published.")
    go(box.locator("button[value='message']"))
    people.intake.settle("message")
