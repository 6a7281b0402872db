"""The floor: what the matrix products alone would take that an article cannot do without."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from summarizer import Article, Summarizer
from summarizer.models.bart import Bart
from summarizer.models.bert import Bert

ROWS = 512
REPEATS = 20


@dataclass(slots=True, kw_only=True)
class Work:
    """What was computed: tokens encoded, and rows of the writer's decoder in how many passes."""

    encoded_tokens: int = 0
    decoder_passes: int = 0
    decoder_rows: int = 0


def matmul_rate() -> float:
    """Return floating-point operations a second of CPU time, at the width of the bundled models."""
    x, weight = torch.randn(ROWS, 384), torch.randn(1536, 384)
    rates = []
    for _ in range(REPEATS):
        start = time.process_time()
        for _ in range(10):
            torch.nn.functional.linear(x, weight)
        rates.append(10 * 2 * ROWS * 384 * 1536 / (time.process_time() - start))
    return sorted(rates)[len(rates) // 2]


def floor_seconds(summarizer: Summarizer, article: Article) -> dict[str, float | int]:
    """Return the floor of `article`: one encoder pass over its tokens, and the decoder's rows.

    A row is one token of a text that is scored, or one beam of one at a step of a search.
    """
    with _counted() as work:
        summarizer.analyze(article)
    tokens = len(article.text.split()) * 4 // 3
    operations = 2 * (tokens * _encoder_weights() + work.decoder_rows * _decoder_weights())
    rate = matmul_rate()
    return {
        "matmul_gflops": round(rate / 1e9, 1),
        "article_tokens": tokens,
        "encoded_tokens": work.encoded_tokens,
        "decoder_passes": work.decoder_passes,
        "decoder_rows": work.decoder_rows,
        "seconds": round(operations / rate, 4),
    }


def _encoder_weights() -> int:
    return 6 * (4 * 384 * 384 + 2 * 384 * 1536)


def _decoder_weights() -> int:
    return 3 * (6 * 384 * 384 + 2 * 384 * 1536) + 384 * 18_000


@contextmanager
def _counted() -> Iterator[Work]:
    """Count what the bundled models compute."""
    work = Work()
    replaced = {
        (Bert, "_read"): partial(_encoded, work),
        (Bart, "step"): partial(_decoded, work),
        (Bart, "read"): partial(_decoded, work),
    }
    before = {place: getattr(*place) for place in replaced}
    for (kind, name), count in replaced.items():
        setattr(kind, name, _counting(before[kind, name], count))
    try:
        yield work
    finally:
        for (kind, name), method in before.items():
            setattr(kind, name, method)


def _counting(method: Callable[..., Any], count: Callable[[Tensor], None]) -> Callable[..., Any]:
    """Return `method` as it is, with its first argument counted."""

    def counted(self: object, tokens: Tensor, *others: Any) -> Any:
        count(tokens)
        return method(self, tokens, *others)

    return counted


def _encoded(work: Work, tokens: Tensor) -> None:
    work.encoded_tokens += tokens.numel()


def _decoded(work: Work, tokens: Tensor) -> None:
    work.decoder_passes += 1
    work.decoder_rows += tokens.numel()
