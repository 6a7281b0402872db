"""Writes a trained relation encoder as a weights folder, with its card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from summarizer.models.network import RelationNetwork
from summarizer.training.folders import SCORES, replaced
from summarizer.training.relation.corpus import StancePair
from summarizer.training.relation.measure import measure_news, measure_stance
from summarizer.training.relation.stories import Story
from summarizer.weights import record

CARD = Path(__file__).with_name("card.md")
NAMES = {
    "type_f1": "type, macro-F1",
    "side_auc": "same side, AUC within an article",
    "side_accuracy": "same side, balanced accuracy",
    "stance_f1": "stance (favours, opposes), macro-F1",
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
    network: RelationNetwork, articles: Sequence[Story], pairs: Sequence[StancePair]
) -> dict[str, float]:
    """Return what the card quotes: scores on all held-out articles and stance pairs, by name."""
    network.eval()
    return {
        **measure_news(network, articles),
        **measure_stance(network, pairs),
        "articles": float(len(articles)),
        "stance_pairs": float(len(pairs)),
    }


def export_relation(network: RelationNetwork, out: Path, facts: RunFacts) -> None:
    """Put weights (16-bit safetensors), config, tokenizer, scores and card into `out`.

    All or nothing; SHA256SUMS last.
    """
    with replaced(out) as folder:
        network.save(folder)
        text = json.dumps(dict(facts.scores), indent=2) + "\n"
        (folder / SCORES).write_text(text, encoding="utf-8")
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
        scores="\n".join(
            f"| {NAMES[name]} | {value:.3f} |"
            for name, value in facts.scores.items()
            if name in NAMES
        ),
        articles=int(facts.scores["articles"]),
        pairs=int(facts.scores["stance_pairs"]),
    )
