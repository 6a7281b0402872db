"""The cache: what is kept and what is not, and what a broken, full or crowded one may not do."""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer import Summarizer
from summarizer.cache import Cache, default_folder
from summarizer.cache.entries import key_of
from summarizer.cache.store import Store
from summarizer.errors import FetchError
from summarizer.read import read
from summarizer.settings import Settings
from summarizer.testing import FirstClaimWriter, HashEncoder
from summarizer.types import Article
from tests.batch.test_faults import limited
from tests.sites import NOT_FOUND, OTHER, Net, answer

URL = "http://tidewater.example/story"
TEXT = (
    "The harbour board wants to close the old ferry landing for good. Captains say the new pier "
    "saves a quarter of an hour on every trip. Islanders answer that the old landing is the only "
    "one with a ramp for wheelchairs, and that nobody asked them before the drawings were made."
)
PAGE = f"<!doctype html><title>Pier</title><article><h1>Pier</h1><p>{TEXT}</p></article>".encode()
OPEN = Settings(timeout_s=5.0, backoff_s=0.01, ignore_robots=True)


class CountingWriter(FirstClaimWriter):
    """Counts how often it is asked."""

    def __init__(self):
        self.calls = 0

    def write(self, requests, /):
        self.calls += 1
        return super().write(requests)


@pytest.fixture
def net(monkeypatch):
    net = Net()
    monkeypatch.setattr(socket, "create_connection", net.connect)
    yield net
    net.close()


@pytest.fixture
def cache(tmp_path):
    with Cache.open(tmp_path / "cache") as cache:
        yield cache


def summarizer(cache=None, *, net=None, settings=OPEN):
    client = cache.client(settings, resolver=net.resolve) if cache and net else None
    return Summarizer(
        HashEncoder(), CountingWriter(), settings=settings, client=client, cache=cache
    )


def served(net, *headers, body=PAGE):
    return net.add(lambda _: answer(body, headers=headers))


# Pages


def read_twice(net, cache, settings=OPEN, url=URL):
    for _ in range(2):
        with cache.client(settings, resolver=net.resolve) as client:
            page = read(url, settings=settings, client=client)
    return page


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


# Analyses


def test_a_cached_analysis_is_the_same_to_the_byte_and_asks_no_model(net, cache):
    served(net)
    fresh = summarizer(net=net, settings=OPEN)
    fresh._client = net.client(OPEN)
    expected = fresh.analyze(URL).to_json()
    first, second = summarizer(cache, net=net), summarizer(cache, net=net)
    assert first.analyze(URL).to_json() == expected
    assert second.analyze(URL).to_json() == expected
    assert first.writer.calls > 0
    assert second.writer.calls == 0


def test_in_a_window_only_what_is_new_is_asked_for(net, cache):
    served(net)
    net.add(lambda _: answer(PAGE.replace(b"ferry", b"coal")), name="b.example", address=OTHER)
    urls = [URL, "http://b.example/story", "http://gone.example/", URL]
    summarizer(cache, net=net).analyze(URL)
    net.names["gone.example"] = [["10.0.0.1"]]
    plain = summarizer(settings=OPEN)
    plain._client = net.client(OPEN)
    expected = [str(getattr(one, "error", "")) or one.to_json() for one in plain.analyze_many(urls)]
    mixed = summarizer(cache, net=net).analyze_many(urls)
    assert [str(getattr(one, "error", "")) or one.to_json() for one in mixed] == expected


def test_texts_that_were_given_are_kept_only_when_asked(tmp_path):
    article = Article(text=TEXT, url=URL)
    for texts in (False, True):
        with Cache.open(tmp_path / str(texts), texts=texts) as cache:
            for _ in range(2):
                analyst = summarizer(cache)
                analyst.analyze(article)
            assert (analyst.writer.calls == 0) == texts
        held = b"".join(path.read_bytes() for path in (tmp_path / str(texts)).iterdir())
        assert (b"ramp for wheelchairs" in held) == texts


