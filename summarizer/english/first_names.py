"""First names of people, and what sex each tells: data only.

From the United States census of 1990 (package `names`, 1,219 names of men and 4,275 of women), with
some that the news names more often than a census; less what is a place, an office or a thing as
often as a person.
"""

from __future__ import annotations

from pathlib import Path

import names as census

from summarizer.english import cues
from summarizer.english.lexicon import LEXICON

CLEARLY = 10  # times as frequent for one sex: Robin and Jean tell none


def _shares(sex: str) -> dict[str, float]:
    """Return the share of people of `sex` who bear each name, in per cent."""
    rows = Path(census.FILES[f"first:{sex}"]).read_text("ascii").splitlines()
    named = (row.split()[:2] for row in rows)
    return {name.lower(): float(share) for name, share in named}


_men, _women = _shares("male"), _shares("female")
_people = (_men.keys() | _women.keys()) - cues.NO_FIRST_NAMES
_people -= {word for own in LEXICON.values() for word in own}

MALE = cues.MALE | {n for n in _people if _men.get(n, 0) >= CLEARLY * _women.get(n, 0)}
FEMALE = cues.FEMALE | {n for n in _people if _women.get(n, 0) >= CLEARLY * _men.get(n, 0)}
FIRST_NAMES = cues.MALE | cues.FEMALE | _people
"""Names of either sex, and those that both bear."""
