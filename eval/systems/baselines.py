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
from eval.systems.minilm import encode, require
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

    def highlights(self, sample: Sample) -> list[str]:
        """Return as many sentences as are asked for: the first ones."""
        return _sentences(sample.input["texts"])[: sample.input["number"]]

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
    tasks = frozenset(
        {"analyze", "sides", "points", "stance", "summary", "highlights", "match", "check"}
    )

    def _rng(self, sample: Sample) -> np.random.Generator:
        key = sha256(f"{self.seed}/{sample.id}".encode()).digest()
        return np.random.default_rng(int.from_bytes(key[:8], "big"))

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return labels by lot."""
        return [int(label) for label in self._rng(sample).integers(0, number, size=len(texts))]

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return a text by lot."""
        return texts[int(self._rng(sample).integers(len(texts)))]

    def highlights(self, sample: Sample) -> list[str]:
        """Return sentences by lot, in reading order."""
        texts = _sentences(sample.input["texts"])
        number = min(sample.input["number"], len(texts))
        rows = self._rng(sample).choice(len(texts), size=number, replace=False)
        return [texts[row] for row in sorted(rows.tolist())]

    def match(self, sample: Sample) -> list[list[float]]:
        """Return scores by lot."""
        shape = len(sample.input["texts"]), len(sample.input["points"])
        scores: list[list[float]] = self._rng(sample).random(shape).tolist()
        return scores

    def check(self, sample: Sample) -> float:
        """Return a score by lot."""
        return float(self._rng(sample).random())

    def stance(self, sample: Sample) -> list[float]:
        """Return +1 or -1 by lot."""
        return [
            float(2 * v - 1) for v in self._rng(sample).integers(0, 2, len(sample.input["texts"]))
        ]


class Lead(Baseline):
    """Cuts the article into equal runs by position and quotes the first sentence of each."""

    name = "lead"
    tasks = frozenset({"analyze", "sides", "summary", "highlights"})


class Majority(Baseline):
    """Says that everything favours the statement, and that every sentence is supported."""

    name = "majority"
    tasks = frozenset({"stance", "check"})

    def check(self, sample: Sample) -> float:
        """Return 1."""
        return 1.0

    def stance(self, sample: Sample) -> list[float]:
        """Return +1 for every text."""
        return [1.0] * len(sample.input["texts"])


class LexRank(Baseline):
    """LexRank (Erkan and Radev 2004) picks the sentence; runs by position make the groups."""

    name = "lexrank"
    tasks = frozenset({"analyze", "summary", "highlights"})

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return the most central sentence of all texts."""
        return self._rank(texts, 1)[0]

    def highlights(self, sample: Sample) -> list[str]:
        """Return the most central sentences, in reading order."""
        return self._rank(_sentences(sample.input["texts"]), sample.input["number"])

    def _rank(self, texts: Sequence[str], number: int) -> list[str]:
        tokenizer = _Tokenizer()
        document = ObjectDocumentModel([Paragraph([Sentence(one, tokenizer) for one in texts])])
        return [str(one) for one in LexRankSummarizer(Stemmer("english"))(document, number)]


class _Tokenizer:
    """What sumy asks of a tokenizer; its own needs data that is downloaded."""

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(text.sentences(paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(text.words(sentence))


class TfIdf(Baseline):
    """TF-IDF cosine and average linkage; idf from all texts of the suite, without their labels."""

    name = "tfidf"
    tasks = frozenset({"analyze", "sides", "points", "match", "check"})
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

    def match(self, sample: Sample) -> list[list[float]]:
        """Return cosines of texts and points."""
        texts, points = (
            self._vectorizer.transform(sample.input[name]) for name in ("texts", "points")
        )
        cosines: list[list[float]] = (texts @ points.T).toarray().tolist()
        return cosines

    def check(self, sample: Sample) -> float:
        """Return the highest cosine of the sentence to a text."""
        texts, (sentence,) = sample.input["texts"], (sample.input["sentence"],)
        vectors = self._vectorizer.transform([sentence, *texts])
        return float((vectors[1:] @ vectors[0].T).max())

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
    texts = [*sample.input["texts"], *sample.input.get("points", ())]
    texts += [sample.input["sentence"]] if sample.task == "check" else []
    return _sentences(texts) if sample.task in {"summary", "highlights"} else texts


class KMeansMiniLM(Baseline):
    """all-MiniLM-L6-v2 and k-means; the text nearest to the mean stands for a cluster."""

    name = "kmeans"
    tasks = frozenset({"analyze", "sides", "points", "summary", "highlights", "match", "check"})

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

    def highlights(self, sample: Sample) -> list[str]:
        """Return the sentence nearest to the mean of each cluster, in reading order."""
        texts = _sentences(sample.input["texts"])
        labels = self.partition(texts, min(sample.input["number"], len(texts)), sample)
        groups = [
            [t for t, own in zip(texts, labels, strict=True) if own == k]
            for k in dict.fromkeys(labels)
        ]
        return [self.pick(group, sample) for group in groups]

    def match(self, sample: Sample) -> list[list[float]]:
        """Return cosines of texts and points."""
        texts, points = (self._encode(sample.input[name]) for name in ("texts", "points"))
        cosines: list[list[float]] = (texts @ points.T).tolist()
        return cosines

    def check(self, sample: Sample) -> float:
        """Return the highest cosine of the sentence to a text."""
        sentence = self._encode([sample.input["sentence"]])[0]
        return float((self._encode(sample.input["texts"]) @ sentence).max())


class Oracle(Baseline):
    """What gold scores: labels as they are, and the sentences nearest to the reference."""

    name = "oracle"
    tasks = frozenset(
        {"analyze", "sides", "points", "stance", "summary", "highlights", "match", "check"}
    )

    def sides(self, sample: Sample) -> list[int]:
        """Return gold."""
        return list(sample.gold["labels"])

    def stance(self, sample: Sample) -> list[float]:
        """Return gold."""
        return [float(label) for label in sample.gold["labels"]]

    def summary(self, sample: Sample) -> str:
        """Return the sentence of highest ROUGE-1 with the reference."""
        return _nearest(_sentences(sample.input["texts"]), sample.gold["reference"])

    def highlights(self, sample: Sample) -> list[str]:
        """Return sentences taken greedily for ROUGE-1 (Nallapati et al. 2017), in reading order."""
        texts = _sentences(sample.input["texts"])
        reference = " ".join(sample.gold["references"])
        rows: list[int] = []
        while len(rows) < min(sample.input["number"], len(texts)):
            gain = {
                row: metrics.rouge(reference, " ".join(texts[i] for i in [*rows, row]))["rouge1"]
                for row in range(len(texts))
                if row not in rows
            }
            rows.append(max(gain, key=gain.__getitem__))
        return [texts[row] for row in sorted(rows)]

    def match(self, sample: Sample) -> list[list[float]]:
        """Return gold, and one half where people were undecided."""
        return [[0.5 if one is None else one for one in row] for row in sample.gold["labels"]]

    def check(self, sample: Sample) -> float:
        """Return gold."""
        return float(sample.gold["supported"])

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
