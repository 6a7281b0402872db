"""Real news articles, sentences labelled by viewpoint: the product's own task, end to end.

`newsroom` hands over the article and asks for the analysis. `newsroom-sides` hands over the
labelled viewpoint sentences and the question, and asks only which belong together.

The labels were read and written by a large language model as annotator and checked for exact
substrings, not by people. Two independent readings of 24 sibling articles agree at ARI 0.80
(0.71-0.88), pair-F1 .86, background F1 .93, holder F1 .80, ROUGE-1/2/L 48.9/24.2/41.0: that is
what a second reader scores here, and the oracle row is not a reader but gold itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.data import read_jsonl
from eval.scorers import score_newsroom, score_partition
from eval.suite import Floor, Sample, Suite

_FILE = "newsroom/newsroom-dev.jsonl"
_DATA = {_FILE: "30d549894f90fde0117011caea53c2bc335ff8ec45ca37d3d0eed3a66650db63"}
_ABOUT: dict[str, Any] = {
    "source": "github.com/ramybaly/Article-Bias-Prediction (articles); labels: see the module",
    "licence": "Apache-2.0 (repository; the text is the publishers'): measure, do not redistribute",
    "citation": "Baly, Da San Martino, Glass and Nakov 2020, EMNLP",
}


def article_sample(row: Mapping[str, Any]) -> Sample:
    """Return the end-to-end sample of a row in the newsroom format."""
    return Sample(
        id=row["id"],
        document=row["id"],
        task="analyze",
        input={"text": row["text"], "title": row["title"]},
        gold={**row, "number": len(row["viewpoints"])},
    )


def sides_sample(row: Mapping[str, Any]) -> Sample:
    """Return the sample that gives the viewpoint sentences, in the order of the article."""
    pairs = [(s, n) for n, view in enumerate(row["viewpoints"]) for s in view["sentences"]]
    pairs.sort(key=lambda pair: row["text"].find(pair[0]))
    return Sample(
        id=row["id"],
        document=row["id"],
        task="sides",
        input={"texts": [s for s, _ in pairs], "question": row["question"]},
        gold={"labels": [n for _, n in pairs], "number": len(row["viewpoints"])},
    )


def _load(data: Path) -> list[Sample]:
    return [article_sample(row) for row in read_jsonl(data / _FILE)]


def _load_sides(data: Path) -> list[Sample]:
    return [sides_sample(row) for row in read_jsonl(data / _FILE)]


SUITES = (
    Suite(
        name="newsroom",
        title="16 articles, from text to viewpoints",
        task="analyze",
        main="ari",
        data=_DATA,
        load=_load,
        score=score_newsroom,
        **_ABOUT,
    ),
    Suite(
        name="newsroom-sides",
        title="16 articles, viewpoint sentences given",
        task="sides",
        main="ari",
        data=_DATA,
        load=_load_sides,
        score=score_partition,
        floors=(
            Floor(system="kmeans", metric="ari", value=0.13, where="number of viewpoints given"),
            Floor(system="lead", metric="ari", value=0.24, where="number of viewpoints given"),
            Floor(system="tfidf", metric="ari", value=0.01, where="number of viewpoints given"),
        ),
        **_ABOUT,
    ),
)
