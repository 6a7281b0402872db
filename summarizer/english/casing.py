"""Gives lower-cased model output the case, spacing and quotation marks of its source."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from summarizer.english.function_words import FUNCTION_WORDS

_ATOM = re.compile(r"[^\W_]+|[^\w\s]|_+")
_ENDS = frozenset(".!?:")
_CLOSERS = frozenset(".,;:!?)]}%”’…")
_OPENERS = frozenset("([{“‘$£€#")
_QUOTES = frozenset("\"'")
_APOSTROPHES = frozenset("'’")


def restore(text: str, sources: Sequence[str], *, context: Iterable[str] = ()) -> str:
    """Return `text` cased and spaced as the words are in `sources`, then in `context`.

    Meant for output of an uncased model. A word that stands capitalised only at the start of
    sentences is taken for a name if `context` capitalises it elsewhere. The first word of each
    sentence is capitalised; words that stand nowhere are left as they are.
    """
    atoms = _ATOM.findall(text)
    if not atoms:
        return text.strip()
    forms = _Known([_forms(one) for one in (*sources, *context)])
    joints = _joints(tuple(sources))
    atoms = _agreeing(atoms, joints)
    cased = [_form(forms, before, atom, after) for before, atom, after in _neighbours(atoms)]
    return _spaced(atoms, _sentence_starts(forms, atoms, cased), joints)


def recased(text: str, context: str) -> str:
    """Return `text`, spaced as it is, with the capitals that its words have inside the sentences of
    `context`; words that do not stand there are left as they are, and so are names of two words."""
    forms = _Known([_forms(context)])
    matches = list(_ATOM.finditer(text))
    atoms = [match.group() for match in matches]
    parts, end = [], 0
    for match, around in zip(matches, _neighbours(atoms), strict=True):
        before, atom, after = around
        opens = not before and atom[0].isupper() and f" {atom} {after}" in context
        parts += [text[end : match.start()], atom if opens else _form(forms, *around)]
        end = match.end()
    return "".join([*parts, text[end:]])


def _agreeing(atoms: list[str], joints: dict[tuple[str, str], bool]) -> list[str]:
    """Return `atoms` with a or an as the sources write it before the word that follows."""
    other = {"a": "an", "an": "a"}
    result = list(atoms)
    for place, (left, right) in enumerate(itertools.pairwise(atoms)):
        swapped = other.get(left.lower(), "")
        if (swapped, right.lower()) in joints and (left.lower(), right.lower()) not in joints:
            result[place] = swapped
    return result


def _neighbours(atoms: list[str]) -> Iterable[tuple[str, str, str]]:
    return zip(["", *atoms[:-1]], atoms, [*atoms[1:], ""], strict=True)


class _Forms:
    """Counts of the spellings of each word, within and at the start of sentences, and in pairs."""

    def __init__(self) -> None:
        self.inside: dict[str, Counter[str]] = defaultdict(Counter)
        self.start: dict[str, Counter[str]] = defaultdict(Counter)
        self.pairs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)


class _Known:
    """What several texts say together, word by word as it is asked for."""

    def __init__(self, forms: Sequence[_Forms]) -> None:
        self.inside = _Table([one.inside for one in forms])
        self.start = _Table([one.start for one in forms])
        self.pairs = _Table([one.pairs for one in forms])


class _Table:
    """Counts by key, added up over several tables."""

    def __init__(self, tables: Sequence[Mapping[Any, Counter[str]]]) -> None:
        self._tables = tables

    def get(self, key: str | tuple[str, str]) -> Counter[str]:
        total: Counter[str] = Counter()
        for table in self._tables:
            if key in table:
                total.update(table[key])
        return total


@lru_cache(maxsize=256)  # every candidate of a story is cased by the same article and claims
def _forms(text: str) -> _Forms:
    forms = _Forms()
    start, before, end = True, "", 0
    for match in _ATOM.finditer(text):
        atom, apart = match.group(), match.start() > end
        # "U.S." goes on after its first stop, "U.S. won't" after its second.
        start = start and (apart or not end) and not atom[0].islower()
        if atom[0].isalnum():
            key = atom.lower()
            (forms.start if start else forms.inside)[key][atom] += 1
            if not start:
                forms.pairs[before.lower(), key][atom] += 1
            start = False
        elif atom in _ENDS or atom in '"“‘':
            start = True
        before, end = atom, match.end()
    return forms


def _form(forms: _Known, before: str, atom: str, after: str) -> str:
    key = atom.lower()
    if not atom[0].isalpha():
        return atom
    pair = forms.pairs.get((before.lower(), key))
    if pair:
        return _most(pair)
    inside = forms.inside.get(key)
    if inside:
        return _most(inside)
    seen = forms.start.get(key)
    if not seen:
        return atom
    form = _most(seen)
    if key in FUNCTION_WORDS or not form[1:].islower():
        return form if form.isupper() and len(form) > 1 else key
    # Only ever seen first in a sentence: a name if a name follows it, as in "Jane Doe said".
    follows = forms.inside.get(after.lower())
    named = bool(follows) and _most(follows)[:1].isupper() if follows else False
    return form if named else key


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda form: (-counts[form], form))


@lru_cache(maxsize=64)
def _joints(sources: tuple[str, ...]) -> dict[tuple[str, str], bool]:
    """Return whether two neighbouring atoms of the sources are written apart; first seen wins."""
    joints: dict[tuple[str, str], bool] = {}
    for source in sources:
        matches = list(_ATOM.finditer(source))
        for left, right in itertools.pairwise(matches):
            key = (left.group().lower(), right.group().lower())
            joints.setdefault(key, right.start() > left.end())
    return joints


def _spaced(atoms: list[str], cased: list[str], joints: dict[tuple[str, str], bool]) -> str:
    parts = [cased[0]]
    opened = atoms[0] in _QUOTES
    for place in range(1, len(atoms)):
        left, right = atoms[place - 1], atoms[place]
        guess = _apart(atoms, place)
        if right in _QUOTES and not _is_apostrophe(atoms, place):
            guess, opened = not opened, not opened
        elif left in _QUOTES and not _is_apostrophe(atoms, place - 1):
            guess = not opened
        apart = joints.get((left.lower(), right.lower()), guess)
        parts.append((" " if apart else "") + cased[place])
    return "".join(parts)


def _is_apostrophe(atoms: list[str], place: int) -> bool:
    """Return whether a mark stands between a word and the end of a contraction or genitive."""
    if atoms[place] not in _APOSTROPHES or not 0 < place < len(atoms) - 1:
        return False
    return atoms[place + 1] in ("s", "t", "d", "ll", "m", "re", "ve") and atoms[place - 1].isalnum()


def _apart(atoms: list[str], place: int) -> bool:
    left, right = atoms[place - 1], atoms[place]
    if right in _CLOSERS or left in _OPENERS or _is_apostrophe(atoms, place):
        return False
    if place > 1 and _is_apostrophe(atoms, place - 1):
        return False
    if left in "-/@" or right in "-/":
        return False
    between_digits = left in ".," and place > 1 and atoms[place - 2].isdigit() and right.isdigit()
    return not between_digits


def _sentence_starts(forms: _Known, atoms: list[str], cased: list[str]) -> list[str]:
    """Return `cased` with the first word of each sentence capitalised."""
    start, result = True, []
    for before, atom, form in zip(["", *atoms[:-1]], atoms, cased, strict=True):
        if not atom[0].isalnum():
            start = start or atom in ".!?"
            result.append(form)
            continue
        goes_on = before != "" and bool(forms.pairs.get((before.lower(), atom.lower())))
        result.append(form[:1].upper() + form[1:] if start and not goes_on else form)
        start = False
    return result
