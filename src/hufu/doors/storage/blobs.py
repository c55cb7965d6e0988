"""The store of files on disk: one file per SHA-256, sealed, written all or not."""

import hashlib
import io
import os
import re
import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.storage import Readable, Stored
from hufu.doors.storage.arrivals import sync_folder
from hufu.doors.storage.media import sniff_type, strip_metadata
from hufu.doors.storage.sealing import SealedReader, SealedWriter

MAGIC = b"hufu-blob-1\n"
SALT = 32
KEY = 32
BLOCK = 256 * 1024


class BlobStore:
    """Files under `root`/aa/bb/hash. The name is the SHA-256 of the plain bytes."""

    def __init__(self, root: Path, key: bytes) -> None:
        """Take the folder and the storage key of 32 bytes."""
        self.root, self.key = root, key

    def put(self, stream: Readable, limit: int) -> Stored:
        """Keep the stream's bytes; refuse more than `limit` of them."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        arriving = self.root / f"arriving-{secrets.token_hex(16)}"
        try:
            stored = self._write(arriving, stream, limit)
            place = self.path_of(stored.sha256)
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            arriving.replace(place)
            for folder in (place.parent, place.parent.parent, self.root):
                sync_folder(folder)
        finally:
            arriving.unlink(missing_ok=True)
        return stored

    def _write(self, path: Path, stream: Readable, limit: int) -> Stored:
        digest, size, salt = hashlib.sha256(), 0, secrets.token_bytes(SALT)
        with path.open("xb") as file:
            path.chmod(0o600)
            file.write(MAGIC + salt)
            with SealedWriter(file, self._key_of(salt)) as sealed:
                while block := stream.read(BLOCK):
                    size += len(block)
                    if size > limit:
                        raise Refusal(
                            "file_too_large",
                            _("The file is larger than %(limit)d MB.")
                            % {"limit": limit // (1024 * 1024)},
                        )
                    digest.update(block)
                    sealed.write(block)
            file.flush()
            os.fsync(file.fileno())
        return Stored(digest.hexdigest(), size)

    def open(self, sha256: str) -> BinaryIO:
        """Give the bytes back, to be read once from the start.

        Raises FileNotFoundError where the store has no such file, and Damaged while
        reading one that was changed on disk.
        """
        file = self.path_of(sha256).open("rb")
        head = file.read(len(MAGIC) + SALT)
        reader = SealedReader(file, self._key_of(head[len(MAGIC) :]))
        return io.BufferedReader(reader, BLOCK)

    def type_of(self, sha256: str) -> str:
        """Say by its bytes, not by its name, which media type a file is."""
        with self.open(sha256) as stream:
            return sniff_type(stream)

    def working_copy(self, sha256: str) -> Stored | None:
        """Keep a copy without metadata; None where the type allows no safe one."""
        with self.open(sha256) as stream:
            copy = strip_metadata(stream, self.type_of(sha256))
        return None if copy is None else self.put(io.BytesIO(copy), len(copy))

    def remove(self, sha256: str) -> None:
        """Destroy a file for good, when its term of retention has passed."""
        place = self.path_of(sha256)
        place.unlink(missing_ok=True)
        if place.parent.is_dir():
            sync_folder(place.parent)

    def path_of(self, sha256: str) -> Path:
        """Say where a file lies. Only a SHA-256 names one, never a path."""
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def _key_of(self, salt: bytes) -> bytes:
        return HKDF(hashes.SHA256(), KEY, salt, b"hufu blob").derive(self.key)


def read_key(name: str, text: str) -> bytes:
    """Decode a key as `./hufu manage make_keys` writes it: 32 bytes in Base64."""
    try:
        key = b64decode(text, validate=True)
    except NotBase64:
        key = b""
    if len(key) != KEY:
        raise ImproperlyConfigured(
            f"{name} is missing or is not 32 bytes in Base64. "
            "`./hufu manage make_keys` makes one under HUFU_HOME/keys."
        )
    return key


def blob_store() -> BlobStore:
    """Open the store of this installation."""
    key = read_key("HUFU_STORAGE_KEY", settings.HUFU_STORAGE_KEY)
    return BlobStore(settings.HUFU_HOME / "blobs", key)
