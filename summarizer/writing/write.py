"""Writes what a window of stories needs in one call of the writer, and has it verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from summarizer.english.casing import restore
from summarizer.protocols import Encoder, Writer, WriteRequest
from summarizer.settings import Settings
from summarizer.types import Claim, Summary
from summarizer.writing import verify
from summarizer.writing.questions import asking_title, turned_question, verified_question
from summarizer.writing.ranking import central, leading
from summarizer.writing.standalone import alone, can_spare

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
    settled: bool = False
    """Whether its answer can only be the claim itself, so that the writer is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is asked for one viewpoint."""

    points: Points
    summary: tuple[_Request, ...]
    label: tuple[_Request, ...]
    named: tuple[_Request, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is asked for one story; `asked` is the question where a title asks it already."""

    titles: tuple[str, ...]
    asked: str | None
    question: _Request | None
    viewpoints: tuple[_Wanted, ...]


Answers = Iterator[tuple[str, ...]]
"""The candidates for each request, in the order of asking."""


def write(
    drafts: Sequence[Draft], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Written]:
    """Return the texts of each story: one `writer.write`, one `encoder.encode` for all of them."""
    plans = [_plan(draft, settings) for draft in drafts]
    answers = _answers([request for plan in plans for request in _requests(plan)], writer)
    answered = [_answered(plan, settings, answers) for plan in plans]
    summaries = [view.summary for _, views in answered for view in views]
    checked = iter(verify.verify(summaries, encoder=encoder, settings=settings))
    return [_written(question, views, checked) for question, views in answered]


def write_summaries(
    groups: Sequence[Sequence[Claim]], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Summary]:
    """Return the checked summary of each group of claims that stand on one side."""
    wanted = [_summary_requests((tuple(claims),), settings) for claims in groups]
    answers = _answers([request for some in wanted for request in some], writer)
    rows = [
        _summary(tuple(claims), some, answers) for claims, some in zip(groups, wanted, strict=True)
    ]
    return verify.verify(rows, encoder=encoder, settings=settings)


def _answers(requests: Sequence[_Request], writer: Writer) -> Answers:
    asked = [request.ask for request in requests if not request.settled]
    answers = iter(writer.write(asked) if asked else [])
    all_answers = [() if request.settled else next(answers) for request in requests]
    pairs = list(zip(requests, all_answers, strict=True))
    return (_cased(request, answer) for request, answer in pairs)


def _plan(draft: Draft, settings: Settings) -> _Plan:
    contest = len(draft.viewpoints) > 1
    asked = asking_title(draft.titles) if contest else None
    return _Plan(
        titles=draft.titles,
        asked=asked,
        question=_question(draft) if contest and asked is None else None,
        viewpoints=tuple(_wanted(points, settings) for points in draft.viewpoints),
    )


def _wanted(points: Points, settings: Settings) -> _Wanted:
    """Return what to ask for: no names of a writer that copies, whose runs of words are broken."""
    names = not settings.claims_apart
    return _Wanted(
        points=points,
        summary=_summary_requests(points, settings),
        label=(_request("label", _flat(points), settings),) if names else (),
        named=tuple(_request("point", point, settings) for point in points[: settings.points_shown])
        if names
        else (),
    )


def _requests(plan: _Plan) -> Iterator[_Request]:
    """Yield the requests of `plan` in the order in which `_answered` takes their answers."""
    if plan.question is not None:
        yield plan.question
    for view in plan.viewpoints:
        yield from (*view.summary, *view.label, *view.named)


def _request(task: str, claims: tuple[Claim, ...], settings: Settings) -> _Request:
    texts = tuple(claim.text for claim in central(claims)[: settings.claims_shown])
    return _Request(ask=WriteRequest(task=task, texts=texts), claims=claims)


def _summary_requests(points: Points, settings: Settings) -> tuple[_Request, ...]:
    """Return one request for all claims, or one each for the claims that are to be shown apart."""
    claims = _flat(points)
    if not settings.claims_apart:
        return (_request("summary", claims, settings),)
    texts = dict(zip(claims, alone(claims), strict=True))
    return tuple(
        _Request(
            ask=WriteRequest(task="summary", texts=(texts[claim],)),
            claims=(claim,),
            settled=not can_spare(texts[claim]),
        )
        for claim in leading(points, texts)[: settings.claims_apart]
    )


def _question(draft: Draft) -> _Request:
    """Return the request for the contested question: title first, then a claim of each side."""
    title = draft.titles[0] if draft.titles else ""
    contested = tuple(central(_flat(points))[0].text for points in draft.viewpoints)
    claims = tuple(claim for points in draft.viewpoints for claim in _flat(points))
    ask = WriteRequest(task="question", texts=(title, *contested) if title else contested)
    return _Request(ask=ask, claims=claims, title=title or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """What came back for a viewpoint; its label and points are checked, its summary is not yet."""

    label: str
    summary: verify.Written
    points: tuple[str, ...]


def _answered(
    plan: _Plan, settings: Settings, answers: Answers
) -> tuple[str | None, list[_Answered]]:
    """Return the question and the viewpoints of `plan`."""
    question = plan.asked
    if plan.question is not None:
        question = verified_question(
            next(answers),
            plan.question.claims,
            title=plan.question.title,
            turned=bool(settings.claims_apart),
        ) or turned_question([_flat(view.points) for view in plan.viewpoints], plan.titles)
    viewpoints = []
    for view in plan.viewpoints:
        claims = _flat(view.points)
        summary = _summary(claims, view.summary, answers)
        label = [text for answer in islice(answers, len(view.label)) for text in answer]
        named = list(islice(answers, len(view.named)))
        viewpoints.append(
            _Answered(
                label=_label((*label, *_first_of(named)), claims, LABEL_WORDS, plan.titles),
                summary=summary,
                points=_point_labels(named, view.points, plan.titles),
            )
        )
    return question, viewpoints


def _summary(
    claims: tuple[Claim, ...], requests: Sequence[_Request], answers: Answers
) -> verify.Written:
    parts = tuple(
        verify.Part(candidates=next(answers), sources=one.ask.texts, claims=one.claims)
        for one in requests
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
    answers: Sequence[tuple[str, ...]], points: Points, titles: Sequence[str]
) -> tuple[str, ...]:
    padded = [*answers, *[()] * (len(points) - len(answers))]
    return tuple(
        _label(answer, point, POINT_WORDS, titles)
        for answer, point in zip(padded, points, strict=True)
    )


def _label(
    answer: tuple[str, ...], claims: Sequence[Claim], bounds: tuple[int, int], titles: Sequence[str]
) -> str:
    return verify.verified_label(
        answer, claims, least=bounds[0], most=bounds[1], title=" ".join(titles)
    )


def _flat(points: Points) -> tuple[Claim, ...]:
    return tuple(claim for point in points for claim in point)


def _cased(request: _Request, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the candidates, those of an uncased writer in the case of their claims."""
    sources = [*request.ask.texts, *(claim.text for claim in request.claims)]
    articles = {id(claim.article): claim.article.text for claim in request.claims}
    context = [*articles.values(), *([request.title] if request.title else [])]
    return tuple(
        restore(text, sources, context=context) if text == text.lower() else text.strip()
        for text in candidates
    )
