"""A user's own rows as a corpus: labelled articles and stance pairs in one JSON Lines file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.errors import DataError
from summarizer.training.files import read_jsonl
from summarizer.training.relation.corpus import Corpus, Report, StancePair
from summarizer.training.relation.debates import debates
from summarizer.training.relation.news import HELD_OUT, newsroom_story
from summarizer.training.relation.points import article_points
from summarizer.training.relation.stories import STANCES, Story


def load_own(path: Path) -> Corpus:
    """Return the corpus of a JSON Lines file with rows of two kinds, in any order.

    An article: {"title", "text", "viewpoints": [{"label", "summary", "sentences": [str],
    "points"?: [{"label", "sentences"}]}], "background": [str], "boilerplate": [str],
    "question"?: str}, its sentences verbatim. A stance pair: {"statement", "text", "stance"} with
    "favours", "opposes" or "neutral". Every tenth article and every tenth pair is measured on.

    Raises:
        DataError: a row is neither, or the file holds too little to train and to measure.
    """
    articles: list[Story] = []
    pairs: list[StancePair] = []
    points = []
    for number, row in enumerate(read_jsonl(path), start=1):
        try:
            if "viewpoints" in row:
                articles.append(_article(row, held_out=len(articles) % HELD_OUT == 0))
                if not articles[-1].held_out:
                    points.append(article_points(row))
            else:
                pairs.append((row["statement"], row["text"], STANCES.index(row["stance"])))
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(
                f"{path}:{number}: neither article nor stance pair ({error!r})"
            ) from error
    kept = (pair for number, pair in enumerate(pairs) if number % HELD_OUT)
    training = (*(story for story in articles if not story.held_out), *debates("own", kept))
    if not training:
        raise DataError(f"{path}: no row to train on; two articles or two stance pairs are least")
    held_out = tuple(story for story in articles if story.held_out)
    report = Report()
    for story in (*training, *held_out):
        report.count(story)
    return Corpus(
        training=training,
        held_out=held_out,
        points=[groups for groups in points if groups],
        stance_dev=tuple(pairs[::HELD_OUT]),
        report=report,
    )


def _article(row: dict[str, Any], *, held_out: bool) -> Story:
    filled = {"question": None, "background": [], "boilerplate": [], **row}
    return replace(newsroom_story(filled), held_out=held_out)
