"""What baselines share: an answer to each task made of a partition and a pick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eval import build, text
from eval.cache import Cache
from eval.suite import Prediction, Sample, Task


class Baseline:
    """Answers each task with the method of that name; `tasks` lists those a subclass has."""

    name: str
    tasks: frozenset[Task]

    def __init__(self, *, seed: int = 0, cache: Cache | None = None) -> None:
        self.seed = seed
        self.cache = cache or Cache()

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
        return self.pick(sentences_of(sample.input["texts"]), sample)

    def highlights(self, sample: Sample) -> list[str]:
        """Return as many sentences as are asked for: the first ones."""
        return sentences_of(sample.input["texts"])[: sample.input["number"]]

    def analyze(self, sample: Sample) -> dict[str, Any]:
        """Return all sentences in the gold number of viewpoints, a quoted one summing each up."""
        body = sample.input["text"]
        spans = text.spans(body)
        number = min(sample.gold["number"], len(spans))
        texts = [body[start:end] for start, end in spans]
        places = self.partition(texts, number, sample) if number else [-1] * len(spans)
        found = max(places, default=-1) + 1
        groups = [[t for t, p in zip(texts, places, strict=True) if p == k] for k in range(found)]
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


def sentences_of(texts: Sequence[str]) -> list[str]:
    """Return the sentences of `texts`, or `texts` where there is none."""
    return [part for one in texts for part in text.sentences(one)] or list(texts)


def texts_of(sample: Sample) -> list[str]:
    """Return what a baseline may have to encode: the units of the sample's task."""
    if sample.task == "analyze":
        return text.sentences(sample.input["text"])
    texts = [*sample.input["texts"], *sample.input.get("points", ())]
    texts += [sample.input["sentence"]] if sample.task == "check" else []
    return sentences_of(texts) if sample.task in {"summary", "highlights"} else texts
