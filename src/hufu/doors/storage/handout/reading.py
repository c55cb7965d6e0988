"""Verify a Hufu evidence bundle with Python's standard library and openssl alone.

    python3 verify_bundle.py BUNDLE.zip [--key LOG_VKEY] [--roots TSA_ROOTS.pem]

Nothing is unpacked, nothing is sent anywhere. Without --key and --roots the keys are
those that the bundle brings: compare them with what was published.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import tempfile
import unicodedata
import zipfile
import zlib
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Tuple

Known = Dict[bytes, Tuple[bytes, List["Key"]]]

MOST_BYTES, MOST_FILES, MOST_RATIO, TEXT = 16 << 30, 100_000, 250, 64 << 20
# The fixed beginning of an Ed25519 public key in DER (RFC 8410).
DER = bytes.fromhex("302a300506032b6570032100")
UTC = timezone.utc  # noqa: UP017 - a court's Python may be older than ours
ED25519, COSIGNATURE = 1, 4
LAST_SECOND = 253_402_300_799  # of the year 9999
HEX = re.compile(r"[0-9a-f]{64}")
MANIFEST, TAGS, SEAL = "manifest-sha256.txt", "tagmanifest-sha256.txt", "manifest.note"


class Wrong(Exception):  # noqa: N818 - reads as what is said: wrong, and why
    """What does not hold."""


UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error)
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, RuntimeError)
BROKEN = (Wrong, *UNREADABLE, *MALFORMED)


def sha256(*parts: bytes) -> bytes:
    """Hash the parts as one."""
    return hashlib.sha256(b"".join(parts)).digest()


def need(condition: object, message: str) -> None:
    """Stop here unless it is so."""
    if not condition:
        raise Wrong(message)


def unbase64(text: str) -> bytes:
    """Decode base64 in its one canonical spelling."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, f"{text[:60]} is no base64")
    return data


def number(text: str) -> int:
    """Read a decimal number in its one spelling."""
    need(re.fullmatch("0|[1-9][0-9]{0,19}", text), f"{text[:40]} is no number")
    return int(text)


def spell(value: object) -> bytes:
    """Write JSON of texts and truth values in its one spelling (RFC 8785)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def read_json(data: bytes, what: str) -> dict[str, Any]:
    """Read a JSON object that has this one spelling, so that all read the same."""
    value = json.loads(data)
    same = isinstance(value, dict) and spell(value) == data
    need(same, f"{what} is not canonical JSON")
    return dict(value)


class Bundle:
    """The zip, read in place; paths are those inside its one folder."""

    def __init__(self, path: str) -> None:
        """Look at the directory before anything is read."""
        self.zip = zipfile.ZipFile(path)
        infos = self.zip.infolist()
        total = sum(i.file_size for i in infos)
        packed = sum(i.compress_size for i in infos)
        need(len(infos) <= MOST_FILES and total <= MOST_BYTES, "too large: a bomb")
        need(total <= MOST_RATIO * packed + (1 << 20), "too dense: a bomb")
        end = 0
        for info in sorted(infos, key=lambda i: i.header_offset):
            self.check_entry(info)
            need(info.header_offset >= end, f"{info.filename} overlaps: a bomb")
            end = info.header_offset + info.compress_size
        same = {unicodedata.normalize("NFC", i.filename).casefold() for i in infos}
        need(len(same) == len(infos), "two files have the same name")
        names = [i.filename for i in infos if not i.is_dir()]
        bases = {name.split("/")[0] for name in names}
        need(len(bases) == 1, "the zip does not hold one folder")
        self.base = bases.pop() + "/"
        self.names = {name[len(self.base) :] for name in names}

    @staticmethod
    def check_entry(info: zipfile.ZipInfo) -> None:
        """Refuse what leads out, is no plain file, or is packed unusually."""
        name = info.orig_filename
        hidden = any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name)
        bad = {"", ".", ".."} & set(name.rstrip("/").split("/"))
        need(not (bad or hidden or set("\\:") & set(name)), f"the path {name!r}")
        need(info.external_attr >> 28 in (0, 4, 8), f"{name} is a link")
        plain = not info.flag_bits & 1 and info.compress_type in (0, 8)
        need(plain, f"{name} is encrypted or packed unusually")

    def read(self, path: str) -> bytes:
        """Return a small file."""
        need(path in self.names, f"{path} is missing")
        need(self.zip.getinfo(self.base + path).file_size <= TEXT, f"{path} is large")
        return self.zip.read(self.base + path)

    def copy(self, path: str, place: Path) -> str:
        """Put a file where openssl can read it; return its SHA-256."""
        need(path in self.names, f"{path} is missing")
        found = hashlib.sha256()
        with self.zip.open(self.base + path) as file, place.open("wb") as out:
            while block := file.read(1 << 20):
                out.write(block)
                found.update(block)
        return found.hexdigest()

    def digest(self, path: str) -> str:
        """Return a file's SHA-256."""
        return self.copy(path, Path("/dev/null"))

    def manifest(self, name: str) -> dict[str, str]:
        """Compare files with a manifest; return what it lists."""
        listed: dict[str, str] = {}
        for line in self.read(name).decode().split("\n")[:-1]:
            match = re.fullmatch("([0-9a-f]{64}) [ *](.+)", line)
            if match is None:
                raise Wrong(f"{name} cannot be read")
            digest, path = match.groups()
            need(path not in listed, f"{name} lists {path} twice")
            need(self.digest(path) == digest, f"{path} was changed")
            listed[path] = digest
        return listed


