"""Which claims come first, of claims with nothing else to choose between them."""

from __future__ import annotations

from summarizer.types import Article, Claim
from summarizer.writing.ranking import leading
from summarizer.writing.standalone import alone


def _first(*texts, title="The dam"):
    """Return the text of the claim that leads when the article consists of `texts`."""
    article = Article(text=" ".join(texts), title=title)
    claims, start = [], 0
    for text in texts:
        claims.append(Claim(article=article, start=start, end=start + len(text)))
        start += len(text) + 1
    shown = dict(zip(claims, alone(claims), strict=True))
    return leading([tuple(claims)], shown)[0].text


SAFE = "Engineers of the river guard say the wall in the valley is safe and dry."
WORDY = "The dam of the town costs the owners of the dam more than the town can pay."


def test_what_stands_alone_leads_before_what_leans_and_what_is_no_sentence():
    assert _first("The second reason is that the dam costs the town a lot.", SAFE) == SAFE
    assert _first("He says the dam of the town costs the dam's owners a lot.", SAFE) == SAFE
    assert _first("The dam, the wall of the town, the dam.", SAFE) == SAFE
    assert _first(SAFE, WORDY) == WORDY  # both stand alone: this one is nearer to the title


def test_what_is_conceded_does_not_lead():
    conceded = "The dam of the town is cheap to keep for the owners of the dam,"
    assert _first(conceded, "but engineers fear the wall.", SAFE) == SAFE
    assert _first(conceded, SAFE) == conceded


def test_a_heading_does_not_lead():
    title = "Owners of the old dam want the town to pay"
    heading = f"{title} A look at what they have said since spring."
    assert _first(heading, SAFE, title=title) == SAFE
    assert _first(heading, SAFE, title="The old dam") == heading
