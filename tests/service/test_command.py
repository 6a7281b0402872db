"""The command `summarizer serve` before it answers anybody."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from summarizer import Summarizer
from summarizer.cli import app as cli
from summarizer.errors import FetchError, SummarizerError
from summarizer.service import warm_up
from summarizer.service.errors import status_of
from summarizer.testing import HashEncoder
from tests.service.in_process import Gate


def test_every_error_of_the_package_has_a_status_of_its_own_kind():
    assert status_of(FetchError("x")) == 502
    assert status_of(SummarizerError("x")) == 500


def test_warming_up_asks_the_models():
    gate = Gate()
    warm_up(Summarizer(HashEncoder(), gate))
    assert gate.calls > 0


@pytest.mark.usefixtures("logging_as_before")
def test_without_the_extra_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(SystemExit) as stop:
        cli.main(["serve"])
    assert stop.value.code == 1
    assert "[serve]" in capsys.readouterr().err
