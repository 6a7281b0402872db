"""The relation network: an encoder that reads sentences in context, and light heads on top."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from summarizer.errors import ModelError
from summarizer.models.bert import Bert
from summarizer.models.windows import Window, lay_out
from summarizer.protocols import Passage

TYPES = ("viewpoint", "background", "furniture")
STANCES = ("favours", "opposes", "neutral")
DISTANCES = (1, 2, 3, 5, 9, 17)
"""Lower edges of the buckets of distance in sentences; a bucket more for a bare list."""

HOLDERS = ("none", "one", "different", "same")
"""What two sentences can have in common: how many of them have a holder, and whether it is one."""

HEADS = "heads.safetensors"
HEADS_CONFIG = "heads.json"
SALIENCE = "salience"
"""Name of the weights that older folders lack."""

PADDING = 1.1  # a batch grows to at most this many times its real tokens ...
BATCH_TOKENS = 256  # ... unless it would be smaller than this


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsConfig:
    """Shape of the heads; the scales divide log-odds (temperatures, set on held-out data)."""

    side_width: int = 128
    side_hidden: int = 64
    mixer_heads: int = 6
    dropout: float = 0.1
    side_scale: float = 1.0
    stance_scale: float = 1.0


class RelationNetwork(nn.Module):
    """Encoder, story mixer and heads.

    `vectors` reads passages: (n, d), one row per sentence, the mean of its tokens in context.
    `mixed` lets the n sentences of one story look at each other across windows (one transformer
    layer over the vectors). `types` (n, 3), `stance` (n, 3) and `sides` (n, n) are log-odds.
    `salience` (d,) weighs the vectors of bare texts; zero where nothing was fitted.
    """

    salience: Tensor

    def __init__(self, encoder: nn.Module, tokenizer: Any, config: HeadsConfig) -> None:
        super().__init__()
        self.encoder = encoder
        self.tokenizer = tokenizer
        self.config = config
        width = int(encoder.config.hidden_size)  # type: ignore[union-attr, arg-type]
        # Mean-pooled vectors are small; heads learn many times faster on unit variance.
        self.norm = nn.LayerNorm(width)
        self.mixed_norm = nn.LayerNorm(width)
        self.mixer = nn.TransformerEncoderLayer(
            width,
            config.mixer_heads,
            2 * width,
            config.dropout,
            activation="gelu",
            batch_first=True,
            norm_first=True,
        )
        self.place_scale = nn.Parameter(torch.tensor(0.1))
        self.types_head = nn.Linear(width, len(TYPES))
        self.types_holder = nn.Parameter(torch.zeros(len(TYPES)))
        self.stance_head = nn.Linear(width, len(STANCES))
        self.register_buffer(SALIENCE, torch.zeros(width))  # fitted, not trained
        self.side_in = nn.Linear(width, config.side_width)
        self.side_hidden = nn.Linear(2 * config.side_width, config.side_hidden)
        self.side_out = nn.Linear(config.side_hidden, 1)
        self.side_distance = nn.Parameter(torch.zeros(len(DISTANCES) + 1))
        self.side_paragraph = nn.Parameter(torch.zeros(1))
        self.side_holder = nn.Parameter(torch.zeros(len(HOLDERS)))
        self.holder_in = nn.Linear(width, width, bias=False)
        nn.init.zeros_(self.holder_in.weight)

    @classmethod
    def start(cls, folder: str | Path, config: HeadsConfig | None = None) -> RelationNetwork:
        """Return a network with the encoder of `folder` and untrained heads."""
        from transformers import AutoModel, AutoTokenizer  # reading needs neither; see `bert`

        encoder = AutoModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            local_files_only=True,
            hidden_dropout_prob=0.0,  # training sets its own
            attention_probs_dropout_prob=0.0,
        )
        return cls(encoder, AutoTokenizer.from_pretrained(folder), config or HeadsConfig())

    @classmethod
    def load(
        cls, folder: str | Path, *, reading: tuple[nn.Module, Any] | None = None
    ) -> RelationNetwork:
        """Return the network saved in `folder`.

        With `reading`, an encoder and its tokenizer, it has these and is for reading only.

        Raises:
            ModelError: a file is missing or does not fit the encoder.
        """
        folder = Path(folder)
        try:
            config = HeadsConfig(**json.loads((folder / HEADS_CONFIG).read_text()))
            network = cls(*reading, config) if reading else cls.start(folder, config)
            heads = {k: v.float() for k, v in load_file(folder / HEADS).items()}
            missing, unexpected = network.load_state_dict(heads, strict=False)
        except (OSError, ValueError, TypeError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"{folder}: not a relation encoder folder ({error})") from error
        lost = [name for name in missing if not _in_encoder(name) and name != SALIENCE]
        if lost or unexpected:
            raise ModelError(f"{folder}: heads do not fit, missing {lost}, unexpected {unexpected}")
        return network.float().eval()

    def save(self, folder: str | Path) -> None:
        """Write encoder, tokenizer and heads into `folder`, in half precision."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        state = self.state_dict()
        encoder = {k.removeprefix("encoder."): _half(v) for k, v in state.items() if _in_encoder(k)}
        self.encoder.save_pretrained(folder, state_dict=encoder)  # type: ignore[operator]
        self.tokenizer.save_pretrained(folder)
        self.save_heads(folder)

    def save_heads(self, folder: Path) -> None:
        """Write the heads alone into `folder`, in half precision."""
        state = self.state_dict()
        save_file({k: _half(v) for k, v in state.items() if not _in_encoder(k)}, folder / HEADS)
        (folder / HEADS_CONFIG).write_text(json.dumps(asdict(self.config), indent=2) + "\n")

    def lay_out(self, passage: Passage) -> list[Window]:
        """Return the windows of `passage` for this network's tokenizer."""
        return lay_out(passage, self.tokenizer)

    def vectors(self, windows: Sequence[Window], n: int) -> Tensor:
        """Return (n, d) vectors of the sentences whose rows stand in `windows`."""
        pieces = [self._tokens(some) for some in _alike(windows)]
        hidden, rows = (torch.cat(parts) for parts in zip(*pieces, strict=True))
        sums = hidden.new_zeros(n, hidden.shape[-1]).index_add(0, rows, hidden)
        counts = torch.bincount(rows, minlength=n).clamp(min=1)
        normed: Tensor = self.norm(sums / counts[:, None].to(sums.dtype))
        return normed

    def _tokens(self, windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
        """Return (t, d) states of the t tokens that belong to sentences, and their rows.

        `windows` stand sorted by length.
        """
        device = next(self.parameters()).device
        if isinstance(self.encoder, Bert):  # without padding, so that no window changes another
            found = self.encoder.states([w.ids for w in windows], [w.kinds for w in windows])
            row = torch.tensor([row for w in windows for row in w.rows], device=device)
            return found[row >= 0], row[row >= 0]
        ids, kinds, mask, rows = (t.to(device) for t in _padded(windows, self._pad))
        hidden = self.encoder(
            input_ids=ids, token_type_ids=kinds, attention_mask=mask
        ).last_hidden_state
        return hidden[rows >= 0], rows[rows >= 0]

    def embed(self, texts: Sequence[str], *, max_tokens: int = 256) -> Tensor:
        """Return (n, d) unit vectors of bare texts, mean-pooled as in sentence-transformers."""
        encoded = self.tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=max_tokens,
            return_tensors="pt",
            return_token_type_ids=False,
        ).to(next(self.parameters()).device)
        hidden = self.encoder(**encoded).last_hidden_state
        mask = encoded["attention_mask"][..., None].to(hidden.dtype)
        pooled = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
        return nn.functional.normalize(pooled, dim=-1)

    def mixed(self, vectors: Tensor, passage: Passage) -> Tensor:
        """Return (n, d): the vectors of one passage after looking at each other.

        Each also sees the mean of what its holder says.
        """
        places = _sinusoids(vectors) * self.place_scale if passage.ordered else 0.0
        spoken = self.holder_in(_holder_means(vectors, passage.holders))
        mixed: Tensor = self.mixed_norm(self.mixer((vectors + places + spoken)[None])[0])
        return mixed

    def types(self, mixed: Tensor, passage: Passage) -> Tensor:
        """Return (n, 3) log-odds of `TYPES`; that somebody says it counts as well."""
        scores: Tensor = self.types_head(mixed)
        if passage.holders:
            named = torch.tensor(passage.holders, device=mixed.device) >= 0
            scores = scores + named[:, None] * self.types_holder
        return scores

    def sides(self, mixed: Tensor, passage: Passage, *, rows: slice = slice(None)) -> Tensor:
        """Return (n, n) log-odds that two sentences stand on one side, or some rows of it."""
        u = self.side_in(mixed)
        a, b = u[rows, None], u[None]
        features = torch.cat([a * b, (a - b).abs()], dim=-1)
        text: Tensor = self.side_out(nn.functional.gelu(self.side_hidden(features)))[..., 0]
        return text + self._around(passage, mixed.device, rows)

    def _around(self, passage: Passage, device: torch.device, rows: slice) -> Tensor:
        """Return what distance, paragraph and holders add to the log-odds of two sentences."""
        if not passage.ordered:
            return self.side_distance[len(DISTANCES)]
        places = torch.arange(len(passage.sentences), device=device)
        distance = (places[rows, None] - places[None]).abs()
        edges = torch.tensor(DISTANCES, device=device)
        bucket = (torch.bucketize(distance, edges, right=True) - 1).clamp(min=0)
        paragraph = torch.tensor(passage.paragraphs, device=device)
        same = (paragraph[rows, None] == paragraph[None]).to(self.side_paragraph.dtype)
        around: Tensor = self.side_distance[bucket] + self.side_paragraph * same
        if passage.holders:
            holder = torch.tensor(passage.holders, device=device)
            named = (holder[rows, None] >= 0).long() + (holder[None] >= 0).long()
            agree = (named == 2) & (holder[rows, None] == holder[None])
            around = around + self.side_holder[named + agree.long()]
        return around

    @property
    def _pad(self) -> int:
        return int(self.tokenizer.pad_token_id)


