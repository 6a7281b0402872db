"""Which rows the writer sees when, and how they become batches of similar length."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from transformers import PreTrainedTokenizerFast

from summarizer.prompts import Prompts
from summarizer.training.writer.articles import ArticleRows
from summarizer.training.writer.data import Row
from summarizer.training.writer.reach import Reach, places

MAX_SOURCE = 160  # tokens: five or six news sentences; attention and time grow with it
MAX_TARGET = 48  # tokens: newsroom summaries have 27 words on average

# Sampling weights of the origins at the start, at 30 % and from 60 % of the time on: copying is
# learnt first, then what to copy, then the product's own tasks.
CURRICULUM: dict[str, tuple[float, float, float]] = {
    "copy": (40, 4, 0),
    "extract": (40, 34, 6),
    "title": (4, 8, 8),
    "lead": (0, 12, 16),
    "fusion": (8, 8, 6),
    "newsroom-summary": (8, 22, 40),
    "newsroom-label": (0, 4, 6),
    "newsroom-point": (0, 8, 8),
    "newsroom-question": (0, 4, 5),
    "debatewise": (0, 3, 4),
    "arc-gist": (0, 3, 4),
    "debatepedia": (0, 2, 2),
    "neus": (0, 2, 3),
    "neus-title": (0, 2, 1),
    "inshorts": (0, 4, 3),
}


def weights_at(fraction: float) -> dict[str, float]:
    """Return the sampling weight of every origin when `fraction` of the time has passed."""
    knots = (0.0, 0.3, 0.6)
    result = {}
    for origin, values in CURRICULUM.items():
        if fraction >= knots[2]:
            result[origin] = float(values[2])
            continue
        left = 0 if fraction < knots[1] else 1
        share = (fraction - knots[left]) / (knots[left + 1] - knots[left])
        result[origin] = values[left] * (1 - share) + values[left + 1] * share
    return result


class Mixture:
    """Draws rows by curriculum; each paired set is shuffled and gone through before it repeats."""

    def __init__(
        self, rows: Sequence[Row], articles: ArticleRows | None, *, rng: random.Random
    ) -> None:
        self._rng = rng
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            grouped[row.origin].append(row)
        self._streams = {origin: _cycle(some, rng) for origin, some in sorted(grouped.items())}
        if articles is not None:
            for kind in ("copy", "extract", "title", "lead"):
                self._streams[kind] = articles.rows(kind)
        self.drawn: dict[str, int] = dict.fromkeys(self._streams, 0)

    def draw(self, n: int, *, fraction: float) -> list[Row]:
        """Return `n` rows for the moment when `fraction` of the time has passed."""
        weights = weights_at(fraction)
        names = [name for name in self._streams if weights.get(name, 1.0) > 0]
        chosen = self._rng.choices(names, [weights.get(name, 1.0) for name in names], k=n)
        for name in chosen:
            self.drawn[name] += 1
        return [_varied(next(self._streams[name]), self._rng) for name in chosen]


def _cycle(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    while True:
        yield from rng.sample(rows, len(rows))


def _varied(row: Row, rng: random.Random) -> Row:
    """Return `row`, half of the time with a part of its texts left out, the first one never."""
    # A question's first text is the title, and each text after it stands for one side.
    if len(row.texts) <= 3 or row.task == "question" or rng.random() < 0.5:
        return row
    keep = sorted(rng.sample(range(1, len(row.texts)), rng.randint(2, len(row.texts) - 1)))
    texts = (row.texts[0], *(row.texts[place] for place in keep))
    return Row(task=row.task, texts=texts, target=row.target, origin=row.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """(b, s) source ids, (b, t) decoder inputs and labels, and (b, t, s) copy targets.

    Labels are -100 where there is no token. A row of `copies` sums to 1 over the source places
    that hold the label, 0 where the label does not stand in the source. `columns` are the (u,)
    tokens that may be written in the batch, `allowed` (b, u) in which row; `places` are the (b, t)
    labels as columns, -100 where the row's source does not allow the label.
    """

    source: torch.Tensor
    mask: torch.Tensor
    decoder: torch.Tensor
    labels: torch.Tensor
    copies: torch.Tensor
    columns: torch.Tensor
    allowed: torch.Tensor
    places: torch.Tensor


class Batcher:
    """Tokenises rows under the bundled prompts and pads them in batches of about one size."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast, *, tokens: int) -> None:
        self.tokenizer, self._tokens = tokenizer, tokens
        self._prompts = Prompts.load("bundled")
        self._reach = Reach(tokenizer)

    def batches(self, rows: Sequence[Row]) -> list[Batch]:
        """Return batches of at most `tokens` source tokens each, sorted by length."""
        prompts = [self._prompts.fill(row.task, row.texts) for row in rows]
        sources = self.tokenizer(prompts, truncation=True, max_length=MAX_SOURCE)["input_ids"]
        targets = self.tokenizer(
            [row.target for row in rows], truncation=True, max_length=MAX_TARGET
        )["input_ids"]
        order = sorted(range(len(rows)), key=lambda row: (len(sources[row]), len(targets[row])))
        groups: list[list[int]] = []
        for row in reversed(order):  # longest first, so that the first of a group sets its width
            if not groups or len(sources[groups[-1][0]]) * (len(groups[-1]) + 1) > self._tokens:
                groups.append([])
            groups[-1].append(row)
        return [
            self._pad(
                [sources[row] for row in group],
                [targets[row] for row in group],
                [rows[row].texts for row in group],
            )
            for group in groups
        ]

    def _pad(
        self,
        sources: list[list[int]],
        targets: list[list[int]],
        texts: Sequence[Sequence[str]],
    ) -> Batch:
        pad = self.tokenizer.pad_token_id
        source = _padded(sources, pad)
        mask = (source != pad).long()
        decoder = _padded([ids[:-1] for ids in targets], pad)  # [CLS] a b c
        labels = _padded([ids[1:] for ids in targets], -100)  # a b c [SEP]
        columns, allowed = self._reach.of(texts)
        return Batch(
            source=source,
            mask=mask,
            decoder=decoder,
            labels=labels,
            copies=copy_targets(source, decoder, labels, skip=self.tokenizer.all_special_ids),
            columns=columns,
            allowed=allowed,
            places=places(labels, columns, allowed),
        )


def _padded(rows: list[list[int]], value: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


def copy_targets(
    source: torch.Tensor, decoder: torch.Tensor, labels: torch.Tensor, *, skip: Sequence[int]
) -> torch.Tensor:
    """Return (b, t, s) weights over the source places where each label stands.

    Of several such places only those count that continue the longest common run (up to four
    tokens) with what has been written: that is where a reader copying by eye would look.
    """
    same = labels[:, :, None] == source[:, None, :]
    for special in skip:
        same &= (source != special)[:, None, :]
    run = torch.zeros(same.shape)
    alive = torch.ones_like(same)
    for back in range(1, 5):
        # What was written `back` tokens before the label, and what stands there in the source.
        written = torch.roll(decoder, back - 1, 1)
        written[:, : back - 1] = -1
        before = torch.roll(source, back, 1)
        before[:, :back] = -2
        alive = alive & (written[:, :, None] == before[:, None, :])
        run = run + alive
    score = torch.where(same, run + 1.0, torch.zeros_like(run))
    best = score.amax(dim=2, keepdim=True)
    chosen = same & (score == best) & (best > 0)
    total = chosen.sum(dim=2, keepdim=True).clamp(min=1)
    return chosen.float() / total
