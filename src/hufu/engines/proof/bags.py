"""BagIt (RFC 8493) inside one zip: written in one pass, read without unpacking."""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report
from hufu.engines.proof.zips import STANDARD, Limits, SafeZip, check_path

BASE = "evidence"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARED, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
PAYLOAD = "data/"
# zip knows no time zone; the times that count are inside, signed.
NO_TIME = (1980, 1, 1, 0, 0, 0)
# The seal and its stamp speak about the manifest, so no manifest lists them.
UNLISTED = frozenset({TAGS, "manifest.note", "manifest.tsr"})
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
SHOWN = 20

Blocks = Iterable[bytes]


def write_bag(
    out: BinaryIO,
    payload: Iterable[tuple[str, Blocks]],
    tags: Mapping[str, bytes],
    seal: Callable[[bytes], Mapping[str, bytes]] = lambda _: {},
) -> None:
    """Write a bag: files under `data/`, tag files, manifests.

    `seal` is given the finished manifest and returns tag files that speak about it,
    such as a signature over it.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        found = {path: _write(package, path, blocks) for path, blocks in payload}
        if not all(path.startswith(PAYLOAD) for path in found):
            raise ProofError("bag", f"The payload of a bag lies under {PAYLOAD}.")
        manifest = _lines(found)
        tags = {DECLARED: DECLARATION, **tags, MANIFEST: manifest}
        hashes = {path: _write(package, path, [data]) for path, data in tags.items()}
        _write(package, TAGS, [_lines(hashes)])
        for path, data in seal(manifest).items():
            _write(package, path, [data])


def _lines(found: Mapping[str, str]) -> bytes:
    lines = [f"{digest}  {path}\n" for path, digest in sorted(found.items())]
    return "".join(lines).encode()


def _write(package: zipfile.ZipFile, path: str, blocks: Blocks) -> str:
    check_path(path)
    info = zipfile.ZipInfo(f"{BASE}/{path}", NO_TIME)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    digest = hashlib.sha256()
    with package.open(info, "w", force_zip64=True) as file:
        for block in blocks:
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


class Bag:
    """A bag in a zip. Paths are those inside the bag."""

    def __init__(self, file: BinaryIO, limits: Limits = STANDARD) -> None:
        self._zip = SafeZip(file, limits)
        bases = {name.partition("/")[0] for name in self._zip.names}
        if len(bases) != 1:
            raise ProofError("bag", "The zip does not hold one folder and no more.")
        self._base = bases.pop() + "/"
        self.names = [name.removeprefix(self._base) for name in self._zip.names]
        if DECLARED not in self.names or MANIFEST not in self.names:
            raise ProofError("bag", f"This is no bag: {DECLARED} or {MANIFEST} lacks.")

    def __contains__(self, path: str) -> bool:
        return self._base + path in self._zip

    def blocks(self, path: str) -> Iterator[bytes]:
        """Yield a file's bytes."""
        return self._zip.blocks(self._base + path)

    def read(self, path: str) -> bytes:
        """Return a small file's bytes."""
        return self._zip.read(self._base + path)

    def read_json(self, path: str) -> dict[str, Any]:
        """Return a small file that holds a JSON object."""
        return self._zip.read_json(self._base + path)

    def digest(self, path: str, algorithm: str = "sha256") -> bytes:
        """Hash a file."""
        found = hashlib.new(algorithm)
        for block in self.blocks(path):
            found.update(block)
        return found.digest()

    def check(self, report: Report) -> dict[str, str]:
        """Compare all files with the manifests; return the payload's digests."""
        listed = self._manifest(MANIFEST)
        tags = self._manifest(TAGS)
        wrong = [*self._differences(listed), *self._differences(tags)]
        known = {
            *(name for name in listed if name.startswith(PAYLOAD)),
            *(name for name in tags if not name.startswith(PAYLOAD)),
        }
        stray = sorted({*self.names} - known - UNLISTED)
        wrong += [f"{name} is in no manifest." for name in stray]
        for message in wrong[:SHOWN]:
            report.fails("files", message)
        if len(wrong) > SHOWN:
            report.fails("files", f"… and {len(wrong) - SHOWN} more.")
        if not wrong:
            report.holds("files", f"{len(listed)} files agree with the manifest.")
        return listed

    def _differences(self, listed: Mapping[str, str]) -> Iterator[str]:
        for path, wanted in listed.items():
            if path not in self:
                yield f"{path} is listed, but missing."
            elif self.digest(path).hex() != wanted:
                yield f"{path} was changed: it does not agree with its digest."

    def _manifest(self, path: str) -> dict[str, str]:
        listed: dict[str, str] = {}
        for line in self.read(path).decode("utf-8", "replace").split("\n")[:-1]:
            found = LINE.fullmatch(line)
            if found is None:
                raise ProofError("bag", f"{path}: {line!r} names no file's SHA-256.")
            digest, name = found.groups()
            check_path(name)
            if name in listed:
                raise ProofError("bag", f"{path} lists {name} twice.")
            listed[name] = digest
        return listed
