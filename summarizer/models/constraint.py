"""Decoding under a vocabulary constraint: words only from the source, or without content.

Lexically constrained decoding by a trie over token ids, so that pieces of allowed words cannot be
joined to new ones. Names and numbers can thus come from the claims alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import torch

from summarizer.english.function_words import FUNCTION_WORDS, LIGHT_VERBS

_WORD = re.compile(r"[^\W_]+")
_MARKS = "Ġ▁"  # how byte-level BPE and SentencePiece write the space before a word
_MOST_WORDS = 50_000  # remembered between requests; some 20 MB
PRECISION = 1e3
"""Scores are rounded to 1/1000: padding and thread count change the last bits of a logit, and must
not change which beam wins."""


@dataclass(slots=True, eq=False)
class _Node:
    """A place in a trie of allowed words; `final` where a word may end."""

    children: dict[int, _Node] = field(default_factory=dict)
    final: bool = False


_NOWHERE = _Node()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where what has been written leads to: in the words that all may use, and in one's own.

    following: tokens that go on with a word. may_end: whether a word may end here. banned: tokens
    that may not follow although a word may begin here.
    """

    free: _Node
    own: _Node
    may_end: bool
    banned: tuple[int, ...] = ()

    @property
    def following(self) -> set[int]:
        """The tokens that go on with the word that was begun."""
        return {*self.free.children, *self.own.children}


class Vocabulary:
    """What a tokenizer can write, sorted once: pieces of words, and tokens without a letter."""

    def __init__(self, tokenizer: Any, size: int, *, end: int | None = None) -> None:
        """`end` is the token that ends a text, where the tokenizer does not name it."""
        self._tokenizer, self.size = tokenizer, size
        self.eos = int(tokenizer.eos_token_id if end is None else end)
        special = set(tokenizer.all_special_ids)
        tokens = tokenizer.convert_ids_to_tokens(list(range(min(size, len(tokenizer)))))
        self.punctuation = frozenset(
            row
            for row, token in enumerate(tokens)
            if row not in special and _is_punctuation(str(token))
        )
        self._paths: dict[str, tuple[tuple[int, ...], ...]] = {}
        self.free = self._trie(sorted(FUNCTION_WORDS | LIGHT_VERBS))

    def constraint(self, texts: Sequence[str]) -> SourceWords:
        """Return the constraint to the words of `texts`, their inflections and closed classes."""
        if len(self._paths) > _MOST_WORDS:
            self._paths.clear()
        allowed = {match.group() for text in texts for match in _WORD.finditer(text)}
        inflected = {form for word in allowed for form in inflections(word)}
        return SourceWords(self._trie(sorted(allowed | inflected)), self)

    def _trie(self, words: Sequence[str]) -> _Node:
        self._spell([word for word in words if word not in self._paths])
        root = _Node()
        for word in words:
            for path in self._paths[word]:
                _insert(root, path)
        return root

    def _spell(self, words: Sequence[str]) -> None:
        """Find the token ids of `words`, within a text and at its start, in either case."""
        if not words:
            return
        unknown = self._tokenizer.unk_token_id
        forms = [sorted({word, word[:1].upper() + word[1:]}) for word in words]
        texts = [text for some in forms for form in some for text in (form, f" {form}")]
        ids = iter(self._tokenizer(texts, add_special_tokens=False)["input_ids"])
        for word, some in zip(words, forms, strict=True):
            paths = {tuple(next(ids)) for _ in range(2 * len(some))}
            self._paths[word] = tuple(
                sorted(path for path in paths if path and unknown not in path)
            )


