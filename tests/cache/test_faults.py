"""What a broken, full or crowded cache may not do."""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.cache import Cache
from summarizer.cache.entries import key_of
from summarizer.cache.store import Store
from summarizer.errors import FetchError
from summarizer.types import Article
from tests.cache.cached import TEXT, read_twice, summarizer
from tests.limits import limited
from tests.sites import NOT_FOUND


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
