"""Writes a trained relation encoder as a weights folder, with its card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from summarizer.models.network import RelationNetwork
from summarizer.training.files import read_json
from summarizer.training.folders import SCORES, replaced
from summarizer.training.leakage import load_blocked
from summarizer.training.relation.corpus import StancePair
from summarizer.training.relation.measure import measure_news, measure_stance
from summarizer.training.relation.salience import (
    Told,
    fit_salience,
    load_told,
    measure_salience,
)
from summarizer.training.relation.stories import Story
from summarizer.weights import record

CARD = Path(__file__).with_name("card.md")
NAMES = {
    "type_f1": "type, macro-F1",
    "side_auc": "same side, AUC within an article",
    "side_accuracy": "same side, balanced accuracy",
    "stance_f1": "stance (favours, opposes), macro-F1",
    "salience": "salience, correlation with ROUGE-1 to the summary within a viewpoint",
}
LICENCES = {
    "newsroom": "Apache-2.0 file in the repository; the text is the publishers', labels by a model",
    "perspectrum": "CC BY-SA 4.0",
    "debatewise": "Creative Commons, version unnamed",
    "ibm30k": "none stated in ZeroStance; CC BY-SA 3.0 at its origin",
    "iam": "none stated",
    "wtwt": "none stated",
    "vast": "none stated",
    "ibm-claims": "none stated here; CC BY-SA at its origin",
    "procon20": "MIT",
    "inference": "none stated (ling-in-loop, premises from MultiNLI; CLIMATE-FEVER)",
    "own": "the user's own",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What the card tells of a run; figures only, never a text of the data."""

    recipe: Mapping[str, Any]
    seconds: float
    steps: int
    passes: int
    digest: str
    corpus: Mapping[str, Mapping[str, int]]
    scores: Mapping[str, float]


def final_scores(
    network: RelationNetwork,
    articles: Sequence[Story],
    pairs: Sequence[StancePair],
    told: Sequence[Told],
) -> dict[str, float]:
    """Return what the card quotes: scores on all that is held out, by name."""
    network.eval()
    return {
        **measure_news(network, articles),
        **measure_stance(network, pairs),
        **measure_salience(network, told),
        "articles": float(len(articles)),
        "stance_pairs": float(len(pairs)),
    }


def export_relation(network: RelationNetwork, out: Path, facts: RunFacts) -> None:
    """Put weights (16-bit safetensors), config, tokenizer, scores and card into `out`.

    All or nothing; SHA256SUMS last.
    """
    with replaced(out) as folder:
        network.save(folder)
        _write_scores(folder, facts.scores)
        (folder / "README.md").write_text(card(network, facts), encoding="utf-8")
        record(folder)


def card(network: RelationNetwork, facts: RunFacts) -> str:
    """Return the model card of a run."""
    rows = sorted(facts.corpus["rows"].items(), key=lambda item: (-item[1], item[0]))
    return CARD.read_text(encoding="utf-8").format(
        parameters=round(sum(p.numel() for p in network.parameters()) / 1e6, 1),
        passes=facts.passes,
        minutes=round(facts.seconds / 60),
        steps=facts.steps,
        recipe="\n".join(f"- {name}: {value}" for name, value in facts.recipe.items()),
        versions=", ".join(f"{name} {version(name)}" for name in ("torch", "transformers")),
        digest=facts.digest,
        data="\n".join(f"| {name} | {n:,} | {LICENCES[name]} |" for name, n in rows),
        scores=_table(facts.scores),
        articles=int(facts.scores["articles"]),
        pairs=int(facts.scores["stance_pairs"]),
    )


def _table(scores: Mapping[str, float]) -> str:
    return "\n".join(
        f"| {NAMES[name]} | {value:.3f} |" for name, value in scores.items() if name in NAMES
    )


def refit_salience(folder: Path, data: Path) -> dict[str, float]:
    """Fit the salience of the weights in `folder` anew and return what they score now.

    The other weights stay as they are. All or nothing.

    Raises:
        DataError: the set is missing, or the folder does not say what it scores.
        ModelError: the folder holds no relation encoder.
    """
    network = RelationNetwork.load(folder)
    training, held_out = load_told(data, load_blocked(data))
    fit_salience(network, training)
    before = read_json(folder / SCORES)
    after = {**before, **measure_salience(network, held_out)}
    with replaced(folder) as new:
        shutil.copytree(folder, new, dirs_exist_ok=True)
        network.save_heads(new)
        _write_scores(new, after)
        text = (new / "README.md").read_text(encoding="utf-8")
        text = text.replace(_table(before), _table(after))
        (new / "README.md").write_text(text, encoding="utf-8")
        record(new)
    return after


def _write_scores(folder: Path, scores: Mapping[str, float]) -> None:
    (folder / SCORES).write_text(json.dumps(dict(scores), indent=2) + "\n", encoding="utf-8")
