"""What is compiled: loops over letters and flat arrays; types are inferred."""

import hashlib
from pathlib import Path

from numba import config

_HERE = Path(__file__).parent


def _version() -> str:
    """Give the hash of the native sources."""
    digest = hashlib.sha256()
    for path in sorted(_HERE.glob("*.py")):
        digest.update(path.read_bytes())
    digest.update((_HERE.parent / "tables.py").read_bytes())
    return digest.hexdigest()[:16]


# The compiler keeps machine code by the file of a function and does not see that a
# function called from it has changed; so each version of the sources has its folder.
if not config.CACHE_DIR:  # type: ignore[attr-defined]  # made at run time
    _FOLDER = _HERE / "__pycache__" / f"native-{_version()}"
    config.CACHE_DIR = str(_FOLDER)  # type: ignore[attr-defined]  # made at run time
