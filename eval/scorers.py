"""From a sample and its prediction to scores: what several suites share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eval import metrics
from eval.align import BACKGROUND, places
from eval.suite import Array, Prediction, Sample, Score, f1_score, unjudged
from eval.systems import minilm
from summarizer import MissingExtraError


def score_partition(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    """Score cluster labels; each text put in no viewpoint (-1) counts as a cluster of its own."""
    return _partition(sample.gold["labels"], prediction)


def _partition(gold: Sequence[int], predicted: Sequence[int]) -> dict[str, Score]:
    labels = metrics.singletons(predicted)
    if not gold:
        reason = "no gold sentence stands in a viewpoint"
        return dict.fromkeys(("ari", "pair_f1", "b_cubed", "accuracy"), unjudged(reason))
    pairs = metrics.pair_f1(gold, labels)
    return {
        "ari": Score(value=metrics.adjusted_rand(gold, labels)),
        "pair_f1": unjudged("no two in one cluster") if pairs is None else Score(value=pairs),
        "b_cubed": Score(value=metrics.b_cubed(gold, labels)),
        "accuracy": Score(value=metrics.matching_accuracy(gold, labels)),
    }


def score_stance(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    """Score stance by sign, 0 counting as wrong: accuracy over texts and F1 of either class."""
    gold = np.sign(np.array(sample.gold["labels"]))
    found = np.sign(np.array(prediction, dtype=np.float64))
    return {
        "accuracy": Score(value=float((gold == found).mean()), weight=len(gold)),
        "f1_supports": _class_f1(gold == 1, found == 1),
        "f1_opposes": _class_f1(gold == -1, found == -1),
    }


def _class_f1(gold: Any, found: Any) -> Score:
    return f1_score(
        tp=float((gold & found).sum()),
        fp=float((~gold & found).sum()),
        fn=float((gold & ~found).sum()),
    )


def macro_f1(figures: Mapping[str, Array]) -> Array:
    """Return the mean of the F1 of both stances."""
    return np.asarray((figures["f1_supports"] + figures["f1_opposes"]) / 2)


def score_summary(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    """Score a summary against its reference and its source."""
    source = " ".join(sample.input["texts"])
    rouge = metrics.rouge(sample.gold["reference"], prediction)
    return {
        **{name: Score(value=value) for name, value in rouge.items()},
        "embedding_f1": embedding_f1([sample.gold["reference"]], [prediction]),
        "novelty": _or_unjudged(metrics.novelty(source, prediction), "fewer than two words"),
        "coverage": _or_unjudged(metrics.coverage(source, prediction), "no words"),
        "unsupported": Score(value=float(len(metrics.unsupported([source], prediction)))),
        "words": Score(value=float(len(prediction.split()))),
    }


def _or_unjudged(value: float | None, reason: str) -> Score:
    return unjudged(reason) if value is None else Score(value=value)


def embedding_f1(references: Sequence[str], candidates: Sequence[str]) -> Score:
    """F1 of texts matched one to one by cosine (see `metrics.matched_f1`).

    The vectors are those of all-MiniLM-L6-v2 as published, whatever the system under test uses:
    one judge for all. Without the package that holds it nothing is judged.
    """
    similarity = cosines(references, candidates)
    if similarity is None:
        return unjudged("all-MiniLM-L6-v2 is not installed")
    return _or_unjudged(metrics.matched_f1(similarity), "no text on either side")


def cosines(rows: Sequence[str], columns: Sequence[str]) -> Array | None:
    """Return cosines of two lists of texts by the judge's encoder, blank texts left out.

    None when the encoder is not installed.
    """
    try:
        minilm.require()
    except MissingExtraError:
        return None
    one, other = ([text for text in texts if text.strip()] for texts in (rows, columns))
    vectors = minilm.encode([*one, *other])
    found: Array = vectors[: len(one)] @ vectors[len(one) :].T
    return found


def score_newsroom(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    """Score an analysis as `score_analysis` does, and its summaries' sense and words as well."""
    references = [view["summary"] for view in sample.gold["viewpoints"]]
    candidates = [view["summary"]["text"] for view in prediction["viewpoints"]]
    return {
        **score_analysis(sample, prediction),
        "embedding_f1": embedding_f1(references, candidates),
        **score_wording(prediction),
        "side_kept": side_kept(prediction),
    }


def side_kept(prediction: Prediction) -> Score:
    """Share of summaries nearer to the claims of their own viewpoint than to all the others'.

    Near is the mean cosine to the three nearest, by the judge's encoder. It says whose content a
    summary has: a claim that is quoted is nearest to itself, so a system that quotes can hardly
    fail, and a denial goes unseen. Whether the claims are on one side is for `ari` to say.
    """
    views, claims = prediction["viewpoints"], {c["id"]: c["text"] for c in prediction["claims"]}
    own = [(n, claims[i]) for n, v in enumerate(views) for i in v["claims"] if claims[i].strip()]
    owner = np.array([n for n, _ in own])
    written = {n: v["summary"]["text"] for n, v in enumerate(views) if v["summary"]["text"].strip()}
    if len(views) < 2 or not written:
        return unjudged("fewer than two viewpoints, or nothing written")
    near = cosines(list(written.values()), [text for _, text in own])
    if near is None:
        return unjudged("all-MiniLM-L6-v2 is not installed")
    rows = zip(written, near, strict=True)
    return _mean([float(_near(row[owner == n]) > _near(row[owner != n])) for n, row in rows])


