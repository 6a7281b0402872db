"""The bundled encoder at work: reads passages with the trained relation network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from summarizer.models import calibrated, int8
from summarizer.models.bert import Bert, is_bert_folder
from summarizer.models.encoder import encode_texts
from summarizer.models.loading import (
    check_complete,
    check_finite,
    check_vocabulary,
    loading,
    stored_names,
)
from summarizer.models.network import HEADS, RelationNetwork
from summarizer.models.sample import SAMPLE
from summarizer.models.tokens import Tokens
from summarizer.protocols import Matrix, Passage, Reading, Vectors
from summarizer.readings import DECIMALS, mean, orders, reordered

ROWS = 256  # rows of the pair matrix scored at a time: bounds memory at 2,000 claims
WINDOWS = 8  # windows encoded at a time
SINGLES = 32  # passages of one sentence encoded at a time
KNOWN = 4096  # texts whose vectors are kept, 6 MB: claims are encoded to compare and to verify


def is_relation_folder(folder: Path) -> bool:
    """Return whether `folder` holds the heads of a relation network beside its encoder."""
    return (folder / HEADS).is_file()


class RelationTransformer:
    """`RelationEncoder` on a trained folder; a window at a time, so that nothing is padded.

    Raises:
        ModelError: the folder is incomplete or does not fit.
    """

    def __init__(self, folder: Path, *, digest: str, device: str = "cpu") -> None:
        self._device = device
        with loading(folder, "relation encoder", offline=True):
            self._network = _network(folder).to(device)
            packed = device == "cpu" and calibrated.pack(self._network.encoder, self._sample)
        self._salience = self._network.salience.double().cpu().numpy()
        self._known: dict[str, Vectors] = {}
        self.digest = int8.marked(digest, packed=packed, how="int8-fixed")

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return (n, d) unit vectors of `texts`; a text is read up to 256 tokens."""
        known = self._known
        if len(known) + len(texts) > KNOWN:
            known = self._known = {}  # a new one: another thread may be reading the old one
        new = sorted({text for text in texts if text not in known})
        network = self._network
        vectors = encode_texts(network.encoder, network.tokenizer, new, device=self._device)
        known.update(zip(new, vectors, strict=True))
        return np.stack([known[text] for text in texts]) if texts else vectors

    def salience(self, vectors: Vectors, /) -> npt.NDArray[np.float64]:
        """Return (n,) how much of a viewpoint's summary each text holds; see `SalienceEncoder`."""
        found = np.asarray(np.round(vectors.astype(np.float64) @ self._salience, DECIMALS))
        check_finite(found, "relation encoder")
        return found

    def _sample(self) -> None:
        """Read what shows the encoder's layers the ranges of their inputs."""
        network, alone = self._network, SAMPLE.sentences[:2]
        self._vectors(SAMPLE)
        self._vectors(Passage(sentences=alone[1:], prefix=alone[0]))
        encode_texts(network.encoder, network.tokenizer, alone, device=self._device)

    def read(self, passages: Sequence[Passage], /) -> list[Reading]:
        """Return one `Reading` per passage; of a bare list the mean over several orders."""
        single = [row for row, passage in enumerate(passages) if len(passage.sentences) == 1]
        found = dict(zip(single, self._read_single([passages[row] for row in single]), strict=True))
        for row, passage in enumerate(passages):
            if row not in found:
                found[row] = self._read_any(passage)
        return [found[row] for row in range(len(passages))]

    def _read_any(self, passage: Passage) -> Reading:
        if passage.ordered:
            return self._read(passage)
        return mean([self._reordered(passage, order) for order in orders(passage.sentences)])

    def _reordered(self, passage: Passage, order: Sequence[int]) -> Reading:
        texts = tuple(passage.sentences[row] for row in order)
        return reordered(self._read(Passage(sentences=texts, prefix=passage.prefix)), order)

    @torch.inference_mode()
    def _read_single(self, passages: Sequence[Passage]) -> list[Reading]:
        """Return the readings of passages of one sentence: pairs, of which there may be many."""
        readings = []
        for first in range(0, len(passages), SINGLES):
            some = passages[first : first + SINGLES]
            windows = [
                self._network.lay_out(passage)[0].shifted(i) for i, passage in enumerate(some)
            ]
            vectors = self._network.vectors(windows, len(some))
            readings += [
                self._judged(vectors[i : i + 1], passage) for i, passage in enumerate(some)
            ]
        return readings

    @torch.inference_mode()
    def _read(self, passage: Passage) -> Reading:
        if not passage.sentences:
            return Reading(types=np.zeros((0, 3)), sides=np.zeros((0, 0)), stances=np.zeros(0))
        return self._judged(self._vectors(passage), passage)

    def _judged(self, vectors: torch.Tensor, passage: Passage) -> Reading:
        network = self._network
        mixed = network.mixed(vectors, passage)
        stance = (network.stance_head(vectors) / network.config.stance_scale).softmax(-1)
        reading = Reading(
            types=_rounded(network.types(mixed, passage).softmax(-1)),
            sides=self._sides(mixed, passage),
            stances=_rounded(stance[:, 0] - stance[:, 1]),
        )
        for values in (reading.types, reading.sides, reading.stances):
            check_finite(values, "relation encoder")
        return reading

    def _vectors(self, passage: Passage) -> torch.Tensor:
        """Return (n, d); a few windows at a time, which bounds memory for long stories."""
        windows = self._network.lay_out(passage)
        parts = []
        for i in range(0, len(windows), WINDOWS):
            some = windows[i : i + WINDOWS]
            first, last = min(r for r in some[0].rows if r >= 0), max(some[-1].rows)
            parts.append(self._network.vectors([w.shifted(-first) for w in some], last + 1 - first))
        return torch.cat(parts)

    def _sides(self, mixed: torch.Tensor, passage: Passage) -> Matrix:
        blocks = [
            self._network.sides(mixed, passage, rows=slice(first, first + ROWS))
            for first in range(0, len(mixed), ROWS)
        ]
        sides = _rounded(torch.cat(blocks) / self._network.config.side_scale)
        np.fill_diagonal(sides, 0.0)
        return (sides + sides.T) / 2


def _network(folder: Path) -> RelationNetwork:
    """Return the network of `folder`; a BERT is read without transformers."""
    if is_bert_folder(folder):
        network = RelationNetwork.load(folder, reading=(Bert(folder), Tokens(folder)))
        rows = int(network.encoder.config.vocab_size)  # type: ignore[union-attr, arg-type]
    else:
        network = RelationNetwork.load(folder)
        encoder: Any = network.encoder
        prefix = f"{encoder.base_model_prefix}."
        stored = {name.removeprefix(prefix) for name in stored_names(folder)}
        check_complete(folder, {name for name, _ in encoder.named_parameters()} - stored)
        rows = encoder.get_input_embeddings().num_embeddings
    check_vocabulary(folder, network.tokenizer, rows)
    return network


def _rounded(values: torch.Tensor) -> Matrix:
    return np.round(values.double().cpu().numpy(), DECIMALS)
