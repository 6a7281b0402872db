"""Writes what a window of stories needs in one call of the writer, and has it verified."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from summarizer.protocols import Encoder, Writer
from summarizer.settings import Settings
from summarizer.types import Claim, Summary
from summarizer.writing import verify
from summarizer.writing.answers import Candidates, answers
from summarizer.writing.plan import (
    Draft,
    Plan,
    Points,
    Request,
    ViewpointPlan,
    fitting,
    flat,
    plan,
    summary_requests,
)
from summarizer.writing.questions import contested_question, verified_question
from summarizer.writing.ranking import Salience, salience

LABEL_WORDS = (2, 6)
POINT_WORDS = (2, 12)


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
class _Unverified:
    """What came back for a viewpoint; its label and points are checked, its summary is not yet."""

    label: str
    summary: verify.Written
    points: tuple[str, ...]


def write(
    drafts: Sequence[Draft], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Written]:
    """Return the texts of each story: one `writer.write`, one `encoder.encode` for all of them."""
    settings = fitting(settings, writer)
    claims = [claim for draft in drafts for points in draft.viewpoints for claim in flat(points)]
    known = _salience(claims, encoder, settings)
    plans = [plan(draft, settings, known=known) for draft in drafts]
    found = answers([one for own in plans for one in own.requests], writer, settings=settings)
    stories = [(_question(own, found), _viewpoints(own, found)) for own in plans]
    summaries = [view.summary for _, views in stories for view in views]
    checked = iter(verify.verify(summaries, encoder=encoder, settings=settings))
    return [_written(question, views, checked) for question, views in stories]


def write_summaries(
    groups: Sequence[Sequence[Claim]], writer: Writer, encoder: Encoder, *, settings: Settings
) -> list[Summary]:
    """Return the checked summary of each group of claims that stand on one side."""
    settings = fitting(settings, writer)
    known = _salience([claim for claims in groups for claim in claims], encoder, settings)
    wanted = [summary_requests((tuple(claims),), settings, known=known) for claims in groups]
    found = answers([one for some in wanted for one in some], writer, settings=settings)
    rows = [
        _summary(tuple(claims), some, found) for claims, some in zip(groups, wanted, strict=True)
    ]
    return verify.verify(rows, encoder=encoder, settings=settings)


def _salience(claims: Collection[Claim], encoder: Encoder, settings: Settings) -> Salience:
    """Return the salience of `claims` where somebody asks which come first."""
    return salience(claims, encoder) if settings.claims_apart else {}


def _question(own: Plan, found: Iterator[Candidates]) -> str | None:
    """Return the question that was written, or else the one that titles and claims give."""
    question = None
    if own.question is not None:
        question = verified_question(next(found), own.question.claims, title=own.question.title)
    if own.contest and question is None:
        question = contested_question([flat(view.points) for view in own.viewpoints], own.titles)
    return question


def _viewpoints(own: Plan, found: Iterator[Candidates]) -> list[_Unverified]:
    """Return what came back for each viewpoint, no two with one label where that can be."""
    views: list[_Unverified] = []
    for view in own.viewpoints:
        taken = [other.label for other in views]
        views.append(_viewpoint(view, found, titles=own.titles, taken=taken))
    return views


def _viewpoint(
    view: ViewpointPlan,
    found: Iterator[Candidates],
    *,
    titles: Sequence[str],
    taken: Sequence[str],
) -> _Unverified:
    claims = flat(view.points)
    summary = _summary(claims, view.summary, found)
    label = [text for some in islice(found, len(view.label)) for text in some]
    named = list(islice(found, len(view.named)))
    firsts = [some[0] for some in named if some]  # a viewpoint may go by the name of a point
    name = _label((*label, *firsts), claims, LABEL_WORDS, titles, taken=taken)
    return _Unverified(
        label=name,
        summary=summary,
        points=_point_labels(named, view.points, titles, name),
    )


def _summary(
    claims: tuple[Claim, ...], requests: Sequence[Request], found: Iterator[Candidates]
) -> verify.Written:
    parts = tuple(
        verify.Part(
            candidates=next(found),
            sources=one.ask.texts,
            claims=one.claims,
            by_rule=one.choices is not None,
        )
        for one in requests
    )
    return verify.Written(parts=parts, claims=claims)


def _point_labels(
    named: Sequence[Candidates], points: Points, titles: Sequence[str], name: str
) -> tuple[str, ...]:
    """Return what each point is called: where that can be, neither as its viewpoint, which has the
    `name`, nor as another point."""
    padded = [*named, *[()] * (len(points) - len(named))]
    taken = [name]
    for some, point in zip(padded, points, strict=True):
        taken.append(_label(some, point, POINT_WORDS, titles, taken=taken))
    return tuple(taken[1:])


def _label(
    candidates: Candidates,
    claims: Sequence[Claim],
    bounds: tuple[int, int],
    titles: Sequence[str],
    *,
    taken: Sequence[str] = (),
) -> str:
    return verify.verified_label(
        candidates, claims, least=bounds[0], most=bounds[1], title=" ".join(titles), taken=taken
    )


def _written(
    question: str | None, views: Sequence[_Unverified], summaries: Iterator[Summary]
) -> Written:
    return Written(
        question=question,
        viewpoints=tuple(
            WrittenViewpoint(label=view.label, summary=next(summaries), points=view.points)
            for view in views
        ),
    )
