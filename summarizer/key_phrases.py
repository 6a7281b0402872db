"""Labels taken from the claims themselves: a short clause that says something, else a noun phrase.

A clause is told by rules over closed word classes: a stretch between marks and conjunctions with a
subject and a finite verb, whole as it stands or less an adjunct at its end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.holders.cues import FINITE_VERBS
from summarizer.holders.grammar import VERBS
from summarizer.phrasing import SPEECH_VERBS, denied, label_faults
from summarizer.text import centrality_order, content_words, stem, words

_MARK = (
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?-i:(?<![A-Z]))"
    r"[,;:.!?()\[\]“”\"…–—]+(?:\s|$)|[,;:!?()\[\]“”\"…–—]+(?:\s|$)|[()\[\]“”\"…–—]"
)
_CONJUNCTIONS = (
    "that|which|who|whose|because|while|when|although|though|if|as|since|whether|before|after|"
    "until|unless|where|why|how|what|than|whom"
)
_BREAK = re.compile(rf"{_MARK}|\b(?:{_CONJUNCTIONS})\b", re.IGNORECASE)
_ASSERTING = frozenset({"that", "because", "since"})
"""After these a clause is said to be so; after "if", "whether" or "who" it is not, or not alone."""
_SAID = frozenset(VERBS) | frozenset(WORD_CLASSES["before-that"])
"""What stands before a "that" which opens a statement rather than a relative clause."""
_OPEN_END = frozenset(WORD_CLASSES["open-end"])
"""Before these, with no mark between, a clause goes on."""
_JOINT = re.compile(r"\b(?:and|but|so|or)\s", re.IGNORECASE)
_OPENING_JOINT = re.compile(r"^\s*(?:(?:and|but|so|or)\s+)+", re.IGNORECASE)
_AFTER_VERB = 4  # "said on Monday that"
_NEAR = 6  # words from the joint within which the second clause has its verb
_SPEECH = re.compile(rf"\b(?:{SPEECH_VERBS}|called|calls)\b", re.IGNORECASE)
_UNSAID_THAT = re.compile(rf"\b({SPEECH_VERBS})\s(?=(?:the|a|an|no|some|many)\s|[A-Z])")
_AUXILIARIES = frozenset(WORD_CLASSES["auxiliaries"]) - {"n't", "let", "lets", "done"}
_UNFINITE = frozenset({"be", "been", "being", "having", "doing"})
_FINITE = (_AUXILIARIES - _UNFINITE) | FINITE_VERBS
_VERBLIKE = _AUXILIARIES | FINITE_VERBS
_POINTING = frozenset(WORD_CLASSES["first-person"]) | frozenset(WORD_CLASSES["third-person"])
_NO_SUBJECT = (
    frozenset(
        [*WORD_CLASSES["question"], *WORD_CLASSES["prepositions"], *WORD_CLASSES["no-subject"]]
    )
    | _AUXILIARIES
)
_ADJUNCT = frozenset(WORD_CLASSES["adjuncts"])
_INTRANSITIVE = frozenset(WORD_CLASSES["intransitive"])
_WANTED = re.compile(
    r"\b(?:wants?|wanted|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for)|demand(?:s|ed|ing)?|"
    r"push(?:es|ed|ing)?|press(?:es|ed|ing)?|vow(?:s|ed)?|pledg(?:es?|ed))\b[^,;:“”\"]{0,60}?"
    r"\bto\s(?P<what>[a-z][^,;:.!?“”\"()—–]+)"
)
"""What a side wants done: "they urged the council to close the bridge"."""
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am"})
_BAD_END = frozenset([*WORD_CLASSES["prepositions"], *WORD_CLASSES["determiners"]]) | _VERBLIKE
_BAD_END |= frozenset(WORD_CLASSES["not-last"])
_MUST = frozenset(WORD_CLASSES["must"])
_LABEL = 6  # words
_LONGEST = 9  # a whole clause of so many says more than a noun phrase


def key_phrase(texts: Sequence[str], *, least: int, most: int, title: str = "") -> str:
    """Return the clause of `least` to `most` words of `texts` that is most central to them.

    A clause that is whole and asserted comes first, one that says what must or must not be before
    others, then one of up to nine words where `most` is less, then a noun phrase, and the first
    words with an ellipsis when nothing will do. None stands in the reach of a negation that it
    would turn around. Words of the `title` count double.
    """
    order = centrality_order(texts)
    counts = Counter(stem(word) for text in texts for word in set(content_words(text)))
    titled = {stem(word) for word in content_words(title)}
    wide = max(most, _LONGEST)
    finders = ((_statements, most), (_statements, wide), (_told, wide), (_noun_phrases, most))
    for find, bound in finders if most > _LABEL else (finders[0], finders[1], finders[3]):
        best, best_score = "", 0.0
        for rank, row in enumerate(order):
            for run in find(texts[row], least=least, most=bound):
                own = {stem(word) for word in content_words(run)}
                found = sum(counts[word] + 2 * (word in titled) for word in own)
                score = found / (len(words(run)) + _LABEL) / (1 + 0.2 * rank)
                score *= 1 + 0.5 * bool(_MUST & set(run.lower().split()))
                if score > best_score + 1e-9:
                    best, best_score = run, score
        if best:
            return best
    tokens = " ".join(texts).split()
    return " ".join(tokens[:most]).rstrip(".,;:–—- ") + ("…" if len(tokens) > most else "")


def _told(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield the clauses of `text`, those that point back as well."""
    return clauses(text, least=least, most=most, pointing=True)


