"""Puts a load on the service: `python -m tests.steady.load --clients 32 --requests 256`.

With `--bundled` it is `summarizer serve` with the bundled models, else the same service with models
without weights. Every answer must be the one that its request gets alone, to the byte: nothing is
lost, mixed up or changed by the company it came in. Prints figures as JSON; times are in seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import numpy as np

from tests.served import command, free_port, running, text

_ALONE = 4  # answers taken alone, to compare with: each takes as long as a window may


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a load met: how many were answered and how soon, and how windows were shared."""

    clients: int
    requests: int
    answered: int
    refused: int
    changed: int
    seconds: float
    per_second: float
    p50: float
    p95: float
    alone_p50: float
    windows: int
    stories_a_window: float
    processor: str
    cores: int


def put(address: str, *, clients: int, requests: int) -> Figures:
    """Return what came of `requests` requests of as many texts by `clients` clients at once."""
    with httpx.Client(base_url=address, timeout=600) as client:
        ask(client, 0)  # the first takes longer than any after it
        alone = [ask(client, number) for number in range(min(_ALONE, requests))]
        before = windows(client)
        start = time.perf_counter()
        with ThreadPoolExecutor(clients) as threads:
            together = list(threads.map(lambda number: ask(client, number), range(requests)))
        seconds = time.perf_counter() - start
        after = windows(client)
    answered = [answer for answer in together if answer[0] == httpx.codes.OK]
    times = [answer[2] for answer in answered] or [float("nan")]
    calls = after[0] - before[0]
    return Figures(
        clients=clients,
        requests=requests,
        answered=len(answered),
        refused=sum(status == httpx.codes.TOO_MANY_REQUESTS for status, _, _ in together),
        changed=changed(alone, together),
        seconds=round(seconds, 2),
        per_second=round(len(answered) / seconds, 2),
        p50=round(float(np.percentile(times, 50)), 3),
        p95=round(float(np.percentile(times, 95)), 3),
        alone_p50=round(float(np.median([answer[2] for answer in alone])), 3),
        windows=round(calls),
        stories_a_window=round((after[1] - before[1]) / calls, 2) if calls else 0.0,
        processor=processor(),
        cores=len(os.sched_getaffinity(0)),
    )


Answer = tuple[int, bytes, float]


def ask(client: httpx.Client, number: int) -> Answer:
    """Return status, body and seconds of one request."""
    start = time.perf_counter()
    response = client.post("/v1/analyze", json={"text": text(number)})
    return response.status_code, response.content, time.perf_counter() - start


def changed(alone: Sequence[Answer], together: Sequence[Answer]) -> int:
    """Return how many answers are not those of their request: by bytes, else by their text."""
    found = 0
    for number, (status, body, _) in enumerate(together):
        if status != httpx.codes.OK:
            continue
        if number < len(alone):
            found += body != alone[number][1]
        else:
            found += json.loads(body)["articles"][0]["text"] != text(number)
    return found


def windows(client: httpx.Client) -> tuple[float, float]:
    """Return how many windows there have been, and how many stories in them."""
    lines = dict(
        line.rsplit(" ", 1)
        for line in client.get("/metrics").text.splitlines()
        if not line.startswith("#")
    )
    name = "summarizer_window_stories"
    return float(lines[f"{name}_count"]), float(lines[f"{name}_sum"])


def processor() -> str:
    """Return the name of the processor, as far as the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--requests", type=int, default=256)
    parser.add_argument("--bundled", action="store_true", help="with the bundled models")
    options = parser.parse_args()
    port = free_port()
    bundled = ["-m", "summarizer", "serve", "--no-cache", "-q", "--port", str(port)]
    words = [sys.executable, *bundled] if options.bundled else command(port)
    with running(words, port) as address:
        figures = put(address, clients=options.clients, requests=options.requests)
    sys.stdout.write(json.dumps(asdict(figures), indent=2) + "\n")


if __name__ == "__main__":
    main()
