"""A file sent in parts by the page's own script, over a line that breaks."""

import hashlib
import random

import pytest
from django.urls import reverse

import offices
from browser.harness import check_page
from hufu.domain.evidence.models import Deposit
from hufu.domain.evidence.uploads import PartialUpload

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = reverse("portal:deposit-file")
DATA = b"%PDF-1.7\n" + random.Random(5).randbytes(9 * 1024 * 1024)  # noqa: S311 - contents


@pytest.fixture
def file(tmp_path, settings):
    settings.HUFU_HOME = tmp_path / "home"
    settings.HUFU_HOME.mkdir()
    path = tmp_path / "film.pdf"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_after_the_line_broke_the_file_goes_on_and_becomes_a_deposit(
    window, now, file, language
):
    shown = window(account=offices.holder(now), language=language, width=390)
    page, broken = shown.open(PAGE), []

    def spoil(route):
        if route.request.method == "PATCH" and len(broken) < 2:
            broken.append(route.request.headers["upload-offset"])
            route.abort()
        else:
            route.continue_()

    page.route("**/uploads/**", spoil)
    page.locator("input[type=file]").set_input_files(file)
    page.locator("[name=note]").fill("v3")
    page.locator("form[data-uploads] button").click()
    page.wait_for_url("**/my/deposits/*-*/", timeout=120_000)
    made = Deposit.objects.get()
    assert (made.sha256, made.note) == (hashlib.sha256(DATA).hexdigest(), "v3")
    assert made.name == "film.pdf"
    assert broken


def test_a_closed_page_is_taken_up_with_the_same_file(window, now, file):
    account = offices.holder(now)
    page = window(account=account).open(PAGE)
    sent = []

    def stop(route):
        if route.request.method == "PATCH":
            sent.append(route.request.headers["upload-offset"])
        if len(sent) > 1:
            route.fulfill(status=413, content_type="text/plain", body="No more today.")
        else:
            route.continue_()

    page.route("**/uploads/**", stop)
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form[data-uploads] button").click()
    page.locator("[role=alert]", has_text="No more today.").wait_for(timeout=60_000)
    assert PartialUpload.objects.get().arrived == 4 * 1024 * 1024
    again = window(account=account, width=390)
    check_page(again, PAGE)
    page = again.page
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form[data-uploads] button").click()
    page.wait_for_url("**/my/deposits/*-*/", timeout=120_000)
    assert Deposit.objects.get().sha256 == hashlib.sha256(DATA).hexdigest()
    assert PartialUpload.objects.count() == 1
