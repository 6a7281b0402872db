"""181 pages of the article extraction benchmark by Zyte: the text of the article from its HTML.

Their measure: 4-grams of words, each page scaled to weigh the same; precision and recall are means
over pages, F1 is made of the two means. A page on which no article is found counts as empty text.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from eval.data import read_json
from eval.metrics import shingle_counts
from eval.suite import Array, Floor, Prediction, Sample, Score, Suite, unjudged

_FOLDER = "html-extract-bench"
_GOLD = f"{_FOLDER}/ground-truth.json"
_PAGES = f"{_FOLDER}/html"


def _load(data: Path) -> list[Sample]:
    return [
        Sample(
            id=name,
            document=name,
            task="extract",
            input={"html": _page(data / _PAGES / f"{name}.html.gz"), "url": row.get("url")},
            gold={"text": row["articleBody"]},
        )
        for name, row in read_json(data / _GOLD).items()
    ]


def _page(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")


def _score(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    tp, fp, fn = shingle_counts(sample.gold["text"], prediction)
    nothing = unjudged("no text")
    return {
        "precision": Score(value=tp / (tp + fp)) if tp + fp else nothing,
        "recall": Score(value=tp / (tp + fn)) if tp + fn else nothing,
        "exact": Score(value=float(fp == fn == 0)),
    }


def _f1(figures: Mapping[str, Array]) -> Array:
    precision, recall = figures["precision"], figures["recall"]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(2 * precision * recall / (precision + recall))


SUITES = (
    Suite(
        name="extraction",
        title="181 pages, HTML to article text",
        task="extract",
        source="github.com/scrapinghub/article-extraction-benchmark (folder html-extract-bench)",
        licence="MIT (repository; the pages are the publishers')",
        citation="Zyte, article-extraction-benchmark",
        main="f1",
        data={
            _GOLD: "512e9a9498912047a966e22f47302e849dfa45dca1f555d97588317dac7e5a3d",
            _PAGES: "4630703fce540e9a9437fa34cf4c08f6c8a77b1c35694ee25f995849e0c87df0",
        },
        load=_load,
        score=_score,
        derived={"f1": _f1},
        floors=(
            Floor(system="trafilatura", metric="f1", value=0.958, where="2.0.0, their README"),
            Floor(system="rs_trafilatura", metric="f1", value=0.970, where="their README"),
        ),
    ),
)
