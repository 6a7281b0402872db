"""Results for reading: tables, the README's table, A against B, plots."""

from __future__ import annotations

from eval.report.breakdown import breakdowns
from eval.report.compare import comparison
from eval.report.plots import draw
from eval.report.read import load
from eval.report.readme import BEGIN, END, overview, replace_table
from eval.report.tables import markdown

__all__ = [
    "BEGIN",
    "END",
    "breakdowns",
    "comparison",
    "draw",
    "load",
    "markdown",
    "overview",
    "replace_table",
]
