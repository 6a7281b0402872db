"""Which claims of a viewpoint say most of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from summarizer.english.phrasing import weakness
from summarizer.english.text import centrality_order, content_stems, words
from summarizer.protocols import Encoder, SalienceEncoder
from summarizer.types import Claim

_SHORT = 10
_TURN = re.compile(r"\s+(?:but|yet)\b")
_TITLE = 4  # words: a shorter title may well open a sentence


def central(claims: Sequence[Claim]) -> list[Claim]:
    """Return `claims` with the most central first, as the bundled writer is trained on."""
    return [claims[row] for row in centrality_order([claim.text for claim in claims])]


Salience = Mapping[str, float]
"""How much of a summary a text holds, by text; what is left out counts 0."""


def salience(claims: Collection[Claim], encoder: Encoder) -> Salience:
    """Return what `encoder` knows of the texts of `claims`: nothing, if it was not told."""
    if not isinstance(encoder, SalienceEncoder):
        return {}
    texts = sorted({claim.text for claim in claims})
    return dict(zip(texts, encoder.salience(encoder.encode(texts)).tolist(), strict=True))


def leading(
    points: Sequence[Sequence[Claim]], texts: Mapping[Claim, str], *, known: Salience
) -> list[Claim]:
    """Return the claims that say most in a sentence of their own: the best of each point first,
    then the rest; what stands alone less well comes later."""
    claims = [claim for point in points for claim in point]
    worth = {
        claim: round(plain + known.get(claim.text, 0.0), 9)
        for claim, plain in zip(claims, plain_salience(claims), strict=True)
    }
    weak = {claim: _weakness(claim, texts[claim]) for claim in claims}
    order = sorted(claims, key=lambda claim: -worth[claim])
    of_point = {claim: number for number, point in enumerate(points) for claim in point}
    firsts = {of_point[claim]: claim for claim in reversed(order) if not weak[claim]}
    return sorted(order, key=lambda claim: (weak[claim], firsts.get(of_point[claim]) != claim))


def _weakness(claim: Claim, text: str) -> int:
    """Return how little `claim` should be shown as `text`: see `phrasing.weakness`.

    What is said only to be set against what follows ("it is cheap, but it leaks") leans on that.
    """
    if _headed(claim):
        return 3
    conceded = _TURN.match(claim.article.text, claim.end) is not None
    return max(weakness(text), int(conceded))


def _headed(claim: Claim) -> bool:
    """Return whether the text of `claim` begins with the title: a heading, then."""
    title = words(claim.article.title or "")
    return len(title) >= _TITLE and words(claim.text)[: len(title)] == title


def plain_salience(claims: Sequence[Claim]) -> list[float]:
    """Return how much of a viewpoint's summary each claim is likely to hold, on a scale of ROUGE.

    Linear in four features, fitted on the summaries of newsroom-train (LOG 2026-11-22): central to
    the viewpoint, near the title, of more than ten words, few of them names and dates.
    """
    ranks = {claim: place for place, claim in enumerate(central(claims))}
    found = []
    for claim in claims:
        title = content_stems(claim.article.title or "")
        own = content_stems(claim.text)
        tokens = claim.text.split()
        capitals = sum(token[:1].isupper() for token in tokens[1:]) / len(tokens)
        found.append(
            -0.083 * ranks[claim] / max(1, len(claims) - 1)
            + 0.111 * len(title & own) / max(1, len(title))
            - 0.129 * capitals
            - 0.102 * (len(words(claim.text)) < _SHORT)
        )
    return found
