"""Any seq2seq checkpoint as a `Writer`: by name or folder, batched, deterministic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
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
from summarizer.models.constraint import ConstraintProcessor, Vocabulary
from summarizer.models.loading import check_complete, check_vocabulary, loading
from summarizer.prompts import Prompts, family_of
from summarizer.protocols import WriteRequest
from summarizer.weights import digest

BEAMS = 3  # each costs as much as the first: half the time of writing is the reordering of beams
CANDIDATES = 3  # all beams; verify takes the first that holds
BATCH = 16  # requests; with their beams some 64 rows, 300 MB at most
LIMITS = {"summary": 56, "label": 14, "point": 28, "question": 36}
"""Tokens to write, by task: half as many again as the words asked for."""
LONGEST = 72
LEAST_LIMIT = 3 * LONGEST  # two written parts and a prompt must fit, or long input has no end
_TRAINED_LENGTHS = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")


class Seq2SeqWriter:
    """Writes with `AutoModelForSeq2SeqLM` under the prompts of its family.

    `constrained` False lets the model use any word (see `constraint`). `family` overrides the
    prompt family that is chosen by model type.

    Raises:
        ModelError: there is no such model, weights are missing or do not fit, or it is no seq2seq
            model.
    """

    def __init__(
        self,
        name_or_path: str | Path,
        *,
        revision: str | None = None,
        device: str = "cpu",
        offline: bool = True,
        prompts_folder: Path | None = None,
        family: str | None = None,
        constrained: bool = True,
    ) -> None:
        folder = Path(name_or_path)
        offline = offline or folder.is_dir()
        where = {
            "revision": revision,
            "local_files_only": offline,
            "trust_remote_code": False,
        }
        self._model, self._tokenizer, config = _load(str(name_or_path), where)
        self._model.to(device).train(False)
        self._model.generation_config.max_length = None  # each task has its own limit
        self._device = device
        own = getattr(config, "prompt_family", None)
        chosen = family or own or family_of(config.model_type, bundled=False)
        self.prompts = Prompts.load(chosen, folder=prompts_folder)
        identity = digest(folder) if folder.is_dir() else f"{name_or_path}@{revision or 'main'}"
        self.digest = f"{identity}+prompts-{self.prompts.digest}"
        self.limit = _limit(config, self._tokenizer)
        if self.limit < LEAST_LIMIT:
            raise ModelError(
                f"{name_or_path}: reads {self.limit} tokens only, {LEAST_LIMIT} needed"
            )
        self._end = _end(config, self._tokenizer, name_or_path)
        special = sorted(map(str, self._tokenizer.all_special_tokens), key=len, reverse=True)
        self._special = re.compile("|".join(re.escape(t) for t in special if len(t) > 1) or "(?!)")
        self._vocabulary = (
            Vocabulary(self._tokenizer, config.vocab_size, end=self._end) if constrained else None
        )

    def write(self, requests: Sequence[WriteRequest], /) -> list[tuple[str, ...]]:
        """Return up to three candidates for each request, best first.

        Texts that do not fit the model are written in parts, and what was written of the parts is
        put together in one more round; nothing is cut off.
        """
        parts = [self._parts(request) for request in requests]
        while any(len(some) > 1 for some in parts):
            # A part becomes at most LONGEST tokens, so each round leaves half as many parts.
            long = [row for row, some in enumerate(parts) if len(some) > 1]
            answers = iter(self._generate([part for row in long for part in parts[row]]))
            for row in long:
                texts = tuple(text for part in parts[row] for text in _first(next(answers), part))
                parts[row] = self._parts(_with_texts(requests[row], texts))
        return self._generate([some[0] for some in parts], sources=requests)

    def _parts(self, request: WriteRequest) -> list[WriteRequest]:
        """Return `request` in as few parts as fit the model, each of whole texts where possible."""
        texts = [piece for text in request.texts for piece in self._pieces(request, text)]
        parts: list[list[str]] = [[]]
        for text in texts:
            if parts[-1] and not self._fits(request, [*parts[-1], text]):
                parts.append([])
            parts[-1].append(text)
        return [_with_texts(request, tuple(some)) for some in parts]

    def _pieces(self, request: WriteRequest, text: str) -> list[str]:
        """Return `text`, halved at a space until each piece fits the model."""
        words = text.split()
        if len(words) < 2 or self._fits(request, [text]):
            return [text]
        middle = len(words) // 2
        halves = (" ".join(words[:middle]), " ".join(words[middle:]))
        return [piece for half in halves for piece in self._pieces(request, half)]

    def _fits(self, request: WriteRequest, texts: Sequence[str]) -> bool:
        return len(self._tokenizer(self._prompt(request, texts))["input_ids"]) <= self.limit

    def _prompt(self, request: WriteRequest, texts: Sequence[str]) -> str:
        """Return the prompt; the name of a special token in a text is broken up, and stays text."""
        plain = [self._special.sub(_spaced, text) for text in texts]
        question = self._special.sub(_spaced, request.question or "")
        return self.prompts.fill(request.task, plain, question=question)

    def _generate(
        self, requests: Sequence[WriteRequest], *, sources: Sequence[WriteRequest] | None = None
    ) -> list[tuple[str, ...]]:
        """Return candidates in order; batches hold texts of similar length, in and out."""
        prompts = [self._prompt(request, request.texts) for request in requests]
        lengths = [len(ids) for ids in self._tokenizer(prompts)["input_ids"]] if prompts else []
        # A batch runs until its longest text is written: labels do not wait for summaries.
        order = sorted(
            range(len(requests)),
            key=lambda row: (_most(requests[row]), lengths[row], prompts[row]),
        )
        written: list[tuple[str, ...]] = [()] * len(requests)
        known = sources or requests
        for rows in _batches(order, requests):
            texts = self._batch([prompts[row] for row in rows], [known[row] for row in rows])
            for row, candidates in zip(rows, texts, strict=True):
                written[row] = candidates
        return written

    @torch.inference_mode()
    def _batch(
        self, prompts: Sequence[str], requests: Sequence[WriteRequest]
    ) -> list[tuple[str, ...]]:
        batch = self._tokenizer(list(prompts), return_tensors="pt", padding=True)
        vocabulary = self._vocabulary
        processor = ConstraintProcessor(
            [vocabulary.constraint(r.texts) if vocabulary else None for r in requests],
            [_most(request) for request in requests],
            beams=BEAMS,
            eos=self._end,
        )
        ids = self._model.generate(
            input_ids=batch["input_ids"].to(self._device),
            attention_mask=batch["attention_mask"].to(self._device),
            logits_processor=LogitsProcessorList([_Finite(), processor]),
            num_beams=BEAMS,
            num_return_sequences=CANDIDATES,
            max_new_tokens=max(_most(request) for request in requests),
            no_repeat_ngram_size=3,
            do_sample=False,
            early_stopping=True,
            forced_eos_token_id=None,
        )
        texts = self._tokenizer.batch_decode(ids, skip_special_tokens=True)
        grouped = [texts[i : i + CANDIDATES] for i in range(0, len(texts), CANDIDATES)]
        return [_distinct(some) for some in grouped]


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


def _limit(config: Any, tokenizer: Any) -> int:
    """Return the most source tokens that the model was made for."""
    known = [getattr(config, name, None) for name in _TRAINED_LENGTHS]
    lengths = [length for length in known if isinstance(length, int) and length > 0]
    # Relative positions (T5) have no end; 512 tokens is what they are trained on.
    most = lengths[0] if lengths else 512
    return min(most, int(tokenizer.model_max_length))


def _spaced(token: re.Match[str]) -> str:
    return f"{token[0][0]} {token[0][1:]}"


def _most(request: WriteRequest) -> int:
    return LIMITS.get(request.task, LONGEST)


def _batches(order: Sequence[int], requests: Sequence[WriteRequest]) -> Iterator[list[int]]:
    """Yield runs of `order` of at most BATCH rows that have one limit on what is written."""
    for _, group in groupby(order, key=lambda row: _most(requests[row])):
        rows = list(group)
        for start in range(0, len(rows), BATCH):
            yield rows[start : start + BATCH]


def _with_texts(request: WriteRequest, texts: tuple[str, ...]) -> WriteRequest:
    return WriteRequest(task=request.task, texts=texts, question=request.question)


def _end(config: Any, tokenizer: Any, name: str | Path) -> int:
    """Return the token that ends a text: the config's, else the tokenizer's."""
    end = getattr(config, "eos_token_id", None)
    end = tokenizer.eos_token_id if end is None else end
    if end is None:
        raise ModelError(f"{name}: neither config nor tokenizer names the token that ends a text")
    return int(end[0] if isinstance(end, list) else end)


def _first(candidates: tuple[str, ...], part: WriteRequest) -> tuple[str, ...]:
    """Return what goes on of a part: its best candidate, else its own texts."""
    return candidates[:1] or part.texts[:1]


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
