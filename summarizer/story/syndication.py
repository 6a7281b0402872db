"""Text that stands twice: sentences in the same words, and articles that are copies."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from summarizer.types import Article, Claim

LEAST_WORDS = 6  # "He said no." in two articles need not be about the same thing
LEAST_QUOTED = 0.5  # of a claim's words: the rest says who said it, in each outlet's own words
SHINGLE = 5  # words; shorter runs are shared by articles that only tell the same story
COPY = 0.6  # share of the shorter text; see eval/LOG.md, "One story, several outlets"

# Words that a house style adds or drops: "on Monday", "said that".
_HOUSE_STYLE = frozenset({"a", "an", "the", "that", "on"})
# Around a quotation they may turn what is quoted round: "He denied that …".
_TURNING = frozenset(
    {
        *("deny", "denies", "denied", "disputed", "false", "falsely", "if", "never", "no"),
        *("nobody", "not", "refused", "refuted", "rejected", "t", "untrue", "whether", "without"),
        "wrong",
    }
)
# A quotation may have begun before the claim, and may go on after it.
_QUOTED = re.compile(r"^([^“”\"]+[,.?!…])[”\"](?!\S)|(?<!\S)[“\"](?=\S)([^“”\"]+)(?:[”\"]|$)")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%$€£]")
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two articles of a story, by their place in it, and the share of the shorter in the other."""

    one: int
    other: int
    share: float


def wording(text: str) -> _Words:
    """Return the words of `text` as they are compared: the same whatever the house style.

    Case, quotation marks, punctuation, dots of initials, articles and the like do not count; words
    that turn a sentence round, numbers and the order of words do.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    joined = _INITIALS.sub(lambda found: found[0].replace(".", ""), plain)
    return tuple(word for word in _WORD.findall(joined) if word not in _HOUSE_STYLE)


def statement(text: str) -> _Words:
    """Return the wording of what a claim states: of its quotation, where that is most of it.

    Outlets quote the same sentence with attributions of their own ("the mayor said"). Where the
    words around a quotation may deny it, the whole text counts.
    """
    whole = wording(text)
    quoted = wording(" ".join(one or other for one, other in _QUOTED.findall(text)))
    around = wording(_QUOTED.sub(" ", text))
    long = len(quoted) >= max(LEAST_WORDS, LEAST_QUOTED * len(whole))
    return quoted if long and _TURNING.isdisjoint(around) else whole


def stand_ins(claims: Sequence[Claim]) -> list[int]:
    """Return for each claim the row of the one that stands for it: its own, or that of a twin.

    Twins make the same `statement` in different articles, in `LEAST_WORDS` words or more. The
    first twin that names its holder stands for all, else the first. Of text that only one article
    repeats see `repeated`.
    """
    groups: dict[_Words, list[int]] = defaultdict(list)
    for row, claim in enumerate(claims):
        groups[statement(claim.text)].append(row)
    result = list(range(len(claims)))
    for words, rows in groups.items():
        if len(words) >= LEAST_WORDS and len({claims[row].article for row in rows}) > 1:
            first = next((row for row in rows if claims[row].holder), rows[0])
            for row in rows:
                result[row] = first
    return result


def repeated(claims: Sequence[Claim]) -> dict[int, int]:
    """Return row → row of the earlier claim of its article that it says again, word for word.

    So do pull quotes and boxes; what has fewer than `LEAST_WORDS` words may mean another thing.
    """
    first: dict[tuple[Article, _Words], int] = {}
    found = {}
    for row, claim in enumerate(claims):
        words = wording(claim.text)
        original = first.setdefault((claim.article, words), row)
        if original != row and len(words) >= LEAST_WORDS:
            found[row] = original
    return found


def copies(articles: Sequence[Article]) -> list[Copy]:
    """Return the pairs of articles that carry the same text, in order.

    Measured by the containment of word shingles (Broder 1997), so that a shortened copy is found
    as well; exact, since a story has few articles.
    """
    shingles = [_shingles(wording(article.text)) for article in articles]
    pairs = [
        Copy(one=one, other=other, share=_containment(shingles[one], shingles[other]))
        for one, other in combinations(range(len(articles)), 2)
    ]
    return [pair for pair in pairs if pair.share >= COPY]


def _shingles(words: _Words) -> frozenset[_Words]:
    last = max(1, len(words) - SHINGLE + 1)
    return frozenset(words[start : start + SHINGLE] for start in range(last))


def _containment(one: frozenset[_Words], other: frozenset[_Words]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
