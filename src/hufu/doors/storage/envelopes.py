"""A stream sealed to a public key: who makes it cannot open it again."""

import io
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hufu.doors.storage.sealing import Damaged, SealedReader, SealedWriter

MAGIC = b"hufu-sealed-to-x25519-1\n"
PUBLIC, SECRET = "hufu-backup-public-1", "hufu-backup-secret-1"
KEY = 32


def new_pair() -> tuple[str, str]:
    """Make a public and a secret key, each as one line of text."""
    secret = X25519PrivateKey.generate()
    public = secret.public_key().public_bytes_raw()
    return _write(PUBLIC, public), _write(SECRET, secret.private_bytes_raw())


def _write(kind: str, key: bytes) -> str:
    return f"{kind} {b64encode(key).decode()}\n"


def _read(kind: str, text: str) -> bytes:
    found, _, key = text.strip().partition(" ")
    try:
        raw = b64decode(key, validate=True) if found == kind else b""
    except NotBase64:
        raw = b""
    if len(raw) != KEY:
        raise ValueError(f"not a key file of kind {kind}")
    return raw


def seal_to(target: BinaryIO, public: str) -> SealedWriter:
    """Return a stream to write into; only the secret key opens what arrives."""
    recipient = X25519PublicKey.from_public_bytes(_read(PUBLIC, public))
    once = X25519PrivateKey.generate()
    ours = once.public_key().public_bytes_raw()
    target.write(MAGIC + ours)
    key = _derive(once.exchange(recipient), ours + recipient.public_bytes_raw())
    return SealedWriter(target, key)


def open_with(source: BinaryIO, secret: str) -> BinaryIO:
    """Return the opened stream. Raises Damaged, here or while it is read."""
    key = X25519PrivateKey.from_private_bytes(_read(SECRET, secret))
    if source.read(len(MAGIC)) != MAGIC:
        raise Damaged("not a backup of Hufu")
    theirs = source.read(KEY)
    if len(theirs) != KEY:
        raise Damaged("cut off")
    shared = key.exchange(X25519PublicKey.from_public_bytes(theirs))
    salt = theirs + key.public_key().public_bytes_raw()
    return io.BufferedReader(SealedReader(source, _derive(shared, salt)))


def _derive(shared: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY, salt, b"hufu backup").derive(shared)
