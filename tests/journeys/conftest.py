"""Windows of the browser, for the journeys that go through the pages."""

from browser.windows import window  # noqa: F401 - a fixture is found by its name
