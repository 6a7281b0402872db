"""Names for a viewpoint and its points, taken from their claims: what is held, in a clause.

Each claim is worded shortly in all the ways that `wordings` knows, and the wording that is most
central to the claims, nearest to title and question and most like a stand is chosen; of the second
viewpoint one that speaks of what the first one's label speaks of. What only tells who said
something, or speaks of "them" without a name, comes second; a noun phrase comes last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.english.function_words import WORD_CLASSES, is_denial
from summarizer.english.headlines import HEADING
from summarizer.english.lexicon import LEXICON
from summarizer.english.noun_phrases import noun_phrases
from summarizer.english.text import centrality_order, content_stems, content_words, stem
from summarizer.english.wordings import Wording, shortened, wordings
from summarizer.writing.persons import pronoun_for

_LABEL = HEADING  # words: up to here a label, beyond it the name of a point
_TELLING = 4  # words: fewer seldom tell a side
_LONGEST = 9  # a whole clause of so many says more than a noun phrase
_JUDGING = frozenset(LEXICON["judging"])
_PAST = frozenset(LEXICON["past"])
_MUST = frozenset(LEXICON["must"])
_BE = frozenset({"is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't"})
_NOW = frozenset({"is", "are", "isn't", "aren't"})
_MODAL = frozenset(LEXICON["modal"]) - {"need"}
_HAVE = frozenset({"has", "have", "had"})
_DENYING = frozenset(WORD_CLASSES["denying"])
_STANCE = frozenset(LEXICON["stance"])


def _states(one: Wording) -> bool:
    return not (one.pointing or one.first) and one.kind in ("clause", "predicate", "wish")


def _reports(one: Wording) -> bool:
    return not (one.pointing or one.first) and one.kind == "saying"


def _frames(one: Wording) -> bool:
    return one.kind == "frame" and not one.pointing


def _points(one: Wording) -> bool:
    return one.kind != "frame" and not one.first


def _any_clause(one: Wording) -> bool:
    return one.kind != "frame"


_Test = Callable[[Wording], bool]
_Ranked = tuple[Wording, int]
_LABELS: tuple[_Test, ...] = (_states, _reports, _frames, _points)
_POINTS: tuple[_Test, ...] = (_states, _reports, _any_clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claims:
    """The texts that a name is wanted for, the most central first, and how many hold each stem;
    `titled` are the stems of the title, `against` is the label of the viewpoint before."""

    texts: tuple[str, ...]
    counts: Counter[str]
    titled: frozenset[str]
    against: str = ""


def key_phrase(
    texts: Sequence[str],
    *,
    least: int,
    most: int,
    title: str = "",
    context: str = "",
    taken: Sequence[str] = (),
) -> str:
    """Return a name of `least` to `most` words for what `texts` say, made of words of theirs.

    A label (`most` of six or less) that no shorter clause gives may have nine words, and lacks the
    article it would open with. When nothing will do: the first words, with an ellipsis. What is
    `taken` is the name of something else: another with its content words is passed over where that
    can be, and a label is rather one that speaks of what the first of them speaks of, or denies it.
    A name stands for "he" or "she" only where `context`, the article, calls its bearer that.
    """
    label = most <= _LABEL
    claims = _Claims(
        texts=tuple(" ".join(texts[row].split()) for row in centrality_order(texts)),
        counts=Counter(stem(word) for text in texts for word in set(content_words(text))),
        titled=content_stems(title),
        against=taken[0] if label and taken else "",
    )
    found = [
        (one, rank)
        for rank, text in enumerate(claims.texts)
        for one in wordings(text, least=least, most=max(most, _LONGEST), brief=label)
        if _is_known(one, context)
    ]
    said = {_gist(text) for text in taken}
    fresh = [pair for pair in found if _gist(pair[0].text) not in said]
    for some, fits in _choices(found, fresh, label=label):
        fitting = [pair for pair in some if fits(pair[0])]
        if fitting:
            return max(fitting, key=lambda pair: _worth(pair[0], pair[1], claims, most))[0].text
    return _remainder(claims, least=least, most=most)


def _choices(
    found: Sequence[_Ranked], fresh: Sequence[_Ranked], *, label: bool
) -> Iterator[tuple[Sequence[_Ranked], _Test]]:
    """Yield what to choose from, and by which test, the best first: a point had rather say the same
    as another than speak of "them"."""
    if label:
        yield from ((fresh, fits) for fits in _LABELS)
    else:
        yield from ((fresh, fits) for fits in _POINTS[:-1])
        yield from ((found, fits) for fits in _POINTS)


def _is_known(one: Wording, context: str) -> bool:
    """Return whether whoever is named for "he" is called so: in "Heritage said he was a rebel" the
    name is no man's, and in "Ida Holm hopes he wins" it is no "he"."""
    if one.named is None or one.named[1] not in ("he", "she"):
        return True
    name, pronoun = one.named
    return pronoun_for(name, context) == pronoun


