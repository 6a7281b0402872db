from __future__ import annotations

import pytest

from summarizer.cache import Cache


@pytest.fixture
def cache(tmp_path):
    with Cache.open(tmp_path / "cache") as cache:
        yield cache
