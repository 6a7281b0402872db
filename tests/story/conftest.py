from __future__ import annotations

import pytest

from summarizer import Summarizer
from summarizer.testing import FirstClaimWriter
from tests.harbour import Counting


@pytest.fixture
def summarizer():
    return Summarizer(Counting(), FirstClaimWriter())
