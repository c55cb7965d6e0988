"""Replays by hand: a captured page breaks out of its frame in no way we know."""

import io

import pytest
from django.urls import reverse

import offices
from browser.clock import clock_at
from capturing import packed_page
from hufu.domain.evidence import services
from hufu.domain.evidence.models import Custody
from hufu.doors.storage.blobs import blob_store

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://shop.example/"
FENCES = {"content-security-policy", "x-frame-options"}
MARK = "broke-out"
HOSTILE = """<!doctype html><title>harmless</title><h1>Teapots</h1>
<meta http-equiv="refresh" content="1;url={file}?refresh={mark}">
<img src="{file}?image={mark}">
<link rel="stylesheet" href="{file}?style={mark}">
<iframe src="{file}?frame={mark}"></iframe>
<object data="{file}?object={mark}"></object>
<form action="{file}?posted={mark}" method="post"><button>Buy</button></form>
<a id="out" href="https://evil.example/?out={mark}">Out</a>
<a id="up" target="_top" href="{file}?up={mark}">Up</a>
<script>
document.title = "{mark}";
const leak = (what) => fetch("{file}?leak={mark}" + what);
try {{ leak(document.cookie + localStorage.length) }} catch (e) {{ }}
try {{ leak(parent.document.body.innerText) }} catch (e) {{ }}
fetch("{file}?fetch={mark}");
parent.postMessage("{mark}", "*");
open("{file}?opened={mark}");
if (top !== self) top.location = "{file}?top={mark}";
</script>"""


@pytest.fixture
def officer(now, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    settings.HUFU_STORAGE_KEY = "A" * 43 + "="
    with clock_at(now):
        yield offices.officer(now, offices.agency(now), "investigator")


def kept(officer, now, dom, answers):
    """Capture a page that servers made of a DOM and answers."""
    facts = services.CaptureFacts(URL, "suspected counterfeits")
    capture = services.ask_capture(actor=officer, at=now, facts=facts)
    store = blob_store()
    archive = services.keep_file(storage=store, stream=packed_page(URL, dom, answers))
    shot = services.keep_file(storage=store, stream=io.BytesIO(offices.PNG))
    files = services.CaptureFiles(offices.outline_of_capture(), archive, shot)
    return services.keep_capture(actor=officer, at=now, capture=capture, files=files)


def replaced(page, base, *, fenced):
    """Let the frame's document be a hostile one, under the headers it really has."""

    def answer(route):
        reply = route.fetch()
        headers = {n: v for n, v in reply.headers.items() if fenced or n not in FENCES}
        body = HOSTILE.format(file=f"{base}/static/look/mark.svg", mark=MARK)
        headers.pop("content-length", None)
        route.fulfill(status=200, headers=headers, body=body)

    page.route("**/replay/page/", answer)
    page.route("https://evil.example/**", lambda route: route.fulfill(body="evil"))
    seen = []
    page.context.on("response", lambda reply: seen.append(reply.url))
    return seen


def test_a_captured_page_is_shown_again_and_its_custody_says_so(window, officer, now):
    pot = ({"Content-Type": "image/png"}, offices.PNG)
    dom = "<h1>Teapots</h1><script>document.body.remove()</script><img src=/pot.png>"
    capture = kept(officer, now, dom, {f"{URL}pot.png": pot})
    shown = window(account=officer)
    page = shown.open(reverse("workbench:capture-replay", args=[capture.pk]))
    frame = page.frame_locator("iframe.replay")
    assert frame.locator("h1").inner_text() == "Teapots"
    wide = frame.locator("img").evaluate("picture => picture.naturalWidth")
    assert wide > 0
    assert not shown.complaints
    acts = Custody.objects.filter(item=capture.item).values_list("act", flat=True)
    assert list(acts).count("replayed") == 1


def test_a_hostile_page_in_the_frame_reaches_nothing(window, officer, now):
    capture = kept(officer, now, "<h1>Teapots</h1>", {})
    shown = window(account=officer)
    page = shown.page
    page.add_init_script("onmessage = (e) => { window.told = e.data }")
    seen = replaced(page, shown.base, fenced=True)
    place = reverse("workbench:capture-replay", args=[capture.pk])
    shown.open(place)
    frame = page.frame_locator("iframe.replay")
    assert frame.locator("h1").inner_text() == "Teapots"
    for what in ("button", "#up", "#out"):
        frame.locator(what).click()
        page.wait_for_timeout(500)
    assert page.url == shown.base + place
    assert page.evaluate("window.told ?? null") is None
    assert len(page.context.pages) == 1
    assert [url for url in seen if MARK in url] == []


@pytest.mark.parametrize("fenced", [True, False], ids=["fenced", "control"])
def test_opened_by_itself_it_is_fenced_in_by_its_headers(window, officer, now, fenced):
    capture = kept(officer, now, "<h1>Teapots</h1>", {})
    shown = window(account=officer)
    seen = replaced(shown.page, shown.base, fenced=fenced)
    address = reverse("workbench:capture-replayed", args=[capture.pk])
    shown.page.goto(f"{shown.base}{address}", wait_until="commit")
    shown.page.wait_for_timeout(2000)
    reached = {url.split("?")[1].split("=")[0] for url in seen if MARK in url}
    if fenced:
        assert reached == set()
        assert shown.page.title() == "harmless"
    else:
        # The same page without its headers does all that they prevent.
        assert {"leak", "fetch", "image", "frame", "refresh"} <= reached
