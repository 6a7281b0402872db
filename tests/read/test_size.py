"""How much of a page is read: limits before and after decompression."""

from __future__ import annotations

import gzip
import itertools
import time
import zlib

import httpx
import pytest

from summarizer.read.body import read_body
from tests.read.fetching import CHUNKED, fetched, refused
from tests.sites import PAGE, answer


def packed(body, encoding):
    return answer(body, headers=[f"Content-Encoding: {encoding}"])


def bare_deflate(data):
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("gzip", gzip.compress(PAGE) + b"\0" * 500),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", bare_deflate(PAGE)),
        ("identity", PAGE),
    ],
)
def test_a_compressed_page_is_read(net, encoding, body):
    net.add(lambda _: packed(body, encoding))
    assert fetched(net).content == PAGE.decode()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", bare_deflate)],
)
def test_a_decompression_bomb_is_cut_short(net, encoding, pack):
    bomb = pack(b"<p>" + bytes(20_000_000))
    assert len(bomb) < 25_000
    net.add(lambda _: packed(bomb, encoding))
    begun = time.monotonic()
    refused(net, "larger than 1,000,000 bytes")
    assert time.monotonic() - begun < 3


def test_a_bomb_of_many_members_is_cut_short(net):
    net.add(lambda _: packed(gzip.compress(bytes(50_000)) * 200, "gzip"))
    refused(net, "larger than 1,000,000 bytes")


def test_no_more_than_the_limit_is_ever_decompressed():
    bomb = gzip.compress(bytes(20_000_000))
    response = httpx.Response(200, headers={"content-encoding": "gzip"}, content=iter([bomb]))
    made = 0

    def counting(parts):
        nonlocal made
        for part in parts:
            made += len(part)
            yield part

    from summarizer.read import body

    inflated, body._inflated = body._inflated, lambda parts: counting(inflated(parts))
    try:
        with pytest.raises(body.TooLargeError):
            read_body(response, limit=1_000_000, deadline=time.monotonic() + 60)
    finally:
        body._inflated = inflated
    assert made < 1_100_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 500])
def test_an_encoding_that_was_not_asked_for_is_refused(net, encoding):
    site = net.add(lambda _: packed(gzip.compress(PAGE), encoding))
    assert len(refused(net, "not asked for")) < 300
    asked = next(line for line in site.heads[0].splitlines() if "ccept-encoding" in line.lower())
    assert asked.split(": ")[1] == "gzip, deflate"


@pytest.mark.parametrize("body", [gzip.compress(PAGE)[:-12], b"\x1f\x8b\x08broken" * 9, PAGE])
def test_a_broken_compressed_page_is_not_taken_for_a_page(net, body):
    net.add(lambda _: packed(body, "gzip"))
    refused(net, "connection broke .*compressed page")


def test_an_endless_body_is_cut_short(net):
    def endless(_):
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
        yield from itertools.repeat(b"tide " * 10_000)

    net.add(endless)
    refused(net, "larger than 1,000,000 bytes")


def test_endless_chunks_are_cut_short(net):
    def endless(_):
        yield CHUNKED
        yield from itertools.repeat(b"1000\r\n" + b"t" * 4096 + b"\r\n")

    net.add(endless)
    refused(net, "larger than 1,000,000 bytes")


def test_a_page_of_exactly_the_limit_is_read(net):
    net.add(lambda _: answer(b"<p>" + b"t" * 999_997))
    assert len(fetched(net).content) == 1_000_000
