"""Texts against texts: overlap of words, and what is new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer

from eval.metrics.matching import assign
from eval.text import sentences, words

ROUGE = ("rouge1", "rouge2", "rougeL", "rougeLsum")


class _UnicodeTokenizer:
    """The tokenizer of rouge-score with every script kept; on ASCII text the tokens are equal."""

    def __init__(self) -> None:
        self._stem = cache(PorterStemmer().stem)

    def tokenize(self, text: str) -> list[str]:
        # rouge-score stems words of more than three characters only
        return [self._stem(word) if len(word) > 3 else word for word in words(text)]


@cache
def _scorer() -> RougeScorer:
    return RougeScorer(list(ROUGE), tokenizer=_UnicodeTokenizer())


def rouge(reference: str, candidate: str) -> dict[str, float]:
    """Return ROUGE-1, -2, -L and -Lsum F1 in [0, 1], Porter-stemmed, sentences split for Lsum."""
    scores = _scorer().score("\n".join(sentences(reference)), "\n".join(sentences(candidate)))
    return {name: float(scores[name].fmeasure) for name in ROUGE}


def matched_rouge(references: Sequence[str], candidates: Sequence[str]) -> dict[str, float] | None:
    """Return mean ROUGE of summaries matched one to one for the highest sum of ROUGE-1.

    What is left over on either side counts as 0, so neither a missing nor a surplus summary is
    free. None when there are neither references nor candidates.
    """
    size = max(len(references), len(candidates))
    if size == 0:
        return None
    table = [[rouge(one, other) for other in candidates] for one in references]
    gain = np.array([[cell["rouge1"] for cell in row] for row in table])
    pairs = assign(gain)
    return {name: sum(table[i][j][name] for i, j in pairs) / size for name in ROUGE}


def novelty(source: str, text: str, *, n: int = 2) -> float | None:
    """Return the share of the n-grams of `text` that do not stand in `source`; None without any."""
    known, own = set(_ngrams(source, n)), _ngrams(text, n)
    return sum(gram not in known for gram in own) / len(own) if own else None


def coverage(source: str, text: str) -> float | None:
    """Return the share of the words of `text` that stand in `source`; None without words."""
    fresh = novelty(source, text, n=1)
    return None if fresh is None else 1.0 - fresh


def _ngrams(text: str, n: int) -> list[tuple[str, ...]]:
    tokens = words(text)
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def shingle_counts(gold: str, predicted: str, *, n: int = 4) -> tuple[float, float, float]:
    r"""Return (tp, fp, fn) over n-grams of `\w+` tokens, scaled to sum 1.

    The measure of Zyte's article-extraction-benchmark: case-sensitive, and a text shorter than n
    words is one n-gram.
    """
    true, found = _shingles(gold, n), _shingles(predicted, n)
    tp = (true & found).total()
    counts = (tp, found.total() - tp, true.total() - tp)
    total = sum(counts)
    return (counts[0] / total, counts[1] / total, counts[2] / total) if total else (0.0, 0.0, 0.0)


def _shingles(text: str, n: int) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    grams = (tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)))
    return Counter(gram for gram in grams if gram)
