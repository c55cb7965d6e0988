"""Addresses: only what is public without any doubt is reached."""

import socket

import pytest

from hufu.doors.capture.addresses import Names, Network, is_public
from hufu.doors.capture.outcomes import CaptureFailed
from hufu.doors.capture.pages import check_address

CLOSED = """
0.0.0.0 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.8.8.8 169.254.169.254
172.16.0.1 192.0.0.192 192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1
255.255.255.255 168.63.129.16 192.0.2.1 203.0.113.5 :: ::1 ::ffff:127.0.0.1
::ffff:93.184.215.14 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 2002:7f00:1:: 2001:0:7f00:1:: fc00::1 fd00:ec2::254 fe80::1
fe80::1%eth0 fec0::1 ff02::1 2001:db8::1 2130706433 0x7f.1 localhost
"""


@pytest.mark.parametrize("address", CLOSED.split())
def test_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1"])
def test_a_public_address_is_reached(address):
    assert is_public(address)


def names(*answers):
    given = list(answers)
    return Names(Network(resolve=lambda _name: given.pop(0)))


def refused(known, name):
    with pytest.raises(CaptureFailed) as failed:
        known.addresses_of(name)
    return failed.value.code


def test_the_first_answer_of_a_name_stays_for_the_whole_capture():
    known = names(["93.184.215.14"], ["10.0.0.1"])
    assert known.addresses_of("shop.example") == ("93.184.215.14",)
    assert known.addresses_of("SHOP.example.") == ("93.184.215.14",)


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    known = names(["93.184.215.14", "::ffff:10.0.0.1"])
    assert refused(known, "shop.example") == "address_refused"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:169.254.169.254]"])
def test_a_bare_address_is_judged_like_an_answer(host):
    assert refused(names(), host) == "address_refused"


def test_a_name_nobody_knows_is_named():
    def nobody(name):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert refused(Names(Network(resolve=nobody)), "nowhere.example") == "name_unknown"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "chrome://settings",
        "http://user:secret@shop.example/",
        "http://a:b/",
        "http://[::1",
        f"http://shop.example/{'a' * 2000}",
        "http://a.example/\r\nX: y",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url):
    with pytest.raises(CaptureFailed) as failed:
        check_address(url)
    assert failed.value.code == "no_address"
