"""BERTopic as a baseline; it comes with an extra of its own and is imported when first used."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from eval.suite import Sample
from eval.systems.embedded import Embedded
from summarizer import MissingExtraError

_LEAST = 3  # UMAP's spectral start needs more texts than dimensions, and one dimension at least
_SMALLEST = 2  # texts of a topic: BERTopic's ten would leave most articles without any


class TopicModel(Embedded):
    """BERTopic (Grootendorst 2022) on the MiniLM vectors: UMAP, HDBSCAN, outliers in no topic.

    It finds the number itself. One seed, one thread: the same topics on one machine and versions.
    Neighbours and dimensions shrink with the number of texts, and fewer than three texts have no
    topic. Raises MissingExtraError when the package is not installed.
    """

    name = "bertopic"
    tasks = frozenset({"analyze", "sides", "points"})

    def __init__(self, **options: Any) -> None:
        if find_spec("bertopic") is None:
            raise MissingExtraError('bertopic is not installed: pip install -e ".[bertopic]"')
        super().__init__(**options)

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return the topic of each text, -1 for an outlier; `number` is not looked at."""
        if len(texts) < _LEAST:
            return [-1] * len(texts)
        topics, _ = self._model(len(texts)).fit_transform(
            list(texts), embeddings=self.vectors(texts)
        )
        return [int(topic) for topic in topics]

    def _model(self, texts: int) -> Any:
        from bertopic import BERTopic
        from hdbscan import HDBSCAN
        from sklearn.feature_extraction.text import CountVectorizer
        from umap import UMAP

        return BERTopic(
            umap_model=UMAP(
                n_neighbors=min(15, texts - 1),
                n_components=min(5, texts - 2),
                min_dist=0.0,
                metric="cosine",
                random_state=self.seed,
                n_jobs=1,
            ),
            hdbscan_model=HDBSCAN(min_cluster_size=_SMALLEST, core_dist_n_jobs=1),
            vectorizer_model=CountVectorizer(token_pattern=r"\w+"),
        )
