"""One key for the many ways to write the same page's address."""

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

# What shops and campaigns hang onto an address without changing the page.
NOISE = ("utm_", "spm", "scm", "from", "ref", "share", "track", "session", "sid")


def url_key(url: str) -> str:
    """Return a digest that two spellings of one page share; empty for none."""
    if not url.strip():
        return ""
    text = url.strip() if "://" in url else f"https://{url.strip()}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        host, parts = text.lower(), urlsplit("")
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query)
        if not name.lower().startswith(NOISE)
    )
    same = f"{host}{parts.path.rstrip('/')}?{urlencode(asked)}"
    return hashlib.sha256(same.encode()).hexdigest()
