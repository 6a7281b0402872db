"""The bundled writer as a `Scorer`: it chooses among texts, and need not write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import ModelError
from summarizer.models.bundled import Bundled
from summarizer.models.seq2seq import Seq2SeqWriter
from summarizer.protocols import WriteRequest


class ScoringWriter(Seq2SeqWriter):
    """A `Seq2SeqWriter` of this package's own shape (see `bart.is_bundled_bart`).

    Raises:
        ModelError: the folder holds another model, is incomplete or does not fit.
    """

    def __init__(
        self, folder: Path, *, device: str = "cpu", prompts_folder: Path | None = None
    ) -> None:
        super().__init__(folder, device=device, prompts_folder=prompts_folder)
        if not isinstance(self._generator, Bundled):
            raise ModelError(f"{folder}: no writer that this package trained")
        self._bundled = self._generator

    def score(
        self, requests: Sequence[WriteRequest], candidates: Sequence[Sequence[str]], /
    ) -> list[tuple[float, ...]]:
        """Return the log-likelihood of each candidate as the text of its request.

        Odds are over the words of the request's texts, their inflections and closed classes, as in
        training. Of texts that do not fit the model, the first part that fits is read.
        """
        return self._bundled.score(
            [self._prompt(request, self._parts(request)[0].texts) for request in requests],
            [self._vocabulary.constraint(request.texts) for request in requests],
            candidates,
        )
