"""The inbox by hand: keys pick and open, buttons triage, also where no script runs."""

import pytest
from django.urls import reverse

import offices
from browser.clock import clock_at
from browser.harness import go
from hufu.domain.leads.models import Lead

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(now):
    """An officer with three new leads, and the clock at their hour."""
    with clock_at(now) as clock:
        office = offices.agency(now)
        account = offices.officer(now, office)
        for number in (1, 2, 3):
            at = clock.later(minutes=1)
            offices.report(at, number, title=f"Stall {number}")
        yield account


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_keys_move_pick_and_open(window, officer):
    page = window(account=officer).open(reverse("workbench:leads"))
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    second = focused(page)
    assert {first, second} < {"Stall 1", "Stall 2", "Stall 3"}
    assert first != second
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("x")
    assert page.locator("[data-item] :checked").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbench/leads/*-*/")
    assert page.locator("h1").inner_text() == first


def test_what_has_the_focus_shows_it(window, officer):
    page = window(account=officer).open(reverse("workbench:leads"))
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert int(width.removesuffix("px")) >= 2


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_picked_leads_are_accepted_together(window, officer, scripts):
    page = window(account=officer, scripts=scripts).open(reverse("workbench:leads"))
    for box in page.locator("[name='pick']").all()[:2]:
        box.check()
    go(page.locator(".bulk-bar button[value='accept']"))
    states = sorted(Lead.objects.values_list("state", flat=True))
    assert states == ["accepted", "accepted", "new"]
