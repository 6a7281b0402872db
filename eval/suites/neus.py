"""NeuS test: the editors' neutral roundup from a left, a centre and a right report of one story.

Sources and reference are title and text, as in the figures below; with the texts alone every figure
is some three points lower. The reports come in the order of the file, which is by lot. A system is
asked for as many sentences as the first report has: the length that `lead` gets by quoting it.
"""

from __future__ import annotations

from pathlib import Path

from eval.data import read_lines
from eval.scorers import score_summary
from eval.suite import Floor, Prediction, Sample, Score, Suite
from eval.text import sentences
from summarizer import DataError

_FOLDER = "neus-allsides/data/naacl2022_lrc_roundup_random_order_probe"
_SOURCE, _TARGET = f"{_FOLDER}/test.source", f"{_FOLDER}/test.target"
_RELEASED = "outputs of Lei and Huang 2025, ACL"


def _load(data: Path) -> list[Sample]:
    sources, targets = read_lines(data / _SOURCE), read_lines(data / _TARGET)
    if len(sources) != len(targets):
        raise DataError(f"{data / _SOURCE}: {len(sources)} lines for {len(targets)} references")
    return [
        _sample(str(number), source.split("[SEP]"), _bare(target))
        for number, (source, target) in enumerate(zip(sources, targets, strict=True))
    ]


def _sample(name: str, reports: list[str], reference: str) -> Sample:
    texts = [_bare(report) for report in reports]
    return Sample(
        id=name,
        document=name,
        task="highlights",
        input={"texts": texts, "number": len(sentences(texts[0]))},
        gold={"reference": reference, "references": [reference]},
    )


def _bare(text: str) -> str:
    """Return `TITLE=> A title. ARTICLE=> A text.` without its marks."""
    return " ".join(text.replace("TITLE=>", " ").replace("ARTICLE=>", " ").split())


def _score(sample: Sample, prediction: Prediction) -> dict[str, Score]:
    return score_summary(sample, " ".join(prediction))


def _floors(system: str, where: str, *values: float) -> tuple[Floor, ...]:
    return tuple(
        Floor(system=system, metric=metric, value=value, where=where)
        for metric, value in zip(("rouge1", "rouge2", "rougeLsum"), values, strict=True)
    )


SUITES = (
    Suite(
        name="neus",
        title="test, 307 triples of reports to a neutral roundup",
        task="highlights",
        source="github.com/HLTCHKUST/framing-bias-metric (folder neus-allsides)",
        licence="MIT (README; the text is AllSides' and the publishers'): measure only",
        citation="Lee, Bang, Yu, Madotto and Fung 2022, NAACL",
        main="rouge1",
        data={
            _SOURCE: "dcf0ddb00691d523548c0592e691bb2789b9303c1738ef8c1d811247c8158981",
            _TARGET: "ae3d870a2f40a8097cd93df9c6d9d22296268c866d240d8fd13394882364a4fe",
        },
        load=_load,
        score=_score,
        floors=(
            *_floors("lead", "first report as it is", 0.409, 0.165, 0.358),
            *_floors("LexRank", _RELEASED, 0.422, 0.182, 0.373),
            *_floors("BART-large-CNN", _RELEASED, 0.382, 0.157, 0.345),
            *_floors("Llama 2 + event graph", _RELEASED, 0.451, 0.223, 0.409),
        ),
    ),
)
