"""Answers that are no page: broken HTTP, circles of redirects, films; and wrong charsets."""

from __future__ import annotations

import pytest

from tests.read.fetching import CHUNKED, QUICK, URL, fetched, refused
from tests.sites import NOT_FOUND, answer, redirect


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
