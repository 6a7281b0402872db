"""Times that survive a busy machine: in turn, several times, CPU and wall, the median with its
spread."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds of the processor (of all threads) and of the clock."""

    cpu: float
    wall: float


def spent(work: Work) -> Spent:
    """Return what one call of `work` takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Spent(cpu=time.process_time() - cpu, wall=time.perf_counter() - wall)


def in_turn(
    works: Mapping[str, Work], *, rounds: int, fewer: Mapping[str, int] | None = None
) -> dict[str, list[Spent]]:
    """Return what each takes, A B C A B C …, after one call of each that is not counted.

    `fewer` has the rounds of those that are too slow for all of them; these are not warmed up.
    """
    fewer = fewer or {}
    found: dict[str, list[Spent]] = {name: [] for name in works}
    for round_ in range(-1, rounds):
        for name, work in works.items():
            if not (0 <= round_ < fewer[name] if name in fewer else True):
                continue
            took = spent(work)
            if round_ >= 0:
                found[name].append(took)
    return found


def summary(values: Sequence[float]) -> dict[str, float | int]:
    """Return median, least, most and number of `values`."""
    return {
        "median": round(statistics.median(values), 4),
        "least": round(min(values), 4),
        "most": round(max(values), 4),
        "runs": len(values),
    }


def table(found: Mapping[str, Sequence[Spent]]) -> dict[str, dict[str, Any]]:
    """Return {name: {"cpu": summary, "wall": summary}}."""
    return {
        name: {
            "cpu": summary([one.cpu for one in some]),
            "wall": summary([one.wall for one in some]),
        }
        for name, some in found.items()
        if some
    }


def ratio(found: Mapping[str, Sequence[Spent]], name: str, other: str) -> dict[str, float | int]:
    """Return the summary of name / other in CPU time, pair by pair in the order they were taken."""
    pairs = zip(found[name], found[other], strict=False)
    return summary([one.cpu / two.cpu for one, two in pairs])


_LAUNCHER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
wall, usage = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
cpu, kb = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
print(json.dumps(dict(code=done.returncode, out=done.stdout, cpu=cpu, wall=wall, kb=kb)))
"""
# Between, because a process begins with the peak memory of the one that starts it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """What a finished process took; memory is its peak, in MB."""

    spent: Spent
    peak_mb: float
    out: str


def process(arguments: Sequence[str]) -> Process:
    """Return what `python arguments` takes, start and end included.

    Raises RuntimeError when it fails.
    """
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    if found["code"]:
        raise RuntimeError(f"python {' '.join(arguments)}: exit code {found['code']}")
    return Process(
        spent=Spent(cpu=found["cpu"], wall=found["wall"]),
        peak_mb=found["kb"] / 1024,  # Linux counts it in kB
        out=found["out"],
    )
