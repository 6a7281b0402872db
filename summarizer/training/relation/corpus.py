"""All that a relation encoder is trained and measured on, free of what benchmarks test on."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from summarizer.errors import DataError
from summarizer.training.leakage import Blocked, load_blocked
from summarizer.training.relation import debates
from summarizer.training.relation.news import newsroom, newsroom_held_out
from summarizer.training.relation.points import Debates, load_same_points
from summarizer.training.relation.salience import Told, load_told
from summarizer.training.relation.stories import STANCES, UNKNOWN, Labels, Story

StancePair = tuple[str, str, int]

Loader = Callable[[Path], Iterator[Story]]

LOADERS: tuple[Loader, ...] = (
    newsroom,
    debates.perspectrum,
    debates.debatewise,
    debates.ibm30k,
    debates.ibm_claims,
    debates.iam,
    debates.wtwt,
    debates.vast,
    debates.procon20,
    debates.inference,
    debates.climate_fever,
)


@dataclass(slots=True)
class Report:
    """What was read and what was left out, and why."""

    rows: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)

    def count(self, story: Story) -> None:
        """Add a story that is kept: its sentences, and how many stand for and against."""
        self.rows[story.source] += len(story.sentences)
        for _, stances in story.statements[:1]:
            for stance in stances:
                if stance != UNKNOWN:
                    self.labels[f"{story.source}: {STANCES[stance]}"] += 1

    def to_dict(self) -> dict[str, dict[str, int]]:
        """Return counts of sentences per source, of dropped ones per reason, and of labels."""
        return {
            "rows": dict(self.rows),
            "dropped": {reason: n for reason, n in self.dropped.items() if n},
            "labels": dict(self.labels),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Stories to train on and to measure on, texts of one point, stance pairs to measure on.

    `told` are viewpoints with their summaries, to fit salience on.
    """

    training: tuple[Story, ...]
    held_out: tuple[Story, ...]
    points: Debates
    stance_dev: tuple[StancePair, ...]
    report: Report
    told: tuple[Told, ...] = ()
    told_held_out: tuple[Told, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256, shortened, of every story and pair in order."""
        total = hashlib.sha256()
        for part in (*self.training, *self.held_out, *self.points, *self.stance_dev):
            total.update(repr(part).encode())
        return total.hexdigest()[:16]


def load_corpus(data: Path) -> Corpus:
    """Return the corpus of a data folder.

    Raises:
        DataError: a set is missing or has the wrong shape.
    """
    blocked = load_blocked(data)
    stories, report = load_stories(data, blocked)
    told, told_held_out = load_told(data, blocked)
    return Corpus(
        training=tuple(story for story in stories if not story.held_out),
        held_out=tuple(story for story in stories if story.held_out),
        points=load_same_points(data, blocked),
        stance_dev=load_stance_dev(data),
        report=report,
        told=told,
        told_held_out=told_held_out,
    )


def load_held_out(data: Path) -> tuple[Story, ...]:
    """Return the articles that `load_corpus` holds out, without reading the rest; DataError."""
    stories, _ = load_stories(data, load_blocked(data), loaders=(newsroom_held_out,))
    return tuple(stories)


def load_stance_dev(data: Path) -> tuple[StancePair, ...]:
    """Return the stance pairs to measure on: Perspectrum's development claims; DataError."""
    return tuple(stance_pairs(_guarded(debates.perspectrum_dev, data)))


def stance_pairs(stories: Iterable[Story]) -> Iterator[StancePair]:
    """Yield (statement, text, stance) of every text with a stance to its story's statement."""
    for story in stories:
        for statement, stances in story.statements[:1]:
            for text, stance in zip(story.sentences, stances, strict=True):
                if stance != UNKNOWN:
                    yield statement, text, stance


def load_stories(
    data: Path, blocked: Blocked, *, loaders: Sequence[Loader] | None = None
) -> tuple[list[Story], Report]:
    """Return the stories of all sets, or of `loaders`, less what is `blocked`; what was left out.

    Raises:
        DataError: a set is missing or has the wrong shape.
    """
    report = Report()
    stories: list[Story] = []
    for load in loaders or LOADERS:
        for story in _guarded(load, data):
            kept = _without(story, blocked, report)
            if kept is not None:
                stories.append(kept)
                report.count(kept)
    return stories, report


def _without(story: Story, blocked: Blocked, report: Report) -> Story | None:
    """Return `story` less the sentences that a benchmark tests on; None when nothing is left."""
    prefixes = (*story.topics, *(statement for statement, _ in story.statements))
    if any(prefix in blocked for prefix in prefixes):
        report.dropped[f"{story.source}: title or statement is tested on"] += len(story.sentences)
        return None
    keep = [i for i, s in enumerate(story.sentences) if s not in blocked]
    report.dropped[f"{story.source}: sentence is tested on"] += len(story.sentences) - len(keep)
    if not keep:
        return None
    if len(keep) == len(story.sentences):
        return story

    def pick(labels: Labels) -> Labels:
        return tuple(labels[i] for i in keep) if labels else ()

    return replace(
        story,
        sentences=tuple(story.sentences[i] for i in keep),
        sides=pick(story.sides),
        types=pick(story.types),
        paragraphs=pick(story.paragraphs),
        holders=pick(story.holders),
        statements=tuple((statement, pick(labels)) for statement, labels in story.statements),
    )


def _guarded(load: Loader, data: Path) -> Iterator[Story]:
    try:
        yield from load(data)
    except (KeyError, ValueError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise DataError(
            f"{data}: the set '{load.__name__}' does not have the expected shape ({error!r}); "
            "fetch it again from its source"
        ) from error
