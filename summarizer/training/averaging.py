"""Weights between those that a run went on from and those where it ended.

A network fine-tuned from another lies in one valley of the loss with it, and points on the straight
line between the two often do better than either on data that was not trained on (Wortsman et al.
2022, "Robust fine-tuning of zero-shot models", arXiv 2109.01903).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from torch import Tensor, nn

log = logging.getLogger(__name__)

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How far along the line to look; 0 is where the run began."""


def average(
    network: nn.Module,
    start: Mapping[str, Tensor],
    score: Callable[[], Mapping[str, float]],
    *,
    shares: Sequence[float] = SHARES,
) -> list[dict[str, float]]:
    """Set `network` to the best weights between `start` and its own; return all scores.

    Best is the largest sum of what `score` measures of the network as it is then. A tie goes to the
    point further along.
    """
    end = {name: value.clone() for name, value in network.state_dict().items()}
    history = []
    network.eval()
    for share in shares:
        network.load_state_dict(_between(start, end, share))
        scores = dict(score())
        log.info("%.2f of the way: %s", share, scores)
        history.append({"share": share, **scores})
    best = max(history, key=lambda entry: (sum(entry.values()) - entry["share"], entry["share"]))
    network.load_state_dict(_between(start, end, best["share"]))
    return history


def _between(
    start: Mapping[str, Tensor], end: Mapping[str, Tensor], share: float
) -> dict[str, Tensor]:
    return {name: start[name].to(value.device).lerp(value, share) for name, value in end.items()}
