"""The manifest of a folder: every file with its size and SHA-256, in one fixed order.

Each line of a file is that of BagIt (RFC 8493, section 2.1.3) and of `sha256sum`, which
passes over the lines with sizes: `sha256sum -c` in the folder checks it. Two folders
that hold the same files have the same manifest, byte by byte.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from hufu.base.errors import Refusal

HEADER = "# hufu-manifest-v1: {files} files, {size} bytes\n"
BLOCK = 1024 * 1024
# A name that is swapped for a link or a pipe meanwhile is neither followed nor awaited.
FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


def write_manifest(folder: Path) -> bytes:
    """Return the manifest; refuse what a manifest cannot tell without a doubt."""
    lines, total = [], 0
    for name, path in sorted((_name(folder, path), path) for path in _files(folder)):
        digest, size = _measure(path)
        lines.append(
            f"# {size} bytes\n".encode() + f"{digest}  ".encode() + name + b"\n"
        )
        total += size
    if not lines:
        raise Refusal("folder_empty", _("There is no file in this folder."))
    return HEADER.format(files=len(lines), size=total).encode() + b"".join(lines)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_stop):
        for name in folders:
            if Path(place, name).is_symlink():
                raise _link(Path(place, name))
        yield from (Path(place, name) for name in files)


def _stop(error: OSError) -> None:
    raise error


def _name(folder: Path, path: Path) -> bytes:
    """Return the path as it stands in the manifest; its bytes give the order."""
    name = path.relative_to(folder).as_posix()
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in name):
        message = _(
            "The name %(name)s holds characters that cannot stand in a manifest. "
            "Rename it."
        )
        raise Refusal("name_invalid", message % {"name": ascii(name)})
    return name.encode()


def _measure(path: Path) -> tuple[str, int]:
    if path.is_symlink():
        raise _link(path)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, FLAGS), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            message = _("%(path)s is no file. Take it out of the folder.")
            raise Refusal("not_a_file", message % {"path": path})
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
        after = os.fstat(file.fileno())
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, size):
        message = _("%(path)s was changed while it was read. Try again.")
        raise Refusal("file_changed", message % {"path": path})
    return digest.hexdigest(), size


def _link(path: Path) -> Refusal:
    message = _(
        "%(path)s is a link: what it points to may change. Put the file itself there, "
        "or take the link out."
    )
    return Refusal("link_found", message % {"path": path})
