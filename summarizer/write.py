"""Writes what a window of stories needs in one call of the writer, and has it verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer import verify
from summarizer.casing import restore
from summarizer.protocols import Encoder, Writer, WriteRequest
from summarizer.settings import Settings
from summarizer.text import centrality_order
from summarizer.types import Claim, Summary

Points = tuple[tuple[Claim, ...], ...]
"""The claims of a viewpoint, by point."""

LABEL_WORDS = (2, 6)
POINT_WORDS = (2, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What there is to write about in one story: its titles, and each viewpoint's points."""

    titles: tuple[str, ...]
    viewpoints: tuple[Points, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenViewpoint:
    """The checked texts of one viewpoint; `points` are labels, in the order of the draft."""

    label: str
    summary: Summary
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The checked texts of one story; no question when it has fewer than two viewpoints, or when
    none that was written holds."""

    question: str | None
    viewpoints: tuple[WrittenViewpoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A request, and the claims that its answer must be held by."""

    ask: WriteRequest
    claims: tuple[Claim, ...]
    title: str | None = None


def write(
    drafts: Sequence[Draft], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Written]:
    """Return the texts of each story: one `writer.write`, one `encoder.encode` for all of them."""
    requests = [request for draft in drafts for request in _requests(draft, settings)]
    answers = _asked(requests, writer)
    summaries = [
        verify.Written(candidates=answer, claims=request.claims)
        for request, answer in zip(requests, answers, strict=True)
        if request.ask.task == "summary"
    ]
    checked = iter(verify.verify(summaries, encoder=encoder, settings=settings))
    paired = iter(list(zip(requests, answers, strict=True)))
    return [_written(draft, settings, paired, checked) for draft in drafts]


def write_summaries(
    groups: Sequence[Sequence[Claim]], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Summary]:
    """Return the checked summary of each group of claims that stand on one side."""
    requests = [_request("summary", tuple(claims), settings) for claims in groups]
    rows = [
        verify.Written(candidates=answer, claims=request.claims)
        for request, answer in zip(requests, _asked(requests, writer), strict=True)
    ]
    return verify.verify(rows, encoder=encoder, settings=settings)


def _asked(requests: Sequence[_Request], writer: Writer) -> list[tuple[str, ...]]:
    if not requests:
        return []
    answers = writer.write([request.ask for request in requests])
    return [_cased(request, answer) for request, answer in zip(requests, answers, strict=True)]


def _requests(draft: Draft, settings: Settings) -> Iterator[_Request]:
    question = _question(draft)
    if question is not None:
        yield question
    for points in draft.viewpoints:
        claims = _flat(points)
        yield _request("summary", claims, settings)
        yield _request("label", claims, settings)
        for point in points[: settings.points_shown]:
            yield _request("point", point, settings)


def _request(task: str, claims: tuple[Claim, ...], settings: Settings) -> _Request:
    texts = tuple(claim.text for claim in _central(claims)[: settings.claims_shown])
    return _Request(ask=WriteRequest(task=task, texts=texts), claims=claims)


def _question(draft: Draft) -> _Request | None:
    """Return the request for the contested question: title first, then a claim of each side."""
    if len(draft.viewpoints) < 2:
        return None
    title = draft.titles[0] if draft.titles else ""
    contested = tuple(_central(_flat(points))[0].text for points in draft.viewpoints)
    claims = tuple(claim for points in draft.viewpoints for claim in _flat(points))
    ask = WriteRequest(task="question", texts=(title, *contested) if title else contested)
    return _Request(ask=ask, claims=claims, title=title or None)


def _written(
    draft: Draft,
    settings: Settings,
    paired: Iterator[tuple[_Request, tuple[str, ...]]],
    summaries: Iterator[Summary],
) -> Written:
    question = None
    if len(draft.viewpoints) > 1:
        request, answer = next(paired)
        question = verify.verified_question(answer, request.claims, title=request.title)
    viewpoints = []
    for points in draft.viewpoints:
        next(paired)  # the summary: verified with all others
        labels = [next(paired) for _ in range(1 + min(len(points), settings.points_shown))]
        viewpoints.append(
            WrittenViewpoint(
                label=_label(labels[0][1], _flat(points), LABEL_WORDS),
                summary=next(summaries),
                points=_point_labels([answer for _, answer in labels[1:]], points),
            )
        )
    return Written(question=question, viewpoints=tuple(viewpoints))


def _point_labels(answers: Sequence[tuple[str, ...]], points: Points) -> tuple[str, ...]:
    padded = [*answers, *[()] * (len(points) - len(answers))]
    return tuple(
        _label(answer, point, POINT_WORDS) for answer, point in zip(padded, points, strict=True)
    )


def _label(answer: tuple[str, ...], claims: Sequence[Claim], bounds: tuple[int, int]) -> str:
    return verify.verified_label(answer, claims, least=bounds[0], most=bounds[1])


def _flat(points: Points) -> tuple[Claim, ...]:
    return tuple(claim for point in points for claim in point)


def _central(claims: Sequence[Claim]) -> list[Claim]:
    """Return `claims` with the most central first, as the bundled writer is trained on."""
    return [claims[row] for row in centrality_order([claim.text for claim in claims])]


def _cased(request: _Request, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the candidates, those of an uncased writer in the case of their claims."""
    sources = [claim.text for claim in request.claims]
    articles = {id(claim.article): claim.article.text for claim in request.claims}
    context = [*articles.values(), *([request.title] if request.title else [])]
    return tuple(
        restore(text, sources, context=context) if text == text.lower() else text.strip()
        for text in candidates
    )
