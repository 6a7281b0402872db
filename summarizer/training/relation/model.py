"""Builds the relation network before training: layers and vocabulary of the base it starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from summarizer.models.network import RelationNetwork
from summarizer.training.vocabulary import prune_tokenizer


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Size of a relation encoder: lower layers kept of the base model, pieces of its vocabulary."""

    layers: int
    vocabulary: int


SIZES = {
    "tiny": Shape(layers=2, vocabulary=4_000),
    # The bundled weights share 90 MB; English news hardly uses the pieces that go.
    "small": Shape(layers=6, vocabulary=22_000),
    "full": Shape(layers=12, vocabulary=40_000),
}


def build_relation(base: Path, shape: Shape, *, texts: Iterable[str]) -> RelationNetwork:
    """Return an untrained network with at most as many layers and pieces as `shape` says."""
    network = RelationNetwork.start(base)
    encoder: Any = network.encoder
    network.tokenizer, kept = prune_tokenizer(network.tokenizer, shape.vocabulary, texts=texts)
    words = encoder.embeddings.word_embeddings.weight.detach()[torch.tensor(kept)]
    table = nn.Embedding(len(kept), words.shape[1], network.tokenizer.pad_token_id, _weight=words)
    encoder.embeddings.word_embeddings = table
    encoder.encoder.layer = encoder.encoder.layer[: shape.layers]
    encoder.config.vocab_size = len(kept)
    encoder.config.num_hidden_layers = len(encoder.encoder.layer)
    return network


def freeze(network: RelationNetwork, layers: int) -> None:
    """Let embeddings and the lowest `layers` of the encoder stay as they are."""
    encoder: Any = network.encoder
    for module in (encoder.embeddings, *encoder.encoder.layer[:layers]):
        module.requires_grad_(False)


def set_dropout(network: RelationNetwork, share: float) -> None:
    """Drop `share` of the encoder's hidden states in training.

    Attention weights keep theirs: dropping those takes the slow path of the attention product.
    """
    encoder: Any = network.encoder
    for module in (encoder.embeddings, *encoder.encoder.layer):
        for name, part in module.named_modules():
            if isinstance(part, nn.Dropout) and not name.endswith("attention.self.dropout"):
                part.p = share
