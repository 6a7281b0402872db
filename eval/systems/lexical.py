"""Baselines that compare words: LexRank, and TF-IDF with average linkage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer

from eval import text
from eval.suite import Sample
from eval.systems.base import Baseline, sentences_of, texts_of


class LexRank(Baseline):
    """LexRank (Erkan and Radev 2004) picks the sentence; runs by position make the groups."""

    name = "lexrank"
    tasks = frozenset({"analyze", "summary", "highlights"})

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return the most central sentence of all texts."""
        return self._rank(texts, 1)[0]

    def highlights(self, sample: Sample) -> list[str]:
        """Return the most central sentences, in reading order."""
        return self._rank(sentences_of(sample.input["texts"]), sample.input["number"])

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
        texts = [one for sample in samples for one in texts_of(sample)]
        # With these two the published figures of ArgKP matching come out to the digit.
        pairs = {"ngram_range": (1, 2), "sublinear_tf": True}
        extra = pairs if samples and samples[0].task == "match" else {}
        self._vectorizer = TfidfVectorizer(stop_words="english", **extra).fit(texts)

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
