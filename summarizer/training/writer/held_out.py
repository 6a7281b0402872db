"""The rows that measure a writer: documents held out whole, and unseen sentences to copy."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from summarizer.training.leakage import load_blocked
from summarizer.training.writer.articles import ArticleRows, load_articles
from summarizer.training.writer.data import HELD_OUT_LOADERS, Row, load_rows

HeldOut = dict[str, list[Row]]
"""Rows by origin."""

MOST = 48  # of an origin: measuring is to take seconds of a run


def load_held_out(data: Path) -> HeldOut:
    """Return the held-out rows of a data folder without reading what is only trained on.

    Raises DataError.
    """
    blocked = load_blocked(data)
    titles, texts, _ = load_articles(data, blocked)
    return held_out_rows(load_rows(data, blocked, loaders=HELD_OUT_LOADERS).held_out, titles, texts)


def held_out_rows(rows: Sequence[Row], titles: Sequence[str], texts: Sequence[str]) -> HeldOut:
    """Return at most 48 rows per origin: those in `rows`, and some made of unseen articles."""
    unseen = ArticleRows(titles, texts, rng=random.Random(7), dev=True)
    held_out = {kind: list(islice(unseen.rows(kind), MOST)) for kind in ("extract", "lead")}
    for row in rows:
        held_out.setdefault(row.origin, []).append(row)
    return {origin: some[:MOST] for origin, some in held_out.items()}
