"""Training of the relation encoder: what it may see, what it is told, and that it learns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel, BertTokenizerFast

from summarizer.errors import DataError
from summarizer.models.network import RelationNetwork
from summarizer.protocols import BACKGROUND, FURNITURE, VIEWPOINT
from summarizer.training import stories
from summarizer.training.draws import batches, draw
from summarizer.training.heads import HeadsRecipe, train_heads
from summarizer.training.leakage import normal_form
from summarizer.training.losses import story_losses
from summarizer.training.points import load_same_points
from summarizer.training.relation import same_point_pairs
from summarizer.training.stories import (
    FAVOURS,
    OPPOSES,
    UNKNOWN,
    Story,
    load_stories,
    newsroom_story,
)

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


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RelationNetwork:
    folder = tmp_path_factory.mktemp("base")
    words = sorted({w.lower().strip(".?,") for w in ROW["text"].split()} | {"good", "bad"})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(0)
    BertModel(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=24,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
        )
    ).save_pretrained(folder)
    return RelationNetwork.start(folder)


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
    for _ in range(20):
        one = draw(story, rng)
        for sentence, side in zip(one.passage.sentences, one.sides, strict=True):
            assert side == (FAVOURS if "good" in sentence else OPPOSES)
        if one.passage.prefix:
            assert one.stances == one.sides


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
    assert sum(early) < 50 < sum(late)


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


def test_heads_are_trained_and_the_encoder_is_not(network: RelationNetwork) -> None:
    before = {k: v.clone() for k, v in network.state_dict().items()}
    pool = [newsroom_story(ROW)] * 6
    history = train_heads(network, pool, pool[:1], HeadsRecipe(passes=2, debates=0))
    after = network.state_dict()
    assert len(history) == 2
    assert all(torch.equal(before[k], after[k]) for k in before if k.startswith("encoder."))
    assert any(not torch.equal(before[k], after[k]) for k in before if k.startswith("side_"))


def test_pairs_that_make_a_point_come_from_one_group() -> None:
    debates = [[("a1", "a2", "a3"), ("b1", "b2")], [("c1", "c2")]]
    left, right = same_point_pairs(debates, np.random.default_rng(0), size=20)
    assert len(left) == len(right) == 20
    assert all(a[0] == b[0] and a != b for a, b in zip(left, right, strict=True))


def test_a_missing_folder_says_which_file_and_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="README"):
        load_stories(tmp_path)


def test_a_set_of_the_wrong_shape_is_named(tmp_path: Path) -> None:
    path = tmp_path / "iam/stance/train.txt"
    path.parent.mkdir(parents=True)
    path.write_text("only one column\n")

    def load(data: Path) -> Iterator[Story]:
        return stories.iam(data)

    with pytest.raises(DataError, match="expected shape"):
        list(stories._guarded(load, tmp_path))


def test_no_training_text_stands_in_a_benchmark(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = tuple(load for load in stories.LOADERS if load is not stories.newsroom)
    monkeypatch.setattr(stories, "LOADERS", small)
    kept, report = load_stories(data_dir)
    banned = stories.benchmark_texts(data_dir)
    assert len(banned) > 4000
    for story in kept:
        assert not any(normal_form(text) in banned for text in story.sentences)
        assert not any(normal_form(text) in banned for text, _ in story.statements)
    assert report.dropped["debatewise: statement is tested on"] > 0
    assert report.rows["ibm30k"] > 20_000


def test_points_come_from_training_splits(data_dir: Path) -> None:
    banned = stories.benchmark_texts(data_dir)
    groups = [group for story in load_same_points(data_dir) for group in story]
    texts = {normal_form(text) for group in groups for text in group}
    assert len(groups) > 5000
    assert not texts & banned
    assert min(map(len, groups)) > 1
