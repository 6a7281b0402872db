"""What a decoder has seen: keys and values of sources and of texts in the making.

The beams of a text share its source and its past. Their keys and values are stored once, in the
order in which they were made, and a mask says which of them each beam descends from, so nothing is
copied when beams are reordered.
"""

from __future__ import annotations

import torch
from torch import Tensor


class Past:
    """Keys and values of the sources and of what was written, of `n` texts with their beams.

    Both are (2, n, heads, tokens, d / heads) for each layer. `known` (n, t) and `seen`
    (n, beams, tokens) are 0 where there is something to look at, else -inf.
    """

    def __init__(
        self, *, sources: list[Tensor], own: list[Tensor], known: Tensor, seen: Tensor
    ) -> None:
        self.sources, self.own, self.known, self.seen = sources, own, known, seen
        self.beams, self.written = seen.shape[1], 0
        alone = torch.eye(self.beams, dtype=torch.bool, device=seen.device)
        self._new = masked(~alone)[None]

    def grow(self) -> int:
        """Make room in the mask for one token of each beam; return how many were there."""
        self.seen = torch.cat([self.seen, self._new.expand(len(self.seen), -1, -1)], dim=-1)
        self.written += 1
        return self.written - 1

    def masks(self) -> tuple[Tensor, Tensor]:
        """Return `seen` and `known` for each head, (n * heads, beams or 1, tokens)."""
        heads = self.own[0].shape[2]
        return (
            self.seen.repeat_interleave(heads, 0),
            self.known[:, None].repeat_interleave(heads, 0),
        )

    def reorder(self, parents: Tensor) -> None:
        """Let beam b of text i go on from beam `parents[i, b]`; (n, beams)."""
        index = parents[..., None].expand(-1, -1, self.seen.shape[-1])
        self.seen = self.seen.gather(1, index)

    def keep(self, rows: Tensor) -> None:
        """Go on with these texts only."""
        self.sources = [stored[:, rows] for stored in self.sources]
        self.own = [self._kept(stored, rows) for stored in self.own]
        self.known, self.seen = self.known[rows], self.seen[rows]

    def _kept(self, stored: Tensor, rows: Tensor) -> Tensor:
        """Return these rows with the same room, of which only what is written is copied."""
        end = self.written * self.beams
        two, _, *rest = stored.shape
        kept = stored.new_empty((two, len(rows), *rest))
        kept[..., :end, :] = stored[:, rows, :, :end]
        return kept


def masked(mask: Tensor) -> Tensor:
    """Return -inf where `mask` is set, else 0: what is added to log-odds."""
    return torch.zeros(mask.shape, device=mask.device).masked_fill_(mask, -torch.inf)
