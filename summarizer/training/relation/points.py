"""Texts that make the same point, in groups: what the relation encoder is told to pull together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.training.files import read_csv, read_json, read_jsonl
from summarizer.training.leakage import Blocked
from summarizer.training.relation.debates import perspectrum_claims
from summarizer.training.relation.news import HELD_OUT

Debates = list[list[tuple[str, ...]]]
"""Debates, each a list of groups of texts that make one point."""


def load_same_points(data: Path, blocked: Blocked) -> Debates:
    """Return debates, each a list of groups of texts that make one point (two or more a group).

    Groups of one debate are hard negatives of each other. Perspectrum train clusters, ArgKP train
    arguments with their key point, points of the newsroom-train articles that are not held out;
    less what is `blocked`, since Perspectrum's splits share some perspectives.
    """
    split = read_json(data / "perspectrum/dataset_split_v1.0.json")
    debates = []
    for claim, perspectives in perspectrum_claims(data):
        if split[str(claim["cId"])] == "train":
            clusters: defaultdict[int, list[str]] = defaultdict(list)
            for text, _, number in perspectives:
                clusters[number].append(text)
            debates.append([tuple(texts) for texts in clusters.values() if len(texts) > 1])
    debates.extend(_argkp_points(data))
    rows = enumerate(read_jsonl(data / "newsroom-train/newsroom-train.jsonl"))
    debates.extend(article_points(row) for number, row in rows if number % HELD_OUT)
    clean = [
        [tuple(text for text in group if text not in blocked) for group in debate]
        for debate in debates
    ]
    return [kept for debate in clean if (kept := [group for group in debate if len(group) > 1])]


def article_points(row: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the points of a labelled article, each its label and sentences."""
    points = [point for viewpoint in row["viewpoints"] for point in viewpoint.get("points", [])]
    return [(point["label"], *point["sentences"]) for point in points if point["sentences"]]


def _argkp_points(data: Path) -> Iterator[list[tuple[str, ...]]]:
    folder = data / "argkp"
    points = {r["key_point_id"]: r for r in read_csv(folder / "key_points_train.csv")}
    arguments = {r["arg_id"]: r["argument"] for r in read_csv(folder / "arguments_train.csv")}
    topics: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in read_csv(folder / "labels_train.csv"):
        if row["label"] == "1":
            point = points[row["key_point_id"]]
            topics[point["topic"]][point["key_point"]].append(arguments[row["arg_id"]])
    for groups in topics.values():
        yield [(point, *texts) for point, texts in groups.items()]


def same_point_pairs(
    debates: Debates, rng: np.random.Generator, *, size: int
) -> tuple[list[str], list[str]]:
    """Return `size` pairs of texts, a point used once: left[i] and right[i] say the same."""
    left: list[str] = []
    right: list[str] = []
    while len(left) < size:
        debate = debates[int(rng.integers(len(debates)))]
        for i in rng.permutation(len(debate))[:8]:
            group = debate[int(i)]
            a, b = rng.choice(len(group), 2, replace=False)
            left.append(group[int(a)])
            right.append(group[int(b)])
    return left[:size], right[:size]
