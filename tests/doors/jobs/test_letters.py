"""A mail says that something waits, and nothing of what."""

import pytest
from django.core import mail

from hufu.doors.letters.notices import write_notice


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Sign in"), ("zh-hans", "请登录查看")]
)
def test_a_notice_is_written_in_the_language_of_its_reader(language, word):
    letter = write_notice(to="a@example.org", language=language, key="1")
    assert word in letter.body
    assert "http://127.0.0.1:8000" in letter.body


def test_the_same_notice_sent_twice_is_known_as_the_same(settings):
    settings.HUFU_SITE_URL = "https://ip.example.gov"
    for _ in range(2):
        write_notice(to="a@example.org", language="en", key="42").send()
    heads = {letter.message()["Message-ID"] for letter in mail.outbox}
    assert heads == {"<42@ip.example.gov>"}
