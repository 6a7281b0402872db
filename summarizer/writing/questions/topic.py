"""What a question of a story must be about: words of its titles that several viewpoints use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.english.text import content_stems
from summarizer.types import Claim

_LEAST = 2
_STOP = re.compile(r"[.!?…][”’\"')]*\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The titles and claims of a story; `titled` and `said` are stems of the content words of its
    titles and of each viewpoint, `context` the articles without their headings."""

    titles: tuple[str, ...]
    viewpoints: tuple[tuple[Claim, ...], ...]
    context: str
    titled: frozenset[str]
    said: tuple[frozenset[str], ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all viewpoints."""
        return tuple(claim for view in self.viewpoints for claim in view)

    def in_titles(self, text: str) -> int:
        """Return how many content words of `text` the titles have."""
        return len(content_stems(text) & self.titled)

    def in_views(self, text: str) -> int:
        """Return how many content words of `text` two viewpoints or more use."""
        return sum(sum(word in view for view in self.said) > 1 for word in content_stems(text))

    def bears(self, text: str) -> bool:
        """Return whether titles and viewpoints have two content words of `text` in common."""
        return self.in_titles(text) >= _LEAST and self.in_views(text) >= _LEAST


def topic(viewpoints: Sequence[Sequence[Claim]], titles: Sequence[str]) -> Topic:
    """Return the topic of a story with these titles."""
    texts = {claim.article.text: None for view in viewpoints for claim in view}
    lines = [line for text in texts for line in text.splitlines()]
    return Topic(
        titles=tuple(titles),
        viewpoints=tuple(map(tuple, viewpoints)),
        context="\n".join(line for line in lines if _STOP.search(line)),
        titled=frozenset(word for title in titles for word in content_stems(title)),
        said=tuple(
            frozenset(word for claim in view for word in content_stems(claim.text))
            for view in viewpoints
        ),
    )
