"""Writes what a window of stories needs in one call of the writer, and has it verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from summarizer import verify
from summarizer.casing import restore
from summarizer.phrasing import faults
from summarizer.protocols import Encoder, Writer, WriteRequest
from summarizer.settings import Settings
from summarizer.standalone import alone
from summarizer.text import centrality_order, content_words, stem, words
from summarizer.types import Claim, Summary

Points = tuple[tuple[Claim, ...], ...]
"""The claims of a viewpoint, by point."""

LABEL_WORDS = (2, 6)
POINT_WORDS = (2, 12)
_SHORT = 10


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
    paired = iter(list(zip(requests, _asked(requests, writer), strict=True)))
    answered = [_answered(draft, settings, paired) for draft in drafts]
    summaries = [view.summary for _, views in answered for view in views]
    checked = iter(verify.verify(summaries, encoder=encoder, settings=settings))
    return [_written(question, views, checked) for question, views in answered]


def write_summaries(
    groups: Sequence[Sequence[Claim]], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Summary]:
    """Return the checked summary of each group of claims that stand on one side."""
    wanted = [_summary_requests((tuple(claims),), settings) for claims in groups]
    requests = [request for some in wanted for request in some]
    paired = iter(list(zip(requests, _asked(requests, writer), strict=True)))
    rows = [
        _summary(tuple(claims), islice(paired, len(some)))
        for claims, some in zip(groups, wanted, strict=True)
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
        yield from _summary_requests(points, settings)
        yield _request("label", _flat(points), settings)
        for point in points[: settings.points_shown]:
            yield _request("point", point, settings)


def _request(task: str, claims: tuple[Claim, ...], settings: Settings) -> _Request:
    texts = tuple(claim.text for claim in _central(claims)[: settings.claims_shown])
    return _Request(ask=WriteRequest(task=task, texts=texts), claims=claims)


def _summary_requests(points: Points, settings: Settings) -> list[_Request]:
    """Return one request for all claims, or one each for the claims that are to be shown apart."""
    claims = _flat(points)
    if not settings.claims_apart:
        return [_request("summary", claims, settings)]
    texts = dict(zip(claims, alone(claims), strict=True))
    return [
        _Request(ask=WriteRequest(task="summary", texts=(texts[claim],)), claims=(claim,))
        for claim in _leading(points, texts)[: settings.claims_apart]
    ]


def _leading(points: Points, texts: Mapping[Claim, str]) -> list[Claim]:
    """Return the claims that say most in a sentence of their own: the best of each point first,
    then the rest; what cannot stand alone comes last."""
    claims = _flat(points)
    worth = _worth(claims)
    order = sorted(claims, key=lambda claim: -worth[claim])
    of_point = {claim: number for number, point in enumerate(points) for claim in point}
    firsts = {of_point[claim]: claim for claim in reversed(order) if not faults(texts[claim])}
    return sorted(
        order, key=lambda claim: (bool(faults(texts[claim])), firsts.get(of_point[claim]) != claim)
    )


def _worth(claims: Sequence[Claim]) -> dict[Claim, float]:
    """Return how much of a viewpoint's summary each claim is likely to hold, on a scale of ROUGE.

    Linear in four features, fitted on the summaries of newsroom-train (LOG 2026-11-22): central to
    the viewpoint, near the title, of more than ten words, few of them names and dates.
    """
    ranks = {claim: place for place, claim in enumerate(_central(claims))}
    worth = {}
    for claim in claims:
        title = {stem(word) for word in content_words(claim.article.title or "")}
        own = {stem(word) for word in content_words(claim.text)}
        tokens = claim.text.split()
        capitals = sum(token[:1].isupper() for token in tokens[1:]) / len(tokens)
        worth[claim] = round(
            -0.083 * ranks[claim] / max(1, len(claims) - 1)
            + 0.111 * len(title & own) / max(1, len(title))
            - 0.129 * capitals
            - 0.102 * (len(words(claim.text)) < _SHORT),
            9,
        )
    return worth


def _question(draft: Draft) -> _Request | None:
    """Return the request for the contested question: title first, then a claim of each side.

    None where there is no contest, or a title asks it already.
    """
    if len(draft.viewpoints) < 2 or verify.asking_title(draft.titles):
        return None
    title = draft.titles[0] if draft.titles else ""
    contested = tuple(_central(_flat(points))[0].text for points in draft.viewpoints)
    claims = tuple(claim for points in draft.viewpoints for claim in _flat(points))
    ask = WriteRequest(task="question", texts=(title, *contested) if title else contested)
    return _Request(ask=ask, claims=claims, title=title or None)


Paired = Iterator[tuple[_Request, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """What came back for a viewpoint; its label and points are checked, its summary is not yet."""

    label: str
    summary: verify.Written
    points: tuple[str, ...]


def _answered(
    draft: Draft, settings: Settings, paired: Paired
) -> tuple[str | None, list[_Answered]]:
    """Return the question and the viewpoints of `draft`, in the order of `_requests`."""
    question = verify.asking_title(draft.titles) if len(draft.viewpoints) > 1 else None
    if _question(draft) is not None:
        request, answer = next(paired)
        joints = 0 if settings.claims_apart else None
        question = verify.verified_question(
            answer, request.claims, title=request.title, joints=joints
        )
    viewpoints = []
    for points in draft.viewpoints:
        asked = islice(paired, len(_summary_requests(points, settings)))
        summary = _summary(_flat(points), asked)
        _, label = next(paired)
        named = [answer for _, answer in islice(paired, min(len(points), settings.points_shown))]
        viewpoints.append(
            _Answered(
                label=_label((*label, *_first_of(named)), _flat(points), LABEL_WORDS, settings),
                summary=summary,
                points=_point_labels(named, points, settings),
            )
        )
    return question, viewpoints


def _summary(claims: tuple[Claim, ...], asked: Paired) -> verify.Written:
    parts = tuple(
        verify.Part(candidates=answer, sources=request.ask.texts, claims=request.claims)
        for request, answer in asked
    )
    return verify.Written(parts=parts, claims=claims)


def _written(
    question: str | None, views: Sequence[_Answered], summaries: Iterator[Summary]
) -> Written:
    return Written(
        question=question,
        viewpoints=tuple(
            WrittenViewpoint(label=view.label, summary=next(summaries), points=view.points)
            for view in views
        ),
    )


def _first_of(answers: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield what each point was called first: a viewpoint may go by the name of a point."""
    return (answer[0] for answer in answers if answer)


