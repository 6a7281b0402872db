"""What an evaluation is made of: samples, scores, suites and systems.

A suite reads like its own description: where its data comes from, what is asked of a system, how
an answer is scored and which published or measured figures it should reproduce.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

Task = Literal[
    "analyze",
    "sides",
    "points",
    "stance",
    "summary",
    "highlights",
    "match",
    "check",
    "attribute",
    "extract",
]
"""What is asked of a system, and what its prediction is, as JSON:

analyze    article → an analysis in the published JSON schema
sides      texts (and perhaps a question) → viewpoint number per text, -1 = in none
points     texts → same-point group per text
stance     a statement and texts → score in [-1, 1] per text
summary    texts → one text
highlights texts and a number → at most that many texts that stand for them
match      texts and key points → how well each text makes each point: a row per text
check      texts and a sentence → how well they support it, in [0, 1]; 0 = not at all
attribute  article → [start, end, holder] of each claim, holder null in the article's own voice
extract    HTML → the text of the article, "" when there is none
"""

Prediction = Any
"""A JSON value, of the shape that the sample's task asks for."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One question to a system. Samples of one `document` are resampled together."""

    id: str
    document: str
    task: Task
    input: Mapping[str, Any]
    gold: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a sample is worth under one metric; `value` None says that it could not be judged.

    A figure is the mean of its scores by `weight`. With value = F1 and weight = 2 tp + fp + fn
    that mean is the F1 of the pooled counts, so one rule covers macro and micro averages.
    """

    value: float | None
    weight: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A figure that was measured or published before, and where it stands."""

    system: str
    metric: str
    value: float
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A benchmark: data, scorer, main metric and the figures it is held against.

    data: path of each file or folder under the data folder → SHA-256 of what was measured.
    derived: figures made of other figures (such as a macro average), by name. A score whose name
    begins with an underscore is only an ingredient of these and is not reported.
    """

    name: str
    title: str
    task: Task
    source: str
    licence: str
    citation: str
    main: str
    data: Mapping[str, str]
    load: Callable[[Path], Sequence[Sample]]
    score: Callable[[Sample, Prediction], Mapping[str, Score]]
    floors: tuple[Floor, ...] = ()
    derived: Mapping[str, Callable[[Mapping[str, Array]], Array]] = field(default_factory=dict)
    bundled: bool = False


class System(Protocol):
    """Anything that can be scored."""

    name: str
    tasks: frozenset[Task]

    @property
    def digest(self) -> str:
        """What identifies weights, settings and seed."""
        ...

    def fit(self, samples: Sequence[Sample], /) -> None:
        """Read the inputs of all samples once, before the first prediction; never their gold."""
        ...

    def predict(self, sample: Sample, /) -> Prediction:
        """Return the answer to one sample, as JSON."""
        ...


def f1_score(*, tp: float, fp: float, fn: float) -> Score:
    """Return F1 with the weight under which the mean over samples is the F1 of pooled counts."""
    weight = 2 * tp + fp + fn
    if weight == 0:
        return Score(value=None, weight=0.0, reason="nothing to find and nothing found")
    return Score(value=2 * tp / weight, weight=weight)


def unjudged(reason: str) -> Score:
    """Return the score of what could not be judged."""
    return Score(value=None, weight=0.0, reason=reason)
