"""The floor: what the matrix products alone would take that an article cannot do without."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch

from summarizer import Article, Summarizer
from summarizer.models.bart import Bart
from summarizer.models.bert import Bert

ROWS = 512
REPEATS = 20


@dataclass(slots=True, kw_only=True)
class Work:
    """Multiplications and additions: of all tokens encoded, and of all decoder rows."""

    encoded_tokens: int = 0
    decoder_steps: int = 0
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

    A row is one beam of one text at one step, as many as were really computed.
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
        "decoder_steps": work.decoder_steps,
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
    work, read, step = Work(), Bert._read, Bart.step

    def counting_read(self, ids, kinds, groups, mask):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202
        work.encoded_tokens += len(ids)
        return read(self, ids, kinds, groups, mask)

    def counting_step(self, tokens, past):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202
        work.decoder_steps += 1
        work.decoder_rows += tokens.numel()
        return step(self, tokens, past)

    Bert._read, Bart.step = counting_read, counting_step  # type: ignore[method-assign]
    try:
        yield work
    finally:
        Bert._read, Bart.step = read, step  # type: ignore[method-assign]
