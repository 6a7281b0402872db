from __future__ import annotations

import pytest

from tests.eval.reporting import SYSTEMS, run_quietly


@pytest.fixture(scope="session")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ran")
    run_quietly(["gate", "gate-sides"], SYSTEMS, folder)
    return folder / "results.json"
