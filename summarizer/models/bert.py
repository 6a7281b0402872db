"""BERT (Devlin et al. 2019) for reading: the encoder of the bundled models without transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn

from summarizer.models.loading import read_config, read_state, says
from summarizer.models.transformer import (
    FeedForward,
    Norm,
    SelfAttention,
    State,
    grouped,
    positions,
)

_NEEDED = {"model_type": "bert", "hidden_act": "gelu"}
_LAYER = "encoder.layer.{}."
_ATTENTION = ("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm")
_FORWARD = ("intermediate.dense", "output.dense", "output.LayerNorm")


def is_bert_folder(folder: Path) -> bool:
    """Return whether `folder` says that it holds a BERT as `Bert` computes it."""
    return says(folder, _NEEDED)


class Bert(nn.Module):
    """Token ids to hidden states; gives what transformers' `BertModel` gives, without padding.

    Raises:
        OSError, ValueError: a file is missing or broken.
        ModelError: weights are missing or of another shape.
    """

    words: Tensor
    places: Tensor
    kinds: Tensor

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.config: Any = read_config(folder)
        state = read_state(folder, _shapes(self.config), prefix="bert.")
        self.register_buffer("words", state["embeddings.word_embeddings.weight"].float())
        self.register_buffer("places", state["embeddings.position_embeddings.weight"].float())
        self.register_buffer("kinds", state["embeddings.token_type_embeddings.weight"].float())
        epsilon = float(self.config.layer_norm_eps)
        self.norm = Norm(state, "embeddings.LayerNorm", epsilon)
        self.layers = nn.ModuleList(
            _Layer(state, _LAYER.format(i), int(self.config.num_attention_heads), epsilon)
            for i in range(int(self.config.num_hidden_layers))
        )

    def forward(self, *, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Any:
        """Return a value whose `last_hidden_state` is (n, t, d); all three arguments are (n, t)."""
        count, length = input_ids.shape
        mask = None if bool(attention_mask.all()) else attention_mask[:, None, None, :].bool()
        hidden = self._read(
            input_ids.reshape(-1), token_type_ids.reshape(-1), [(count, length)], mask
        )
        return SimpleNamespace(last_hidden_state=hidden.view(count, length, -1))

    def states(self, texts: Sequence[Sequence[int]], kinds: Sequence[Sequence[int]]) -> Tensor:
        """Return (t, d) states of `texts`, one after the other; they stand sorted by length."""
        ids, types = (
            torch.tensor([one for row in rows for one in row], device=self.words.device)
            for rows in (texts, kinds)
        )
        return self._read(ids, types, grouped([len(text) for text in texts]), None)

    def pooled(self, texts: Sequence[Sequence[int]], *, tokens: int) -> Tensor:
        """Return (n, d): the mean state of the tokens of each text, some `tokens` at a time."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        means = []
        for rows in _batches([len(texts[row]) for row in order], tokens):
            some = [texts[row] for row in order[rows]]
            ids = torch.tensor([token for text in some for token in text], device=self.words.device)
            groups = grouped([len(text) for text in some])
            hidden = self._read(ids, torch.zeros_like(ids), groups, None)
            sizes = [count * length for count, length in groups]
            means += [
                part.view(count, length, -1).mean(1)
                for part, (count, length) in zip(torch.split(hidden, sizes), groups, strict=True)
            ]
        back = torch.tensor(order, device=self.words.device).argsort()
        return torch.cat(means)[back]

    def _read(
        self, ids: Tensor, kinds: Tensor, groups: Sequence[tuple[int, int]], mask: Tensor | None
    ) -> Tensor:
        places = positions(groups, ids.device)
        hidden: Tensor = self.norm(self.words[ids] + self.kinds[kinds] + self.places[places])
        for layer in self.layers:
            hidden = layer(hidden, groups, mask)
        return hidden


class _Layer(nn.Module):
    def __init__(self, state: State, name: str, heads: int, epsilon: float) -> None:
        super().__init__()
        attention = [f"{name}attention.{part}" for part in _ATTENTION]
        self.attention = SelfAttention(state, attention, heads=heads, epsilon=epsilon)
        self.forward_part = FeedForward(state, [name + part for part in _FORWARD], epsilon)

    def forward(self, x: Tensor, groups: Sequence[tuple[int, int]], mask: Tensor | None) -> Tensor:
        read: Tensor = self.forward_part(self.attention(x, groups, mask))
        return read


def _batches(lengths: Sequence[int], tokens: int) -> list[slice]:
    """Return runs of texts that hold at most `tokens` tokens, or one text."""
    starts, used = [0], 0
    for row, length in enumerate(lengths):
        if used and used + length > tokens:
            starts.append(row)
            used = 0
        used += length
    return [slice(a, b) for a, b in zip(starts, [*starts[1:], len(lengths)], strict=True)]


def _shapes(config: Any) -> dict[str, tuple[int, ...]]:
    """Return the name and shape of every weight that is read."""
    wide, inner = int(config.hidden_size), int(config.intermediate_size)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (int(config.vocab_size), wide),
        "embeddings.position_embeddings.weight": (int(config.max_position_embeddings), wide),
        "embeddings.token_type_embeddings.weight": (int(config.type_vocab_size), wide),
        "embeddings.LayerNorm.weight": (wide,),
        "embeddings.LayerNorm.bias": (wide,),
    }
    for i in range(int(config.num_hidden_layers)):
        name = _LAYER.format(i)
        sizes = {f"{name}attention.{part}": (wide, wide) for part in _ATTENTION[:4]}
        sizes |= {f"{name}{_FORWARD[0]}": (inner, wide), f"{name}{_FORWARD[1]}": (wide, inner)}
        shapes |= {f"{part}.weight": size for part, size in sizes.items()}
        shapes |= {f"{part}.bias": size[:1] for part, size in sizes.items()}
        for part in (f"{name}attention.{_ATTENTION[4]}", f"{name}{_FORWARD[2]}"):
            shapes |= {f"{part}.weight": (wide,), f"{part}.bias": (wide,)}
    return shapes
