"""What the product says where an answer takes more than one call of its public methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eval.suite import Prediction, Sample
from eval.text import sentences, words
from summarizer import Summarizer


def answer(product: Summarizer, sample: Sample) -> Prediction:
    """Return the answer to a sample of the tasks below, as JSON."""
    given = sample.input
    match sample.task:
        case "highlights":
            return highlights(product, given["texts"], given["number"])
        case "match":
            return cosines(product, given["texts"], given["points"])
        case "check":
            return check(product, given["texts"], given["sentence"])
        case _:
            raise ValueError(f"{sample.task} is not answered here")


def highlights(product: Summarizer, texts: Sequence[str], number: int) -> list[str]:
    """Return at most `number` texts: a checked summary of each of the weightiest points.

    The sentences are grouped by `cluster_points`. A group weighs what its sentences have in common
    with all others, the sum of their mean cosines; the groups stand in reading order.
    """
    parts = [part for text in texts for part in sentences(text)] or list(texts)
    vectors = product.encoder.encode(parts)
    central = vectors @ vectors.mean(axis=0)
    groups: dict[int, list[int]] = {}
    for row, label in enumerate(product.cluster_points(parts)):
        groups.setdefault(label, []).append(row)
    # rounded, so that the same groups weigh the same on every machine
    weights = {label: round(float(central[rows].sum()), 4) for label, rows in groups.items()}
    weightiest = sorted(groups, key=lambda label: -weights[label])[:number]
    return [
        product.summarize_viewpoint([parts[row] for row in groups[label]]).text
        for label in groups
        if label in weightiest
    ]


def cosines(product: Summarizer, texts: Sequence[str], points: Sequence[str]) -> list[list[float]]:
    """Return the cosine of each text to each point, which is what `cluster_points` goes by."""
    vectors = product.encoder.encode([*texts, *points])
    found: list[list[float]] = (vectors[: len(texts)] @ vectors[len(texts) :].T).tolist()
    return found


def check(product: Summarizer, texts: Sequence[str], sentence: str) -> float:
    """Return the support that the product's checks give `sentence`; 0 when they refuse it.

    The sentence is handed to the product as if its writer had written it. Refused is what has a
    name, number or date that `texts` do not hold, or is no whole sentence; the limits on support
    and on words of its own are lifted, since the score itself is asked for.
    """
    lifted = replace(
        product.settings, min_support=0.0, min_coverage=0.0, most_seams=1.0, claims_apart=0
    )
    checker = Summarizer(product.encoder, _Says(sentence), settings=lifted)
    summary = checker.summarize_viewpoint(texts)
    kept, said = words(summary.sentences[0].text), words(sentence)
    # a copy of one of the texts is called extractive, and an opening "But" may be gone
    held = summary.method == "abstractive" or kept == said[-len(kept) :]
    return summary.sentences[0].support if held else 0.0


class _Says:
    """A writer with one thing to say."""

    digest = "says"

    def __init__(self, text: str) -> None:
        self._text = text

    def write(self, requests: Sequence[object], /) -> list[tuple[str, ...]]:
        return [(self._text,)] * len(requests)
