"""The service on real sockets: clients that hang up or dawdle, a stop while it works, a load."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("uvicorn", reason="needs the extra serve")

from tests.served import ROOT, command, free_port, running, text, wait_until_ready
from tests.steady.load import put


@pytest.fixture(scope="module")
def slow():
    """The address of a service whose windows take a third of a second."""
    port = free_port()
    with running(command(port, "--slow", "0.1", "--requests", "6"), port) as address:
        yield address


def metric(address, name):
    for line in httpx.get(f"{address}/metrics").text.splitlines():
        if line.startswith(name):
            return float(line.rsplit(" ", 1)[1])
    return 0.0


def until(condition, patience_s=20):
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def request_of(path, body, media_type="application/json", *, size=None):
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(body) if size is None else size}\r\n\r\n"
    )
    return head.encode() + body


def connected(address):
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def test_clients_that_hang_up_leave_nothing_behind(slow):
    analyze = request_of("/v1/analyze", json.dumps({"text": text(1)}).encode())
    lines = "\n".join(json.dumps({"id": n, "text": text(n)}) for n in range(40)).encode()
    batch = request_of("/v1/batch", lines, "application/x-ndjson")
    for _ in range(4):
        for sent in (analyze, batch, analyze[:-20], request_of("/v1/batch", b"{", size=10_000)):
            with connected(slow) as client:
                client.sendall(sent)
                time.sleep(0.05)
    with connected(slow) as client:  # reads the first answers, then no more
        client.sendall(batch)
        client.recv(200)
    until(lambda: metric(slow, "summarizer_requests_running") == 0)
    until(lambda: metric(slow, "summarizer_stories_waiting") == 0)
    assert metric(slow, 'summarizer_requests_total{route="/v1/analyze",status="500"}') == 0
    answer = httpx.post(f"{slow}/v1/analyze", json={"text": text(2)}, timeout=30)
    assert answer.status_code == 200


def test_a_client_that_dawdles_holds_up_nobody(slow):
    body = json.dumps({"text": text(1)}).encode()
    with connected(slow) as dawdler:
        dawdler.sendall(request_of("/v1/analyze", body)[:-10])
        start = time.monotonic()
        found = httpx.post(f"{slow}/v1/analyze", json={"text": text(3)}, timeout=60)
        assert found.status_code == 200
        assert time.monotonic() - start < 20
        dawdler.sendall(body[-10:])
        assert dawdler.recv(100).startswith(b"HTTP/1.1 200")


def test_a_body_that_does_not_come_frees_its_place():
    port = free_port()
    with running(command(port, "--time", "0.5", "--requests", "1"), port) as address:
        with connected(address) as dawdler:
            dawdler.sendall(request_of("/v1/analyze", b"{", size=10_000))
            assert dawdler.recv(100).startswith(b"HTTP/1.1 408")
        assert httpx.get(f"{address}/readyz").status_code == 200


def test_answers_of_a_batch_come_as_they_are_ready(slow):
    lines = "\n".join(json.dumps({"id": n, "text": text(n)}) for n in range(40))
    headers = {"Content-Type": "application/x-ndjson"}
    with httpx.stream(
        "POST", f"{slow}/v1/batch", content=lines, headers=headers, timeout=60
    ) as answer:
        came = [(json.loads(line)["id"], time.monotonic()) for line in answer.iter_lines()]
    assert [number for number, _ in came] == list(range(40))
    assert came[-1][1] - came[0][1] > 0.1  # 40 stories are more windows than one


def test_more_than_are_taken_are_turned_away_and_none_is_lost(slow):
    figures = put(slow, clients=10, requests=40)
    assert figures.answered + figures.refused == 40
    assert figures.answered >= 6
    assert figures.changed == 0
    assert figures.windows < figures.answered


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_a_stop_finishes_what_runs_and_takes_nothing_new():
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    answers = []

    def ask(number):
        answers.append(httpx.post(f"{address}/v1/analyze", json={"text": text(number)}, timeout=60))

    with subprocess.Popen(
        command(port, "--slow", "0.4"),
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    ) as process:
        wait_until_ready(address, process, 120)
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
        for thread in threads:
            thread.start()
        until(lambda: metric(address, "summarizer_requests_running") == 5)
        process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{address}/healthz")
        _, said = process.communicate(timeout=30)
    assert [answer.status_code for answer in answers] == [200] * 5
    assert b"Traceback" not in said
    assert process.returncode in (0, -signal.SIGTERM)


def test_the_command_serves_and_stops(tmp_path):
    port = free_port()
    script = (
        "import sys; from summarizer import Summarizer;"
        "from summarizer.cli import app as cli, serve;"
        "from summarizer.testing import *;"
        "serve.load = lambda *a, **k: Summarizer(HashEncoder(), FirstClaimWriter());"
        "cli.main(sys.argv[1:])"
    )
    key = tmp_path / "key"
    key.write_text("tide-and-time\n")
    words = ["serve", "--port", str(port), "--api-key-file", str(key), "--no-cache", "-q"]
    with running([sys.executable, "-c", script, *words], port) as address:
        refused = httpx.post(f"{address}/v1/analyze", json={"text": text(1)}, timeout=60)
        given = httpx.post(
            f"{address}/v1/analyze",
            json={"text": text(1)},
            headers={"Authorization": "Bearer tide-and-time"},
            timeout=60,
        )
    assert refused.status_code == 401
    assert given.status_code == 200
