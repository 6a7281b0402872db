"""The analysis as Markdown (CommonMark, its one table as GitHub's): nothing in an article acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from summarizer.report.outlets import Exclusive, Places, by_outlet, exclusives, places
from summarizer.report.plain import (
    count,
    coverage,
    heading,
    letter,
    made_with,
    one_line,
    origin,
    strength,
    web_address,
)
from summarizer.report.points import shown_points
from summarizer.types import Article, Claim, Summary, Viewpoint

if TYPE_CHECKING:
    from summarizer.analysis import Analysis

_CELL = re.compile(r"\|")
_ACTIVE = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
_LINE_START = re.compile(r"[#+=>-]|\d+(?=[.)])")

_Numbers = Mapping[Claim, int]
_Group = tuple[Claim, ...]


def markdown(analysis: Analysis) -> str:
    """Return `analysis` as Markdown, ending in a line feed."""
    found = places(analysis)
    parts = [*_head(analysis)]
    for place, viewpoint in enumerate(analysis.viewpoints):
        parts += _viewpoint(place, viewpoint, found)
    parts += _outlets(analysis, found)
    parts += _lines("Common ground", analysis.common_ground)
    parts += _lines("In dispute", analysis.disputes)
    parts += _claims("Background", analysis.background, found)
    parts += _claims("Unplaced", analysis.unplaced, found)
    dropped = [line for article in analysis.articles for line in article.dropped]
    parts += _lines("Left out as page furniture", dropped)
    parts += _lines("Made with", [f"{key}: {value}" for key, value in made_with(analysis).items()])
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Return one line of `text` that Markdown shows as it is."""
    line = _ACTIVE.sub(r"\\\g<0>", one_line(text))
    if start := _LINE_START.match(line):
        cut = start.end() if start[0].isdigit() else 0
        return f"{line[:cut]}\\{line[cut:]}"
    return line


def _head(analysis: Analysis) -> Iterator[str]:
    yield f"# {escape(heading(analysis))}"
    yield f"*{coverage(analysis)}*"
    yield "\n".join(f"- {_source(article)}" for article in analysis.articles)
    for warning in analysis.warnings:
        yield f"> **Note:** {escape(warning)}"


def _source(article: Article) -> str:
    title = escape(article.title or "") or "Untitled"
    address = web_address(article.url)
    name = f"[{title}](<{address}>)" if address else title
    return " · ".join([name, *map(escape, origin(article))])


def _viewpoint(place: int, viewpoint: Viewpoint, found: Places) -> Iterator[str]:
    yield f"## {letter(place)}. {escape(viewpoint.label)}"
    measure = strength(viewpoint, once=len(found.once(viewpoint.claims)))
    held = [f"**Held by** {escape(', '.join(viewpoint.holders))}"] if viewpoint.holders else []
    yield " · ".join([*held, measure])
    yield _summary(viewpoint.summary, found.number)
    if viewpoint.points:
        yield "\n".join(
            f"- {escape(label)} {_markers(claims, found.number)}"
            for label, claims in shown_points(viewpoint.points)
        )
    yield from _claims("Evidence", viewpoint.claims, found, level=3)


def _outlets(analysis: Analysis, found: Places) -> Iterator[str]:
    """Yield the table of viewpoints by outlets, and what only one has, where there are several."""
    matrix = by_outlet(analysis, found)
    if len(matrix.outlets) < 2 or not analysis.viewpoints:
        return
    yield "## Who carries what (claims)"
    labels = [f"{letter(n)}. {v.label}" for n, v in enumerate(analysis.viewpoints)]
    rows = [
        [label, *(str(count) if count else "–" for count in counts)]
        for label, counts in zip(labels, matrix.counts, strict=True)
    ]
    yield "\n".join(
        [
            _row(["Viewpoint", *matrix.outlets]),
            _row(["---", *("--:" for _ in matrix.outlets)], escaped=True),
            *map(_row, rows),
        ]
    )
    only = exclusives(analysis, found)
    if only:
        yield "### In one outlet only"
        yield "\n".join(f"- {line}" for own in only for line in _exclusive(own, labels, found))


def _row(cells: Sequence[str], *, escaped: bool = False) -> str:
    shown = cells if escaped else [_CELL.sub(r"\\|", escape(cell)) for cell in cells]
    return f"| {' | '.join(shown)} |"


def _exclusive(own: Exclusive, labels: Sequence[str], found: Places) -> Iterator[str]:
    name = escape(own.outlet)
    for place in own.viewpoints:
        yield f"{name}: the whole of {escape(labels[place])}"
    for place, point in own.points:
        yield (
            f"{name}: {letter(place)}, {escape(point.label)} {_markers(point.claims, found.number)}"
        )


def _summary(summary: Summary, number: _Numbers) -> str:
    sentences = [f"{escape(s.text)} {_markers(s.claims, number)}" for s in summary.sentences]
    if summary.method == "extractive":
        sentences.append("*(quoted)*")
    return " ".join(sentences) or "*(no summary)*"


def _markers(claims: Sequence[Claim], number: _Numbers) -> str:
    # brackets need no backslash: a marker is a link only where a definition of it stands
    return "".join(f"[{n}]" for n in sorted(number[claim] for claim in claims))


def _claims(name: str, claims: Sequence[Claim], found: Places, *, level: int = 2) -> Iterator[str]:
    if not claims:
        return
    yield f"{'#' * level} {name} ({count(len(claims), 'sentence')})"
    yield "\n".join(f"- {_claim(group, found)}" for group in found.once(claims))


def _claim(group: _Group, found: Places) -> str:
    """Return a claim with its markers and holder, and with its outlets where there are several."""
    line = f"{_markers(group, found.number)} {escape(group[0].text)}{_holder(group)}"
    if len(set(found.outlet.values())) < 2:
        return line
    return f"{line} · {escape(', '.join(found.outlets(group)))}"


def _holder(group: _Group) -> str:
    names = [claim.holder for claim in group if claim.holder and one_line(claim.holder)]
    return f" (*{escape(names[0])}*)" if names else ""


def _lines(name: str, lines: Sequence[str]) -> Iterator[str]:
    shown = [escaped for line in lines if (escaped := escape(line))]
    if shown:
        yield f"## {name}"
        yield "\n".join(f"- {line}" for line in shown)
