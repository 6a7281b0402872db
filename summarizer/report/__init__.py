"""The result on a screen, in a file, on a page: each format is one pure function of an analysis."""

from __future__ import annotations

from summarizer.report.html import html, notebook
from summarizer.report.json_text import dumps
from summarizer.report.markdown import markdown
from summarizer.report.outlets import OutletMatrix, by_outlet
from summarizer.report.schema import VERSION, schema, validate
from summarizer.report.terminal import render_terminal

__all__ = [
    "VERSION",
    "OutletMatrix",
    "by_outlet",
    "dumps",
    "html",
    "markdown",
    "notebook",
    "render_terminal",
    "schema",
    "validate",
]
