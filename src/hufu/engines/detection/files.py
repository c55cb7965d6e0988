"""Index files: written through a function, mapped from a folder, refused when wrong."""

import hashlib
import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from hufu.engines.detection import tables
from hufu.engines.detection.index import Index
from hufu.engines.detection.native.store import Store
from hufu.engines.detection.segments import Segment
from hufu.engines.detection.tables import Array

FORMAT = 4
MANIFEST = "index.json"
_MAGIC = b"hufu-ix\n"
_ALIGNED = 64
_PIECE = 1 << 24
_COLUMNS = ("sets", "set_of", "watched", "facts", "fact_ends")

# Writes a file whole or not at all: beside it, to the disk, then under its name.
Put = Callable[[str, Iterable[bytes]], None]


class IndexFileError(Exception):
    """An index file that must not be used: damaged, cut short, of another version."""


def write_index(index: Index, put: Put) -> str:
    """Write the segments, then the list of them; give the version of the index.

    The list is the commit point: a crash before it leaves the old index in force.
    """
    named = []
    for number, segment in enumerate(index.segments):
        name = f"{_digest(segment)}.segment"
        put(name, _parts_of_file(segment))
        gone = sorted(index.gone.get(number, ()))
        named.append({"file": name, "marks": len(segment), "gone": gone})
    told = {"format": FORMAT, "matcher": index.weights.matcher, "segments": named}
    listed = json.dumps(told, sort_keys=True).encode()
    put(MANIFEST, [listed])
    return hashlib.sha256(listed).hexdigest()


def open_index(folder: Path) -> Index:
    """Map an index; every file is compared with its hash first."""
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_bytes())
        wanted = told["format"], told["matcher"], told["segments"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFileError(f"{path}: no list of segments") from error
    version, matcher, named = wanted
    weights = Index(()).weights
    if (version, matcher) != (FORMAT, weights.matcher):
        ours = f"this is {FORMAT} for {weights.matcher}"
        message = f"{path}: format {version} for {matcher}, {ours}"
        raise IndexFileError(message)
    segments = tuple(open_segment(folder / row["file"]) for row in named)
    gone = {at: frozenset(row["gone"]) for at, row in enumerate(named) if row["gone"]}
    return Index(segments, gone, weights)


def open_segment(path: Path) -> Segment:
    """Map one segment."""
    try:
        held = np.memmap(path, np.uint8, "r")
    except (OSError, ValueError) as error:
        raise IndexFileError(f"{path}: cannot be read") from error
    header, begun = _header(path, held)
    body = held[begun:]
    if body.size != header["size"]:
        message = f"{path}: cut short, {body.size:,} of {header['size']:,} bytes"
        raise IndexFileError(message)
    if _hash(body) != header["sha256"]:
        raise IndexFileError(
            f"{path}: damaged, its content is not the one it was written with"
        )
    parts = {name: _mapped(body, row) for name, row in header["parts"].items()}
    store = Store(**{name: parts[name] for name in Store._fields})
    return Segment(store, **{name: parts[name] for name in _COLUMNS})


def _header(path: Path, held: Array) -> tuple[Mapping[str, Any], int]:
    """Read the header, and where the body begins."""
    start = held[: len(_MAGIC) + 8].tobytes()
    if len(start) < len(_MAGIC) + 8 or not start.startswith(_MAGIC):
        raise IndexFileError(f"{path}: not an index file")
    version, size = struct.unpack("<II", start[len(_MAGIC) :])
    if version != FORMAT:
        raise IndexFileError(f"{path}: format {version}, this is {FORMAT}")
    text = held[len(start) : len(start) + size].tobytes()
    try:
        header = json.loads(text)
    except ValueError as error:
        raise IndexFileError(f"{path}: damaged header") from error
    if header.pop("check", "") != hashlib.sha256(_plain(header)).hexdigest():
        raise IndexFileError(f"{path}: damaged header")
    if header["tables"] != tables.version():
        raise IndexFileError(
            f"{path}: made with other tables of letters, build it again"
        )
    return header, _rounded(len(start) + size)


def _arrays(segment: Segment) -> dict[str, Array]:
    """Give every array of a segment by its name."""
    columns = {name: getattr(segment, name) for name in _COLUMNS}
    return {**segment.store._asdict(), **columns}


def _plain(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, sort_keys=True).encode()


def _rounded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _body(arrays: Mapping[str, Array]) -> Iterator[bytes]:
    """Give the arrays end to end, each aligned, in pieces."""
    for array in arrays.values():
        plain = np.ascontiguousarray(array).view(np.uint8).reshape(-1)
        for at in range(0, plain.size, _PIECE):
            yield plain[at : at + _PIECE].tobytes()
        yield bytes(_rounded(plain.size) - plain.size)


def _digest(segment: Segment) -> str:
    digest = hashlib.sha256()
    for piece in _body(_arrays(segment)):
        digest.update(piece)
    return digest.hexdigest()


def _hash(body: Array) -> str:
    digest = hashlib.sha256()
    for at in range(0, body.size, _PIECE):
        digest.update(np.ascontiguousarray(body[at : at + _PIECE]).data)
    return digest.hexdigest()


def _parts_of_file(segment: Segment) -> Iterator[bytes]:
    """Give the whole file in pieces."""
    arrays, parts, at = _arrays(segment), {}, 0
    for name, array in arrays.items():
        parts[name] = {"type": array.dtype.str, "shape": list(array.shape), "at": at}
        at += _rounded(array.nbytes)
    header: dict[str, object] = {
        "parts": parts,
        "size": at,
        "sha256": _digest(segment),
        "tables": tables.version(),
    }
    header["check"] = hashlib.sha256(_plain(header)).hexdigest()
    text = _plain(header)
    start = _MAGIC + struct.pack("<II", FORMAT, len(text)) + text
    yield start + bytes(_rounded(len(start)) - len(start))
    yield from _body(arrays)


def _mapped(body: Array, row: Mapping[str, Any]) -> Array:
    """Give one array as a view of the mapped file."""
    kind = np.dtype(row["type"])
    size = int(np.prod(row["shape"])) * kind.itemsize
    part = body[row["at"] : row["at"] + size]
    array: Array = part.view(kind).reshape(row["shape"])
    return array
