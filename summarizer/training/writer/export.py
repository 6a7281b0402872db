"""Writes a trained writer as a standard Hugging Face folder in half precision, with its card."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from transformers import BartForConditionalGeneration, GenerationConfig, PreTrainedTokenizerFast

from summarizer.training.folders import SCORES, replaced
from summarizer.weights import record

CARD = Path(__file__).with_name("card.md")
SOURCES = {
    "copy, extract, title, lead": (
        "Article-Bias-Prediction (news articles)",
        "Apache-2.0 repository",
    ),
    "newsroom-*": ("annotated news articles (labels by a large language model)", "as above"),
    "debatewise": ("Perspectrum, Debatewise arguments", "Creative Commons"),
    "arc-gist": ("Argument Reasoning Comprehension, comment gists", "Apache-2.0"),
    "debatepedia": ("Debatepedia query-based summaries, training part", "none stated"),
    "fusion": ("WikiSplit, tuning and validation part, reversed", "CC BY-SA 4.0"),
    "neus, neus-title": ("AllSides round-ups (NeuS), training part", "MIT repository"),
    "inshorts": ("Inshorts news summaries", "none stated"),
}


def export_writer(
    model: BartForConditionalGeneration,
    tokenizer: PreTrainedTokenizerFast,
    out: Path,
    *,
    report: dict[str, Any],
) -> None:
    """Put weights (16-bit safetensors), config, tokenizer and card into `out`, all or nothing."""
    with replaced(out) as new:
        model.config.dtype = "float16"
        model.generation_config = GenerationConfig(  # type: ignore[no-untyped-call]
            bos_token_id=tokenizer.cls_token_id,
            eos_token_id=tokenizer.sep_token_id,
            pad_token_id=tokenizer.pad_token_id,
            decoder_start_token_id=tokenizer.cls_token_id,
            forced_eos_token_id=tokenizer.sep_token_id,
            num_beams=4,
            max_length=64,
        )
        model.config.prompt_family = "bundled"
        model.half().save_pretrained(new)  # type: ignore[no-untyped-call]
        tokenizer.save_pretrained(new)
        scores = flat_scores(_last(report))
        (new / SCORES).write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
        (new / "README.md").write_text(card(report), encoding="utf-8")
        record(new)


def flat_scores(by_origin: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return held-out scores under one name each, as in "newsroom-summary loss"."""
    return {
        f"{origin} {name}": value
        for origin, scores in by_origin.items()
        for name, value in scores.items()
    }


def _last(report: dict[str, Any]) -> dict[str, dict[str, float]]:
    return report["curve"][-1]["held_out"]["by_origin"] if report["curve"] else {}


def card(report: dict[str, Any]) -> str:
    """Return the model card for a run's report; it holds figures, never texts of the data."""
    last = _last(report)
    scores = "\n".join(
        f"| {origin} | {s['loss']:.3f} | {s['copied']:.3f} | {s['other']:.3f} |"
        for origin, s in last.items()
    )
    data = "\n".join(
        f"| {name} | {title} | {licence} |" for name, (title, licence) in SOURCES.items()
    )
    drawn = ", ".join(f"{origin} {n:,}" for origin, n in sorted(report["drawn"].items()))
    return CARD.read_text(encoding="utf-8").format(
        parameters=f"{report['parameters'] / 1e6:.1f}",
        minutes=round(report["seconds"] / 60),
        examples=f"{report['examples']:,}",
        steps=f"{report['steps']:,}",
        recipe="\n".join(f"- {key}: {value}" for key, value in report["recipe"].items()),
        data=data,
        drawn=drawn,
        scores=scores,
        versions=", ".join(f"{name} {version(name)}" for name in ("torch", "transformers")),
    )
