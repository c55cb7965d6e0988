"""Every page is open to everybody, in both languages, on a wide screen and a phone.

Each page is loaded once in each language and laid out at both widths. Axe, the slow
part, reads English on the wide screen and Chinese on the phone: what it finds hangs on
the markup, which is the same at both widths, and on the styles of each width.
"""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from browser.clock import clock_at
from browser.gallery import LANGUAGES, MORE, NAMES, NOT_HUNG, WIDTHS, Gallery
from browser.harness import Window, check_axe, check_layout, open_window
from hufu.doors.storage.blobs import BlobStore
from lifted import lifted_triggers

# What a page writes, an entry of somebody's looking say, goes back after it.
pytestmark = pytest.mark.django_db
OPENED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
READ = {("en", 1440), ("zh-hans", 390)}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep one house with its records for all pages: building it takes seconds."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "HUFU_HOME", home)
        with clock_at(OPENED + timedelta(days=45)):
            store = BlobStore(home / "blobs", bytes(32))
            gallery = Gallery(OPENED, store)
            server = LiveServer("localhost")
            try:
                yield gallery, server.url
            finally:
                wait_for_threads()
                server.stop()
                with lifted_triggers(connection):
                    call_command("flush", interactive=False, verbosity=0)


def wait_for_threads():
    """Let answers end that are under way: they hold the database's connection."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)


@pytest.fixture(scope="module")
def visit(browser, house):
    """Open pages as one visitor after the other, each in a window of their own."""
    gallery, url = house
    windows: dict[tuple, Window] = {}

    def go(picture, language):
        key = (picture.visitor, language)
        if key not in windows:
            windows[key] = open_window(browser, url, language=language)
            if picture.visitor is not None:
                windows[key].enter(gallery.cookie(picture.visitor))
        window = windows[key]
        window.complaints.clear()
        window.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        window.open(picture.path)
        return window

    yield go
    for window in windows.values():
        window.page.context.close()


def check(visit, picture):
    for language in LANGUAGES:
        window = visit(picture, language)
        assert window.status == 200, f"{picture.path} answers {window.status}"
        for width in WIDTHS:
            window.page.set_viewport_size({"width": width, "height": 900})
            check_layout(window)
            if (language, width) in READ:
                check_axe(window)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_open_to_everybody_or_says_why_it_is_none(house, visit, name):
    picture = house[0].picture(name)
    if name in NOT_HUNG:
        assert picture is None, f"{name} shows itself: hang it"
        return
    assert picture is not None, f"{name} shows itself to nobody"
    check(visit, picture)


@pytest.mark.parametrize("name", MORE)
def test_a_page_is_open_from_every_side(house, visit, name):
    check(visit, house[0].more()[name])


def test_no_reason_stands_for_a_page_that_is_gone():
    assert set(NOT_HUNG) <= set(NAMES)
