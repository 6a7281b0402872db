"""Training of the relation encoder: what it may see, what it is told, and that it learns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from summarizer.errors import DataError
from summarizer.models.network import RelationNetwork
from summarizer.protocols import BACKGROUND, FURNITURE, VIEWPOINT, Passage
from summarizer.training import averaging
from summarizer.training.files import read_jsonl
from summarizer.training.leakage import load_blocked
from summarizer.training.relation import corpus, debates, heads
from summarizer.training.relation.corpus import load_corpus
from summarizer.training.relation.draws import batches, draw
from summarizer.training.relation.heads import HeadsRecipe, train_heads
from summarizer.training.relation.losses import story_losses
from summarizer.training.relation.model import set_dropout
from summarizer.training.relation.news import HELD_OUT, newsroom_story
from summarizer.training.relation.points import article_points, same_point_pairs
from summarizer.training.relation.stories import FAVOURS, OPPOSES, UNKNOWN, Story
from tests import tiny_models

ROW = {
    "title": "Will the ferry run in winter?",
    "question": "Will the ferry run in winter?",
    "text": (
        "Captain Ida Holm said the ferry will run in winter.\n\n"
        "Residents of the island say it will not run before spring.\n\n"
        "The ferry was built in 1998.\n\nSubscribe to our newsletter."
    ),
    "viewpoints": [
        {
            "label": "Ferry will run",
            "summary": "The captain expects the ferry to run.",
            "sentences": ["Captain Ida Holm said the ferry will run in winter."],
        },
        {
            "label": "No ferry",
            "summary": "Residents expect no ferry before spring.",
            "sentences": ["Residents of the island say it will not run before spring."],
        },
    ],
    "background": ["The ferry was built in 1998."],
    "boilerplate": ["Subscribe to our newsletter."],
}


def debate(source: str = "ibm30k") -> Story:
    texts = [f"the ferry is {'good' if i % 2 else 'bad'} for reason {i}" for i in range(12)]
    stances = tuple(FAVOURS if i % 2 else OPPOSES for i in range(12))
    return Story(
        source=source,
        sentences=tuple(texts),
        sides=stances,
        types=(UNKNOWN,) * 12,
        statements=(("the ferry is good", stances),),
    )


@pytest.fixture
def network(tmp_path_factory: pytest.TempPathFactory) -> RelationNetwork:
    words = sorted({w.lower().strip(".?,") for w in ROW["text"].split()} | {"good", "bad"})
    return RelationNetwork.start(tiny_models.encoder(tmp_path_factory.mktemp("base"), words=words))


def test_a_labelled_article_becomes_a_story() -> None:
    story = newsroom_story(ROW)
    assert story.types == (VIEWPOINT, VIEWPOINT, BACKGROUND, FURNITURE)
    assert story.sides == (0, 1, UNKNOWN, UNKNOWN)
    assert story.paragraphs == (0, 1, 2, 3)
    assert story.holders[0] >= 0 > story.holders[2]
    stances = dict(story.statements)
    assert stances["No ferry"][:3] == (OPPOSES, FAVOURS, 2)


def test_a_draw_keeps_labels_with_their_sentences() -> None:
    story = debate()
    rng = np.random.default_rng(0)
    prefixes = set()
    for _ in range(60):
        one = draw(story, rng)
        prefixes.add(one.passage.prefix)
        for sentence, side in zip(one.passage.sentences, one.sides, strict=True):
            assert side == (FAVOURS if "good" in sentence else OPPOSES)
        if one.passage.prefix == "the ferry is good":
            assert one.stances == one.sides
    assert {"", "the ferry is good"} < prefixes


def test_a_text_of_a_list_can_be_the_statement() -> None:
    story = debate()
    rng = np.random.default_rng(0)
    seen = 0
    for one in (draw(story, rng) for _ in range(80)):
        if one.passage.prefix in story.sentences:
            seen += 1
            good = "good" in one.passage.prefix
            assert one.passage.prefix not in one.passage.sentences
            assert one.stances == tuple(
                FAVOURS if ("good" in text) == good else OPPOSES for text in one.passage.sentences
            )
    assert seen > 5


def test_the_claims_of_an_article_are_drawn_as_a_list_too() -> None:
    texts = [f"Analyst {i} said the ferry will {'run' if i % 2 else 'stop'}." for i in range(6)]
    row = {**ROW, "text": "\n\n".join([*texts, "The ferry was built in 1998."])}
    row["viewpoints"] = [
        {"label": "Run", "summary": "It runs.", "sentences": texts[1::2]},
        {"label": "Stop", "summary": "It stops.", "sentences": texts[::2]},
    ]
    rng = np.random.default_rng(0)
    draws = [draw(newsroom_story(row), rng) for _ in range(80)]
    lists = [one for one in draws if not one.passage.ordered]
    assert 0 < len(lists) < 40
    for one in lists:
        assert set(one.passage.sentences) <= set(texts)
        for text, side in zip(one.passage.sentences, one.sides, strict=True):
            assert side == (0 if "run" in text else 1)


def test_batches_are_of_one_source_and_the_mix_moves_to_news() -> None:
    rng = np.random.default_rng(0)
    pool = [debate(), newsroom_story(ROW)]

    def sources(progress: float) -> list[bool]:
        some = batches(pool, tokens=50, progress=iter([progress] * 60), rng=rng)
        return [
            batch[0].passage.ordered
            for batch in some
            if len({d.passage.ordered for d in batch}) == 1
        ]

    early, late = sources(0.0), sources(1.0)
    assert len(early) == len(late) == 60
    assert sum(early) + 10 < sum(late)


def test_losses_fall_on_what_is_repeated(network: RelationNetwork) -> None:
    rng = np.random.default_rng(0)
    batch = [draw(newsroom_story(ROW), rng), draw(debate(), rng, most=4)]
    optimizer = torch.optim.Adam(network.parameters(), lr=5e-3)
    first = last = 0.0
    for step in range(30):
        losses = story_losses(network, batch)
        total = torch.stack(list(losses.values())).sum()
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
        first, last = (total.item(), total.item()) if step == 0 else (first, total.item())
    assert {"type", "side"} <= set(losses)
    assert last < 0.7 * first


@pytest.mark.parametrize(("best", "changed"), [(0, False), (1, True)])
def test_heads_are_trained_where_it_helps_and_the_encoder_is_not(
    network: RelationNetwork, monkeypatch: pytest.MonkeyPatch, best: int, changed: bool
) -> None:
    before = {k: v.clone() for k, v in network.state_dict().items()}
    scores = iter([{"side_auc": float(number == best), "type_f1": 0.5} for number in range(3)])
    monkeypatch.setattr(heads, "measure_heads", lambda *_: next(scores))
    pool = [newsroom_story(ROW)] * 6
    history = train_heads(network, pool, pool[:1], HeadsRecipe(passes=2, debates=0))
    after = network.state_dict()
    assert [entry["pass"] for entry in history] == [0, 1, 2]  # as it was, then each pass
    different = {k for k in before if not torch.equal(before[k], after[k])}
    assert not any(k.startswith("encoder.") for k in different)
    assert any(k.startswith("side_") for k in different) == changed


@pytest.mark.parametrize(("best", "kept"), [(0.0, 0.0), (0.5, 0.5), (None, 1.0)])
def test_the_best_weights_between_start_and_end_are_kept(
    network: RelationNetwork, best: float | None, kept: float
) -> None:
    start = {name: torch.zeros_like(value) for name, value in network.state_dict().items()}
    end = network.side_out.weight.clone()
    scores = iter([{"side_auc": float(share == best)} for share in (0.0, 0.5, 1.0)])
    history = averaging.average(network, start, lambda: next(scores), shares=(0.0, 0.5, 1.0))
    assert [entry["share"] for entry in history] == [0.0, 0.5, 1.0]
    assert torch.allclose(network.side_out.weight, kept * end)


def test_hidden_states_are_dropped_in_training_only(network: RelationNetwork) -> None:
    set_dropout(network, 0.5)
    windows = network.lay_out(Passage(sentences=("The bridge will open in May.",)))
    with torch.no_grad():
        read, again = (network.eval().vectors(windows, 1) for _ in range(2))
        first, second = (network.train().vectors(windows, 1) for _ in range(2))
    assert torch.equal(read, again)
    assert not torch.equal(first, second)


def test_pairs_that_make_a_point_come_from_one_group() -> None:
    debates = [[("a1", "a2", "a3"), ("b1", "b2")], [("c1", "c2")]]
    left, right = same_point_pairs(debates, np.random.default_rng(0), size=20)
    assert len(left) == len(right) == 20
    assert all(a[0] == b[0] and a != b for a, b in zip(left, right, strict=True))


def test_a_missing_folder_says_which_file_and_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="README"):
        load_corpus(tmp_path)


def test_a_set_of_the_wrong_shape_is_named(tmp_path: Path) -> None:
    path = tmp_path / "iam/stance/train.txt"
    path.parent.mkdir(parents=True)
    path.write_text("only one column\n")

    def load(data: Path) -> Iterator[Story]:
        return debates.iam(data)

    with pytest.raises(DataError, match="expected shape"):
        list(corpus._guarded(load, tmp_path))


@pytest.fixture(scope="module")
def small_corpus(data_dir: Path) -> corpus.Corpus:
    """The corpus less the two sets that take long to read; all go through the same filter."""
    slow = (corpus.newsroom, debates.inference, debates.vast)
    small = tuple(load for load in corpus.LOADERS if load not in slow)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus, "LOADERS", small)
        return load_corpus(data_dir)


def test_no_training_text_stands_in_a_benchmark(
    data_dir: Path, small_corpus: corpus.Corpus
) -> None:
    blocked = load_blocked(data_dir)
    assert len(blocked) > 8000
    for story in small_corpus.training:
        assert not any(text in blocked for text in story.sentences)
        assert not any(text in blocked for text, _ in story.statements)
    report = small_corpus.report
    assert report.dropped["debatewise: title or statement is tested on"] > 0
    assert report.rows["ibm30k"] > 20_000
    assert report.labels["perspectrum: opposes"] > 1_000


def test_points_come_from_training_splits(data_dir: Path, small_corpus: corpus.Corpus) -> None:
    blocked = load_blocked(data_dir)
    groups = [group for story in small_corpus.points for group in story]
    assert len(groups) > 5000
    assert not any(text in blocked for group in groups for text in group)
    assert min(map(len, groups)) > 1


def test_points_of_held_out_articles_are_not_trained_on(
    data_dir: Path, small_corpus: corpus.Corpus
) -> None:
    trained = {text for story in small_corpus.points for group in story for text in group}
    rows = list(read_jsonl(data_dir / "newsroom-train/newsroom-train.jsonl"))
    held, others = (
        {text for row in some for group in article_points(row) for text in group}
        for some in (rows[::HELD_OUT], [row for i, row in enumerate(rows) if i % HELD_OUT])
    )
    assert len(held) > 1_000
    assert not trained & (held - others)


def test_stance_is_measured_on_development_claims_only(small_corpus: corpus.Corpus) -> None:
    statements = {statement for statement, _, _ in small_corpus.stance_dev}
    trained = {s for story in small_corpus.training for s, _ in story.statements}
    assert len(small_corpus.stance_dev) > 1_000
    assert not statements & trained
