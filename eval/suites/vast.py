"""VAST test, zero-shot: is a newspaper comment for, against or neutral to a topic it may not name.

A stance lies in [-1, 1], so neutral needs a threshold. It is chosen for each system, of 0, .1 … .9,
on the 2,062 development pairs, which are asked beside the 1,460 test pairs (see `eval.thresholds`).
Every figure but `threshold` is of test pairs.
These are the pairs whose topic no training comment has; the file has them in a form made for
another paper, of which only comment, topic and label are read.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np

from eval.data import read_table
from eval.suite import Floor, Prediction, Sample, Score, Suite, f1_score
from eval.thresholds import Tuned

_DEV = "zerostance/vast/raw_val_all_onecol.csv"
_TEST = "zerostance/vast/raw_test_all_onecol.csv"
_COLUMNS = ("Tweet", "Target 1", "Stance 1")
_STANCE = {"FAVOR": 1, "AGAINST": -1, "NONE": 0}
_CLASSES = {"f1_favour": 1, "f1_against": -1, "f1_neutral": 0}
_TUNED = Tuned(
    main="macro_f1", parts=tuple(_CLASSES), grid=tuple(tenth / 10 for tenth in range(10))
)


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
    (gold,), (stance,) = sample.gold["labels"], prediction

    def at(limit: float) -> dict[str, Score]:
        found = int(np.sign(stance)) if abs(stance) > limit else 0
        return {
            name: f1_score(
                tp=gold == found == label,
                fp=found == label != gold,
                fn=gold == label != found,
            )
            for name, label in _CLASSES.items()
        }

    return _TUNED.scores(at, dev=sample.gold["dev"])


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
        derived=_TUNED.derived(),
        floors=(
            Floor(system="TGA-Net", metric="macro_f1", value=0.666, where="recalled, not checked"),
            Floor(system="JointCL", metric="macro_f1", value=0.715, where="5 seeds, its README"),
        ),
    ),
)
