"""Peak memory of one article, and memory over many: it must not grow."""

from __future__ import annotations

import json
import resource
from pathlib import Path
from typing import Any

from benchmarks import texts
from benchmarks.timing import process
from summarizer import Article, Failure, Summarizer
from summarizer.testing import FirstClaimWriter, HashEncoder


def memory(*, slow: bool) -> dict[str, Any]:
    """Return peaks and courses, each measured in a process of its own; MB."""
    courses = {"fakes": 1000, "models": 1000 if slow else 30}
    return {
        "peak_of_one_mb": json.loads(_child("one")),
        "courses": {kind: json.loads(_child("many", kind, str(n))) for kind, n in courses.items()},
    }


def _child(*arguments: str) -> str:
    return process(["-m", "benchmarks.memory", *arguments]).out


def _one() -> dict[str, float]:
    """Return the peak after loading and after a short and a long article."""
    summarizer = Summarizer.from_pretrained(offline=True)
    found = {"loaded": _peak_mb()}
    summarizer.analyze(texts.short()[0])
    found["one of 230 words"] = _peak_mb()
    for article in texts.long():
        summarizer.analyze(article)
    found["one of 700 words"] = _peak_mb()
    return found


def _many(kind: str, number: int) -> dict[str, Any]:
    """Return the memory held after each tenth of `number` articles."""
    fakes = kind == "fakes"
    summarizer = (
        Summarizer(HashEncoder(), FirstClaimWriter())
        if fakes
        else Summarizer.from_pretrained(offline=True)
    )
    articles = texts.many(number)
    step = max(1, number // 10)
    held = []
    for first in range(0, number, step):
        _all(summarizer, articles[first : first + step])
        held.append(round(_now_mb(), 1))
    words = texts.words(articles) // number
    return {"articles": number, "words": words, "held_mb": held, "peak_mb": _peak_mb()}


def _all(summarizer: Summarizer, articles: list[Article]) -> None:
    for result in summarizer.analyze_many(articles):
        if isinstance(result, Failure):
            raise result.error


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _now_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    import sys

    wanted = sys.argv[1:]
    answer = _one() if wanted[0] == "one" else _many(wanted[1], int(wanted[2]))
    sys.stdout.write(json.dumps(answer))