def test_every_thing_that_an_analysis_rests_on_is_in_its_key():
    story = summarizer().prepare(Article(text=TEXT, title="Pier"))
    made_with = {"encoder": "e", "settings": "s"}
    article = story.articles[0]
    retitled = replace(article, title="Landing")
    keys = {
        key_of(story, made_with, "cpu"),
        key_of(story, made_with, "cuda"),
        key_of(story, {**made_with, "encoder": "f"}, "cpu"),
        key_of(story, {**made_with, "settings": "t"}, "cpu"),
        key_of(replace(story, warnings=("left out: x",)), made_with, "cpu"),
        key_of(replace(story, claims=story.claims[:-1]), made_with, "cpu"),
        key_of(
            replace(story, claims=(replace(story.claims[0], holder="B"), *story.claims[1:])),
            made_with,
            "cpu",
        ),
        key_of(
            replace(
                story,
                articles=(retitled,),
                claims=tuple(replace(claim, article=retitled) for claim in story.claims),
            ),
            made_with,
            "cpu",
        ),
    }
    assert len(keys) == 8
    assert key_of(story, made_with, "cpu") in keys


def test_the_folder_is_the_users_own(cache, tmp_path):
    assert default_folder().name == "viewpoint-summarizer"
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert cache.store.path.stat().st_mode & 0o777 == 0o600


# Faults


def test_a_bit_that_has_turned_makes_an_analysis_new(tmp_path, caplog):
    article = Article(text=TEXT)
    with Cache.open(tmp_path, texts=True) as cache:
        expected = summarizer(cache).analyze(article).to_json()
    with sqlite3.connect(tmp_path / "cache-1.db") as file:
        [held] = file.execute("SELECT chunk_data FROM streams").fetchone()
        file.execute("UPDATE streams SET chunk_data = ?", (held.replace(b"ferry", b"fairy"),))
    file.close()
    with Cache.open(tmp_path, texts=True) as cache:
        analyst = summarizer(cache)
        assert analyst.analyze(article).to_json() == expected
        assert analyst.writer.calls > 0
        assert summarizer(cache).analyze(article).to_json() == expected


def put_text(path, _):
    path.write_text("this is no database " * 1000)


def put_folder(path, _):
    path.mkdir()


def put_foreign(path, _):
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE entries (id INTEGER, mine TEXT)")
        file.execute("INSERT INTO entries VALUES (1, 'precious')")
    file.close()


def put_holes(path, cached):
    cached.analyze(Article(text=TEXT))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


@pytest.mark.parametrize("put", [put_text, put_folder, put_foreign, put_holes])
def test_a_cache_that_cannot_be_used_is_a_warning(tmp_path, caplog, put):
    article = Article(text=TEXT)
    path = tmp_path / "cache-1.db"
    if put is put_holes:
        with Cache.open(tmp_path, texts=True) as cache:
            summarizer(cache).analyze(Article(text=TEXT + " So it goes."))
    put(path, summarizer())
    before = path.read_bytes() if path.is_file() else b""
    with caplog.at_level(logging.WARNING, "summarizer"), Cache.open(tmp_path, texts=True) as cache:
        result = summarizer(cache).analyze(article).to_json()
    assert result == summarizer().analyze(article).to_json()
    assert [r for r in caplog.records if r.name.startswith("summarizer") and not r.exc_info]
    assert put is not put_foreign or path.read_bytes() == before


def test_a_cache_that_cannot_be_written_is_a_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    with Cache.open(tmp_path / "file" / "cache", texts=True) as cache:
        summarizer(cache).analyze(Article(text=TEXT))
    assert "name another folder" in caplog.text


def test_another_form_of_the_cache_is_left_alone(tmp_path):
    other = tmp_path / "cache-0.db"
    other.write_bytes(b"of another version")
    with Cache.open(tmp_path, texts=True) as cache:
        summarizer(cache).analyze(Article(text=TEXT))
    assert other.read_bytes() == b"of another version"


