"""Writes what a window of stories needs in one call of the writer, and has it verified.

A `Scorer` writes nothing: claims are reworded by rule (`shortening`), one by one, and it chooses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from summarizer.english.casing import restore
from summarizer.protocols import Encoder, Scorer, Writer, WriteRequest
from summarizer.settings import Settings
from summarizer.types import Claim, Summary
from summarizer.writing import verify
from summarizer.writing.questions import asking_title, turned_question, verified_question
from summarizer.writing.ranking import central, leading
from summarizer.writing.shortening import rewordings
from summarizer.writing.standalone import alone

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
    choices: tuple[str, ...] | None = None
    """What the writer may choose from, where it does not write: nothing but the claim if empty."""


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
    contest: bool
    asked: str | None
    question: _Request | None
    viewpoints: tuple[_Wanted, ...]


Answers = Iterator[tuple[str, ...]]
"""The candidates for each request, in the order of asking."""


def write(
    drafts: Sequence[Draft], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Written]:
    """Return the texts of each story: one `writer.write`, one `encoder.encode` for all of them."""
    how = _How(settings=settings, apart=_is_shown_apart(writer, settings))
    plans = [_plan(draft, how) for draft in drafts]
    answers = _answers([request for plan in plans for request in _requests(plan)], writer, how)
    answered = [_answered(plan, answers) for plan in plans]
    summaries = [view.summary for _, views in answered for view in views]
    checked = iter(verify.verify(summaries, encoder=encoder, settings=settings))
    return [_written(question, views, checked) for question, views in answered]


def write_summaries(
    groups: Sequence[Sequence[Claim]], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Summary]:
    """Return the checked summary of each group of claims that stand on one side."""
    how = _How(settings=settings, apart=_is_shown_apart(writer, settings))
    wanted = [_summary_requests((tuple(claims),), how) for claims in groups]
    answers = _answers([request for some in wanted for request in some], writer, how)
    rows = [
        _summary(tuple(claims), some, answers) for claims, some in zip(groups, wanted, strict=True)
    ]
    return verify.verify(rows, encoder=encoder, settings=settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """How a writer is asked: about claims one by one, to choose, or about all to write."""

    settings: Settings
    apart: bool


def _is_shown_apart(writer: Writer, settings: Settings) -> bool:
    return settings.claims_apart > 0 and isinstance(writer, Scorer)


def _answers(requests: Sequence[_Request], writer: Writer, how: _How) -> Answers:
    asked = [request.ask for request in requests if request.choices is None]
    answers = iter(writer.write(asked) if asked else [])
    chosen = iter(_chosen([request for request in requests if request.choices], writer, how))
    return (
        _cased(request, next(answers))
        if request.choices is None
        else next(chosen)
        if request.choices
        else ()
        for request in requests
    )


def _chosen(requests: Sequence[_Request], writer: Writer, how: _How) -> list[tuple[str, ...]]:
    """Return the choices of each request, the likeliest for their length first."""
    if not requests or not isinstance(writer, Scorer):
        return []
    choices = [request.choices or () for request in requests]
    scores = writer.score([request.ask for request in requests], choices)
    return [
        tuple(sorted(texts, key=lambda text: -worth[text]))
        for texts, worth in (
            (texts, dict(zip(texts, _by_length(texts, some, how), strict=True)))
            for texts, some in zip(choices, scores, strict=True)
        )
    ]


def _by_length(texts: Sequence[str], scores: Sequence[float], how: _How) -> Iterator[float]:
    """Yield scores over a power of the length, rounded: batches change the last bits of them."""
    power = how.settings.length_exponent
    for text, score in zip(texts, scores, strict=True):
        yield round(score / len(text.split()) ** power, 2)


def _plan(draft: Draft, how: _How) -> _Plan:
    contest = len(draft.viewpoints) > 1
    asked = asking_title(draft.titles) if contest else None
    ask = contest and asked is None and not how.apart
    return _Plan(
        titles=draft.titles,
        asked=asked,
        contest=contest,
        question=_question(draft) if ask else None,
        viewpoints=tuple(_wanted(points, how) for points in draft.viewpoints),
    )


def _wanted(points: Points, how: _How) -> _Wanted:
    """Return what to ask for: of a writer that chooses, no names, for which there is no choice."""
    shown = () if how.apart else points[: how.settings.points_shown]
    return _Wanted(
        points=points,
        summary=_summary_requests(points, how),
        label=() if how.apart else (_request("label", _flat(points), how.settings),),
        named=tuple(_request("point", point, how.settings) for point in shown),
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


def _summary_requests(points: Points, how: _How) -> tuple[_Request, ...]:
    """Return one request for all claims, or one each for the claims that are to be shown apart."""
    claims = _flat(points)
    if not how.apart:
        return (_request("summary", claims, how.settings),)
    texts = dict(zip(claims, alone(claims), strict=True))
    return tuple(
        _Request(
            ask=WriteRequest(task="summary", texts=(texts[claim],)),
            claims=(claim,),
            choices=rewordings(texts[claim], context=claim.article.text),
        )
        for claim in leading(points, texts)[: how.settings.claims_apart]
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


def _answered(plan: _Plan, answers: Answers) -> tuple[str | None, list[_Answered]]:
    """Return the question and the viewpoints of `plan`."""
    question = plan.asked
    if plan.question is not None:
        question = verified_question(
            next(answers), plan.question.claims, title=plan.question.title, turned=False
        )
    if plan.contest and question is None:
        question = turned_question([_flat(view.points) for view in plan.viewpoints], plan.titles)
    viewpoints: list[_Answered] = []
    for view in plan.viewpoints:
        claims = _flat(view.points)
        summary = _summary(claims, view.summary, answers)
        label = [text for answer in islice(answers, len(view.label)) for text in answer]
        named = list(islice(answers, len(view.named)))
        viewpoints.append(
            _Answered(
                label=_label(
                    (*label, *_first_of(named)),
                    claims,
                    LABEL_WORDS,
                    plan.titles,
                    taken={view.label.lower() for view in viewpoints},
                ),
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
    answer: tuple[str, ...],
    claims: Sequence[Claim],
    bounds: tuple[int, int],
    titles: Sequence[str],
    *,
    taken: Collection[str] = (),
) -> str:
    return verify.verified_label(
        answer, claims, least=bounds[0], most=bounds[1], title=" ".join(titles), taken=taken
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
