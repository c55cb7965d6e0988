"""Captures of pages: a real browser behind our proxy, local servers as the internet."""

import io
import itertools
import json
import re
import socket
import threading
import zipfile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from hufu import VERSION
from hufu.doors.capture.authority import Authority
from hufu.doors.capture.outcomes import Asked, CaptureFailed, Limits
from hufu.doors.capture.pages import capture_page
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.records import read_records
from hufu.engines.proof.waczs import verify_wacz
from sites import SHOP, Internet, Site, html, internet, redirect

pytestmark = pytest.mark.browser
URL = "http://shop.example/"
QUICK = Limits(seconds=30, load_seconds=6)
PAGE = """<!doctype html><title>Teapots 茶壶</title><link rel=stylesheet href=/a.css>
<h1>Teapots</h1><img src=/pot.svg><script src=/a.js></script>"""
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"


def shop(path):
    if path == "/":
        return html(PAGE)
    kinds = {
        "/a.css": ("text/css", "h1 { color: red }"),
        "/pot.svg": ("image/svg+xml", SVG),
        "/a.js": ("text/javascript", "document.title += ' sold'"),
    }
    kind, body = kinds.get(path, ("text/plain", ""))
    # In chunks, as most servers send.
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n"
    head += "Transfer-Encoding: chunked\r\n\r\n"
    return [head.encode(), f"{len(body):x}\r\n{body}\r\n0\r\n\r\n".encode()]


def captured(net, folder, url=URL, limits=QUICK, roots=None):
    asked = Asked(url, "officer:1", "suspected counterfeits")
    return capture_page(asked, folder, net.network(roots), limits)


def failed(net, folder, url=URL, limits=QUICK):
    with pytest.raises(CaptureFailed) as ended:
        captured(net, folder, url, limits)
    return ended.value


def records(done):
    with zipfile.ZipFile(done.file) as packed:
        data = io.BytesIO(packed.read("archive/data.warc.gz"))
    return [
        (one.kind, one.headers.get("warc-target-uri"), b"".join(one.blocks()), one)
        for one in read_records(data, 1 << 30)
    ]


def answers(done):
    return {uri: data for kind, uri, data, _ in records(done) if kind == "response"}


def test_a_page_is_captured_with_everything_it_is_made_of(tmp_path):
    with internet(shop) as net:
        done = captured(net, tmp_path)
    found = answers(done)
    for path in ("/", "/a.css", "/pot.svg", "/a.js"):
        assert found[URL[:-1] + path] == b"".join(shop(path)), path
    with done.file.open("rb") as file:
        report = verify_wacz(file)
    assert report.is_sound, report.findings
    left = {f.code for f in report.findings if f.verdict == Verdict.OPEN}
    assert left == {"signer", "timestamp"}
    record = done.record
    assert record["title"] == "Teapots 茶壶 sold"
    assert record["collector"] == "officer:1"
    assert record["purpose"] == "suspected counterfeits"
    assert record["clock"] == {
        "measured": False,
        "why": "No timestamp authority is configured.",
    }
    assert record["software"]["hufu"] == VERSION
    assert re.fullmatch(r"[\d.]+", record["software"]["chromium"])
    assert record["software"]["playwright"]
    assert record["complete"] is True
    assert [(one["name"], one["addresses"]) for one in record["names"]] == [
        ("shop.example", (SHOP,))
    ]
    assert {one["code"] for one in record["refused"]} <= {"browser_own"}
    assert {one["address"] for one in record["exchanges"]} == {SHOP}
    assert done.screenshot.startswith(b"\x89PNG")


def test_what_came_before_the_end_is_kept_and_the_outcome_said(tmp_path):
    with internet(lambda _path: redirect("http://169.254.169.254/")) as net:
        kept = failed(net, tmp_path).kept
    assert answers(kept)[URL] == b"".join(redirect("http://169.254.169.254/"))
    record = kept.record
    assert record["failure"]["code"] == "address_refused"
    assert record["complete"] is False
    assert record["final_url"] == "http://169.254.169.254/"
    assert re.fullmatch(r"[\d.]+", record["software"]["chromium"])
    assert [one["url"] for one in record["exchanges"]] == [URL]
    assert kept.screenshot == b""
    with kept.file.open("rb") as file:
        report = verify_wacz(file)
    assert report.is_sound, report.findings
    assert "lists 0 pages" in report.of("pages")[0].message


