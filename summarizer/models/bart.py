"""BART (Lewis et al. 2020) for writing: the bundled writer without transformers.

The beams of a text share its source and its past. Their keys and values are stored once, in the
order in which they were made, and a mask says which of them each beam descends from, so nothing is
copied when beams are reordered.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from summarizer.models import int8
from summarizer.models.loading import read_config, read_state, says
from summarizer.models.transformer import (
    Affine,
    FeedForward,
    Norm,
    SelfAttention,
    State,
    grouped,
    positions,
)

EPSILON = 1e-5
OFFSET = 2  # where BART's table of positions begins
_NEEDED = {
    "model_type": "bart",
    "activation_function": "gelu",
    "scale_embedding": False,
    "tie_word_embeddings": True,
    "prompt_family": "bundled",
}
_ENCODER, _DECODER = "model.encoder.", "model.decoder."
_PARTS = ("q_proj", "k_proj", "v_proj", "out_proj")
_FORWARD = ("fc1", "fc2", "final_layer_norm")


def is_bundled_bart(folder: Path) -> bool:
    """Return whether `folder` says that it holds a writer trained by this package, as `Bart` is."""
    return says(folder, _NEEDED)


class Bart(nn.Module):
    """Sources to states, and step by step from what is written to the odds of what follows.

    Raises:
        OSError, ValueError: a file is missing or broken.
        ModelError: weights are missing or of another shape.
    """

    words: Tensor
    places: Tensor
    places_written: Tensor
    bias: Tensor

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.config: Any = read_config(folder)
        state = read_state(folder, _shapes(self.config), prefix="")
        tables = {
            "words": "model.shared.weight",
            "places": f"{_ENCODER}embed_positions.weight",
            "places_written": f"{_DECODER}embed_positions.weight",
            "bias": "final_logits_bias",
        }
        for own, name in tables.items():
            self.register_buffer(own, state[name].float())
        self.bias = self.bias[0]
        self._packed = False
        self._table: nn.Module | None = None
        self.encoder_norm = Norm(state, f"{_ENCODER}layernorm_embedding", EPSILON)
        self.decoder_norm = Norm(state, f"{_DECODER}layernorm_embedding", EPSILON)
        heads = int(self.config.encoder_attention_heads)
        self.encoder = nn.ModuleList(
            _EncoderLayer(state, f"{_ENCODER}layers.{i}.", heads)
            for i in range(int(self.config.encoder_layers))
        )
        heads = int(self.config.decoder_attention_heads)
        self.decoder = nn.ModuleList(
            _DecoderLayer(state, f"{_DECODER}layers.{i}.", heads)
            for i in range(int(self.config.decoder_layers))
        )

    def encode(self, sources: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Return (n, t, d) states, zero behind the end of a source, and where there are any."""
        order = sorted(range(len(sources)), key=lambda row: len(sources[row]))
        groups = grouped([len(sources[row]) for row in order])
        ids = torch.tensor([i for row in order for i in sources[row]], device=self.words.device)
        hidden = self.words[ids] + self.places[OFFSET + positions(groups, ids.device)]
        hidden = self.encoder_norm(hidden)
        for layer in self.encoder:
            hidden = layer(hidden, groups)
        lengths = [len(sources[row]) for row in order]
        states = nn.utils.rnn.pad_sequence(list(torch.split(hidden, lengths)), batch_first=True)
        back = torch.tensor(order, device=ids.device).argsort()
        sizes = torch.tensor([len(source) for source in sources], device=ids.device)
        known = torch.arange(states.shape[1], device=ids.device) < sizes[:, None]
        return states[back], known

    def start(self, states: Tensor, known: Tensor, *, beams: int, most: int) -> Past:
        """Return the past of `beams` empty texts for each source; `most` tokens will be written."""
        layers: Any = self.decoder
        return Past(
            sources=[layer.source(states) for layer in layers],
            own=[layer.room(len(states), beams * most, states) for layer in layers],
            known=_hidden(~known),
            seen=states.new_zeros((len(states), beams, 0)),
        )

    def step(self, tokens: Tensor, past: Past) -> Tensor:
        """Return (n, beams, d) states after the last `tokens` (n, beams), now in `past`."""
        place = past.grow()
        hidden: Tensor = self.decoder_norm(self.words[tokens] + self.places_written[OFFSET + place])
        masks = past.masks()
        for i, layer in enumerate(self.decoder):
            hidden = layer(hidden, past, i, masks)
        return hidden

    def read(
        self, tokens: Tensor, places: Tensor, seen: Tensor, states: Tensor, known: Tensor
    ) -> Tensor:
        """Return (n, t, d) states after `tokens` (n, t), all at once.

        `places` (n, t) count the tokens before each in its text, `seen` (n, t, t) says which of the
        others it sees; `states` and `known` are what `encode` returned.
        """
        hidden: Tensor = self.decoder_norm(
            self.words[tokens] + self.places_written[OFFSET + places]
        )
        masks = _hidden(~seen)[:, None], _hidden(~known)[:, None, None]
        layers: Any = self.decoder
        for layer in layers:
            hidden = layer.read(hidden, states, masks)
        return hidden

    def logits(self, hidden: Tensor, words: Tensor, bias: Tensor) -> Tensor:
        """Return (n, beams, len(words)): log-odds of the next token, not normalised.

        `words` and `bias` are rows of the tables of this model, of all tokens or of some.
        """
        flat = hidden.reshape(-1, hidden.shape[-1])
        # The table stands first: with few rows that is twice as fast as the other way around.
        scores = (words @ flat.T).T + bias
        return scores.view(*hidden.shape[:-1], -1)

    def total(self, hidden: Tensor) -> Tensor:
        """Return (n, beams, 1): the log of the sum of the odds of all tokens."""
        if self._packed:
            if self._table is None:  # a tenth of a second, and who divides otherwise needs none
                self._table = int8.Int8Affine(self.words, self.bias)
            logits = self._table(hidden)
        else:
            logits = self.logits(hidden, self.words, self.bias)
        summed: Tensor = logits.logsumexp(-1, keepdim=True)
        return summed

    def pack(self) -> bool:
        """Compute in eight bits, where this machine is faster with them; return whether it does."""
        self._packed = int8.pack(self.encoder) and int8.pack(self.decoder, square=False)
        return self._packed


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
        self._new = _hidden(~alone)[None]

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


