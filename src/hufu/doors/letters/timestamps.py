"""Asking authorities for RFC 3161 timestamps; nothing unverified is handed on."""

import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from hufu.doors.letters import demo_authority
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.timestamps import (
    LARGEST,
    Reply,
    Timestamp,
    make_request,
    read_certificates,
)

PATIENCE = 20.0  # seconds for a whole answer
BLOCK = 16 * 1024
NONCE_BITS = 64
FILE = "authorities.json"


@dataclass(frozen=True)
class Authority:
    """A name, where it listens, its roots in PEM, and whether it is the office's own.

    Without an address it is the demonstration's, which runs here.
    """

    name: str
    url: str
    roots: str
    own: bool


def authorities() -> list[Authority]:
    """Read whom this installation asks; the demonstration's stands beside them."""
    return [*_listed(settings.HUFU_HOME / FILE), *_demonstration()]


def _listed(path: Path) -> Iterator[Authority]:
    try:
        rows = json.loads(path.read_text("utf-8"))
        for row in rows:
            roots = (path.parent / row["roots"]).read_text("ascii")
            yield Authority(row["name"], row["url"], roots, row["own"])
    except FileNotFoundError as error:
        if Path(error.filename) != path:
            raise ImproperlyConfigured(f"{path} names {error.filename}.") from error
    except (ValueError, TypeError, KeyError) as error:
        wanted = '{"name", "url", "roots", "own"}'
        message = f"{path}: expected a list of {wanted}: {error}"
        raise ImproperlyConfigured(message) from error


def _demonstration() -> Iterator[Authority]:
    if roots := demo_authority.roots():
        yield Authority(demo_authority.NAME, "", roots, own=True)


def ask_authority(authority: Authority, data: bytes) -> tuple[bytes, Timestamp]:
    """Have data stamped; return the answer as it came and what it says, verified.

    Only the SHA-256 leaves the house. `ProofError` gives the reason of a refusal.
    """
    digest = hashlib.sha256(data).digest()
    request = make_request(digest, nonce=secrets.randbits(NONCE_BITS))
    raw = _post(authority, request) if authority.url else demo_authority.answer(request)
    trusted = read_certificates(authority.roots.encode())
    return raw, Reply(raw).verify(digest, trusted, request)


def ask_any(data: bytes) -> tuple[Authority, bytes, Timestamp]:
    """Have data stamped by one authority; the office's own is the last one asked.

    `ProofError` gives every reason where nobody answers.
    """
    reasons = []
    for authority in sorted(authorities(), key=lambda one: one.own):
        try:
            return authority, *ask_authority(authority, data)
        except ProofError as error:
            reasons.append(f"{authority.name}: {error}")
    raise ProofError(
        "authority", " ".join(reasons) or "No timestamp authority is configured."
    )


def _post(authority: Authority, body: bytes) -> bytes:
    if not authority.url.startswith(("https://", "http://")):
        raise ProofError("authority", f"{authority.url} is no web address.")
    asked = Request(authority.url, data=body, method="POST")  # noqa: S310 - the scheme was checked
    asked.add_header("Content-Type", "application/timestamp-query")
    until = time.monotonic() + PATIENCE
    try:
        with urlopen(asked, timeout=PATIENCE / 2) as answer:  # noqa: S310 - the scheme was checked
            got = b""
            # `timeout` is for one read; a server that trickles would hold us for good.
            while block := answer.read1(BLOCK):
                got += block
                if len(got) > LARGEST:
                    raise ProofError("authority", "The answer is too long.")
                if time.monotonic() > until:
                    raise ProofError("authority", "The answer takes too long.")
            return got
    except (OSError, HTTPException) as error:
        raise ProofError("authority", f"It did not answer: {error}.") from error
