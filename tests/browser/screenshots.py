"""Make docs/screenshots: a fresh demonstration, photographed page by page.

`.venv/bin/python tests/browser/screenshots.py [NAME …]` (it needs Chromium; two
minutes). Who looks at a page is somebody of the demonstration; all of it is fictional.
"""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "docs" / "screenshots"
VARIANTS = (("en", 1440), ("zh-hans", 1440), ("zh-hans", 390))
# Tall pages are cut: a picture is to be looked at beside the text.
HEIGHTS = {1440: 1300, 390: 1600}
COLOURS = 96
PATIENCE = 60
DEADLINE = (
    "/tools/deadline/?rule=deadlines.penalty.decision&start=2026-09-28"
    "&stop1=hearing&stop1_from=2026-10-10&stop1_to=2026-10-20"
)
THRESHOLD = (
    "/tools/threshold/?offence=counterfeit_mark&on=2019-05-01"
    "&decided_on=2026-05-01&f_illegal_business_volume=260000"
)
# Name of the picture: who looks, the page, and the link to follow from there.
PAGES = {
    "home": ("", "/", ""),
    "report": ("", "/report/", ""),
    "rights-search": ("", "/rights/?register=demo", ""),
    "tool-deadline": ("", DEADLINE, ""),
    "tool-threshold": ("", THRESHOLD, ""),
    "tools": ("", "/tools/", ""),
    "publication": ("", "/publications/", "main table a"),
    "oversight": ("", "/oversight/", ""),
    "my-rights": ("holder", "/my/rights/", ""),
    "workbench-home": ("li", "/workbench/", ""),
    "workbench-inbox": ("intake", "/workbench/leads/", ""),
    "workbench-lead": ("intake", "/workbench/leads/", "main table [data-open]"),
    "workbench-case": ("li", "/workbench/cases/", "main table tbody a"),
    "workbench-decision": ("li", "/workbench/decisions/", "main table [data-open]"),
    "workbench-returns": ("director", "/workbench/returns/", ""),
}


def django(home: Path, port: int, *arguments: str) -> list[str]:
    """Return a command of the product on a home of its own, with its settings."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HUFU_BIND": f"127.0.0.1:{port}",
        "HUFU_ENV": "demo",
        "HUFU_HOME": str(home),
        "PYTHONPATH": str(ROOT / "src"),
    }
    given = [f"{name}={value}" for name, value in settings.items()]
    return ["env", *given, sys.executable, "-m", "django", *arguments]


@contextmanager
def demonstration() -> Iterator[tuple[str, dict[str, str]]]:
    """Make the demonstration and serve it: its address, and everybody's password."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        home = Path(folder)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        subprocess.run(django(home, port, "prepare"), check=True, cwd=ROOT)
        made = django(home, port, "demo")
        said = subprocess.run(
            made, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
        ).stdout
        shown = said.partition("passwords:")[2]
        passwords = dict(re.findall(r"^  ([a-z-]+) +(\S+)$", shown, re.MULTILINE))
        url = f"http://127.0.0.1:{port}"
        with subprocess.Popen(django(home, port, "serve"), cwd=ROOT) as server:
            try:
                wait_for(url)
                yield url, passwords
            finally:
                server.terminate()


def wait_for(url: str) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urlopen(url).close()  # noqa: S310 - our own server
        except URLError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(url)


class Photographer:
    """One browser, a window for each person and variant."""

    def __init__(self, browser: Browser, url: str, passwords: dict[str, str]) -> None:
        self.browser, self.url, self.passwords = browser, url, passwords
        self.states: dict[str, dict] = {}

    def window(self, who: str, language: str, width: int) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN" if language == "zh-hans" else "en-GB",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            storage_state=self.state(who) if who else None,
        )
        chosen = {"name": "django_language", "value": language, "url": self.url}
        context.add_cookies([chosen])
        return context.new_page()

    def state(self, who: str) -> dict:
        """Sign in once a person."""
        if who not in self.states:
            page = self.browser.new_page()
            page.goto(f"{self.url}/account/login/")
            page.fill("[name=login]", who)
            page.fill("[name=password]", self.passwords[who])
            page.click("main form button[type=submit]")
            page.wait_for_load_state()
            self.states[who] = page.context.storage_state()
            page.close()
        return self.states[who]

    def shoot(self, name: str, language: str, width: int) -> Path:
        who, path, link = PAGES[name]
        page = self.window(who, language, width)
        page.goto(f"{self.url}{path}")
        if link:
            page.locator(link).first.click()
            page.wait_for_load_state()
        page.evaluate("document.fonts.ready")
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(tall, HEIGHTS[width])})
        image = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        target = SHOTS / f"{name}.{language}.{width}.png"
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(target, optimize=True)
        page.context.close()
        return target


def main(names: list[str]) -> None:
    """Take the pictures asked for, or all."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("HUFU_CHROMIUM") or shutil.which("chromium")
    # Chromium refuses to run as root with its sandbox on.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demonstration() as (url, passwords), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=options)
        photographer = Photographer(browser, url, passwords)
        for name in names or PAGES:
            for language, width in VARIANTS:
                target = photographer.shoot(name, language, width)
                sys.stdout.write(f"{target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