def _near(values: Array) -> float:
    return float(np.sort(values)[-3:].mean()) if len(values) else -1.0


def score_wording(prediction: Prediction) -> dict[str, Score]:
    """Score whose words the summaries of an analysis are, each against the claims of its viewpoint.

    coverage: share of its words that stand there. novelty: share of its bigrams that do not.
    abstractive: share of summaries that their system does not call a quotation. Means over
    summaries, pooled.
    """
    views = prediction["viewpoints"]
    claims = {claim["id"]: claim["text"] for claim in prediction["claims"]}
    pairs = [(" ".join(claims[i] for i in v["claims"]), v["summary"]["text"]) for v in views]
    return {
        "coverage": _mean([metrics.coverage(source, text) for source, text in pairs]),
        "novelty": _mean([metrics.novelty(source, text) for source, text in pairs]),
        "abstractive": _mean([float(v["summary"]["method"] == "abstractive") for v in views]),
    }


def _mean(values: Sequence[float | None]) -> Score:
    known = [value for value in values if value is not None]
    if not known:
        return unjudged("no summary that has words enough")
    return Score(value=sum(known) / len(known), weight=len(known))


def score_analysis(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    """Score an analysis of one article against its labelled sentences.

    A gold sentence belongs to the place that holds most of its characters (see `align`). One that
    lies in background, unplaced or nowhere counts as a cluster of its own in the partition scores.
    """
    views = sample.gold["viewpoints"]
    gold = [(s, number) for number, view in enumerate(views) for s in view["sentences"]]
    found = places(prediction, [sentence for sentence, _ in gold])
    return {
        **_partition([number for _, number in gold], found),
        **_number(len(views), len(prediction["viewpoints"])),
        "background_f1": _background(sample, prediction, found),
        "furniture_leaks": _leaks(sample, prediction),
        "holder_f1": _holders(views, prediction["viewpoints"], gold, found),
        **_summaries(views, prediction["viewpoints"]),
        "unsupported": _unsupported(prediction),
        "placed": _placed(prediction),
    }


def _number(gold: int, found: int) -> dict[str, Score]:
    return {
        "number_exact": Score(value=float(gold == found)),
        "number_within_1": Score(value=float(abs(gold - found) <= 1)),
    }


def _background(sample: Sample, prediction: Prediction, viewpoint_places: Sequence[int]) -> Score:
    """F1 of "background" over labelled sentences; sentences without a label do not count."""
    found = places(prediction, sample.gold["background"])
    tp = found.count(BACKGROUND)
    fp = list(viewpoint_places).count(BACKGROUND)
    return f1_score(tp=tp, fp=fp, fn=len(found) - tp)


def _leaks(sample: Sample, prediction: Prediction) -> Score:
    """Share of furniture lines that reached a viewpoint."""
    lines = sample.gold["boilerplate"]
    if not lines:
        return unjudged("no furniture in the article")
    leaks = sum(place >= 0 for place in places(prediction, lines))
    return Score(value=leaks / len(lines), weight=len(lines))


def _holders(
    views: Sequence[Mapping[str, Any]],
    found: Sequence[Mapping[str, Any]],
    gold: Sequence[tuple[str, int]],
    where: Sequence[int],
) -> Score:
    """F1 over holders, viewpoints matched one to one by the labelled sentences they share."""
    shared = np.zeros((len(views), len(found)))
    for (_, number), place in zip(gold, where, strict=True):
        if place >= 0:
            shared[number, place] += 1
    pairs = dict(metrics.match(shared))
    matched = [(views[i]["holders"], found[j]["holders"]) for i, j in pairs.items()]
    tp = sum(metrics.holder_counts(one, other)[0] for one, other in matched)
    total_gold = sum(len(view["holders"]) for view in views)
    total_found = sum(len(view["holders"]) for view in found)
    return f1_score(tp=tp, fp=total_found - tp, fn=total_gold - tp)


def _summaries(
    views: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> dict[str, Score]:
    scores = metrics.matched_rouge(
        [view["summary"] for view in views], [view["summary"]["text"] for view in found]
    )
    if scores is None:
        return dict.fromkeys(metrics.ROUGE, unjudged("no viewpoint, and none found"))
    return {name: Score(value=value) for name, value in scores.items()}


def _unsupported(prediction: Prediction) -> Score:
    """Names and numbers per summary that none of the claims of its viewpoint contains."""
    views = prediction["viewpoints"]
    if not views:
        return unjudged("no summary")
    claims = {claim["id"]: claim["text"] for claim in prediction["claims"]}
    wrong = sum(
        len(metrics.unsupported([claims[i] for i in view["claims"]], view["summary"]["text"]))
        for view in views
    )
    return Score(value=wrong / len(views), weight=len(views))


def _placed(prediction: Prediction) -> Score:
    """Share of the claims that stand in a viewpoint."""
    total = len(prediction["claims"])
    if total == 0:
        return unjudged("no claim")
    placed = sum(len(view["claims"]) for view in prediction["viewpoints"])
    return Score(value=placed / total, weight=total)
