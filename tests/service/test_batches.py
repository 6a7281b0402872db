"""Batches over HTTP: the lines that the command writes, a fault only in its own line."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from summarizer import Summarizer
from summarizer.batch import batch as run_batch
from summarizer.batch import survey
from summarizer.testing import HashEncoder
from tests.served import text
from tests.service.in_process import LINES, Picky, batch, served


def test_a_batch_gives_what_the_command_gives(client, summarizer, tmp_path):
    lines = [
        json.dumps({"id": "a", "text": text(1)}),
        "garbage",
        "",
        json.dumps({"id": 2, "text": "too short"}),
        json.dumps({"text": text(3)}),
        json.dumps({"id": True, "text": text(3)}),
        json.dumps({"id": 4, "url": "file:///etc/passwd"}),
        *(json.dumps({"id": f"b{n}", "text": text(n)}) for n in range(20)),
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run_batch(summarizer, survey(source, target))
    expected = target.read_text(encoding="utf-8")
    found = client.post("/v1/batch", content="\n".join(lines), headers=LINES)
    assert found.text == expected


def test_a_fault_in_a_batch_is_that_lines_error(caplog):
    lines = [json.dumps({"id": n, "text": text(n)}) for n in (12, 13, 14)]
    with served(Summarizer(HashEncoder(), Picky())) as client:
        found = batch(client, lines)
    assert [row["id"] for row in found] == [12, 13, 14]
    assert [next(iter(row.keys() - {"id"})) for row in found] == ["analysis", "error", "analysis"]
    assert found[1]["error"]["type"] == "InternalError"
    assert "thirteen" not in found[1]["error"]["message"]
    assert "thirteen" in caplog.text


def test_an_empty_batch_has_no_answers(client):
    assert batch(client, [""]) == []
