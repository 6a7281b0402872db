"""Prints whether the bytes of an analysis change with what must not matter.

`python -m tests.steady.same_bytes [--runs 20]`: repeated runs, processes, hash seeds, threads,
sizes of batches and windows, and the order in which articles are given, with the bundled models.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CHILD = "import sys; from tests.steady.same_bytes import child; child(sys.argv[1])"
STORIES = (
    (
        "Should the ferry be free?",
        "The ferry between the two towns should be free, the mayor says. Free boats would take a "
        "thousand cars off the coast road each day. “People leave the car when the boat costs "
        "nothing,” said Ada Finch, who leads the council.\n\nOthers doubt it. The operator warns "
        "that a free ferry would be full by eight, and that nurses could not get to work. Tax "
        "payers in the hills say they would pay for a boat they never take.\n\nThe ferry carried "
        "412,000 people last year. The council votes on Tuesday.",
    ),
    (
        "Night buses divide the valley",
        "Supporters of night buses say that young workers have no other way home. The union of "
        "cooks counts two hundred people who walk after midnight. A night line would cost less "
        "than one new street lamp a week, its planners write.\n\nResidents of the station quarter "
        "fear the noise. “We will not sleep,” said Tom Hale, who runs a hotel there. Drivers say "
        "that nobody asked them about nights.\n\nThe first line could start in spring.",
    ),
    (
        "Who pays for the old bridge?",
        "The old bridge must be repaired, but nobody wants to pay. The county argues that the town "
        "took the tolls for forty years. The town says that the county's lorries broke it, and "
        "that it has no money left.\n\nEngineers expect repairs to cost 3.2 million. Some members "
        "would rather close it; shop owners call that the end of the market.",
    ),
)


def child(settings: str) -> None:
    """Analyse the stories under `settings` and print the digest of each result's JSON."""
    import torch

    from summarizer import Summarizer, pipeline
    from summarizer.models import encoder, relation, seq2seq
    from summarizer.types import Article

    told = json.loads(settings)
    torch.set_num_threads(told["threads"])
    if "batch" in told:
        pipeline.WINDOW = encoder.BATCH = seq2seq.BATCH = relation.WINDOWS = told["batch"]
    tool = Summarizer.from_pretrained(offline=True)
    articles = [Article(title=title, text=text) for title, text in STORIES]
    order = told.get("order", range(len(articles)))
    for _ in range(told.get("runs", 1)):
        results = list(tool.analyze_many([articles[k] for k in order]))
        whole = {k: result.to_json() for k, result in zip(order, results, strict=True)}
        sys.stdout.write(_digest([whole[k] for k in sorted(whole)]) + "\n")
    if told.get("story"):
        one = tool.analyze([articles[k] for k in order]).to_dict()
        sys.stdout.write(_digest(_unordered(one)) + "\n")


def _unordered(data: dict[str, object]) -> object:
    """Return what a story says without the numbers that follow the order of its articles."""
    claims = {c["id"]: (c["text"], c["holder"]) for c in data["claims"]}  # type: ignore[index, attr-defined]
    views = [
        [v["label"], v["summary"]["text"], v["holders"], sorted(claims[c] for c in v["claims"])]
        for v in data["viewpoints"]  # type: ignore[attr-defined]
    ]
    rest = [sorted(claims[c] for c in data[name]) for name in ("background", "unplaced")]  # type: ignore[attr-defined]
    return [data["question"], views, rest]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:12]


def _run(told: dict[str, object], environment: dict[str, str] | None = None) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, json.dumps({"threads": 1, **told})],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": str(told.get("threads", 1)), **(environment or {})},
    )
    return done.stdout.split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    rows: list[tuple[str, Callable[[], list[str]]]] = [
        (f"{runs} runs in one process", lambda: _run({"runs": runs})),
        (
            "3 processes, other hash seeds",
            lambda: [_run({}, {"PYTHONHASHSEED": s})[0] for s in "123"],
        ),
        ("2 threads", lambda: _run({"threads": 2})),
        *((f"batches of {n}", lambda n=n: _run({"batch": n})) for n in (1, 8, 32)),  # type: ignore[misc]
        ("order of articles shuffled", lambda: _run({"order": [2, 0, 1]})),
    ]
    wanted = _run({"story": True, "order": [0, 1, 2]})
    for name, make in rows:
        found = set(make())
        _say(name, found == {wanted[0]}, len(found))
    other = _run({"story": True, "order": [2, 0, 1]})
    _say(
        "several articles as one story, shuffled", other[1] == wanted[1], len({other[1], wanted[1]})
    )


def _say(name: str, same: bool, distinct: int) -> None:
    sys.stdout.write(f"| {name} | {'same' if same else 'DIFFERENT'} | {distinct} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
