"""Ways into a private network, tried through the real proxy: each refused, and why."""

import http.client
import ipaddress
import socket
from contextlib import contextmanager

import pytest

from doors.capture.test_pages import QUICK, captured, failed
from hufu.doors.capture.addresses import Network, resolve_name
from hufu.doors.capture.egress import Egress
from hufu.doors.capture.outcomes import Budget, Limits
from sites import SHOP, html, internet, redirect

NOWHERE = str(ipaddress.IPv4Address(0))  # which systems take for themselves
# As an attacker writes them, and the address that each of them means.
LITERALS = {
    NOWHERE: NOWHERE,
    "0": NOWHERE,
    "127.1": "127.0.0.1",
    "2130706433": "127.0.0.1",
    "0x7f000001": "127.0.0.1",
    "0x7f.1": "127.0.0.1",
    "0177.0.0.1": "127.0.0.1",
    "017700000001": "127.0.0.1",
    "2852039166": "169.254.169.254",
    "0xa9fea9fe": "169.254.169.254",
    "0251.0376.0251.0376": "169.254.169.254",
    "169.254.169.254": "169.254.169.254",
    "169.254.169.254.": "169.254.169.254",
    "[::]": "::",
    "[::1]": "::1",
    "[0:0:0:0:0:0:0:1]": "::1",
    "[::ffff:127.0.0.1]": "::ffff:127.0.0.1",
    "[::ffff:a9fe:a9fe]": "::ffff:169.254.169.254",
    "[::127.0.0.1]": "::127.0.0.1",
    "[64:ff9b::10.0.0.1]": "64:ff9b::a00:1",
    "[64:ff9b::a9fe:a9fe]": "64:ff9b::a9fe:a9fe",
    "[fc00::1]": "fc00::1",
    "[fd12:3456::1]": "fd12:3456::1",
    "[fe80::1]": "fe80::1",
    "[2002:7f00:1::]": "2002:7f00:1::",
}
NAMES = {
    "zero.example": NOWHERE,
    "mapped.example": "::ffff:10.0.0.1",
    "nat64.example": "64:ff9b::c0a8:101",
    "cloud.example": "169.254.169.254",
    "local.example": "fd00::1",
    "loop.example": "::1",
}


@contextmanager
def proxy(folder, names):
    """Give the proxy of a capture; names that are no tests' are the system's."""
    reached = []

    def resolve(name):
        return [names[name]] if name in names else resolve_name(name)

    def connect(address, port, seconds):
        reached.append((address, port))
        raise ConnectionRefusedError(address)

    made = Egress(folder, Network(resolve, connect), Budget(Limits()))
    made.start()
    try:
        yield made, reached
    finally:
        made.stop()


def sent(made, *lines):
    """Send a request to the proxy; return all that it answers."""
    with socket.create_connection(("127.0.0.1", made.port), timeout=10) as wire:
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        came = b""
        while data := wire.recv(1000):
            came += data
        return came


def told_in(*details):
    """Return the addresses that reasons name; Pythons write them differently."""
    return {ipaddress.ip_address(one.rpartition("(")[2][:-1]) for one in details}


def meant_by(*hosts):
    return {ipaddress.ip_address({**LITERALS, **NAMES}[host]) for host in hosts}


def plain(made, host):
    return sent(made, f"GET http://{host}/latest/ HTTP/1.1", f"Host: {host}")


def secure(made, host):
    return sent(made, f"CONNECT {host}:443 HTTP/1.1", f"Host: {host}:443")


@pytest.mark.enable_socket
@pytest.mark.parametrize("ask", [plain, secure])
@pytest.mark.parametrize("host", [*LITERALS, *NAMES])
def test_no_way_of_writing_a_private_address_passes_the_proxy(tmp_path, host, ask):
    with proxy(tmp_path, NAMES) as (made, reached):
        assert ask(made, host) == b""
    assert reached == []
    assert made.exchanges == []
    (refused,) = made.refused
    assert refused.code == "address_refused"
    assert told_in(refused.detail) == meant_by(host)
    assert host in refused.url


@pytest.mark.enable_socket
def test_a_public_name_passes_the_same_proxy(tmp_path):
    """So that the refusals above are none of everything."""
    with proxy(tmp_path, {"shop.example": SHOP}) as (made, reached):
        assert plain(made, "shop.example") == b""
    assert reached == [(SHOP, 80)]
    assert [one.code for one in made.refused] == ["unreachable"]


def page_of(paths):
    return html("".join(f"<img src={path}>" for path in paths))


@pytest.mark.browser
def test_redirects_of_a_page_into_private_networks_stand_in_its_record(tmp_path):
    hosts = [*LITERALS, *NAMES]
    paths = {f"/to/{number}": host for number, host in enumerate(hosts)}

    def pages(path):
        if path in paths:
            return redirect(f"http://{paths[path]}/latest/")
        return page_of(paths) if path == "/" else html("", "404 Not Found")

    known = {name: [[address]] for name, address in NAMES.items()}
    limits = Limits(seconds=40, load_seconds=8, redirects=100)
    with internet(pages, **known) as net:
        done = captured(net, tmp_path, limits=limits)
    assert {address for address, _port in net.reached} == {SHOP}
    told = done.record["exchanges"]
    moved = {one["url"] for one in told if one["status"] == http.client.FOUND}
    assert moved == {f"http://shop.example{path}" for path in paths}
    refused = [one for one in done.record["refused"] if one["code"] != "browser_own"]
    assert {one["code"] for one in refused} == {"address_refused"}
    assert told_in(*(one["detail"] for one in refused)) == meant_by(*hosts)


@pytest.mark.browser
@pytest.mark.parametrize("host", [NOWHERE, "[64:ff9b::10.0.0.1]", "mapped.example"])
def test_a_page_that_sends_the_capture_itself_there_ends_with_the_reason(
    tmp_path, host
):
    known = {name: [[address]] for name, address in NAMES.items()}
    with internet(lambda _path: redirect(f"http://{host}/"), **known) as net:
        end = failed(net, tmp_path, limits=QUICK)
    assert end.code == "address_refused"
    assert {address for address, _port in net.reached} == {SHOP}
    refused = [
        one["detail"]
        for one in end.kept.record["refused"]
        if one["code"] == "address_refused"
    ]
    assert told_in(*refused) == meant_by(host)
