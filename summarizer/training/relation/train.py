"""Train the relation encoder: from MiniLM and the data folder to a weights folder with its card.

    python -m summarizer.training relation --data DIR --out DIR --time-budget 60m
    python -m summarizer.training relation --data DIR --out DIR --start EARLIER
    python -m summarizer.training fine-tune --rows FILE.jsonl --out DIR --time-budget 10m

Every step reads a batch of stories of one source and adds up what is known of them: type of a
sentence, side of two sentences, stance to the statement in front. Every sixth step pulls texts that
make the same point together (in-batch negatives, Henderson et al. 2017), so that plain embeddings
keep their topical meaning.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import torch

from summarizer.models.network import RelationNetwork
from summarizer.training.averaging import average
from summarizer.training.folders import bundled_base, save_run
from summarizer.training.relation.calibrate import calibrate
from summarizer.training.relation.corpus import Corpus, load_corpus
from summarizer.training.relation.export import RunFacts, export_relation, final_scores
from summarizer.training.relation.heads import HeadsRecipe, train_heads
from summarizer.training.relation.loop import Loop
from summarizer.training.relation.measure import measure_news, measure_stance
from summarizer.training.relation.model import SIZES, build_relation
from summarizer.training.relation.own import load_own
from summarizer.training.relation.recipe import Recipe
from summarizer.training.relation.salience import fit_salience
from summarizer.weights import digest


def train_relation(
    data: Path,
    out: Path,
    recipe: Recipe,
    *,
    base: Path | None = None,
    start: Path | None = None,
    resume: bool = False,
) -> None:
    """Train on a data folder until the time budget is spent and write `out`.

    `start` names weights of an earlier run to go on from, halfway to the late mix of sources.
    Checkpoints and the report lie in `out`.run, from where `resume` goes on.

    Raises:
        DataError: a data set is missing or broken.
        ModelError: the loss is not a number any more, or there is nothing to resume.
    """
    torch.manual_seed(recipe.seed)
    corpus = load_corpus(data)
    if start:
        recipe = replace(recipe, start=digest(start), mix_from=0.5)
        _train(RelationNetwork.load(start).train(), corpus, out, recipe, resume=resume)
        return
    texts = (sentence for story in corpus.training for sentence in story.sentences)
    network = build_relation(base or bundled_base(), SIZES[recipe.size], texts=texts)
    _train(network, corpus, out, recipe, resume=resume)


def fine_tune(rows: Path, out: Path, recipe: Recipe, *, start: Path, resume: bool = False) -> None:
    """Go on from the weights in `start` on a user's own rows (`own.load_own`) and write `out`.

    Raises as `train_relation` does.
    """
    torch.manual_seed(recipe.seed)
    _train(RelationNetwork.load(start).train(), load_own(rows), out, recipe, resume=resume)


def _train(
    network: RelationNetwork, corpus: Corpus, out: Path, recipe: Recipe, *, resume: bool
) -> None:
    def score() -> dict[str, float]:
        news = measure_news(network, corpus.held_out)
        return {**news, **measure_stance(network, corpus.stance_dev)}

    began = {name: value.clone() for name, value in network.state_dict().items()}
    loop = Loop(network.to(recipe.device), recipe, out.with_name(out.name + ".run"))
    if resume:
        loop.resume()
    loop.run_on(corpus)
    network.cpu()
    between = average(network, began, score) if recipe.start and corpus.held_out else []
    passes: list[dict[str, float]] = []
    if corpus.held_out:
        passes = train_heads(
            network, corpus.training, corpus.held_out, HeadsRecipe(seed=recipe.seed)
        )
    network.half().float()  # what is measured is what is written
    calibrate(network, corpus.held_out, corpus.stance_dev)
    fit_salience(network, corpus.told)
    facts = RunFacts(
        recipe=asdict(recipe),
        seconds=loop.spent,
        steps=loop.step,
        passes=max(0, len(passes) - 1),
        digest=corpus.digest,
        corpus=corpus.report.to_dict(),
        scores=final_scores(network, corpus.held_out, corpus.stance_dev, corpus.told_held_out),
    )
    save_run(
        loop.run,
        report={**asdict(facts), "curve": loop.history, "between": between, "heads": passes},
    )
    export_relation(network, out, facts)
