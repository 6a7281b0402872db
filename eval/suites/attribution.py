"""PolNeAR test: who is the source of what an article reports, 84 political news articles.

A gold attribution counts as found when the claim that holds most of its content names its source:
the words of one name stand in the other (see `metrics.same_holder`). Gold sources that are pronouns
cannot be compared as text, so such attributions count neither for nor against, and a claim that
holds the content of one may name whomever it likes. `detected_f1` asks only whether a claim that
holds reported content has a holder at all. Of several annotators the first file counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.metrics import same_holder
from eval.suite import Prediction, Sample, Score, Suite, f1_score
from eval.text import words
from summarizer import DataError

_FOLDER = "polnear/data/test"
_PRONOUNS = frozenset(
    words("i we you he she it they who which that his her their him them one this these")
)
Span = tuple[int, int]
Attribution = tuple[list[Span], str | None]
"""Spans of the content, and the source; None where the source is a pronoun or not named."""


def _load(data: Path) -> list[Sample]:
    return list(_samples(data / _FOLDER))


def _samples(folder: Path) -> Iterator[Sample]:
    for file in sorted((folder / "text").glob("*.txt")):
        marked = sorted((folder / "attributions").glob(f"{file.stem}_*.ann"))
        if marked:
            yield Sample(
                id=file.stem,
                document=file.stem,
                task="attribute",
                input={"text": file.read_text(encoding="utf-8"), "title": None},
                gold={"attributions": _attributions(marked[0])},
            )


def _attributions(path: Path) -> list[Attribution]:
    """Return the attributions of a brat file."""
    spans: dict[str, tuple[list[Span], str]] = {}
    events: list[dict[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition("\t")
        if kind.startswith("T"):
            place, _, text = rest.partition("\t")
            spans[kind] = (_parse_spans(path, place), text)
        elif kind.startswith("E"):
            events.append(dict(part.split(":", 1) for part in rest.split()))
    return [_attribution(event, spans) for event in events if "Content" in event]


def _parse_spans(path: Path, place: str) -> list[Span]:
    """Read `Source 0 15;20 25`."""
    try:
        parts = [part.split() for part in place.split(" ", 1)[1].split(";")]
        return [(int(start), int(end)) for start, end in parts]
    except (IndexError, ValueError) as error:
        raise DataError(f"{path}: not a brat span: {place!r}") from error


def _attribution(event: dict[str, str], spans: dict[str, tuple[list[Span], str]]) -> Attribution:
    source = spans[event["Source"]][1] if "Source" in event else ""
    named = source and source.lower() not in _PRONOUNS
    return spans[event["Content"]][0], source if named else None


def _score(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    gold: Sequence[Attribution] = sample.gold["attributions"]
    owners = [_owner(spans, prediction) for spans, _ in gold]
    right = [
        owner is not None and source is not None and _names(prediction[owner], source)
        for owner, (_, source) in zip(owners, gold, strict=True)
    ]
    free = {owner for owner, (_, source) in zip(owners, gold, strict=True) if source is None}
    good = {owner for owner, found in zip(owners, right, strict=True) if found}
    named = {row for row, (_, _, holder) in enumerate(prediction) if holder}
    reported = {owner for owner in owners if owner is not None}
    return {
        "source_f1": f1_score(
            tp=sum(right),
            fp=len(named - good - free),
            fn=sum(source is not None for _, source in gold) - sum(right),
        ),
        "detected_f1": f1_score(
            tp=len(reported & named), fp=len(named - reported), fn=len(reported - named)
        ),
    }


def _owner(spans: Sequence[Span], claims: Sequence[Sequence[int]]) -> int | None:
    """Return the row of the claim that holds most characters of `spans`; None when none does."""
    shares = [
        sum(max(0, min(end, last) - max(start, first)) for start, end in spans)
        for first, last, *_ in claims
    ]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] > 0 else None


def _names(claim: Sequence[object], source: str) -> bool:
    holder = claim[2]
    return isinstance(holder, str) and same_holder(holder, source)


SUITES = (
    Suite(
        name="attribution",
        title="PolNeAR test, source of reported content",
        task="attribute",
        source="github.com/networkdynamics/PolNeAR (folder polnear)",
        licence="none stated (repository; the text is the publishers'): measure only",
        citation="Newell, Margolin and Ruths 2018, LREC",
        main="source_f1",
        data={_FOLDER: "a1f501342667e7d5b126876b5131d97ab9d5d66c8ece886edff32334ed25d972"},
        load=_load,
        score=_score,
    ),
)
