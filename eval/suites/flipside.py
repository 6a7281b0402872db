"""The Flip Side: excerpts from the left and the right on one story, and the editors' sentence.

`flipside-sides` mixes the excerpts of both sides and asks which belong together; `flipside-summary`
asks for the editors' sentence from the excerpts of one side. Development part: 50 stories.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.data import read_jsonl
from eval.scorers import score_partition, score_summary
from eval.suite import Floor, Sample, Suite

_FILE = "perspectives-news/flipside-dev.jsonl"
_ABOUT: dict[str, Any] = {
    "source": "The Flip Side pages in github.com/ramybaly/Article-Bias-Prediction, by heading",
    "licence": "Apache-2.0 (repository; the text is the publishers'): measure, do not redistribute",
    "citation": "Baly, Da San Martino, Glass and Nakov 2020, EMNLP",
    "data": {_FILE: "61f99edbce767fd9932eff26bab91c10731f64d3ee0a9778cc520ae912f7ad44"},
}


def _mixed(row: Mapping[str, Any]) -> Sample:
    pairs = [(e, n) for n, side in enumerate(row["sides"].values()) for e in side["excerpts"]]
    random.Random(row["id"]).shuffle(pairs)
    return Sample(
        id=row["id"],
        document=row["id"],
        task="sides",
        input={"texts": [text for text, _ in pairs]},
        gold={"labels": [side for _, side in pairs], "number": len(row["sides"])},
    )


def _load_sides(data: Path) -> list[Sample]:
    rows = read_jsonl(data / _FILE)
    return [_mixed(row) for row in rows if sum(map(_speaks, row["sides"].values())) > 1]


def _speaks(side: Mapping[str, Any]) -> bool:
    return bool(side["excerpts"])


def _load_summary(data: Path) -> list[Sample]:
    return [
        Sample(
            id=f"{row['id']}/{name}",
            document=row["id"],
            task="summary",
            input={"texts": side["excerpts"]},
            gold={"reference": side["summary"]},
        )
        for row in read_jsonl(data / _FILE)
        for name, side in row["sides"].items()
        if side["summary"] and _speaks(side)
    ]


SUITES = (
    Suite(
        name="flipside-sides",
        title="excerpts of both sides, mixed",
        task="sides",
        main="ari",
        load=_load_sides,
        score=score_partition,
        floors=(Floor(system="kmeans", metric="ari", value=-0.02, where="two clusters given"),),
        **_ABOUT,
    ),
    Suite(
        name="flipside-summary",
        title="excerpts of a side, the editors' sentence",
        task="summary",
        main="rouge1",
        load=_load_summary,
        score=score_summary,
        floors=(
            Floor(system="lead", metric="rouge1", value=0.157, where="measured before"),
            Floor(system="lexrank", metric="rouge1", value=0.159, where="measured before"),
            Floor(system="oracle", metric="rouge1", value=0.309, where="best sentence"),
        ),
        **_ABOUT,
    ),
)
