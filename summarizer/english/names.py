"""Names of people in a text: without the title before them, and by the last name alone."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.english.cues import ORGANISATIONS, SHARED_TITLES, TITLES
from summarizer.english.first_names import FIRST_NAMES
from summarizer.english.tagging import Token


def bare_name(run: Sequence[Token]) -> Sequence[Token]:
    """Return a run of words with capitals from the person's name on: "Ann Lee" of "Mayor Ann Lee".

    The run as it is where it opens with no title, or nobody is named behind it.
    """
    if opens_name(run[:1]):
        return run
    ends = [place + 1 for place, token in enumerate(run[:-1]) if _is_title(token)]
    if not ends or any(opens_name(run[place:]) for place in range(ends[-1])):
        return run
    rest = run[ends[-1] :]
    person = opens_name(rest) or (
        len(rest) == 1 and run[ends[-1] - 1].lower.strip(".") not in SHARED_TITLES
    )
    return rest if person and rest[-1].lower not in ORGANISATIONS else run


def last_name(run: Sequence[Token]) -> Sequence[Token]:
    """Return the last name of a person's first and last name, else the run as it is."""
    plain = len(run) == 2 and opens_name(run) and run[1].text.isalpha()
    return run[1:] if plain and run[1].lower not in ORGANISATIONS | TITLES else run


def opens_name(run: Sequence[Token]) -> bool:
    """Return whether a first name opens the run."""
    return bool(run) and run[0].lower in FIRST_NAMES


def _is_title(token: Token) -> bool:
    return token.lower.strip(".") in TITLES