class SourceWords:
    """The constraint of one request: which tokens may follow what has been written."""

    def __init__(self, own: _Node, vocabulary: Vocabulary) -> None:
        self._own, self._vocabulary = own, vocabulary
        self.starts = {*vocabulary.free.children, *own.children, *vocabulary.punctuation}
        self.start = Spot(free=vocabulary.free, own=own, may_end=True)

    @cached_property
    def tokens(self) -> set[int]:
        """All tokens that may be written somewhere, but for the one that ends a text."""
        found = set(self._vocabulary.punctuation)
        nodes = [self._vocabulary.free, self._own]
        while nodes:
            node = nodes.pop()
            found.update(node.children)
            nodes.extend(node.children.values())
        return found

    def follow(self, spot: Spot, token: int) -> Spot:
        """Return where `token` leads to from `spot`."""
        free, own = spot.free.children.get(token), spot.own.children.get(token)
        if free is None and own is None:
            free = self.start.free.children.get(token)
            own = self.start.own.children.get(token)
        banned = (token,) if token in self._vocabulary.punctuation else ()  # ",," is a loop
        if free is None and own is None:
            return Spot(free=self.start.free, own=self.start.own, may_end=True, banned=banned)
        free, own = free or _NOWHERE, own or _NOWHERE
        return Spot(free=free, own=own, may_end=free.final or own.final, banned=banned)

    def allowed(self, written: Sequence[int]) -> torch.Tensor:
        """Return a (vocabulary,) mask of the tokens that may follow the tokens in `written`."""
        spot = self.start
        for token in written:
            spot = self.follow(spot, token)
        mask = torch.zeros(self._vocabulary.size, dtype=torch.bool)
        mask[sorted(spot.following)] = True
        if spot.may_end:
            mask[sorted(self.starts)] = True
            mask[self._vocabulary.eos] = bool(written)
            mask[list(spot.banned)] = False
        return mask


class ConstraintProcessor:
    """Applies one constraint per request to all of its beams, and ends a text at its own limit.

    A logits processor for transformers' `generate`. Row r of the scores belongs to request
    r // beams.
    """

    def __init__(
        self,
        constraints: Sequence[SourceWords],
        limits: Sequence[int],
        *,
        beams: int,
        eos: int,
    ) -> None:
        self._constraints, self._limits = constraints, limits
        self._beams, self._eos = beams, eos

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Return `scores` with -inf for what may not follow; shapes (rows, t) and (rows, v)."""
        scores = torch.round(scores * PRECISION) / PRECISION
        written = input_ids[:, 1:].tolist()  # the first is the decoder's start token
        for row, tokens in enumerate(written):
            request = row // self._beams
            if tokens and tokens[-1] == self._eos:
                continue  # this beam is finished
            if len(tokens) >= self._limits[request] - 1:
                scores[row] = _only(scores[row], self._eos)
                continue
            forbidden = ~self._constraints[request].allowed(tokens).to(scores.device)
            scores[row] = scores[row].masked_fill(forbidden, -torch.inf)
        return scores


def _only(scores: torch.Tensor, token: int) -> torch.Tensor:
    alone = torch.full_like(scores, -torch.inf)
    alone[token] = 0.0
    return alone


def inflections(word: str) -> Iterable[str]:
    """Return regular inflections of a lower-case word: says and saying of say, and back.

    Some of them are no words ("gived"); a trained writer does not write those. Names and numbers
    have none.
    """
    if len(word) < 4 or not word.isalpha() or not word.islower():
        return ()
    bases = {word}
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            bases |= {stem, stem + "e"}
            if len(stem) > 3 and stem[-1] == stem[-2]:
                bases.add(stem[:-1])
    return {form for base in bases for form in _forms(base)}


def _forms(base: str) -> tuple[str, ...]:
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    return base, base + "s", base + "es", base + "ed", base + "ing"


def _insert(root: _Node, path: Sequence[int]) -> None:
    node = root
    for token in path:
        node = node.children.setdefault(token, _Node())
    node.final = True


def _is_punctuation(token: str) -> bool:
    bare = token.removeprefix("##").strip(_MARKS)
    return len(bare) == 1 and not bare.isalnum() and (bare.isascii() or bare in "“”‘’—–…£€")
