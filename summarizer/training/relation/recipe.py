"""The numbers of a relation encoder's training run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What steers a run; `tokens` a step and the rates are what differs between machines."""

    time_budget_s: float
    size: str = "small"
    seed: int = 0
    device: str = "cpu"
    tokens: int = 1536
    encoder_rate: float = 1e-4
    heads_rate: float = 2e-4
    frozen_layers: int = 0  # lowest; freezing two saves a fifth of the time and lost (eval/LOG.md)
    start: str = ""  # digest of the weights that the run went on from
    mix_from: float = 0.0  # where on the way from the early to the late mix of sources it begins
    warm_up: float = 0.05
    dropout: float = 0.1  # of hidden states: the news articles are seen many times
    hidden: float = 0.1  # share of an article's tokens that is masked, for the same reason
    same_point_every: int = 6
    checkpoint_s: float = 600.0
