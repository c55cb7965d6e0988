"""A start that would be unsafe is refused, with a word about what to do."""

import socket
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError

from hufu.doors.cli.catalogues import find_gaps
from hufu.doors.storage.keys import make_keys
from installation import install

SAFE = {
    "HUFU_ENV": "production",
    "PRODUCTION": True,
    "SECRET_KEY": "x" * 50,
    "DEBUG": False,
    "HUFU_DEMO": False,
    "ALLOWED_HOSTS": ["ip.example.gov"],
    "HUFU_SITE_URL": "https://ip.example.gov",
    "HUFU_TRUSTED_PROXIES": ["10.0.0.1"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


def found(settings, **wrong):
    for name, value in (SAFE | wrong).items():
        setattr(settings, name, value)
    errors = run_checks(tags=["hufu"], include_deployment_checks=True)
    return {error.id.removeprefix("hufu."): error.msg for error in errors}


def test_a_production_that_is_set_up_passes(settings):
    assert found(settings) == {}


@pytest.mark.parametrize(
    ("name", "value", "rule", "word"),
    [
        ("DEBUG", True, "no_debugging", "HUFU_DEBUG"),
        ("HUFU_DEMO", True, "no_demo", "HUFU_DEMO"),
        ("ALLOWED_HOSTS", [], "hosts", "HUFU_HOSTS"),
        ("ALLOWED_HOSTS", ["*"], "hosts", "HUFU_HOSTS"),
        ("SECRET_KEY", "short", "own_secret_key", "make_keys"),
        ("HUFU_SITE_URL", "http://ip.example.gov", "https", "https://"),
        ("HUFU_TRUSTED_PROXIES", [], "proxy", "HUFU_TRUSTED_PROXIES"),
        ("HUFU_STORAGE_KEY", "", "keys", "HUFU_STORAGE_KEY"),
        ("HUFU_LOG_KEY", "", "keys", "make_keys"),
        ("HUFU_ENV", "prod", "known_environment", "production"),
    ],
)
def test_what_is_missing_is_named_with_its_remedy(settings, name, value, rule, word):
    errors = found(settings, **{name: value})
    assert list(errors) == [rule]
    assert word in errors[rule]


def test_the_development_key_never_reaches_production(settings):
    errors = found(settings, SECRET_KEY=settings.HUFU_DEVELOPMENT_KEY)
    assert list(errors) == ["own_secret_key"]


def test_keys_are_made_once_for_their_owner_alone(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = sum(pool.map(lambda _: len(make_keys(tmp_path)), range(16)))
    assert made == 3
    keys = sorted((tmp_path / "keys").iterdir())
    assert [path.name for path in keys] == ["log-key", "secret-key", "storage-key"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in keys)


@pytest.mark.enable_socket
def test_a_busy_port_is_named_before_anything_starts(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.HUFU_BIND = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CommandError, match="HUFU_BIND="):
            call_command("serve", "--port-only")


def test_every_string_is_translated():
    assert list(find_gaps("zh_Hans")) == []


def test_nobody_else_on_the_machine_reads_the_embedded_database(tmp_path):
    made = install(tmp_path / "home", None, "closed")
    database = made.home / "hufu.sqlite3"
    database.chmod(0o644)
    assert made.django("prepare").returncode == 0
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
