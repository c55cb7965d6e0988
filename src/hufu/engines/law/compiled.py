"""The compiled form of a pack: one text that reads faster, and proves it is whole."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from hufu.engines.law.rulebook import RawFile, read_files, rule_files
from hufu.engines.law.ruling import PackError, from_json, to_json

FORMAT = b"hufu-law-1"
SEAL = 64


def digest_pack(folder: Path) -> str:
    """Return a digest of names and bytes of a pack's files, and of this format."""
    seen = hashlib.sha256(FORMAT)
    for path in rule_files(folder):
        name = path.relative_to(folder).as_posix().encode()
        data = path.read_bytes()
        seen.update(b"%d %d " % (len(name), len(data)) + name + data)
    return seen.hexdigest()


def compile_pack(folder: Path) -> str:
    """Return a pack as one text: a seal over the rest, and its files as JSON."""
    files = {f.name: to_json(f.data) for f in read_files(folder)}
    body = json.dumps(files, ensure_ascii=False, separators=(",", ":"))
    return _seal(body) + body


def read_compiled(text: str) -> Iterator[RawFile]:
    """Read what `compile_pack` gave; raise `PackError` when it is not whole."""
    seal, body = text[:SEAL], text[SEAL:]
    if seal != _seal(body):
        raise PackError("the compiled pack is damaged")
    for name, data in json.loads(body).items():
        yield RawFile(name, from_json(data))


def _seal(body: str) -> str:
    # What is no text at all cannot be what was written.
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
