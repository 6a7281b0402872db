from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.sites import Net

# A busy machine is no failure: laws are timed nowhere but in the benchmarks.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def cache_dir(tmp_path_factory) -> Iterator[Path]:
    """A cache of the tests' own, for this process and those it starts."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZER_CACHE", str(folder))
        yield folder


@pytest.fixture
def net(monkeypatch) -> Iterator[Net]:
    """Sites of the test's own, in the place of the network."""
    net = Net()
    monkeypatch.setattr(socket, "create_connection", net.connect)
    yield net
    net.close()


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of public data sets, for tests that need more than this checkout holds."""
    named = os.environ.get("SUMMARIZER_DATA")
    if not named or not Path(named).is_dir():
        pytest.skip("no data folder; set SUMMARIZER_DATA, see 'Data' in the README")
    return Path(named)


@pytest.fixture
def logging_as_before():
    """Put back what a command line does to the package's logger."""
    logger = logging.getLogger("summarizer")
    handlers, level = logger.handlers, logger.level
    yield
    logger.handlers = handlers
    logger.setLevel(level)
