"""Taking a file in: what it is by its bytes, what it may be called, what is refused."""

import hashlib
import mimetypes
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.storage import Readable, Storage
from hufu.domain.evidence import queries

NAME_LENGTH = 120
ACCEPTED = re.compile(
    r"image/.+|audio/.+|video/.+|text/.+|message/rfc822"
    r"|application/(pdf|zip|json|xml|ogg|mp4|msword|vnd\.ms-.+"
    r"|vnd\.openxmlformats-officedocument\..+|vnd\.oasis\.opendocument\..+)"
)
UNSAFE = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True)
class KeptFile:
    """A file that lies in the store already, and its copy without metadata."""

    sha256: str
    size: int
    media_type: str
    working_sha256: str = ""
    working_size: int = 0
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give plain values, for a draft to remember."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def keep_file(
    *, storage: Storage, stream: Readable, name: str = "", limit: int | None = None
) -> KeptFile:
    """Store the bytes and their working copy. Call it before any transaction.

    `limit` is in bytes; by default it is that of what comes with a form.
    """
    stored = storage.put(stream, limit or settings.HUFU_UPLOAD_LIMIT)
    if stored.size == 0:
        raise Refusal("file_empty", _("The file is empty. Choose it again."))
    media_type = storage.type_of(stored.sha256)
    try:
        check_type(media_type)
    except Refusal:
        if not queries.blob_in_use(stored.sha256):
            # Whoever sends the same is refused, too: nobody waits for these bytes.
            storage.remove(stored.sha256)
        raise
    copy = storage.working_copy(stored.sha256)
    return KeptFile(
        stored.sha256,
        stored.size,
        media_type,
        copy.sha256 if copy else "",
        copy.size if copy else 0,
        clean_name(name) if name else "",
    )


def check_type(media_type: str) -> None:
    """Refuse a kind of file that is not taken in."""
    if not ACCEPTED.fullmatch(media_type):
        raise Refusal(
            "file_type",
            _(
                "This kind of file (%(type)s) cannot be taken. Send a picture, PDF, "
                "text, office document, sound or film, or pack it into a ZIP file."
            )
            % {"type": media_type},
        )


class StatedFile:
    """A stream that must turn out to have the SHA-256 that its sender stated.

    It refuses at its end, so that nothing wrong is stored.
    """

    def __init__(self, stream: Readable, sha256: str) -> None:
        """Take the stream and what was stated; nothing stated is always true."""
        self._stream, self._stated = stream, sha256
        self._digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Read on; at the end, compare."""
        block = self._stream.read(size)
        self._digest.update(block)
        if not block and self._stated not in {"", self._digest.hexdigest()}:
            raise Refusal(
                "sha256_mismatch",
                _(
                    "What arrived has another SHA-256 than was stated, so nothing was "
                    "deposited. It is %(sha256)s. Send the file again."
                )
                % {"sha256": self._digest.hexdigest()},
            )
        return block


def clean_name(name: str) -> str:
    """Keep what a person reads of a file's name; drop paths and hidden characters."""
    visible = "".join(
        c
        for c in name.replace("\\", "/").rsplit("/", 1)[-1]
        if unicodedata.category(c)[0] != "C"
    )
    tidy = UNSAFE.sub("-", visible).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    if dot and len(tidy) > NAME_LENGTH:
        return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending[:10]}"
    return tidy[:NAME_LENGTH] or "file"


def neutral_name(media_type: str) -> str:
    """Name a file by its kind only: a name that was given may tell who gave it."""
    return f"attachment{mimetypes.guess_extension(media_type) or ''}"
