"""Baselines on the vectors of all-MiniLM-L6-v2."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.cluster import KMeans

from eval.cache import Cache
from eval.suite import Array, Sample
from eval.systems import minilm
from eval.systems.base import Baseline, sentences_of, texts_of
from eval.systems.cached import vectors


class Embedded(Baseline):
    """Encodes every text of a suite once, or finds its vector in the cache."""

    def __init__(self, *, seed: int = 0, cache: Cache | None = None) -> None:
        minilm.require()
        super().__init__(seed=seed, cache=cache)

    def fit(self, samples: Sequence[Sample], /) -> None:
        """Encode every text of the suite."""
        texts = sorted({one for sample in samples for one in texts_of(sample)})
        found = vectors(texts, minilm.encode, cache=self.cache, encoder=minilm.identity())
        self._vectors = dict(zip(texts, found, strict=True))

    def vectors(self, texts: Sequence[str]) -> Array:
        """Return (n, 384) unit vectors of texts of the suite."""
        return np.array([self._vectors[one] for one in texts], dtype=np.float64)


class KMeansMiniLM(Embedded):
    """all-MiniLM-L6-v2 and k-means; the text nearest to the mean stands for a cluster."""

    name = "kmeans"
    tasks = frozenset({"analyze", "sides", "points", "summary", "highlights", "match", "check"})

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return k-means labels, best of 50 starts: 10 leave .05 ARI of luck between seeds."""
        model = KMeans(n_clusters=number, n_init=50, random_state=self.seed)
        return [int(label) for label in model.fit_predict(self.vectors(texts))]

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return the text nearest to the mean of all."""
        found = self.vectors(texts)
        return texts[int((found @ found.mean(axis=0)).argmax())]

    def highlights(self, sample: Sample) -> list[str]:
        """Return the sentence nearest to the mean of each cluster, in reading order."""
        texts = sentences_of(sample.input["texts"])
        labels = self.partition(texts, min(sample.input["number"], len(texts)), sample)
        groups = [
            [t for t, own in zip(texts, labels, strict=True) if own == k]
            for k in dict.fromkeys(labels)
        ]
        return [self.pick(group, sample) for group in groups]

    def match(self, sample: Sample) -> list[list[float]]:
        """Return cosines of texts and points."""
        texts, points = (self.vectors(sample.input[name]) for name in ("texts", "points"))
        cosines: list[list[float]] = (texts @ points.T).tolist()
        return cosines

    def check(self, sample: Sample) -> float:
        """Return the highest cosine of the sentence to a text."""
        sentence = self.vectors([sample.input["sentence"]])[0]
        return float((self.vectors(sample.input["texts"]) @ sentence).max())
