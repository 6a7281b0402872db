"""Writes a trained relation encoder as a weights folder, with its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from summarizer.models.network import RelationNetwork
from summarizer.training.folders import replaced

CARD = Path(__file__).with_name("relation_card.md")
LICENCES = {
    "newsroom": "Apache-2.0 file in the repository; the text is the publishers', labels by a model",
    "perspectrum": "CC BY-SA 4.0",
    "debatewise": "Creative Commons, version unnamed",
    "ibm30k": "none stated in ZeroStance; CC BY-SA 3.0 at its origin",
    "iam": "none stated",
    "wtwt": "none stated",
    "vast": "none stated",
    "inference": "none stated (ling-in-loop; premises from MultiNLI)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What the card tells of a run; figures only, never a text of the data."""

    seconds: float
    steps: int
    seed: int
    device: str
    passes: int
    articles: int
    rows: Mapping[str, int]
    scores: Mapping[str, float]
    notes: str = ""


def export_relation(network: RelationNetwork, out: Path, facts: RunFacts) -> None:
    """Put weights (16-bit safetensors), config, tokenizer and card into `out`, all or nothing."""
    with replaced(out) as folder:
        network.save(folder)
        (folder / "README.md").write_text(card(network, facts), encoding="utf-8")


def card(network: RelationNetwork, facts: RunFacts) -> str:
    """Return the model card of a run."""
    rows = sorted(facts.rows.items(), key=lambda item: (-item[1], item[0]))
    return CARD.read_text(encoding="utf-8").format(
        parameters=round(sum(p.numel() for p in network.parameters()) / 1e6, 1),
        passes=facts.passes,
        minutes=round(facts.seconds / 60),
        device=facts.device,
        steps=facts.steps,
        seed=facts.seed,
        versions=", ".join(f"{name} {version(name)}" for name in ("torch", "transformers")),
        data="\n".join(f"| {name} | {n:,} | {LICENCES[name]} |" for name, n in rows),
        notes=facts.notes,
        articles=facts.articles,
        scores="\n".join(f"| {name} | {value:.3f} |" for name, value in facts.scores.items()),
    )
