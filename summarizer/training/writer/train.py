"""Trains the writer of the bundled weights: `python -m summarizer.training writer --help`.

Fits a clock, not a number of steps: learning rate and curriculum follow the share of the time
budget that has passed, so one recipe serves two CPU cores and an accelerator.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import BartForConditionalGeneration, PreTrainedTokenizerFast

from summarizer.errors import ModelError
from summarizer.training.averaging import average
from summarizer.training.folders import bundled_base, save_run
from summarizer.training.leakage import load_blocked
from summarizer.training.writer.articles import ArticleRows, load_articles
from summarizer.training.writer.batches import Mixture
from summarizer.training.writer.data import Rows, load_rows
from summarizer.training.writer.export import export_writer
from summarizer.training.writer.held_out import held_out_rows
from summarizer.training.writer.loop import Loop
from summarizer.training.writer.model import SIZES, build_writer, load_base
from summarizer.training.writer.recipe import Recipe, going_on
from summarizer.training.writer.scores import copied
from summarizer.weights import digest

Writer = tuple[BartForConditionalGeneration, PreTrainedTokenizerFast]


def train_writer(
    data: Path,
    out: Path,
    *,
    time_budget: float,
    recipe: Recipe | None = None,
    base: Path | None = None,
    start: Path | None = None,
    resume: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> Path:
    """Train a writer on `data` for `time_budget` seconds and return `out`, its weights folder.

    `start` names weights of an earlier run to go on from, late in the curriculum. Beside `out`
    stands `out`-run with the last checkpoint and report.json: rows by origin, what was dropped, the
    loss curve, held-out scores and samples. `resume` goes on from the checkpoint.
    Raises DataError for a data folder of the wrong shape, ModelError when the loss stops being
    finite; `out` is then left as it was.
    """
    recipe = recipe or Recipe()
    if start:
        recipe = going_on(recipe, digest(start))
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    blocked = load_blocked(data)
    rows = load_rows(data, blocked)
    titles, texts, leaks = load_articles(data, blocked)
    run = out.with_name(out.name + "-run")
    checkpoint = _checkpoint(run) if resume else None
    earlier = checkpoint or start
    model, tokenizer = (
        load_writer(earlier) if earlier else _new(recipe, base or bundled_base(), texts=texts)
    )
    began = load_writer(start)[0].state_dict() if start else {}
    loop = Loop(model, tokenizer, recipe=recipe, budget=time_budget, clock=clock)
    if checkpoint:
        loop.load(checkpoint)
    rng = random.Random(recipe.seed + loop.state.step)
    mixture = Mixture(rows.train, ArticleRows(titles, texts, rng=rng), rng=rng)
    dev = held_out_rows(rows.held_out, titles, texts)
    unnoted = loop.run(mixture, dev, run)
    between = average(model, began, lambda: copied(model, loop.batcher, dev)) if start else []
    loop.conclude(dev, unnoted)
    report = {**_report(recipe, rows, loop, mixture, leaks), "between": between}
    save_run(run, report=report)
    export_writer(model, tokenizer, out, report=report)
    return out


def _checkpoint(run: Path) -> Path:
    folder = run / "checkpoint"
    if not folder.is_dir():
        raise ModelError(f"{folder}: no checkpoint to resume; start without --resume")
    return folder


def load_writer(folder: Path) -> Writer:
    """Return a writer in single precision and its tokenizer; raises ModelError."""
    try:
        model = BartForConditionalGeneration.from_pretrained(
            folder, attn_implementation="eager", dtype=torch.float32, local_files_only=True
        )
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(f"{folder}: no writer to go on from ({error})") from error
    return model, PreTrainedTokenizerFast.from_pretrained(folder)


def _new(recipe: Recipe, base: Path, *, texts: Sequence[str]) -> Writer:
    encoder, tokenizer = load_base(base)
    sample = random.Random(recipe.seed).sample(list(texts), min(len(texts), 6_000))
    cut = [text[:3_000] for text in sample]
    return build_writer(encoder, tokenizer, SIZES[recipe.size], texts=cut)


def _report(recipe: Recipe, rows: Rows, loop: Loop, mixture: Mixture, leaks: int) -> dict[str, Any]:
    return {
        "recipe": asdict(recipe),
        "rows": Counter(row.origin for row in rows.train),
        "drawn": mixture.drawn,
        "dropped": {**rows.dropped, "articles: stands in a development or test set": leaks},
        "steps": loop.state.step,
        "examples": loop.state.examples,
        "seconds": round(loop.state.seconds),
        "parameters": sum(p.numel() for p in loop.model.parameters()),
        "curve": loop.state.curve,
    }
