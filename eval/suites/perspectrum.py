"""Perspectrum test: stance of perspectives to a claim, and which perspectives say the same.

Intervals resample claims: resampling the 2,773 pairs instead would halve them. `perspectrum-points`
leaves out claims with a single perspective (nothing to cluster): 210 of 227 remain. Claims in which
neither gold nor prediction has two perspectives in one cluster have no pair-F1 and are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.data import read_json
from eval.scorers import macro_f1, score_partition, score_stance
from eval.suite import Floor, Sample, Suite, Task

_GOLD = "perspectrum/perspectrum_with_answers_v1.0.json"
_POOL = "perspectrum/perspective_pool_v1.0.json"
_SPLIT = "perspectrum/dataset_split_v1.0.json"
_ABOUT: dict[str, Any] = {
    "source": "github.com/CogComp/perspectrum (folder perspectrum)",
    "licence": "CC BY-SA 4.0",
    "citation": "Chen, Khashabi, Yin, Callison-Burch and Roth 2019, NAACL",
    "data": {
        _GOLD: "39d0391d26ebe21efb1cc3162abcc3c4212d2eadfb07514129c3015d6f6ae1f1",
        _POOL: "d4d4e78c4777ea971d26546a8819aa9e02c5a68ffff45e10b40ca0cb91b43ae4",
        _SPLIT: "5ba5296f6e5956c44a2fd014b15a3f7c10b9a253451162932acaf217f20cd7da",
    },
}
_STANCE = {"SUPPORT": 1, "UNDERMINE": -1}


def _claims(data: Path) -> Iterator[tuple[Mapping[str, Any], list[tuple[str, int, int]]]]:
    """Yield each test claim with (text, cluster, stance) of its perspectives."""
    split = read_json(data / _SPLIT)
    pool = {row["pId"]: row["text"] for row in read_json(data / _POOL)}
    for claim in read_json(data / _GOLD):
        if split[str(claim["cId"])] == "test":
            yield (
                claim,
                [
                    (pool[number], cluster, _STANCE[one["stance_label_3"]])
                    for cluster, one in enumerate(claim["perspectives"])
                    for number in one["pids"]
                ],
            )


def _sample(claim: Mapping[str, Any], task: Task, texts: list[str], labels: list[int]) -> Sample:
    number = str(claim["cId"])
    gold = {"labels": labels, "number": len(set(labels))}
    given = {"question": claim["text"], "texts": texts}
    return Sample(id=number, document=number, task=task, input=given, gold=gold)


def _load_stance(data: Path) -> list[Sample]:
    return [
        _sample(claim, "stance", [row[0] for row in rows], [row[2] for row in rows])
        for claim, rows in _claims(data)
    ]


def _load_points(data: Path) -> list[Sample]:
    return [
        _sample(claim, "points", [row[0] for row in rows], [row[1] for row in rows])
        for claim, rows in _claims(data)
        if len(rows) > 1
    ]


SUITES = (
    Suite(
        name="perspectrum-stance",
        title="test, 2,773 pairs",
        task="stance",
        main="macro_f1",
        load=_load_stance,
        score=score_stance,
        derived={"macro_f1": macro_f1},
        floors=(
            Floor(system="majority", metric="macro_f1", value=0.3466, where="recomputed"),
            Floor(system="STANCY", metric="macro_f1", value=0.7975, where="its predictions"),
            Floor(system="people", metric="macro_f1", value=0.909, where="arXiv 2109.06508"),
        ),
        **_ABOUT,
    ),
    Suite(
        name="perspectrum-points",
        title="test, same-point clusters of 210 claims",
        task="points",
        main="pair_f1",
        load=_load_points,
        score=score_partition,
        floors=(
            Floor(system="tfidf", metric="pair_f1", value=0.481, where="threshold from dev"),
            Floor(system="tfidf", metric="b_cubed", value=0.802, where="threshold from dev"),
            Floor(system="tfidf", metric="ari", value=0.468, where="threshold from dev"),
        ),
        **_ABOUT,
    ),
)
