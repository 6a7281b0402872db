"""The product with its writer set free: what the constraint and the checks cost, and buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import summarizer
from eval import build, provenance
from eval.cache import Cache, key_of
from eval.casing import cased, forms
from eval.suite import Prediction, Sample, Task
from eval.systems.base import sentences_of
from eval.systems.product import Product, kept
from eval.text import words
from summarizer import Claim, Summarizer, Summary, SummarySentence, Viewpoint

_FOLDER = Path(summarizer.__file__).parent / "weights" / "writer"
_CODE = ("eval/systems/free.py", "eval/casing.py")
_COPIED = 0.9  # of a claim's words, and no others: what the product calls extractive
_BEAMS, _NGRAM, _MOST = 3, 3, 56  # as the product searches where it lets its writer write


class Free(Product):
    """The product's analysis, each summary of it written anew by its seq2seq model alone.

    Plain beam search of transformers from all claims of a viewpoint, the first of them that the
    model can read; any word of the vocabulary may follow, and nothing is checked. The bundled model
    was trained on odds over the words of its source, so that this is not what it was made for. Its
    text is cased as the article has its words, then as the suite has them: a name that stands
    nowhere in the suite is not seen, and `unsupported` is the least that it can be.
    """

    def __init__(self, name: str, product: Summarizer, *, folder: Path) -> None:
        super().__init__(name, product, tasks=frozenset[Task]({"analyze", "summary"}))
        self._write = _Model(folder, product.writer)
        self._forms = forms(())
        self._learnt = key_of()

    @property
    def digest(self) -> str:
        """That of the product, and of the code that writes."""
        return f"{super().digest} free-{provenance.code_digest(*_CODE)}"

    def key(self, sample: Sample, /) -> Any:
        """Return what an answer depends on: also how the words of the suite are written."""
        return [*super().key(sample), self.digest, self._learnt]

    def fit(self, samples: Sequence[Sample], /) -> None:  # type: ignore[override]
        """Learn how the words of the suite are written."""
        texts = sorted({text for sample in samples for text in _texts(sample)})
        self._forms, self._learnt = forms(texts), key_of(*texts)

    def predict(self, sample: Sample, /) -> Prediction:
        """Return the answer to one sample, as JSON."""
        known = [forms(_texts(sample)), self._forms]
        if sample.task == "summary":
            return cased(self._write(sentences_of(sample.input["texts"])), known)
        found = self._product.analyze(build.article(sample.input))
        views = tuple(self._freed(view, known) for view in found.viewpoints)
        return replace(found, viewpoints=views).to_dict()

    def _freed(self, view: Viewpoint, known: Any) -> Viewpoint:
        text = cased(self._write([claim.text for claim in view.claims]), known)
        sentence = SummarySentence(text=text, claims=view.claims, support=0.0)  # nobody looked
        summary = Summary(
            sentences=(sentence,),
            method="extractive" if _is_copy(text, view.claims) else "abstractive",
        )
        return replace(view, summary=summary)


class _Model:
    """A seq2seq model of transformers under the prompts that the product has for it."""

    def __init__(self, folder: Path, writer: Any) -> None:
        from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

        self._prompts, self._limit = writer.prompts, writer.limit
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModelForSeq2SeqLM.from_pretrained(folder).float().eval()
        self._model.generation_config.max_length = None

    def __call__(self, texts: Sequence[str]) -> str:
        """Return the likeliest text that the search finds."""
        batch = self._tokenizer(
            [self._prompts.fill("summary", texts)],
            return_tensors="pt",
            truncation=True,
            max_length=self._limit,
        )
        ids = self._model.generate(
            input_ids=batch["input_ids"],
            attention_mask=batch["attention_mask"],
            num_beams=_BEAMS,
            no_repeat_ngram_size=_NGRAM,
            max_new_tokens=_MOST,
            early_stopping=True,
            do_sample=False,
        )
        return str(self._tokenizer.batch_decode(ids, skip_special_tokens=True)[0])


def ours_free(cache: Cache) -> Free:
    """Return the product with its bundled writer set free; `ModelError` when it is missing."""
    return Free("ours-free", kept(Summarizer.from_pretrained(), cache), folder=_FOLDER)


def _texts(sample: Sample) -> list[str]:
    given = sample.input
    return list(given["texts"]) if "texts" in given else [given["title"] or "", given["text"]]


def _is_copy(text: str, claims: Sequence[Claim]) -> bool:
    own = words(text)
    return any(
        _within(own, words(claim.text)) and len(own) >= _COPIED * len(words(claim.text))
        for claim in claims
    )


def _within(own: Sequence[str], other: Sequence[str]) -> bool:
    rest = iter(other)
    return all(word in rest for word in own)
