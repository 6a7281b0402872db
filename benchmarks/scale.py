"""How time grows with claims and with articles: fitted exponents, and a plot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import texts
from benchmarks.timing import spent
from summarizer import Summarizer

CLAIMS = (10, 30, 100, 300, 1000, 2000)
ARTICLES = (1, 3, 10, 30, 100)
MOST_ARTICLES = 1000  # where there is time


def scale(*, slow: bool) -> dict[str, Any]:
    """Return seconds by number of claims and of articles, with the exponents fitted to them.

    The exponent is the slope of log time over log number, by least squares.
    """
    summarizer = Summarizer.from_pretrained(offline=True)
    summarizer.analyze(texts.of_claims(20))  # warm
    claims = [_claims(summarizer, number) for number in (CLAIMS if slow else CLAIMS[:4])]
    articles = [_articles(summarizer, number) for number in (ARTICLES if slow else ARTICLES[:4])]
    return {
        "claims": claims,
        "articles": articles,
        "exponent_claims": _exponent(claims),
        "exponent_claims_from_100": _exponent([row for row in claims if row["number"] > 80]),
        "exponent_articles": _exponent(articles),
        "articles_a_cpu_second": round(articles[-1]["number"] / articles[-1]["cpu"], 2),
        "cpu_hours_a_million": round(1e6 * articles[-1]["cpu"] / articles[-1]["number"] / 3600),
    }


def _claims(summarizer: Summarizer, number: int) -> dict[str, float]:
    article = texts.of_claims(number)
    found = len(texts.sentences(article.text))
    took = spent(lambda: summarizer.analyze(article))
    return {"number": found, "cpu": round(took.cpu, 3), "wall": round(took.wall, 3)}


def _articles(summarizer: Summarizer, number: int) -> dict[str, float]:
    articles = texts.many(number)
    took = spent(lambda: list(summarizer.analyze_many(articles)))
    return {"number": number, "cpu": round(took.cpu, 3), "wall": round(took.wall, 3)}


def _exponent(rows: list[dict[str, float]]) -> float | None:
    if len(rows) < 2:
        return None
    numbers, times = ([row[key] for row in rows] for key in ("number", "cpu"))
    return round(float(np.polyfit(np.log(numbers), np.log(times), 1)[0]), 3)


def plot(found: dict[str, Any], file: Path) -> None:
    """Write time over claims and over articles, on logarithmic axes, as SVG or PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.2), layout="constrained")
    axes = figure.subplots(1, 2)
    for axis, what in zip(axes, ("claims", "articles"), strict=True):
        rows = found[what]
        numbers, times = [row["number"] for row in rows], [row["cpu"] for row in rows]
        axis.loglog(numbers, times, "o-")
        linear = [times[-1] * number / numbers[-1] for number in numbers]
        axis.loglog(numbers, linear, ":", color="grey", label="linear")
        axis.set(xlabel=f"{what} (exponent {found[f'exponent_{what}']})", ylabel="CPU seconds")
        axis.legend()
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
