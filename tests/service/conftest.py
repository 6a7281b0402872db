from __future__ import annotations

import pytest

from summarizer import Summarizer
from summarizer.testing import FirstClaimWriter, HashEncoder


@pytest.fixture(scope="module")
def summarizer():
    return Summarizer(HashEncoder(), FirstClaimWriter())


@pytest.fixture(scope="module")
def client(summarizer):
    """A client of a service that takes no large body."""
    from summarizer.service import Limits
    from tests.service.in_process import served

    with served(summarizer, limits=Limits(max_bytes=100_000)) as client:
        yield client
