"""Form: whether a text is a whole sentence that stands alone, and what of it is copied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from summarizer.english.fragments import has_finite_verb, has_verb, may_be_fragment, orders
from summarizer.english.function_words import (
    FUNCTION_WORDS,
    LIGHT_VERBS,
    WORD_CLASSES,
    is_denial,
)
from summarizer.english.grammar import VERBS
from summarizer.english.openings import CONNECTIVE, POINTING
from summarizer.english.references import leans, points_back
from summarizer.english.text import content_words, stem, words
from summarizer.english.trimming import QUOTED

_SUBORDINATING = frozenset(WORD_CLASSES["subordinating"])
_FIRST_PERSON = frozenset(WORD_CLASSES["first-person"])
_VERBS = frozenset(WORD_CLASSES["auxiliaries"]) | LIGHT_VERBS
_UNFINISHED = frozenset(
    [*WORD_CLASSES["prepositions"], *WORD_CLASSES["determiners"], "and", "or", "but", "if"]
) - frozenset(WORD_CLASSES["particles"])
_HELD = frozenset({"thinks", "think", "thought", "believes", "believe", "believed"})
SPEECH_VERBS = "|".join(
    sorted(word for word, verb in VERBS.items() if verb.kind == "speech" or word in _HELD)
)
"""Forms of the verbs that tell who says or thinks something, as a pattern."""
PRONOUN_SPEAKER = re.compile(
    rf"(?P<before>[,?!.…][”\"’']*\s+)(?:he|she|they|it|we|I)(?=\s+(?:{SPEECH_VERBS})\b)"
)
"""Who speaks beside a quotation or report, when it is only a pronoun: `…,” she said`."""
_ALL_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]\.?")
_QUOTED_WHOLE = re.compile(r"[“\"](?P<said>[^“”\"]*)[”\"]\s[^“”\"]{2,80}$")
_READER = frozenset({"you", "your", "yours"})
_ABBREVIATED = frozenset(WORD_CLASSES["abbreviated"])
_LEAST_WORDS, _MOST_WORDS = 5, 60
_LEAST_CONTENT = 4  # content words; of what is quoted one more, for its speaker
_CUT_OFF = re.compile(r"(?:\.\.|…|:)[\"”'’)]*$|(?:\.\.|…|—)[,.]?[”\"]|\bnot so much\b(?!.*\bas\b)")
_EMBEDDED = re.compile(
    r"https?://|www\.|pic\.twitter|\(@\w+\)|@\w+:|[a-z]{3}[A-Z][a-z]+ .*\bMORE\b"
    r"|[a-z]{3}(?<!amin)(?<!itis)(?<!rade)(?<!ype)(?<!roup)(?<!part)(?<!plan)\sAn?\s[a-z]"
    r"|[\w’]\s(?:As|When|While|After|If)\s[a-z]"
    r"|[a-z0-9][.!?][\"”]?[A-Z][a-z]+\s[a-z]"
    r"|\bMORE(?::|\s[a-z])|\bHide Caption\b|\bPhotos?:"
    r"|[.!?]\s*[”\"]\s*[—–-]+\s*[A-Z]|\b(?:READ|WATCH|CLICK)\b|\|"
    r"|\b([A-Z][\w’'-]+)\s(?:\(?[A-Z][\w.’')-]*\s){1,4}\1[A-Z]"
)
"""What a site puts among its sentences: addresses, posts, links to other stories."""
_SAYS_NOTHING = re.compile(
    r"[^,“”\"]{0,60}\b(?:says|adds|writes|said|added|wrote|told|asked|argued|tweeted|replied)"
    r"(?: (?:on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|later|afterwards?))?"
    r"(?:[,.]| (?:in|at|during) an? \w+[,.])"
)
"""Who says it and when, where what is said stood in the sentence before."""


def faults(text: str) -> list[str]:
    """Return what keeps `text` from being a sentence that stands alone; empty when nothing does."""
    return list(_faults(text))


@lru_cache(maxsize=1 << 11)  # ranking, choosing and quoting ask about the same claims
def _faults(text: str) -> tuple[str, ...]:
    own = words(text)
    unquoted = words(QUOTED.sub(" ", text))
    checks = (
        ("short", len(own) < _LEAST_WORDS),
        ("long", len(own) > _MOST_WORDS),
        ("opening", _opens_badly(text, own)),
        ("unfinished", bool(own) and own[-1] in _UNFINISHED | _ABBREVIATED),
        ("cut off", bool(_CUT_OFF.search(text))),
        ("quotation marks", not balanced(text)),
        ("unattributed", bool(_ALL_QUOTED.fullmatch(text))),
        ("first person", bool(_FIRST_PERSON & set(unquoted))),
        ("loop", loops(own)),
        ("no verb", not has_finite_verb(text)),
        ("speaker", bool(PRONOUN_SPEAKER.search(text))),
        ("question", text.rstrip("\"”'’)").endswith("?")),
        ("reference", points_back(text)),
        ("embedded", bool(_EMBEDDED.search(text))),
        ("says nothing", bool(_SAYS_NOTHING.match(text)) and not QUOTED.search(text)),
    )
    return tuple(name for name, found in checks if found)


_WHOLE = frozenset(
    {"opening", "unattributed", "first person", "speaker", "question", "reference", "long"}
)


@lru_cache(maxsize=1 << 11)
def weakness(text: str) -> int:
    """Return how little `text` stands alone: 0 when it does, 1 when it leans on another sentence or
    says next to nothing, 2 when it is a whole sentence with faults, 3 when it is none."""
    found = set(faults(text))
    if not found:
        addressed = _READER & set(words(QUOTED.sub(" ", text)))
        little = bool(addressed) or len(set(content_words(text))) < _LEAST_CONTENT + bool(
            QUOTED.search(text)
        )
        return int(little or leans(text) or may_be_fragment(text) or _says_no_statement(text))
    return 2 if found <= _WHOLE else 3


def _says_no_statement(text: str) -> bool:
    """Return whether what somebody is quoted with, all of it, asks, has no verb or no main one."""
    quoted = _QUOTED_WHOLE.match(text)
    if quoted is None:
        return False
    said = quoted["said"]
    first = words(said)[:1]
    subordinate = bool(first) and first[0] in _SUBORDINATING and "," not in said.rstrip(", ")
    lacking = not has_verb(said) or (not orders(said) and may_be_fragment(said))
    return subordinate or lacking or said.rstrip().endswith("?")


def label_faults(text: str) -> list[str]:
    """Return what keeps `text` from being a label: it may lack a verb, but must not be cut off."""
    own = words(text)
    checks = (
        ("empty", not content_words(text)),
        ("name", all(token[:1].isupper() for token in text.split())),
        ("opening", _opens_badly(text, own) or bool(own and own[0] in _FIRST_PERSON)),
        ("unfinished", bool(own) and own[-1] in _UNFINISHED | _VERBS - {"done"}),
        ("quotation marks", not balanced(text)),
        ("loop", loops(own)),
    )
    return [name for name, found in checks if found]


def _opens_badly(text: str, own: Sequence[str]) -> bool:
    stripped = text.lstrip("“\"'‘(")
    return (
        not stripped[:1].isalnum()
        or bool(CONNECTIVE.match(text))
        or bool(POINTING.match(stripped))
        or (bool(own) and own[0] in _SUBORDINATING and "," not in text)
    )


def balanced(text: str) -> bool:
    """Return whether quotation marks and brackets of `text` come in pairs."""
    pairs = (("“", "”"), ("(", ")"), ("[", "]"))
    if _DOUBLED.search(text):
        return False
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in pairs)


_DOUBLED = re.compile(r"[“”\"]{2}|''|’’|\\|^[‘'](?!.*[’'](?:\W|$))")


def loops(own: Sequence[str]) -> bool:
    """Return whether words come back as a broken generator repeats itself."""
    trigrams = list(zip(own, own[1:], own[2:], strict=False))
    twice = any(left == right for left, right in pairwise(own))
    pairs = [pair for pair in pairwise(own) if not set(pair) <= FUNCTION_WORDS]
    most = max((pairs.count(pair) for pair in set(pairs)), default=0)
    content = [word for word in own if word not in FUNCTION_WORDS]
    crowded = max((content.count(word) for word in set(content)), default=0)
    return (
        twice or most > 2 or len(set(trigrams)) < len(trigrams) or crowded > max(3, len(own) // 6)
    )


_TOKEN = re.compile(r"\w+(?:['’]\w+)?")
_MOST_REPEATS = 2  # of one content word: a third time is a model that stutters


def seams(text: str, sources: Sequence[str]) -> float:
    """Return the share of neighbouring words of `text` that are neighbours in no source.

    Copied stretches have none, a fusion has one at each joint, a model that rambles has many. 1.0
    for a text that says one content word more than twice, skips a denial of its source or makes an
    owner of something that owns nothing there.
    """
    stems = [stem(word) for word in content_words(text)]
    if any(stems.count(one) > _MOST_REPEATS for one in set(stems)):
        return 1.0
    tokens = [_tokens(source) for source in sources]
    known = {pair for some in tokens for pair in pairwise(some)}
    own = _tokens(text)
    if any(one.endswith("'s") and not any(one in some for some in tokens) for one in own):
        return 1.0
    pairs = list(pairwise(own))
    new = [pair for pair in pairs if pair not in known]
    if any(_skips_denial(pair, some) for pair in new for some in tokens):
        return 1.0
    return len(new) / max(1, len(pairs))


def turns_around(phrase: str, sources: Sequence[str]) -> bool:
    """Return whether `phrase` stands in a source in the reach of a denial that it leaves out."""
    own = _tokens(phrase)
    for source in sources:
        tokens = _tokens(source)
        for start in range(len(tokens) - len(own) + 1):
            if tokens[start : start + len(own)] == own and denied(tokens[:start]):
                return True
    return False


def _tokens(text: str) -> list[str]:
    return [token.lower().replace("’", "'") for token in _TOKEN.findall(text)]


def _skips_denial(pair: tuple[str, str], tokens: Sequence[str]) -> bool:
    """Return whether the source says `pair` with a denial in between."""
    for start, token in enumerate(tokens):
        if token == pair[0]:
            reach = list(tokens[start + 1 : start + 2 + _DENIAL_REACH])
            if pair[1] in reach and denied(reach[: reach.index(pair[1])]):
                return True
    return False


_DENIAL_REACH = 4  # words: "is not at all that similar"
_DENYING = frozenset(WORD_CLASSES["denying"])


def denied(before: Sequence[str]) -> bool:
    """Return whether one of the last words of `before` denies what follows."""
    near = [word.lower().strip("“”\"'") for word in before[-_DENIAL_REACH:]]
    return any(is_denial(word) or word in _DENYING for word in near)