def _gist(text: str) -> tuple[frozenset[str], bool]:
    """Return what tells two names apart: their content words, and whether they deny."""
    return content_stems(text), _denies(text)


def _denies(text: str) -> bool:
    denials = sum(is_denial(word) or word in _DENYING for word in _own(text))
    return denials % 2 == 1


def _own(text: str) -> list[str]:
    return text.lower().replace("’", "'").split()


def _worth(one: Wording, rank: int, claims: _Claims, most: int) -> float:
    """Return how near a wording is likely to be to a label that a reader would give.

    Linear, after a regression on the labels of newsroom-train (LOG 2026-11-23); what makes a
    clause a stand, no report, was chosen by reading where the regression is indifferent.
    """
    stems = content_stems(one.text)
    shared = sum(claims.counts[word] for word in stems) / len(claims.texts)
    size = len(one.text.split())
    return round(
        (1.3 * shared + 0.9 * len(stems & claims.titled)) / (len(stems) + 2)
        + 0.05 * shared
        + 0.01 * len(stems)
        + _stands(one)
        + _faces(one, stems, claims.against)
        - 0.15 * one.cut
        - 0.15 * _wants_subject(one)
        - 0.03 * (one.kind == "wish")
        - 0.05 * (size < _TELLING)
        - 0.05 * rank / max(1, len(claims.texts) - 1)
        - 0.15 * (size > most)
        - 0.05 * max(0, size - most)
        - 0.1 * any(char.isdigit() for char in one.text),
        9,
    )


def _stands(one: Wording) -> float:
    """Return how much a wording reads as a stand: it judges, forecasts or demands."""
    own = set(_own(one.text))
    group = "".join(letter for letter in one.tags if letter not in "RX")
    under_way = "AG" in group
    past = one.verb.endswith("ed") or one.verb in _PAST
    return (
        0.06 * bool(_MUST & own)
        + 0.06 * bool(_BE & own)
        + 0.1 * bool(_MODAL & own)
        + 0.06 * ("V" in group and not past)
        + 0.05 * (bool(_NOW & own) and not under_way)
        + 0.08 * bool(_JUDGING & {stem(word) for word in own})
        - 0.05 * under_way
        - 0.1 * one.text.lower().startswith(("there is", "there are", "there’s", "there's"))
        - 0.1 * ("AE" in group and bool(_HAVE & own))
        - 0.13 * (past and "V" in group and stem(one.verb) not in _JUDGING | _STANCE)
    )


def _wants_subject(one: Wording) -> bool:
    """Return whether a predicate reads badly alone: "would have cost a lot", but not "backs the
    ban" or "unfair to owners"."""
    stance = stem(one.verb) in _STANCE | _JUDGING
    return one.kind == "predicate" and one.tags[:1] in "AVEG" and not stance


def _faces(one: Wording, stems: frozenset[str], against: str) -> float:
    """Return how much a wording speaks of what the label `against` speaks of, and denies it."""
    shared = len(stems & content_stems(against))
    opposed = shared > 0 and _denies(one.text) != _denies(against)
    return 0.3 * shared / (len(stems) + 1) + 0.1 * opposed


def _tells_a_point(run: str) -> bool:
    """Return whether a noun phrase says more than a topic: "plan to sell the old town mill"."""
    return len(run.split()) > _TELLING and len(set(content_words(run))) >= _TELLING


def _weight(run: str, claims: _Claims) -> int:
    stems = content_stems(run)
    shared = sum(claims.counts[one] for one in stems) + 2 * len(stems & claims.titled)
    return shared + len(run.split())


def _remainder(claims: _Claims, *, least: int, most: int) -> str:
    """Return what no clause could say: a noun phrase, of a label that of all claims which has most
    in common with them; else the first claim cut short."""
    found: list[str] = []
    for text in claims.texts:
        if most > _LABEL and (found or len(text.split()) <= most):
            break  # it is short enough as it stands
        phrases = noun_phrases(text, least=least, most=most)
        found += [run for run in phrases if most <= _LABEL or _tells_a_point(run)]
    if found:
        return max(found, key=lambda run: _weight(run, claims))
    return shortened(claims.texts[0], most=max(most, _LONGEST)) if claims.texts else ""
