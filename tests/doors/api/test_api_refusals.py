"""What is no request of ours is refused in JSON too, before any service is asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


def test_a_method_that_an_address_does_not_take(stranger):
    answer = stranger.post("/rights")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()["code"] == "wrong_method"


@pytest.mark.parametrize("body", [b"\xff{", b"{", b"{]"])
def test_a_body_that_is_no_json(stranger, body):
    for path in ("/law/deadline?on=2026-03-02", "/reports", "/reports/follow"):
        answer = stranger.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_more_files_than_one_request_may_carry(stranger, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [SimpleUploadedFile(f"{number}.txt", b"seen") for number in range(3)]
    answer = stranger.send("/reports/files", {"files": files})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
