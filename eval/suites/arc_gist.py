"""Comments on debates of The New York Times, and the gist that crowd workers wrote of each.

The debates of which the writer was not trained on any comment: those whose title has a CRC-32 that
leaves less than 1,500 when divided by 10,000 (15 %), which is how training holds them out too. They
were looked at while the writer trained: a development set.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from eval.data import read_lines, read_table
from eval.scorers import score_summary
from eval.suite import Sample, Suite

_FOLDER = "arc-rfd/mturk/annotation-task/data/exported-1927-summarized-arguments"
_TEXTS, _DEBATES = f"{_FOLDER}/argument-summarized.tsv", f"{_FOLDER}/metadata.csv"
_ID, _TITLE = "id", "debateMetaData.title"


def _held_out(debate: str) -> bool:
    return crc32(debate.encode()) % 10_000 < 1_500


def _load(data: Path) -> list[Sample]:
    rows = read_table(data / _DEBATES, columns=(_ID, _TITLE))
    debates = {row[_ID]: row[_TITLE] for row in rows}
    # A plain split: quotation marks in the comments are text, not quoting.
    comments = [line.split("\t") for line in read_lines(data / _TEXTS)]
    return [
        Sample(
            id=number,
            document=debates[number],
            task="summary",
            input={"texts": [comment]},
            gold={"reference": gist},
        )
        for number, comment, gist in comments
        if number in debates and _held_out(debates[number])
    ]


SUITES = (
    Suite(
        name="arc-gist",
        title="comments of held-out debates to their gist",
        task="summary",
        source="github.com/UKPLab/argument-reasoning-comprehension-task (folder arc-rfd)",
        licence="Apache-2.0",
        citation="Habernal, Wachsmuth, Gurevych and Stein 2018, NAACL",
        main="rouge1",
        data={
            _TEXTS: "83f19d53e110cc3e7c9ee9bf0428f0dd9ef0e9d4a072ec4f9c56304a3c4a9d1b",
            _DEBATES: "ddad3d92b60ba167cef9e78516a9555215b8ab2c734553949003b8f7849966b2",
        },
        load=_load,
        score=score_summary,
    ),
)
