"""Runs to make reports of, without a model."""

from __future__ import annotations

import json

from rich.console import Console

from eval.session import Options, run_all

QUIET = Console(quiet=True)
SYSTEMS = ["lead", "oracle", "fakes"]


def run_quietly(suites, systems, out, **options):
    return run_all(suites, systems, Options(data=None, out=out, **options), console=QUIET)


def altered(ran, folder, change):
    """Return a copy of a results.json under `change`, which gets the content."""
    content = json.loads(ran.read_text(encoding="utf-8"))
    change(content)
    file = folder / "results.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file
