"""Kills `summarizer batch` at random moments: `python -m tests.steady.kill_batch --kills 200`.

Each kill is a SIGKILL, as of an out-of-memory killer, after which the same command is given again.
When a run comes to its end, its output must be what an undisturbed run writes, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from summarizer.cli import app as cli
from summarizer.cli import model_options
from summarizer.pipeline import Summarizer
from summarizer.testing import FirstClaimWriter, HashEncoder

_SENTENCES = (
    "The mayor says that tram number {n} will shorten every commute in the valley.",
    "Shop owners fear that two years of building work will ruin {n} of them.",
    "“Nobody asked us,” said Ada Finch, who runs a bakery near stop {n}.",
    "Others expect that {n} hundred riders a day would pay for it by 2040.",
    "The council, which votes on Tuesday, has received {n} letters about the plan.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How often a run was killed, how many of the kills left half a line, how many runs ended."""

    kills: int
    halves: int
    ends: int


def write_input(path: Path, lines: int) -> None:
    """Write `lines` articles, every seventh of them broken, some long."""
    with path.open("w", encoding="utf-8") as out:
        for n in range(lines):
            text = " ".join(s.format(n=n + k) for k in range(1 + n % 4) for s in _SENTENCES)
            row = {"id": f"a{n}", "text": "too short" if n % 7 == 3 else text}
            out.write(json.dumps(row) + "\n")


def run(source: Path, target: Path) -> int:
    """Run the command in a process of its own and return its id."""
    child = os.fork()
    if child:
        return child
    fakes = Summarizer(HashEncoder(), FirstClaimWriter())
    model_options.load = lambda *args, **options: fakes  # type: ignore[assignment]
    try:
        cli.main(["batch", str(source), str(target), "-q"])
    except SystemExit as stop:
        os._exit(int(stop.code or 0))
    finally:
        os._exit(99)


def finish(child: int) -> int:
    """Return the exit code of a process, minus its signal if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def torment(folder: Path, *, kills: int, lines: int, seed: int) -> Outcome:
    """Kill runs until there were `kills`; AssertionError when an output is not as it should be."""
    source, expected, target = (folder / name for name in ("in.jsonl", "whole.jsonl", "out.jsonl"))
    write_input(source, lines)
    start = time.monotonic()
    assert finish(run(source, expected)) == 0
    longest = time.monotonic() - start
    rng = random.Random(seed)
    done = halves = ends = 0
    while done < kills:
        child = run(source, target)
        time.sleep(rng.uniform(0, longest / 2))
        os.kill(child, signal.SIGKILL)
        if finish(child) == -signal.SIGKILL:
            done += 1
        halves += _check(target, expected)
        if target.exists() and target.stat().st_size == expected.stat().st_size:
            ends += 1
            target.unlink()
    assert finish(run(source, target)) == 0
    assert target.read_bytes() == expected.read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == [
        "in.jsonl",
        "out.jsonl",
        "whole.jsonl",
    ]
    return Outcome(kills=done, halves=halves, ends=ends)


def _check(target: Path, expected: Path) -> bool:
    """Say whether the output ends in half a line; what it holds must be the start of the whole."""
    written = target.read_bytes() if target.exists() else b""
    assert expected.read_bytes().startswith(written), "the output is not a prefix of the whole one"
    return bool(written) and not written.endswith(b"\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--lines", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = torment(Path(folder), kills=options.kills, lines=options.lines, seed=options.seed)
    sys.stdout.write(f"{outcome}\n")


if __name__ == "__main__":
    main()
