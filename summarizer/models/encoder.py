"""Any Hugging Face encoder, by name or folder: texts to unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from summarizer.errors import ModelError
from summarizer.models.bert import Bert
from summarizer.models.loading import check_complete, check_finite, check_vocabulary, loading
from summarizer.models.quiet import quiet
from summarizer.protocols import Vectors

MOST_TOKENS = 256
BATCH = 32
BATCH_TOKENS = 1024  # texts that a `Bert` reads at a time, without padding: some 20 MB


class TransformerEncoder:
    """Mean-pooled token vectors, normalised, as sentence-transformers does by default.

    Texts are encoded in batches of one token length, without padding, so that a vector does not
    depend on what stands beside it.

    Raises:
        ModelError: the folder or name holds no encoder, or cannot be reached.
    """

    def __init__(
        self,
        name_or_path: str | Path,
        *,
        digest: str,
        revision: str | None = None,
        device: str = "cpu",
        offline: bool = True,
    ) -> None:
        from transformers import AutoModel, AutoTokenizer  # as slow to import as torch is

        where: dict[str, Any] = {
            "revision": revision,
            "local_files_only": offline,
            "trust_remote_code": False,
        }
        with quiet(), loading(name_or_path, "encoder", offline=offline):
            self._tokenizer = AutoTokenizer.from_pretrained(name_or_path, **where)
            self._model, info = AutoModel.from_pretrained(
                name_or_path, use_safetensors=True, output_loading_info=True, **where
            )
            if self._model.config.is_encoder_decoder:
                raise ModelError(
                    f"{name_or_path}: this model writes text; give it as the writer, and here a "
                    "model that reads (BERT, MPNet, RoBERTa, DeBERTa ...)"
                )
            rows = self._model.get_input_embeddings().num_embeddings
        # A pooler is often left out of a checkpoint, and not used here.
        used = {key for key in info["missing_keys"] if not str(key).startswith("pooler.")}
        check_complete(name_or_path, used | set(info["mismatched_keys"]))
        check_vocabulary(name_or_path, self._tokenizer, rows)
        self._model.to(device).eval()
        self._device = device
        self.digest = digest

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return (n, d) unit vectors of `texts`; a text is read up to 256 tokens."""
        return encode_texts(self._model, self._tokenizer, texts, device=self._device)


@torch.inference_mode()
def encode_texts(
    model: torch.nn.Module, tokenizer: object, texts: Sequence[str], *, device: str
) -> Vectors:
    """Return (n, d) unit vectors: mean-pooled last hidden states of `texts`.

    The name of a special token in a text is text. Raises ModelError when a vector is not finite.
    """
    if not texts:
        width = int(model.config.hidden_size)  # type: ignore[union-attr, arg-type]
        return np.zeros((0, width), dtype=np.float32)
    ids: list[list[int]] = tokenizer(  # type: ignore[operator]
        list(texts), truncation=True, max_length=MOST_TOKENS, split_special_tokens=True
    )["input_ids"]
    if isinstance(model, Bert):
        return _unit(model.pooled(ids, tokens=BATCH_TOKENS))
    lengths: dict[int, list[int]] = {}
    for row, tokens in enumerate(ids):
        lengths.setdefault(len(tokens), []).append(row)
    pooled: dict[int, torch.Tensor] = {}
    for rows in lengths.values():
        for first in range(0, len(rows), BATCH):
            some = rows[first : first + BATCH]
            batch = torch.tensor([ids[row] for row in some], device=device)
            hidden = model(input_ids=batch, attention_mask=torch.ones_like(batch))
            pooled.update(zip(some, hidden.last_hidden_state.float().mean(1), strict=True))
    return _unit(torch.stack([pooled[row] for row in range(len(ids))]))


def _unit(vectors: torch.Tensor) -> Vectors:
    unit: Vectors = torch.nn.functional.normalize(vectors, dim=-1).cpu().numpy()
    check_finite(unit, "encoder")
    # The last bits of a sum depend on the batch it was computed in.
    return np.round(unit, 5)
