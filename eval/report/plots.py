"""Plots of a run, as PNG: quality, length, confidence, and where sentences went."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from eval.diagnose import PLACES
from eval.report.breakdown import Bin, calibration, lengths, where
from eval.report.read import Answered, by_suite

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000", "#999999")
"""Okabe and Ito's, told apart by colour-blind readers."""
_PLACE_COLOURS = ("#0072B2", "#D55E00", "#BBBBBB", "#E5D58A", "#F4F4F4")
_DOTS = 150  # per inch
_COLUMNS = 3
_Draw = Callable[[str, Sequence[Answered], int], "Figure | None"]


def draw(paths: Sequence[Path], folder: Path, *, seed: int) -> list[Path]:
    """Write the plots of all runs at `paths` into `folder`; return their files, in order.

    What a run cannot show (confidence that is always the same, no labelled article, results without
    their rows) has no plot.
    """
    found = by_suite(paths)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [_save(quality(found), folder / "quality.png")] if found else []
    for name, answered in found.items():
        known = [one for one in answered if one.suite["task"] == "analyze" and one.has_rows]
        if known:
            for kind, make in _OF_ANALYSES.items():
                figure = make(name, known, seed)
                if figure is not None:
                    drawn.append(_save(figure, folder / f"{kind}-{name}.png"))
    return drawn


def _save(figure: Figure, path: Path) -> Path:
    # No date and no version in the file: the same results give the same bytes.
    figure.savefig(path, dpi=_DOTS, metadata={"Software": None})
    return path


def quality(found: dict[str, list[Answered]]) -> Figure:
    """Return the main figure of every system with its interval, a panel per suite."""
    lines = math.ceil(len(found) / _COLUMNS)
    columns = min(len(found), _COLUMNS)
    most = max(len(answered) for answered in found.values())
    figure = Figure(figsize=(4.2 * columns, lines * (0.9 + 0.24 * most)), layout="constrained")
    panels = figure.subplots(lines, columns, squeeze=False).flatten()
    for panel, (name, answered) in zip(panels, found.items(), strict=False):
        _intervals(panel, answered)
        panel.set_title(name, fontsize=10, loc="left")
        panel.set_xlabel(answered[0].suite["main"], fontsize=8)
    for panel in panels[len(found) :]:
        panel.set_visible(False)
    return figure


def _intervals(panel: Any, answered: Sequence[Answered]) -> None:
    judged = [one for one in answered if one.figure["value"] is not None]
    for row, one in enumerate(judged):
        value, low, high = (one.figure[key] for key in ("value", "low", "high"))
        colour = _COLOURS[0] if one.system == "ours" else "#555555"
        if low is not None and high is not None:
            panel.plot([low, high], [row, row], color=colour, linewidth=2, solid_capstyle="butt")
        panel.plot([value], [row], "o", color=colour, markersize=5)
    panel.set_yticks(range(len(judged)), [one.system for one in judged], fontsize=8)
    panel.set_ylim(len(judged) - 0.5, -0.5)
    panel.tick_params(axis="x", labelsize=8)
    _bare(panel, grid="x")


def by_length(name: str, answered: Sequence[Answered], seed: int) -> Figure | None:
    """Return ARI against the words of an article, a panel per system; None without articles."""
    found = {one.system: lengths(one.rows(), seed=seed) for one in answered}
    found = {system: both for system, both in found.items() if both[0]}
    if not found:
        return None
    figure, panels = _panels(len(found))
    for panel, (system, (points, bins)) in zip(panels, found.items(), strict=False):
        panel.scatter(*zip(*points, strict=True), s=14, color=_COLOURS[7], zorder=2)
        _bars(panel, bins, _COLOURS[0])
        panel.set_title(system, fontsize=9, loc="left")
        panel.axhline(0, color="#333333", linewidth=0.6)
    figure.supxlabel("words of the article", fontsize=9)
    figure.supylabel("ARI", fontsize=9)
    figure.suptitle(f"{name}: articles, and mean of thirds with 95 % interval", fontsize=10)
    return figure


