"""What a source phrase refers to: the name of a pronoun, of a surname, of "the senator"."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.english import cues
from summarizer.english.grammar import NOUN_PHRASE, is_plural, tag_string
from summarizer.english.tagging import Token, tag
from summarizer.holders.names import (
    core,
    gender,
    is_person,
    looks_personal,
    merge_names,
    person_in,
    strip_titles,
)

_NAME = re.compile(r"C+(?:SC+)?")
_LAST_NAME = re.compile(r"C(?:[CJ](?=C)|C)*$")
_GROUP_OF = re.compile(r"N.*[PT]")  # "critics of Ann Lee" are not Ann Lee
_ORGANISATION = re.compile(r"D?C(?:[CS]|[PJ]D?(?=C))*")
_OPENING = re.compile(rf"(?:[KJBR],?|P[^,VE]{{1,12}},)?(?P<np>{NOUN_PHRASE})(?![S])")
_APPOSITION = re.compile(r",D?[AC]{0,4}?(N)|,D?A{0,3}(N)")
_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
_LINKS = frozenset({"SEE", "ALSO", "WATCH", "WATCHED", "CLOSE", "READ", "MORE", "RELATED"})
_REACH = 4  # sentences that a pronoun may look back: a longer reach is a guess

_MEMORY = 100  # mentions kept, so that one endless sentence costs linear time


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    sentence: int
    start: int
    plural: bool
    subject: bool
    source: bool = False


class Antecedents:
    """Remembers who was named so far, sentence by sentence, and resolves source phrases."""

    def __init__(self, text: str, tokens: Sequence[Sequence[Token]]) -> None:
        self._text = text
        self._tokens = tokens
        self._mentions: deque[_Mention] = deque(maxlen=_MEMORY)
        self._number = -1
        names = sorted(set(_full_names(text, tokens)))
        self._full = merge_names([*names, *_short_forms(names)])
        self._people = set(self._full.values())
        self._sexes = {name: sex for name in names if (sex := gender(name)) is not None}
        self._roles = self._read_roles()

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
        if "N" in tags[slice(*first)] and "C" not in tags[slice(*first)]:
            phrase = tokens[slice(*first)]
            plural = is_plural(phrase)
            self._note(self._phrase(phrase), phrase[0].start, subject=True, plural=plural)

    def resolve(self, phrase: Sequence[Token]) -> str | None:
        """Return the name to show for a source phrase, or None where that is not safe."""
        phrase = self._noun_phrase(phrase)
        if not phrase:
            return None
        tags = tag_string(phrase)
        word = phrase[0].lower.partition("'")[0]  # they of they've
        if tags == "H":
            return self._of_pronoun(word, phrase[0].start)
        if tags[0] == "F" or (word in {"my", "our", "your"} and "C" not in tags):
            return None
        owned = word in cues.POSSESSIVES
        name = self._owned(phrase, tags) if owned else self._named(phrase, tags)
        self._mentions.append(
            _Mention(name, self._number, phrase[0].start, is_plural(phrase), True, True)
        )
        return name

    def _noun_phrase(self, phrase: Sequence[Token]) -> Sequence[Token]:
        """Return the noun phrase of a source phrase, which may have caught words beside it.

        That is a verb with its subject ("Lee thanked | critics") or with what follows it ("Lee |
        left Kent"), in front a verb, conjunction or preposition ("After | House Republicans") or a
        link in capitals ("SEE ALSO | Lee"). Empty where it is a caption or no noun at all.
        """
        tags = {token.start: token.tag for token in tag(self._phrase(phrase))}
        kinds = [tags.get(token.start - phrase[0].start, "N") for token in phrase]
        first = next((i for i, one in enumerate(phrase) if not _leads(one, kinds[i])), len(phrase))
        verbs = [
            i for i in range(first + 1, len(phrase)) if kinds[i] == "V" and phrase[i].text.islower()
        ]
        if verbs and phrase[-1].lower in cues.TELLING:
            after = verbs[-1] + 1
            rest = phrase[after + (kinds[after] == "R" or phrase[after].lower == "aside") :]
        else:
            rest = phrase[first : verbs[0] if verbs else len(phrase)]
        return () if _no_noun(rest, kinds[first:], self._tokens[self._number][0]) else rest

    def _named(self, phrase: Sequence[Token], tags: str) -> str:
        """Return a person by name alone, an organisation without article, a group as it stands."""
        run = _LAST_NAME.search(tags)
        if run is not None and not _GROUP_OF.search(tags, 0, run.start()):
            last = self._phrase(phrase[slice(*run.span())])
            person = self._fullest(person_in(last) or strip_titles(last))
            described = run.start() > 0 and tags[run.start() - 1] == "N" and looks_personal(last)
            if described or self._is_person(person):
                return person
        if phrase[0].lower == "the" and phrase[-1].lower in cues.MEMBERS:
            return self._latest_person() or self._phrase(phrase)
        if _ORGANISATION.fullmatch(tags):
            return _ARTICLE.sub("", self._phrase(phrase))
        if re.fullmatch(r"D[AC]{0,2}N", tags) and phrase[0].lower == "the":
            return self._with_role(phrase[-1].lower) or self._phrase(phrase)
        return self._phrase(phrase)

    def _owned(self, phrase: Sequence[Token], tags: str) -> str:
        """Return "Ann Lee" for "her adviser Ann Lee", "Rosen's critics" for "his critics"."""
        if "C" in tags[1:]:
            return self._named(phrase[1:], tags[1:])
        rest = self._phrase(phrase[1:])
        owner = self._of_pronoun(_OWNERS[phrase[0].lower], phrase[0].start)
        return f"{owner}{'’' if owner.endswith('s') else '’s'} {rest}" if owner else rest

    def _with_role(self, role: str) -> str | None:
        """Return the one person whom the article calls by `role`, or the one named last."""
        if role not in cues.PEOPLE:
            return None
        called = {name for name, roles in self._roles.items() if role in roles}
        for reach in (_REACH, 2, 1):
            if len(called) > 1:
                called &= {m.name for m in self._mentions if self._number - m.sentence <= reach}
        return called.pop() if len(called) == 1 else None

    def _latest_person(self) -> str | None:
        """Return who is meant by "the Maine Republican": the person last named as a subject."""
        people = [m.name for m in self._mentions if m.subject and self._is_person(m.name)]
        return people[-1] if people else None

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
        latest = [mention.name for mention in subjects if mention.sentence == last]
        name = latest[-1] if word == "they" else latest[0]
        self._note(name, start, subject=True, plural=word == "they")
        return name

    def _fits(self, word: str, mention: _Mention) -> bool:
        if word == "they":
            return mention.plural
        if word == "it":
            return mention.source and not mention.plural and not self._is_person(mention.name)
        if mention.plural:
            return False
        sex = self._sexes.get(mention.name) or gender(mention.name)
        if sex is None:
            return self._is_person(mention.name) or (
                mention.source and looks_personal(mention.name)
            )
        return sex == {"he": "m", "she": "f"}[word]

    def _is_person(self, name: str) -> bool:
        return name in self._people or is_person(name)

    def _may_be_called(self, name: str) -> bool:
        if " " in name:
            return self._is_person(name) or looks_personal(name)
        return name.lower() not in cues.ORGANISATIONS and not name.isupper()

    def _note(self, name: str, start: int, *, subject: bool, plural: bool = False) -> None:
        full = self._fullest(person_in(name) or strip_titles(name))
        self._mentions.append(_Mention(full, self._number, start, plural, subject))
        while self._number - self._mentions[0].sentence > _REACH:
            self._mentions.popleft()

    def _phrase(self, tokens: Sequence[Token]) -> str:
        return self._text[tokens[0].start : tokens[-1].end]

    def _fullest(self, name: str) -> str:
        return self._full.get(name, name)

    def _read_roles(self) -> dict[str, set[str]]:
        """Return what each person is called: titles and nouns before the name, apposition after."""
        roles: dict[str, set[str]] = defaultdict(set)
        for sentence in self._tokens:
            tags = tag_string(sentence)
            for match in re.finditer(r"(?P<before>[AN]{0,3})(?P<name>C{1,5})", tags):
                run = sentence[slice(*match.span("name"))]
                name = self._fullest(_untitled(self._phrase(run)))
                if not self._may_be_called(name):
                    continue  # "in the Oval Office, the president said"
                words = [token.text for token in sentence[slice(*match.span("before"))]]
                words += [word for word in self._phrase(run).split() if word not in name.split()]
                after = _APPOSITION.match(tags, match.end())
                words += [sentence[after.end() - 1].text] if after else []
                roles[name] |= {role for role in map(_expand, words) if role in cues.PEOPLE}
        return {name: words for name, words in roles.items() if words}


def _leads(token: Token, kind: str) -> bool:
    """Return whether a word of this kind stands in front of a source phrase, not in it."""
    return token.text in _LINKS or kind in "PS" or (kind == "B" and token.text.islower())


def _no_noun(phrase: Sequence[Token], kinds: Sequence[str], opening: Token) -> bool:
    """Return whether nothing is left, a caption ("FILE PHOTO") or a verb that opens a sentence.

    "Flanked by" and "Addressing them" owe their capital to their place.
    """
    if not phrase or phrase[-1].lower in cues.CAPTIONS:
        return True
    alone = len(phrase) == 1 and phrase[0].start == opening.start
    return alone and kinds[0] in "BEG" and phrase[0].text[1:].islower()


def _untitled(name: str) -> str:
    """Return a name without any title, down to one word: "President Lee" -> "Lee"."""
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in cues.TITLES:
        words = words[1:]
    return " ".join(words)


def _short_forms(names: Sequence[str]) -> Iterator[str]:
    for surname in sorted({name.split()[-1] for name in names}):
        yield surname
        yield from (f"{title} {surname}" for title in ("Mr.", "Mrs.", "Ms.", "Miss"))


def _full_names(text: str, tokens: Sequence[Sequence[Token]]) -> Iterator[str]:
    """Yield the names of people, without titles, that the article gives in full.

    Somebody is a person by title or first name, or when the article uses the surname alone.
    """
    runs, alone = [], set()
    for sentence in tokens:
        for match in re.finditer(r"C+", tag_string(sentence)):
            run = sentence[match.start() : match.end()]
            runs.append(text[run[0].start : run[-1].end])
            if len(run) == 1:
                alone.add(run[0].text)
    for name in dict.fromkeys(runs):
        person = person_in(name)
        if person is None and name.split()[-1] in alone and looks_personal(name):
            person = name
        if person is not None and len(core(person)) in {2, 3} and not _is_many(person):
            yield person


def _is_many(name: str) -> bool:
    """Return whether a name is a people's or a caption: "Coptic Christians", "Getty Image"."""
    last = name.split()[-1].lower()
    return last.endswith(("ans", "ists", "crats", "ives")) or last in cues.CAPTIONS


_ABBREVIATED = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general"}


def _expand(title: str) -> str:
    word = title.lower().rstrip(".")
    return _ABBREVIATED.get(word, word)