def test_a_server_that_never_answers_leaves_its_request(tmp_path):
    def silent(path):
        threading.Event().wait(20)
        return []

    with internet(silent) as net:
        end = failed(net, tmp_path, limits=Limits(seconds=8, load_seconds=3))
    assert (end.code, end.detail) == ("too_slow", "")
    # The browser may have tried again.
    sent = [one for one in records(end.kept) if one[0] == "request"]
    assert {uri for _, uri, _, _ in sent} == {URL}
    assert all(data.startswith(b"GET / HTTP/1.1") for _, _, data, _ in sent)
    told = [one["truncated"] for one in end.kept.record["exchanges"]]
    assert set(told) <= {"time", "disconnect"}


def test_the_archive_holds_picture_pdf_dom_and_the_capture_record(tmp_path):
    with internet(shop) as net:
        done = captured(net, tmp_path)
    made = {
        uri.split(":")[1]: data for k, uri, data, _ in records(done) if k == "resource"
    }
    assert made["screenshot"] == done.screenshot
    assert made["pdf"].startswith(b"%PDF")
    assert "Teapots 茶壶 sold" in made["dom"].decode()
    assert json.loads(made["capture"]) == json.loads(json.dumps(done.record))


def test_the_index_leads_to_every_answer(tmp_path):
    with internet(shop) as net:
        done = captured(net, tmp_path)
    with zipfile.ZipFile(done.file) as packed:
        lines = packed.read("indexes/index.cdx").decode().splitlines()
        data = packed.read("archive/data.warc.gz")
    assert lines == sorted(lines)
    for line in lines:
        facts = json.loads(line.split(" ", 2)[2])
        start = int(facts["offset"])
        part = data[start : start + int(facts["length"])]
        (one,) = read_records(io.BytesIO(part), 1 << 30)
        assert one.headers["warc-target-uri"] == facts["url"]


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.1.1.1/",
        "http://localhost:8000/",
        "https://127.0.0.1/",
        "http://inside.example/",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(tmp_path, target):
    names = {"inside.example": [["192.168.1.1"]], "localhost": [["127.0.0.1"]]}
    with internet(lambda _path: redirect(target), **names) as net:
        end = failed(net, tmp_path)
    assert end.code == "address_refused"
    assert {address for address, _ in net.reached} == {SHOP}


def test_a_name_that_answers_privately_the_second_time_is_not_asked_again(tmp_path):
    rebinding = {"shop.example": [[SHOP], ["127.0.0.1"]]}
    with internet(shop, **rebinding) as net:
        done = captured(net, tmp_path)
    assert net.asked.count("shop.example") == 1
    assert {address for address, _ in net.reached} == {SHOP}
    assert len(answers(done)) >= 4


def test_a_part_of_the_page_from_a_private_address_is_left_out_and_said(tmp_path):
    def pages(path):
        return html("<h1>Inside</h1><img src=http://192.168.1.1/secret.png>")

    with internet(pages) as net:
        done = captured(net, tmp_path)
    assert {address for address, _ in net.reached} == {SHOP}
    codes = {one["host"]: one["code"] for one in done.record["refused"]}
    assert codes["192.168.1.1"] == "address_refused"


def test_a_websocket_to_a_private_address_is_refused(tmp_path):
    def pages(path):
        return html(
            "<script>for (const u of ['ws://10.0.0.7/', 'wss://169.254.169.254/'])"
            "new WebSocket(u).onerror = () => document.title += 'refused,'</script>"
        )

    with internet(pages) as net:
        done = captured(net, tmp_path)
    assert done.record["title"] == "refused,refused,"
    assert {address for address, _ in net.reached} == {SHOP}
    assert {"10.0.0.7", "169.254.169.254"} <= {
        one["host"] for one in done.record["refused"]
    }


def test_webrtc_is_off(tmp_path):
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    udp.setblocking(False)  # noqa: FBT003 - how sockets are told

    def pages(path):
        return html(
            "<iframe srcdoc='x'></iframe><script>onload = () => {"
            "const T = globalThis.RTCPeerConnection ??"
            " frames[0].RTCPeerConnection; document.title = typeof T;"
            f"const ice = [{{urls: 'stun:127.0.0.1:{udp.getsockname()[1]}'}}];"
            "const p = new T({iceServers: ice});"
            "p.createDataChannel('x'); p.createOffer().then((o) =>"
            " p.setLocalDescription(o)) }</script>"
        )

    with internet(pages) as net:
        done = captured(net, tmp_path)
    assert done.record["title"] == "undefined"
    with udp, pytest.raises(BlockingIOError):
        udp.recv(1)


