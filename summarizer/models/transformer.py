"""Layers that BERT and BART share, for reading only: no padding, no dropout, no module in between.

The equations are those of Vaswani et al. (2017), normalised after each part, as transformers'
`modeling_bert` and `modeling_bart` compute them; tests hold the results against these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that torch's own documentation uses

State = Mapping[str, Tensor]
ROWS = 256  # computed at a time where rows are wide: what is between two layers stays in the cache


class Affine(nn.Module):
    """y = xWᵀ + b, of one matrix or of several that read the same x and are laid together."""

    weight: Tensor
    bias: Tensor

    def __init__(self, state: State, *names: str) -> None:
        super().__init__()
        self.register_buffer("weight", torch.cat([state[f"{n}.weight"].float() for n in names]))
        self.register_buffer("bias", torch.cat([state[f"{n}.bias"].float() for n in names]))

    def forward(self, x: Tensor) -> Tensor:
        """Return (..., out) of (..., in)."""
        return F.linear(x, self.weight, self.bias)


class Norm(nn.Module):
    """Layer normalisation (Ba et al. 2016)."""

    weight: Tensor
    bias: Tensor

    def __init__(self, state: State, name: str, epsilon: float) -> None:
        super().__init__()
        self.register_buffer("weight", state[f"{name}.weight"].float())
        self.register_buffer("bias", state[f"{name}.bias"].float())
        self._epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        """Return x with each row normalised."""
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, self._epsilon)


class FeedForward(nn.Module):
    """Two layers with a GELU between them, added to x and normalised."""

    def __init__(self, state: State, names: Sequence[str], epsilon: float) -> None:
        super().__init__()
        self.inner, self.outer = (Affine(state, name) for name in names[:2])
        self.norm = Norm(state, names[2], epsilon)

    def forward(self, x: Tensor) -> Tensor:
        """Return a tensor of the shape of x, (t, d) or (n, beams, d)."""
        parts = [self.norm(x_ + self.outer(F.gelu(self.inner(x_)))) for x_ in torch.split(x, ROWS)]
        return parts[0] if len(parts) == 1 else torch.cat(parts)


class SelfAttention(nn.Module):
    """Attention of texts to themselves, added to x and normalised."""

    def __init__(self, state: State, names: Sequence[str], *, heads: int, epsilon: float) -> None:
        """`names` are those of query, key, value, output and norm."""
        super().__init__()
        self.project = Affine(state, *names[:3])
        self.output = Affine(state, names[3])
        self.norm = Norm(state, names[4], epsilon)
        self._heads = heads

    def forward(self, x: Tensor, groups: Sequence[tuple[int, int]], mask: Tensor | None) -> Tensor:
        """Return (t, d) of (t, d): texts one after the other, those of one length together.

        `groups` are (number of texts, their length), in order; `mask` (texts, 1, 1, length) tells
        text from padding where there is one group only.
        """
        width = x.shape[-1]
        projected = self.project(x)
        parts = []
        first = 0
        for count, length in groups:
            rows = projected[first : first + count * length]
            query, key, value = rows.view(count, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            looked = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
            parts.append(looked.transpose(1, 2).reshape(-1, width))
            first += count * length
        seen = parts[0] if len(parts) == 1 else torch.cat(parts)
        normed: Tensor = self.norm(x + self.output(seen))
        return normed


def grouped(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Return (number of texts, their length) of texts that stand sorted by length."""
    groups: list[tuple[int, int]] = []
    for length in lengths:
        count = groups.pop()[0] if groups and groups[-1][1] == length else 0
        groups.append((count + 1, length))
    return groups


def positions(groups: Sequence[tuple[int, int]], device: torch.device) -> Tensor:
    """Return (t,): the place of each token in its text."""
    return torch.cat([torch.arange(length, device=device).repeat(n) for n, length in groups])
