"""Gives the words of a headline the capitals and articles that its article has for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.english.casing import recased
from summarizer.english.first_names import FIRST_NAMES
from summarizer.english.function_words import FUNCTION_WORDS
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import Token, tag

_PLURAL = frozenset(LEXICON["plural"])
_DETERMINERS = frozenset(LEXICON["D"])
_ADJECTIVES = frozenset(LEXICON["adjective"])
_VOCABULARY = FUNCTION_WORDS.union(
    *(LEXICON[name] for name in ("base", "third-person", "past", "adjective", "proposal"))
)
_VERBS = frozenset(LEXICON["third-person"]) | frozenset(LEXICON["past"])
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
_LABEL = re.compile(
    r"^(?:(?:[A-Z]{4,}|[A-Z][a-z]+)\s*:\s+|(?:No|Yes), )+|\s*[(\[][^()\[\]]*[)\]]\s*$"
)
_TITLE_CASE = 0.8  # of the longer words have a capital
_BEFORE = 4  # words before a noun among which its article stands


def spoken(title: str, context: str) -> str:
    """Return a headline without the label before it ("OPINION:") and what stands in brackets behind
    it, with capitals only where `context` has them."""
    own = _LABEL.sub("", title.strip()).strip()
    if not _has_capitals_all_over(own):
        first = recased(own, context).partition(" ")[0]
        return first + own[len(first) :]
    own = recased(own, context)
    matches = list(_WORD.finditer(own))
    around = [False, *(match.group()[0].isupper() for match in matches), False]
    parts, end = [], 0
    for place, match in enumerate(matches):
        beside = around[place] or around[place + 2]
        parts += [own[end : match.start()], _plain(match.group(), context, beside=beside)]
        end = match.end()
    return "".join([*parts, own[end:]])


def in_sentence_case(title: str, context: str) -> str:
    """Return a title of one sentence that has capitals all over without those of common words; as
    it is where `context` does not tell of one of its words whether it is a name."""
    if not _has_capitals_all_over(title) or re.search(r"[.:;?!…] ", title):
        return title
    own = spoken(title, context)
    _, *rest = _WORD.findall(own)
    doubtful = any(
        word[0].isupper() and (word.lower() in _VOCABULARY or not is_named(word, context))
        for word in rest
    )
    return title if doubtful else own[:1].upper() + own[1:]


def _has_capitals_all_over(title: str) -> bool:
    longer = [word for word in _WORD.findall(title) if len(word) > 3]
    capitals = sum(bool(word[0].isupper()) for word in longer)
    return capitals >= _TITLE_CASE * len(longer)


def with_articles(phrase: str, context: str) -> str:
    """Return `phrase` with the articles that `context` has before its nouns; "" where it has a noun
    that `context` lacks, so that nothing can be told of it."""
    tokens = tag(phrase)
    parts, end = [], 0
    for first, last in _runs(tokens):
        article = "" if _is_determined(tokens, first) else _article(tokens[first:last], context)
        if article == "?":
            return ""
        parts += [phrase[end : tokens[first].start], article and article + " "]
        end = tokens[first].start
    return "".join([*parts, phrase[end:]])


def _plain(word: str, context: str, *, beside: bool) -> str:
    """Return `word` in lower case where `context` does not have it, and it is one of the lists, or
    no first name and not `beside` a word with a capital."""
    lower = word.lower().replace("’", "'")
    listed = lower in _VOCABULARY or lower.removesuffix("n't") in FUNCTION_WORDS
    if not word[1:].islower() or (not listed and (beside or lower in FIRST_NAMES)):
        return word
    named = lower not in FUNCTION_WORDS and re.search(rf"\b{word}\b", context)
    return word if named else word.lower()


def is_plural(noun: str) -> bool:
    """Return whether a noun has the form of a plural."""
    word = noun.lower()
    return word in _PLURAL or (word.endswith("s") and not word.endswith(("ss", "us", "is", "’s")))


def is_named(word: str, context: str) -> bool:
    """Return whether `context` writes `word` with a capital inside a sentence."""
    return re.search(rf"(?<![.!?:“\"]) {re.escape(word)}(?!\w)", context) is not None


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where runs of nouns, names and adjectives begin and end."""
    place = 0
    while place < len(tokens):
        end = place
        while end < len(tokens) and tokens[end].tag == "N":
            end += 1
        if end > place:
            yield place, end
        place = max(end, place + 1)


def _is_determined(tokens: Sequence[Token], first: int) -> bool:
    """Return whether an article, a possessive or a number stands before or opens the run."""
    before = tokens[first - 1].tag if first else ""
    opens = tokens[first].text
    return before in ("D", "'") or opens[:1].isdigit() or opens.lower() in FUNCTION_WORDS


def _article(run: Sequence[Token], context: str) -> str:
    """Return the article of a run of nouns, "" for none, "?" where `context` lacks its noun."""
    head, own = run[-1].text, " ".join(token.text for token in run)
    if head.lower() in _ADJECTIVES or (is_plural(head) and head[:1].islower()):
        return ""
    for name in dict.fromkeys((own, head)):
        seen = Counter(_articles_before(name, context))
        if seen:
            return _commonest(seen, run)
    return "?"


def _commonest(seen: Counter[str], run: Sequence[Token]) -> str:
    """Return the article that stands most often, "a" in the form that goes before the run."""
    one = seen["a"] + seen["an"]
    if run[-1].text[:1].isupper():
        return "the" if seen["the"] >= max(1, seen[""]) else ""
    if seen[""] > max(seen["the"], one):
        return ""
    return "the" if seen["the"] >= one else _indefinite(run[0].text)


def _indefinite(word: str) -> str:
    """Return "an" before a vowel sound, as far as spelling tells, else "a"."""
    if word.isupper() and len(word) > 1:  # spelt out: "an NSA program"
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    consonant = re.match(r"(?:uni|use|usu|eu|one\b|once)", word.lower())
    return "an" if word[:1].lower() in "aeiou" and not consonant else "a"


def _articles_before(name: str, context: str) -> list[str]:
    """Return the article before each place of `name`, "other" for a possessive and the like; of
    places where another noun may follow it ("Senate leaders") only if there are no others."""
    alone, all_ = [], []
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)(?P<next>\s*\S*)", context):
        line = context[max(0, match.start() - 80) : match.start()]
        found = _nearest(line.replace("’", "'").split()[-_BEFORE:])
        follows = match["next"].strip(" ,.;:)”\"'’").lower()
        all_.append(found)
        if not match["next"].startswith(" ") or follows in FUNCTION_WORDS | _VERBS:
            alone.append(found)
    return alone or all_


def _nearest(before: Sequence[str]) -> str:
    for word in reversed(before):
        bare = word.lower().lstrip("“\"'(")
        if bare in ("the", "a", "an"):
            return bare
        if bare in _DETERMINERS or bare.endswith(("'s", "s'")):
            return "other"
        if bare in FUNCTION_WORDS or not bare[-1:].isalnum():
            return ""
    return ""
