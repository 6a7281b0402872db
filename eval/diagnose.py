"""What plots need to know of an analysis beside its scores: where gold sentences went, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eval import metrics
from eval.align import BACKGROUND, UNPLACED, places
from eval.suite import Prediction, Sample

KINDS = ("viewpoint", "background", "furniture")
"""What a labelled sentence is."""

PLACES = ("its viewpoint", "wrong viewpoint", "background", "unplaced", "left out")
"""Where an analysis can put a labelled sentence."""


def diagnose(sample: Sample, prediction: Prediction) -> dict[str, Any]:
    """Return `words`, and of an analysis with gold viewpoints also `viewpoints` and `went`.

    words: length of the input. viewpoints: [confidence, labelled, agreeing] for each that was
    found: how many labelled sentences it holds, and how many of them are of one gold viewpoint.
    went: kind → place → number of labelled sentences.
    """
    found: dict[str, Any] = {"words": _words(sample.input)}
    if sample.task == "analyze" and "viewpoints" in sample.gold:
        views = sample.gold["viewpoints"]
        gold = [(s, number) for number, view in enumerate(views) for s in view["sentences"]]
        where = places(prediction, [sentence for sentence, _ in gold])
        background = places(prediction, sample.gold["background"])
        furniture = places(prediction, sample.gold["boilerplate"])
        shared = np.zeros((len(views), len(prediction["viewpoints"])))
        for (_, number), place in zip(gold, where, strict=True):
            if place >= 0:
                shared[number, place] += 1
        found["viewpoints"] = _agreement(prediction["viewpoints"], shared, background)
        matched = dict(metrics.match(shared))
        own = [place == matched.get(number) for (_, number), place in zip(gold, where, strict=True)]
        found["went"] = {
            "viewpoint": _count(where, own),
            "background": _count(background, [False] * len(background)),
            "furniture": _count(furniture, [False] * len(furniture)),
        }
    return found


def _words(given: Mapping[str, Any]) -> int:
    texts = given.get("texts", [given[name] for name in ("text", "html") if name in given])
    return sum(len(text.split()) for text in texts)


def _agreement(
    views: Sequence[Mapping[str, Any]], shared: Any, background: Sequence[int]
) -> list[list[float]]:
    rows = []
    for number, view in enumerate(views):
        own = shared[:, number]
        labelled = int(own.sum()) + list(background).count(number)
        agreeing = int(own.max()) if len(own) else 0
        rows.append([view["confidence"], labelled, agreeing])
    return rows


def _count(where: Sequence[int], own: Sequence[bool]) -> dict[str, int]:
    names = (_name(place, right) for place, right in zip(where, own, strict=True))
    return dict(Counter(names))


def _name(place: int, right: bool) -> str:
    if place >= 0:
        return PLACES[0] if right else PLACES[1]
    return {BACKGROUND: PLACES[2], UNPLACED: PLACES[3]}.get(place, PLACES[4])
