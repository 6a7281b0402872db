"""What is to be asked of the writer about each story, and which claims its answers must be held by.

A writer writes from all claims of a viewpoint. A `Scorer` writes nothing: its claims are taken one
by one and reworded by rule (`shortening`), and it chooses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.protocols import Scorer, Writer, WriteRequest
from summarizer.settings import Settings
from summarizer.types import Claim
from summarizer.writing.questions import asking_title
from summarizer.writing.ranking import Salience, central, leading
from summarizer.writing.shortening import rewordings
from summarizer.writing.standalone import alone

Points = tuple[tuple[Claim, ...], ...]
"""The claims of a viewpoint, by point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What there is to write about in one story: its titles, and each viewpoint's points."""

    titles: tuple[str, ...]
    viewpoints: tuple[Points, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request, and the claims that its answer must be held by."""

    ask: WriteRequest
    claims: tuple[Claim, ...]
    title: str | None = None
    choices: tuple[str, ...] | None = None
    """What the writer may choose from, where it does not write: nothing but the claim if empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewpointPlan:
    """What is asked for one viewpoint: none or one request for the `label`, some for points."""

    points: Points
    summary: tuple[Request, ...]
    label: tuple[Request, ...]
    named: tuple[Request, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked for one story: no question where a title asks it already."""

    titles: tuple[str, ...]
    question: Request | None
    viewpoints: tuple[ViewpointPlan, ...]

    @property
    def contest(self) -> bool:
        """Whether there is anything to ask a question about."""
        return len(self.viewpoints) > 1

    @property
    def requests(self) -> Iterator[Request]:
        """The requests: the question, then of each viewpoint the summary, the label, the points."""
        if self.question is not None:
            yield self.question
        for view in self.viewpoints:
            yield from (*view.summary, *view.label, *view.named)


def fitting(settings: Settings, writer: Writer) -> Settings:
    """Return `settings`, with no claims apart for a writer that cannot choose among wordings."""
    return settings if isinstance(writer, Scorer) else replace(settings, claims_apart=0)


def plan(draft: Draft, settings: Settings, *, known: Salience) -> Plan:
    """Return what to ask for a story: of a writer that chooses, no question and no names.

    `known` is what the encoder says of the claims (`ranking.salience`).
    """
    contest = len(draft.viewpoints) > 1
    ask = contest and not settings.claims_apart and asking_title(draft.titles) is None
    return Plan(
        titles=draft.titles,
        question=_question(draft) if ask else None,
        viewpoints=tuple(_viewpoint(points, settings, known) for points in draft.viewpoints),
    )


def summary_requests(points: Points, settings: Settings, *, known: Salience) -> tuple[Request, ...]:
    """Return one request for all claims, or one each for the claims that are to be shown apart."""
    claims = flat(points)
    if not settings.claims_apart:
        return (_request("summary", claims, settings),)
    texts = dict(zip(claims, alone(claims), strict=True))
    return tuple(
        Request(
            ask=WriteRequest(task="summary", texts=(texts[claim],)),
            claims=(claim,),
            choices=rewordings(texts[claim], context=claim.article.text),
        )
        for claim in leading(points, texts, known=known)[: settings.claims_apart]
    )


def flat(points: Points) -> tuple[Claim, ...]:
    """Return the claims of all points."""
    return tuple(claim for point in points for claim in point)


def _viewpoint(points: Points, settings: Settings, known: Salience) -> ViewpointPlan:
    writes = not settings.claims_apart
    shown = points[: settings.points_shown] if writes else ()
    return ViewpointPlan(
        points=points,
        summary=summary_requests(points, settings, known=known),
        label=(_request("label", flat(points), settings),) if writes else (),
        named=tuple(_request("point", point, settings) for point in shown),
    )


def _request(task: str, claims: tuple[Claim, ...], settings: Settings) -> Request:
    texts = tuple(claim.text for claim in central(claims)[: settings.claims_shown])
    return Request(ask=WriteRequest(task=task, texts=texts), claims=claims)


def _question(draft: Draft) -> Request:
    """Return the request for the contested question: title first, then a claim of each side."""
    title = draft.titles[0] if draft.titles else ""
    contested = tuple(central(flat(points))[0].text for points in draft.viewpoints)
    claims = tuple(claim for points in draft.viewpoints for claim in flat(points))
    ask = WriteRequest(task="question", texts=(title, *contested) if title else contested)
    return Request(ask=ask, claims=claims, title=title or None)
