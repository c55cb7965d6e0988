"""The common look holds what it promises, in both languages and on a phone."""

from pathlib import Path

import pytest
from django.urls import clear_url_caches, set_urlconf

from browser import showcase as pages
from browser.gallery import LANGUAGES, WIDTHS
from browser.harness import check_page, go, shoot
from hufu.doors import access

HERE = Path(__file__).parent
PLACES = {
    "portal": "/",
    "portal-wrong": "/?wrong=1",
    "workbench": "/workbench/leads/",
    "paper": "/paper/",
    "sign-in": "/account/login/",
    "404": "/error/404/",
}


@pytest.fixture(autouse=True)
def showcase(settings, monkeypatch):
    settings.ROOT_URLCONF = "browser.showcase"
    settings.HUFU_DEMO = True
    templates = [{**settings.TEMPLATES[0], "DIRS": [HERE / "showcase_templates"]}]
    settings.TEMPLATES = templates
    for name in pages.NAMES:
        monkeypatch.setitem(access.PAGES, name, access.PUBLIC)
    clear_url_caches()
    set_urlconf(None)
    yield
    clear_url_caches()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("place", PLACES)
def test_every_layout_and_component_is_open_to_everybody(
    window, place, width, language
):
    shown = window(width=width, language=language)
    shown.open(PLACES[place])
    check_page(shown, status=int(place) if place.isdigit() else 200)
    shoot(shown, f"look-{place}-{width}-{language}")


def test_the_language_switch_works_without_scripts_and_stays(window):
    shown = window(scripts=False)
    page = shown.open("/rights/?page=2")
    go(page.locator("header .languages").get_by_role("button", name="简体中文"))
    assert page.url.endswith("/rights/?page=2")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    shown.open("/report/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"


def test_an_error_names_its_field_and_leads_there(window):
    page = window().open("/?wrong=1")
    page.get_by_role("alert").get_by_role("link", name="E-mail").click()
    field = page.get_by_label("E-mail")
    assert field.evaluate("field => field === document.activeElement")
    assert field.input_value() == "no address"
    described = field.get_attribute("aria-describedby").split()
    assert "id_email_error" in described
    assert page.locator("#id_email_error").is_visible()


def test_keys_move_through_a_list_and_can_be_switched_off(window):
    page = window().open("/workbench/leads/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "L-2026-000002"
    page.keyboard.press("x")
    assert page.locator("[data-picked]").inner_text() == "(1)"
    page.keyboard.press("?")
    page.get_by_label("Single keys act in lists").uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="L-2026-000002").focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "L-2026-000002"


def test_an_act_asks_once_more_without_scripts(window):
    page = window(scripts=False).open("/")
    assert not page.get_by_text("Withdraw this report?").is_visible()
    page.locator("details.confirmation summary").click()
    assert page.get_by_text("Withdraw this report?").is_visible()


def test_the_menu_opens_on_a_phone_without_scripts(window):
    page = window(width=390, scripts=False).open("/workbench/leads/")
    page.locator("details.site-menu summary").click()
    current = page.locator("details [aria-current=page]")
    assert current.is_visible()
    assert current.get_attribute("href") == "/workbench/leads/"
