"""Systems that every figure is held against, from chance to what gold itself would score.

Where a baseline needs the number of clusters it is given the gold number: the product is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import trafilatura
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer

from eval import build, metrics, text
from eval.encoder import encode, require
from eval.suite import Array, Prediction, Sample, Task


class Baseline:
    """Answers each task with the method of that name; `tasks` lists those a subclass has."""

    name: str
    tasks: frozenset[Task]

    def __init__(self, *, seed: int = 0) -> None:
        self.seed = seed

    @property
    def digest(self) -> str:
        """Name and seed."""
        return f"{self.name}-{self.seed}"

    def fit(self, samples: Sequence[Sample], /) -> None:
        """Nothing to learn."""

    def predict(self, sample: Sample, /) -> Prediction:
        """Return the answer to one sample, as JSON."""
        answer: Callable[[Sample], Prediction] = getattr(self, sample.task)
        return answer(sample)

    def sides(self, sample: Sample) -> list[int]:
        """Return a partition into the gold number of viewpoints."""
        texts = sample.input["texts"]
        return self.partition(texts, min(sample.gold["number"], len(texts)), sample)

    def points(self, sample: Sample) -> list[int]:
        """Return a partition into the gold number of points."""
        return self.sides(sample)

    def summary(self, sample: Sample) -> str:
        """Return one sentence of the texts."""
        return self.pick(_sentences(sample.input["texts"]), sample)

    def analyze(self, sample: Sample) -> dict[str, Any]:
        """Return all sentences in the gold number of viewpoints, a quoted one summing each up."""
        body = sample.input["text"]
        spans = text.spans(body)
        number = min(sample.gold["number"], len(spans))
        texts = [body[start:end] for start, end in spans]
        places = self.partition(texts, number, sample) if number else [-1] * len(spans)
        groups = [[t for t, p in zip(texts, places, strict=True) if p == k] for k in range(number)]
        sides = [
            build.Side(
                label=f"Viewpoint {k + 1}", summary=self.pick(group, sample) if group else ""
            )
            for k, group in enumerate(groups)
        ]
        return build.analysis(sample.input, spans, places, sides=sides, made_with=self.digest)

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return a label below `number` per text: equal runs in reading order."""
        return [row * number // len(texts) for row in range(len(texts))]

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return the text that stands for all: the first."""
        return texts[0]


class Random(Baseline):
    """Labels, sentences and scores by lot, the same for the same seed and sample."""

    name = "random"
    tasks = frozenset({"analyze", "sides", "points", "stance", "summary"})

    def _rng(self, sample: Sample) -> np.random.Generator:
        key = sha256(f"{self.seed}/{sample.id}".encode()).digest()
        return np.random.default_rng(int.from_bytes(key[:8], "big"))

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return labels by lot."""
        return [int(label) for label in self._rng(sample).integers(0, number, size=len(texts))]

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return a text by lot."""
        return texts[int(self._rng(sample).integers(len(texts)))]

    def stance(self, sample: Sample) -> list[float]:
        """Return +1 or -1 by lot."""
        return [
            float(2 * v - 1) for v in self._rng(sample).integers(0, 2, len(sample.input["texts"]))
        ]


class Lead(Baseline):
    """Cuts the article into equal runs by position and quotes the first sentence of each."""

    name = "lead"
    tasks = frozenset({"analyze", "sides", "summary"})


class Majority(Baseline):
    """Says that everything favours the statement."""

    name = "majority"
    tasks = frozenset({"stance"})

    def stance(self, sample: Sample) -> list[float]:
        """Return +1 for every text."""
        return [1.0] * len(sample.input["texts"])


class LexRank(Baseline):
    """LexRank (Erkan and Radev 2004) picks the sentence; runs by position make the groups."""

    name = "lexrank"
    tasks = frozenset({"analyze", "summary"})

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return the most central sentence of all texts."""
        tokenizer = _Tokenizer()
        document = ObjectDocumentModel([Paragraph([Sentence(one, tokenizer) for one in texts])])
        return str(LexRankSummarizer(Stemmer("english"))(document, 1)[0])


class _Tokenizer:
    """What sumy asks of a tokenizer; its own needs data that is downloaded."""

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(text.sentences(paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(text.words(sentence))


class TfIdf(Baseline):
    """TF-IDF cosine and average linkage; idf from all texts of the suite, without their labels."""

    name = "tfidf"
    tasks = frozenset({"analyze", "sides", "points"})
    threshold = 0.65  # best pair-F1 on Perspectrum dev

    def fit(self, samples: Sequence[Sample], /) -> None:
        """Learn document frequencies."""
        texts = [one for sample in samples for one in _texts(sample)]
        self._vectorizer = TfidfVectorizer(stop_words="english").fit(texts)

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return the clustering cut at `number` clusters."""
        return self._link(texts, {"n_clusters": number})

    def points(self, sample: Sample) -> list[int]:
        """Return the clustering cut at the threshold: the number of points is not given."""
        return self._link(
            sample.input["texts"], {"n_clusters": None, "distance_threshold": self.threshold}
        )

    def _link(self, texts: Sequence[str], cut: Mapping[str, Any]) -> list[int]:
        if len(texts) < 2:
            return [0] * len(texts)
        vectors = self._vectorizer.transform(texts).toarray()
        distance = np.clip(1.0 - vectors @ vectors.T, 0.0, None)
        model = AgglomerativeClustering(metric="precomputed", linkage="average", **cut)
        return [int(label) for label in model.fit_predict(distance)]


def _sentences(texts: Sequence[str]) -> list[str]:
    return [part for one in texts for part in text.sentences(one)] or list(texts)


def _texts(sample: Sample) -> list[str]:
    """Return what a baseline may have to encode: the units of the sample's task."""
    if sample.task == "analyze":
        return text.sentences(sample.input["text"])
    texts = list(sample.input["texts"])
    return _sentences(texts) if sample.task == "summary" else texts


class KMeansMiniLM(Baseline):
    """all-MiniLM-L6-v2 and k-means; the text nearest to the mean stands for a cluster."""

    name = "kmeans"
    tasks = frozenset({"analyze", "sides", "points", "summary"})

    def __init__(self, *, seed: int = 0) -> None:
        require()
        super().__init__(seed=seed)

    def fit(self, samples: Sequence[Sample], /) -> None:
        """Encode every text of the suite once."""
        texts = sorted({one for sample in samples for one in _texts(sample)})
        self._vectors = dict(zip(texts, encode(texts), strict=True))

    def _encode(self, texts: Sequence[str]) -> Array:
        return np.array([self._vectors[one] for one in texts], dtype=np.float64)

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return k-means labels, best of 50 starts: 10 leave .05 ARI of luck between seeds."""
        model = KMeans(n_clusters=number, n_init=50, random_state=self.seed)
        return [int(label) for label in model.fit_predict(self._encode(texts))]

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return the text nearest to the mean of all."""
        vectors = self._encode(texts)
        return texts[int((vectors @ vectors.mean(axis=0)).argmax())]


class Oracle(Baseline):
    """What gold scores: labels as they are, and the sentence nearest to the reference."""

    name = "oracle"
    tasks = frozenset({"analyze", "sides", "points", "stance", "summary"})

    def sides(self, sample: Sample) -> list[int]:
        """Return gold."""
        return list(sample.gold["labels"])

    def stance(self, sample: Sample) -> list[float]:
        """Return gold."""
        return [float(label) for label in sample.gold["labels"]]

    def summary(self, sample: Sample) -> str:
        """Return the sentence of highest ROUGE-1 with the reference."""
        return _nearest(_sentences(sample.input["texts"]), sample.gold["reference"])

    def analyze(self, sample: Sample) -> dict[str, Any]:
        """Return the gold viewpoints, each summed up by the best of its own sentences."""
        body, viewpoints = sample.input["text"], sample.gold["viewpoints"]
        placed = {s: k for k, view in enumerate(viewpoints) for s in view["sentences"]}
        placed |= dict.fromkeys(sample.gold["background"], -1)
        spans = sorted((body.index(s), body.index(s) + len(s)) for s in placed if s in body)
        places = [placed[body[start:end]] for start, end in spans]
        sides = [
            build.Side(
                label=view["label"],
                summary=_nearest(view["sentences"], view["summary"]),
                holders=tuple(view["holders"]),
            )
            for view in viewpoints
        ]
        return build.analysis(sample.input, spans, places, sides=sides, made_with=self.digest)


def _nearest(texts: Sequence[str], reference: str) -> str:
    return max(texts, key=lambda one: metrics.rouge(reference, one)["rouge1"])


class Trafilatura(Baseline):
    """trafilatura with its own defaults."""

    name = "trafilatura"
    tasks = frozenset({"extract"})

    def extract(self, sample: Sample) -> str:
        """Return the main text of the page."""
        return trafilatura.extract(sample.input["html"], include_comments=False) or ""


BASELINES: tuple[type[Baseline], ...] = (
    Random,
    Lead,
    Majority,
    LexRank,
    TfIdf,
    KMeansMiniLM,
    Oracle,
    Trafilatura,
)
