"""Judging a WARC file: whether every record is whole and matches its digests."""

import base64
import binascii
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from hufu.engines.proof.chunks import Chunks
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report
from hufu.engines.proof.records import Record, read_records
from hufu.engines.proof.zips import STANDARD

REQUIRED = ("warc-type", "warc-record-id", "warc-date")
DIGESTS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}
WEAK = {"sha1", "md5"}
HEAD_END = b"\r\n\r\n"
CHUNKED = re.compile(rb"(?i)\ntransfer-encoding:[^\r\n]*chunked")
LONGEST_HEAD = 1 << 20
SHOWN = 20


def verify_warc(file: IO[bytes], limit: int = STANDARD.total) -> Report:
    """Read a WARC to its end and report what holds of it."""
    report, counts = Report(), Counter[str]()
    digests = Counter[str]()
    problems: list[str] = []
    try:
        for record in read_records(file, limit):
            counts[record.kind] += 1
            problems += _problems(record, digests)
    except ProofError as error:
        report.fails(error.code, error.message)
    for problem in problems[:SHOWN]:
        report.fails("record", problem)
    if len(problems) > SHOWN:
        report.fails("record", f"… and {len(problems) - SHOWN} more problems.")
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    if report.is_sound:
        report.holds("records", f"{counts.total()} records are whole: {kinds}.")
    _report_digests(report, digests)
    report.open("signature", "A WARC file carries no signature and no timestamp.")
    return report


def _report_digests(report: Report, digests: Counter[str]) -> None:
    good = digests["good"]
    if good:
        report.holds("digests", f"{good} digests agree with the records.")
    if digests["weak"]:
        message = f"{digests['weak']} of them are SHA-1 or MD5: against accident only."
        report.open("weak", message)
    if digests["none"]:
        message = f"{digests['none']} records carry no digest of their own."
        report.open("digests", message)


def _problems(record: Record, digests: Counter[str]) -> list[str]:
    """Read a record's block and say what is wrong with it."""
    headers, number = record.headers, record.number
    problems = [
        f"Record {number} lacks {name}." for name in REQUIRED if name not in headers
    ]
    if "warc-date" in headers and not _is_instant(headers["warc-date"]):
        problems.append(f"Record {number} has no readable date.")
    block = headers.get("warc-block-digest", "")
    payload = headers.get("warc-payload-digest", "")
    if record.kind == "revisit":
        payload = ""  # it is that of the record visited before
    hashing = Hashing(record, block, payload)
    for data in record.blocks():
        hashing.update(data)
    found = hashing.results()
    for name, state in found.items():
        if state == "bad":
            problems.append(f"Record {number}: the {name} digest does not agree.")
        elif state == "unknown":
            problems.append(f"Record {number}: the {name} digest cannot be read.")
        else:
            digests["good"] += 1
            digests["weak"] += state == "weak"
    digests["none"] += not found
    return problems


class Hashing:
    """Hashes a block as a whole, and its payload: what follows the HTTP header.

    Some writers digest a chunked payload as it was sent, others what it carries
    (ISO 28500 means the latter): both are hashed, either may agree.
    """

    def __init__(self, record: Record, block: str, payload: str) -> None:
        self._wanted = {"block": block, "payload": payload}
        self._whole = _hash_named(block)
        self._body = _hash_named(payload)
        self._carried = _hash_named(payload)
        self._chunks: Chunks | None = None
        kind = record.headers.get("content-type", "").lower()
        self._in_head = "application/http" in kind
        self._head = b""

    def update(self, data: bytes) -> None:
        """Take the next bytes of the block."""
        if self._whole:
            self._whole.update(data)
        if not self._body:
            return
        if self._in_head:
            self._head += data
            head, end, data = self._head.partition(HEAD_END)
            if not end and len(head) <= LONGEST_HEAD:
                return
            self._in_head, self._head = False, b""
            self._chunks = Chunks() if CHUNKED.search(head) else None
        self._body.update(data)
        if self._chunks and self._carried:
            self._carried.update(self._chunks.feed(data))

    def results(self) -> dict[str, str]:
        """Say for each digest that is there: good, weak, bad or unknown."""
        found = {}
        carried = self._carried if self._chunks else None
        for name, hashes in (
            ("block", [self._whole]),
            ("payload", [self._body, carried]),
        ):
            if self._wanted[name]:
                found[name] = _state(self._wanted[name], [h for h in hashes if h])
        return found


def _state(wanted: str, hashes: "Sequence[hashlib._Hash]") -> str:
    if not hashes:
        return "unknown"
    algorithm, _, text = wanted.partition(":")
    digest = _decode(text, hashes[0].digest_size)
    if digest not in [found.digest() for found in hashes]:
        return "bad"
    return "weak" if _plain(algorithm) in WEAK else "good"


def _plain(algorithm: str) -> str:
    return algorithm.lower().replace("-", "")


def _hash_named(digest: str) -> "hashlib._Hash | None":
    algorithm = _plain(digest.partition(":")[0])
    if algorithm not in DIGESTS:
        return None
    return hashlib.new(algorithm, usedforsecurity=False)


def _decode(text: str, size: int) -> bytes:
    """Read a digest in base 32, as is usual, or in hex, or in base 64."""
    try:
        if len(text) == 2 * size:
            return bytes.fromhex(text)
        if len(text) == -(-size * 8 // 5):
            return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
        return base64.b64decode(text)
    except (ValueError, binascii.Error):
        return b""


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
