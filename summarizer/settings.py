"""Every number that steers the product, each with the reason or the run that chose it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Defaults of the pipeline; pass another instance to `Summarizer` to change them."""

    # read
    timeout_s: float = 20.0  # one request in all; news sites answer within a few seconds
    max_bytes: int = 20_000_000  # trafilatura's own cap on a page
    max_characters: int = 2_000_000  # some 330,000 words: a book, not an article
    min_words: int = 40  # two sentences of news text: below it there is nothing to compare
    # cluster and write: set by measurement, see eval/LOG.md
    min_viewpoint: float = 0.5
    side_bias: float = 0.0
    point_threshold: float = 0.6
    min_support: float = 0.5
