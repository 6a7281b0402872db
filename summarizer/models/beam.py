"""Beam search for the bundled writer: many short texts at once, each under its own constraint.

Chooses what transformers' `generate` chooses (early stopping, scores by length, no trigram twice),
which tests hold it against. It is faster because a text that is finished is computed no further,
because texts of different limits run together, and because only tokens that a source allows are
ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from summarizer.errors import ModelError
from summarizer.models.bart import Bart, Past
from summarizer.models.constraint import PRECISION, SourceWords, Spot

NGRAM = 3  # no three tokens twice in a text
SHARE = 0.8  # of the texts unfinished: below it, the finished ones are taken out


@dataclass(slots=True, kw_only=True)
class _Beam:
    """Tokens from the start token on, and where in the constraint they have led."""

    tokens: list[int]
    spot: Spot | None


@dataclass(slots=True, kw_only=True)
class _Text:
    """One text in the making: its running beams and what is finished, with scores."""

    number: int
    limit: int
    constraint: SourceWords | None
    beams: list[_Beam]
    finished: list[tuple[float, list[int]]] = field(default_factory=list)
    over: bool = False


@torch.inference_mode()
def search(
    model: Bart,
    sources: Sequence[Sequence[int]],
    constraints: Sequence[SourceWords | None],
    limits: Sequence[int],
    *,
    beams: int,
    end: int,
) -> list[list[list[int]]]:
    """Return up to `beams` texts for each source, as token ids without start and end, best first.

    Raises:
        ModelError: the model's output is not finite.
    """
    start = int(model.config.decoder_start_token_id)
    texts = [
        _Text(
            number=number,
            limit=limit,
            constraint=constraint,
            beams=[
                _Beam(tokens=[start], spot=constraint.start if constraint else None)
                for _ in range(beams)
            ],
        )
        for number, (constraint, limit) in enumerate(zip(constraints, limits, strict=True))
    ]
    states, known = model.encode(sources)
    past = model.start(states, known, beams=beams, most=max(limits))
    columns = _Columns(model, constraints, end=end)
    running = torch.zeros(len(texts), beams, device=states.device)
    running[:, 1:] = -1e9  # beams are alike at first; only one counts
    live = list(texts)
    while live:
        tokens = torch.tensor([[b.tokens[-1] for b in t.beams] for t in live], device=states.device)
        scores = columns.scores(model.step(tokens, past), live) + running[..., None]
        best, places = scores.flatten(1).topk(min(2 * beams, scores[0].numel()))
        running, parents = _advance(live, best, places, columns)
        past.reorder(parents)
        live, running = _compacted(live, running, past)
    return [[tokens for _, tokens in text.finished] for text in texts]


def _advance(
    live: Sequence[_Text], best: Tensor, places: Tensor, columns: _Columns
) -> tuple[Tensor, Tensor]:
    """Move each text on by a token; return (n, beams) scores and the beams they come from."""
    width = len(columns.tokens)
    scores, parents = [], []
    for text, values, spots in zip(live, best.tolist(), places.tolist(), strict=True):
        ranked = [
            (v, p // width, columns.tokens[p % width]) for v, p in zip(values, spots, strict=True)
        ]
        going = _step(text, ranked, columns.end)
        scores.append([value for value, _ in going])
        parents.append([parent for _, parent in going])
    return best.new_tensor(scores), places.new_tensor(parents)


def _step(
    text: _Text, ranked: Sequence[tuple[float, int, int]], end: int
) -> list[tuple[float, int]]:
    """Finish and continue beams of `text` from its best continuations; return (score, parent)."""
    count = len(text.beams)
    if text.over:
        return [(0.0, beam) for beam in range(count)]
    possible = [(v, beam, token) for v, beam, token in ranked if v > -1e8]
    written = len(text.beams[0].tokens)
    ended = [
        (v / written, text.beams[beam].tokens[1:])
        for v, beam, token in possible[:count]
        if token == end
    ]
    text.finished = sorted([*text.finished, *ended], key=lambda one: -one[0])[:count]
    going = [(v, beam, token) for v, beam, token in possible if token != end][:count]
    text.over = len(text.finished) == count or not going or written >= text.limit
    if text.over:
        return [(0.0, beam) for beam in range(count)]
    going += [(-torch.inf, going[0][1], going[0][2])] * (count - len(going))
    text.beams = [_continued(text.beams[beam], token, text.constraint) for _, beam, token in going]
    return [(value, beam) for value, beam, _ in going]


def _continued(beam: _Beam, token: int, constraint: SourceWords | None) -> _Beam:
    spot = constraint.follow(beam.spot, token) if constraint and beam.spot else None
    return _Beam(tokens=[*beam.tokens, token], spot=spot)


def _compacted(live: list[_Text], running: Tensor, past: Past) -> tuple[list[_Text], Tensor]:
    """Take finished texts out once there are enough of them to be worth the copying."""
    rows = [row for row, text in enumerate(live) if not text.over]
    if len(rows) > SHARE * len(live):
        return live, running
    kept = torch.tensor(rows, dtype=torch.long, device=running.device)
    past.keep(kept)
    return [live[row] for row in rows], running[kept]


class _Columns:
    """The tokens that some constraint of a batch allows: what is ranked. Without one, all."""

    def __init__(self, model: Bart, constraints: Sequence[SourceWords | None], *, end: int) -> None:
        self._model, self.end = model, end
        size = model.words.shape[0]
        free = any(constraint is None for constraint in constraints)
        tokens = {token for c in constraints if c for token in c.tokens} | {end}
        self.tokens = list(range(size)) if free else sorted(tokens)
        self.place = {token: column for column, token in enumerate(self.tokens)}
        device = model.words.device
        index = torch.tensor(self.tokens, device=device)
        self._words, self._bias = model.words[index], model.bias[index]
        self._starts = torch.stack([self._mask(c) for c in constraints]).to(device)

    def _mask(self, constraint: SourceWords | None) -> Tensor:
        if constraint is None:
            return torch.ones(len(self.tokens), dtype=torch.bool)
        mask = torch.zeros(len(self.tokens), dtype=torch.bool)
        mask[[self.place[token] for token in constraint.starts]] = True
        return mask

    def scores(self, hidden: Tensor, live: Sequence[_Text]) -> Tensor:
        """Return (n, beams, columns): log-probability of each token, -inf where it may not be."""
        total = self._model.total(hidden)
        if bool(total.isnan().any()):
            raise ModelError("writer: the model's output is not finite; its weights are broken")
        logits = self._model.logits(hidden, self._words, self._bias)
        scores = torch.round((logits - total) * PRECISION) / PRECISION
        return self._constrained(scores, live)

    def _constrained(self, scores: Tensor, live: Sequence[_Text]) -> Tensor:
        beams = scores.shape[1]
        numbers = torch.tensor([text.number for text in live], device=scores.device)
        allowed = self._starts[numbers][:, None].repeat(1, beams, 1).view(-1, len(self.tokens))
        closed: list[int] = []
        opened: list[tuple[int, int]] = []
        banned: list[tuple[int, int]] = []
        last: list[int] = []
        for row, (text, beam) in enumerate((t, b) for t in live for b in t.beams):
            if len(beam.tokens) >= text.limit:
                last.append(row)
                continue
            if text.constraint and beam.spot:
                if not beam.spot.may_end:
                    closed.append(row)
                opened += [(row, self.place[token]) for token in beam.spot.following]
                banned += [(row, self.place[token]) for token in beam.spot.banned]
                if beam.spot.may_end and len(beam.tokens) > 1:
                    opened.append((row, self.place[self.end]))
            banned += [(row, self.place[token]) for token in _repeats(beam.tokens)]
        allowed[closed + last] = False
        _set(allowed, opened, value=True)
        _set(allowed, banned, value=False)
        flat = scores.view(-1, len(self.tokens)).masked_fill(~allowed, -torch.inf)
        if last:
            flat[last, self.place[self.end]] = 0.0
        return flat.view(scores.shape)


def _set(mask: Tensor, places: Sequence[tuple[int, int]], *, value: bool) -> None:
    if places:
        rows, columns = torch.tensor(places, device=mask.device).T
        mask[rows, columns] = value


def _repeats(tokens: Sequence[int]) -> list[int]:
    """Return the tokens that would complete an n-gram for the second time."""
    tail = tuple(tokens[len(tokens) - NGRAM + 1 :])
    if len(tokens) < NGRAM:
        return []
    windows = zip(*(tokens[i:] for i in range(NGRAM)), strict=False)
    return [window[-1] for window in windows if window[:-1] == tail]
