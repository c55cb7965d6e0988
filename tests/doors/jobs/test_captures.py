"""The job of a capture: a page becomes evidence, or a reason why there is none."""

import pytest

import offices
from hufu.domain.evidence import services
from hufu.domain.evidence.models import Capture
from hufu.doors.jobs.captures import perform_capture, run_capture
from hufu.doors.storage.blobs import blob_store
from hufu.engines.proof.waczs import verify_wacz
from sites import html, internet, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    settings.HUFU_STORAGE_KEY = "A" * 43 + "="


@pytest.fixture
def capture(now):
    office = offices.agency(now)
    officer = offices.officer(now, office, "investigator")
    facts = services.CaptureFacts("http://shop.example/", "suspected counterfeits")
    return services.ask_capture(actor=officer, at=now, facts=facts)


def test_a_captured_page_is_kept_as_a_file_that_anybody_can_check(capture, tmp_path):
    with internet(lambda _path: html("<title>Teapots</title><h1>Teapots")) as net:
        done = perform_capture(capture, net.network())
    assert done.state == Capture.State.KEPT
    assert opened(done, tmp_path).is_sound
    assert done.picture.blob.media_type == "image/png"
    assert done.outline["title"] == "Teapots"
    assert done.outline["unencrypted"] is True


def opened(capture, folder):
    """Check the file as anybody can."""
    copy = folder / "copy.wacz"
    with blob_store().open(capture.item.blob_id) as stream:
        copy.write_bytes(stream.read())
    with copy.open("rb") as file:
        return verify_wacz(file)


def test_a_redirect_to_the_secrets_of_a_cloud_leaves_a_record_with_the_reason(
    capture, tmp_path
):
    target = "http://169.254.169.254/latest/meta-data/"
    with internet(lambda _path: redirect(target)) as net:
        perform_capture(capture, net.network())
    capture.refresh_from_db()
    assert (capture.state, capture.failure) == ("failed", "address_refused")
    assert "169.254.169.254" in capture.detail
    assert capture.picture is None
    assert capture.outline["parts"] == 1
    assert opened(capture, tmp_path).is_sound


def test_a_page_larger_than_a_file_may_be_is_refused_with_the_reason(capture, settings):
    settings.HUFU_UPLOAD_LIMIT = 1000
    with internet(lambda _path: html("<h1>Teapots")) as net:
        done = perform_capture(capture, net.network())
    assert (done.state, done.failure) == ("failed", "too_large")
    assert done.outline["parts"] >= 1
    assert done.item is None


def test_a_machine_without_a_browser_says_what_to_do(capture, settings):
    settings.HUFU_CHROMIUM = "no-such-browser"
    done = perform_capture(capture, internet_of_nothing())
    assert done.failure == "no_browser"
    assert "apt-get install chromium" in done.get_failure_display()


def test_a_capture_that_ended_is_not_run_again(capture, now):
    failure = services.CaptureFailure("too_slow")
    services.fail_capture(
        actor=capture.account, at=now, capture=capture, failure=failure
    )
    assert run_capture.call(str(capture.pk)) == "failed"


def internet_of_nothing():
    with internet(lambda _path: []) as net:
        return net.network()
