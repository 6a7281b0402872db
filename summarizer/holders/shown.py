"""Which holders a viewpoint names: one name each, those that tell the reader who is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.english import cues

_AFTER_HEAD = cues.PREPOSITIONS | cues.RELATIVES | {"at", "with"}
_PARTY = re.compile(r"[A-Z]-[A-Z].*")  # D-Maine: what stands behind a name, taken for one


def shown_holders(names: Sequence[str]) -> tuple[str, ...]:
    """Return the holders in `names` (one per claim, merged), the most frequent first, each once.

    Who is called neither by name nor by a telling kind ("critics", "officials") is left out, unless
    there is nobody else. Of the holders found in 500 labelled articles 2,145 tell and 73 % of these
    were the label's too; of the 373 others ("the company", "many", "observers") 20 %.
    """
    ordered = sorted(set(names), key=lambda name: (-names.count(name), names.index(name)))
    telling = [name for name in ordered if _tells(name)]
    return tuple(telling or ordered)


def _tells(name: str) -> bool:
    if _PARTY.fullmatch(name):
        return False
    words = name.split()
    while len(words) > 1 and words[0].lower() in cues.COUNTING:
        words = words[1:]
    head = _head(words)
    if head in cues.DOCUMENTS | cues.PARTISANS | cues.OUTLETS:
        return False
    if any(word[:1].isupper() for word in words[1:]):
        return True
    named = len(words) == 1 and words[0][:1].isupper() and head not in cues.VAGUE
    return named or head in cues.TELLING


def _head(words: Sequence[str]) -> str:
    """Return the noun that a phrase is about: "lawmakers" of "lawmakers of both parties"."""
    plain = [word.lower().strip(",.’'") for word in words]
    end = next((i for i, word in enumerate(plain) if i and word in _AFTER_HEAD), len(plain))
    return plain[end - 1]
