"""Articles of different outlets on one story."""

from __future__ import annotations

from summarizer import Article
from tests.harbour import AGAINST, FACT, FOR, MORE

OTHER = "Fishermen in the bay believe that the harbour will bring them new customers."
LATE = "The ministry warned that the harbour does not have enough pilots for a safe start."


def article(*lines, outlet=None, **fields):
    return Article(text="\n\n".join(lines), outlet=outlet, **fields)


COURIER = article(FOR, AGAINST, FACT, outlet="Courier", url="https://courier.example/harbour")
HERALD = article(MORE, AGAINST, LATE, outlet="Herald", url="https://www.herald.example/port")
POST = article(OTHER, FOR, outlet="Post", title="Harbour to open")
