"""How likely a BART finds texts that are given: all texts of a source in one pass.

Texts that begin alike share what they begin with: each source's texts are laid out as a trie of
their tokens, and a mask lets each token see its own ancestors only (the tree attention of Miao et
al. 2024). Nothing is generated, so there is one pass of the decoder in place of one a token.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from summarizer.models.bart import Bart
from summarizer.models.loading import check_finite

MOST_TOKENS = 1024  # of the tries of a batch, padding included


@dataclass(slots=True, kw_only=True)
class _Trie:
    """The tokens of some texts, each with its ancestors; the first is the start token."""

    tokens: list[int]
    ancestors: list[list[int]] = field(default_factory=lambda: [[0]])
    paths: list[list[int]] = field(default_factory=list)
    """For each text the places of its tokens, the start token's first."""


@torch.inference_mode()
def log_likelihoods(
    model: Bart,
    sources: Sequence[Sequence[int]],
    texts: Sequence[Sequence[Sequence[int]]],
    allowed: Sequence[Sequence[int]],
    *,
    end: int,
) -> list[list[float]]:
    """Return the natural logarithm of each text's likelihood, given its source.

    Odds are over the tokens that are `allowed` for the source, with the `end` of a text among
    them, as in training (`training/writer/reach.py`); other tokens of a text count nothing.

    Raises:
        ModelError: the model's output is not finite.
    """
    start = int(model.config.decoder_start_token_id)
    tries = [_trie(start, some) for some in texts]
    found: dict[int, list[float]] = {}
    for rows in _batches([len(trie.tokens) for trie in tries]):
        states, known = model.encode([sources[row] for row in rows])
        hidden = model.read(*_laid_out([tries[row] for row in rows], states), states, known)
        check_finite(hidden.cpu().numpy(), "writer")
        for row, own in zip(rows, hidden, strict=True):
            columns = sorted({*allowed[row], end})
            found[row] = _scores(model, own, tries[row], texts[row], columns, end)
    return [found[row] for row in range(len(texts))]


def _trie(start: int, texts: Sequence[Sequence[int]]) -> _Trie:
    trie = _Trie(tokens=[start])
    places: dict[tuple[int, int], int] = {}
    for text in texts:
        path = [0]
        for token in text:
            step = (path[-1], token)
            if step not in places:
                places[step] = len(trie.tokens)
                trie.tokens.append(token)
                trie.ancestors.append([*trie.ancestors[path[-1]], places[step]])
            path.append(places[step])
        trie.paths.append(path)
    return trie


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield rows of like size together, `MOST_TOKENS` at a time or one row."""
    rows: list[int] = []
    for row in sorted(range(len(sizes)), key=lambda row: sizes[row]):
        if rows and (len(rows) + 1) * sizes[row] > MOST_TOKENS:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def _laid_out(tries: Sequence[_Trie], like: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return tokens and places (n, t), and which tokens see which, (n, t, t); padding sees all."""
    most = max(len(trie.tokens) for trie in tries)
    tokens = torch.zeros((len(tries), most), dtype=torch.long)
    places = torch.zeros_like(tokens)
    seen = torch.zeros((len(tries), most, most), dtype=torch.bool)
    for row, trie in enumerate(tries):
        size = len(trie.tokens)
        tokens[row, :size] = torch.tensor(trie.tokens)
        places[row, :size] = torch.tensor([len(one) - 1 for one in trie.ancestors])
        at = [place for place, one in enumerate(trie.ancestors) for _ in one]
        seen[row, at, [other for one in trie.ancestors for other in one]] = True
        seen[row, size:] = True
    return tokens.to(like.device), places.to(like.device), seen.to(like.device)


def _scores(
    model: Bart,
    hidden: Tensor,
    trie: _Trie,
    texts: Sequence[Sequence[int]],
    columns: Sequence[int],
    end: int,
) -> list[float]:
    index = torch.tensor(columns, device=hidden.device)
    odds = model.logits(hidden[None, : len(trie.tokens)], model.words[index], model.bias[index])
    odds = odds[0].log_softmax(-1).double().cpu()
    place = {token: column for column, token in enumerate(columns)}
    scores = []
    for text, path in zip(texts, trie.paths, strict=True):
        steps = [(at, place[t]) for at, t in zip(path, [*text, end], strict=True) if t in place]
        at, column = (torch.tensor(one) for one in zip(*steps, strict=True))
        scores.append(float(odds[at, column].sum()))
    return scores
