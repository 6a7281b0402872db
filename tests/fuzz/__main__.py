"""Long runs: `python -m tests.fuzz atheris|hypothesis TARGET`, `python -m tests.fuzz pages DIR`.

A short run of the same targets is part of the test suite. An input that breaks a law is written to
--found; shorten it, name it after what it shows, and keep it in `tests/fuzz/found/`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
MEMORY = 4 << 30  # bytes of address space: far above what a page needs, far below a machine's
SECONDS = 20  # for one input; the largest page of a real site takes two


class TooSlowError(BaseException):  # so that no `except Exception` of a library takes it
    """One input took longer than `SECONDS`."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["atheris", "hypothesis", "pages"])
    parser.add_argument("what", help="a target, or the folder of saved pages")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--found", type=Path, default=Path("out/fuzz"))
    options = parser.parse_args()
    options.found.mkdir(parents=True, exist_ok=True)
    {"atheris": _atheris, "hypothesis": _hypothesis, "pages": _pages}[options.engine](options)


def _atheris(options: argparse.Namespace) -> None:
    """Run libFuzzer on one target, guided by the coverage of this package."""
    import atheris

    with atheris.instrument_imports(include=["summarizer"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[options.what]
    corpus = options.found / f"corpus-{options.what}"
    corpus.mkdir(exist_ok=True)
    _write_seeds(options.what, corpus)
    flags = {
        "max_total_time": options.seconds,
        "timeout": SECONDS,
        "rss_limit_mb": MEMORY >> 20,
        "max_len": 20_000,
        "dict": HERE / "words.dict",
        "artifact_prefix": f"{options.found}/{options.what}-",
    }
    atheris.Setup(
        [sys.argv[0], *(f"-{name}={value}" for name, value in flags.items()), str(corpus)], target
    )
    atheris.Fuzz()


def _write_seeds(name: str, corpus: Path) -> None:
    from tests.fuzz.strategies import PROSE, seed

    if name == "from_dict":
        seeds = [seed().encode()]
    elif name in ("read", "extract"):
        pages = [path.read_bytes() for path in sorted(HERE.parent.glob("pages/*.html"))]
        seeds = [b"\x00" + page[:20_000] for page in pages]
    else:
        seeds = [text.encode() for text in PROSE] + ["\n".join(PROSE).encode()]
    for number, content in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(content)


def _hypothesis(options: argparse.Namespace) -> None:
    """Draw inputs from the strategies until the time is over, with a new seed for each thousand."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from tests.fuzz.strategies import INPUTS
    from tests.fuzz.targets import TARGETS

    runs = slowest = 0.0
    end = time.monotonic() + options.seconds

    def law(data: bytes) -> None:
        nonlocal runs, slowest
        runs += 1
        slowest = max(slowest, _timed(TARGETS[options.what], data))

    number = options.seed
    while time.monotonic() < end:
        number += 1
        test = settings(
            max_examples=1000,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )(seed(number)(given(INPUTS[options.what])(law)))
        try:
            test()
        except (Exception, TooSlowError):
            traceback.print_exc()
            print("seed", number, flush=True)
    print(
        json.dumps(
            {"engine": "hypothesis", "target": options.what, "runs": int(runs), **_cost(slowest)}
        )
    )


def _pages(options: argparse.Namespace) -> None:
    """Change saved pages at random, and extract each and find its claims."""
    from tests.fuzz.mutate import load, mutate
    from tests.fuzz.targets import read_page

    pages = load(Path(options.what))
    bugs = slowest = articles = 0.0
    for number in range(options.seed, options.seed + options.count):
        rng = random.Random(number)
        page = mutate(rng.choice(pages), others=pages, rng=rng)
        kept = []
        try:
            slowest = max(slowest, _timed(lambda data: kept.append(read_page(data)), page))  # noqa: B023
            articles += kept[0]
        except (Exception, TooSlowError):
            bugs += 1
            name = options.found / f"page-{number}-{hashlib.sha256(page).hexdigest()[:8]}.html"
            name.write_bytes(page)
            print(f"{name}\n{traceback.format_exc(limit=-6)}", flush=True)
        if number % 500 == 499:
            print(
                number + 1, int(articles), "articles", int(bugs), "bugs", _cost(slowest), flush=True
            )
    print(
        json.dumps(
            {
                "engine": "pages",
                "runs": options.count,
                "articles": int(articles),
                "bugs": int(bugs),
                **_cost(slowest),
            }
        )
    )


def _timed(target, data: bytes) -> float:
    """Return the CPU seconds that `target` takes; raises TooSlowError past the limit."""
    start = time.process_time()
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        target(data)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - start


def _stop(number: int, frame: object) -> None:
    raise TooSlowError(f"more than {SECONDS} s")


def _cost(slowest: float) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return {"slowest_s": round(slowest, 2), "peak_mb": peak}


if __name__ == "__main__":
    main()
