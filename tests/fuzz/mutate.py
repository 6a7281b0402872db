"""Saved pages, changed at random as broken servers, editors and attackers change them."""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path

from tests.fuzz.strategies import ODD, PROSE, TAGS

_MOST = 100_000  # bytes of a page; a longer one is cut, as a broken connection cuts it
_SCRIPT = re.compile(rb"<(script|style|svg)\b.{2000,}?</\1>", re.IGNORECASE | re.DOTALL)
_WEIGHTS = (3, 3, 2, 2, 3, 3, 1, 1, 2)


def load(folder: Path) -> list[bytes]:
    """Return the pages of `folder` in the order of their names, unzipped, without long scripts."""
    pages = []
    for path in sorted(folder.rglob("*.htm*")):
        raw = path.read_bytes()
        page = gzip.decompress(raw) if path.suffix == ".gz" else raw
        pages.append(_SCRIPT.sub(b"", page)[:_MOST])
    return pages


def mutate(page: bytes, *, others: list[bytes], rng: random.Random) -> bytes:
    """Return `page` after one to six changes."""
    changes = (_cut, _repeat, _flip, _swap, _insert, _untag, _truncate, _splice, _nest)
    for change in rng.choices(changes, _WEIGHTS, k=rng.randint(1, 6)):
        page = change(page, rng, others)[: 2 * _MOST]
    return page


def _span(page: bytes, rng: random.Random, most: int = 4000) -> tuple[int, int]:
    start = rng.randrange(len(page) + 1)
    return start, min(len(page), start + rng.randint(1, most))


def _cut(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    start, end = _span(page, rng)
    return page[:start] + page[end:]


def _repeat(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    start, end = _span(page, rng, 400)
    return page[:end] + page[start:end] * rng.choice((1, 2, 10, 100)) + page[end:]


def _flip(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    changed = bytearray(page)
    for _ in range(min(rng.choice((1, 10, 200)), len(changed))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _swap(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    a, b = _span(page, rng)
    start, end = _span(page, rng)
    return page[:a] + page[start:end] + page[b:]


def _insert(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    at = rng.randrange(len(page) + 1)
    piece = rng.choice((*ODD, *TAGS, *PROSE)).encode("utf-8", "surrogatepass")
    return page[:at] + piece * rng.choice((1, 1, 3, 300)) + page[at:]


def _untag(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Break a tag: drop one of its brackets, or one quotation mark."""
    mark = rng.choice((b"<", b">", b'"', b"</"))
    at = page.find(mark, rng.randrange(len(page) + 1))
    return page if at < 0 else page[:at] + page[at + len(mark) :]


def _truncate(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    return page[: rng.randrange(len(page) + 1)]


def _splice(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    other = rng.choice(others)
    start, end = _span(other, rng, 20_000)
    at = rng.randrange(len(page) + 1)
    return page[:at] + other[start:end] + page[at:]


def _nest(page: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    at = rng.randrange(len(page) + 1)
    tag = rng.choice((b"<div>", b"<b>", b"<ul><li>", b"<blockquote>", b"<table><tr><td>", b"<p>"))
    return page[:at] + tag * rng.choice((5, 50, 500)) + page[at:]
