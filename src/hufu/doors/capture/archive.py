"""Writing a capture down: WARC 1.1 as it came over the wire, and a WACZ around it."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from uuid import uuid4

from hufu.doors.capture.outcomes import Exchange
from hufu.doors.capture.sealing import SOFTWARE, Seal
from hufu.doors.capture.wire import BLOCK, END, Broken, Head
from hufu.engines.proof.chunks import Chunks

WACZ_VERSION = "1.1.1"
WARC = "archive/data.warc.gz"
INDEX = "indexes/index.cdx"
PAGES = "pages/pages.jsonl"
Part = bytes | Path


def instant(at: datetime) -> str:
    """Write an instant as WARC and WACZ want it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Archive:
    """A WARC that grows record by record, each packed by itself, and its index."""

    file: BinaryIO
    lines: list[str] = field(default_factory=list)

    def add_info(self, at: datetime) -> None:
        """Say what wrote the file."""
        words = f"software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\n"
        head = {"WARC-Type": "warcinfo", "Content-Type": "application/warc-fields"}
        self._add({**head, "WARC-Date": instant(at)}, words.encode())

    def add_exchange(self, exchange: Exchange) -> None:
        """Write what was sent and what came back, byte for byte."""
        about = {"WARC-Target-URI": exchange.url, "WARC-Date": instant(exchange.at)}
        about["WARC-IP-Address"] = exchange.address
        sent, came = _new_id(), _new_id()
        head = {"WARC-Type": "request", "WARC-Record-ID": sent, **about}
        head["WARC-Concurrent-To"] = came
        head["Content-Type"] = "application/http; msgtype=request"
        self._add(head, exchange.request)
        if not exchange.status:
            return
        head = {"WARC-Type": "response", "WARC-Record-ID": came, **about}
        head["WARC-Concurrent-To"] = sent
        head["Content-Type"] = "application/http; msgtype=response"
        if exchange.truncated:
            head["WARC-Truncated"] = exchange.truncated
        answer, payload = payload_of(exchange.response)
        head["WARC-Payload-Digest"] = payload
        mime = answer.get("content-type").partition(";")[0].strip() or "unk"
        facts = {"mime": mime, "status": str(exchange.status), "digest": payload}
        self._add(head, exchange.response, facts)

    def add_resource(self, uri: str, at: datetime, media_type: str, part: Part) -> None:
        """Write something that was made here: a picture, the DOM, the record."""
        head = {"WARC-Type": "resource", "WARC-Target-URI": uri}
        head |= {"WARC-Date": instant(at), "Content-Type": media_type}
        facts = {"mime": media_type, "status": "200", "digest": digest_of(part)}
        self._add(head, part, facts)

    def _add(
        self, head: dict[str, str], part: Part, facts: dict[str, str] | None = None
    ) -> None:
        offset = self.file.tell()
        head.setdefault("WARC-Record-ID", _new_id())
        head["WARC-Block-Digest"] = digest_of(part)
        head["Content-Length"] = str(sum(map(len, blocks(part))))
        lines = [f"{name}: {value}" for name, value in head.items() if value]
        packer = zlib.compressobj(wbits=31)
        start = "\r\n".join(["WARC/1.1", *lines, "", ""]).encode()
        for data in (start, *blocks(part), END):
            self.file.write(packer.compress(data))
        self.file.write(packer.flush())
        if facts:
            length = self.file.tell() - offset
            place = {"length": str(length), "offset": str(offset)}
            url = head["WARC-Target-URI"]
            told = {"url": url, **facts, **place, "filename": Path(WARC).name}
            when = "".join(c for c in head["WARC-Date"][:19] if c.isdigit())
            self.lines.append(f"{key_of(url)} {when} {json.dumps(told)}")


def write_wacz(
    path: Path,
    parts: Mapping[str, Part],
    about: Mapping[str, Any],
    at: datetime,
    seal: Seal,
) -> None:
    """Pack the parts with their digests, signed; an archive lies in it as it is."""
    resources = [
        {
            "name": Path(name).name,
            "path": name,
            "hash": digest_of(part),
            "bytes": sum(map(len, blocks(part))),
        }
        for name, part in parts.items()
    ]
    package = {"profile": "data-package", "wacz_version": WACZ_VERSION}
    package |= {"software": SOFTWARE, "created": instant(at), **about}
    described = json.dumps({**package, "resources": resources}, indent=2).encode()
    digest = digest_of(described)
    signed = seal.signed_data(digest, instant(at))
    closing = {"path": "datapackage.json", "hash": digest, "signedData": signed}
    files = {
        **parts,
        "datapackage.json": described,
        "datapackage-digest.json": json.dumps(closing, indent=2).encode(),
    }
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in files.items():
            entry = zipfile.ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            if name.endswith(".gz"):
                entry.compress_type = zipfile.ZIP_STORED
            with packed.open(entry, "w") as file:
                for data in blocks(part):
                    file.write(data)


def key_of(url: str) -> str:
    """Turn an address round so that an index sorts by site: com,example)/page."""
    parts = urlsplit(url.lower())
    if not parts.hostname:
        return url.replace(" ", "%20")
    name = ",".join(reversed(parts.hostname.removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{name}{port}){parts.path or '/'}{query}"


def payload_of(path: Path) -> tuple[Head, str]:
    """Read an answer's head, and digest what its body carries (ISO 28500, 5.9)."""
    data = path.read_bytes()
    raw, end, body = data.partition(END)
    if not end:
        raise Broken("head")
    head = Head.parse(raw + end)
    return head, digest_of(Chunks().feed(body) if head.chunked else body)


def blocks(part: Part) -> Iterator[bytes]:
    """Give the bytes of a part piece by piece."""
    if isinstance(part, bytes):
        yield part
        return
    with part.open("rb") as file:
        while data := file.read(BLOCK):
            yield data


def digest_of(part: Part) -> str:
    """Write a digest as WARC and WACZ files do."""
    digest = hashlib.sha256()
    for data in blocks(part):
        digest.update(data)
    return f"sha256:{digest.hexdigest()}"


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"
