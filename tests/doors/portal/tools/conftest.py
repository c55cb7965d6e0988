"""How the tests of the tools read a page."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def ask(client):
    """Open a tool with facts in its address and give the words of the page."""

    def words(tool, language="en", **facts):
        client.cookies["django_language"] = language
        page = client.get(f"/tools/{tool}/?{urlencode(facts, doseq=True)}")
        assert page.status_code == 200
        main = page.text[page.text.index("<main") : page.text.index("</main>")]
        return re.sub(r"\s+", " ", unescape(TAG.sub(" ", main)))

    return words
