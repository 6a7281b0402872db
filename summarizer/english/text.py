"""Words of a text, what they share, and which of several texts stands in the middle."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from summarizer.english.function_words import FUNCTION_WORDS

WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the lower-case words and numbers of `text`; "1,200.5" is one, "don't" is two."""
    return [word.lower() for word in WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """Return the words of `text` that are not function words."""
    return [word for word in words(text) if word not in FUNCTION_WORDS]


@lru_cache(maxsize=1 << 14)  # asked some 2,000 times for an article, of some 500 words
def stem(word: str) -> str:
    """Return `word` without its regular English inflection, so that walks and walked agree.

    Cruder than a stemmer and safer: it never touches derivations (nation, national).
    """
    for ending, least in (("ies", 2), ("ied", 2), ("ing", 3), ("ed", 3), ("es", 3), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            root = word[: -len(ending)]
            if ending in ("ies", "ied"):
                return root + "y"
            doubled = len(root) > 2 and root[-1] == root[-2] and root[-1] not in "lsz"
            return root[:-1] if doubled else root.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of `text`."""
    return frozenset(stem(word) for word in content_words(text))


def central_first(texts: Sequence[str]) -> list[str]:
    """Return `texts` with the most central first: by summed TF-IDF cosine to the others.

    Ties keep the given order. Length does not win by itself, since vectors have unit length.
    """
    return [texts[row] for row in centrality_order(texts)]


def centrality_order(texts: Sequence[str]) -> list[int]:
    """Return the rows of `texts`, most central first (the order of `central_first`)."""
    bags = [Counter(stem(word) for word in content_words(text)) for text in texts]
    documents = Counter(word for bag in bags for word in bag)
    vectors = [_unit(bag, documents, len(texts)) for bag in bags]
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    # The dot product with the sum of all vectors is the summed cosine.
    scores = [
        round(sum(weight * total[word] for word, weight in sorted(vector.items())), 9)
        for vector in vectors
    ]
    return sorted(range(len(texts)), key=lambda row: (-scores[row], row))


def _unit(bag: Counter[str], documents: Counter[str], n: int) -> dict[str, float]:
    weights = {
        word: count * math.log(1 + n / documents[word]) for word, count in sorted(bag.items())
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    # Fragments ("I do.") are central to nothing: fewer than four content words count less.
    length *= max(1.0, 4 / max(1, len(weights)))
    return {word: weight / length for word, weight in weights.items()}
