"""What the product writes about 200 news articles, checked against its own claims; no gold needed.

A name or number of a summary or label that none of the claims of its viewpoint contains is counted
by rules of the judge's own (`metrics.facts`), not by those that the product itself checks with.
`clean` is the share of articles without any in a summary; labels are counted apart. None in 200
leaves room for 1.5 % (95 %, rule of three). The articles are drawn by checksum; many of them the
writer was trained on without labels, which helps no name to appear. Baselines quote, so they are
clean by construction (their labels are numbers).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval import metrics
from eval.data import read_table
from eval.scorers import score_wording
from eval.suite import Prediction, Sample, Score, Suite, unjudged

_FILE = "articles/articles.parquet"
_COLUMNS = ("id", "title", "text")
_COUNT = 200
_MIN_WORDS = 150  # shorter ones are teasers and corrections


def _load(data: Path) -> list[Sample]:
    rows = read_table(data / _FILE, columns=_COLUMNS)
    order = {row: sha256(name.encode()).digest() for row, name in enumerate(list(rows["id"]))}
    drawn = (rows[row] for row in sorted(order, key=order.__getitem__))
    long = (row for row in drawn if len(row["text"].split()) >= _MIN_WORDS)
    return [_sample(row) for row, _ in zip(long, range(_COUNT), strict=False)]


def _sample(row: Mapping[str, Any]) -> Sample:
    return Sample(
        id=row["id"],
        document=row["id"],
        task="analyze",
        input={"text": row["text"], "title": row["title"]},
        # No labels; baselines are told to cut in two.
        gold={"number": 2, "viewpoints": [], "background": [], "boilerplate": []},
    )


def _score(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    views = prediction["viewpoints"]
    if not views:
        names = ("clean", "unsupported", "label_unsupported")
        none = dict.fromkeys(names, unjudged("no viewpoint, so no summary"))
        return none | score_wording(prediction)
    claims = {claim["id"]: claim["text"] for claim in prediction["claims"]}
    sources = [[claims[number] for number in view["claims"]] for view in views]
    summaries = [view["summary"]["text"] for view in views]
    labels = [view["label"] for view in views]
    wrong = [_unsupported(sources, texts) for texts in (summaries, labels)]
    count = len(views)
    return {
        "clean": Score(value=float(wrong[0] == 0)),
        "unsupported": Score(value=wrong[0] / count, weight=count),
        "label_unsupported": Score(value=wrong[1] / count, weight=count),
        **score_wording(prediction),
    }


def _unsupported(sources: Sequence[Sequence[str]], texts: Sequence[str]) -> int:
    pairs = zip(sources, texts, strict=True)
    return sum(len(metrics.unsupported(source, text)) for source, text in pairs)


SUITES = (
    Suite(
        name="faithfulness",
        title="200 articles, names and numbers that the claims do not hold",
        task="analyze",
        source="github.com/ramybaly/Article-Bias-Prediction (data/jsons as one Parquet file)",
        licence="Apache-2.0 (repository; the text is the publishers'): measure only",
        citation="Baly, Da San Martino, Glass and Nakov 2020, EMNLP",
        main="clean",
        data={_FILE: "be66ea34342fe9a71425c561335670fe86d83821ee107475412aed0766976c9c"},
        load=_load,
        score=_score,
    ),
)
