"""Every way to write an address: none leads inside, and public ones are read."""

from __future__ import annotations

import ipaddress

import pytest

from summarizer.errors import FetchError, ReadError, SummarizerError
from tests.read.guarded import fetched
from tests.sites import NOT_FOUND, PAGE, PUBLIC, answer

INSIDE = [
    "127.0.0.1",
    "127.255.1.2",
    "10.0.0.5",
    "10.255.255.254",
    "172.16.0.1",
    "172.31.9.8",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "198.18.0.1",
]


def spellings(address):
    """Yield the ways in which resolvers of one system or another read an IPv4 address."""
    a, b, c, d = address.split(".")
    whole = int(ipaddress.IPv4Address(address))
    yield address
    yield f"{whole}"
    yield f"{whole:#x}"
    yield f"0x{whole:08X}"
    yield f"0{whole:o}"
    yield f"{a}.{whole & 0xFFFFFF}"
    yield f"{a}.{b}.{whole & 0xFFFF}"
    yield ".".join(f"{int(part):#x}" for part in (a, b, c, d))
    yield ".".join(f"0{int(part):o}" for part in (a, b, c, d))
    yield ".".join(f"0{int(part):03o}" for part in (a, b, c, d))
    yield f"{int(a):#x}.{b}.0{int(c):o}.{d}"
    yield f"{address}."
    yield f"reader@{address}"
    yield f"tidewater.example@{address}"
    yield f"tidewater.example:80@{address}"
    yield f"{address}:80"
    yield "".join(chr(ord(char) + 0xFEE0) if char != "." else char for char in address)
    yield address.replace(".", "\u3002")
    yield address.replace(".", "\uff0e")
    yield address.replace(".", "%2e")
    yield "".join(f"%{ord(char):02x}" for char in address)
    yield f"[::ffff:{address}]"
    yield f"[::ffff:{whole >> 16:x}:{whole & 0xFFFF:x}]"
    yield f"[0:0:0:0:0:FFFF:{address}]"
    yield f"[::{address}]"
    yield f"[64:ff9b::{address}]"
    yield f"[64:ff9b:1::{address}]"
    yield f"[2002:{whole >> 16:x}:{whole & 0xFFFF:x}::1]"
    yield f"[2001:0:4136:e378:8000:63bf:{(whole >> 16) ^ 0xFFFF:x}:{(whole & 0xFFFF) ^ 0xFFFF:x}]"


NAMES = [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54",
    "inside.example",
    "INSIDE.example",
    "xn--inside-bcher-zhb.example",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fe80::1%eth0]",
    "[::1%25lo]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[::1]:80",
    "reader@[::1]",
    "[::1",
    "::1",
    "127.0.0.1\t",
    "127.0.0.1#@tidewater.example",
    "127.0.0.1?@tidewater.example",
    "tidewater.example\\@127.0.0.1",
    " 127.0.0.1",
    "",
    ".",
    "..",
    "@",
    ":80",
    "a" * 64 + ".example",
    "a." * 130,
    "tidewater.example:0",
    "tidewater.example:22",
    "tidewater.example:99999",
    "tidewater.example:-1",
    "tidewater.example:８0x",
]
TABLE = [f"{host}" for address in INSIDE for host in spellings(address)] + NAMES


def test_the_table_of_spellings_is_long_enough():
    assert len(set(TABLE)) >= 200


@pytest.mark.parametrize("host", TABLE, ids=ascii)
def test_no_spelling_of_an_inner_address_is_connected_to(net, host):
    net.add(lambda _: answer())
    for name in ("localhost", "localhost.", "inside.example", "xn--inside-bcher-zhb.example"):
        net.names[name] = [["127.0.0.1"]]
    with pytest.raises((FetchError, ReadError)) as caught:
        fetched(net, f"http://{host}/")
    assert net.connected == []
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("source", ["http:/127.0.0.1/", "//127.0.0.1/", "HTTP:127.0.0.1", "x:y"])
def test_what_only_looks_like_a_url_is_no_fetch(net, source):
    with pytest.raises(SummarizerError):
        fetched(net, source)
    assert net.connected == []


@pytest.mark.parametrize(
    "host",
    [
        "93.184.216.34",
        "1572395042",
        "0x5db8d822",
        "93.12113954",
        "0x5d.0xb8.0xd8.0x22",
        "reader@93.184.216.34",
        "127.0.0.1@93.184.216.34",
        "127.0.0.1\\@tidewater.example",
        "tidewater.example",
        "TIDEWATER.example",
        "reader:word@tidewater.example",
        "tidewater.example:80",
        "b\u00fccher.example",
        "xn--bcher-kva.example",
        "127.0.0.1.tidewater.example",
    ],
    ids=ascii,
)
def test_every_spelling_of_a_public_address_is_read(net, host):
    net.add(lambda _: answer())
    net.names["127.0.0.1.tidewater.example"] = [[PUBLIC]]
    net.names["xn--bcher-kva.example"] = [[PUBLIC]]
    assert fetched(net, f"http://{host}/").content == PAGE.decode()
    assert {address for address, _ in net.connected} == {PUBLIC}


def test_a_site_that_is_not_there_is_said(net):
    net.add(lambda _: NOT_FOUND)
    with pytest.raises(FetchError, match="404 Not Found; check the address"):
        fetched(net)
