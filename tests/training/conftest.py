from __future__ import annotations

import json

import pytest
import torch

from tests import tiny_models
from tests.training.writer_data import SENTENCES, newsroom_row, write


@pytest.fixture
def data(tmp_path):
    """A data folder of invented rows with the layout of the real one."""
    folder = tmp_path / "data"
    rows = "\n".join(json.dumps(newsroom_row(number)) for number in range(60))
    write(folder / "newsroom-train/newsroom-train.jsonl", rows)
    told = "On Tuesday the council voted to close the bridge, which is old, without a debate."
    text = "\n\n".join([*SENTENCES, told, *SENTENCES]) + "\n\nSUBSCRIBE NOW\n\nRead more"
    pd = pytest.importorskip("pandas", reason="training needs the extra `train`")
    table = pd.DataFrame(
        {
            "title": [
                f"Marlow council votes to close old bridge {n} - The Herald" for n in range(300)
            ],
            "text": [text] * 300,
            "in_neus_test": [False] * 290 + [True] * 10,
        }
    )
    (folder / "articles").mkdir()
    table.to_parquet(folder / "articles/articles.parquet")
    return folder


@pytest.fixture
def base(tmp_path):
    """A BERT-shaped encoder with random weights and a tokenizer of its own."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = [c for letter in letters for c in (letter, f"##{letter}")]
    pieces += sorted(
        {word.strip(".").lower() for text in SENTENCES for word in text.split()} - set(pieces)
    )
    pieces += [".", ",", ":", "?", "summary", "[unused1]", "東"]
    return tiny_models.encoder(tmp_path / "base", words=pieces, layers=2)


@pytest.fixture(autouse=True)
def _restored_generators():
    """Training draws from global generators; leave them as they were."""
    state = torch.get_rng_state()
    yield
    torch.set_rng_state(state)
