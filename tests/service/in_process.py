"""The service without a socket, and writers that wait or break."""

from __future__ import annotations

import json
import threading

from starlette.testclient import TestClient

from summarizer import Summarizer
from summarizer.service import create_app
from summarizer.testing import FirstClaimWriter, HashEncoder

KEY = "tide-and-time"
LINES = {"Content-Type": "application/x-ndjson"}


class Gate(FirstClaimWriter):
    """A writer that waits until it is let go, and counts its calls."""

    def __init__(self):
        self.open = threading.Event()
        self.open.set()
        self.entered = threading.Event()
        self.calls = 0

    def write(self, requests, /):
        self.calls += 1
        self.entered.set()
        assert self.open.wait(30)
        return super().write(requests)


class Picky(FirstClaimWriter):
    """A writer that breaks on article thirteen."""

    def write(self, requests, /):
        if any("13 letters" in text for request in requests for text in request.texts):
            raise RuntimeError("thirteen")
        return super().write(requests)


def served(summarizer=None, *, limits=None, access=None):
    app = create_app(
        summarizer or Summarizer(HashEncoder(), FirstClaimWriter()), limits=limits, access=access
    )
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def error_of(response):
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"type", "message"}
    return body["error"]["type"], body["error"]["message"]


def batch(client, lines):
    found = client.post("/v1/batch", content="\n".join(lines), headers=LINES)
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in found.text.splitlines()]
