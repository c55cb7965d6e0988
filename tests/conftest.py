"""What every test may ask for: the hour, a store, a database server, a browser."""

import os
import shutil
from datetime import UTC, datetime

import hypothesis
import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from django.utils import translation

import postgres
from hufu.doors.cli.catalogues import compile_catalogues
from hufu.doors.storage.blobs import BlobStore
from installation import install
from lifted import lifted_triggers

REQUIRED = set(os.environ.get("HUFU_REQUIRE", "").replace(",", " ").split())


def chromium():
    """Find Debian's Chromium, or the one HUFU_CHROMIUM names."""
    names = (os.environ.get("HUFU_CHROMIUM"), "chromium", "chromium-browser")
    found = (shutil.which(name) for name in names if name)
    return next((path for path in found if path), None)


LACKING = {
    "browser": (chromium, "no Chromium: apt-get install chromium fonts-noto-cjk"),
    "postgres": (postgres.binaries, f"no PostgreSQL: {postgres.INSTALL}"),
}


def pytest_configure():
    compile_catalogues()


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.enable_socket)


def pytest_runtest_setup(item):
    for need, (find, how) in LACKING.items():
        if item.get_closest_marker(need) and find() is None:
            if need in REQUIRED:
                pytest.fail(f"HUFU_REQUIRE={need}, but {how}")
            pytest.skip(how)


# How long an example takes says nothing about whether it is right.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied():
    """Let tests that commit clean up: the journal refuses even them otherwise."""
    teardown = TransactionTestCase._fixture_teardown

    def lift_and_teardown(case):
        with lifted_triggers(connection):
            teardown(case)

    TransactionTestCase._fixture_teardown = lift_and_teardown
    yield
    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(scope="session", autouse=True)
def _closing_a_download_keeps_the_test_connected():
    """Keep the connection of a test's transaction when a streamed answer is closed."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_between_transactions(wrapper):
        if not wrapper.in_atomic_block:
            close(wrapper)

    BaseDatabaseWrapper.close_if_unusable_or_obsolete = close_between_transactions
    yield
    BaseDatabaseWrapper.close_if_unusable_or_obsolete = close


@pytest.fixture
def now():
    """Return a Monday at ten in the morning in Shanghai."""
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def storage(tmp_path):
    """Return an empty store of files."""
    return BlobStore(tmp_path / "blobs", bytes(32))


@pytest.fixture(scope="session")
def postgres_url():
    """Return the URL of a PostgreSQL server that lasts as long as the run."""
    url = os.environ.get("HUFU_TEST_DATABASE_URL", "")
    if url.startswith("postgres"):
        yield url
        return
    with postgres.cluster() as url:
        yield url


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def server(request):
    """Return a PostgreSQL server's URL, or None for SQLite: the test runs twice."""
    if request.param == "sqlite":
        return None
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def installation(server, tmp_path):
    """Return an installation with a database file or server database of its own."""
    return install(tmp_path / "home", server, f"own_{os.getpid()}")


@pytest.fixture(scope="session")
def browser():
    """Return a real Chromium. A test that asks for it is marked `browser`."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    # Playwright runs a loop of its own, which Django takes for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        # Chromium refuses to run as root with its sandbox on.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield driver.chromium.launch(executable_path=chromium(), args=options)


@pytest.fixture(autouse=True)
def english():
    """Begin every test in English, whatever language the one before left behind."""
    with translation.override("en"):
        yield
