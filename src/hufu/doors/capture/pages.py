"""Capturing one page: the browser behind the proxy, and all of it in one file."""

import asyncio
import importlib.metadata
import json
import platform
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from hufu.doors.capture.addresses import Network
from hufu.doors.capture.archive import (
    INDEX,
    PAGES,
    WARC,
    Archive,
    Part,
    instant,
    write_wacz,
)
from hufu.doors.capture.browser import Visit, view_page
from hufu.doors.capture.egress import Egress
from hufu.doors.capture.outcomes import (
    STANDARD,
    Asked,
    Budget,
    Captured,
    CaptureFailed,
    Exchange,
    Limits,
    Seen,
)
from hufu.doors.identity import now

LONGEST = 2000  # characters of an address
GRACE = 30.0  # seconds for the browser beyond the time of the network
INTERNET = Network()


def capture_page(
    asked: Asked,
    folder: Path,
    network: Network = INTERNET,
    limits: Limits = STANDARD,
) -> Captured:
    """Capture a page into `folder`, which is the caller's to remove.

    Raises CaptureFailed with the reason where there is no page to show.
    """
    check_address(asked.url)
    began = now()
    wire = folder / "wire"
    wire.mkdir(mode=0o700)
    egress = Egress(wire, network, Budget(limits))
    visit = Visit(asked.url, egress.port, egress.authority.fingerprint, limits)
    egress.start()
    try:
        # A loop of its own: whoever calls may have one already.
        with ThreadPoolExecutor(1, "capture") as pool:
            seen = pool.submit(asyncio.run, _in_time(visit)).result()
    except CaptureFailed as failed:
        raise _cause(failed, egress, visit) from failed
    finally:
        egress.stop()
    return _bind(asked, folder, egress, seen, began)


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
    host = urlsplit(visit.trail[-1]).hostname
    for refused in reversed(egress.refused):
        if refused.host.strip("[]") == host:
            return CaptureFailed(refused.code, refused.detail)
    return failed


def _bind(
    asked: Asked, folder: Path, egress: Egress, seen: Seen, began: datetime
) -> Captured:
    """Write archive, index, pages and capture record into one WACZ."""
    ended = now()
    record = _record(asked, egress, seen, (began, ended))
    described = json.dumps(record, ensure_ascii=False, indent=2).encode()
    warc = folder / "data.warc.gz"
    with warc.open("wb") as file:
        archive = Archive(file)
        archive.add_info(began)
        for exchange in _whole(egress.exchanges):
            archive.add_exchange(exchange)
        made = {
            "screenshot": ("image/png", seen.screenshot),
            "pdf": ("application/pdf", seen.pdf),
            "dom": ("text/html; charset=utf-8", seen.dom.encode()),
            "capture": ("application/json", described),
        }
        for name, (media_type, data) in made.items():
            archive.add_resource(f"urn:{name}:{seen.url}", ended, media_type, data)
    heading = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    page = {"id": "page-1", "url": seen.url, "ts": instant(began), "title": seen.title}
    lines = "".join(f"{json.dumps(one)}\n" for one in (heading, page))
    parts: dict[str, Part] = {
        WARC: warc,
        INDEX: "".join(f"{line}\n" for line in sorted(archive.lines)).encode(),
        PAGES: lines.encode(),
    }
    about = {"title": seen.title, "mainPageUrl": seen.url}
    path = folder / "capture.wacz"
    write_wacz(path, parts, {**about, "mainPageDate": instant(began)}, ended)
    return Captured(path, seen.screenshot, record)


def _whole(exchanges: list[Exchange]) -> list[Exchange]:
    """Leave out requests that never went out: nobody answered at the address."""
    return [one for one in exchanges if one.request.exists()]


def _record(
    asked: Asked, egress: Egress, seen: Seen, span: tuple[datetime, datetime]
) -> dict[str, Any]:
    """Say how the capture was made, as a court will ask."""
    exchanges = _whole(egress.exchanges)
    return {
        **asdict(asked),
        "began": instant(span[0]),
        "ended": instant(span[1]),
        "clock_offset": "unknown",
        "final_url": seen.url,
        "title": seen.title,
        "status": seen.status,
        "complete": seen.complete and not egress.budget.reached,
        "limits": asdict(egress.budget.limits),
        "limits_reached": sorted(egress.budget.reached),
        "software": _software(seen),
        "responses": "wire bytes, recorded by the proxy",
        "made_here": "screenshot, pdf and dom are what the browser showed",
        "names": [
            {"name": a.name, "addresses": a.addresses, "at": instant(a.at)}
            for a in egress.names.answers.values()
        ],
        "exchanges": [_told(one) for one in exchanges],
        "refused": [asdict(one) for one in egress.refused],
        "certificates": _certificates(exchanges),
    }


def _told(exchange: Exchange) -> dict[str, Any]:
    tls = exchange.tls
    return {
        "url": exchange.url,
        "method": exchange.method,
        "at": instant(exchange.at),
        "address": exchange.address,
        "status": exchange.status,
        "bytes": exchange.size,
        "truncated": exchange.truncated,
        "websocket_bytes_not_kept": exchange.frames,
        "tls": tls.version if tls else "",
        "certificate_problem": tls.problem if tls else "",
    }


def _certificates(exchanges: list[Exchange]) -> dict[str, list[str]]:
    """Give the chain that each host showed, leaf first, as PEM."""
    chains: dict[str, list[str]] = {}
    for one in exchanges:
        if one.tls:
            read = [x509.load_der_x509_certificate(der) for der in one.tls.chain]
            pem = [c.public_bytes(Encoding.PEM).decode() for c in read]
            chains.setdefault(urlsplit(one.url).netloc, pem)
    return chains


def _software(seen: Seen) -> dict[str, str]:
    return {
        "chromium": seen.browser,
        "playwright": importlib.metadata.version("playwright"),
        "python": platform.python_version(),
        "openssl": ssl.OPENSSL_VERSION,
        "system": platform.platform(),
    }


def outline(record: dict[str, Any]) -> dict[str, Any]:
    """Give what a person reads of a capture record; the whole lies in the WACZ."""
    kept = ("began", "ended", "final_url", "title", "status", "complete")
    exchanges = record["exchanges"]
    problems = {one["certificate_problem"] for one in exchanges} - {""}
    return {
        **{name: record[name] for name in kept},
        "limits_reached": record["limits_reached"],
        "parts": len(exchanges),
        "servers": sorted({one["address"] for one in exchanges}),
        "unencrypted": any(not one["tls"] for one in exchanges),
        "certificate_problems": sorted(problems),
        "refused": [
            one["host"] for one in record["refused"] if one["code"] != "browser_own"
        ],
        "browser": record["software"]["chromium"],
    }
