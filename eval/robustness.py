"""Does a result hold when its article is changed in ways that leave its viewpoints as they are.

Sentences are said twice, furniture stands around the article, the title is missing or another one,
paragraphs change places. Each changed article is scored against the same labels as the article
itself, and the places of the labelled sentences are compared with those in the article itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval import metrics
from eval.align import places
from eval.report.tables import cell
from eval.stats import Interval, bootstrap, ratio
from eval.suite import Array, Prediction, Sample, Suite
from eval.text import sentences
from summarizer import DataError

Change = Callable[[Sample, np.random.Generator], Sample]
Predict = Callable[[Sample], Prediction]

_BREAK = re.compile(r"\n\s*\n|\n")
_LEAST_WORDS = 8  # of a sentence that a page would set in a box
_TWICE = 0.2  # share of the sentences that are said twice
_ABOVE = (
    "By Jordan Ames, Staff Writer",
    "Updated 4:31 PM ET, Tue May 3, 2022",
    "Share this article",
)
_BETWEEN = (
    "Sign up for our morning newsletter and get the day's stories in your inbox.",
    "Read more: Seven places to see the autumn leaves",
    "ADVERTISEMENT",
    "Photo: Dana Wells/Getty Images",
    "Related: What the new timetable means for commuters",
    "Story continues below",
)
_BELOW = (
    "Jordan Ames is a staff writer who covers transport and local government.",
    "Follow us on Facebook and Twitter.",
    "Most popular",
    "Ten recipes for a rainy weekend",
    "© 2022 Harbour Media. All rights reserved.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change does, with intervals over documents.

    ari: of the changed articles. difference: of their ARI from that of the articles themselves.
    moved: mean size of that difference in an article. agreement: ARI between the places of the
    labelled sentences before and after.
    """

    ari: Interval
    difference: Interval
    moved: Interval
    agreement: Interval


def said_twice(sample: Sample, rng: np.random.Generator) -> Sample:
    """Return the article with a fifth of its sentences again, each as a paragraph further down."""
    paragraphs = _paragraphs(sample)
    result = []
    for paragraph in paragraphs:
        result.append(paragraph)
        long = [one for one in sentences(paragraph) if len(one.split()) >= _LEAST_WORDS]
        result += [one for one in long if rng.random() < _TWICE]
    return _with(sample, text="\n\n".join(result))


def with_furniture(sample: Sample, rng: np.random.Generator) -> Sample:
    """Return the article with a byline above, boxes after every third paragraph, and a tail."""
    result = list(_ABOVE)
    boxes = rng.permutation(len(_BETWEEN)).tolist()
    for number, paragraph in enumerate(_paragraphs(sample)):
        result.append(paragraph)
        if number % 3 == 1 and boxes:
            result.append(_BETWEEN[boxes.pop()])
    return _with(sample, text="\n\n".join([*result, *_BELOW]))


def without_title(sample: Sample, _rng: np.random.Generator) -> Sample:
    """Return the article without its title."""
    return _with(sample, title=None)


def retitled(sample: Sample, _rng: np.random.Generator) -> Sample:
    """Return the article under its labelled question: what it is about, in other words."""
    return _with(sample, title=sample.gold.get("question") or sample.input["title"])


def shuffled(sample: Sample, rng: np.random.Generator) -> Sample:
    """Return the article with its paragraphs in another order, which says less than the article."""
    paragraphs = _paragraphs(sample)
    order = rng.permutation(len(paragraphs)).tolist()
    return _with(sample, text="\n\n".join(paragraphs[row] for row in order))


CHANGES: Mapping[str, Change] = {
    "sentences said twice": said_twice,
    "furniture added": with_furniture,
    "title left out": without_title,
    "title in other words": retitled,
    "paragraphs shuffled": shuffled,
}


def measure(
    suite: Suite,
    samples: Sequence[Sample],
    predict: Predict,
    *,
    seed: int,
    changes: Mapping[str, Change] = CHANGES,
) -> tuple[Interval, dict[str, Effect]]:
    """Return the ARI of `samples` as they are, and what each of `changes` does.

    Samples without labelled viewpoint sentences do not count. Random choices depend on `seed` and
    the sample's place alone. DataError for a suite that does not ask for an analysis.
    """
    if suite.task != "analyze":
        raise DataError(f"{suite.name}: has no whole articles to change; name a suite that has")
    judged = [sample for sample in samples if _gold(sample)]
    before = [predict(sample) for sample in judged]
    own = np.array([_ari(suite, *pair) for pair in zip(judged, before, strict=True)])
    effects = {}
    for number, (name, change) in enumerate(changes.items()):
        rngs = [np.random.default_rng([seed, number, row]) for row in range(len(judged))]
        changed = [change(sample, rng) for sample, rng in zip(judged, rngs, strict=True)]
        after = [predict(sample) for sample in changed]
        new = np.array([_ari(suite, *pair) for pair in zip(changed, after, strict=True)])
        same = [_same_places(*three) for three in zip(judged, before, after, strict=True)]
        effects[name] = Effect(
            ari=_mean(new, seed),
            difference=_mean(new - own, seed),
            moved=_mean(np.abs(new - own), seed),
            agreement=_mean(np.array(same), seed),
        )
    return _mean(own, seed), effects


def table(name: str, own: Interval, effects: Mapping[str, Effect]) -> str:
    """Return the effects of the changes on one suite and system as a Markdown table."""
    lines = [
        f"**{name}**: ARI {_shown(own)} as it is",
        "",
        "| change | ARI | difference | moved in an article | same places (ARI) |",
        "|---|---|---|---|---|",
    ]
    for change, one in effects.items():
        cells = (one.ari, one.difference, one.moved, one.agreement)
        lines.append(f"| {change} | {' | '.join(_shown(cell) for cell in cells)} |")
    return "\n".join(lines)


def _paragraphs(sample: Sample) -> list[str]:
    return [one for one in _BREAK.split(sample.input["text"]) if one.strip()]


def _with(sample: Sample, **changes: str | None) -> Sample:
    return replace(sample, input={**sample.input, **changes})


def _gold(sample: Sample) -> list[str]:
    return [one for view in sample.gold["viewpoints"] for one in view["sentences"]]


def _ari(suite: Suite, sample: Sample, prediction: Prediction) -> float:
    value = suite.score(sample, prediction)["ari"].value
    return 0.0 if value is None else value


def _same_places(sample: Sample, before: Prediction, after: Prediction) -> float:
    gold = _gold(sample)
    one, other = (metrics.singletons(places(found, gold)) for found in (before, after))
    return float(metrics.adjusted_rand(one, other))


def _mean(values: Array, seed: int) -> Interval:
    sums = np.stack([values, np.ones(len(values))], axis=-1)[:, None, :]
    return bootstrap(sums, ratio(0), rng=np.random.default_rng(seed))


def _shown(one: Interval) -> str:
    return cell({"value": one.value, "low": one.low, "high": one.high})
