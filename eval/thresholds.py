"""A threshold chosen on development samples, for each system, and what test samples score at it.

A suite whose answers are scores but whose gold are classes asks development samples beside those of
the test, scores each sample at every threshold of a grid, and lets the threshold be chosen when
figures are read off. Every resample of an interval chooses anew, so the interval holds the doubt
about the threshold too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.suite import Array, Score

Figures = Mapping[str, Array]
_WORST = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """Figures at the threshold under which the mean of `parts` is best on development samples."""

    main: str
    parts: tuple[str, ...]
    grid: tuple[float, ...]

    def scores(self, at: Callable[[float], Mapping[str, Score]], *, dev: bool) -> dict[str, Score]:
        """Return the scores of one sample under every threshold; `at` scores it under one."""
        split = "dev" if dev else "test"
        return {
            _name(split, part, limit): score
            for limit in self.grid
            for part, score in at(limit).items()
        }

    def derived(self) -> dict[str, Callable[[Figures], Array]]:
        """Return how the mean, each part and the threshold are read off; parts are of the test."""

        def reader(part: str) -> Callable[[Figures], Array]:
            return lambda figures: self._part(figures, part)

        return {
            self.main: lambda figures: _mean([self._part(figures, part) for part in self.parts]),
            **{part: reader(part) for part in self.parts},
            "threshold": lambda figures: np.asarray(np.array(self.grid)[self._chosen(figures)]),
        }

    def _part(self, figures: Figures, part: str) -> Array:
        values = self._stack(figures, "test", part)
        return np.asarray(np.take_along_axis(values, self._chosen(figures)[None], axis=0)[0])

    def _chosen(self, figures: Figures) -> npt.NDArray[np.intp]:
        """Return the place of the threshold in the grid, for each resample."""
        mean = _mean([self._stack(figures, "dev", part) for part in self.parts])
        return np.asarray(np.where(np.isnan(mean), _WORST, mean).argmax(axis=0))

    def _stack(self, figures: Figures, split: str, part: str) -> Array:
        """Return (thresholds, …) figures; NaN where no sample of the split was asked."""
        unknown = np.full(np.shape(next(iter(figures.values()))), np.nan)
        names = (_name(split, part, limit) for limit in self.grid)
        return np.stack([figures.get(name, unknown) for name in names])


def _name(split: str, part: str, limit: float) -> str:
    """Return a name that begins with an underscore: an ingredient, not reported."""
    return f"_{split}_{part}_{limit}"


def _mean(values: Sequence[Array]) -> Array:
    return np.asarray(np.mean(values, axis=0))
