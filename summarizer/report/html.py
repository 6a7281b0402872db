"""The analysis as one self-contained page: no network, one small script, light and dark."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from summarizer.report import plain
from summarizer.report.page import context

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from summarizer.analysis import Analysis

_FRAME_HEIGHT = 640  # pixels of a notebook's output: the header and the first viewpoints


def html(analysis: Analysis) -> str:
    """Return `analysis` as an HTML page; everything in it that an article wrote is escaped.

    Its content security policy lets nothing be loaded, and run only the script that it ends with.
    The page can be read to the end without that script.
    """
    return _render(analysis, script=_file("report.js"))


def notebook(analysis: Analysis) -> str:
    """Return the page in a frame, so that its style and ids stay out of the notebook's own.

    The frame may run no script, so that the page comes without.
    """
    # "#c3" alone would be looked for in the notebook's page, and load that into the frame
    page = _render(analysis, here="about:srcdoc")
    return (
        f'<iframe title="Viewpoints" sandbox="allow-popups" srcdoc="{escape(page)}"'
        f' style="width:100%;height:{_FRAME_HEIGHT}px;border:0"></iframe>'
    )


def _render(analysis: Analysis, *, here: str = "", script: str = "") -> str:
    style = _file("report.css")
    return _template().render(
        style=style,
        style_sha=_sha(style),
        script=script,
        script_sha=_sha(script),
        here=here,
        **context(analysis),
    )


def _sha(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _file(name: str) -> str:
    return files("summarizer.report").joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _template() -> Template:
    return _environment().from_string(_file("report.html.j2") + "\n")


def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined  # only who asks for a page pays for it

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"line": plain.one_line, "printable": plain.printable}
    return environment