def test_a_body_that_never_ends_stops_in_time(tmp_path):
    def pages(path):
        if path == "/":
            yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>For ever</h1>"
            yield b"<p>more" * 1000
            pause = threading.Event()
            while not pause.wait(0.05):
                yield b"<p>more"

    with internet(pages) as net:
        done = captured(net, tmp_path, limits=Limits(seconds=12, load_seconds=3))
    assert done.record["complete"] is False
    (only,) = [one for one in done.record["exchanges"] if one["url"] == URL]
    assert only["truncated"] in {"time", "length", "disconnect"}
    with done.file.open("rb") as file:
        assert verify_wacz(file).is_sound


def test_five_gigabytes_stop_at_the_limit(tmp_path):
    huge = 5 * 1024**3

    def pages(path):
        if path == "/":
            ask = "<script>fetch('/film').then((f) => f.arrayBuffer())</script>"
            yield from html(ask)
            return
        yield f"HTTP/1.1 200 OK\r\nContent-Length: {huge}\r\n\r\n".encode()
        yield from itertools.repeat(bytes(1 << 20), 5 * 1024)

    with internet(pages) as net:
        done = captured(net, tmp_path)
    film = next(one for one in done.record["exchanges"] if one["url"].endswith("film"))
    assert film["truncated"] == "length"
    assert film["bytes"] <= QUICK.body + (1 << 16)
    assert done.record["limits_reached"] == ["length"]
    kept = {uri: one for k, uri, _, one in records(done) if k == "response"}
    assert kept[URL + "film"].headers["warc-truncated"] == "length"


def test_redirects_without_end_stop(tmp_path):
    counter = itertools.count()
    with internet(lambda _path: redirect(f"{URL}{next(counter)}")) as net:
        end = failed(net, tmp_path, limits=Limits(redirects=5, load_seconds=6))
    assert end.code == "too_many_redirects"
    assert next(counter) == 6


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        (lambda _path: [b"nonsense\r\n\r\n"], "no_page"),
        (lambda _path: [], "no_page"),
        (
            lambda _path: [
                b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\nabc",
            ],
            "download",
        ),
    ],
)
def test_what_is_no_page_ends_with_a_reason(tmp_path, pages, code):
    with internet(pages) as net:
        assert failed(net, tmp_path).code == code


def test_a_name_nobody_knows_ends_with_that_reason(tmp_path):
    with internet(shop) as net:
        end = failed(net, tmp_path, "http://nowhere.example/")
    assert (end.code, end.detail) == ("name_unknown", "nowhere.example")
    asked = [(a["name"], a["addresses"]) for a in end.kept.record["names"]]
    assert ("nowhere.example", ()) in asked


def issued(names, folder):
    """Make a server's certificates: a root, and a leaf it signed."""
    root = Authority(folder)
    context = root.context_for(names)
    path = folder / "root.pem"
    path.write_bytes(root._root.public_bytes(Encoding.PEM))
    return context, path


def secure_shop(name, folder):
    context, roots = issued(name, folder)
    site = Site(shop, context)
    return Internet({"shop.example": [[SHOP]]}, {(SHOP, 443): site}), roots


def test_a_page_over_tls_is_recorded_in_the_clear_with_its_certificates(tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir()
    net, roots = secure_shop("shop.example", keys)
    url = "https://shop.example/"
    done = captured(net, tmp_path, url, roots=str(roots))
    assert answers(done)[url] == b"".join(shop("/"))
    page = done.record["exchanges"][0]
    assert page["tls"].startswith("TLSv1.")
    assert page["certificate_problem"] == ""
    leaf, root = done.record["certificates"]["shop.example"]
    assert root.encode() == roots.read_bytes()
    assert x509.load_pem_x509_certificate(leaf.encode())


@pytest.mark.parametrize("name", ["shop.example", "other.example"])
def test_certificates_that_do_not_hold_are_kept_with_the_reason(tmp_path, name):
    keys = tmp_path / "keys"
    keys.mkdir()
    net, roots = secure_shop(name, keys)
    trusted = str(roots) if name == "other.example" else None
    done = captured(net, tmp_path, "https://shop.example/", roots=trusted)
    why = "unable to get local issuer|self.signed" if trusted is None else "mismatch"
    assert re.search(why, done.record["exchanges"][0]["certificate_problem"])
