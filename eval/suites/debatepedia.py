"""Debatepedia test: an argument of a debate, and the one line that its editors made of it.

The files are lower-cased and cut into tokens; NLTK's detokenizer undoes the latter on both sides.
Arguments under one question are resampled together. No system is given the question: the task of
the product is to say what the texts say.
"""

from __future__ import annotations

from pathlib import Path

from nltk.tokenize.treebank import TreebankWordDetokenizer

from eval.data import read_lines
from eval.scorers import score_summary
from eval.suite import Sample, Suite

_FOLDER = "debatepedia-qfs/data"
_CONTENT, _QUERY, _SUMMARY = (f"{_FOLDER}/test_{name}" for name in ("content", "query", "summary"))
_join = TreebankWordDetokenizer().detokenize


def _plain(line: str) -> str:
    """Return `<s> ca n't say <eos>` as "can't say"."""
    tokens = [token for token in line.split() if token not in {"<s>", "<eos>"}]
    return str(_join(tokens))


def _load(data: Path) -> list[Sample]:
    columns = (map(_plain, read_lines(data / path)) for path in (_CONTENT, _QUERY, _SUMMARY))
    return [
        Sample(
            id=str(number),
            document=query,
            task="summary",
            input={"texts": [content]},
            gold={"reference": summary},
        )
        for number, (content, query, summary) in enumerate(zip(*columns, strict=True))
        if content and summary
    ]


SUITES = (
    Suite(
        name="debatepedia",
        title="test, 1,000 arguments to one line",
        task="summary",
        source="github.com/PrekshaNema25/DiverstiyBasedAttentionMechanism (debatepedia-qfs)",
        licence="none stated: measure only",
        citation="Nema, Khapra, Laha and Ravindran 2017, ACL",
        main="rouge1",
        data={
            _CONTENT: "bde0c9c15ade08f50f6336461f03af1d35da945a2024fdbeef6eac64e39695f3",
            _QUERY: "78ff07aeb15633c7780c784294f615bb2deea4c9607a1cb15db19173b277057d",
            _SUMMARY: "e291800afc9b8bd681f9e1cbca33cf7bd847b23826f5d382cc1ae61eb350324f",
        },
        load=_load,
        score=score_summary,
    ),
)
