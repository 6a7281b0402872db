"""The article's own voice: an opinion that nobody else is named for is said to be the author's.

An editor does not print the view of a column as a fact. Of the labelled viewpoints that take up
most of their article and name hardly anybody, 69 % are summed up as "The author says …" by a
reader, and nearly all others are the author's too (LOG 2026-11-23).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.types import Claim, Summary
from summarizer.writing.indirect import reported

_UNNAMED = 0.7  # share of the claims of a viewpoint that have no holder; of .6 to 1
_MOST = 0.4  # share of the claims of its article, background too, that it has more than
_LEAST = 4  # claims


def is_own_voice(claims: Sequence[Claim], *, story: Sequence[Claim]) -> bool:
    """Return whether a viewpoint with `claims` is that of the article itself.

    story: all claims of it, background too. Several articles have no one author.
    """
    unnamed = sum(claim.holder is None for claim in claims)
    alone = len({claim.article for claim in story}) == 1
    most = len(claims) > _MOST * len(story)
    return alone and most and len(claims) >= _LEAST and unnamed >= _UNNAMED * len(claims)


def as_the_authors(summary: Summary) -> Summary:
    """Return `summary` with its first sentence told as what the author says.

    It comes back as it is where somebody else is named for that sentence, or where the sentence
    would mean something else behind "that".
    """
    first, *others = summary.sentences
    if any(claim.holder for claim in first.claims):
        return summary
    context = first.claims[0].article.text
    told = reported(first.text.rstrip("."), who="The author", how="says", context=context)
    if not told:
        return summary
    return replace(summary, sentences=(replace(first, text=told), *others))
