"""Run as `python -m benchmarks`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

PARTS = ("cold", "warm", "memory", "scale", "throughput")
RESULTS = "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, check or write the page; return the exit code."""
    options = _parser().parse_args(arguments)
    if options.what == "check":
        return _check()
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / RESULTS
    results = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    for part in options.parts or PARTS:
        if options.what == "run":
            print(f"{part} …", file=sys.stderr)
            results[part] = {"when": _now(), **_measured(part, options)}
            results["machine"] = _machine()
            file.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    if options.page:
        from benchmarks.page import write

        write(results, options.page)
    return 0


def _measured(part: str, options: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.cold import cold
    from benchmarks.memory import memory
    from benchmarks.scale import plot, scale
    from benchmarks.throughput import throughput
    from benchmarks.warm import warm

    slow = not options.quick
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "cold": partial(cold, rounds=options.rounds, slow=slow),
        "warm": partial(warm, rounds=options.rounds, slow=slow),
        "memory": partial(memory, slow=slow),
        "scale": partial(scale, slow=slow),
        "throughput": partial(throughput, slow=slow),
    }
    found = parts[part]()
    if part == "scale":
        plot(found, options.out / "scale.svg")
    return found


def _check() -> int:
    from benchmarks.check import LIMITS, check

    found = check()
    worse = [name for name, value in found.items() if value > LIMITS[name]]
    for name, value in found.items():
        print(f"{'FAILED' if name in worse else 'ok':7}{name}: {value} (at most {LIMITS[name]})")
    return 1 if worse else 0


def _machine() -> dict[str, str]:
    import torch

    from eval.provenance import version
    from summarizer import __version__

    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor(),
        "threads": str(torch.get_num_threads()),
        "python": platform.python_version(),
        "summarizer": __version__,
        **{
            name: version(name) or "–"
            for name in ("torch", "transformers", "sentence-transformers")
        },
    }


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=("run", "page", "check"))
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), help="default: all")
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks"))
    parser.add_argument("--page", type=Path, help="write the page of the results there")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
