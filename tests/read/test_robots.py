"""robots.txt of every site and hop."""

from __future__ import annotations

import ssl
import time

import httpx
import pytest
import trustme

from summarizer.settings import Settings
from tests.read.fetching import BUSY, CHUNKED, QUICK, SHORT, dripping, fetched, refused
from tests.sites import NOT_FOUND, OTHER, PAGE, answer, redirect

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
