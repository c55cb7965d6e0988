"""The keys an installation makes for itself, each in a file only its owner reads."""

import os
import secrets
from base64 import b64encode
from pathlib import Path

KEY_BYTES = 32
NAMES = ("secret-key", "storage-key", "log-key")


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
