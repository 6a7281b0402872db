"""Help, version and wrong usage."""

from __future__ import annotations

import subprocess
import sys

import pytest

from summarizer import __version__

pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.mark.parametrize("args", [["--help"], ["batch", "--help"], ["fetch", "--help"]])
def test_help_goes_to_stdout_and_names_its_command(call, args):
    result = call(*args)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: {' '.join(['summarizer', *args[:-1]])} [OPTIONS]")


def test_the_help_of_the_main_command_leads_to_the_others(call):
    text = call("--help").out
    assert all(name in text for name in ("summarizer batch", "summarizer fetch", "Exit codes"))


def test_version(call):
    assert call("--version").out == f"summarizer {__version__}\n"


@pytest.mark.parametrize(
    "args", [[], ["--no-such"], ["batch"], ["batch", "a"], ["batch", "a", "b", "--engine", "x"]]
)
def test_wrong_usage_ends_with_2_and_a_hint(call, args):
    result = call(*args)
    assert result.code == 2
    assert result.out == ""
    assert "--help" in result.err


def test_help_loads_no_heavy_module():
    heavy = ["torch", "transformers", "numpy", "trafilatura", "httpx", "jinja2"]
    code = (
        "import atexit, sys; from summarizer.cli.app import main;"
        f"atexit.register(lambda: print([m for m in {heavy} if m in sys.modules]));"
        "main(['--help'])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1] == "[]"


def test_python_dash_m_is_the_same_command():
    args = [sys.executable, "-m", "summarizer", "--version"]
    result = subprocess.run(args, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, f"summarizer {__version__}\n")
