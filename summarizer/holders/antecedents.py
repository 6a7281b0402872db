"""What a source phrase refers to: the name of a pronoun, of a surname, of "the senator"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.holders import cues
from summarizer.holders.grammar import NOUN_PHRASE, Token, tag_string
from summarizer.holders.names import core, gender, is_person, merge_names, strip_titles
from summarizer.sentences import Span

_NAME = re.compile(r"C+(?:SC+)?")
_OPENING = re.compile(rf"(?:[KJBR],?|P[^,VE]{{1,12}},)?(?P<np>{NOUN_PHRASE})(?![S])")
_APPOSITION = re.compile(r",D?[AC]{0,4}?(N)|,D?A{0,3}(N)")
_REACH = 4  # sentences that a pronoun may look back: a longer reach is a guess


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    sentence: int
    start: int
    plural: bool
    subject: bool


class Antecedents:
    """Remembers who was named so far, sentence by sentence, and resolves source phrases."""

    def __init__(
        self, text: str, sentences: Sequence[Span], tokens: Sequence[Sequence[Token]]
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._tokens = tokens
        self._mentions: list[_Mention] = []
        self._number = -1
        names = list(_full_names(text, tokens))
        self._full = merge_names([*names, *{name.split()[-1] for name in names}])
        self._sexes = _genders(names)
        self._roles = _roles(text, tokens)

    def enter(self, number: int) -> None:
        """Go to sentence `number` and note the names that it mentions."""
        self._number = number
        tokens = self._tokens[number]
        tags = tag_string(tokens)
        opening = _OPENING.match(tags)
        first = opening.span("np") if opening else (-1, -1)
        for match in _NAME.finditer(tags):
            start, end = match.span()
            subject = first[0] <= start and end <= first[1]
            if tags[end : end + 1] != "S":
                self._note(self._phrase(tokens[start:end]), tokens[start].start, subject=subject)
        if opening and set(tags[slice(*first)]) & set("N") and "C" not in tags[slice(*first)]:
            self._note_tokens(tokens[slice(*first)])

    def resolve(self, phrase: Sequence[Token]) -> str | None:
        """Return the name to show for a source phrase, or None where that is not safe."""
        tags = tag_string(phrase)
        word = phrase[0].text.lower()
        if tags == "F":
            return None
        if tags == "H":
            return self._of_pronoun(word, phrase[0].start)
        if phrase[0].tag == "D" and word in _POSSESSIVES:
            return None
        name = self._named(phrase, tags)
        self._note(name, phrase[0].start, subject=True, plural=_plural(phrase))
        return name

    def _named(self, phrase: Sequence[Token], tags: str) -> str:
        if tags[-1] == "C" or re.fullmatch(r"D?[ACNS]*C+(?:PD?C+)?", tags):
            run = list(re.finditer(r"C(?:[CJS](?=C)|C|P(?=D?C)|(?<=P)D)*", tags))
            if run:
                start, end = run[-1].span()
                return self._fullest(strip_titles(self._phrase(phrase[start:end])))
        if re.fullmatch(r"DA{0,2}N", tags) and phrase[0].text.lower() == "the":
            known = self._with_role(phrase[-1].text.lower())
            if known is not None:
                return known
        return self._phrase(phrase)

    def _with_role(self, role: str) -> str | None:
        """Return the one recent person whom the article called by `role`."""
        if role not in cues.PEOPLE:
            return None
        recent = [
            mention.name
            for mention in reversed(self._mentions)
            if self._number - mention.sentence <= _REACH
            and role in self._roles.get(mention.name, ())
        ]
        return recent[0] if recent and len(set(recent)) == 1 else None

    def _of_pronoun(self, word: str, start: int) -> str | None:
        fitting = [
            mention
            for mention in self._mentions
            if self._number - mention.sentence <= _REACH
            and mention.start < start
            and self._fits(word, mention)
        ]
        subjects = [mention for mention in fitting if mention.subject]
        if not subjects:
            names = {mention.name for mention in fitting}
            subjects = fitting if len(names) == 1 else []
        if not subjects:
            return None
        last = max(mention.sentence for mention in subjects)
        name = next(mention.name for mention in subjects if mention.sentence == last)
        self._note(name, start, subject=True, plural=word == "they")
        return name

    def _fits(self, word: str, mention: _Mention) -> bool:
        if word == "they":
            return mention.plural
        if word == "it" or mention.plural:
            return False
        sex = self._sexes.get(mention.name) or gender(mention.name)
        if sex is None:
            return is_person(mention.name) or mention.name in self._roles
        return sex == {"he": "m", "she": "f"}[word]

    def _note(self, name: str, start: int, *, subject: bool, plural: bool = False) -> None:
        full = self._fullest(strip_titles(name))
        self._mentions.append(_Mention(full, self._number, start, plural, subject))
        while self._number - self._mentions[0].sentence > _REACH:
            self._mentions.pop(0)

    def _note_tokens(self, phrase: Sequence[Token]) -> None:
        self._note(self._phrase(phrase), phrase[0].start, subject=True, plural=_plural(phrase))

    def _phrase(self, tokens: Sequence[Token]) -> str:
        return self._text[tokens[0].start : tokens[-1].end]

    def _fullest(self, name: str) -> str:
        return self._full.get(name, name)


_POSSESSIVES = frozenset(["his", "her", "their", "its", "my", "our", "your"])
_TITLE_OF_LAST = frozenset(["mr", "mrs", "ms", "miss"])


def _plural(phrase: Sequence[Token]) -> bool:
    tags = tag_string(phrase)
    head_end = min((i for i, tag in enumerate(tags) if tag == "P"), default=len(tags))
    word = phrase[max(head_end - 1, 0)].text.lower()
    if "J" in tags or word in {"people", "police", "lawmakers"} | cues.QUANTIFIERS:
        return True
    return "N" in tags and word.endswith("s")


def _full_names(text: str, tokens: Sequence[Sequence[Token]]) -> Iterator[str]:
    """Yield the names of people, without titles, that the article gives in full."""
    for sentence in tokens:
        for match in re.finditer(r"C{2,5}", tag_string(sentence)):
            run = sentence[match.start() : match.end()]
            name = text[run[0].start : run[-1].end]
            bare = strip_titles(name)
            if len(core(name)) in {2, 3} and (is_person(name) or is_person(bare)):
                yield bare


def _genders(names: Sequence[str]) -> dict[str, str]:
    return {name: sex for name in names if (sex := gender(name)) is not None}


def _roles(text: str, tokens: Sequence[Sequence[Token]]) -> dict[str, set[str]]:
    """Return what each person is called: titles and nouns before the name, apposition after."""
    roles: dict[str, set[str]] = defaultdict(set)
    for sentence in tokens:
        tags = tag_string(sentence)
        for match in re.finditer(r"[ANC]{0,4}C{2}", tags):
            run = sentence[match.start() : match.end()]
            name = strip_titles(text[run[-2].start : run[-1].end])
            words = {_expand(token.text) for token in run[:-2]}
            after = _APPOSITION.match(tags, match.end())
            if after:
                words.add(sentence[after.end() - 1].text.lower())
            roles[name] |= {word for word in words if word in cues.PEOPLE}
    return {name: words for name, words in roles.items() if words}


_ABBREVIATED = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general"}


def _expand(title: str) -> str:
    word = title.lower().rstrip(".")
    return _ABBREVIATED.get(word, word)
