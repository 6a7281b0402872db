"""Direct speech as indirect speech: “The dam holds,” Ida Holm said. Ida Holm said that it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.english.cues import TITLES
from summarizer.english.first_names import FIRST_NAMES
from summarizer.english.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.openings import CONNECTIVE
from summarizer.english.pronouns import is_expletive
from summarizer.english.tagging import Token, tag
from summarizer.english.text import words
from summarizer.writing.persons import pronoun_for, third_person

_VERBS = (
    "said|says|say|told|tells|tell|argued|argues|argue|wrote|writes|write|added|adds|explained"
    "|explains|noted|notes|warned|warns|warn|tweeted|tweets|insisted|insists|insist|testified"
    "|claimed|claims|claim|contended|contends|contend|believe|believes|stated|predicted"
    "|concluded|concludes|observed|observes|declared|declares|acknowledged|acknowledges|conceded"
    "|concedes|suggested|suggests|maintained|maintains|asserted|asserts|lamented|laments|recalled"
    "|recalls|reasoned|countered|complained|complains|cautioned|remarked|emphasized|emphasizes"
    "|stressed|stresses|alleged|alleges|reported|judged|judges"
)
_SPEAKER = r"(?!and\b|but\b|or\b|who\b|which\b)[^,;:.“”\"()]{2,60}?(?:\.\s[^,;:.“”\"()]{2,40}?)?"
_REST = r"(?:\s(?!that\b|it\b)[^,;:“”\"()]{1,80})?"
_BESIDE = (
    rf"(?:(?P<who>{_SPEAKER})\s(?P<how>(?:also\s|often\s)?(?:{_VERBS}){_REST})"
    rf"|(?P<verb>said|says|wrote|argued|warned|added)\s(?P<name>{_SPEAKER}))"
)
_LAST = re.compile(rf"(?P<said>.+?)(?P<mark>[,]?[”\"]|,)\s{_BESIDE}\.")
_FIRST = re.compile(
    rf"(?P<who>{_SPEAKER})\s(?P<how>(?:{_VERBS}){_REST})[:,]\s[“\"](?P<said>[^“”\"]+?)[.,]?[”\"][.]?"
)
_SPLIT = re.compile(
    rf"[“\"](?P<said>[^“”\"]+?),[”\"]\s{_BESIDE},\s[“\"](?P<more>[a-z][^“”\"]+?)[.,]?[”\"][.]?"
)
_MIDDLE = re.compile(
    rf"(?P<said>[^,;:“”\"]+), (?:(?P<who>{_SPEAKER})\s(?P<how>(?:{_VERBS}))"
    rf"|(?P<verb>said|says|wrote|argued|warned|added)\s(?P<name>{_SPEAKER})), (?P<more>[^;:]+?)[.]?"
    r"(?P<end>[”\"]?)\.?"
)
_OPINION = re.compile(
    r"I (?P<how>(?:do |really |truly |firmly |strongly |honestly |don[’']t |do not )?)"
    r"(?P<verb>think|believe|hope|fear|doubt|suspect)\s(?:that\s)?(?P<held>[^,].+)"
)
_HELD = {"don't ": "does not ", "don’t ": "does not ", "do not ": "does not ", "do ": ""}
_WITH_RELATIVE = 2  # verbs, where the subject has one
_OF_WHAT = re.compile(
    r"\b(?:thinks?|believes?|hopes?|knows?|fears?)\s(?:that\s)?(?:it|this|they)\b"
)
_BARE = frozenset({"said", "says"})
_DEICTIC = frozenset(WORD_CLASSES["speaking"]) | frozenset(
    {"myself", "ourselves", "yourself", "let", "lets"}
    | {"today", "tomorrow", "yesterday", "tonight", "here"}
)
_COMMON = frozenset(word for some in LEXICON.values() for word in some)
_NO_SUBJECT = frozenset({"it", "this", "that", "these", "those", "he", "she", "they", "you"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speech:
    """What is `said`, who says it and how: "told the Bell in May"."""

    said: str
    who: str
    how: str


def indirect(text: str, *, context: str = "") -> str:
    """Return `text` with its speaker first and what is said in a clause behind "that".

    Tenses stay as they are; "I" becomes "he" or "she" where `context`, the article, tells which,
    and “I think” somebody who thinks. What speaks of "we", "you", "today" or "it", asks, exclaims
    or breaks off comes back as it is, and so does what opens with a word that may be a name for
    all that `context` shows.
    """
    for speech in _speeches(text):
        told = _opinion(speech, context) or _reported(speech, context)
        if told:
            return told
    return text


def reported(said: str, *, who: str, how: str, context: str = "") -> str:
    """Return `said` as what `who` says, in a clause behind "that"; "" where `indirect` would leave
    it as it is."""
    return _reported(_Speech(said=said, who=who, how=how), context)


def _speeches(text: str) -> Iterator[_Speech]:
    """Yield the ways in which `text` can be read as what somebody says, none with two speakers."""
    if (found := _FIRST.fullmatch(text)) is not None:
        yield from _spoken(found["said"], found)
    elif (found := _SPLIT.fullmatch(text)) is not None:
        parted = any(token.tag in "AV" for token in tag(found["said"]))
        said = f"{found['said']}{',' if parted else ''} {found['more']}"
        yield from _spoken(said, found)
    elif (found := _LAST.fullmatch(text)) is not None:
        yield from _spoken(_unquoted(found), found)
    elif (found := _MIDDLE.fullmatch(text)) is not None and (said := _around(found)):
        yield from _spoken(said, found)


def _spoken(said: str, found: re.Match[str]) -> Iterator[_Speech]:
    named = found.groupdict()
    speaker = named["who"] or named["name"]
    how = named["how"] or named["verb"]
    spoken = [*tag(speaker), *tag(how)[2:]]
    if any(token.tag in "AVW" for token in spoken) or spoken[0].tag not in "DNH":
        return  # "a move that critics warned could cost jobs"
    yield _Speech(said=said, who=f"{speaker[:1].upper()}{speaker[1:]}", how=how)


def _reported(speech: _Speech, context: str) -> str:
    """Return the indirect form; "" where it may mean something else."""
    said = speech.said
    if not {"i", "me", "my", "mine", "myself"} & set(words(said)):
        opening = _lowered(said, context) if _is_plain(said) else ""
    else:
        told = _of_speaker(said, speech, context)
        opening = _lowered(told, context) if told and _is_plain(told, own=True) else ""
    return f"{speech.who} {speech.how} that {_stopped(opening)}" if opening else ""


def _stopped(told: str) -> str:
    """Return `told` with its full stop, inside the quotation mark that it ends in."""
    return f"{told[:-1]}.{told[-1]}" if told[-1] in '”"' else f"{told}."


def _opinion(speech: _Speech, context: str) -> str:
    """Return "Ida Holm thinks that …" of “I think …,” Ida Holm said; "" of anything else."""
    found = _OPINION.fullmatch(speech.said)
    if found is None or speech.how not in _BARE or tag(speech.who)[0].tag == "H":
        return ""
    held = _of_speaker(found["held"], speech, context)
    opening = _lowered(held, context) if held and _is_plain(held) else ""
    how = _HELD.get(found["how"], found["how"])
    verb = found["verb"] if how == "does not " else f"{found['verb']}s"
    return f"{speech.who} {how}{verb} that {opening}." if opening else ""


def _of_speaker(said: str, speech: _Speech, context: str) -> str:
    """Return `said` in the third person; "" where nobody knows whom it would be taken to mean."""
    if not {"i", "me", "my", "mine", "myself"} & set(words(said)):
        return said
    named = {word for word in speech.how.lower().split() if word in FIRST_NAMES | TITLES}
    pronoun = pronoun_for(speech.who, context)
    return third_person(said, pronoun) if pronoun and not named else ""


def _around(found: re.Match[str]) -> str:
    """Return what stands on both sides of ", critics say,"; "" where they are not one clause."""
    said, more = tag(found["said"]), tag(found["more"])
    if any(token.tag in "AV" for token in said) or not more:
        return ""
    rest = found["more"] + found["end"]
    first = next((token for token in more if token.tag != "Q"), more[0])
    if said[0].tag in "DNG" and first.tag in "AV":
        return f"{found['said']} {rest}"
    return f"{found['said']}, {rest}" if said[0].tag == "P" and _opens(more) else ""


def _unquoted(found: re.Match[str]) -> str:
    """Return what is said without its marks; "" where it is not one quotation or has none."""
    said, mark = found["said"], found["mark"]
    if mark == ",":
        return "" if said[:1] in '“"' and not re.search(r"[”\"]\s", said) else said
    inner = said[1:]
    quoted = said[:1] in '“"' and not re.search(r"[“”\"]", inner)
    return inner.rstrip(",") if quoted else ""


def _is_plain(said: str, *, own: bool = False) -> bool:
    """Return whether `said` is a statement that means the same from anybody's mouth.

    own: it may open with "he", for its speaker.
    """
    if (
        _DEICTIC & set(words(said))
        or _OF_WHAT.search(said)
        or re.search(r"[?!…()\[\]]|\.\.|--|[—–;:]|\.\s+[A-Z“\"]", said)
        or CONNECTIVE.match(said)
    ):
        return False
    return _opens(_past_opening(tag(said)), own=own)


def _past_opening(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return `tokens` without the phrase or clause, up to a comma, that opens them."""
    if not tokens or tokens[0].tag not in "PS":
        return tokens
    commas = [place for place, token in enumerate(tokens) if token.tag == ","]
    return tokens[commas[0] + 1 :] if len(commas) == 1 else tokens


