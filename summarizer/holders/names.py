"""Names of people and groups: their core, and which of them mean the same holder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from summarizer.english import cues
from summarizer.english.first_names import FEMALE, FIRST_NAMES, MALE

_PERSONAL_TITLES = cues.TITLES - cues.SHARED_TITLES
_SIGNS_OF_A_PERSON = _PERSONAL_TITLES | FIRST_NAMES

_Key = tuple[str, ...]
Gender = Literal["m", "f"]

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_OWNER = re.compile(r"^.*?[’']s?\s+(?=[A-Z][\w.-]*\s+[A-Z])")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SMALL = cues.NAME_PARTICLES


def strip_titles(name: str) -> str:
    """Return a person's name without titles, when two words or more are left; else `name`.

    "Senate Minority Leader Ann Lee" -> "Ann Lee"; "Mr. Lee" stays.
    """
    words = name.split()
    if not _is_name(words):
        return name
    first = next((i for i, word in enumerate(words) if _plain(word) not in cues.TITLES), 0)
    rest = words[first:]
    return " ".join(rest) if len(_without_suffix(rest)) > 1 and not _is_group(rest) else name


def core(name: str) -> tuple[str, ...]:
    """Return the words of `name` that identify it, in lower case, without article and title.

    "the Herald's Ida Holm" -> ("ida", "holm"); "Mr. Lee" -> ("lee",).
    """
    bare = _OWNER.sub("", _ARTICLE.sub("", name.strip()))
    words = strip_titles(bare).split()
    while len(words) > 1 and not _is_group(words) and _plain(words[0]) in cues.TITLES:
        words = words[1:]
    plain = tuple(_plain(word) for word in _without_suffix(words))
    return tuple(word for word in plain if word) or (name.strip().lower(),)


def gender(name: str) -> Gender | None:
    """Return "m" or "f" where a title or a first name tells, else None."""
    bare = _OWNER.sub("", _ARTICLE.sub("", name.strip()))
    for word in (*bare.split()[:-1], *bare.split()[:1]):
        if _plain(word) in FEMALE:
            return "f"
        if _plain(word) in MALE:
            return "m"
    return None


def is_person(name: str) -> bool:
    """Return whether `name` looks like one person's: a title or first name, then a surname."""
    bare = _OWNER.sub("", _ARTICLE.sub("", name.strip()))
    words = bare.split()
    if not _is_name(words) or _is_group(words) or len(words) < 2 or len(_plain(words[-1])) < 2:
        return False
    if _plain(words[-1]) in cues.TITLES or (words[-1].isupper() and not bare.isupper()):
        return False  # "Former FBI", "House Republican"
    return _plain(words[0]) in _SIGNS_OF_A_PERSON or re.fullmatch(r"[A-Z]\.", words[0]) is not None


def person_in(name: str) -> str | None:
    """Return the person's name at the end of `name`, without titles, or None.

    "Director of National Intelligence Ann Lee" -> "Ann Lee".
    """
    words = name.split()
    if not _is_name(words) or _is_group(words):
        return None
    titles = [i for i, word in enumerate(words) if _plain(word) in _PERSONAL_TITLES]
    rest = words[titles[-1] + 1 :] if titles else words
    known = [i for i, word in enumerate(rest[:-1]) if _plain(word) in FIRST_NAMES]
    office = bool(rest) and _plain(rest[0]) in cues.DEPARTMENTS  # (Secretary of) State Ann Lee
    rest = rest[known[0] :] if known and (known[0] > 1 or len(rest) > 3 or office) else rest
    if (titles or known) and len(_without_suffix(rest)) > 1:
        return " ".join(rest)
    return strip_titles(name) if is_person(name) else None


def looks_personal(name: str) -> bool:
    """Return whether `name` could be somebody's full name: two or three words, no group's."""
    words = name.split()
    if not 2 <= len(words) <= 3 or not _is_name(words) or _is_group(words):
        return False
    strange = cues.PLACE_WORDS | cues.TITLES | cues.DETERMINERS
    return _plain(words[0]) not in strange and not any(word.isupper() for word in words[1:])


