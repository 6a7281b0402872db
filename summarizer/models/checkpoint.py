"""Any seq2seq checkpoint by name or folder, run by transformers' `generate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    LogitsProcessor,
    LogitsProcessorList,
)

from summarizer.errors import ModelError
from summarizer.models.constraint import ConstraintProcessor, SourceWords
from summarizer.models.loading import check_complete, check_vocabulary, loading
from summarizer.models.quiet import quiet

BEAMS = 3  # each costs as much as the first
CANDIDATES = 3  # all beams; verify takes the first that holds
BATCH = 16  # requests; with their beams some 64 rows, 300 MB at most
_TRAINED_LENGTHS = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")


class Checkpoint:
    """A `Generator` on `AutoModelForSeq2SeqLM`.

    Raises:
        ModelError: there is no such model, weights are missing or do not fit, or it is no seq2seq
            model.
    """

    def __init__(self, name: str, *, revision: str | None, device: str, offline: bool) -> None:
        where = {
            "revision": revision,
            "local_files_only": offline,
            "trust_remote_code": False,
        }
        with quiet():
            self._model, self.tokenizer, config = _load(name, where)
        self._model.to(device).train(False)
        self._model.generation_config.max_length = None  # each task has its own limit
        self._device = device
        self.model_type = str(config.model_type)
        self.prompt_family = getattr(config, "prompt_family", None)
        self.packed = False
        self.size, self.end = int(config.vocab_size), _end(config, self.tokenizer, name)
        self.limit = _limit(config, self.tokenizer)

    def generate(
        self,
        prompts: Sequence[str],
        constraints: Sequence[SourceWords],
        limits: Sequence[int],
    ) -> list[list[str]]:
        """Return up to three candidates for each prompt, best first."""
        return [
            texts
            for some in _batches(limits)
            for texts in self._batch(prompts[some], constraints[some], limits[some])
        ]

    @torch.inference_mode()
    def _batch(
        self,
        prompts: Sequence[str],
        constraints: Sequence[SourceWords],
        limits: Sequence[int],
    ) -> list[list[str]]:
        batch = self.tokenizer(list(prompts), return_tensors="pt", padding=True)
        processor = ConstraintProcessor(constraints, limits, beams=BEAMS, eos=self.end)
        ids = self._model.generate(
            input_ids=batch["input_ids"].to(self._device),
            attention_mask=batch["attention_mask"].to(self._device),
            logits_processor=LogitsProcessorList([_Finite(), processor]),
            num_beams=BEAMS,
            num_return_sequences=CANDIDATES,
            max_new_tokens=max(limits),
            no_repeat_ngram_size=3,
            do_sample=False,
            early_stopping=True,
            forced_eos_token_id=None,
        )
        texts = self.tokenizer.batch_decode(ids, skip_special_tokens=True)
        return [texts[i : i + CANDIDATES] for i in range(0, len(texts), CANDIDATES)]


def _load(name: str, where: dict[str, Any]) -> tuple[Any, Any, Any]:
    with loading(name, "seq2seq writer", offline=where["local_files_only"]):
        config = AutoConfig.from_pretrained(name, **where)
        tokenizer = AutoTokenizer.from_pretrained(name, **where)
        model, info = AutoModelForSeq2SeqLM.from_pretrained(
            name, output_loading_info=True, use_safetensors=True, dtype=torch.float32, **where
        )
        rows = model.get_input_embeddings().num_embeddings
    check_complete(name, [*info["missing_keys"], *info["mismatched_keys"]])
    check_vocabulary(name, tokenizer, rows)
    return model, tokenizer, config


class _Finite(LogitsProcessor):  # type: ignore[misc, unused-ignore]
    """Stops a model that answers with no numbers, which beam search would take for a text."""

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        if torch.isnan(scores).any():
            raise ModelError("writer: the model's output is not finite; its weights are broken")
        return scores


def _batches(limits: Sequence[int]) -> Iterator[slice]:
    """Yield runs of at most BATCH rows of one limit: a batch runs until its longest is written."""
    first = 0
    for _, group in groupby(limits):
        last = first + len(list(group))
        yield from (slice(i, min(i + BATCH, last)) for i in range(first, last, BATCH))
        first = last


def _limit(config: Any, tokenizer: Any) -> int:
    """Return the most source tokens that the model was made for."""
    known = [getattr(config, name, None) for name in _TRAINED_LENGTHS]
    lengths = [length for length in known if isinstance(length, int) and length > 0]
    # Relative positions (T5) have no end; 512 tokens is what they are trained on.
    most = lengths[0] if lengths else 512
    return min(most, int(tokenizer.model_max_length))


def _end(config: Any, tokenizer: Any, name: str) -> int:
    """Return the token that ends a text: the config's, else the tokenizer's."""
    end = getattr(config, "eos_token_id", None)
    end = tokenizer.eos_token_id if end is None else end
    if end is None:
        raise ModelError(f"{name}: neither config nor tokenizer names the token that ends a text")
    return int(end[0] if isinstance(end, list) else end)
