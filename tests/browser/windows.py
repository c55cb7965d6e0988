"""The fixture that opens windows of the browser onto the live server."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import Browser

from browser.harness import Window, open_window, sign_in


@pytest.fixture
def window(browser: Browser, live_server) -> Iterator[Callable[..., Window]]:
    """Open windows: `window(width=390, language="zh-hans", account=officer)`."""
    opened = []

    def opener(
        *, account: AbstractBaseUser | None = None, **shape: int | str | bool
    ) -> Window:
        shown = open_window(browser, live_server.url, **shape)
        opened.append(shown)
        if account is not None:
            sign_in(shown, account)
        return shown

    yield opener
    for shown in opened:
        shown.page.context.close()
