"""Rows that others published, or that were measured before, come out of this harness as well."""

from __future__ import annotations

import pytest
from rich.console import Console

from eval import data
from eval.session import Options, run_all
from eval.suites import SUITES
from summarizer import DataError
from tests.eval.judge import without_model

POINT = 0.005  # half a point of a hundred
ROWS = [
    ("argkp-match", "tfidf", POINT),
    ("neus", "lead", POINT),
    ("perspectives360", "lead", 0.007),  # ROUGE-L .121 for .115: another sentence splitter
    ("flipside-summary", "lead", POINT),
    ("perspectrum-stance", "majority", POINT),
    ("perspectrum-points", "tfidf", 0.008),  # pair-F1 is .488 for .481, see eval/LOG.md
]


@pytest.mark.slow
@pytest.mark.parametrize(("suite", "system", "epsilon"), ROWS, ids=[row[0] for row in ROWS])
def test_known_rows_are_reproduced(suite, system, epsilon, tmp_path, monkeypatch):
    try:
        root = data.root(SUITES[suite], data.folder(None))
    except DataError as error:
        pytest.skip(str(error))
    without_model(monkeypatch)  # no known row is measured by embeddings
    options = Options(data=root, out=tmp_path)
    found = run_all([suite], [system], options, console=Console(quiet=True))["suites"][suite]
    floors = [floor for floor in found["floors"] if floor["system"] == system]
    assert floors
    for floor in floors:
        assert floor["measured"] == pytest.approx(floor["expected"], abs=epsilon), floor["metric"]
