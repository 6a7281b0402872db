"""BART (Lewis et al. 2020) for writing: the bundled writer without transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from summarizer.models import int8
from summarizer.models.bart_layers import EPSILON, PARTS, DecoderLayer, EncoderLayer
from summarizer.models.loading import read_config, read_state, says
from summarizer.models.past import Past, masked
from summarizer.models.transformer import Norm, State, grouped, positions

OFFSET = 2  # where BART's table of positions begins
_NEEDED = {
    "model_type": "bart",
    "activation_function": "gelu",
    "scale_embedding": False,
    "tie_word_embeddings": True,
    "prompt_family": "bundled",
}
_ENCODER, _DECODER = "model.encoder.", "model.decoder."
_TABLES = {
    "words": "model.shared.weight",
    "places": f"{_ENCODER}embed_positions.weight",
    "places_written": f"{_DECODER}embed_positions.weight",
    "bias": "final_logits_bias",
}


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
        for own, name in _TABLES.items():
            self.register_buffer(own, state[name].float())
        self.bias = self.bias[0]
        self.encoder_norm = Norm(state, f"{_ENCODER}layernorm_embedding", EPSILON)
        self.decoder_norm = Norm(state, f"{_DECODER}layernorm_embedding", EPSILON)
        self.encoder = _layers(EncoderLayer, state, self.config, _ENCODER)
        self.decoder = _layers(DecoderLayer, state, self.config, _DECODER)

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
            known=masked(~known),
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
        masks = masked(~seen)[:, None], masked(~known)[:, None, None]
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

    def pack(self) -> bool:
        """Compute in eight bits, where this machine is faster with them; return whether it does."""
        return int8.pack(self.encoder) and int8.pack(self.decoder, square=False)


def _layers(
    kind: type[EncoderLayer | DecoderLayer], state: State, config: Any, side: str
) -> nn.ModuleList:
    """Return the layers of one `side`, by its prefix in the checkpoint."""
    name = side.split(".")[1]
    heads = int(getattr(config, f"{name}_attention_heads"))
    count = int(getattr(config, f"{name}_layers"))
    return nn.ModuleList(kind(state, f"{side}layers.{i}.", heads) for i in range(count))


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
            sizes = {f"{name}{one}.{part}": (wide, wide) for one in attentions for part in PARTS}
            sizes |= {f"{name}fc1": (inner, wide), f"{name}fc2": (wide, inner)}
            shapes |= {f"{part}.weight": size for part, size in sizes.items()}
            shapes |= {f"{part}.bias": size[:1] for part, size in sizes.items()}
            norms += [f"{name}{one}_layer_norm" for one in attentions] + [f"{name}final_layer_norm"]
        shapes |= {f"{norm}.{part}": (wide,) for norm in norms for part in ("weight", "bias")}
    return shapes
