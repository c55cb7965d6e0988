"""Debian's Chromium for one page: a fresh profile, no privileges, its sandbox on."""

import contextlib
import os
import pwd
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.async_api import Error, Page, Request, async_playwright
from playwright.async_api import TimeoutError as TooSlow

from hufu.doors.capture.outcomes import CaptureFailed, Limits, Seen

WIDTH, HEIGHT = 1366, 900
QUIET = 5.0  # seconds for what a page fetches after it has loaded
FEW = 20.0  # seconds for a picture, a PDF
NO_WEBRTC = """for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection",
  "RTCDataChannel", "RTCIceCandidate", "RTCSessionDescription"])
  delete globalThis[name];"""
TO_THE_END = """async (most) => {
  const end = Math.min(document.documentElement.scrollHeight, most);
  for (let y = 0; y < end; y += 800) {
    window.scrollTo(0, y); await new Promise((done) => setTimeout(done, 60)); }
  window.scrollTo(0, 0); return document.documentElement.scrollHeight; }"""


@dataclass
class Visit:
    """What the browser is told, and which addresses its page went through."""

    url: str
    port: int
    fingerprint: str
    limits: Limits
    trail: list[str] = field(default_factory=list)
    browser: str = ""  # its version, once it runs

    @property
    def options(self) -> list[str]:
        """Give the switches: everything through the proxy, nothing around it."""
        return [
            f"--proxy-server=http://127.0.0.1:{self.port}",
            "--proxy-bypass-list=<-loopback>",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            f"--ignore-certificate-errors-spki-list={self.fingerprint}",
            "--disable-quic",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--disable-background-networking",
            "--disable-component-update",
            "--dns-prefetch-disable",
            "--no-pings",
            "--disable-gpu",
        ]


@contextmanager
def starter() -> Iterator[tuple[Path, Path]]:
    """Give a program that starts the browser without privileges, and its profile."""
    chromium = shutil.which(settings.HUFU_CHROMIUM)
    if chromium is None:
        raise CaptureFailed("no_browser")
    home = Path(tempfile.mkdtemp(prefix="hufu-capture-"))
    try:
        command = [chromium]
        if os.geteuid() == 0:
            command = [*_lowered(home), chromium]
        script = Path(tempfile.mkdtemp(prefix="hufu-starter-")) / "chromium"
        script.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
        script.chmod(0o700)
        try:
            yield script, home
        finally:
            shutil.rmtree(script.parent, ignore_errors=True)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _lowered(home: Path) -> list[str]:
    """Say how root starts a program as somebody who may do nothing here."""
    setpriv = shutil.which("setpriv")
    try:
        user = pwd.getpwnam(settings.HUFU_CAPTURE_USER)
    except KeyError as error:
        raise CaptureFailed("no_user", settings.HUFU_CAPTURE_USER) from error
    if setpriv is None or user.pw_uid == 0:
        raise CaptureFailed("no_user", settings.HUFU_CAPTURE_USER)
    os.chown(home, user.pw_uid, user.pw_gid)
    who = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}"]
    return [setpriv, *who, "--clear-groups", "--no-new-privs"]


async def view_page(visit: Visit) -> Seen:
    """Open the page, wait until it rests, and keep what it shows."""
    with starter() as (script, home):
        environment = {"HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
        environment["PATH"] = os.defpath
        async with async_playwright() as driver:
            try:
                context = await driver.chromium.launch_persistent_context(
                    home,
                    executable_path=script,
                    chromium_sandbox=True,
                    args=visit.options,
                    env={**environment},
                    locale="zh-CN",
                    service_workers="block",
                    accept_downloads=False,
                    viewport={"width": WIDTH, "height": HEIGHT},
                )
            except Error as error:
                raise CaptureFailed("browser_ended", _first_line(error)) from error
            try:
                await context.add_init_script(NO_WEBRTC)
                page = await context.new_page()
                return await _seen(page, visit, context.browser)
            except Error as error:
                raise CaptureFailed("no_page", _first_line(error)) from error
            finally:
                with contextlib.suppress(Error):
                    await context.close()


async def _seen(page: Page, visit: Visit, browser: Any) -> Seen:
    def follow(request: Request) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            visit.trail.append(request.url)

    page.on("request", follow)
    page.set_default_timeout(FEW * 1000)
    visit.browser = browser.version if browser else await _version(page)
    status, complete = await _load(page, visit)
    most = visit.limits.height
    high = min(int(await page.evaluate(TO_THE_END, most)), most)
    with contextlib.suppress(TooSlow):
        await page.wait_for_load_state("networkidle", timeout=QUIET * 1000)
    await page.set_viewport_size({"width": WIDTH, "height": max(high, HEIGHT)})
    return Seen(
        url=page.url,
        title=await page.title(),
        status=status,
        dom=await page.content(),
        screenshot=await page.screenshot(),
        pdf=await page.pdf(print_background=True),
        complete=complete,
    )


async def _load(page: Page, visit: Visit) -> tuple[int, bool]:
    """Go to the page; one that never ends is taken as far as it came."""
    patience = visit.limits.load_seconds * 1000
    try:
        answer = await page.goto(visit.url, wait_until="load", timeout=patience)
    except TooSlow as error:
        if page.url == "about:blank":
            raise CaptureFailed("too_slow") from error
        return 0, False
    except Error as error:
        if "Download is starting" in error.message:
            raise CaptureFailed("download") from error
        raise
    if answer is None:
        raise CaptureFailed("no_page")
    return answer.status, True


async def _version(page: Page) -> str:
    said = str(await page.evaluate("navigator.userAgent"))
    return said.partition("Chrome/")[2].partition(" ")[0]


def _first_line(error: Error) -> str:
    return error.message.partition("\n")[0][:200]
