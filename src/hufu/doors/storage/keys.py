"""The keys an installation makes for itself, each in a file only its owner reads."""

import os
import secrets
from base64 import b64encode
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

KEY_BYTES = 32
NAMES = ("secret-key", "storage-key", "log-key")
DOCUMENT_KEY = "document-key.pem"
DOCUMENT_NAME = "Hufu documents (self-signed, for demonstration)"
DOCUMENT_YEARS = 10


def make_keys(home: Path) -> list[Path]:
    """Make the keys that are missing under `home`/keys; never touch one that exists."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    made = []
    for name in NAMES:
        path = folder / name
        key = b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        if write_secret(path, key + "\n"):
            made.append(path)
    return made


def make_document_key(home: Path, at: datetime) -> bool:
    """Make the key that signs PDF files, with a certificate nobody else vouches for.

    Both stand in one file, so that it appears whole. Say False where it exists.
    """
    path = home / "keys" / DOCUMENT_KEY
    if path.exists():
        return False
    # Viewers of WACZ files read signatures on this curve only.
    key = ec.generate_private_key(ec.SECP384R1())
    told = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificate = _self_signed(key, at).public_bytes(Encoding.PEM)
    return write_secret(path, (told + certificate).decode("ascii"))


def _self_signed(key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DOCUMENT_NAME)])
    for_signing = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, **for_signing
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * DOCUMENT_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def write_secret(path: Path, text: str) -> bool:
    """Write a new file that only its owner reads; say False where it exists.

    It appears whole: two that start at once agree on one key.
    """
    arriving = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    handle = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(arriving)
    except FileExistsError:
        return False
    finally:
        arriving.unlink()
    return True