def merge_names(names: Iterable[str]) -> dict[str, str]:
    """Return the name to show for each of `names`: one for all variants of a holder.

    "Rosen", "Mr. Rosen" and "Herald's Steve Rosen" go with "Steve Rosen"; an
    acronym with what it stands for. A surname that two people share stays by itself. The result
    is the same for any order of `names`, and every value is one of them.
    """
    variants: dict[_Key, set[str]] = defaultdict(set)
    for name in names:
        variants[_key(name)].add(name)
    index = _index(variants)
    group = {key: _fuller(key, variants, index) for key in variants}
    members: dict[_Key, set[str]] = defaultdict(set)
    for key, target in group.items():
        members[target] |= variants[key]
    best = {key: min(found, key=_rank) for key, found in members.items()}
    return {name: best[group[key]] for key, found in variants.items() for name in sorted(found)}


def _key(name: str) -> _Key:
    """Return what two spellings of one full name share: of a person, first and last name."""
    words = core(name)
    bare = _ARTICLE.sub("", name.strip()).split()
    if len(words) > 2 and _is_name(bare) and not _is_group(bare):
        return words[0], words[-1]
    if len(words) == 1 and (sex := gender(name)) and len(bare) > 1:
        return f"{sex}.", words[0]
    return words


def _index(keys: Iterable[_Key]) -> dict[str, list[_Key]]:
    """Return the keys of several words by first word, last word and initials."""
    index: dict[str, list[_Key]] = defaultdict(list)
    for key in keys:
        if len(key) > 1:
            for word in {key[0], key[-1], "".join(part[0] for part in key)}:
                index[word].append(key)
    return index


def _fuller(
    key: _Key, variants: Mapping[_Key, set[str]], index: Mapping[str, Sequence[_Key]]
) -> _Key:
    """Return the one fuller key that `key` abbreviates, or `key`."""
    titled = len(key) == 2 and key[0] in {"m.", "f."}
    if len(key) > 1 and not titled:
        return key
    matches = [
        other for other in index.get(key[-1], ()) if _abbreviates(key, other, variants[other])
    ]
    if not matches and titled:
        return key[1:] if key[1:] in variants else key
    return matches[0] if len(matches) == 1 else key


def _abbreviates(short: _Key, long: _Key, names: set[str]) -> bool:
    if len(long) < 2 or long[0] in {"m.", "f."}:
        return False
    word = short[-1]
    if len(short) == 1 and len(word) > 1 and word == "".join(part[0] for part in long):
        return True
    words = min(names).split()
    if _is_group(words) or not _is_name(_ARTICLE.sub("", " ".join(words)).split()):
        return False
    sexes = {sex for name in names if (sex := gender(name))}
    if len(short) == 2:
        return word == long[-1] and sexes <= {short[0][0]}
    return word == long[-1] or (word == long[0] and word in FIRST_NAMES)


def _rank(name: str) -> tuple[int, int, str]:
    return -len(core(name)), len(name), name


def _plain(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.lower()).strip(".,’'\"“”()")


def _without_suffix(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 1 and _plain(words[-1]) in _SUFFIXES else words


def _is_name(words: list[str]) -> bool:
    """Return whether every word could stand in a name: capitalised, or "of", "van"."""
    return all(word[:1].isupper() or word in _SMALL for word in words) and bool(words)


def _is_group(words: list[str]) -> bool:
    """Return whether a capitalised name is an organisation's."""
    plain = [_plain(word) for word in words]
    return plain[-1] in cues.ORGANISATIONS or "of" in plain or "for" in plain or "and" in plain


def number_holders(holders: Sequence[str | None]) -> tuple[int, ...]:
    """Return a number for each holder, the same for all variants of a name; -1 for None."""
    canonical = merge_names([name for name in holders if name])
    numbers: dict[str, int] = {}
    return tuple(
        numbers.setdefault(canonical[name], len(numbers)) if name else -1 for name in holders
    )
