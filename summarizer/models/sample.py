"""A passage that shows what news text makes of the layers of an encoder; see `calibrated`."""

from __future__ import annotations

from summarizer.protocols import Passage

_SENTENCES = (
    "The council of Marlow voted 7 to 4 on Tuesday to keep lorries out of the old port from 2027.",
    "“For twenty years nobody on this street has slept before midnight,” said Jane Holloway, who"
    " runs a hotel there.",
    "Unions say the ban will cost 1,200 jobs, and that no other road can carry the freight.",
    "But economists at the University of Leeds doubt it: in their view, most of the trade would"
    " move by rail, which is cheaper.",
    "Critics of the mayor, Tom Adeyemi, called the plan “a gift to developers” and promised to go"
    " to court.",
    "It is the third attempt since the fire of 2015.",
)
SAMPLE = Passage(
    sentences=_SENTENCES,
    paragraphs=(0, 0, 1, 1, 2, 2),
    prefix="Should the city close its old port to lorries?",
)
