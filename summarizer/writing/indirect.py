"""Direct speech as indirect speech: “The dam holds,” Ida Holm said. Ida Holm said that it does."""

from __future__ import annotations

import re

from summarizer.english.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.openings import CONNECTIVE
from summarizer.english.tagging import tag
from summarizer.english.text import words

_VERBS = (
    "said|says|say|told|tells|tell|argued|argues|argue|wrote|writes|write|added|adds|explained"
    "|explains|noted|notes|warned|warns|warn|tweeted|tweets|insisted|insists|insist|testified"
    "|claimed|claims|claim|contended|contends|contend|believe|believes|stated|predicted"
)
_SPEAKER = r"(?!and\b|but\b|or\b|who\b|which\b)[^,;:.“”\"()]{2,60}?(?:\.\s[^,;:.“”\"()]{2,40}?)?"
_REST = r"(?:\s(?!that\b|it\b)[^,;:“”\"()]{1,80})?"
_LAST = re.compile(
    rf"(?P<said>.+?)(?P<mark>[,]?[”\"]|,)\s(?:(?P<who>{_SPEAKER})\s(?P<how>(?:also\s|often\s)?"
    rf"(?:{_VERBS}){_REST})|(?P<verb>said|says|wrote|argued|warned|added)\s(?P<name>{_SPEAKER}))\."
)
_FIRST = re.compile(
    rf"(?P<who>{_SPEAKER}\s(?:{_VERBS}){_REST})[:,]\s[“\"](?P<said>[^“”\"]+?)[.,]?[”\"][.]?"
)
_DEICTIC = frozenset(WORD_CLASSES["first-person"]) | frozenset(
    {"you", "your", "yours", "let", "lets", "today", "tomorrow", "yesterday", "tonight", "here"}
)
_COMMON = frozenset(word for some in LEXICON.values() for word in some)
_NO_SUBJECT = frozenset({"it", "this", "that", "these", "those", "he", "she", "they", "you"})


def indirect(text: str, *, context: str = "") -> str:
    """Return `text` with its speaker first and what is said in a clause behind "that".

    Tenses stay as they are. What speaks of "I", "you", "today" or "it", asks, exclaims or breaks
    off comes back as it is, and so does what opens with a word that may be a name for all that
    `context`, the article, shows.
    """
    if (first := _FIRST.fullmatch(text)) is not None:
        said, opening = first["said"], _lowered(first["said"], context)
        plain = opening and _is_plain(said)
        return f"{first['who']} that {opening}." if plain else text
    found = _LAST.fullmatch(text)
    if found is None:
        return text
    said = _unquoted(found)
    opening = _lowered(said, context)
    if not opening or not _is_plain(said):
        return text
    speaker = found["who"] or found["name"]
    how = found["how"] or found["verb"]
    spoken = [*tag(speaker), *tag(how)[2:]]
    if any(token.tag in "AVW" for token in spoken) or spoken[0].tag not in "DNH":
        return text  # "a move that critics warned could cost jobs"
    return f"{speaker[:1].upper()}{speaker[1:]} {how} that {opening}."


def _unquoted(found: re.Match[str]) -> str:
    """Return what is said without its marks; "" where it is not one quotation or has none."""
    said, mark = found["said"], found["mark"]
    if mark == ",":
        return "" if said[:1] in '“"' and not re.search(r"[”\"]\s", said) else said
    inner = said[1:]
    quoted = said[:1] in '“"' and not re.search(r"[“”\"]", inner)
    return inner.rstrip(",") if quoted else ""


def _is_plain(said: str) -> bool:
    """Return whether `said` is a statement that means the same from anybody's mouth."""
    own = set(words(said))
    if (
        _DEICTIC & own
        or re.search(r"[?!…]|\.\.|--|[—–;:]|\.\s+[A-Z“\"]", said)
        or CONNECTIVE.match(said)
    ):
        return False
    tokens = tag(said)
    verb = next((place for place, token in enumerate(tokens) if token.tag in "AV"), 0)
    subject = tokens[0].tag in "DNHG" or tokens[0].lower == "what"
    if not verb or not subject or tokens[0].lower in _NO_SUBJECT:
        return False
    return not any(token.tag in ",;:-C" for token in tokens[:verb])


def _lowered(said: str, context: str) -> str:
    """Return `said` without the capital of its sentence; "" where it may be that of a name."""
    first = re.split(r"[\s,’']", said, maxsplit=1)[0] if said else ""
    if not first or (first.isupper() and len(first) > 1) or any(c.isdigit() for c in first):
        return said
    lower = first.lower()
    if lower in FUNCTION_WORDS:
        return lower + said[len(first) :]
    if re.search(rf"(?<![.!?:“\"])\s{re.escape(first)}\b", context):
        return said
    seen = lower in _COMMON or re.search(rf"\b{re.escape(lower)}\b", context)
    following = said[len(first) :].split()
    named = bool(following) and following[0][:1].isupper()
    return lower + said[len(first) :] if seen and not named else said if named else ""
