"""Where an analysis put each gold sentence, by character overlap.

The text of an analysis may differ from the text that was handed in by white space and by dropped
furniture, so both are compared without white space. A sentence belongs to the place that holds most
of its characters: a viewpoint (its number), background, unplaced, or absent when no claim covers
it or the analysis does not hold the sentence at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

BACKGROUND, UNPLACED, ABSENT = -1, -2, -3


def places(analysis: Mapping[str, Any], sentences: Sequence[str]) -> list[int]:
    """Return the place of each of `sentences` in `analysis`: viewpoint number, or one of above."""
    texts = [_bare(article["text"]) for article in analysis["articles"]]
    maps = _place_maps(analysis)
    return [_place(texts, maps, _bare(sentence)) for sentence in sentences]


def _bare(text: str) -> str:
    return "".join(text.split())


def _place_maps(analysis: Mapping[str, Any]) -> list[npt.NDArray[np.int64]]:
    """Return for each article the place of each of its characters other than white space."""
    where = _place_of_claim(analysis)
    maps = []
    for number, article in enumerate(analysis["articles"]):
        text = article["text"]
        place = np.full(len(text), ABSENT)
        for claim in analysis["claims"]:
            if claim["article"] == number:
                place[claim["start"] : claim["end"]] = where.get(claim["id"], ABSENT)
        maps.append(place[[not character.isspace() for character in text]])
    return maps


def _place_of_claim(analysis: Mapping[str, Any]) -> dict[int, int]:
    where = dict.fromkeys(analysis["background"], BACKGROUND)
    where |= dict.fromkeys(analysis["unplaced"], UNPLACED)
    for number, viewpoint in enumerate(analysis["viewpoints"]):
        where |= dict.fromkeys(viewpoint["claims"], number)
    return where


def _place(texts: Sequence[str], maps: Sequence[npt.NDArray[np.int64]], bare: str) -> int:
    for text, place in zip(texts, maps, strict=True):
        start = text.find(bare)
        if bare and start >= 0:
            values, counts = np.unique(place[start : start + len(bare)], return_counts=True)
            return int(values[counts.argmax()])
    return ABSENT
