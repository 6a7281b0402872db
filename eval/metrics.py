"""Metrics, each a pure function of gold and prediction. None says "could not be judged".

Partitions are sequences of labels, one per item; only equality of labels counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix, pair_confusion_matrix

from eval.text import sentences, words

Labels = Sequence[int]
ROUGE = ("rouge1", "rouge2", "rougeL", "rougeLsum")


# -- partitions ------------------------------------------------------------------------------


def singletons(labels: Labels) -> list[int]:
    """Return `labels` with every negative one ("in no cluster") made a cluster of its own."""
    fresh = max(labels, default=0) + 1
    return [label if label >= 0 else fresh + row for row, label in enumerate(labels)]


def adjusted_rand(gold: Labels, predicted: Labels) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 1 identical, about 0 by chance."""
    return float(adjusted_rand_score(gold, predicted))


def pair_f1(gold: Labels, predicted: Labels) -> float | None:
    """Return F1 over pairs of items in one cluster; None when neither side has such a pair."""
    (_, fp), (fn, tp) = pair_confusion_matrix(gold, predicted)
    total = 2 * tp + fp + fn
    return float(2 * tp / total) if total else None


def b_cubed(gold: Labels, predicted: Labels) -> float:
    """Return B³ F1 (Bagga and Baldwin 1998): precision and recall averaged over items."""
    table = contingency_matrix(gold, predicted).astype(np.float64)
    items = table.sum()
    precision = (table**2 / table.sum(axis=0, keepdims=True)).sum() / items
    recall = (table**2 / table.sum(axis=1, keepdims=True)).sum() / items
    return float(2 * precision * recall / (precision + recall))


def matching_accuracy(gold: Labels, predicted: Labels) -> float:
    """Return the share of items right under the best one-to-one match of clusters (Hungarian)."""
    table = contingency_matrix(gold, predicted)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum() / table.sum())


# -- texts -----------------------------------------------------------------------------------


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
    pairs = _assign(gain)
    return {name: sum(table[i][j][name] for i, j in pairs) / size for name in ROUGE}


def _assign(gain: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    if gain.size == 0:
        return []
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def match(gain: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the (row, column) pairs of the best one-to-one match that gain anything at all."""
    return [(row, column) for row, column in _assign(gain) if gain[row, column] > 0]


def soft_scores(similarity: npt.NDArray[np.float64]) -> tuple[float, float, float] | None:
    """Return soft precision, recall and F1 of a (generated, reference) matrix (Li et al. 2023).

    Precision is the mean over generated texts of the best similarity to a reference, recall the
    reverse. None when either side is empty.
    """
    if similarity.size == 0:
        return None
    precision, recall = similarity.max(axis=1).mean(), similarity.max(axis=0).mean()
    total = precision + recall
    return float(precision), float(recall), float(2 * precision * recall / total if total else 0.0)


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


# -- faithfulness and attribution ------------------------------------------------------------

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NUMBER_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
"""
_AS_DIGITS = {word: str(value) for value, word in enumerate(words(_NUMBER_WORDS))}
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|['’.-](?=[^\W_]))*")


def unsupported(sources: Iterable[str], text: str) -> list[str]:
    """Return the names and numbers of `text` that stand nowhere in `sources`, in reading order.

    A name is a capitalised word that does not open a sentence; one that opens a sentence counts
    when the next word is capitalised too. Numbers are compared as digits without thousands
    separators, and number words up to twenty as their digits.
    """
    source = "\n".join(sources)
    known = set(words(source))
    numbers = set(_numbers(source)) | {_AS_DIGITS[word] for word in known & set(_AS_DIGITS)}
    names = [name for name in _names(text) if not set(words(_bare(name))) <= known]
    return names + [number for number in _numbers(text) if number not in numbers]


def _numbers(text: str) -> list[str]:
    return [found.group().replace(",", "") for found in _NUMBER.finditer(text)]


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _names(text: str) -> list[str]:
    found: list[str] = []
    for sentence in sentences(text):
        tokens = _NAME.findall(sentence)
        capital = [token[0].isupper() and token != "I" for token in tokens]
        opens = len(capital) > 1 and capital[1]
        found += [token for i, token in enumerate(tokens) if capital[i] and (i > 0 or opens)]
    return found


_TITLES = frozenset(words("a an the mr mrs ms dr sir lord lady prof professor"))


def same_holder(one: str, other: str) -> bool:
    """Whether two names of a holder can mean the same: the words of one stand in the other.

    Case, articles and titles of address do not count, so "Mr. Ito" and "Kenji Ito" are the same.
    """
    first, second = (frozenset(words(name)) - _TITLES for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def holder_counts(gold: Sequence[str], predicted: Sequence[str]) -> tuple[int, int, int]:
    """Return (tp, fp, fn) of holders matched one to one under `same_holder`."""
    gain = np.array([[float(same_holder(one, other)) for other in predicted] for one in gold])
    tp = len(match(gain))
    return tp, len(predicted) - tp, len(gold) - tp
