"""Busy sites are asked again, within the deadline; others once."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from summarizer.read.visit import wait_asked_for
from tests.read.fetching import BUSY, QUICK, fetched, refused
from tests.sites import PAGE, answer


def in_turn(*answers):
    rest = iter(answers)
    return lambda _: next(rest)


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
