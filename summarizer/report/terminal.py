"""The analysis on a terminal: one panel for each viewpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from summarizer.report.outlets import Exclusive, Places, by_outlet, exclusives, places
from summarizer.report.plain import (
    count,
    coverage,
    heading,
    left_out,
    letter,
    one_line,
    strength,
)
from summarizer.report.points import SHOWN, shown_points
from summarizer.types import Claim, Point, Summary, Viewpoint

if TYPE_CHECKING:
    from summarizer.analysis import Analysis

# The sixteen colours that a terminal's own theme keeps readable, light or dark.
_COLOURS = ("blue", "magenta", "green", "cyan", "red", "yellow")
_TWO_COLUMNS = 96  # below it a point no longer fits half the panel
_TEXT_WIDTH = 110  # longer lines are hard to read, however wide the terminal

_Numbers = Mapping[Claim, int]


def render_terminal(analysis: Analysis, console: Console, *, evidence: bool = False) -> None:
    """Print `analysis` on `console`; with `evidence`, the text of every claim as well.

    Control characters and escape sequences of the articles never reach the terminal.
    """
    found = places(analysis)
    width = min(console.width, _TEXT_WIDTH)
    parts: list[RenderableType] = [_header(analysis, width)]
    parts += [Text.assemble(("! ", "bold yellow"), one_line(note)) for note in analysis.warnings]
    for place, viewpoint in enumerate(analysis.viewpoints):
        parts.append(_panel(viewpoint, found, place=place, width=width))
    parts += _outlets(analysis, found, width=width)
    parts.append(_shared(analysis))
    parts.append(_rest(analysis))
    if evidence:
        parts += _evidence(analysis, found)
    for part in parts:
        console.print(part, width=width, highlight=False)


def _header(analysis: Analysis, width: int) -> RenderableType:
    question, covered = heading(analysis), coverage(analysis)
    if cell_len(question) + cell_len(covered) + 2 > width:
        return Group(Text(question, style="bold"), Text(covered, style="dim"))
    row = Table.grid(expand=True)
    row.add_column()
    row.add_column(justify="right", no_wrap=True)
    row.add_row(Text(question, style="bold"), Text(covered, style="dim"))
    return row


def _panel(viewpoint: Viewpoint, found: Places, *, place: int, width: int) -> Panel:
    number, measure = found.number, strength(viewpoint, once=len(found.once(viewpoint.claims)))
    colour = _COLOURS[place % len(_COLOURS)]
    holders = ", ".join(one_line(holder) for holder in viewpoint.holders)
    label = f"{letter(place)}  {one_line(viewpoint.label)}"
    title = _title(label, holders, measure, room=width - 6)
    body: list[RenderableType] = []
    head = title or Text(label, style="bold")
    if head.cell_len > width - 6:  # rich would cut it off
        body.append(head)
        head = Text(letter(place), style="bold")
    if title is None and holders:
        body.append(Text(holders, style="italic"))
    body.append(_summary(viewpoint.summary, number))
    if viewpoint.points:
        body.append(_points(viewpoint.points, number, columns=2 if width >= _TWO_COLUMNS else 1))
    foot = None if title else Text(measure)
    if foot and foot.cell_len > width - 6:
        body.append(foot)
        foot = None
    return Panel(
        Group(*body),
        title=head,
        title_align="left",
        subtitle=foot,
        subtitle_align="right",
        border_style=colour,
        box=box.ROUNDED,
        padding=(0, 1),
    )


def _title(label: str, holders: str, measure: str, *, room: int) -> Text | None:
    """Return label, holders and strength on one line of border, or None where they do not fit."""
    left = [Text(label, style="bold")]
    if holders:
        left += [Text(" ── "), Text(holders, style="italic")]
    used = sum(part.cell_len for part in left) + cell_len(measure)
    line = room - used - 2
    if line < 2:
        return None
    return Text.assemble(*left, " ", "─" * line, " ", measure)


def _markers(claims: Sequence[Claim], number: _Numbers) -> Text:
    return Text("".join(f"[{n}]" for n in sorted(number[claim] for claim in claims)), style="dim")


def _summary(summary: Summary, number: _Numbers) -> Text:
    text = Text()
    for sentence in summary.sentences:
        text.append(one_line(sentence.text)).append(" ")
        text.append_text(_markers(sentence.claims, number)).append(" ")
    if summary.method == "extractive":
        text.append("(quoted)", style="dim italic")
    text.rstrip()
    return text


def _points(points: Sequence[Point], number: _Numbers, *, columns: int) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    for _ in range(columns):
        table.add_column(width=1)
        table.add_column(ratio=1)
    shown = shown_points(points)
    cells = [_point(label, claims, number) for label, claims in shown[:SHOWN]]
    if len(shown) > SHOWN:
        cells.append(Text(f"and {count(len(shown) - SHOWN, 'more point')}", style="dim italic"))
    for start in range(0, len(cells), columns):
        row: list[RenderableType] = []
        for cell in cells[start : start + columns]:
            row += [Text("·"), cell]
        table.add_row(*row)
    return table


def _point(label: str, claims: Sequence[Claim], number: _Numbers) -> Text:
    text = Text(one_line(label)).append(" ")
    return text.append_text(_markers(claims, number))


def _shared(analysis: Analysis) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    sections = (("Common ground:", analysis.common_ground), ("In dispute:", analysis.disputes))
    for name, lines in sections:
        for place, line in enumerate(lines):
            head = Text(name if place == 0 else "", style="bold")
            table.add_row(head, Text(one_line(line)))
    return table


def _rest(analysis: Analysis) -> Columns:
    parts = [f"Background: {count(len(analysis.background), 'sentence')}"]
    if analysis.unplaced:
        parts.append(f"Unplaced: {count(len(analysis.unplaced), 'sentence')}")
    if dropped := left_out(analysis):
        parts.append(f"Left out: {count(dropped, 'line')} of page furniture")
    return Columns([Text(part, style="dim") for part in parts], padding=(0, 4))


def _outlets(analysis: Analysis, found: Places, *, width: int) -> list[RenderableType]:
    """Return the matrix of viewpoints and outlets, and what one only has, where there are more."""
    matrix = by_outlet(analysis, found)
    if len(matrix.outlets) < 2 or not analysis.viewpoints:
        return []
    # names over the columns only where every one of them has room; else by number, told below
    short = sum(cell_len(one_line(name)) + 2 for name in matrix.outlets) > width // 2
    heads = [str(n) if short else one_line(name) for n, name in enumerate(matrix.outlets, start=1)]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("Who carries what (claims)")
    for head in heads:
        table.add_column(Text(head), justify="right")
    for place, (viewpoint, counts) in enumerate(
        zip(analysis.viewpoints, matrix.counts, strict=True)
    ):
        cells = [Text(str(count)) if count else Text("–", style="dim") for count in counts]
        table.add_row(Text(f"{letter(place)}  {one_line(viewpoint.label)}"), *cells)
    parts: list[RenderableType] = [table]
    if short:
        named = enumerate(matrix.outlets, start=1)
        parts.append(Text("  ".join(f"{n} {one_line(name)}" for n, name in named), style="dim"))
    return [*parts, *(_exclusive(own) for own in exclusives(analysis, found)), Text("")]


def _exclusive(own: Exclusive) -> Text:
    whole = [f"viewpoint {letter(place)}" for place in own.viewpoints]
    points = [count(len(own.points), "point")] if own.points else []
    line = f"Only in {one_line(own.outlet)}: {', '.join([*whole, *points])}"
    return Text(line, style="dim")


def _evidence(analysis: Analysis, found: Places) -> list[RenderableType]:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    several = len(set(found.outlet.values())) > 1
    for claim, number in found.number.items():
        text = Text(one_line(claim.text))
        if claim.holder:
            text.append(f" ({one_line(claim.holder)})", style="italic")
        if several:
            text.append(f" {one_line(found.outlet[claim.article])}", style="dim")
        table.add_row(Text(f"[{number}]", style="dim"), text)
    return [Text(""), table]
