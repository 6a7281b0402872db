"""What summaries are made of: which viewpoints it is learnt from, and that it is learnt."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from summarizer.models import load_encoder
from summarizer.models.network import HEADS, RelationNetwork
from summarizer.protocols import SalienceEncoder
from summarizer.training.folders import SCORES
from summarizer.training.leakage import Blocked
from summarizer.training.relation.export import refit_salience
from summarizer.training.relation.salience import (
    Told,
    fit_salience,
    load_told,
    measure_salience,
    overlap,
    told,
)
from summarizer.weights import digest
from tests import tiny_models

WORDS = ("dam", "wall", "town", "river", "safe", "dear", "old", "dry", "the", "is", "and", ".")
TOLD = "safe"
"""The word that every summary here is about."""


def texts(n: int, *, seed: int = 0) -> tuple[str, ...]:
    rng = np.random.default_rng(seed)
    return tuple(" ".join(rng.choice(WORDS, 6)) for _ in range(n))


def viewpoint(seed: int) -> Told:
    own = texts(8, seed=seed)
    return Told(
        texts=own, plain=(0.0,) * 8, overlap=tuple(float(TOLD in text.split()) for text in own)
    )


def row(number: int) -> dict[str, object]:
    rest = ["They found it dry.", "It is old.", "The river is low.", "Nobody has asked the town."]
    others = ["It costs too much.", "The road is gone.", "The owners are poor."]
    sides = [
        [f"Engineers of dam {number} say that the wall is safe.", *rest],
        [f"Owners of dam {number} say that the wall is dear.", "They want it sold.", *others],
    ]
    return {
        "title": f"Is dam {number} worth it?",
        "question": "Should the town keep it?",
        "text": "\n\n".join(" ".join(side) for side in sides),
        "viewpoints": [
            {"label": "It is", "summary": "The wall is safe.", "sentences": sides[0]},
            {"label": "It is not", "summary": "The wall is dear.", "sentences": sides[1]},
        ],
        "background": [],
        "boilerplate": [],
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    base = tiny_models.encoder(tmp_path / "base", words=WORDS)
    return tiny_models.relation(tmp_path / "relation", base)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data/newsroom-train/newsroom-train.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(json.dumps(row(number)) for number in range(21)))
    return tmp_path / "data"


def test_overlap_is_rouge_1() -> None:
    assert overlap("The wall is safe.", "the walls were safe") == pytest.approx(3 / 4)
    assert overlap("one two", "one three four") == pytest.approx(2 / 5)
    assert overlap("", "") == 0


def test_claims_of_a_viewpoint_come_with_their_share_of_its_summary() -> None:
    one, other = told(row(3), Blocked(()))
    assert one.texts[:2] == ("Engineers of dam 3 say that the wall is safe.", "They found it dry.")
    assert one.overlap[0] > one.overlap[1]
    assert len(one.plain) == len(other.plain) == len(one.texts) == 5


@pytest.mark.parametrize("text", ["Is dam 3 worth it?", "The wall is dear.", "They want it sold."])
def test_an_article_that_a_benchmark_tests_on_tells_nothing(text: str) -> None:
    assert list(told(row(3), Blocked([text]))) == []


def test_held_out_articles_are_not_fitted_on(data: Path) -> None:
    training, held_out = load_told(data, Blocked(()))
    assert (len(training), len(held_out)) == (18 * 2, 3 * 2)
    fitted = {text for one in training for text in one.texts if "dam" in text}
    assert not fitted & {text for one in held_out for text in one.texts}


def test_what_summaries_hold_is_learnt_and_carries_over(folder: Path) -> None:
    network = RelationNetwork.load(folder)
    others = [viewpoint(seed) for seed in range(100, 140)]
    assert not network.salience.any()
    fit_salience(network, [viewpoint(seed) for seed in range(60)])
    assert measure_salience(network, others)["salience"] > 0.6


def test_nothing_is_unlearnt_where_nothing_is_told(folder: Path) -> None:
    network = RelationNetwork.load(folder)
    network.salience.fill_(0.5)
    fit_salience(network, [])
    assert (network.salience == 0.5).all()
    assert measure_salience(network, []) == {}


def test_a_refit_changes_salience_alone_and_the_folder_agrees_with_itself(
    folder: Path, data: Path
) -> None:
    (folder / SCORES).write_text('{"stance_f1": 0.5}')
    (folder / "README.md").write_text("| stance (favours, opposes), macro-F1 | 0.500 |\nEnd.\n")
    weights = (folder / "model.safetensors").read_bytes()
    before, was = RelationNetwork.load(folder).state_dict(), digest(folder)
    scores = refit_salience(folder, data)
    after = RelationNetwork.load(folder).state_dict()
    assert [name for name in before if not torch.equal(before[name], after[name])] == ["salience"]
    assert (folder / "model.safetensors").read_bytes() == weights
    assert digest(folder) != was  # as it says of itself, else ModelError
    assert json.loads((folder / SCORES).read_text()) == scores
    assert scores["stance_f1"] == 0.5
    assert f"| {scores['salience']:.3f} |\nEnd." in (folder / "README.md").read_text()


def test_weights_without_salience_are_read_as_before(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    heads = load_file(folder / HEADS)
    del heads["salience"]
    save_file(heads, folder / HEADS)
    encoder = load_encoder(folder)
    assert isinstance(encoder, SalienceEncoder)
    assert not encoder.salience(encoder.encode(texts(3))).any()


def test_salience_is_of_a_text_whatever_stands_beside_it(folder: Path) -> None:
    network = RelationNetwork.load(folder)
    fit_salience(network, [viewpoint(seed) for seed in range(20)])
    network.save(folder)
    encoder, own = load_encoder(folder), texts(12)
    assert isinstance(encoder, SalienceEncoder)
    together = encoder.salience(encoder.encode(own))
    assert together.shape == (12,)
    assert together.any()
    alone = [encoder.salience(load_encoder(folder).encode([text]))[0] for text in own[:3]]
    assert together[:3].tolist() == alone
    assert encoder.salience(encoder.encode([])).shape == (0,)