def _opens(tokens: Sequence[Token], *, own: bool = False) -> bool:
    """Return whether a subject that can be understood and its verb open `tokens`."""
    verbs = [place for place, token in enumerate(tokens) if token.tag in "AV"]
    verb = verbs[0] if verbs else 0
    if any(token.tag in "WS" for token in tokens[1:verb]) and len(verbs) < _WITH_RELATIVE:
        return False  # "An engineer who would know"
    subject = bool(verb) and (tokens[0].tag in "DNHG" or tokens[0].lower == "what")
    if not subject or any(token.tag in ",;:-" for token in tokens[:verb]):
        return False
    pairs = pairwise(tokens[: verb + 1])
    if any(token.tag == "C" and following.tag not in "DN" for token, following in pairs):
        return False
    meant = own and tokens[0].lower in ("he", "she")
    return meant or tokens[0].lower not in _NO_SUBJECT or is_expletive(tokens)


def _lowered(said: str, context: str) -> str:
    """Return `said` without the capital of its sentence; "" where it may be that of a name."""
    first = re.split(r"[\s,’']", said, maxsplit=1)[0] if said else ""
    if not first or (first.isupper() and len(first) > 1) or any(c.isdigit() for c in first):
        return said
    lower = first.lower()
    if lower in FUNCTION_WORDS:
        return lower + said[len(first) :]
    rest = said[len(first) :]
    named = rest.strip()[:1].isupper()
    seen = lower in _COMMON or re.search(rf"\b{re.escape(lower)}\b", context) is not None
    # "Fox News" and "News of the day" make no name of "News executives".
    name = rf"(?<=[a-z,]\s){re.escape(first)}(?=\s[a-z])"
    if not seen or named:
        name = rf"(?<![.!?:“\"])\s{re.escape(first)}\b"
    if named or re.search(name, context):
        return said
    return lower + rest if seen else ""