def _statements(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield what `text` says is so, and what it says somebody wants done."""
    yield from clauses(text, least=least, most=most)
    for found in _WANTED.finditer(text):
        wish = _fitting(found["what"].strip(), most=most, verb=0)
        own = words(wish)
        whole = least <= len(wish.split()) and len(own) > 1 and own[-1] not in _BAD_END
        whole = whole and not own[-1].endswith(("ed", "ing")) and "if" not in own
        free = not denied(text[: found.start("what")].split()) and not _POINTING & set(own)
        if whole and free and own[0] not in FUNCTION_WORDS and not label_faults(wish):
            yield wish


def clauses(text: str, *, least: int, most: int, pointing: bool = False) -> Iterator[str]:
    """Yield the clauses of `text` that assert something and name no speaker, less adjuncts that
    make them longer than `most` words; with `pointing` also those that say "she" or "this"."""
    at, opened_by = 0, ""
    text = _UNSAID_THAT.sub(r"\1 that ", text)
    for found in [*_BREAK.finditer(text), None]:
        before = text[:at].split()
        ended_by = found.group().strip().lower() if found else "."
        if _opens_clause(opened_by, before) and _ends_clause(ended_by):
            for clause in _joined(text[at : found.start() if found else len(text)]):
                short = _fitting(clause, most=most, verb=_verb_at(clause.split()))
                listed = ended_by == "," and short.split()[-2:-1] in (["a"], ["an"])
                if (
                    least <= len(short.split())
                    and not listed
                    and _says(short, before, pointing=pointing, stops=ended_by[:1] in ".,;!")
                ):
                    yield short
        if found:
            at, opened_by = found.end(), ended_by


def _opens_clause(mark: str, before: Sequence[str]) -> bool:
    """Return whether a statement of its own may follow `mark`, the last of the words `before`."""
    if mark == "that":
        return any(word.lower().strip("“”\"'") in _SAID for word in before[-_AFTER_VERB:-1])
    if mark[:1].isalpha():
        return mark in _ASSERTING
    return mark not in ("”", ")", "]", "’")


def _ends_clause(mark: str) -> bool:
    """Return whether what stands before `mark` can end there."""
    return mark not in _OPEN_END and mark not in ("“", '"')


def _joined(text: str) -> list[str]:
    """Return the clauses that "and", "but" or "so" join in `text`, each with a verb of its own."""
    parts, start = [], 0
    for found in _JOINT.finditer(text):
        left, right = words(text[start : found.start()]), words(text[found.end() :])
        if _AUXILIARIES & set(left[1:]) and _AUXILIARIES & set(right[1:_NEAR]):
            parts.append(text[start : found.start()])
            start = found.end()
    return [_OPENING_JOINT.sub("", clause).strip() for clause in [*parts, text[start:]]]


def _fitting(clause: str, *, most: int, verb: int) -> str:
    """Return `clause`, cut before an adjunct where it is too long; "" if no cut will do.

    What is left must say something after its verb, which stands at `verb`.
    """
    tokens = clause.split()
    if len(tokens) <= most or verb < 0:
        return clause if len(tokens) <= most else ""
    for end in range(most, verb + 2, -1):
        if tokens[end].lower() in _ADJUNCT:
            kept = [word for token in tokens[verb + 1 : end] for word in content_words(token)]
            if kept and not kept[-1].endswith("ing") and not set(words(tokens[end - 1])) & _BAD_END:
                return " ".join(tokens[:end])
    return ""


def _verb_at(tokens: Sequence[str]) -> int:
    """Return the place of the first finite verb after the subject, or -1."""
    for place, token in enumerate(tokens[1:], 1):
        word = token.lower().replace("’", "'")
        if word in _AUXILIARIES - _UNFINITE or word.endswith("n't") or word == "cannot":
            return place
        before = tokens[place - 1].lower()
        if word in FINITE_VERBS and before not in FUNCTION_WORDS and place + 1 < len(tokens):
            return place
    return -1


def _says(clause: str, before: Sequence[str], *, pointing: bool, stops: bool) -> bool:
    """Return whether `clause` has a subject, a verb and a whole end, and is not denied.

    stops: a mark follows it.
    """
    own = words(clause)
    verb = _verb_at(clause.split())
    return (
        verb >= 1
        and clause[0].isalnum()
        and own[0] not in _NO_SUBJECT
        and not own[0].endswith(("ing", "ly"))
        and (pointing or not _POINTING & set(own))
        and _is_complete(own, stops=stops)
        and not _SPEECH.search(clause)
        and not label_faults(clause)
        and not denied(before)
    )


def _is_complete(own: Sequence[str], *, stops: bool) -> bool:
    """Return whether a clause does not stop where its verb still wants an object."""
    *rest, last = own
    if last in (_BAD_END - FINITE_VERBS if stops else _BAD_END):
        return False
    group = set(rest[-3:])
    if last.endswith("ing"):
        return not group & _AUXILIARIES
    if group & {"has", "have", "had", "ve"} and last.endswith(("ed", "en")):
        return bool(group & {"been", "be"})
    verb = [word for word in rest[-3:] if word not in ("not", "t", "ever", "never", "even", "also")]
    bare = verb[-1:] and (verb[-1] in _AUXILIARIES - _BE or verb[-1] == "to")
    return not bare or stops or last in _INTRANSITIVE or last.endswith("ed")


def _noun_phrases(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield runs of content words that a determiner or preposition opens and grammar closes."""
    for part in re.split(_MARK, text):
        tokens = part.split()
        for start in range(1, len(tokens)):
            if not _opens_phrase(tokens[start - 1]) or denied(tokens[:start]):
                continue
            end = start
            while end < len(tokens) and words(tokens[end])[:1] and not _closes(tokens[end]):
                end += 1
            run = " ".join(tokens[start:end])
            closed = end == len(tokens) or _closes(tokens[end])
            if closed and least <= end - start <= most and _is_noun_phrase(tokens[start:end]):
                yield run


def _opens_phrase(token: str) -> bool:
    word = token.lower()
    return word in {"the", "a", "an", "of", "for", "against", "about", "on", "with", "over"}


def _closes(token: str) -> bool:
    return bool(set(words(token)) & (FUNCTION_WORDS | _VERBLIKE)) and not token.endswith(
        ("’s", "'s")
    )


def _is_noun_phrase(tokens: Sequence[str]) -> bool:
    run = " ".join(tokens)
    return (
        any(token[:1].islower() for token in tokens)
        and not tokens[-1].lower().endswith(("ly", "ing", "ed", "’s", "'s"))
        and not any(token.lower().endswith(("ed", "ing")) for token in tokens[1:])
        and not tokens[0].lower().endswith("ing")
        and not _SPEECH.search(run)
        and not label_faults(run)
    )
