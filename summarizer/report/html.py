"""The analysis as one self-contained page: no network, no script, light and dark."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summarizer.report import plain
from summarizer.report.passages import Passage, passages
from summarizer.types import Article, Claim, Viewpoint

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from summarizer.analysis import Analysis

PALETTE = 8  # colours in report.css; a ninth viewpoint takes the first again, with its own letter
_FRAME_HEIGHT = 640  # pixels of a notebook's output: the header and the first viewpoints


def html(analysis: Analysis) -> str:
    """Return `analysis` as an HTML page; everything in it that an article wrote is escaped."""
    return _render(analysis)


def notebook(analysis: Analysis) -> str:
    """Return the page in a frame, so that its style and ids stay out of the notebook's own."""
    # "#c3" alone would be looked for in the notebook's page, and load that into the frame
    page = _render(analysis, here="about:srcdoc")
    return (
        f'<iframe title="Viewpoints" sandbox="allow-popups" srcdoc="{escape(page)}"'
        f' style="width:100%;height:{_FRAME_HEIGHT}px;border:0"></iframe>'
    )


def _render(analysis: Analysis, *, here: str = "") -> str:
    template, style = _template()
    sha = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    context = _Page(analysis).context()
    return template.render(style=style, style_sha=sha, here=here, **context)


@cache
def _template() -> tuple[Template, str]:
    environment = _environment()
    folder = files("summarizer.report")
    style = folder.joinpath("report.css").read_text(encoding="utf-8").strip()
    source = folder.joinpath("report.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source), style


def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined  # only who asks for a page pays for it

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"line": plain.one_line, "printable": plain.printable}
    return environment


@dataclass(frozen=True, slots=True)
class _Mark:
    """How a claim is shown: its number, its viewpoint's place and where its badge leads."""

    number: int
    viewpoint: int | None
    cited: bool

    @property
    def side(self) -> str:
        return "none" if self.viewpoint is None else f"v{self.viewpoint % PALETTE + 1}"

    @property
    def letter(self) -> str:
        return "" if self.viewpoint is None else plain.letter(self.viewpoint)

    @property
    def back(self) -> str:
        return f"m{self.number}" if self.cited else f"v{self.viewpoint}"


class _Page:
    """Gathers what the template shows; every reference is settled here, none in the template."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.numbers = plain.numbers(analysis)
        self.sides = {c: n for n, v in enumerate(analysis.viewpoints) for c in v.claims}
        self.cited: set[Claim] = set()
        self.viewpoints = [self._viewpoint(n, v) for n, v in enumerate(analysis.viewpoints)]

    def context(self) -> dict[str, Any]:
        analysis = self.analysis
        return {
            "title": plain.heading(analysis),
            "question": analysis.question,
            "coverage": plain.coverage(analysis),
            "sidedness": plain.sidedness(analysis),
            "warnings": analysis.warnings,
            "viewpoints": self.viewpoints,
            "shared": [
                (name, lines)
                for name, lines in (
                    ("Common ground", analysis.common_ground),
                    ("In dispute", analysis.disputes),
                )
                if lines
            ],
            "articles": [self._article(article) for article in analysis.articles],
            "background": len(analysis.background),
            "unplaced": self._evidence(analysis.unplaced),
            "dropped": [line for article in analysis.articles for line in article.dropped],
            "made_with": plain.made_with(analysis),
        }

    def mark(self, claim: Claim) -> _Mark:
        return _Mark(self.numbers[claim], self.sides.get(claim), claim in self.cited)

    def _viewpoint(self, place: int, viewpoint: Viewpoint) -> dict[str, Any]:
        sentences = viewpoint.summary.sentences
        return {
            "id": f"v{place}",
            "side": f"v{place % PALETTE + 1}",
            "letter": plain.letter(place),
            "label": viewpoint.label,
            "holders": [line for holder in viewpoint.holders if (line := plain.one_line(holder))],
            "count": plain.count(len(viewpoint.claims), "claim"),
            "confidence": viewpoint.confidence,
            "quoted": viewpoint.summary.method == "extractive",
            "sentences": [(s.text, self._markers(s.claims), s.support) for s in sentences],
            "points": [(p.label, self._markers(p.claims)) for p in viewpoint.points],
            "evidence": self._evidence(viewpoint.claims),
        }

    def _markers(self, claims: tuple[Claim, ...]) -> list[tuple[int, str | None]]:
        """Return the number of each claim, with the id of its marker where it is the first."""
        markers = []
        for claim in sorted(claims, key=self.numbers.__getitem__):
            number = self.numbers[claim]
            markers.append((number, None if claim in self.cited else f"m{number}"))
            self.cited.add(claim)
        return markers

    def _evidence(self, claims: tuple[Claim, ...]) -> list[tuple[int, str, str | None]]:
        ordered = sorted(claims, key=self.numbers.__getitem__)
        return [(self.numbers[claim], claim.text, claim.holder) for claim in ordered]

    def _article(self, article: Article) -> dict[str, Any]:
        claims = [claim for claim in self.numbers if claim.article == article]
        title = plain.one_line(article.title or "")
        alone = len(self.analysis.articles) == 1
        return {
            "name": "" if alone and title == plain.heading(self.analysis) else title,
            "address": plain.web_address(article.url),
            "origin": plain.origin(article),
            "language": plain.language_tag(article.language),
            "length": max(len(article.text), 1),
            "strip": [(c.start, c.end - c.start, self.mark(c)) for c in claims if c in self.sides],
            "paragraphs": [
                [self._passage(passage) for passage in paragraph]
                for paragraph in passages(article, claims)
            ],
        }

    def _passage(self, passage: Passage) -> dict[str, Any]:
        mark = None if passage.claim is None else self.mark(passage.claim)
        return {
            "text": passage.text,
            "mark": mark,
            "first": passage.first,
            "last": passage.last,
            "holder": passage.claim.holder if passage.claim else None,
        }