def test_a_full_disk_is_a_warning_and_the_answer_is_whole(tmp_path, caplog):
    article = Article(text=TEXT)
    expected = summarizer().analyze(article).to_json()
    with Cache.open(tmp_path, texts=True) as cache:
        with limited(resource.RLIMIT_FSIZE, 10_000):
            assert summarizer(cache).analyze(article).to_json() == expected
        assert "cache" in caplog.text
        again = summarizer(cache)
        assert again.analyze(article).to_json() == expected
        assert again.writer.calls > 0


def test_the_limit_of_size_holds(tmp_path):
    store = Store(tmp_path, max_bytes=300_000)
    for number in range(60):
        store.put(f"key {number}", os.urandom(20_000))
    kept = [number for number in range(60) if store.get(f"key {number}") is not None]
    store.close()
    assert 5 < len(kept) < 20
    assert (tmp_path / "cache-1.db").stat().st_size < 600_000


def work(folder: str, first: int) -> list[str]:
    """Analyse six stories, half of them those of another process too."""
    with Cache.open(Path(folder), texts=True) as cache:
        analyst = summarizer(cache)
        return [
            analyst.analyze(Article(text=f"{TEXT} It was trip {first + n}.")).to_json()
            for n in range(6)
        ]


def test_processes_share_a_cache(tmp_path):
    starts = [0, 3, 0]
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        results = pool.starmap(work, [(str(tmp_path), start) for start in starts])
    fresh = {n: summarizer().analyze(Article(text=f"{TEXT} It was trip {n}.")) for n in range(9)}
    for start, result in zip(starts, results, strict=True):
        assert result == [fresh[start + n].to_json() for n in range(6)]
    with Cache.open(tmp_path, texts=True) as cache:
        analyst = summarizer(cache)
        for n in range(9):
            analyst.analyze(Article(text=f"{TEXT} It was trip {n}."))
        assert analyst.writer.calls == 0


WRITE = """
import hashlib, itertools, sys
from pathlib import Path
from summarizer.cache.store import Store
store = Store(Path(sys.argv[1]), max_bytes=1_000_000_000)
print("ready", flush=True)
for n in itertools.count():
    store.put(f"key {n}", hashlib.sha256(str(n).encode()).digest() * 20_000)
"""


def test_a_write_that_is_killed_leaves_whole_entries(tmp_path, root):
    for wait in (0.05, 0.2, 0.31):
        command = [sys.executable, "-c", WRITE, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as process:
            process.stdout.readline()
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.wait()
    with sqlite3.connect(tmp_path / "cache-1.db") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        [started] = file.execute("SELECT count(DISTINCT cache_key) FROM entries").fetchone()
    file.close()
    store = Store(tmp_path, max_bytes=1_000_000_000)
    kept = [store.get(f"key {n}") for n in range(started + 1)]
    store.close()
    for number, content in enumerate(kept):
        expected = hashlib.sha256(str(number).encode()).digest() * 20_000
        assert content in (None, expected)
    assert sum(content is not None for content in kept) >= started - 3


def test_what_the_cache_gives_back_is_checked_against_the_story(cache):
    story = summarizer().prepare(Article(text=TEXT))
    other = summarizer().analyze(Article(text=TEXT + " So it goes."))
    fetched = replace(story, fetched=True)
    made_with = dict(other.made_with)
    cache.store.put(key_of(story, made_with, "cpu"), other.to_json(indent=None).encode())
    assert cache.recall(fetched, made_with) is None
    cache.store.put(key_of(story, made_with, "cpu"), json.dumps({"schema": 1}).encode())
    assert cache.recall(fetched, made_with) is None


def test_an_answer_that_may_not_be_kept_is_not(net, cache):
    site = net.add(lambda _: NOT_FOUND)
    for _ in range(2):
        with pytest.raises(FetchError, match="404"):
            read_twice(net, cache)
    assert len(site.asked) == 2
