"""Twelve short articles written for this project, labelled like the newsroom suite.

Small and ours, so it can be committed: it tells in seconds whether something broke. It is too small
to tell whether something got better.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.data import read_jsonl
from eval.scorers import score_analysis, score_partition
from eval.suite import Sample, Suite
from eval.suites.newsroom import article_sample, sides_sample

_FILE = "gate.jsonl"
_ABOUT: dict[str, Any] = {
    "source": "this repository, eval/data",
    "licence": "that of this repository",
    "citation": "none: invented articles",
    "data": {_FILE: "55deb5aceb457aecbe2c6ceb580db3231f67997490c03799c2587481a66c6a2c"},
}


def _load(data: Path) -> list[Sample]:
    return [article_sample(row) for row in read_jsonl(data / _FILE)]


def _load_sides(data: Path) -> list[Sample]:
    rows = read_jsonl(data / _FILE)
    return [sides_sample(row) for row in rows if row["viewpoints"]]


SUITES = (
    Suite(
        name="gate",
        title="12 invented articles, from text to viewpoints",
        task="analyze",
        main="ari",
        load=_load,
        score=score_analysis,
        bundled=True,
        **_ABOUT,
    ),
    Suite(
        name="gate-sides",
        title="the same, viewpoint sentences given",
        task="sides",
        main="ari",
        load=_load_sides,
        score=score_partition,
        bundled=True,
        **_ABOUT,
    ),
)
