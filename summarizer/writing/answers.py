"""The candidates for each request of a window: one call to write, one call to choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.english.casing import restore
from summarizer.protocols import Scorer, Writer
from summarizer.settings import Settings
from summarizer.writing.plan import Request

Candidates = tuple[str, ...]
"""What may become one text, the best first."""


def answers(
    requests: Sequence[Request], writer: Writer, *, settings: Settings
) -> Iterator[Candidates]:
    """Return the candidates for each request, in order: what was written, or the choices ranked.

    Where there is nothing to choose from there is no candidate.
    """
    written = iter(_written([one for one in requests if one.choices is None], writer))
    ranked = iter(_ranked([one for one in requests if one.choices], writer, settings))
    return (
        next(written) if one.choices is None else next(ranked) if one.choices else ()
        for one in requests
    )


def _written(requests: Sequence[Request], writer: Writer) -> list[Candidates]:
    if not requests:
        return []
    texts = writer.write([request.ask for request in requests])
    return [_cased(request, some) for request, some in zip(requests, texts, strict=True)]


def _cased(request: Request, candidates: Candidates) -> Candidates:
    """Return the candidates, those of an uncased writer in the case of their claims."""
    sources = [*request.ask.texts, *(claim.text for claim in request.claims)]
    articles = {id(claim.article): claim.article.text for claim in request.claims}
    context = [*articles.values(), *([request.title] if request.title else [])]
    return tuple(
        restore(text, sources, context=context) if text == text.lower() else text.strip()
        for text in candidates
    )


def _ranked(requests: Sequence[Request], writer: Writer, settings: Settings) -> list[Candidates]:
    """Return the choices of each request, the likeliest for their length first."""
    if not requests or not isinstance(writer, Scorer):
        return []
    choices = [request.choices or () for request in requests]
    scores = writer.score([request.ask for request in requests], choices)
    return [
        _by_likelihood(texts, some, exponent=settings.length_exponent)
        for texts, some in zip(choices, scores, strict=True)
    ]


def _by_likelihood(texts: Candidates, scores: Sequence[float], *, exponent: float) -> Candidates:
    """Return `texts` by score over a power of the length, rounded: batches change its last bits."""
    worth = {
        text: round(score / len(text.split()) ** exponent, 2)
        for text, score in zip(texts, scores, strict=True)
    }
    return tuple(sorted(texts, key=lambda text: -worth[text]))
