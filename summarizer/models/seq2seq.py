"""Any seq2seq model as a `Writer`: prompts, parts of what is too long, an order for batches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from summarizer.errors import ModelError
from summarizer.models import int8
from summarizer.models.bart import is_bundled_bart
from summarizer.models.constraint import SourceWords, Vocabulary
from summarizer.prompts import Prompts, family_of
from summarizer.protocols import WriteRequest
from summarizer.weights import digest

LIMITS = {"summary": 56, "label": 14, "point": 28, "question": 36}
"""Tokens to write, by task: half as many again as the words asked for."""
LONGEST = 72
LEAST_LIMIT = 3 * LONGEST  # two written parts and a prompt must fit, or long input has no end


class Generator(Protocol):
    """A loaded model: its tokenizer, what it says of itself, and texts for prompts."""

    tokenizer: Any
    model_type: str
    prompt_family: str | None
    size: int
    """Rows of the vocabulary."""
    limit: int
    """Tokens that it reads at most."""
    end: int
    """The token that ends a text."""
    packed: bool
    """Whether it computes in eight bits (see `int8`)."""

    def generate(
        self,
        prompts: Sequence[str],
        constraints: Sequence[SourceWords],
        limits: Sequence[int],
    ) -> list[list[str]]:
        """Return candidates for each prompt, best first; `limits` are the tokens to write."""
        ...


class Seq2SeqWriter:
    """Writes with a seq2seq model under the prompts of its family, in words of its source alone.

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
    ) -> None:
        folder = Path(name_or_path)
        self._generator = _generator(name_or_path, revision, device, offline or folder.is_dir())
        self._tokenizer = self._generator.tokenizer
        own = self._generator.prompt_family
        chosen = own or family_of(self._generator.model_type, bundled=False)
        self.prompts = Prompts.load(chosen, folder=prompts_folder)
        identity = digest(folder) if folder.is_dir() else f"{name_or_path}@{revision or 'main'}"
        identity = int8.marked(identity, packed=self._generator.packed)
        self.digest = f"{identity}+prompts-{self.prompts.digest}"
        self.limit = self._generator.limit
        if self.limit < LEAST_LIMIT:
            raise ModelError(
                f"{name_or_path}: reads {self.limit} tokens only, {LEAST_LIMIT} needed"
            )
        special = sorted(map(str, self._tokenizer.all_special_tokens), key=len, reverse=True)
        self._special = re.compile("|".join(re.escape(t) for t in special if len(t) > 1) or "(?!)")
        size, end = self._generator.size, self._generator.end
        self._vocabulary = Vocabulary(self._tokenizer, size, end=end)

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
        if self._fits(request, request.texts):
            return [request]
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
        return len(self._tokenizer([self._prompt(request, texts)])["input_ids"][0]) <= self.limit

    def _prompt(self, request: WriteRequest, texts: Sequence[str]) -> str:
        """Return the prompt; the name of a special token in a text is broken up, and stays text."""
        plain = [self._special.sub(_spaced, text) for text in texts]
        question = self._special.sub(_spaced, request.question or "")
        return self.prompts.fill(request.task, plain, question=question)

    def _generate(
        self, requests: Sequence[WriteRequest], *, sources: Sequence[WriteRequest] | None = None
    ) -> list[tuple[str, ...]]:
        """Return candidates in order; texts of similar length, in and out, stand together."""
        if not requests:
            return []
        prompts = [self._prompt(request, request.texts) for request in requests]
        lengths = [len(ids) for ids in self._tokenizer(prompts)["input_ids"]]
        order = sorted(
            range(len(requests)),
            key=lambda row: (_most(requests[row]), lengths[row], prompts[row]),
        )
        known = sources or requests
        texts = self._generator.generate(
            [prompts[row] for row in order],
            [self._vocabulary.constraint(known[row].texts) for row in order],
            [_most(requests[row]) for row in order],
        )
        written = dict(zip(order, texts, strict=True))
        return [_distinct(written[row]) for row in range(len(requests))]


def _generator(name: str | Path, revision: str | None, device: str, offline: bool) -> Generator:
    """Return the model: the bundled one, and those trained as it is, without transformers."""
    if Path(name).is_dir() and is_bundled_bart(Path(name)):
        from summarizer.models.bundled import Bundled

        return Bundled(Path(name), device=device)
    from summarizer.models.checkpoint import Checkpoint

    return Checkpoint(str(name), revision=revision, device=device, offline=offline)


def _spaced(token: re.Match[str]) -> str:
    return f"{token[0][0]} {token[0][1:]}"


def _most(request: WriteRequest) -> int:
    return LIMITS.get(request.task, LONGEST)


def _with_texts(request: WriteRequest, texts: tuple[str, ...]) -> WriteRequest:
    return WriteRequest(task=request.task, texts=texts, question=request.question)


def _first(candidates: tuple[str, ...], part: WriteRequest) -> tuple[str, ...]:
    """Return what goes on of a part: its best candidate, else its own texts."""
    return candidates[:1] or part.texts[:1]


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
