from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.protocols import Encoder, Writer, WriteRequest
from summarizer.testing import FirstClaimWriter, HashEncoder

TEXTS = ["The bridge opens in May.", "the BRIDGE opens, in may", "Cats sleep all day."]


@given(st.lists(st.text(max_size=30), max_size=5))
def test_vectors_are_unit_rows_whatever_the_text(texts):
    vectors = HashEncoder().encode(texts)
    assert vectors.shape == (len(texts), 512)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_a_text_has_one_vector_whatever_its_batch(texts):
    encoder = HashEncoder(64)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.array_equal(encoder.encode(texts), alone)


def test_words_count_and_case_and_punctuation_do_not():
    same, again, other = HashEncoder().encode(TEXTS)
    assert np.allclose(same, again)
    assert same @ other < 0.5


def test_vectors_are_the_same_in_another_process():
    code = (
        "from summarizer.testing import HashEncoder; import sys;"
        f"sys.stdout.write(HashEncoder().encode({TEXTS!r}).tobytes().hex())"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert bytes.fromhex(done.stdout.decode()) == HashEncoder().encode(TEXTS).tobytes()


def test_width_shows_in_the_digest_and_must_make_sense():
    assert HashEncoder(8).digest != HashEncoder(9).digest
    with pytest.raises(ValueError, match="width"):
        HashEncoder(1)


def test_the_first_text_is_the_one_candidate():
    requests = [
        WriteRequest(task="summary", texts=("a", "b")),
        WriteRequest(task="summary", texts=()),
    ]
    assert FirstClaimWriter().write(requests) == [("a",), ()]


def test_the_fakes_are_what_the_stages_ask_for():
    assert isinstance(HashEncoder(), Encoder)
    assert isinstance(FirstClaimWriter(), Writer)
