"""What was fetched and found before: pages by the rules of HTTP, analyses by what they rest on.

Both lie in one SQLite file, which hishel keeps: several processes may use it at once, what was last
used longest ago goes when it is full, and a write that is cut off leaves nothing behind. A cache
that cannot be used is a warning, never a failure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from summarizer.cache import entries
from summarizer.cache.pages import CachedTransport
from summarizer.cache.store import Store
from summarizer.read.fetch import new_client
from summarizer.read.guard import Resolver, resolve
from summarizer.settings import Settings
from summarizer.types import Story

if TYPE_CHECKING:
    from summarizer.analysis import Analysis

MAX_BYTES: Final = 500_000_000  # some 10,000 pages with their analyses


def default_folder() -> Path:
    """Return the user's own cache folder for this program, as the system has it."""
    from platformdirs import user_cache_path

    return user_cache_path("viewpoint-summarizer", appauthor=False)


@dataclass(frozen=True, slots=True)
class Cache:
    """Pages and analyses on disk; make one with `open`, and close it or use it in `with`.

    Analyses are kept of what was fetched. Texts and files that were given, which may be nobody
    else's business, are kept with `texts` only. A `shared` cache answers several people and keeps
    no page that its site calls private. `place` is what else results depend on, as the device.
    """

    store: Store
    texts: bool = False
    shared: bool = False
    place: str = "cpu"

    @classmethod
    def open(
        cls,
        folder: Path | None = None,
        *,
        max_bytes: int = MAX_BYTES,
        texts: bool = False,
        shared: bool = False,
    ) -> Cache:
        """Return the cache in `folder`, by default the user's own; made if it is not there."""
        store = Store(folder or default_folder(), max_bytes=max_bytes)
        return cls(store, texts=texts, shared=shared)

    def on(self, place: str) -> Cache:
        """Return the same cache for results of another device."""
        return replace(self, place=place)

    def client(self, settings: Settings, *, resolver: Resolver = resolve) -> httpx.Client:
        """Return a guarded client for `read` that asks this cache before it asks a site."""
        return new_client(
            settings,
            resolver=resolver,
            around=lambda guarded: CachedTransport(
                guarded, self.store, settings=settings, shared=self.shared
            ),
        )

    def recall(self, story: Story, made_with: Mapping[str, str]) -> Analysis | None:
        """Return what was found of `story` with the same models, if it is known."""
        if not self._takes(story):
            return None
        kept = self.store.get(entries.key_of(story, made_with, self.place))
        return None if kept is None else entries.unpack(kept, story)

    def keep(self, story: Story, analysis: Analysis) -> None:
        """Keep what was found of `story`."""
        if self._takes(story):
            key = entries.key_of(story, analysis.made_with, self.place)
            self.store.put(key, entries.pack(analysis))

    def close(self) -> None:
        """Close the file; what is asked for after this is not found."""
        self.store.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _takes(self, story: Story) -> bool:
        return story.fetched or self.texts