def _in_encoder(name: str) -> bool:
    return name.startswith("encoder.")


def _half(weight: Tensor) -> Tensor:
    return weight.detach().to("cpu", torch.float16).contiguous()


def _alike(windows: Sequence[Window]) -> list[list[Window]]:
    """Return `windows` in groups of about one length: little padding, no tiny batches."""
    groups: list[list[Window]] = []
    real = 0
    for window in sorted(windows, key=lambda window: len(window.ids)):
        size = len(window.ids)
        padded = size * (len(groups[-1]) + 1) if groups else 0
        if not groups or (padded > PADDING * (real + size) and real >= BATCH_TOKENS):
            groups.append([])
            real = 0
        groups[-1].append(window)
        real += size
    return groups


def _padded(windows: Sequence[Window], pad: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    longest = max(len(window.ids) for window in windows)

    def fill(rows: Sequence[Sequence[int]], value: int) -> Tensor:
        return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])

    ids = fill([w.ids for w in windows], pad)
    kinds = fill([w.kinds for w in windows], 1)
    mask = fill([[1] * len(w.ids) for w in windows], 0)
    rows = fill([w.rows for w in windows], -1)
    return ids, kinds, mask, rows


def _holder_means(vectors: Tensor, holders: Sequence[int]) -> Tensor:
    """Return (n, d): the mean vector of what a sentence's holder says, zero without one."""
    if not holders:
        return torch.zeros_like(vectors)
    holder = torch.tensor(holders, device=vectors.device)
    member = (holder[:, None] == holder[None]) & (holder >= 0)[:, None]
    weight = member.to(vectors.dtype)
    return weight @ vectors / weight.sum(1, keepdim=True).clamp(min=1)


def _sinusoids(vectors: Tensor) -> Tensor:
    """Return (n, d) sinusoidal positions (Vaswani et al. 2017)."""
    n, d = vectors.shape
    place = torch.arange(n, device=vectors.device, dtype=vectors.dtype)[:, None]
    rate = torch.exp(
        torch.arange(0, d, 2, device=vectors.device, dtype=vectors.dtype) * (-math.log(1e3) / d)
    )
    return torch.stack([torch.sin(place * rate), torch.cos(place * rate)], dim=-1).reshape(n, -1)
