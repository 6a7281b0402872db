"""Form: whether a text is a whole sentence that stands alone, and how to cut one that does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from summarizer.function_words import FUNCTION_WORDS, LIGHT_VERBS, WORD_CLASSES
from summarizer.text import content_words, stem, words


def _openings() -> dict[str, tuple[str, ...]]:
    lines = Path(__file__).with_name("openings.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if not line.startswith("#"))
    return {name: tuple(phrases.split("|")) for name, _, phrases in pairs}


OPENINGS = _openings()
"""Openings of sentences that do not stand alone, by kind, from openings.txt."""


def _any_of(kind: str) -> str:
    longest_first = sorted(OPENINGS[kind], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("'", "['’]") for phrase in longest_first)


_CONNECTIVE = re.compile(
    rf"^(?P<mark>[“\"]?)(?:(?:{_any_of('joined')})\b[,:\s]+|so\s(?!far\b|long\b|much\b|many\b)"
    rf"|(?:{_any_of('spared')})[,:]\s+)+",
    re.IGNORECASE,
)
_POINTING = re.compile(
    rf"(?!those (?:who|whose|in|with|of|on|from)\b)(?:{_any_of('pointing')})(?![\w-])",
    re.IGNORECASE,
)
_DATELINE = re.compile(  # WASHINGTON — …, Paris (AP) — …
    r"^(?:[A-Z][\w.’'-]+(?:,? [A-Z][\w.’'-]*){0,4} \((?:[A-Z]{2,}\w*|Reuters|Bloomberg)\)"
    r"|\((?:[A-Z]{2,}\w*|Reuters|Bloomberg)\)"
    r"|[A-Z]{3,}(?:,? [A-Z][\w.’'-]*){0,4})\s+(?:[—–―]|--?)\s+(?=\S)"
)
_SPEAKER_LABEL = re.compile(
    r"^(?=[^:]*[A-Z]{3})(?:[A-Z][A-Z.'’-]+\s){0,3}[A-Z\d][A-Z\d.'’-]*:\s+(?=\S)"
)
_LOOSE_MARK = re.compile(r"\s+([.,;:!?])(?=\s|$)")
_PARENTHETIC = re.compile(
    r"(?<=\w), (?:meanwhile|however|moreover|for (?:example|instance)|therefore|in turn),\s"
)
_SUBORDINATING = frozenset(WORD_CLASSES["subordinating"])
_FIRST_PERSON = frozenset(WORD_CLASSES["first-person"])
_VERBS = frozenset(WORD_CLASSES["auxiliaries"]) | LIGHT_VERBS
_PREPOSITIONS = frozenset(WORD_CLASSES["prepositions"])
_ARTICLES = frozenset({"the", "a", "an", "one", "every", "each", "no", "some", "any"})
_UNFINISHED = frozenset(
    [*WORD_CLASSES["prepositions"], *WORD_CLASSES["determiners"], "and", "or", "but", "if"]
) - frozenset(WORD_CLASSES["particles"])
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
SPEECH_VERBS = (
    "says?|said|adds?|added|argues?|argued|tells?|told|asks?|asked|writes?|wrote|warns?|warned|"
    "insists?|insisted|claims?|claimed|notes?|noted|explains?|explained|thinks?|believes?|"
    "believed|acknowledges?|acknowledged|alleges?|alleged|saying|adding|arguing"
)
PRONOUN_SPEAKER = re.compile(
    rf"(?P<before>[,?!.…][”\"’']*\s+)(?:he|she|they|it|we|I)(?=\s+(?:{SPEECH_VERBS})\b)"
)
"""Who speaks beside a quotation or report, when it is only a pronoun: `…,” she said`."""
_ALL_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]\.?")
_ABBREVIATED = frozenset(WORD_CLASSES["abbreviated"])
_LEAST_WORDS, _MOST_WORDS = 5, 60
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_THIS = re.compile(
    r"\b(?:this|these)\b(?! (?:year|month|week|weekend|morning|afternoon|evening|summer|winter|"
    r"spring|fall|autumn|season|day|century|decade|time|country|nation|world|days|years|weeks|"
    r"months|past|coming|is|was)\b)"
    r"|\bthose (?!who|of|in|with|that|whose|on|from|at|for|under|are|were|living)[a-z]+"
    r"|\b(?:of|to|on|with|for|by|at|from|about|under|rejects?|rejected|dispute[sd]?) that [a-z]+",
    re.IGNORECASE,
)
"""“This plan” points back; “this year” does not."""


def trimmed(text: str) -> str:
    """Return `text` in one line, with a capital and a full stop, without a dateline or speaker's
    label and without connectives; a quotation cut off at a sentence break is opened or closed."""
    line = _SPEAKER_LABEL.sub("", _DATELINE.sub("", " ".join(text.split())))
    line = _PARENTHETIC.sub(" ", _LOOSE_MARK.sub(r"\1", line))
    bare = _CONNECTIVE.sub(r"\g<mark>", line) or line
    start = 1 if bare[:1] in '“"' else 0
    bare = bare[:start] + bare[start : start + 1].upper() + bare[start + 1 :]
    if bare.rstrip("\"”'’)")[-1:] not in (".", "!", "?", "…"):
        bare = bare.rstrip(",;:–—- ") + "."
    return _paired(bare)


def _paired(line: str) -> str:
    """Return `line` with the half of a quotation that a sentence break has cut off.

    A lone mark at either end encloses nothing, and goes.
    """
    for opening, closing in (("“", "”"), ('"', '"')):
        marks = [place for place, mark in enumerate(line) if mark in (opening, closing)]
        if len(marks) != 1:
            continue
        (at,) = marks
        follows = line[at + 1 : at + 2]
        closes = line[at] == closing != opening or (opening == closing and not follows.isalnum())
        rest = line[:at] + line[at + 1 :]
        if closes:
            return rest.strip() if at == 0 else f"{opening}{line[:1].upper()}{line[1:]}"
        return rest.strip() if not follows else line + closing
    return line


def faults(text: str) -> list[str]:
    """Return what keeps `text` from being a sentence that stands alone; empty when nothing does."""
    own = words(text)
    unquoted = words(_QUOTED.sub(" ", text))
    checks = (
        ("short", len(own) < _LEAST_WORDS),
        ("long", len(own) > _MOST_WORDS),
        ("opening", _opens_badly(text, own)),
        ("unfinished", bool(own) and own[-1] in _UNFINISHED | _ABBREVIATED),
        ("cut off", text.rstrip("\"”'’)").endswith(("..", "…", ":"))),
        ("quotation marks", not balanced(text)),
        ("unattributed", bool(_ALL_QUOTED.fullmatch(text))),
        ("first person", bool(_FIRST_PERSON & set(unquoted))),
        ("loop", loops(own)),
        ("no verb", not _has_verb(own)),
        ("speaker", bool(PRONOUN_SPEAKER.search(text))),
        ("question", text.rstrip("\"”'’)").endswith("?")),
        ("reference", points_back(text)),
    )
    return [name for name, found in checks if found]


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
        or bool(_CONNECTIVE.match(text))
        or bool(_POINTING.match(stripped))
        or (bool(own) and own[0] in _SUBORDINATING and "," not in text)
    )


def points_back(text: str) -> bool:
    """Return whether `text` speaks of "him", "this plan" or "those words" of another sentence.

    A noun or name before the pronoun is taken for what it stands for, or a name after it where it
    stands in an opening phrase ("In his speech, Ann Lee …"). Quotations do not count.
    """
    bare = _QUOTED.sub(" ", text)
    if _THIS.search(bare):
        return True
    pronoun = _PERSONAL.search(bare)
    if pronoun is None:
        return False
    before = bare[: pronoun.start()].split()
    if any(_may_be_meant(before, place) for place in range(len(before))):
        return False
    opening = before[0].lower() if before else pronoun.group().lower()
    after = bare[pronoun.end() :]
    named = re.search(r"\b[A-Z][a-z][\w’'.-]+", after) is not None
    held = opening in _PREPOSITIONS and re.search(r", (?:the|a|an) ", after) is not None
    return not (held or (named and opening in _SUBORDINATING | _PREPOSITIONS))


def _may_be_meant(before: Sequence[str], place: int) -> bool:
    """Return whether a name stands at `place`, or the noun of an article before it."""
    word = before[place].strip('“”"(),')
    if word.lower() in FUNCTION_WORDS:
        return False
    name = word[:1].isupper() and word[1:2].islower()
    return name or any(other.lower() in _ARTICLES for other in before[:place])


def balanced(text: str) -> bool:
    """Return whether quotation marks and brackets of `text` come in pairs."""
    pairs = (("“", "”"), ("(", ")"), ("[", "]"))
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in pairs)


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


def _has_verb(own: Sequence[str]) -> bool:
    """Return whether a verb is likely: an auxiliary, a light verb, or a word inflected like one.

    Without a tagger this lets nouns in -s pass; it is there to catch strings of names.
    """
    inflected = (word for word in own[1:] if len(word) > 3 and word not in FUNCTION_WORDS)
    return any(word in _VERBS for word in own) or any(
        word.endswith(("s", "ed", "ing", "en", "t", "ll", "ve")) for word in inflected
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
_DENIALS = frozenset(
    {
        *("not", "no", "never", "neither", "nor", "none", "without", "cannot", "hardly"),
        *("unlikely", "against", "deny", "denies", "denied", "denying", "reject", "rejects"),
        *("rejected", "fail", "fails", "failed", "refuse", "refuses", "refused"),
        *("doubt", "doubts", "doubted", "whether", "if", "unless"),
    }
)


def denied(before: Sequence[str]) -> bool:
    """Return whether one of the last words of `before` denies what follows."""
    near = [word.lower().strip("“”\"'") for word in before[-_DENIAL_REACH:]]
    return any(word in _DENIALS or word.endswith(("n't", "n’t")) for word in near)
