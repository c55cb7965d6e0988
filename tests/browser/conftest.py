"""Windows of the browser onto the live server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import Browser

from browser.harness import Window, sign_in

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and let it talk to the live server."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture
def window(browser: Browser, live_server) -> Iterator[Callable[..., Window]]:
    """Open windows: `window(width=390, language="zh-hans", account=officer)`."""
    opened = []

    def opener(
        *,
        width: int = 1440,
        language: str = "en",
        account: AbstractBaseUser | None = None,
        scripts: bool = True,
    ) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN" if language == "zh-hans" else "en-GB",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        opened.append(context)
        shown = Window(context.new_page(), live_server.url)
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language}
        context.add_cookies([{**cookie, "url": live_server.url}])
        shown.listen()
        if account is not None:
            sign_in(shown, account)
        return shown

    yield opener
    for context in opened:
        context.close()
