"""The bundled writer, and writers trained as it is: loaded and run without transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summarizer.models.bart import Bart
from summarizer.models.beam import search
from summarizer.models.constraint import SourceWords
from summarizer.models.likelihood import log_likelihoods
from summarizer.models.loading import check_vocabulary, loading
from summarizer.models.tokens import Tokens

BEAMS = 3
BATCH = 32  # texts; with their beams some 100 rows, 150 MB at most


class Bundled:
    """A `Generator` for a BART of this package (see `bart.is_bundled_bart`).

    Raises:
        ModelError: the folder is incomplete or does not fit.
    """

    def __init__(self, folder: Path, *, device: str) -> None:
        with loading(folder, "seq2seq writer", offline=True):
            self._model = Bart(folder).to(device)
            self.packed = device == "cpu" and self._model.pack()
            self.tokenizer = Tokens(folder)
            config = self._model.config
            self.size, self.end = int(config.vocab_size), int(config.eos_token_id)
            check_vocabulary(folder, self.tokenizer, self.size)
        self.model_type = str(config.model_type)
        self.prompt_family: str | None = str(config.prompt_family)
        self.limit = min(int(config.max_position_embeddings), self.tokenizer.model_max_length)

    def generate(
        self,
        prompts: Sequence[str],
        constraints: Sequence[SourceWords],
        limits: Sequence[int],
    ) -> list[list[str]]:
        """Return up to three candidates for each prompt, best first."""
        ids = self.tokenizer(prompts)["input_ids"]
        written: list[list[str]] = []
        for first in range(0, len(prompts), BATCH):
            some = slice(first, first + BATCH)
            found = search(
                self._model, ids[some], constraints[some], limits[some], beams=BEAMS, end=self.end
            )
            written += [self.tokenizer.batch_decode(texts) for texts in found]
        return written

    def score(
        self,
        prompts: Sequence[str],
        constraints: Sequence[SourceWords],
        candidates: Sequence[Sequence[str]],
    ) -> list[tuple[float, ...]]:
        """Return the log-likelihood of the candidates of each prompt."""
        texts = [
            self.tokenizer(list(some), add_special_tokens=False)["input_ids"] for some in candidates
        ]
        found = log_likelihoods(
            self._model,
            self.tokenizer(prompts)["input_ids"],
            texts,
            [sorted(constraint.tokens) for constraint in constraints],
            end=self.end,
        )
        return [tuple(scores) for scores in found]
