"""What people do at the pages, by name: the same clicks in every language."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page

from browser.harness import Window, go, sign_in
from offices import PNG

PHOTO = {"name": "photo.png", "mimeType": "image/png", "buffer": PNG}
PAPER = {
    "name": "receipt.txt",
    "mimeType": "text/plain",
    "buffer": b"Signed: the manager (fictional)\n",
}


def fill(within: Page | Locator, **typed: Any) -> None:
    """Type into fields by their names: words, choices, ticks and files."""
    for name, value in typed.items():
        found = within.locator(f"[name='{name}']")
        if isinstance(value, dict):
            found.set_input_files(value)
        elif value is True:
            found.check()
        elif found.evaluate("field => field.tagName") == "SELECT":
            found.select_option(value)
        else:
            found.fill(value)


@dataclass
class Officer:
    """Somebody at the workbench, who signs in anew each day."""

    window: Window
    account: Any
    seen: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.window.page

    def open(self, name: str, *arguments: Any) -> Page:
        """Sign in and open a page."""
        sign_in(self.window, self.account)
        page = self.window.open(reverse(name, args=arguments))
        assert self.window.status == 200, f"{page.url}: {self.window.status}"
        return page

    def act(self, verb: str, **typed: Any) -> Page:
        """Open an act on the page, fill its form, press its button."""
        box = self.unfold(verb)
        fill(box, **typed)
        go(box.locator("form button").last)
        return self.settle(verb)

    def unfold(self, verb: str) -> Locator:
        """Open the box of an act; the form of a case comes when it is asked for."""
        address = f"$='/acts/{verb}/'"
        box = self.page.locator(
            f"details:is([hx-get{address}], :has(form[action{address}]))"
        )
        box.locator("summary").first.click()
        box.locator("form").wait_for()
        return box

    def press(self, verb: str) -> Page:
        """Press the button of an act that asks nothing."""
        go(self.page.locator(f"form[action$='/acts/{verb}/'] button"))
        return self.settle(verb)

    def settle(self, verb: str) -> Page:
        """Look at the page after an act; it carries no error."""
        wrong = self.page.locator(".error-summary")
        assert not wrong.count(), f"{verb}: {wrong.first.inner_text()}"
        assert not self.window.complaints, f"{verb}: {self.window.complaints}"
        return self.page


def send_report(window: Window, **typed: str) -> str:
    """Report without a name, in three pages with a picture; keep the receipt."""
    page = window.open(reverse("portal:report"))
    fill(page, act="counterfeit_mark", right_kind="trademark", region="440300", **typed)
    onward = page.locator("button[name='go'][value='next']")
    go(onward)
    fill(page, details="Twenty tins without a maker's name.", uploads=PHOTO)
    go(onward)
    assert page.get_by_text("photo.png").is_visible()
    fill(page, true=True)
    go(onward)
    code = page.locator("[data-copy-source]").inner_text()
    assert re.fullmatch(r"[0-9A-Z-]{20,}", code)
    return code


def follow(window: Window, code: str) -> Page:
    """Look the report up with its receipt."""
    page = window.open(reverse("portal:follow"))
    fill(page, code=code)
    go(page.locator("main form button"))
    return page
