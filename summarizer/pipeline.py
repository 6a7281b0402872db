"""The product: sources in, viewpoints with checked summaries out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from summarizer.analysis import Analysis
from summarizer.english.sentences import split_sentences
from summarizer.errors import DataError, FetchError, LanguageError, NoArticleError
from summarizer.extract import extract
from summarizer.models import load_encoder, load_writer, settings_for
from summarizer.protocols import Encoder, Writer
from summarizer.read import read
from summarizer.settings import Settings
from summarizer.stages import analyze_stories, made_with
from summarizer.story.gather import ADDRESS, One, gather, source_name
from summarizer.types import Article, Claim, Failure, Page, Story, Summary
from summarizer.viewpoints import relate as relations
from summarizer.viewpoints.cluster import cluster, cluster_points
from summarizer.writing.write import write_summaries

if TYPE_CHECKING:
    import httpx

    from summarizer.cache import Cache

Source = One | Sequence[One]
_HALF = re.compile("[\ud800-\udfff]")
WINDOW = 16  # stories that share one encode and one generate call


class Summarizer:
    """Reads articles, clusters their claims into viewpoints and writes a summary of each.

    Make one with `from_pretrained`, or from any `Encoder` and `Writer`. It is not changed by use;
    the same input gives the same output. With `offline` no address is fetched. With a `cache`,
    pages and analyses may come from there, and go there.
    """

    def __init__(
        self,
        encoder: Encoder,
        writer: Writer,
        *,
        settings: Settings | None = None,
        client: httpx.Client | None = None,
        offline: bool = False,
        cache: Cache | None = None,
    ) -> None:
        self.encoder = encoder
        self.writer = writer
        self.settings = settings or Settings()
        self._client = cache.client(self.settings) if cache and client is None else client
        self._offline = offline
        self._cache = cache

    @classmethod
    def from_pretrained(
        cls,
        encoder: str | Path | None = None,
        writer: str | Path | None = None,
        *,
        revision: str | None = None,
        device: str = "cpu",
        offline: bool = False,
        prompts: Path | None = None,
        settings: Settings | None = None,
        cache: Cache | None = None,
    ) -> Summarizer:
        """Return a summarizer with the bundled weights, or with models by name or folder.

        With `offline` nothing is asked of the network, neither for a model nor for an article.
        Without `settings` they are those that fit the writer (`models.settings_for`).

        Raises:
            ModelError: a model cannot be found, is incomplete or of the wrong kind.
        """
        reads = load_encoder(encoder, revision=revision, device=device, offline=offline)
        writes = load_writer(
            writer, revision=revision, device=device, offline=offline, prompts=prompts
        )
        return cls(
            reads,
            writes,
            settings=settings or settings_for(writes),
            offline=offline,
            cache=cache and cache.on(device),
        )

    def analyze(self, source: Source) -> Analysis:
        """Return the viewpoints of one story: a URL, path, "-", article, or several of these.

        Raises:
            SummarizerError: the source cannot be read or holds no article.
        """
        result = self._analyze_window([source])[0]
        if isinstance(result, Failure):
            raise result.error
        return result

    def analyze_many(self, sources: Iterable[Source | Story]) -> Iterator[Analysis | Failure]:
        """Yield one result per source, in order; what cannot be read becomes a `Failure`.

        A `Story` that `prepare` returned is a source too.
        """
        rest = iter(sources)
        while window := list(islice(rest, WINDOW)):
            yield from self._analyze_window(window)

    def summarize_viewpoint(self, texts: Sequence[str]) -> Summary:
        """Return the checked summary of claims that stand on one side.

        Each sentence of a text is a claim of its own.

        Raises:
            ValueError: there is no text.
        """
        _check_texts(texts)
        if not any(text.strip() for text in texts):
            raise ValueError("summarize_viewpoint needs at least one text that is not empty")
        claims = _as_claims(texts)
        return write_summaries([claims], self.writer, self.encoder, settings=self.settings)[0]

    def cluster_claims(self, texts: Sequence[str], question: str | None = None) -> list[int]:
        """Return the viewpoint number of each text, -1 where it takes no side."""
        _check_texts(texts)
        if not texts:
            return []
        found = relations.relate_texts(
            texts, self.encoder, question=question, settings=self.settings
        )
        return cluster(found, settings=self.settings).labels(len(texts))

    def cluster_points(self, texts: Sequence[str]) -> list[int]:
        """Return the number of the point that each text makes; texts that say the same share it."""
        _check_texts(texts)
        if not texts:
            return []
        similarity = relations.cosines(self.encoder.encode(texts))
        groups = cluster_points(range(len(texts)), similarity, settings=self.settings)
        labels = [0] * len(texts)
        for number, rows in enumerate(groups):
            for row in rows:
                labels[row] = number
        return labels

    def stance(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return (n,) in [-1, 1]: each text favours (+) or opposes (-) the statement, 0 neutral."""
        _check_texts(texts)
        return relations.stance(question, texts, self.encoder)

    def _analyze_window(self, sources: Sequence[Source | Story]) -> list[Analysis | Failure]:
        stories = [one if isinstance(one, Story) else self.prepare(one) for one in sources]
        good = [story for story in stories if isinstance(story, Story)]
        done = iter(self._recall_or_analyze(good))
        return [next(done) if isinstance(story, Story) else story for story in stories]

    def _recall_or_analyze(self, stories: Sequence[Story]) -> list[Analysis]:
        if self._cache is None:
            return self._analyze_stories(stories)
        made = made_with(self.encoder, self.writer, settings=self.settings)
        known = [self._cache.recall(story, made) for story in stories]
        missing = [story for story, found in zip(stories, known, strict=True) if found is None]
        new = self._analyze_stories(missing)
        for story, analysis in zip(missing, new, strict=True):
            self._cache.keep(story, analysis)
        rest = iter(new)
        return [found or next(rest) for found in known]

    def _analyze_stories(self, stories: Sequence[Story]) -> list[Analysis]:
        return analyze_stories(stories, self.encoder, self.writer, settings=self.settings)

    def prepare(self, source: Source) -> Story | Failure:
        """Return a story read and cut into claims, for `analyze_many`; no model is asked.

        Of several articles, one that cannot be read is only warned of.
        """
        sources: Sequence[One] = [source] if isinstance(source, One) else source
        _check_sources(sources)
        return gather(sources, read_one=self._article, settings=self.settings)

    def _article(self, source: One) -> Article:
        if isinstance(source, Article):
            if not source.text.strip():
                raise NoArticleError("the article given has no text")
            if _HALF.search(source.text):
                raise DataError(f"{source_name(source)}: holds half a surrogate pair, no character")
            if source.language and not source.language.lower().startswith("en"):
                raise LanguageError(f"{source_name(source)}: not in English ({source.language})")
            return source
        if isinstance(source, Page):
            return extract(source, settings=self.settings)
        if self._offline and isinstance(source, str) and ADDRESS.match(source):
            raise FetchError(f"{source}: not fetched, since --offline was given; give a file")
        page = read(source, settings=self.settings, client=self._client)
        return extract(page, settings=self.settings)


def _check_sources(sources: Any) -> None:
    """Raise TypeError now: what is no source would be an error about something else later."""
    listed = isinstance(sources, Sequence) and not isinstance(sources, bytes)
    if not (listed and all(isinstance(one, One) for one in sources)):
        raise TypeError(
            "a source is an address, a path, '-', a Page, an Article, or a list of these; "
            "give a text as Article(text=...)"
        )


def _check_texts(texts: Any) -> None:
    """Raise TypeError for one text alone, whose characters would count as texts, or no texts."""
    listed = isinstance(texts, Sequence) and not isinstance(texts, str | bytes)
    if not (listed and all(isinstance(text, str) for text in texts)):
        raise TypeError("texts are a list of strings; put a single text into a list")


def _as_claims(texts: Sequence[str]) -> tuple[Claim, ...]:
    """Return the sentences of bare texts as the claims of an article that holds nothing else."""
    article = Article(text="\n\n".join(text.strip() for text in texts if text.strip()))
    return tuple(
        Claim(article=article, start=start, end=end) for start, end in split_sentences(article.text)
    )
