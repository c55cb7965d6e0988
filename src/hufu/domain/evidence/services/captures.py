"""Captures of web pages: asked for by an officer, then kept as items, or failed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, open_record
from hufu.domain.evidence.files import KeptFile
from hufu.domain.evidence.models import Capture, Item
from hufu.domain.evidence.services.deposits import ItemFacts, deposit_kept
from hufu.domain.evidence.workflow import CAPTURE
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


@dataclass(frozen=True)
class CaptureFacts:
    """Which page, what for, and which record wants it: `case:id` or `lead:id`."""

    url: str
    purpose: str
    about: str = ""


@dataclass(frozen=True)
class CaptureFiles:
    """What came of a capture: the record's outline, the WACZ file, the screenshot.

    Both files lie in the store already. Of a page that did not come there is no
    screenshot; where nothing was tried, or it was too large, there is no file.
    """

    outline: dict[str, Any]
    archive: KeptFile | None = None
    screenshot: KeptFile | None = None


NO_FILES = CaptureFiles({})


@dataclass(frozen=True)
class CaptureFailure:
    """Why no page came, what it is about, and what went over the wire until then."""

    code: str
    detail: str = ""
    files: CaptureFiles = NO_FILES


@transaction.atomic
def ask_capture(*, actor: Account, at: datetime, facts: CaptureFacts) -> Capture:
    """Ask for a page. Who asks is the collector, and says what it is needed for."""
    if not actor.holds(Permission.EVIDENCE_CAPTURE) or actor.agency is None:
        raise Refusal("no_permission", _("Your role does not include this act."))
    if not facts.purpose.strip():
        raise Refusal("reason_missing", _("Say what the page is needed for."))
    _check_address(facts.url)
    capture = Capture(
        state=Capture.State.ASKED,
        agency=actor.agency,
        account=actor,
        url=facts.url,
        purpose=facts.purpose,
        about=facts.about,
        asked_at=at,
    )
    said = {
        "url_sha256": digest_of(facts.url),
        "purpose_sha256": digest_of(facts.purpose),
    }
    if facts.about:
        said["about"] = facts.about
    return open_record(capture, "ask", actor=actor, at=at, facts=said)


@transaction.atomic
def keep_capture(
    *, actor: Account, at: datetime, capture: Capture, files: CaptureFiles
) -> Capture:
    """Keep what was captured as two items; their custody begins with the collector."""
    archive, shot = files.archive, files.screenshot
    if archive is None or shot is None:
        raise Refusal("file_missing", _("A capture is kept with both its files."))
    said = {**_facts(archive), "screenshot_sha256": shot.sha256}
    CAPTURE.take("keep", capture, actor=actor, at=at, facts=said)
    capture.item = _item(capture, archive, "wacz", actor=actor, at=at)
    capture.picture = _item(capture, shot, "png", actor=actor, at=at)
    capture.outline, capture.ended_at = files.outline, at
    capture.save(update_fields=["item", "picture", "outline", "ended_at"])
    return capture


@transaction.atomic
def fail_capture(
    *, actor: Account, at: datetime, capture: Capture, failure: CaptureFailure
) -> Capture:
    """Note for good why no page could be captured; keep what came until then."""
    archive = failure.files.archive
    said = {"failure": failure.code, **(_facts(archive) if archive else {})}
    CAPTURE.take("fail", capture, actor=actor, at=at, facts=said)
    if archive:
        capture.item = _item(capture, archive, "wacz", actor=actor, at=at)
    capture.failure, capture.detail = failure.code, failure.detail[:200]
    capture.outline, capture.ended_at = failure.files.outline, at
    capture.save(update_fields=["item", "failure", "detail", "outline", "ended_at"])
    return capture


def _facts(archive: KeptFile) -> dict[str, Any]:
    return {"sha256": archive.sha256, "size": archive.size}


def _item(
    capture: Capture, kept: KeptFile, ending: str, *, actor: Account, at: datetime
) -> Item:
    """Make a file of the capture an item, with the collector's first link."""
    facts = ItemFacts(
        f"{capture.host} {capture.reference}.{ending}",
        description=capture.purpose,
        source=capture.url[:200],
    )
    return deposit_kept(
        actor=actor, at=at, kept=kept, facts=facts, agency=capture.agency
    )


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = _("Give the whole address of the page: it begins with https://.")
        raise Refusal("no_address", message)
    if "@" in parts.netloc:
        message = _("Leave the password out of the address: it would be kept with it.")
        raise Refusal("no_address", message)
