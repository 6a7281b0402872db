"""Yahoo News 360: a quotation from the debate on one question, and the editors' heading for it.

Development part: 20 stories, whose headings are resampled together. The quotation ends in its
author's name, which no heading has.
"""

from __future__ import annotations

from pathlib import Path

from eval.data import read_jsonl
from eval.scorers import score_summary
from eval.suite import Floor, Sample, Suite

_FILE = "perspectives-news/perspectives360-dev.jsonl"


def _load(data: Path) -> list[Sample]:
    return [
        Sample(
            id=f"{row['id']}/{number}",
            document=row["id"],
            task="summary",
            input={"texts": [quotation]},
            gold={"reference": heading},
        )
        for row in read_jsonl(data / _FILE)
        for number, (heading, quotation) in enumerate(row["perspectives"])
    ]


SUITES = (
    Suite(
        name="perspectives360",
        title="a quotation, the editors' heading",
        task="summary",
        source="360 pages in github.com/ramybaly/Article-Bias-Prediction, by heading",
        licence="Apache-2.0 (repository; text is the publishers'): measure, do not redistribute",
        citation="Baly, Da San Martino, Glass and Nakov 2020, EMNLP",
        main="rouge1",
        data={_FILE: "68339645398e3aa2883032e439db29b894a8b0c461c39c2d366a9b7e3e01cfe7"},
        load=_load,
        score=score_summary,
        floors=(
            Floor(system="lead", metric="rouge1", value=0.142, where="measured before"),
            Floor(system="lead", metric="rouge2", value=0.028, where="measured before"),
            Floor(system="lead", metric="rougeL", value=0.115, where="measured before"),
            Floor(system="oracle", metric="rouge1", value=0.176, where="best sentence"),
            Floor(system="oracle", metric="rouge2", value=0.037, where="best sentence"),
            Floor(system="oracle", metric="rougeL", value=0.138, where="best sentence"),
        ),
    ),
)
