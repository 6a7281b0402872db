"""The page to try the service with: a form, and the report in a frame. No script, nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from summarizer.rows import Json
from summarizer.service.errors import MalformedError

if TYPE_CHECKING:
    from jinja2 import Template

_FIELDS: Final = 4  # more than the form has
REPORT_POLICY: Final = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-scripts; frame-ancestors 'self'"
)
"""For reports: as if from nowhere, so that nothing in one reaches this service. Their own meta
element says what they may load, which is nothing."""


@cache
def _style() -> str:
    return files("summarizer.service").joinpath("page.css").read_text(encoding="utf-8").strip()


@cache
def _template(name: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    source = files("summarizer.service").joinpath(name).read_text(encoding="utf-8")
    return environment.from_string(source)


def page_policy(*, framed: str = "'none'") -> str:
    """Return the Content-Security-Policy of a page of this module; `framed` is who may show it."""
    sha = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{sha}'; form-action 'self'; frame-src 'self'; "
        f"base-uri 'none'; frame-ancestors {framed}"
    )


def page(*, asks_key: bool) -> str:
    """Return the form; with `asks_key` it has a field for the API key."""
    return _template("page.html.j2").render(style=_style(), asks_key=asks_key)


def problem(message: str) -> str:
    """Return what the frame shows instead of a report."""
    return _template("problem.html.j2").render(style=_style(), message=message)


def parse_form(body: bytes) -> tuple[Json, str]:
    """Return the row that the form asks to analyse, and the key that came with it.

    Lines that are all addresses are outlets of one story; anything else is the text of an article.
    """
    try:
        fields = parse_qs(body.decode(), max_num_fields=_FIELDS, errors="strict")
    except ValueError as error:
        raise MalformedError("not a form of this service") from error
    source = fields.get("source", [""])[0].strip()
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    if lines and all(line.lower().startswith(("http://", "https://")) for line in lines):
        row: Json = {"id": "the story", "articles": [{"url": line} for line in lines]}
    else:
        row = {"id": "the text", "text": source.replace("\r\n", "\n")}
    return row, fields.get("key", [""])[0]
