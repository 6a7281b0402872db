"""What a sentence opens with before its main clause: a label, a time, an occasion, a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.english.grammar import VERBS
from summarizer.english.tagging import Token
from summarizer.writing.cuts.sentence import (
    DAY,
    ITS,
    OCCASION,
    REPORTING,
    SAYING,
    Cut,
    Sentence,
    opens_clause,
)

_LABEL = re.compile(r"^[A-Z][\w’']*(?:\s[\w’']+){0,4}:\s(?=[A-Z][a-z])")
_FRAME = re.compile(
    r"^(?:There(?:[’']s|\sis)\sno\s(?:doubt|question)"
    r"|The\s(?:simple\s|plain\s|sad\s|hard\s)?(?:fact|truth|reality)(?:\sof\sthe\smatter)?\sis"
    r"|It(?:[’']s|\sis)\s(?:also\s)?(?:important|worth)\s(?:to\s(?:note|remember|say)|noting|remembering|saying)"
    r"|It\s(?:should|must)\sbe\s(?:noted|said|remembered)|It(?:[’']s|\sis)\sno\ssecret"
    r"|It\sgoes\swithout\ssaying|Suffice\s(?:it\s)?to\ssay|Keep\sin\smind|Remember"
    r"|It(?:[’']s|\sis)\s(?:clear|obvious|evident|no\swonder))(?:\sthat|,\sthat|,|:)\s"
)
"""What says only that something is to be said; "that" or a mark follows."""
_FRONTED = re.compile(
    rf"^(?:(?:(?:On|Late|Early|Late\son|Last|By)\s)*{DAY}|Earlier\s(?:this|on|in)\s[^,]+"
    r"|(?:Late\s)?Last\s(?:week|month|year|night|summer|fall|winter|spring|[A-Z]\w+)"
    r"|(?:In|Over|During)\s(?:recent|the\spast|the\slast)\s[^,]+|Throughout\s[^,]+"
    r"|Since\s(?:\w+ing|then|the|taking)\b[^,]*|After\s[^,]+|Before\s\w+ing\b[^,]*"
    rf"|(?:In|At|During)\s{ITS}{OCCASION}\b[^,]*"
    r"|(?:Speaking|Writing|Testifying|Responding|Referring|Citing|Protesting|Appearing|Asked|Noting"
    r"|Pointing|Following|Quoting|Recalling|Echoing|Drawing)\b[^,]*"
    r"|Already|Meantime|Meanwhile|Indeed|Of\scourse|In\saddition|Additionally|Moreover|Furthermore"
    r"|Finally|First|Second|Third|Overall|In\sfact|In\sreality|In\sshort|In\sother\swords|Notably"
    r"|Interestingly|Honestly|Clearly|Obviously|Importantly|Ultimately|Today|Now|Recently|Again|Here|Specifically|For\sexample"
    r"|For\sinstance|Unfortunately|Sadly|Frankly|Simply\sput|Fortunately|Incidentally"
    r"|(?:Like|Besides|Beyond|Apart\sfrom|Aside\sfrom|In\saddition\sto|Along\swith|As\swell\sas"
    r"|Among\sother\sthings|Upon\s\w+ing|Instead\sof|When\sasked)\b[^,]*"
    r"|In\san?\s(?:\w+\s)?(?:sign|display|show|bid|blow|move|twist|nod|effort|attempt)\b[^,]*"
    r"|(?:More|Most)\s(?:importantly|recently)|At\sthe\ssame\stime|Not\ssurprisingly"
    r"|For\s(?:his|her|its|their)\spart),\s"
)
_PLACE = re.compile(
    r"^(?:In|At|During|On|Before|By)\s(?![^,]*\b(?:survey|poll|study|analysis|report)\b)[^,;:]+,\s"
)
"""What can be spared where the main clause tells what somebody said there."""
_PRONOUNS = frozenset({"he", "she", "they", "it", "his", "her", "their", "its"})


def openings(sentence: Sentence) -> Iterator[Cut]:
    """Yield a label, a frame, or what stands before the comma that the main clause follows."""
    frame = _FRAME.match(sentence.text)
    if frame and opens_clause(sentence.tokens[sentence.at(frame.end()) :]):
        yield Cut(*frame.span(), "clause")
    label = _LABEL.match(sentence.text)
    said = SAYING | REPORTING
    if label and not any(word.strip(":").lower() in said for word in label.group().split()):
        yield Cut(*label.span(), "opening")
    match = _FRONTED.match(sentence.text) or _PLACE.match(sentence.text)
    rest = sentence.tokens[sentence.at(match.end()) :] if match else []
    if match is None or not opens_clause(rest):
        return
    verb = next(token for token in rest if token.tag in "AV")
    meant = rest[0].lower in _PRONOUNS and len(match.group().split()) > 2  # by the opening
    if not meant and (match.re is _FRONTED or _is_told(rest, verb)):
        yield Cut(*match.span(), "opening")


def _is_told(rest: Sequence[Token], verb: Token) -> bool:
    """Return whether somebody speaks, or takes a side, who is the same wherever it was: "In Oslo,
    the police said" tells which police they are."""
    named = rest[0].text[:1].isupper() or rest[0].tag == "H"
    takes_side = verb.lower in VERBS and VERBS[verb.lower].kind in ("speech", "stance")
    return verb.lower in SAYING or (named and takes_side)
