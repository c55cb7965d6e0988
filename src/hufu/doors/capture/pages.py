"""Capturing one page: the browser behind the proxy, and all of it in one file."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from hufu.doors.capture.addresses import Network
from hufu.doors.capture.binding import Course, bind
from hufu.doors.capture.browser import Visit, view_page
from hufu.doors.capture.egress import Egress
from hufu.doors.capture.outcomes import (
    STANDARD,
    Asked,
    Budget,
    Captured,
    CaptureFailed,
    Limits,
    Seen,
)
from hufu.doors.capture.sealing import NO_OFFICE, Office
from hufu.doors.identity import now

LONGEST = 2000  # characters of an address
GRACE = 30.0  # seconds for the browser beyond the time of the network
INTERNET = Network()


def capture_page(
    asked: Asked,
    folder: Path,
    network: Network = INTERNET,
    limits: Limits = STANDARD,
    office: Office = NO_OFFICE,
) -> Captured:
    """Capture a page into `folder`, which is the caller's to remove.

    Raises CaptureFailed with the reason where there is no page to show, and with what
    went over the wire until then.
    """
    check_address(asked.url)
    began = now()
    wire = folder / "wire"
    wire.mkdir(mode=0o700)
    egress = Egress(wire, network, Budget(limits))
    visit = Visit(asked.url, egress.port, egress.authority.fingerprint, limits)
    course = Course(asked, began, visit)
    egress.start()
    try:
        # A loop of its own: whoever calls may have one already.
        with ThreadPoolExecutor(1, "capture") as pool:
            course.seen = pool.submit(asyncio.run, _in_time(visit)).result()
    except CaptureFailed as failed:
        course.failed = _cause(failed, egress, visit)
    finally:
        egress.stop()
    if course.failed is None:
        return bind(course, folder, egress, office)
    if egress.names.answers or egress.refused:
        course.failed.kept = bind(course, folder, egress, office)
    raise course.failed


def check_address(url: str) -> None:
    """Refuse what is no address of a web page."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:
        known = False
    if not known or not parts.hostname or len(url) > LONGEST or not url.isprintable():
        raise CaptureFailed("no_address", url[:200])
    if parts.username is not None or parts.password is not None:
        raise CaptureFailed("no_address", parts.hostname)


async def _in_time(visit: Visit) -> Seen:
    try:
        async with asyncio.timeout(visit.limits.seconds + GRACE):
            return await view_page(visit)
    except TimeoutError as error:
        raise CaptureFailed("too_slow") from error


def _cause(failed: CaptureFailed, egress: Egress, visit: Visit) -> CaptureFailed:
    """Say why the page did not come: what the proxy refused it, if it did."""
    if failed.code != "no_page" or not visit.trail:
        return failed
    last = visit.trail[-1]
    if any(one.url == last and one.truncated == "time" for one in egress.exchanges):
        return CaptureFailed("too_slow")
    host = urlsplit(last).hostname
    for refused in reversed(egress.refused):
        if refused.host.strip("[]") == host:
            return CaptureFailed(refused.code, refused.detail)
    return failed
