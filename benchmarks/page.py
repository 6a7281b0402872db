"""The page of results: docs/performance.md, written from the results of a run and from nothing
else, but for what was tried and did not pay (tried.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_TRIED = Path(__file__).parent / "tried.md"
Numbers = Mapping[str, Any]


def write(results: Numbers, file: Path) -> None:
    """Write the page, and the plot of `scale` beside it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")
    if "scale" in results:
        from benchmarks.scale import plot

        plot(dict(results["scale"]), file.with_name("scale.svg"))


def _lines(results: Numbers) -> Iterator[str]:
    machine = results.get("machine", {})
    yield "# Performance"
    yield ""
    yield (
        "Measured by `python -m benchmarks run`, everything side by side in one run on articles "
        "written for this project; this page is written by `python -m benchmarks page --page "
        "docs/performance.md`, not by hand. Seconds are processor time of one thread, median and "
        "(least–most) of the runs: on a busy machine they hold where seconds of the clock do not. "
        "Compare within a table only."
    )
    yield ""
    yield "Machine: " + ", ".join(f"{name} {value}" for name, value in machine.items()) + "."
    sections = {
        "warm": _warm,
        "cold": _cold,
        "memory": _memory,
        "scale": _scale,
        "throughput": _throughput,
    }
    for part, section in sections.items():
        if part in results:
            yield ""
            yield from section(results[part])
    yield ""
    yield _TRIED.read_text(encoding="utf-8").rstrip()


def _warm(found: Numbers) -> Iterator[str]:
    yield f"## An article of {found['words']} words, models loaded"
    yield ""
    yield f"Run of {found['when']}; {found['viewpoints']} clusters for the recipes."
    yield ""
    yield "| | CPU seconds an article | times ours |"
    yield "|---|---|---|"
    for name, took in found["seconds"].items():
        times = found["ratios"].get(f"{name} / ours")
        yield f"| {name} | {_spread(took['cpu'])} | {_spread(times) if times else '–'} |"
    for name, reason in found["skipped"].items():
        yield f"| {name} | not run: {reason} | – |"
    floor = found["floor"]
    ours = found["seconds"]["ours"]["cpu"]["median"]
    yield ""
    yield (
        "Recipes are MiniLM, k-means and a summary of 60 tokens of each cluster with four beams, "
        "by a model of that shape with random weights: the same work as with trained ones."
    )
    yield ""
    yield (
        f"The floor is {floor['seconds']} s: at the {floor['matmul_gflops']} GFLOP/s that products "
        f"of 512 rows reached, one encoder pass over the {floor['article_tokens']:,} tokens of an "
        f"article and the {floor['decoder_rows']:,} decoder rows that were computed in "
        f"{floor['decoder_passes']} pass(es). Ours takes {ours / floor['seconds']:.1f} times that; "
        f"it encodes {floor['encoded_tokens']:,} tokens: claims alone, twice in their article, "
        "and in pairs."
    )


def _cold(found: Numbers) -> Iterator[str]:
    yield "## A cold start"
    yield ""
    yield f"Whole processes, run of {found['when']}; FILE is `examples/article.html`."
    yield ""
    yield "| | CPU seconds | peak memory, MB |"
    yield "|---|---|---|"
    for name, took in found["seconds"].items():
        yield f"| {name} | {_spread(took['cpu'])} | {_spread(found['peak_mb'][name])} |"
    yield ""
    for name, times in found["ratios"].items():
        yield f"{name}: {_spread(times)}; the budget is 1.5."
    yield ""
    yield "Where it goes, CPU seconds: " + _row(found["stages"]) + "."
    yield ""
    yield (
        "Imports by package, seconds of the clock while traced, own modules only: "
        + _row(found["imports"])
        + "."
    )


def _memory(found: Numbers) -> Iterator[str]:
    yield "## Memory"
    yield ""
    yield f"Resident, MB, run of {found['when']}. Peaks so far, in one process, models " + (
        _row(found["peak_of_one_mb"]) + "."
    )
    yield ""
    yield "| | articles | words each | held after each tenth | peak |"
    yield "|---|---|---|---|---|"
    for kind, course in found["courses"].items():
        held = " ".join(f"{value:.0f}" for value in course["held_mb"])
        size = f"{course['articles']:,} | {course['words']:,}"
        yield f"| {kind} | {size} | {held} | {course['peak_mb']:.0f} |"


def _scale(found: Numbers) -> Iterator[str]:
    yield "## Scale"
    yield ""
    yield "![CPU seconds over claims and over articles](scale.svg)"
    yield ""
    yield f"Run of {found['when']}. One article of so many claims; so many articles of 180 words."
    yield ""
    for what in ("claims", "articles"):
        rows = found[what]
        yield f"| {what} |" + "".join(f" {row['number']:,} |" for row in rows)
        yield "|---|" + "---|" * len(rows)
        yield "| CPU seconds |" + "".join(f" {row['cpu']} |" for row in rows)
        yield ""
    yield (
        f"Exponents of time: {found['exponent_claims']} in claims "
        f"({found['exponent_claims_from_100']} from 100 on), {found['exponent_articles']} in "
        f"articles. {found['articles_a_cpu_second']} articles a CPU second; a million take "
        f"{found['cpu_hours_a_million']:,} hours of one thread."
    )


def _throughput(found: Numbers) -> Iterator[str]:
    yield "## Many articles"
    yield ""
    yield (
        f"Whole runs of `summarizer batch`, {found['when']}, {found['articles']} articles of "
        f"{found['words']} words, starting not counted, {found['cores']} core(s) to run on. Money "
        f"at {found['price']} a core-hour, an example and no offer."
    )
    yield ""
    yield "| | articles a second | CPU seconds each | core-hours a million | money a million |"
    yield "|---|---|---|---|---|"
    for name, row in found["rows"].items():
        yield f"| {name} |" + "".join(f" {_or_dash(value)} |" for value in row.values())
    for name, reason in found["skipped"].items():
        yield f"| {name} | not run: {reason} | – | – | – |"


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def _spread(summary: Numbers) -> str:
    if summary["runs"] == 1:
        return f"{_short(summary['median'])} (one run)"
    least, most = _short(summary["least"]), _short(summary["most"])
    return f"{_short(summary['median'])} ({least}–{most})"


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def _row(values: Numbers) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
