"""VAST test, zero-shot: is a newspaper comment for, against or neutral to a topic it may not name.

A stance lies in [-1, 1], so neutral needs a threshold. It is chosen for each system, of 0, .1 … .9,
as the one of highest macro-F1 on the 2,062 development pairs, which are asked beside the 1,460 test
pairs; every resample of an interval chooses anew, so the interval holds the doubt about the
threshold too. Every figure but `threshold` is of test pairs.
These are the pairs whose topic no training comment has; the file has them in a form made for
another paper, of which only comment, topic and label are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.data import read_table
from eval.suite import Array, Floor, Prediction, Sample, Score, Suite, f1_score

_DEV = "zerostance/vast/raw_val_all_onecol.csv"
_TEST = "zerostance/vast/raw_test_all_onecol.csv"
_COLUMNS = ("Tweet", "Target 1", "Stance 1")
_STANCE = {"FAVOR": 1, "AGAINST": -1, "NONE": 0}
_CLASSES = {"favour": 1, "against": -1, "neutral": 0}
_GRID = tuple(tenth / 10 for tenth in range(10))
_WORST = -1.0


def _load(data: Path) -> list[Sample]:
    samples = [
        _sample(f"{split}/{number}", *(row[name] for name in _COLUMNS))
        for split, path in (("dev", _DEV), ("test", _TEST))
        for number, row in enumerate(read_table(data / path, columns=_COLUMNS))
    ]
    # An order by lot, so that the first few of a smoke test hold pairs of both splits.
    return sorted(samples, key=lambda sample: sha256(sample.id.encode()).digest())


def _sample(name: str, comment: str, topic: str, stance: str) -> Sample:
    return Sample(
        id=name,
        document=sha256(comment.encode()).hexdigest()[:16],
        task="stance",
        input={"question": topic, "texts": [comment]},
        gold={"labels": [_STANCE[stance]], "dev": name.startswith("dev")},
    )


def _score(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    """Score the pair at every threshold; names with an underscore are not shown in tables."""
    (gold,), (stance,) = sample.gold["labels"], prediction
    found = {limit: int(np.sign(stance)) if abs(stance) > limit else 0 for limit in _GRID}
    split = "dev" if sample.gold["dev"] else "test"
    return {
        f"_{split}_{name}_{limit}": f1_score(
            tp=gold == found[limit] == label,
            fp=found[limit] == label != gold,
            fn=gold == label != found[limit],
        )
        for name, label in _CLASSES.items()
        for limit in _GRID
    }


def _at(name: str) -> Callable[[Mapping[str, Array]], Array]:
    """Return the reader of one class's F1 at the chosen threshold."""

    def read(figures: Mapping[str, Array]) -> Array:
        values = _stack(figures, f"test_{name}")
        return np.asarray(np.take_along_axis(values, _chosen(figures)[None], axis=0)[0])

    return read


def _stack(figures: Mapping[str, Array], name: str) -> Array:
    """Return (thresholds, …) figures; NaN where no pair of a split was asked."""
    shape = np.shape(next(iter(figures.values())))
    return np.stack([figures.get(f"_{name}_{limit}", np.full(shape, np.nan)) for limit in _GRID])


def _chosen(figures: Mapping[str, Array]) -> npt.NDArray[np.intp]:
    """Return the place of the threshold in the grid, for each resample."""
    macro_f1 = np.mean([_stack(figures, f"dev_{name}") for name in _CLASSES], axis=0)
    return np.asarray(np.where(np.isnan(macro_f1), _WORST, macro_f1).argmax(axis=0))


def _threshold(figures: Mapping[str, Array]) -> Array:
    return np.asarray(np.array(_GRID)[_chosen(figures)])


def _macro_f1(figures: Mapping[str, Array]) -> Array:
    return np.asarray(np.mean([_at(name)(figures) for name in _CLASSES], axis=0))


SUITES = (
    Suite(
        name="vast",
        title="zero-shot test, 1,460 pairs in three classes",
        task="stance",
        source="github.com/chenyez/ZeroStance (folder zerostance); first github.com/emilyallaway",
        licence="none stated: measure only",
        citation="Allaway and McKeown 2020, EMNLP",
        main="macro_f1",
        data={
            _DEV: "f17b16f64a181d3fe0371161c34890ee2ef22e7acb09ecc734ebf9e23d4c6c0a",
            _TEST: "ea08885c2a668873969fe50872306881677acb7bbc8b1fbca5ad2aacaaa0dc4b",
        },
        load=_load,
        score=_score,
        derived={
            "macro_f1": _macro_f1,
            **{f"f1_{name}": _at(name) for name in _CLASSES},
            "threshold": _threshold,
        },
        floors=(
            Floor(system="TGA-Net", metric="macro_f1", value=0.666, where="recalled, not checked"),
            Floor(system="JointCL", metric="macro_f1", value=0.715, where="5 seeds, its README"),
        ),
    ),
)
