"""One deadline for all of a fetch, however slowly it comes."""

from __future__ import annotations

import time

import pytest

from tests.read.fetching import CHUNKED, SHORT, dripping, refused
from tests.sites import redirect


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>tide</p>"),
        (CHUNKED, b"1\r\nt\r\n"),
        (CHUNKED, b"0"),
        (b"H", b"T"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b""),
    ],
    ids=["body", "chunks", "chunk size", "status line", "headers", "early hints", "silence"],
)
def test_a_server_that_drips_runs_into_the_deadline(net, head, part):
    site = []
    site.append(net.add(lambda _: dripping(site, head, part)))
    begun = time.monotonic()
    refused(net, r"no answer within 0.4 s|connection broke", SHORT)
    assert time.monotonic() - begun < 2


def test_a_server_that_never_ends_its_tls_greeting_runs_into_the_deadline(net):
    site = []
    site.append(net.add(lambda _: dripping(site, b"\x16\x03\x03\x40\x00", b"\x02")))
    begun = time.monotonic()
    refused(net, r"no answer within 0.4 s|secure", SHORT, url="https://tidewater.example/")
    assert time.monotonic() - begun < 2


def test_redirects_share_the_deadline(net):
    def slowly(_):
        site[0].wait(0.15)
        yield redirect("/again")

    site = []
    site.append(net.add(slowly))
    begun = time.monotonic()
    refused(net, "no answer within 0.4 s", SHORT)
    assert time.monotonic() - begun < 1.5
