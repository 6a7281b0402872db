"""Pages in the cache: kept and asked for again by the rules of HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.cache import Cache
from summarizer.errors import FetchError
from tests.cache.cached import OPEN, PAGE, read_twice, served
from tests.sites import OTHER, answer


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        (["Cache-Control: max-age=600"], 1),
        (["Cache-Control: max-age=600, private"], 1),
        (["Cache-Control: max-age=0"], 2),
        (["Cache-Control: no-store, max-age=600"], 2),
        ([], 2),
        (["Cache-Control: max-age=600", "Vary: *"], 2),
    ],
)
def test_a_page_is_asked_for_again_unless_its_site_says_otherwise(net, cache, headers, asked):
    site = served(net, *headers)
    assert read_twice(net, cache).content == PAGE.decode()
    assert len(site.asked) == asked


def test_what_is_private_is_not_kept_for_several_people(net, tmp_path):
    site = served(net, "Cache-Control: max-age=600, private")
    with Cache.open(tmp_path, shared=True) as cache:
        read_twice(net, cache)
    assert len(site.asked) == 2


def test_a_stale_page_is_asked_for_with_its_tag_and_not_sent_again(net, cache):
    def script(_):
        again = "If-None-Match" in site.heads[-1] or "if-none-match" in site.heads[-1]
        headers = ['ETag: "seven"', "Cache-Control: max-age=0"]
        if again:
            return answer(b"", status="304 Not Modified", headers=headers)
        return answer(PAGE, headers=headers)

    site = net.add(script)
    assert read_twice(net, cache).content == PAGE.decode()
    assert len(site.asked) == 2
    assert '"seven"' in site.heads[1]


def test_robots_rules_hold_for_a_page_that_is_cached(net, cache):
    rules = [b""]

    def script(path):
        if path == "/robots.txt":
            return answer(rules[0], media_type="text/plain")
        return answer(PAGE, headers=["Cache-Control: max-age=600"])

    net.add(script)
    polite = replace(OPEN, ignore_robots=False)
    read_twice(net, cache, polite)
    rules[0] = b"User-agent: *\nDisallow: /"
    with pytest.raises(FetchError, match=r"robots\.txt"):
        read_twice(net, cache, polite)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [({"allow_private": True}, "private"), ({"ports": (80, 8080)}, "port 8080")],
)
def test_what_was_fetched_with_more_leave_is_not_served_with_less(net, cache, more, refusal):
    url = "http://inner.example:8080/x" if "ports" in more else "http://inner.example/x"
    address = OTHER if "ports" in more else "10.1.2.3"
    site = net.add(
        lambda _: answer(PAGE, headers=["Cache-Control: max-age=600"]),
        name="inner.example",
        address=address,
    )
    assert read_twice(net, cache, replace(OPEN, **more), url).content == PAGE.decode()
    assert len(site.asked) == 1
    with pytest.raises(FetchError, match=refusal):
        read_twice(net, cache, OPEN, url)


def test_a_page_behind_a_password_is_not_kept(net, cache, tmp_path):
    site = served(net, "Cache-Control: max-age=600, public")
    read_twice(net, cache, url="http://ann:secret@tidewater.example/story")
    assert len(site.asked) == 2
    assert b"secret" not in b"".join(p.read_bytes() for p in (tmp_path / "cache").iterdir())


def test_a_page_that_breaks_off_is_not_kept(net, cache):
    site = net.add(
        lambda _: (
            answer(PAGE, headers=["Cache-Control: max-age=600"])[: -len(PAGE) // 2]
            if len(site.asked) == 1
            else answer(PAGE, headers=["Cache-Control: max-age=600"])
        )
    )
    assert read_twice(net, cache).content == PAGE.decode()
    assert len(site.asked) == 2
