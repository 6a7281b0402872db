"""The analysis as Markdown (CommonMark): nothing in an article can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from summarizer.report.plain import (
    count,
    coverage,
    heading,
    made_with,
    numbers,
    one_line,
    origin,
    sidedness,
    strength,
    web_address,
)
from summarizer.types import Article, Claim, Summary, Viewpoint

if TYPE_CHECKING:
    from summarizer.analysis import Analysis

_ACTIVE = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
_LINE_START = re.compile(r"[#+=>-]|\d+(?=[.)])")

_Numbers = Mapping[Claim, int]


def markdown(analysis: Analysis) -> str:
    """Return `analysis` as Markdown, ending in a line feed."""
    number = numbers(analysis)
    parts = [*_head(analysis)]
    for place, viewpoint in enumerate(analysis.viewpoints, start=1):
        parts += _viewpoint(place, viewpoint, number)
    parts += _lines("Common ground", analysis.common_ground)
    parts += _lines("In dispute", analysis.disputes)
    parts += _claims("Background", analysis.background, number)
    parts += _claims("Unplaced", analysis.unplaced, number)
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
    if (note := sidedness(analysis)) is not None:
        yield f"> {note}"


def _source(article: Article) -> str:
    title = escape(article.title or "") or "Untitled"
    address = web_address(article.url)
    name = f"[{title}](<{address}>)" if address else title
    return " · ".join([name, *map(escape, origin(article))])


def _viewpoint(place: int, viewpoint: Viewpoint, number: _Numbers) -> Iterator[str]:
    yield f"## {place}. {escape(viewpoint.label)}"
    if viewpoint.holders:
        yield f"**Held by** {escape(', '.join(viewpoint.holders))} · {strength(viewpoint)}"
    else:
        yield strength(viewpoint)
    yield _summary(viewpoint.summary, number)
    if viewpoint.points:
        yield "\n".join(
            f"- {escape(point.label)} {_markers(point.claims, number)}"
            for point in viewpoint.points
        )
    yield from _claims("Evidence", viewpoint.claims, number, level=3)


def _summary(summary: Summary, number: _Numbers) -> str:
    sentences = [f"{escape(s.text)} {_markers(s.claims, number)}" for s in summary.sentences]
    if summary.method == "extractive":
        sentences.append("*(quoted)*")
    return " ".join(sentences) or "*(no summary)*"


def _markers(claims: Sequence[Claim], number: _Numbers) -> str:
    # brackets need no backslash: a marker is a link only where a definition of it stands
    return "".join(f"[{n}]" for n in sorted(number[claim] for claim in claims))


def _claims(
    name: str, claims: Sequence[Claim], number: _Numbers, *, level: int = 2
) -> Iterator[str]:
    if not claims:
        return
    yield f"{'#' * level} {name} ({count(len(claims), 'sentence')})"
    yield "\n".join(
        f"- [{number[claim]}] {escape(claim.text)}{_holder(claim)}"
        for claim in sorted(claims, key=number.__getitem__)
    )


def _holder(claim: Claim) -> str:
    return f" (*{escape(claim.holder)}*)" if claim.holder and one_line(claim.holder) else ""


def _lines(name: str, lines: Sequence[str]) -> Iterator[str]:
    shown = [escaped for line in lines if (escaped := escape(line))]
    if shown:
        yield f"## {name}"
        yield "\n".join(f"- {line}" for line in shown)
