"""Beam search for the bundled writer: many short texts at once, each under its own constraint.

Chooses what transformers' `generate` chooses (early stopping, scores by length, no trigram twice),
which tests hold it against. It is faster because a text that is finished is computed no further,
because texts of different limits run together, and because only tokens that a source allows are
ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from summarizer.errors import ModelError
from summarizer.models.bart import Bart
from summarizer.models.constraint import PRECISION, SourceWords, Spot
from summarizer.models.past import Past

Mask = npt.NDArray[np.bool_]
NGRAM = 3  # no three tokens twice in a text
SHARE = 0.8  # of the texts unfinished: below it, the finished ones are taken out


@dataclass(slots=True, kw_only=True)
class _Beam:
    """Tokens from the start token on, and where in the constraint they have led."""

    tokens: list[int]
    spot: Spot


@dataclass(slots=True, kw_only=True)
class _Text:
    """One text in the making: its running beams and what is finished, with scores."""

    number: int
    limit: int
    constraint: SourceWords
    beams: list[_Beam]
    finished: list[tuple[float, list[int]]] = field(default_factory=list)
    over: bool = False


@torch.inference_mode()
def search(
    model: Bart,
    sources: Sequence[Sequence[int]],
    constraints: Sequence[SourceWords],
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
    texts = _texts(constraints, limits, beams=beams, start=start)
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


def _texts(
    constraints: Sequence[SourceWords], limits: Sequence[int], *, beams: int, start: int
) -> list[_Text]:
    """Return texts of which nothing is written yet."""
    return [
        _Text(
            number=number,
            limit=limit,
            constraint=constraint,
            beams=[_Beam(tokens=[start], spot=constraint.start) for _ in range(beams)],
        )
        for number, (constraint, limit) in enumerate(zip(constraints, limits, strict=True))
    ]


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


def _continued(beam: _Beam, token: int, constraint: SourceWords) -> _Beam:
    return _Beam(tokens=[*beam.tokens, token], spot=constraint.follow(beam.spot, token))


def _compacted(live: list[_Text], running: Tensor, past: Past) -> tuple[list[_Text], Tensor]:
    """Take finished texts out once there are enough of them to be worth the copying."""
    rows = [row for row, text in enumerate(live) if not text.over]
    if len(rows) > SHARE * len(live):
        return live, running
    kept = torch.tensor(rows, dtype=torch.long, device=running.device)
    past.keep(kept)
    return [live[row] for row in rows], running[kept]


class _Columns:
    """The tokens that some constraint of a batch allows: what is ranked."""

    def __init__(self, model: Bart, constraints: Sequence[SourceWords], *, end: int) -> None:
        self._model, self.end = model, end
        self.tokens = sorted({token for one in constraints for token in one.tokens} | {end})
        self.place = {token: column for column, token in enumerate(self.tokens)}
        index = torch.tensor(self.tokens, device=model.words.device)
        self._words, self._bias = model.words[index], model.bias[index]
        self._starts = [self._mask(one.starts) for one in constraints]
        self._reach = [self._mask({*one.tokens, end}) for one in constraints]
        self._masks: dict[tuple[int, Spot, bool], Mask] = {}

    def scores(self, hidden: Tensor, live: Sequence[_Text]) -> Tensor:
        """Return (n, beams, columns): log-probability of each token, -inf where it may not be."""
        logits = self._model.logits(hidden, self._words, self._bias)
        allowed = torch.from_numpy(self._allowed(live)).to(hidden.device).view(logits.shape)
        total = self._total(logits, live)
        if bool(total.isnan().any()):
            raise ModelError("writer: the model's output is not finite; its weights are broken")
        scores = torch.round((logits - total) * PRECISION) / PRECISION
        scores.masked_fill_(~allowed, -torch.inf)
        last = [len(beam.tokens) >= text.limit for text in live for beam in text.beams]
        if any(last):  # a text ends at its limit, however unlikely
            scores.view(-1, len(self.tokens))[last, self.place[self.end]] = 0.0
        return scores

    def _total(self, logits: Tensor, live: Sequence[_Text]) -> Tensor:
        """Return (n, beams, 1): the log of what odds are divided by.

        That is the sum over the tokens that its source allows, as in training
        (`training/writer/reach.py`).
        """
        near = torch.from_numpy(np.stack([self._reach[text.number] for text in live]))
        far = ~near.to(logits.device)[:, None]
        return logits.masked_fill(far, -torch.inf).logsumexp(-1, keepdim=True)

    def _allowed(self, live: Sequence[_Text]) -> Mask:
        """Return (n * beams, columns): the tokens that may follow each beam."""
        beams = [(text, beam) for text in live for beam in text.beams]
        allowed = np.stack([self._following(text, beam) for text, beam in beams])
        for row, (text, beam) in enumerate(beams):
            if len(beam.tokens) >= text.limit:
                allowed[row] = False
            repeated = _repeats(beam.tokens)
            if repeated:
                allowed[row, [self.place[token] for token in repeated]] = False
        return allowed

    def _following(self, text: _Text, beam: _Beam) -> Mask:
        """Return (columns,): what the constraint lets follow; made once for each spot of a text."""
        key = (text.number, beam.spot, len(beam.tokens) > 1)
        if key not in self._masks:
            self._masks[key] = self._made(*key)
        return self._masks[key]

    def _made(self, number: int, spot: Spot, begun: bool) -> Mask:
        mask = self._mask(spot.following)
        if spot.may_end:
            mask |= self._starts[number]
            mask[self.place[self.end]] = begun
        mask[[self.place[token] for token in spot.banned]] = False
        return mask

    def _mask(self, tokens: Iterable[int]) -> Mask:
        mask = np.zeros(len(self.tokens), dtype=bool)
        mask[[self.place[token] for token in tokens]] = True
        return mask


def _repeats(tokens: Sequence[int]) -> list[int]:
    """Return the tokens that would complete an n-gram for the second time."""
    tail = tuple(tokens[len(tokens) - NGRAM + 1 :])
    if len(tokens) < NGRAM:
        return []
    windows = zip(*(tokens[i:] for i in range(NGRAM)), strict=False)
    return [window[-1] for window in windows if window[:-1] == tail]
