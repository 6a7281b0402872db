"""The service on a socket with models without weights: `python -m tests.served --port 8001`."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import uvicorn

from summarizer import Summarizer
from summarizer.protocols import WriteRequest
from summarizer.service import Limits, create_app
from summarizer.testing import FirstClaimWriter, HashEncoder

ROOT = Path(__file__).parent.parent
TEXT = (
    "The harbour board wants to close the old ferry landing for good. Captains say the new pier "
    "saves a quarter of an hour on every trip. Islanders answer that the old landing is the only "
    "one with a ramp for wheelchairs, and that nobody asked them before the drawings were made. "
    "The board, which votes in May, has counted {n} letters about the plan."
)


class SlowWriter(FirstClaimWriter):
    """Takes its time, as a model does."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def write(self, requests: Sequence[WriteRequest], /) -> list[tuple[str, ...]]:
        time.sleep(self._seconds)
        return super().write(requests)


def text(n: int) -> str:
    """Return the text of article number `n`."""
    return TEXT.format(n=n)


@contextlib.contextmanager
def running(command: Sequence[str], port: int, *, patience_s: float = 120) -> Iterator[str]:
    """Run the `command` of a service, wait until it is ready, yield its address, stop it."""
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, cwd=ROOT) as process:
        try:
            wait_until_ready(address, process, patience_s)
            yield address
        finally:
            process.terminate()
            process.communicate(timeout=60)


def wait_until_ready(address: str, process: subprocess.Popen[bytes], patience_s: float) -> None:
    """Return when the service at `address` takes work."""
    deadline = time.monotonic() + patience_s
    while True:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{address}/readyz").status_code == httpx.codes.OK:
                return
        if process.poll() is not None or time.monotonic() > deadline:
            said = process.stderr.read().decode() if process.stderr else ""
            raise RuntimeError(f"the service did not start: {said}")
        time.sleep(0.1)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--slow", type=float, default=0.0, help="seconds for a window")
    parser.add_argument("--requests", type=int, default=Limits().requests)
    parser.add_argument("--time", type=float, default=Limits().timeout_s)
    options = parser.parse_args()
    limits = Limits(requests=options.requests, timeout_s=options.time)
    summarizer = Summarizer(HashEncoder(), SlowWriter(options.slow))
    app = create_app(summarizer, limits=limits)
    uvicorn.run(app, port=options.port, server_header=False, log_level="warning")


def command(port: int, *words: str) -> list[str]:
    """Return the command of this module with the options `words`."""
    return [sys.executable, "-m", "tests.served", "--port", str(port), *words]


if __name__ == "__main__":
    main()
