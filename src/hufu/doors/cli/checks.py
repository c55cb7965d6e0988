"""What a start checks before it serves: settings a production must not run with."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from hufu.doors.letters.signing import document_signer
from hufu.doors.storage.blobs import read_key

KEY_LENGTH = 40
ENVIRONMENTS = ("development", "demo", "production")


def _known_environment() -> str:
    if settings.HUFU_ENV in ENVIRONMENTS:
        return ""
    return f"HUFU_ENV is {settings.HUFU_ENV!r}: set one of {', '.join(ENVIRONMENTS)}."


def _keys() -> str:
    try:
        read_key("HUFU_STORAGE_KEY", settings.HUFU_STORAGE_KEY)
        read_key("HUFU_LOG_KEY", settings.HUFU_LOG_KEY)
        document_signer()
    except ImproperlyConfigured as error:
        return str(error)
    return ""


def _own_secret_key() -> str:
    own = settings.SECRET_KEY != settings.HUFU_DEVELOPMENT_KEY
    if own and len(settings.SECRET_KEY) >= KEY_LENGTH:
        return ""
    return (
        "The secret key is the development key, or too short. Set HUFU_SECRET_KEY to "
        f"at least {KEY_LENGTH} random characters, or run ./hufu manage make_keys."
    )


def _no_debugging() -> str:
    return "Unset HUFU_DEBUG: it shows secrets to visitors." if settings.DEBUG else ""


def _no_demo() -> str:
    wrong = "Unset HUFU_DEMO: demo accounts do not belong in a production."
    return wrong if settings.HUFU_DEMO else ""


def _hosts() -> str:
    if settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return ""
    return "Set HUFU_HOSTS to the names the site answers to, such as ip.example.gov."


def _https() -> str:
    if settings.HUFU_SITE_URL.startswith("https://"):
        return ""
    return "Set HUFU_SITE_URL to the https:// address people open."


def _proxy() -> str:
    if settings.HUFU_TRUSTED_PROXIES and "*" not in settings.HUFU_TRUSTED_PROXIES:
        return ""
    return (
        "Hufu does not end TLS itself. Set HUFU_TRUSTED_PROXIES to the addresses of "
        "the proxies that do; only theirs are believed about HTTPS and visitors."
    )


def _database() -> str:
    if connection.vendor != "sqlite" or settings.HUFU_WORKERS == 1:
        return ""
    return (
        "SQLite serves one process. Set HUFU_WORKERS=1, or HUFU_DATABASE_URL to a "
        "PostgreSQL server."
    )


def _letters() -> str:
    wrong = "Set HUFU_EMAIL_HOST and HUFU_EMAIL_FROM: notices would reach nobody."
    return wrong if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") else ""


ALWAYS: tuple[Callable[[], str], ...] = (_known_environment, _database, _keys)
PRODUCTION = (
    _own_secret_key,
    _no_debugging,
    _no_demo,
    _hosts,
    _https,
    _proxy,
    _letters,
)


@register("hufu", deploy=True)
def check_start(**_: Any) -> list[CheckMessage]:
    """Refuse a start that would be unsafe, and say what to do about it."""
    rules = ALWAYS + (PRODUCTION if settings.PRODUCTION else ())
    found = [(rule.__name__.strip("_"), rule()) for rule in rules]
    return [Error(message, id=f"hufu.{name}") for name, message in found if message]
