"""ArgKP test: which key point an argument makes, and the key points of a heap of arguments.

`argkp-match` scores each argument against the key points of its topic and side, as KPA-2021 Track 1
does. Two metrics circulate (see `metrics.ranking`): `map_strict` and `map_relaxed` are those of the
leaderboard of June 2021, the pair ending in `_retrieval` those of the script published afterwards.
A pair on which the annotators were undecided counts as no match (strict) or as a match (relaxed).

`argkp-summary` hands over the arguments of a side and asks for as many key points as people wrote.
Soft precision, recall and F1 as in Li et al. 2023, but by cosines of all-MiniLM-L6-v2, not by a
learnt similarity; ROUGE of key points matched one to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval import metrics
from eval.data import read_table
from eval.scorers import cosines
from eval.suite import Floor, Prediction, Sample, Score, Suite, unjudged

_ARGUMENTS = "argkp/arguments_test.csv"
_POINTS = "argkp/key_points_test.csv"
_LABELS = "argkp/labels_test.csv"
_ABOUT: dict[str, Any] = {
    "source": "github.com/IBM/KPA_2021_shared_task (kpm_data and test_data in one folder, argkp)",
    "licence": "CDLA-Sharing-1.0",
    "citation": "Bar-Haim et al. 2020, ACL; Friedman et al. 2021, ArgMining",
}
_SOFT = ("soft_precision", "soft_recall", "soft_f1")
Side = tuple[str, str]
Texts = dict[str, str]


def _sides(data: Path) -> Iterator[tuple[Side, Texts, Texts]]:
    """Yield topic and stance with the arguments and key points of each side, by their id."""
    arguments, points = (
        _by_side(data / _ARGUMENTS, "arg_id", "argument"),
        _by_side(data / _POINTS, "key_point_id", "key_point"),
    )
    for side, texts in arguments.items():
        yield side, texts, points[side]


def _by_side(path: Path, key: str, text: str) -> dict[Side, Texts]:
    found: dict[Side, Texts] = defaultdict(dict)
    for row in read_table(path, columns=(key, text, "topic", "stance")):
        found[row["topic"], row["stance"]][row[key]] = row[text]
    return found


def _load_match(data: Path) -> list[Sample]:
    columns = ("arg_id", "key_point_id", "label")
    rows = read_table(data / _LABELS, columns=columns)
    labels = {(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in rows}
    return [
        Sample(
            id=f"{topic} ({stance})",
            document=f"{topic} ({stance})",
            task="match",
            input={
                "question": topic,
                "texts": list(arguments.values()),
                "points": list(points.values()),
            },
            gold={"labels": [[labels.get((a, p)) for p in points] for a in arguments]},
        )
        for (topic, stance), arguments, points in _sides(data)
    ]


def _score_match(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for undecided, name in enumerate(("map_strict", "map_relaxed")):
        found = metrics.best_match_precision(sample.gold["labels"], prediction, undecided=undecided)
        for metric, place in ((name, 0), (f"{name}_retrieval", 1)):
            scores[metric] = (
                Score(value=found[place]) if found else unjudged("fewer than two arguments")
            )
    return scores


def _load_summary(data: Path) -> list[Sample]:
    return [
        Sample(
            id=f"{topic} ({stance})",
            document=f"{topic} ({stance})",
            task="highlights",
            input={
                "question": topic,
                "texts": list(arguments.values()),
                "number": len(points),
            },
            gold={"references": list(points.values())},
        )
        for (topic, stance), arguments, points in _sides(data)
    ]


def _score_summary(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    references = sample.gold["references"]
    similarity = cosines(prediction, references)
    soft = None if similarity is None else metrics.soft_scores(similarity)
    rouge = metrics.matched_rouge(references, prediction) or {}
    return {
        **{
            name: Score(value=soft[place]) if soft else unjudged("no key point, or no encoder")
            for place, name in enumerate(_SOFT)
        },
        **{name: Score(value=value) for name, value in rouge.items()},
        "found": Score(value=float(len(prediction))),
    }


SUITES = (
    Suite(
        name="argkp-match",
        title="test, 723 arguments of 3 topics and their key point",
        task="match",
        main="map_strict",
        data={
            _ARGUMENTS: "0e24e1733b15647d7e967970b8c887bcf6e17cd95e1bb80f65164b543ddaa573",
            _POINTS: "1d3d1fe6ad5a53b03727192371ac14709390d9b2f14047822371bdbc3dde4972",
            _LABELS: "6477cf10eeb7e60c315e46b28246df946df33101b98dac90fbb49e6ce0dceec3",
        },
        load=_load_match,
        score=_score_match,
        floors=(
            Floor(system="tfidf", metric="map_strict", value=0.737, where="recomputed"),
            Floor(system="tfidf", metric="map_relaxed", value=0.801, where="recomputed"),
            Floor(system="tfidf", metric="map_strict_retrieval", value=0.408, where="recomputed"),
            Floor(system="tfidf", metric="map_relaxed_retrieval", value=0.528, where="recomputed"),
            Floor(system="SMatchToPR", metric="map_strict", value=0.908, where="leaderboard"),
            Floor(system="SMatchToPR", metric="map_relaxed", value=0.972, where="leaderboard"),
        ),
        **_ABOUT,
    ),
    Suite(
        name="argkp-summary",
        title="test, arguments of a side to key points",
        task="highlights",
        main="soft_f1",
        data={
            _ARGUMENTS: "0e24e1733b15647d7e967970b8c887bcf6e17cd95e1bb80f65164b543ddaa573",
            _POINTS: "1d3d1fe6ad5a53b03727192371ac14709390d9b2f14047822371bdbc3dde4972",
        },
        load=_load_summary,
        score=_score_summary,
        **_ABOUT,
    ),
)
