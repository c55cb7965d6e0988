"""A window of a real browser: open pages, check them, photograph them."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Browser, Locator, Page

from browser.gallery import BACKEND, TAGS

SHOTS = Path(os.environ.get("HUFU_SCREENSHOTS", settings.HUFU_HOME / "screenshots"))

PATIENCE = 12_000  # milliseconds until what is not there counts as missing


@dataclass
class Window:
    """One visitor's browser window and what went wrong in it."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    status: int = 0

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        reply = self.page.goto(f"{self.base}{path}", wait_until="load")
        self.status = reply.status if reply else 0
        self.page.evaluate("document.fonts.ready")
        return self.page

    def keep(self, name: str, value: str) -> None:
        """Give the browser a cookie of the site."""
        cookie = {"name": name, "value": value, "url": self.base}
        self.page.context.add_cookies([cookie])

    def enter(self, session: str) -> None:
        """Take up a session."""
        self.keep(settings.SESSION_COOKIE_NAME, session)

    def listen(self) -> None:
        """Note script errors, blocked content and requests to other hosts."""
        own = urlsplit(self.base).netloc
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda line: (
                self.complaints.append(line.text)
                if line.type == "error" and "status of" not in line.text
                else None
            ),
        )
        self.page.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc in {own, ""}
                else self.complaints.append(f"leaves the house: {request.url}")
            ),
        )


def open_window(
    browser: Browser,
    base: str,
    *,
    width: int = 1440,
    language: str = "en",
    scripts: bool = True,
) -> Window:
    """Open a window of its own, with nothing kept from any other."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="zh-CN" if language == "zh-hans" else "en-GB",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    shown = Window(context.new_page(), base)
    shown.keep(settings.LANGUAGE_COOKIE_NAME, language)
    shown.listen()
    return shown


def sign_in(window: Window, account: AbstractBaseUser) -> None:
    """Give the window the session of an account."""
    client = Client()
    client.force_login(account, backend=BACKEND)
    window.enter(client.cookies[settings.SESSION_COOKIE_NAME].value)


def go(button: Locator) -> None:
    """Click what leads to another page, and wait until that page has come."""
    with button.page.expect_navigation():
        button.click()


def check_page(window: Window, path: str = "", status: int = 200) -> None:
    """Assert that a page opens, obeys WCAG 2.2 AA and has nothing blocked."""
    page = window.open(path) if path else window.page
    assert window.status == status, f"{page.url} answers {window.status}"
    check_axe(window)
    check_layout(window)


def check_axe(window: Window) -> None:
    """Assert that axe finds nothing against WCAG 2.2 AA."""
    page = window.page
    # Axe takes what the lower edge of the window cuts for something covered.
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": tall + 50})
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    wrong = _told(found.response["violations"])
    unsure = _told(found.response["incomplete"], "color-contrast")
    assert not wrong, f"{page.url}: axe finds\n" + "\n".join(wrong)
    assert not unsure, f"{page.url}: contrast unknown\n" + "\n".join(unsure)


def check_layout(window: Window) -> None:
    """Assert that nothing was blocked, nothing failed, nothing sticks out."""
    page = window.page
    assert not window.complaints, f"{page.url}: {window.complaints}"
    wide = page.viewport_size["width"]
    assert fits(page), f"{page.url} is wider than the screen of {wide}"


def _told(rules: list[dict[str, Any]], only: str = "") -> list[str]:
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"
        for rule in rules
        if only in rule["id"]
        for node in rule["nodes"]
        # Of a select it cannot see the ground, for the arrow upon it.
        if not (only and node["html"].startswith("<select"))
    ]


def fits(page: Page) -> bool:
    """Tell whether a page needs no sideways scrolling (WCAG 1.4.10)."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return int(wide) <= 0


def shoot(window: Window, name: str) -> Path:
    """Photograph the whole page into HUFU_SCREENSHOTS/NAME.png."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    target = SHOTS / f"{name}.png"
    page = window.page
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 900})
    page.screenshot(path=target, full_page=True, animations="disabled")
    return target
