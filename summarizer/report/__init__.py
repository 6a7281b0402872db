"""The result on a screen, in a file, on a page: each format is one pure function of an analysis."""

from __future__ import annotations

from summarizer.report.schema import VERSION, schema, validate

__all__ = ["VERSION", "schema", "validate"]
