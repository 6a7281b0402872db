"""A cold start: `summarizer FILE` as a whole process, and where its time goes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.timing import in_turn, process, ratio, summary, table

EXAMPLE = str(Path(__file__).parent.parent / "examples" / "article.html")
_FILE = ["-m", "summarizer", "--offline", "--quiet", "--json", "--no-cache", EXAMPLE]
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import torch": ["-c", "import torch"],
    "import torch, transformers": ["-c", "import torch, transformers"],
    "import sentence_transformers": ["-c", "import sentence_transformers"],
    "summarizer --help": ["-m", "summarizer", "--help"],
    "summarizer FILE": _FILE,
}
_LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)")
_STAGES = """
import sys, time
def since(mark=[time.process_time()]):
    now = time.process_time(); took = now - mark[0]; mark[0] = now; return round(took, 3)
found = {}
from summarizer.cli.app import main
import summarizer.pipeline
found["imports of the pipeline"] = since()
import torch
found["import torch"] = since()
from summarizer import Summarizer
from summarizer.models import load_encoder, load_writer
encoder = load_encoder(); found["reading the encoder"] = since()
writer = load_writer(); found["reading the writer"] = since()
summarizer = Summarizer(encoder, writer)
article = summarizer._article(sys.argv[1]); found["reading the page"] = since()
summarizer.analyze(article); found["the analysis"] = since()
import json; print(json.dumps(found))
"""


def cold(*, rounds: int, slow: bool) -> dict[str, Any]:
    """Return times of the command line and of what it is held against, whole processes in turn."""
    names = [name for name in COMMANDS if slow or name != "import sentence_transformers"]
    peaks: dict[str, list[float]] = {name: [] for name in names}
    children: dict[str, list[Any]] = {name: [] for name in names}

    def run(name: str) -> None:
        done = process(COMMANDS[name])
        children[name].append(done.spent)
        peaks[name].append(done.peak_mb)

    in_turn({name: (lambda name=name: run(name)) for name in names}, rounds=rounds)  # type: ignore[misc]
    counted = {name: some[1:] for name, some in children.items()}  # the first warms the disk
    return {
        "seconds": table(counted),
        "ratios": {
            "summarizer FILE / import torch, transformers": ratio(
                counted, "summarizer FILE", "import torch, transformers"
            )
        },
        "peak_mb": {name: summary(some) for name, some in peaks.items()},
        "stages": _stages(),
        "imports": _imports(),
    }


def _stages() -> dict[str, float]:
    import json

    found: dict[str, float] = json.loads(process(["-c", _STAGES, EXAMPLE]).out)
    return found


def _imports() -> dict[str, float]:
    """Return the seconds that each top-level package takes to import, its own modules only."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *_FILE], capture_output=True, text=True, check=True
    )
    own: Counter[str] = Counter()
    for match in map(_LINE.match, done.stderr.splitlines()):
        if match:
            own[match[4].split(".")[0]] += int(match[1])
    return {name: round(took / 1e6, 3) for name, took in own.most_common(12)}
