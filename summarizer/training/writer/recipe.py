"""The numbers of a writer's training run, and its learning rate over time."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Numbers of a training run, each with its reason or the trial that chose it."""

    size: str = "small"
    seed: int = 0
    # From MiniLM, with 1,024 tokens: copies 63 % of tokens after 1,100 examples; with 2,048 tokens
    # and 5e-4 it copies 23 % by then.
    learning_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: float = 0.02  # share of the time
    label_smoothing: float = 0.1
    pointing: float = 1.0  # weight of the loss on where the cross-attention looks
    clip: float = 1.0
    batch_tokens: int = 1_024  # of the source
    frozen_encoder_layers: int = 2  # lowest; embeddings are frozen as well
    start: str = ""  # digest of the weights that the run went on from
    mix_from: float = 0.0  # where in the curriculum it begins
    save_every_s: float = 300.0
    measure_every_s: float = 300.0
    samples: int = 8  # of each origin, written out at the end for the eye


def schedule(fraction: float, warm_up: float) -> float:
    """Return the share of the peak rate: linear up, then linear down to 3 %."""
    if fraction < warm_up:
        return max(0.02, fraction / warm_up)
    return max(0.03, (1 - fraction) / (1 - warm_up))


def going_on(recipe: Recipe, start: str) -> Recipe:
    """Return `recipe` for a run from trained weights: late in the curriculum, smaller steps."""
    return replace(recipe, start=start, mix_from=0.6, learning_rate=6e-4, batch_tokens=1_536)
