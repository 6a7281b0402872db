"""The stages of an analysis in order, for a window of stories at once: claims to viewpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.analysis import Analysis
from summarizer.holders import merge_names, shown_holders
from summarizer.protocols import Encoder, Relations, Writer
from summarizer.settings import Settings
from summarizer.story.merge import Merged, bar, merge, merge_relations
from summarizer.types import Claim, Point, Story, Summary, Viewpoint
from summarizer.version import __version__
from summarizer.viewpoints.cluster import Partition, cluster, cluster_points
from summarizer.viewpoints.contest import Contest, contest
from summarizer.viewpoints.relate import relate
from summarizer.writing.own_voice import as_the_authors, is_own_voice
from summarizer.writing.plan import Draft
from summarizer.writing.write import Written, WrittenViewpoint, write

_Part = tuple[Sequence[Claim], Partition, Relations]
"""The claims of a story that stand for their twins, their viewpoints and relations."""


def analyze_stories(
    stories: Sequence[Story], encoder: Encoder, writer: Writer, *, settings: Settings
) -> list[Analysis]:
    """Return the analysis of each story; all stories share the calls of the models."""
    if not stories:
        return []
    merged = [merge(story.claims) for story in stories]
    related = relate([own.claims for own in merged], encoder, settings=settings)
    parts = [
        _part(story, own, found, settings)
        for story, own, found in zip(stories, merged, related, strict=True)
    ]
    drafts = [_draft(*part, settings) for part in parts]
    contests = contest(parts, encoder, settings=settings)
    written = write(drafts, writer, encoder, settings=settings)
    made = made_with(encoder, writer, settings=settings)
    return [
        _analysis(
            story,
            own,
            partition=partition,
            draft=draft,
            contested=on,
            written=texts,
            made=made,
        )
        for story, own, (_, partition, _), draft, on, texts in zip(
            stories, merged, parts, drafts, contests, written, strict=True
        )
    ]


def made_with(encoder: Encoder, writer: Writer, *, settings: Settings) -> dict[str, str]:
    """Return what an analysis depends on beside its story: version and digests."""
    return {
        "version": __version__,
        "encoder": encoder.digest,
        "writer": writer.digest,
        "settings": settings.digest,
    }


def _part(story: Story, merged: Merged, found: Relations, settings: Settings) -> _Part:
    once = bar(merge_relations(found, merged), merged.first, story.headings)
    return merged.first, cluster(once, settings=settings), once


def _draft(
    claims: Sequence[Claim], partition: Partition, found: Relations, settings: Settings
) -> Draft:
    titles = dict.fromkeys(claim.article.title for claim in claims)
    return Draft(
        titles=tuple(title for title in titles if title),
        viewpoints=tuple(
            tuple(
                tuple(claims[row] for row in sorted(point))
                for point in cluster_points(rows, found.similarity, settings=settings)
            )
            for rows in partition.viewpoints
        ),
    )


def _analysis(
    story: Story,
    merged: Merged,
    *,
    partition: Partition,
    draft: Draft,
    contested: Contest,
    written: Written,
    made: dict[str, str],
) -> Analysis:
    return Analysis(
        question=written.question,
        articles=story.articles,
        viewpoints=tuple(_viewpoints(merged, partition, draft, written)),
        common_ground=tuple(
            min((one.text, other.text), key=len) for one, other in contested.common_ground
        ),
        disputes=tuple(f"“{one.text}” / “{other.text}”" for one, other in contested.disputes),
        background=merged.places(partition.background),
        unplaced=(*merged.places(partition.unplaced), *story.furniture),
        warnings=(*story.warnings, *_warnings(partition)),
        made_with=dict(made),
    )


def _viewpoints(
    merged: Merged, partition: Partition, draft: Draft, written: Written
) -> Iterator[Viewpoint]:
    for rows, confidence, points, texts in zip(
        partition.viewpoints,
        partition.confidence,
        draft.viewpoints,
        written.viewpoints,
        strict=True,
    ):
        yield Viewpoint(
            label=texts.label,
            summary=_told(texts.summary, rows, merged.first),
            claims=merged.places(rows),
            points=_points(texts, merged.everywhere(points)),
            holders=_holders([merged.groups[row] for row in rows]),
            confidence=confidence,
        )


def _told(summary: Summary, rows: Sequence[int], story: Sequence[Claim]) -> Summary:
    """Return `summary` as the author's where the viewpoint is that of the article itself."""
    own = is_own_voice([story[row] for row in rows], story=story)
    return as_the_authors(summary) if own else summary


def _points(
    texts: WrittenViewpoint, claims_of_points: Sequence[tuple[Claim, ...]]
) -> tuple[Point, ...]:
    return tuple(
        Point(label=label, claims=claims)
        for label, claims in zip(texts.points, claims_of_points, strict=True)
    )


def _holders(groups: Sequence[Sequence[Claim]]) -> tuple[str, ...]:
    """Return the holders to show for groups of claims; a claim and its twins count once."""
    canonical = merge_names([c.holder for group in groups for c in group if c.holder])
    return shown_holders(
        [
            name
            for group in groups
            for name in dict.fromkeys(canonical[c.holder] for c in group if c.holder)
        ]
    )


def _warnings(partition: Partition) -> tuple[str, ...]:
    if not partition.viewpoints:
        return ("no viewpoint was found: the text reads as a plain report",)
    return ("only one viewpoint was found",) if len(partition.viewpoints) == 1 else ()