def _point_labels(
    answers: Sequence[tuple[str, ...]], points: Points, settings: Settings
) -> tuple[str, ...]:
    padded = [*answers, *[()] * (len(points) - len(answers))]
    return tuple(
        _label(answer, point, POINT_WORDS, settings)
        for answer, point in zip(padded, points, strict=True)
    )


def _label(
    answer: tuple[str, ...], claims: Sequence[Claim], bounds: tuple[int, int], settings: Settings
) -> str:
    joints = 0 if settings.claims_apart else 1  # whoever cannot fuse claims cannot join words
    return verify.verified_label(answer, claims, least=bounds[0], most=bounds[1], joints=joints)


def _flat(points: Points) -> tuple[Claim, ...]:
    return tuple(claim for point in points for claim in point)


def _central(claims: Sequence[Claim]) -> list[Claim]:
    """Return `claims` with the most central first, as the bundled writer is trained on."""
    return [claims[row] for row in centrality_order([claim.text for claim in claims])]


def _cased(request: _Request, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the candidates, those of an uncased writer in the case of their claims."""
    sources = [*request.ask.texts, *(claim.text for claim in request.claims)]
    articles = {id(claim.article): claim.article.text for claim in request.claims}
    context = [*articles.values(), *([request.title] if request.title else [])]
    return tuple(
        restore(text, sources, context=context) if text == text.lower() else text.strip()
        for text in candidates
    )
