"""Fine-tuning on a user's own rows: what is read, what is refused, what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from summarizer import training
from summarizer.errors import DataError, ModelError
from summarizer.models.network import RelationNetwork
from summarizer.protocols import BACKGROUND, VIEWPOINT
from summarizer.training.folders import SCORES
from summarizer.training.relation.calibrate import calibrate
from summarizer.training.relation.corpus import Corpus
from summarizer.training.relation.export import final_scores
from summarizer.training.relation.measure import measure_stance
from summarizer.training.relation.model import Shape, build_relation
from summarizer.training.relation.own import load_own
from summarizer.training.relation.recipe import Recipe
from summarizer.training.relation.stories import OPPOSES
from summarizer.training.relation.train import fine_tune
from summarizer.training.verify import verify_relation
from tests import tiny_models


def article(number: int) -> dict[str, object]:
    yes = [f"Mayor Ida Holm said ferry {number} will run in winter.", "She called it safe."]
    no = [f"Residents say ferry {number} will not run.", "They called it unsafe."]
    background = "The harbour was built in 1998."
    return {
        "title": f"Will ferry {number} run?",
        "text": "\n\n".join([" ".join(yes), " ".join(no), background]),
        "viewpoints": [
            {"label": "It runs", "summary": "It will run.", "sentences": yes},
            {"label": "It does not", "summary": "It will not run.", "sentences": no},
        ],
        "background": [background],
    }


def pair(number: int) -> dict[str, str]:
    good = number % 2 == 0
    text = f"bridge {number} is {'safe' if good else 'unsafe'}"
    return {
        "statement": "The bridge is safe",
        "text": text,
        "stance": "favours" if good else "opposes",
    }


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    lines = [*(article(i) for i in range(12)), *(pair(i) for i in range(40))]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


@pytest.fixture
def start(tmp_path: Path, rows: Path) -> Path:
    """A weights folder with a tiny untrained encoder."""
    folder = tmp_path / "base"
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    words = sorted(set(rows.read_text().lower().replace('"', " ").split()))
    pieces = [*letters, *(f"##{c}" for c in letters), *"0123456789.?", *words]
    tiny_models.encoder(folder, words=dict.fromkeys(pieces), layers=3)
    weights = tmp_path / "start"
    network = build_relation(folder, Shape(layers=2, vocabulary=90), texts=["the ferry is safe"])
    network.save(weights)
    return weights


def test_a_smaller_network_reads_with_fewer_layers_and_pieces(start: Path) -> None:
    network = RelationNetwork.load(start)
    assert network.encoder.config.num_hidden_layers == 2
    assert len(network.tokenizer) == network.encoder.config.vocab_size <= 90
    assert "ferry" in network.tokenizer.get_vocab()


def test_rows_of_both_kinds_become_a_corpus(rows: Path) -> None:
    corpus = load_own(rows)
    assert (len(corpus.held_out), len(corpus.training)) == (2, 11)
    assert len(corpus.stance_dev) == 4
    trained = {text for story in corpus.training for text in story.sentences}
    assert not any(text in trained for _, text, _ in corpus.stance_dev)


def test_points_of_held_out_articles_are_not_trained_on(tmp_path: Path) -> None:
    articles = [article(i) for i in range(12)]
    for number, row in enumerate(articles):
        viewpoint = row["viewpoints"][0]  # type: ignore[index]
        viewpoint["points"] = [{"label": f"point {number}", "sentences": viewpoint["sentences"]}]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in articles))
    labels = {group[0] for debate in load_own(path).points for group in debate}
    assert labels == {f"point {number}" for number in range(12) if number % 10}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"statement": "s", "text": "t", "stance": "maybe"}, "neither article nor stance pair"),
        ({"text": "t"}, "statement"),
        ({"viewpoints": []}, "text"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, line: dict[str, object], reason: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(pair(0)) + "\n" + json.dumps(line))
    with pytest.raises(DataError, match=f"rows.jsonl:2.*{reason}"):
        load_own(path)


def test_the_rows_in_the_documentation_are_read(tmp_path: Path) -> None:
    page = Path(training.__file__).with_name("README.md").read_text()
    shown = page[
        page.index('    {"title"') : page.index("    python -m summarizer.training fine-tune")
    ]
    blocks = [block for block in shown.split("\n\n") if block.lstrip().startswith("{")]
    rows = [json.loads(block) for block in blocks]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in (rows[0], *rows * 2)))
    corpus = load_own(path)
    (story,) = corpus.held_out
    assert story.types == (VIEWPOINT, VIEWPOINT, BACKGROUND)
    assert story.sides == (0, 1, -1)
    assert corpus.stance_dev == (("The bridge is safe", "Engineers found cracks.", OPPOSES),)


def test_too_few_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(pair(0)))
    with pytest.raises(DataError, match="two articles or two stance pairs"):
        load_own(path)


def test_fine_tuning_writes_weights_that_verify(rows: Path, start: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    recipe = Recipe(time_budget_s=2.0, tokens=200, encoder_rate=2e-3, heads_rate=2e-3)
    fine_tune(rows, out, recipe, start=start)
    card = (out / "README.md").read_text()
    assert "the user's own" in card
    assert "frozen_layers" in card
    said = json.loads((out / SCORES).read_text())
    corpus = load_own(rows)
    found = final_scores(RelationNetwork.load(out), corpus.held_out, corpus.stance_dev, ())
    assert found == pytest.approx(said, abs=1e-6)
    report = json.loads((tmp_path / "out.run/report.json").read_text())
    assert report["corpus"]["rows"]["own"] == 36
    assert (out / "SHA256SUMS").is_file()


def test_resuming_without_a_checkpoint_is_refused(rows: Path, start: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="start without --resume"):
        fine_tune(rows, tmp_path / "out", Recipe(time_budget_s=1.0), start=start, resume=True)
    assert not (tmp_path / "out").exists()


def test_a_temperature_moves_confidence_but_no_decision(rows: Path, start: Path) -> None:
    network = RelationNetwork.load(start)
    corpus = load_own(rows)
    before = measure_stance(network, corpus.stance_dev)
    with torch.no_grad():
        network.stance_head.weight.mul_(40)
        network.side_out.weight.mul_(40)
    loud = measure_stance(network, corpus.stance_dev)
    calibrate(network, corpus.held_out, corpus.stance_dev)
    assert network.config.side_scale > 1.5
    assert network.config.stance_scale > 1.5
    assert measure_stance(network, corpus.stance_dev) == loud
    assert before.keys() == loud.keys()


def test_weights_that_do_not_say_what_they_score_cannot_be_verified(
    start: Path, monkeypatch: pytest.MonkeyPatch, rows: Path
) -> None:
    own: Corpus = load_own(rows)
    monkeypatch.setattr("summarizer.training.verify.load_held_out", lambda data: own.held_out)
    monkeypatch.setattr("summarizer.training.verify.load_stance_dev", lambda data: own.stance_dev)
    monkeypatch.setattr("summarizer.training.verify.load_told_held_out", lambda *_: ())
    with pytest.raises(DataError, match=r"scores\.json"):
        verify_relation(start, rows)
