"""Sites that err, lie and attack: over real sockets, behind the guard as it is by default."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
import trustme

from summarizer.errors import FetchError
from summarizer.read import read
from summarizer.read.body import read_body
from summarizer.read.visit import wait_asked_for
from summarizer.settings import Settings
from tests.sites import NOT_FOUND, OTHER, PAGE, Net, answer, redirect

URL = "http://tidewater.example/story"
QUICK = Settings(timeout_s=5.0, backoff_s=0.01, max_bytes=1_000_000, ignore_robots=True)
SHORT = Settings(timeout_s=0.4, backoff_s=0.01, ignore_robots=True)
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def net(monkeypatch):
    net = Net()
    monkeypatch.setattr(socket, "create_connection", net.connect)
    yield net
    net.close()


def fetched(net, settings=QUICK, *, url=URL, **more):
    with net.client(settings, **more) as client:
        return read(url, settings=settings, client=client)


def refused(net, said, settings=QUICK, **more):
    with pytest.raises(FetchError, match=said) as caught:
        fetched(net, settings, **more)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- size


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


# --- time


def dripping(site, head, part, pause=0.05):
    yield head
    while True:
        site[0].wait(pause)
        yield part


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


# --- what is no HTTP


@pytest.mark.parametrize(
    "said",
    [
        CHUNKED + b"zz\r\ntide\r\n0\r\n\r\n",
        CHUNKED + b"-5\r\ntide\r\n0\r\n\r\n",
        CHUNKED + b"4\r\ntides and more\r\n0\r\n\r\n",
        CHUNKED + b"FFFFFFFFFFFFFFFFFFFFFFFFFFFF\r\n",
        CHUNKED + b"4\r\ntide\r\n",
        CHUNKED + b"4;" + b"x" * 200_000 + b"\r\ntide\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n<p>cut short",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\ntide",
        b"HTTP/1.1 200 OK\r\nContent-Length: tide\r\n\r\ntide",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 300_000 + b"\r\n\r\ntide",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: x\r\n" * 50_000 + b"\r\ntide",
        b"HTTP/1.1 200 OK\r\nBad Header: x\r\n\r\ntide",
        b"HTTP/1.1 tide\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x00" * 200,
        b"",
    ],
    ids=lambda said: ascii(said[-30:]),
)
def test_an_answer_that_is_no_http_is_said(net, said):
    net.add(lambda _: said)
    message = refused(net, "connection broke|larger than")
    assert len(message) < 500


@pytest.mark.parametrize("where", ["http://[", "\x00", "http://a b/", "http://x:y/", "//", "http:"])
def test_a_redirect_to_nowhere_is_said(net, where):
    net.add(lambda _: redirect(where))
    refused(
        net,
        "connection broke|not an address|in a circle|not supported|host is unknown|no connection",
    )


def test_a_circle_of_redirects_ends(net):
    site = net.add(lambda path: redirect("/b" if path == "/a" else "/a"))
    refused(net, "redirects in a circle")
    assert len(site.asked) == QUICK.max_redirects + 1


def test_the_final_address_is_kept(net):
    net.add(lambda path: answer() if path == "/b" else redirect("/b"))
    page = fetched(net)
    assert (page.source, page.url) == (URL, "http://tidewater.example/b")


def test_an_error_behind_a_redirect_names_both_addresses(net):
    net.add(lambda path: NOT_FOUND if path == "/b" else redirect("/b"))
    message = refused(net, "404 Not Found; check the address")
    assert message.startswith(f"{URL} (now http://tidewater.example/b): ")


def test_a_film_is_not_downloaded(net):
    site = net.add(lambda _: answer(b"x" * 900_000, media_type="video/mp4"))
    refused(net, "sent video/mp4, not a web page")
    assert site.asked == ["/story"]


# --- encodings


@pytest.mark.parametrize(
    ("media_type", "body", "text"),
    [
        ("text/html; charset=iso-8859-1", "It’s high tide".encode(), "It’s high tide"),
        ("text/html; charset=utf-8", "It’s high tide".encode("cp1252"), "It’s high tide"),
        ("text/html; charset=no-such", "It’s high tide".encode("cp1252"), "It’s high tide"),
        ("text/html; charset=windows-1251", "Мост".encode("cp1251"), "Мост"),
        ("text/html; charset=utf-8", b"\xff\xfe" + "tide".encode("utf-16-le"), "tide"),
        ("text/html; charset=utf-7", b"+ADw-script+AD4- tide", "+ADw-script+AD4- tide"),
    ],
)
def test_a_wrong_charset_spoils_no_page(net, media_type, body, text):
    net.add(lambda _: answer(body, media_type=media_type))
    assert fetched(net).content == text


# --- again after what may pass


def in_turn(*answers):
    rest = iter(answers)
    return lambda _: next(rest)


BUSY = answer(b"", status="503 Service Unavailable")


@pytest.mark.parametrize(
    "first",
    [
        BUSY,
        answer(b"", status="429 Too Many Requests", headers=["Retry-After: 0"]),
        answer(b"", status="502 Bad Gateway"),
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90\r\n\r\n<p>cut",
    ],
)
def test_what_may_pass_is_asked_again(net, first):
    site = net.add(in_turn(first, BUSY, answer()))
    assert fetched(net).content == PAGE.decode()
    assert len(site.asked) == 3


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Internal Server Error"])
def test_what_will_not_pass_is_asked_once(net, status):
    site = net.add(lambda _: answer(b"", status=status))
    refused(net, status)
    assert len(site.asked) == 1


def test_a_site_that_stays_busy_is_given_up(net):
    site = net.add(lambda _: BUSY)
    refused(net, "503 Service Unavailable; try again later")
    assert len(site.asked) == QUICK.retries + 1


def test_a_wait_beyond_the_deadline_is_said_and_not_waited(net):
    site = net.add(
        lambda _: answer(b"", status="429 Too Many Requests", headers=["Retry-After: 3600"])
    )
    begun = time.monotonic()
    refused(net, "asks to wait 3600 s")
    assert len(site.asked) == 1
    assert time.monotonic() - begun < 2


def test_a_retry_after_header_is_read_in_both_forms():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert wait_asked_for(httpx.Headers({"retry-after": "7"})) == 7
    assert 80 < wait_asked_for(httpx.Headers({"retry-after": later})) <= 90
    past = {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}
    for said in ({}, past, {"retry-after": "soon"}, {"retry-after": "-3"}, {"retry-after": "1e9"}):
        assert wait_asked_for(httpx.Headers(said)) == 0


# --- robots.txt


ASKING = Settings(timeout_s=5.0, backoff_s=0.01)


def with_robots(rules, *, media_type="text/plain"):
    return lambda path: answer(rules, media_type=media_type) if path == "/robots.txt" else answer()


ALLOWING = [
    b"",
    b"User-agent: *\nDisallow: /private\n",
    b"User-agent: *\nDisallow: /\nAllow: /story$\n",
    b"User-agent: *\nDisallow: /\n\nUser-agent: viewpoint-summarizer\nAllow: /\n",
    b"User-agent: otherbot\nDisallow: /\n",
    b"<!doctype html><title>Not found</title>",
    bytes(range(256)) * 20,
]
FORBIDDING = [
    b"User-agent: *\nDisallow: /\n",
    b"user-agent: Viewpoint-Summarizer\ndisallow: /st*\n",
    b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /story\r\n",
]


@pytest.mark.parametrize("rules", ALLOWING)
def test_a_page_that_robots_txt_allows_is_read(net, rules):
    site = net.add(with_robots(rules))
    assert fetched(net, ASKING).content == PAGE.decode()
    assert site.asked == ["/robots.txt", "/story"]


@pytest.mark.parametrize("rules", FORBIDDING)
def test_a_page_that_robots_txt_forbids_is_not_asked_for(net, rules):
    site = net.add(with_robots(rules))
    refused(net, "robots.txt of tidewater.example does not allow.*--ignore-robots", ASKING)
    assert site.asked == ["/robots.txt"]
    assert fetched(net, QUICK).content == PAGE.decode()


def test_robots_txt_of_every_hop_counts(net):
    net.add(
        lambda path: NOT_FOUND if path == "/robots.txt" else redirect("http://other.example/story")
    )
    other = net.add(with_robots(FORBIDDING[0]), name="other.example", address=OTHER)
    refused(net, "robots.txt of other.example", ASKING)
    assert other.asked == ["/robots.txt"]


def test_robots_txt_is_asked_for_once_a_site(net):
    site = net.add(
        lambda path: {"/robots.txt": NOT_FOUND, "/b": answer()}.get(path, redirect("/b"))
    )
    assert fetched(net, ASKING).content == PAGE.decode()
    assert site.asked == ["/robots.txt", "/story", "/b"]


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "401 Unauthorized"])
def test_a_site_without_robots_txt_allows_all(net, status):
    net.add(lambda path: answer(b"", status=status) if path == "/robots.txt" else answer())
    assert fetched(net, ASKING).content == PAGE.decode()


def test_a_circle_of_redirects_of_robots_txt_allows_all(net):
    net.add(lambda path: redirect("/robots.txt") if path == "/robots.txt" else answer())
    assert fetched(net, ASKING).content == PAGE.decode()


def test_a_robots_txt_that_cannot_be_read_counts_as_a_refusal(net):
    site = net.add(lambda path: BUSY if path == "/robots.txt" else answer())
    refused(net, "robots.txt cannot be read .it answered 503", ASKING)
    assert "/story" not in site.asked


def test_a_robots_txt_may_not_lead_inside(net):
    net.add(
        lambda path: redirect("http://10.0.0.5/robots.txt") if path == "/robots.txt" else answer()
    )
    refused(net, "private address", ASKING)
    assert {address for address, _ in net.connected} == {"93.184.216.34"}


def test_the_tool_names_itself(net):
    site = net.add(with_robots(b""))
    fetched(net, ASKING)
    for head in site.heads:
        assert "user-agent: viewpoint-summarizer/" in head.lower()


def test_a_page_over_tls_drips_no_longer_than_the_deadline(net):
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("tidewater.example").configure_cert(server)
    trust = httpx.create_ssl_context()
    authority.configure_trust(trust)
    site = []
    site.append(net.add(lambda _: dripping(site, CHUNKED, b"1\r\nt\r\n"), tls=server))
    begun = time.monotonic()
    refused(net, "no answer within", SHORT, url="https://tidewater.example/", ssl_context=trust)
    assert time.monotonic() - begun < 2
