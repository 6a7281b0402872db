"""Words of a sentence and one letter for each, so that a phrase is a regular expression.

C name   N person, group or document   A other word   D determiner   # number   S possessive
H he she they it   F first person      W who which    P preposition  J and, or     T to
V reporting verb   G its -ing form     Z attitude     X auxiliary    E form of be   B adverb
! negation         K subordinator      R date         Y according    Q quotation
, ; : - .          punctuation
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from summarizer.english import cues
from summarizer.english.first_names import FIRST_NAMES
from summarizer.english.quotes import Quote
from summarizer.english.sentences import Span
from summarizer.english.tagging import Token

_WORD = re.compile(
    r"""(?:[^\W\d_]\.){2,}                       # U.S.
      | (?<!\w)[A-Z]\.(?=\s+[A-Z])               # an initial
      | (?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Rev|Jr|Sr|St|Prof|Inc|Corp|Co|Hon|Sgt
          |Capt|Cmdr|Adm|Maj|Del|Atty|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|v)\.
      | \([^()]{0,60}\) | \[[^\[\]]{0,60}\]      # an aside
      | [’']s\b | (?<=s)[’'](?=\s) | (?<=n)[’']t\b
      | \w+(?:[-‑/&.]\w+|[’'](?!s\b)\w+)*        # a word
      | --+ | \.\.+ | \S""",
    re.VERBOSE,
)
_SHORT_QUOTE = 3  # “the ‘Squad’ members”: so few words, unpunctuated, are part of a phrase
_PUNCTUATION = {"—": "-", "–": "-", "--": "-", "―": "-", ",": ",", ";": ";", ":": ":"}

CORE = r"(?:D{1,2}(?:A{1,2}S)?#?A{0,3}|#?A{1,3}(?=N)|)(?:[CN]S?A{0,3}|CJ(?=C)|CP(?=C)){0,6}[CN]"
_OBJECT = r"D{0,2}(?:[ACN#]S?){0,5}[ACN]"
_PP = rf"(?:A?P{_OBJECT}|(?<=N)T(?=[DC]){_OBJECT})"
NOUN_PHRASE = rf"(?:{CORE}{_PP}{{0,3}}(?:,?J{CORE})?|[HF])"


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a reporting verb: the table of cues.py it is from and its inflection."""

    kind: str
    form: str


def _inflections(lemma: str) -> Iterator[tuple[str, str]]:
    """Yield (word, form) of a regular or listed verb; forms: base, s, past, ing."""
    if lemma in cues.IRREGULAR:
        forms = cues.IRREGULAR[lemma]
        yield from zip(forms, ("s", "past", "ing"), strict=True)  # "put" is the past of "put"
        yield lemma, "base"
        return
    yield lemma, "base"
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        yield from ((lemma[:-1] + "ies", "s"), (lemma[:-1] + "ied", "past"))
    else:
        yield lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s"), "s"
        yield stem + "ed", "past"
    yield stem + "ing", "ing"


def _verbs() -> dict[str, Verb]:
    """Return every form of every reporting verb; an earlier table wins."""
    tables = (("speech", cues.SPEECH), ("stance", cues.STANCE), ("belief", cues.BELIEF))
    table: dict[str, Verb] = {}
    for kind, lemmas in (*tables, ("finding", cues.FINDING)):
        for lemma in sorted(lemmas):
            for word, form in _inflections(lemma):
                table.setdefault(word, Verb(kind, form))
    return table


VERBS = _verbs()

_TABLES = (  # the first that holds the word, in lower case, gives its letter
    ("Y", frozenset({"according"})),
    ("H", cues.PRONOUNS),
    ("F", cues.FIRST_PERSON),
    ("W", cues.RELATIVES),
    ("!", cues.NEGATIONS),
    ("D", cues.DETERMINERS),
    ("T", frozenset({"to"})),
    ("P", cues.PREPOSITIONS),
    ("J", cues.COORDINATORS),
    ("K", cues.SUBORDINATORS),
    ("E", cues.FORMS_OF_BE),
    ("X", cues.AUXILIARIES),
    ("B", cues.ADVERBS),
    ("R", cues.DATES),
    ("Z", cues.ATTITUDES),
)
_NOUNS = cues.PEOPLE | cues.GROUPS | cues.DOCUMENTS
_BEFORE_NOUNS = cues.POSSESSIVES | {"the", "a", "an"}
_ARABIC = re.compile(r"(?:al|el|ul|bin|ibn)-[A-Z]")


def tokenize(text: str, span: Span, quotes: Sequence[Quote]) -> list[Token]:
    """Return the tokens of `text[span]`; a quotation is one token, an aside none."""
    tokens: list[Token] = []
    position, end = span
    for quote in quotes:
        left, right = max(quote.start, span[0]), min(quote.end, end)
        if left < position or left >= right:
            continue
        tokens.extend(_plain(text, position, left, bool(tokens)))
        if _is_phrase(text[left:right]) and tokens:
            tokens.append(_token(text, left, right, "A"))
        else:
            tokens.append(_token(text, left, right, "Q"))
        position = right
    tokens.extend(_plain(text, position, end, bool(tokens)))
    return _without_nouns(tokens)


def _without_nouns(tokens: Sequence[Token]) -> list[Token]:
    """Return `tokens` with what only looks like a reporting verb as a noun or adjective.

    That is one behind an article or possessive ("the proposed levy", "her remarks") and "state" or
    "think" before the noun that they belong to ("state television", "think tank").
    """
    found = list(tokens)
    for at, (token, following) in enumerate(pairwise(tokens)):
        if token.tag not in "VG":
            continue
        owned = token.tag == "V" and at > 0 and _owns(found, at - 1)
        compound = (token.lower == "state" and following.tag in "CNA") or following.lower == "tank"
        if owned or (compound and following.lower != "that"):
            noun = owned and following.tag not in "ACN" and token.lower in _NOUNS
            found[at] = replace(token, tag="N" if noun else "A")
    return found


def _owns(tokens: Sequence[Token], at: int) -> bool:
    """Return whether only a noun phrase can follow the word at `at`: "the", "her", "Lee's"."""
    if tokens[at].tag == "S":
        return at > 0 and tokens[at - 1].tag in "CN"
    return tokens[at].lower in _BEFORE_NOUNS


def _is_phrase(quoted: str) -> bool:
    inner = quoted.strip("“”\"‘’'")
    return len(inner.split()) <= _SHORT_QUOTE and not re.search(r"[.,!?…]$", inner)


def _plain(text: str, start: int, end: int, inside: bool) -> Iterator[Token]:
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if word[0] in "([" and len(word) > 1:
            continue
        yield _token(text, match.start(), match.end(), _tag(word, first=not inside))
        inside = True


def _token(text: str, start: int, end: int, letter: str) -> Token:
    word = text[start:end]
    return Token(word, start, end, letter, word.lower().replace("’", "'"))


@lru_cache(maxsize=1 << 14)  # a text is read several times over
def _tag(word: str, *, first: bool) -> str:
    lower = word.lower().replace("’", "'").rstrip(".")
    pronoun, found, _ = lower.partition("'")
    if found and pronoun in cues.PRONOUNS | cues.FIRST_PERSON:  # they've
        return "F" if pronoun in cues.FIRST_PERSON else "H"
    if word in _PUNCTUATION:
        return _PUNCTUATION[word]
    if not word[0].isalnum():
        return {"'s": "S", "'": "S", "'t": "!", "&": "J", "%": "A", "$": "#"}.get(lower, ".")
    if word[0].isdigit():
        return "#"
    if word[0].isupper() and not first:
        return _capitalised(word, lower)
    return "C" if _ARABIC.match(word) else _lower_case(word, lower)


def _capitalised(word: str, lower: str) -> str:
    """Return the letter of a capitalised word that does not begin its sentence."""
    if lower in cues.DATES:
        return "R"
    if word.istitle() and lower in cues.FIRST_PERSON:  # not "US", which is a name
        return "F"
    if word.istitle() and lower in cues.PRONOUNS:
        return "H"
    return "D" if lower == "the" else "C"


def _lower_case(word: str, lower: str) -> str:
    for tag, table in _TABLES:
        if lower in table:
            return tag
    if lower in VERBS:
        return "G" if VERBS[lower].form == "ing" else "V"
    if lower in _NOUNS:
        return "N"
    named = word[0].isupper() and lower in FIRST_NAMES  # Kelly
    if lower.endswith("ly") and lower not in cues.NOT_ADVERBS and not named:
        return "B"
    if lower.endswith("n't"):
        return "!"
    return "C" if word[0].isupper() else "A"


def tag_string(tokens: Sequence[Token]) -> str:
    """Return the letters of `tokens`, one each."""
    return "".join(token.tag for token in tokens)


def is_plural(phrase: Sequence[Token]) -> bool:
    """Return whether a verb without -s fits `phrase`; names in -s count as both."""
    tags = tag_string(phrase)
    head_end = min((i for i, tag in enumerate(tags) if tag == "P"), default=len(tags))
    head = phrase[max(head_end - 1, 0)]
    word = head.lower
    if "J" in tags or word in cues.PLURALS or (head.tag == "D" and word in cues.QUANTIFIERS):
        return True
    if head.tag == "C" and word not in _NOUNS and not word.endswith(("ans", "ists")):
        return False  # a name in -s
    return head.tag in "CNA" and word.endswith("s") and not word.endswith(("ss", "us", "is"))