def _hidden(mask: Tensor) -> Tensor:
    """Return -inf where `mask` is set, else 0: what is added to log-odds."""
    return torch.zeros(mask.shape, device=mask.device).masked_fill_(mask, -torch.inf)


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


class _EncoderLayer(nn.Module):
    def __init__(self, state: State, name: str, heads: int) -> None:
        super().__init__()
        attention = [f"{name}self_attn.{part}" for part in _PARTS]
        names = [*attention, f"{name}self_attn_layer_norm"]
        self.attention = SelfAttention(state, names, heads=heads, epsilon=EPSILON)
        self.forward_part = FeedForward(state, [name + part for part in _FORWARD], EPSILON)

    def forward(self, x: Tensor, groups: Sequence[tuple[int, int]]) -> Tensor:
        read: Tensor = self.forward_part(self.attention(x, groups, None))
        return read


class _DecoderLayer(nn.Module):
    def __init__(self, state: State, name: str, heads: int) -> None:
        super().__init__()
        own = [f"{name}self_attn.{part}" for part in _PARTS]
        source = [f"{name}encoder_attn.{part}" for part in _PARTS]
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


def _shapes(config: Any) -> dict[str, tuple[int, ...]]:
    """Return the name and shape of every weight that is read."""
    wide, words = int(config.d_model), int(config.vocab_size)
    shapes: dict[str, tuple[int, ...]] = {
        "model.shared.weight": (words, wide),
        "final_logits_bias": (1, words),
    }
    for side, attentions in ((_ENCODER, ("self_attn",)), (_DECODER, ("self_attn", "encoder_attn"))):
        kind = side.split(".")[1]
        inner = int(getattr(config, f"{kind}_ffn_dim"))
        shapes[f"{side}embed_positions.weight"] = (
            int(config.max_position_embeddings) + OFFSET,
            wide,
        )
        norms = [f"{side}layernorm_embedding"]
        for i in range(int(getattr(config, f"{kind}_layers"))):
            name = f"{side}layers.{i}."
            sizes = {f"{name}{one}.{part}": (wide, wide) for one in attentions for part in _PARTS}
            sizes |= {f"{name}fc1": (inner, wide), f"{name}fc2": (wide, inner)}
            shapes |= {f"{part}.weight": size for part, size in sizes.items()}
            shapes |= {f"{part}.bias": size[:1] for part, size in sizes.items()}
            norms += [f"{name}{one}_layer_norm" for one in attentions] + [f"{name}final_layer_norm"]
        shapes |= {f"{norm}.{part}": (wide,) for norm in norms for part in ("weight", "bias")}
    return shapes
