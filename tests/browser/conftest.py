"""What the tests of this folder share: the browser's mark and its windows."""

from pathlib import Path

import pytest

from browser.windows import window  # noqa: F401 - a fixture is found by its name

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and let it talk to the live server."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)
