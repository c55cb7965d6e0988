"""Binding a capture: archive, index, pages and the capture record in one WACZ."""

import importlib.metadata
import json
import platform
import ssl
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from hufu import VERSION
from hufu.doors.capture.archive import (
    INDEX,
    PAGES,
    WARC,
    Archive,
    Part,
    instant,
    write_wacz,
)
from hufu.doors.capture.browser import Visit
from hufu.doors.capture.egress import Egress
from hufu.doors.capture.outcomes import (
    Asked,
    Captured,
    CaptureFailed,
    Exchange,
    Seen,
)
from hufu.doors.capture.sealing import Office, Seal, compare_clock
from hufu.doors.identity import now

HEADING = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}


@dataclass
class Course:
    """How a capture went: what was asked, when it began, and how it ended."""

    asked: Asked
    began: datetime
    visit: Visit
    seen: Seen | None = None
    failed: CaptureFailed | None = None


def bind(course: Course, folder: Path, egress: Egress, office: Office) -> Captured:
    """Write what came into one signed WACZ; of a failed capture what came till then."""
    ended, seal = now(), Seal(office)
    record = _record(course, egress, ended)
    record |= {"clock": compare_clock(office), "signed_with": seal.described}
    described = json.dumps(record, ensure_ascii=False, indent=2).encode()
    url = record["final_url"]
    warc = folder / "data.warc.gz"
    with warc.open("wb") as file:
        archive = Archive(file)
        archive.add_info(course.began)
        for exchange in _whole(egress.exchanges):
            archive.add_exchange(exchange)
        made = _shown(course.seen) | {"capture": ("application/json", described)}
        for name, (media_type, data) in made.items():
            archive.add_resource(f"urn:{name}:{url}", ended, media_type, data)
    parts: dict[str, Part] = {
        WARC: warc,
        INDEX: "".join(f"{line}\n" for line in sorted(archive.lines)).encode(),
        PAGES: _pages(course).encode(),
    }
    about = {"title": record["title"] or url, "mainPageUrl": url}
    about["mainPageDate"] = instant(course.began)
    path = folder / "capture.wacz"
    write_wacz(path, parts, about, ended, seal)
    picture = course.seen.screenshot if course.seen else b""
    return Captured(path, picture, record, seal.outline)


def _shown(seen: Seen | None) -> dict[str, tuple[str, bytes]]:
    if seen is None:
        return {}
    return {
        "screenshot": ("image/png", seen.screenshot),
        "pdf": ("application/pdf", seen.pdf),
        "dom": ("text/html; charset=utf-8", seen.dom.encode()),
    }


def _pages(course: Course) -> str:
    """List the page that came, or none."""
    lines: list[dict[str, str]] = [HEADING]
    if seen := course.seen:
        at = instant(course.began)
        page = {"id": "page-1", "url": seen.url, "ts": at, "title": seen.title}
        lines.append(page)
    return "".join(f"{json.dumps(one)}\n" for one in lines)


def _whole(exchanges: list[Exchange]) -> list[Exchange]:
    """Leave out requests that never went out: nobody answered at the address."""
    return [one for one in exchanges if one.request.exists()]


def _record(course: Course, egress: Egress, ended: datetime) -> dict[str, Any]:
    """Say how the capture was made, as a court will ask."""
    exchanges, seen, failed = _whole(egress.exchanges), course.seen, course.failed
    outcome = {"code": failed.code, "detail": failed.detail} if failed else None
    return {
        **asdict(course.asked),
        "began": instant(course.began),
        "ended": instant(ended),
        "failure": outcome,
        "final_url": seen.url if seen else course.visit.trail[-1],
        "title": seen.title if seen else "",
        "status": seen.status if seen else 0,
        "complete": bool(seen and seen.complete and not egress.budget.reached),
        "limits": asdict(egress.budget.limits),
        "limits_reached": sorted(egress.budget.reached),
        "software": _software(course.visit),
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


def _software(visit: Visit) -> dict[str, str]:
    return {
        "hufu": VERSION,
        "chromium": visit.browser,
        "playwright": importlib.metadata.version("playwright"),
        "python": platform.python_version(),
        "openssl": ssl.OPENSSL_VERSION,
        "system": platform.platform(),
    }


def outline(done: Captured) -> dict[str, Any]:
    """Give what a person reads of a capture; the whole record lies in the WACZ."""
    record = done.record
    kept = ("began", "ended", "final_url", "title", "status", "complete")
    exchanges, clock = record["exchanges"], record["clock"]
    problems = {one["certificate_problem"] for one in exchanges} - {""}
    return {
        **{name: record[name] for name in kept},
        "limits_reached": record["limits_reached"],
        "parts": len(exchanges),
        "bytes": sum(one["bytes"] for one in exchanges),
        "servers": sorted({one["address"] for one in exchanges}),
        "unencrypted": any(not one["tls"] for one in exchanges),
        "certificate_problems": sorted(problems),
        "refused": [
            one["host"] for one in record["refused"] if one["code"] != "browser_own"
        ],
        "browser": record["software"]["chromium"],
        "software": record["software"],
        "clock": {name: said for name, said in clock.items() if name != "answer"},
        "seal": done.seal,
    }
