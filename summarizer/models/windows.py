"""How sentences are laid out for a relation encoder: in context, behind a title or statement.

One layout serves every task: `[CLS] prefix [SEP] sentence sentence [SEP] sentence ... [SEP]`, with
a [SEP] where a paragraph begins. An article is read in as few windows as its length allows, each of
about the same length; a single text behind a statement is a window of one sentence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from summarizer.protocols import Passage

PREFIX_TOKENS = 48
WINDOW_TOKENS = 384


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Token ids, token types (0 prefix, 1 text) and, per token, its row in the passage or -1."""

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    rows: tuple[int, ...]

    def shifted(self, by: int) -> Window:
        """Return the same window with its rows counted from elsewhere."""
        return replace(self, rows=tuple(row + by if row >= 0 else row for row in self.rows))


def lay_out(
    passage: Passage, tokenizer: Any, *, window_tokens: int = WINDOW_TOKENS
) -> list[Window]:
    """Return the windows in which `passage` is read; every sentence stands in exactly one.

    A sentence longer than a window is represented by its beginning.
    """
    breaks = _breaks(passage)
    prefix = _ids(tokenizer, [passage.prefix])[0][:PREFIX_TOKENS] if passage.prefix else []
    room = window_tokens - len(prefix) - 3
    unknown = [tokenizer.unk_token_id]  # so that a text without tokens has a place as well
    sentences = [ids[: room - 1] or unknown for ids in _ids(tokenizer, passage.sentences)]
    sizes = [len(ids) + int(new) for ids, new in zip(sentences, breaks, strict=True)]
    return [
        _window(range(first, last), sentences, breaks, prefix, tokenizer)
        for first, last in _spans(sizes, room)
    ]


def _breaks(passage: Passage) -> list[bool]:
    """Return whether each sentence begins a paragraph; every text of a bare list does."""
    numbers = passage.paragraphs or range(len(passage.sentences))
    return [i == 0 or numbers[i] != numbers[i - 1] for i in range(len(passage.sentences))]


def _ids(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    if not texts:
        return []
    # The name of a special token in an article is text: "[SEP]" begins no paragraph.
    encoded = tokenizer(
        list(texts), add_special_tokens=False, verbose=False, split_special_tokens=True
    )
    return [list(ids) for ids in encoded["input_ids"]]


def _spans(sizes: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Cut a row of sizes into as few runs of at most `room` as can be, of about equal total."""
    target = sum(sizes) / max(1, math.ceil(sum(sizes) / room))
    spans: list[tuple[int, int]] = []
    first, used = 0, 0
    for i, size in enumerate(sizes):
        if i > first and (used + size > room or used >= target):
            spans.append((first, i))
            first, used = i, 0
        used += size
    if sizes:
        spans.append((first, len(sizes)))
    return spans


def _window(
    span: range,
    sentences: Sequence[Sequence[int]],
    breaks: Sequence[bool],
    prefix: Sequence[int],
    tokenizer: Any,
) -> Window:
    cls, sep = tokenizer.cls_token_id, tokenizer.sep_token_id
    ids = [cls, *prefix, sep]
    kinds, rows = [0] * len(ids), [-1] * len(ids)
    for row in span:
        if breaks[row] and row != span.start:
            ids.append(sep)
            rows.append(-1)
        ids.extend(sentences[row])
        rows.extend([row] * len(sentences[row]))
    ids.append(sep)
    rows.append(-1)
    kinds.extend([1] * (len(ids) - len(kinds)))
    return Window(ids=tuple(ids), kinds=tuple(kinds), rows=tuple(rows))
