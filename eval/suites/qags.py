"""QAGS: does the support score of a sentence agree with people who read the article?

Each sentence of a machine summary was judged by three crowd workers; the majority is gold. A system
says how well the article supports it, in [0, 1]. What counts as supported is chosen for each
system, of 0, .05 … .95, on the sentences of half the articles, by lot; the figures are those of the
other half (see `eval.thresholds`). `balanced_accuracy` is the mean of the share of supported
sentences let through and of unsupported ones refused, .5 for a system that always says the same.
`qags-cnndm`: copied and spliced sentences; `qags-xsum`: freely written ones, half of them wrong.

Of the product this asks the score, and that names and numbers stand in the article, not its rules
of style, which let no sentence through that is not all but copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from eval.data import read_jsonl
from eval.suite import Floor, Prediction, Sample, Score, Suite, unjudged
from eval.text import sentences
from eval.thresholds import Tuned

_TUNED = Tuned(
    main="balanced_accuracy",
    parts=("let_through", "refused"),
    grid=tuple(step / 20 for step in range(20)),
)


def _load(path: str, data: Path) -> list[Sample]:
    return [
        Sample(
            id=f"{number}/{place}",
            document=str(number),
            task="check",
            input={"texts": sentences(row["article"]), "sentence": one["sentence"]},
            gold={"supported": _majority(one["responses"]), "dev": _dev(row["article"])},
        )
        for number, row in enumerate(read_jsonl(data / path))
        for place, one in enumerate(row["summary_sentences"])
    ]


def _dev(article: str) -> bool:
    return crc32(article.encode()) % 2 == 0


def _majority(responses: Sequence[Mapping[str, Any]]) -> bool:
    return bool(2 * sum(one["response"] == "yes" for one in responses) > len(responses))


def _score(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    supported = sample.gold["supported"]
    other = unjudged("of the other class")

    def at(limit: float) -> dict[str, Score]:
        passed = prediction > limit
        return {
            "let_through": Score(value=float(passed)) if supported else other,
            "refused": other if supported else Score(value=float(not passed)),
        }

    return _TUNED.scores(at, dev=sample.gold["dev"])


def _suite(name: str, title: str, digest: str) -> Suite:
    path = f"qags/data/mturk_{name}.jsonl"
    return Suite(
        name=f"qags-{name}",
        title=title,
        task="check",
        source="github.com/W4ngatang/qags (folder qags)",
        licence="none stated: measure only",
        citation="Wang, Cho and Lewis 2020, ACL",
        main="balanced_accuracy",
        data={path: digest},
        load=partial(_load, path),
        score=_score,
        derived=_TUNED.derived(),
        floors=(Floor(system="majority", metric="balanced_accuracy", value=0.5, where="exact"),),
    )


SUITES = (
    _suite(
        "cnndm",
        "714 summary sentences of CNN and Daily Mail",
        "5a6e20201f2c5d5d2489865137987c5d68d04c5b4e84662f99bb03862bb3a575",
    ),
    _suite(
        "xsum",
        "239 one-sentence summaries of the BBC",
        "1fb9af32ba64b0df54b26e12456b0b0324a519a85348c1f7b268899ad6269a15",
    ),
)
