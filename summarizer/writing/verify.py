"""Chooses among what was written: only what its claims hold, in whole sentences, else a quotation.

Scores are flags, not proofs: `support` is the mean of the share of content words found in the
claims that a sentence points to and of its cosine to the nearest of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.english.facts import coverage, missing_facts
from summarizer.english.phrasing import (
    faults,
    label_faults,
    seams,
    turns_around,
    weakness,
)
from summarizer.english.text import centrality_order, content_stems, stem, words
from summarizer.english.trimming import trimmed
from summarizer.english.wordings import clauses
from summarizer.protocols import Encoder, Vectors
from summarizer.settings import Settings
from summarizer.types import Claim, Summary, SummarySentence
from summarizer.writing.key_phrases import key_phrase
from summarizer.writing.standalone import alone

_MOST_EVIDENCE = 3  # claims that a sentence points to
_COPIED = 0.9  # of a claim's words, and no others: it is quoted
_GUESSING = frozenset({"may", "might", "could", "perhaps", "possibly", "possible", "speculated"})
_SAME = 0.5  # of the content words of the shorter sentence: from here on it says the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was written of some claims: `candidates`, best first, and the `sources` shown for them.

    sources: the claims as they stand alone; what a candidate may take its words from. by_rule: the
    candidates were made by rule, which puts words side by side that no claim does.
    """

    candidates: tuple[str, ...]
    sources: tuple[str, ...]
    claims: tuple[Claim, ...]
    by_rule: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written of a viewpoint with these claims, in one part or several, best first."""

    parts: tuple[Part, ...]
    claims: tuple[Claim, ...]


def verify(written: Sequence[Written], *, encoder: Encoder, settings: Settings) -> list[Summary]:
    """Return a summary for each row: a sentence or two of what was written, else claims quoted.

    Of each part the first candidate that holds counts. All texts go through one `encoder.encode`.
    A row needs at least one claim.
    """
    options = [[_options(part, settings) for part in row.parts] for row in written]
    wholes = [dict(zip(row.claims, alone(row.claims), strict=True)) for row in written]
    vectors = _encoded(options, wholes, encoder)
    return [
        _chosen(row, texts, whole, vectors, settings)
        for row, texts, whole in zip(written, options, wholes, strict=True)
    ]


def verified_label(
    candidates: Sequence[str],
    claims: Sequence[Claim],
    *,
    least: int = 2,
    most: int = 6,
    title: str = "",
    taken: Sequence[str] = (),
) -> str:
    """Return the first candidate of `least` to `most` words that its claims hold, else a phrase
    of theirs that has words in common with the `title`.

    Two words may meet once that meet in no claim. What is `taken` is passed over.
    """
    texts = [claim.text for claim in claims]
    for candidate in candidates:
        label = " ".join(candidate.split()).rstrip(".,;:!?")
        if (
            least <= len(label.split()) <= most
            and label.lower() not in {other.lower() for other in taken}
            and not missing_facts(label, texts)
            and coverage(label, texts) == 1.0
            and not label_faults(label)
            and seams(label, texts) <= 1 / max(1, len(words(label)) - 1)
            and not turns_around(label, texts)
        ):
            return label[:1].upper() + label[1:]
    context = claims[0].article.text if claims else ""
    phrase = key_phrase(
        texts, least=min(least, 2), most=most, title=title, context=context, taken=taken
    )
    return phrase[:1].upper() + phrase[1:]


def _options(part: Part, settings: Settings) -> list[str]:
    """Return the candidates that need no encoder to be let through."""
    sources = [*part.sources, *(claim.text for claim in part.claims)]
    texts = [trimmed(candidate) for candidate in part.candidates if candidate.strip()]
    most_seams = 1.0 if part.by_rule else settings.most_seams
    return [
        text
        for text in dict.fromkeys(texts)
        if _holds(text, sources, settings) and seams(text, sources) <= most_seams
    ]


def _holds(text: str, sources: Sequence[str], settings: Settings) -> bool:
    return (
        not faults(text)
        and not missing_facts(text, sources)
        and coverage(text, sources) >= settings.min_coverage
    )


def _encoded(
    options: Sequence[Sequence[Sequence[str]]],
    wholes: Sequence[Mapping[Claim, str]],
    encoder: Encoder,
) -> dict[str, Vectors]:
    """Return the vector of every claim, of each as it stands alone, and of every option."""
    texts = {text for whole in wholes for claim in whole for text in (claim.text, whole[claim])}
    texts |= {text for some in options for part in some for text in part}
    ordered = sorted(texts)
    if not ordered:
        return {}
    return dict(zip(ordered, encoder.encode(ordered), strict=True))


def _chosen(
    row: Written,
    options: Sequence[Sequence[str]],
    whole: Mapping[Claim, str],
    vectors: dict[str, Vectors],
    settings: Settings,
) -> Summary:
    """Return what holds of the parts, in their order; a part of one claim can be that claim."""
    found = []
    for part, texts in zip(row.parts, options, strict=True):
        sentences = (_sentence(text, part.claims, vectors) for text in texts)
        held = next((one for one in sentences if one.support >= settings.min_support), None)
        if held is not None:
            found.append(held)
        elif len(part.claims) == 1 and not faults(whole[part.claims[0]]):
            found.append(_quoted(part.claims[0], whole, vectors))
    kept = _together(found or list(_quotations(row.claims, whole, vectors)), settings.summary_words)
    copied = not found or all(
        _is_copy(one.text, [whole[claim] for claim in one.claims]) for one in kept
    )
    return Summary(sentences=kept, method="extractive" if copied else "abstractive")


def _is_copy(text: str, claims: Sequence[str]) -> bool:
    """Return whether `text` is one of `claims`, in its own words and order, but for a tenth."""
    own = words(text)
    return any(
        _is_part(own, words(claim)) and len(own) >= _COPIED * len(words(claim)) for claim in claims
    )


def _is_part(own: Sequence[str], other: Sequence[str]) -> bool:
    rest = iter(other)
    return all(word in rest for word in own)


def _together(sentences: Sequence[SummarySentence], most_words: int) -> tuple[SummarySentence, ...]:
    """Return the first sentence, and the next that says something else and fits beside it.

    What leans on another sentence is no second: it would seem to lean on the first.
    """
    first, *others = sentences
    own = content_stems(first.text)
    for other in others:
        stems = content_stems(other.text)
        same = len(stems & own) > _SAME * min(len(stems), len(own))
        alone = not weakness(other.text)
        if alone and not same and len(f"{first.text} {other.text}".split()) <= most_words:
            return first, other
    return (first,)


def _sentence(text: str, claims: Sequence[Claim], vectors: dict[str, Vectors]) -> SummarySentence:
    cosines = [float(np.dot(vectors[text], vectors[claim.text])) for claim in claims]
    rows = _evidence(text, claims, cosines)
    share = coverage(text, [claims[row].text for row in rows])
    nearest = max(cosines[row] for row in rows)
    return SummarySentence(
        text=text,
        claims=tuple(claims[row] for row in sorted(rows)),
        support=_clipped((share + nearest) / 2),
    )


def _evidence(text: str, claims: Sequence[Claim], cosines: Sequence[float]) -> list[int]:
    """Return the rows of at most three claims that hold the words of `text`, greedily.

    Each next claim must bring at least two words that were not covered; ties go to the nearer one.
    """
    wanted = content_stems(text)
    held = [{stem(word) for word in words(claim.text)} & wanted for claim in claims]
    chosen: list[int] = []
    covered: set[str] = set()
    while len(chosen) < min(_MOST_EVIDENCE, len(claims)):
        rest = [row for row in range(len(claims)) if row not in chosen]
        best = min(rest, key=lambda row: (-len(held[row] - covered), -round(cosines[row], 4), row))
        if chosen and len(held[best] - covered) < 2:
            break
        chosen.append(best)
        covered |= held[best]
    return chosen


def _quotations(
    claims: Sequence[Claim], whole: Mapping[Claim, str], vectors: dict[str, Vectors]
) -> Iterator[SummarySentence]:
    """Yield the claims that stand alone, the most central first.

    When there is none: quotations whose speaker is not named, which a clause of theirs would not
    name either; then a clause that stands alone, or else the claim that comes nearest to it.
    """
    order = [claims[row] for row in centrality_order([claim.text for claim in claims])]
    order.sort(key=lambda claim: weakness(whole[claim]))
    found = {claim: faults(whole[claim]) for claim in order}
    fit = [claim for claim in order if not found[claim]]
    fit = fit or [claim for claim in order if found[claim] == ["unattributed"]]
    if not fit and (clause := next(_clauses(order), None)) is not None:
        yield clause
        return
    for claim in fit or order[:1]:
        yield _quoted(claim, whole, vectors)


def _clauses(claims: Sequence[Claim]) -> Iterator[SummarySentence]:
    """Yield the clauses that stand alone though their claims do not, none that is only guessed at:
    "the truce will hold" of "it may be a sign that the truce will hold"."""
    for claim in claims:
        for clause in clauses(claim.text, least=5, most=40):
            before, found, _ = claim.text.partition(clause)
            if found and _GUESSING & set(words(before)):
                continue
            if not weakness(text := trimmed(clause)):
                yield SummarySentence(text=text, claims=(claim,), support=1.0)


def _quoted(
    claim: Claim, whole: Mapping[Claim, str], vectors: dict[str, Vectors]
) -> SummarySentence:
    cosine = float(np.dot(vectors[whole[claim]], vectors[claim.text]))
    return SummarySentence(text=whole[claim], claims=(claim,), support=_clipped(cosine))


def _clipped(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 4)