def by_confidence(name: str, answered: Sequence[Answered], seed: int) -> Figure | None:
    """Return the share of sentences of one side against the confidence of their viewpoint."""
    found = {one.system: calibration(one.rows(), seed=seed) for one in answered}
    found = {system: bins for system, bins in found.items() if bins}
    if not found:
        return None
    figure, panels = _panels(len(found), side=3.4)
    for panel, (system, bins) in zip(panels, found.items(), strict=False):
        panel.plot([0, 1], [0, 1], "--", color=_COLOURS[7], linewidth=1)
        _bars(panel, bins, _COLOURS[0])
        for one in bins:
            panel.text(one.x, 0.02, f"n={one.count}", fontsize=7, rotation=90, ha="center")
        panel.set_xlim(0, 1.02)
        panel.set_ylim(0, 1.02)
        panel.set_title(system, fontsize=9, loc="left")
    figure.supxlabel("mean confidence of n viewpoints", fontsize=9)
    figure.supylabel("share of their labelled sentences of one side", fontsize=9)
    figure.suptitle(f"{name}: 95 % intervals over articles", fontsize=10)
    return figure


def by_place(name: str, answered: Sequence[Answered], seed: int) -> Figure | None:
    """Return where labelled sentences went: a bar per kind and system."""
    found = {one.system: where(one.rows(), seed=seed) for one in answered}
    bars = [(system, kind, one) for system, kinds in found.items() for kind, one in kinds.items()]
    if not bars:
        return None
    # half a bar of room between systems
    heights = [row + 0.5 * list(found).index(system) for row, (system, _, _) in enumerate(bars)]
    figure = Figure(figsize=(8, 1.4 + 0.28 * heights[-1]), layout="constrained")
    panel = figure.subplots()
    left = [0.0] * len(bars)
    for place, colour in zip(PLACES, _PLACE_COLOURS, strict=True):
        shares = [one[place].value for _, _, one in bars]
        panel.barh(
            heights, shares, left=left, color=colour, edgecolor="#777777", linewidth=0.4,
            label=place,
        )  # fmt: skip
        left = [a + b for a, b in zip(left, shares, strict=True)]
    panel.set_yticks(heights, [f"{system} · {kind}" for system, kind, _ in bars], fontsize=8)
    panel.set_ylim(heights[-1] + 0.6, -0.6)
    panel.set_xlim(0, 1)
    panel.set_xlabel("share of the labelled sentences (intervals: see the table)", fontsize=9)
    panel.set_title(f"{name}: where labelled sentences went", fontsize=10, loc="left")
    figure.legend(ncols=len(PLACES), fontsize=8, frameon=False, loc="outside lower center")
    _bare(panel, grid="x")
    return figure


def _panels(count: int, *, side: float = 2.4) -> tuple[Figure, Any]:
    lines, columns = math.ceil(count / _COLUMNS), min(count, _COLUMNS)
    figure = Figure(figsize=(max(3.1, side) * columns, side * lines + 0.6), layout="constrained")
    panels = figure.subplots(lines, columns, squeeze=False, sharex=True, sharey=True).flatten()
    for panel in panels[:count]:
        _bare(panel, grid="y")
    for panel in panels[count:]:
        panel.set_visible(False)
    return figure, panels


def _bars(panel: Any, bins: Sequence[Bin], colour: str) -> None:
    """Draw figures with their intervals, joined by a line; no interval, no bar."""
    for one in bins:
        if not math.isnan(one.figure.low):
            ends = [one.figure.low, one.figure.high]
            panel.plot([one.x, one.x], ends, color=colour, linewidth=2, zorder=3)
    xs, ys = [one.x for one in bins], [one.figure.value for one in bins]
    panel.plot(xs, ys, "o-", color=colour, markersize=5, linewidth=1, zorder=4)


def _bare(panel: Any, *, grid: str) -> None:
    panel.grid(axis=grid, color="#E5E5E5", linewidth=0.6)
    panel.set_axisbelow(True)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)


_OF_ANALYSES: dict[str, _Draw] = {
    "length": by_length,
    "confidence": by_confidence,
    "places": by_place,
}