def openssl(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run openssl."""
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


class Key:
    """A verifier key: name+id+base64(type, 32 bytes)."""

    def __init__(self, vkey: str) -> None:
        """Read it, and check its id."""
        self.text = vkey
        self.name, key_id, blob = vkey.split("+", 2)
        need(self.name and not re.search(r"\s", self.name), "a key has no name")
        data = unbase64(blob)
        need(len(data) == 33, f"{self.name}: no Ed25519 key")  # noqa: PLR2004 - type and key
        self.kind, self.public = data[0], data[1:]
        need(self.kind in (ED25519, COSIGNATURE), f"{self.name}: unknown type of key")
        self.key_id = sha256(self.name.encode(), b"\n", data)[:4]
        need(self.key_id.hex() == key_id, f"{self.name}: the key has another id")

    def verify(self, text: bytes, signature: bytes) -> None:
        """Check a signature with openssl."""
        message = text
        if self.kind == COSIGNATURE:
            second, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {second}\n".encode() + text
            need(second <= LAST_SECOND, f"{self.name} signed at an impossible time")
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "key").write_bytes(DER + self.public)
            (place / "text").write_bytes(message)
            (place / "sig").write_bytes(signature)
            key = ("-pubin", "-keyform", "DER", "-inkey", place / "key", "-rawin")
            files = ("-in", place / "text", "-sigfile", place / "sig")
            done = openssl("pkeyutl", "-verify", *key, *files)
        need(done.returncode == 0, f"the signature of {self.name} is wrong")


def open_note(raw: bytes, keys: list[Key], known: Known) -> tuple[bytes, list[Key]]:
    """Return the text and the keys that signed; each note once, each key once."""
    if raw in known:
        return known[raw]
    need(not re.search(rb"[\x00-\x09\x0b-\x1f]", raw), "control characters in a note")
    text, blank, lines = raw.rpartition(b"\n\n")
    need(blank and lines.endswith(b"\n"), "the note has no signatures")
    text += b"\n"
    signed: dict[str, Key] = {}
    for line in lines.decode().split("\n")[:-1]:
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        if match is None:
            raise Wrong("a signature line cannot be read")
        blob = unbase64(match[2])
        for key in keys:
            if (key.name, key.key_id) == (match[1], blob[:4]):
                key.verify(text, blob[4:])
                signed.setdefault(key.text, key)
    known[raw] = text, list(signed.values())
    return known[raw]


def climb(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """Compute the root that a proof leads to (RFC 9162 section 2.1.3.2)."""
    need(0 <= index < size, "the index lies outside the tree")
    first, last, digest = index, size - 1, sha256(b"\0", leaf)
    for sibling in proof:
        need(last, "the proof is too long")
        if first & 1 or first == last:
            digest = sha256(b"\1", sibling, digest)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            digest = sha256(b"\1", digest, sibling)
        first, last = first >> 1, last >> 1
    need(last == 0, "the proof is too short")
    return digest


def leaf_of(opening: bytes) -> bytes:
    """Compute the leaf that commits to an opening, by SHA-256 and SM3."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "opening"
        place.write_bytes(opening)
        done = openssl("dgst", "-sm3", "-binary", place)
    need(done.returncode == 0, "openssl here knows no SM3")
    words = f"sha256 {sha256(opening).hex()}\nsm3 {done.stdout.hex()}\n"
    return f"hufu-commitment-v1\n{words}".encode()


def read_hour(reply: Path, token: Path) -> datetime:
    """Read the instant of a stamp: in the signed token, not in the words around it."""
    if openssl("ts", "-reply", "-in", reply, "-token_out", "-out", token).returncode:
        token = reply
    said = openssl("ts", "-reply", "-in", token, "-token_in", "-text").stdout.decode()
    found = re.search(r"^Time stamp: (.*?)(?:\.\d+)?( \d{4})? GMT", said, re.MULTILINE)
    if found is None:
        raise Wrong("the stamp cannot be read")
    words = " ".join((found[1] + (found[2] or "")).split())
    return datetime.strptime(words, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
