"""The layers of BART, for reading only: of its encoder, and of its decoder in two ways.

A decoder layer goes on by a token with a `Past`, or reads a whole text at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from summarizer.models.past import Past
from summarizer.models.transformer import Affine, FeedForward, Norm, SelfAttention, State

EPSILON = 1e-5
PARTS = ("q_proj", "k_proj", "v_proj", "out_proj")
"""The matrices of an attention, as a checkpoint names them."""
_FORWARD = ("fc1", "fc2", "final_layer_norm")


class EncoderLayer(nn.Module):
    """Attention of sources to themselves, and what follows it."""

    def __init__(self, state: State, name: str, heads: int) -> None:
        super().__init__()
        attention = [f"{name}self_attn.{part}" for part in PARTS]
        names = [*attention, f"{name}self_attn_layer_norm"]
        self.attention = SelfAttention(state, names, heads=heads, epsilon=EPSILON)
        self.forward_part = FeedForward(state, [name + part for part in _FORWARD], EPSILON)

    def forward(self, x: Tensor, groups: Sequence[tuple[int, int]]) -> Tensor:
        """Return (t, d) of (t, d); `groups` as in `SelfAttention`."""
        read: Tensor = self.forward_part(self.attention(x, groups, None))
        return read


class DecoderLayer(nn.Module):
    """Attention of texts to themselves and to their sources, and what follows it."""

    def __init__(self, state: State, name: str, heads: int) -> None:
        super().__init__()
        own = [f"{name}self_attn.{part}" for part in PARTS]
        source = [f"{name}encoder_attn.{part}" for part in PARTS]
        self.project, self.output = Affine(state, *own[:3]), Affine(state, own[3])
        self.norm = Norm(state, f"{name}self_attn_layer_norm", EPSILON)
        self.ask, self.look = Affine(state, source[0]), Affine(state, *source[1:3])
        self.source_output = Affine(state, source[3])
        self.source_norm = Norm(state, f"{name}encoder_attn_layer_norm", EPSILON)
        self.forward_part = FeedForward(state, [name + part for part in _FORWARD], EPSILON)
        self._heads = heads

    def source(self, states: Tensor) -> Tensor:
        """Return keys and values of the sources, (2, n, heads, t, d / heads)."""
        n, t, _ = states.shape
        return self._split(self.look(states), n, t).contiguous()

    def room(self, n: int, most: int, like: Tensor) -> Tensor:
        """Return empty keys and values for `most` tokens, (2, n, heads, most, d / heads)."""
        return like.new_empty((2, n, self._heads, most, like.shape[-1] // self._heads))

    def forward(self, x: Tensor, past: Past, layer: int, masks: tuple[Tensor, Tensor]) -> Tensor:
        """Return (n, beams, d) of (n, beams, d)."""
        n, beams, width = x.shape
        query, written = self.project(x).split((width, 2 * width), dim=-1)
        end = past.written * beams
        own = past.own[layer][..., :end, :]
        own[..., end - beams :, :] = self._split(written, n, beams)
        x = self.norm(x + self.output(_attended(query, own, masks[0])))
        seen = _attended(self.ask(x), past.sources[layer], masks[1])
        x = self.source_norm(x + self.source_output(seen))
        done: Tensor = self.forward_part(x)
        return done

    def read(self, x: Tensor, states: Tensor, masks: tuple[Tensor, Tensor]) -> Tensor:
        """Return (n, t, d) of (n, t, d), each row seeing what the masks leave it."""
        n, t, width = x.shape
        query, written = self.project(x).split((width, 2 * width), dim=-1)
        own, source = self._split(written, n, t), self.source(states)
        x = self.norm(x + self.output(self._looked(query, own, masks[0])))
        seen = self._looked(self.ask(x), source, masks[1])
        x = self.source_norm(x + self.source_output(seen))
        done: Tensor = self.forward_part(x)
        return done

    def _looked(self, query: Tensor, stored: Tensor, mask: Tensor) -> Tensor:
        n, t, width = query.shape
        rows = query.view(n, t, self._heads, -1).transpose(1, 2)
        keys, values = stored
        seen = functional.scaled_dot_product_attention(rows, keys, values, attn_mask=mask)
        return seen.transpose(1, 2).reshape(n, t, width)

    def _split(self, both: Tensor, n: int, t: int) -> Tensor:
        """Return keys and values, (2, n, heads, t, d / heads), of (n, t, 2 * d)."""
        return both.view(n, t, 2, self._heads, -1).permute(2, 0, 3, 1, 4)


def _attended(query: Tensor, stored: Tensor, mask: Tensor) -> Tensor:
    """Return (n, beams, d): what `query` (n, beams, d) finds in keys and values, under a mask.

    Three products in place of torch's one call, which takes half as long again for so few rows.
    """
    n, beams, width = query.shape
    heads, _, size = stored.shape[2:]
    keys, values = stored.flatten(1, 2)
    rows = query.view(n, beams, heads, size).transpose(1, 2).reshape(-1, beams, size)
    odds = torch.baddbmm(mask, rows, keys.transpose(1, 2), alpha=size**-0.5)
    seen = torch.bmm(odds.softmax(-1), values)
    return seen.view(n, heads, beams, size).transpose(1, 2).reshape(n, beams, width)
