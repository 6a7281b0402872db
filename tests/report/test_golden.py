"""Reports as a person reads them; run with UPDATE_GOLDEN=1 after a wanted change, read the diff."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.console import Console

from summarizer import report
from tests import example
from tests.browser import stories

GOLDEN = Path(__file__).parent / "golden"


def _terminal(width, analysis=None):
    console = Console(file=io.StringIO(), width=width, legacy_windows=False, no_color=True)
    report.render_terminal(analysis or example.analysis(), console)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("terminal-40.txt", lambda: _terminal(40)),
        ("terminal-80.txt", lambda: _terminal(80)),
        ("terminal-140.txt", lambda: _terminal(140)),
        ("example.md", lambda: example.analysis().to_markdown()),
        ("outlets-80.txt", lambda: _terminal(80, stories.three_outlets())),
        ("outlets.md", lambda: stories.three_outlets().to_markdown()),
    ],
)
def test_the_report_of_the_example_reads_as_it_was_approved(name, make):
    shown, path = make(), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")
