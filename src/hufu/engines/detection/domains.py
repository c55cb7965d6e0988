"""Domain names as they are read: labels without the suffix, punycode decoded."""

# Suffixes of two labels under which anybody may register.
_SECOND = frozenset(
    {
        "ac", "co", "com", "edu", "gov", "gob", "net", "ne", "or", "org", "ltd",
        "plc", "nom", "firm", "gen", "ind", "idv", "me", "mil", "sch", "web", "pp",
        "msk", "spb",
    }
)  # fmt: skip
# Suffixes that their owners let to anybody.
_SHARED = frozenset(
    {
        "ru.com", "za.com", "uk.com", "us.com", "eu.com", "de.com", "cn.com",
        "br.com", "jpn.com", "sa.com", "in.net", "se.net", "uk.net", "pages.dev",
        "workers.dev", "web.app", "repl.co", "github.io", "gitlab.io",
        "netlify.app", "vercel.app", "herokuapp.com", "blogspot.com",
        "wordpress.com", "weebly.com", "wixsite.com", "firebaseapp.com",
        "000webhostapp.com", "glitch.me", "surge.sh", "onrender.com", "r2.dev",
    }
)  # fmt: skip
_PUNY = "xn--"
_LONGEST = 253
_COUNTRY = 2


def labels_of(domain: str) -> tuple[str, ...]:
    """Give the labels that say a name, the registered one last."""
    host = domain.strip().lower().partition("://")[2] or domain.strip().lower()
    for sign in ("/", "?", "#", ":"):
        host = host.partition(sign)[0]
    host = host.rpartition("@")[2].replace("。", ".").replace("．", ".")
    parts = [label for label in host[:_LONGEST].split(".") if label]
    if parts and parts[0] == "www" and len(parts) > 1:
        parts = parts[1:]
    return tuple(_decoded(label) for label in parts[: -_suffix(parts) or None])


def _suffix(parts: list[str]) -> int:
    """Count the labels of the public suffix."""
    if len(parts) < _COUNTRY:
        return 0
    if ".".join(parts[-2:]) in _SHARED:
        return min(2, len(parts) - 1)
    second = len(parts) > _COUNTRY and parts[-2] in _SECOND
    return 2 if second and len(parts[-1]) == _COUNTRY else 1


def _decoded(label: str) -> str:
    """Write a label in its own letters; one that cannot be decoded stays as it is."""
    if not label.startswith(_PUNY):
        return label
    try:
        return label[len(_PUNY) :].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def text_of(domain: str) -> str:
    """Give a domain name as the matcher reads it."""
    return " ".join(labels_of(domain))
