"""What the service refuses: bodies too large, requests too many, stories too slow."""

from __future__ import annotations

import json
import threading

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from summarizer import Summarizer
from summarizer.service import Limits
from summarizer.testing import HashEncoder
from tests.served import text
from tests.service.in_process import Gate, batch, error_of, served


@pytest.mark.parametrize("path", ["/v1/analyze", "/v1/batch", "/report"])
def test_a_large_body_is_refused_however_it_comes(client, path):
    form = {
        "/v1/analyze": "application/json",
        "/v1/batch": "application/x-ndjson",
        "/report": "application/x-www-form-urlencoded",
    }
    headers = {"Content-Type": form[path]}
    parts = (b"x" * 10_000 for _ in range(11))
    for content in (b"x" * 100_001, parts):
        found = client.post(path, content=content, headers=headers)
        assert found.status_code == 413
        if path != "/report":
            assert error_of(found)[0] == "BodyTooLargeError"


@pytest.mark.parametrize("path", ["/v1/analyze", "/v1/batch", "/report"])
def test_another_media_type_is_refused(client, path):
    found = client.post(path, content=b"{}", headers={"Content-Type": "text/plain"})
    assert found.status_code == 415
    assert error_of(found)[0] == "MediaTypeError"


def test_too_many_at_once_are_told_when_to_come_back():
    gate = Gate()
    gate.open.clear()
    limits = Limits(requests=2)
    with served(Summarizer(HashEncoder(), gate), limits=limits) as client:
        answers = []
        threads = [
            threading.Thread(
                target=lambda n=n: answers.append(
                    client.post("/v1/analyze", json={"text": text(n)})
                )
            )
            for n in range(2)
        ]
        for thread in threads:
            thread.start()
        assert gate.entered.wait(30)
        while "summarizer_requests_running 2.0" not in client.get("/metrics").text:
            pass
        refused = client.post("/v1/analyze", json={"text": text(9)})
        unready = client.get("/readyz")
        alive = client.get("/healthz")
        gate.open.set()
        for thread in threads:
            thread.join()
        again = client.post("/v1/analyze", json={"text": text(9)})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert error_of(refused)[0] == "BusyError"
    assert unready.status_code == 503
    assert alive.status_code == again.status_code == 200
    assert [answer.status_code for answer in answers] == [200, 200]


def test_what_is_not_done_in_time_is_given_up():
    gate = Gate()
    gate.open.clear()
    limits = Limits(timeout_s=0.3)
    with served(Summarizer(HashEncoder(), gate), limits=limits) as client:
        found = client.post("/v1/analyze", json={"text": text(1)})
        [row] = batch(client, [json.dumps({"id": 1, "text": text(1)})])
        gate.open.set()
        while client.post("/v1/analyze", json={"text": text(2)}).status_code == 504:
            pass  # the models are still at what was given up
        assert "summarizer_requests_running 0.0" in client.get("/metrics").text
    assert found.status_code == 504
    assert error_of(found)[0] == row["error"]["type"] == "DeadlineError"
