"""Decoding under a vocabulary constraint: words only from the source, or without content.

Lexically constrained decoding by a trie over token ids, so that pieces of allowed words cannot be
joined to new ones. Names and numbers can thus come from the claims alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import torch
from transformers import LogitsProcessor, PreTrainedTokenizerBase

from summarizer.function_words import FUNCTION_WORDS, LIGHT_VERBS

_WORD = re.compile(r"[^\W_]+")
_MARKS = "Ġ▁"  # how byte-level BPE and SentencePiece write the space before a word
_PRECISION = 1e3
"""Scores are rounded to 1/1000: padding and thread count change the last bits of a logit, and must
not change which beam wins."""


@dataclass(slots=True)
class _Node:
    """A place in the trie of allowed words; `final` where a word may end."""

    children: dict[int, _Node] = field(default_factory=dict)
    final: bool = False


class Vocabulary:
    """What a tokenizer can write, sorted once: pieces of words, and tokens without a letter."""

    def __init__(
        self, tokenizer: PreTrainedTokenizerBase, size: int, *, end: int | None = None
    ) -> None:
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
        self._free = sorted(FUNCTION_WORDS | LIGHT_VERBS)

    def constraint(self, texts: Sequence[str]) -> SourceWords:
        """Return the constraint to the words of `texts`, their inflections and closed classes."""
        allowed = {match.group() for text in texts for match in _WORD.finditer(text)}
        inflected = {form for word in allowed for form in inflections(word)}
        root = _Node()
        for word in [*self._free, *sorted(allowed | inflected)]:
            for path in self._spellings(word):
                _insert(root, path)
        return SourceWords(root, self)

    def _spellings(self, word: str) -> tuple[tuple[int, ...], ...]:
        """Return the token ids of `word`, within a text and at its start, in either case."""
        if word not in self._paths:
            forms = {word, word[:1].upper() + word[1:]}
            texts = [text for form in sorted(forms) for text in (form, f" {form}")]
            ids = self._tokenizer(texts, add_special_tokens=False)["input_ids"]
            unknown = self._tokenizer.unk_token_id
            self._paths[word] = tuple(
                sorted({tuple(path) for path in ids if path and unknown not in path})
            )
        return self._paths[word]


class SourceWords:
    """The constraint of one request: which tokens may follow what has been written."""

    def __init__(self, root: _Node, vocabulary: Vocabulary) -> None:
        self._root, self._vocabulary = root, vocabulary
        starts = torch.zeros(vocabulary.size, dtype=torch.bool)
        starts[sorted(root.children)] = True
        starts[sorted(vocabulary.punctuation)] = True
        self._starts = starts

    def allowed(self, written: Sequence[int]) -> torch.Tensor:
        """Return a (vocabulary,) mask of the tokens that may follow the tokens in `written`."""
        node = self._walk(written)
        if node is not self._root and not node.final:
            mask = torch.zeros_like(self._starts)
            mask[sorted(node.children)] = True
            return mask
        mask = self._starts.clone()
        mask[sorted(node.children)] = True
        if written:
            mask[self._vocabulary.eos] = True
            if written[-1] in self._vocabulary.punctuation:
                mask[written[-1]] = False  # ",," is a loop, never a text
        return mask

    def _walk(self, written: Sequence[int]) -> _Node:
        node = self._root
        for token in written:
            following = node.children.get(token)
            if following is None:
                following = self._root.children.get(token, self._root)
            node = following
        return node


class ConstraintProcessor(LogitsProcessor):  # type: ignore[misc, unused-ignore]
    """Applies one constraint per request to all of its beams, and ends a text at its own limit.

    `constraints` may hold None: such a request is free. Row r of the scores belongs to request
    r // beams.
    """

    def __init__(
        self,
        constraints: Sequence[SourceWords | None],
        limits: Sequence[int],
        *,
        beams: int,
        eos: int,
    ) -> None:
        self._constraints, self._limits = constraints, limits
        self._beams, self._eos = beams, eos

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Return `scores` with -inf for what may not follow; shapes (rows, t) and (rows, v)."""
        scores = torch.round(scores * _PRECISION) / _PRECISION
        written = input_ids[:, 1:].tolist()  # the first is the decoder's start token
        for row, tokens in enumerate(written):
            request = row // self._beams
            if tokens and tokens[-1] == self._eos:
                continue  # this beam is finished
            if len(tokens) >= self._limits[request] - 1:
                scores[row] = _only(scores[row], self._eos)
                continue
            constraint = self._constraints[request]
            if constraint is not None:
                forbidden = ~constraint.allowed(tokens).to(scores.device)
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
