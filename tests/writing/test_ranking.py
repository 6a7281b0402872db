"""Which claims come first, of claims with nothing else to choose between them."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from summarizer.testing import HashEncoder
from summarizer.types import Article, Claim
from summarizer.writing.ranking import leading, salience
from summarizer.writing.standalone import alone


def _claims(texts, *, title):
    """Return the claims of an article that consists of `texts`."""
    article = Article(text=" ".join(texts), title=title)
    claims, start = [], 0
    for text in texts:
        claims.append(Claim(article=article, start=start, end=start + len(text)))
        start += len(text) + 1
    return claims


def _first(*texts, title="The dam", known=MappingProxyType({})):
    """Return the text of the claim that leads when the article consists of `texts`."""
    claims = _claims(texts, title=title)
    shown = dict(zip(claims, alone(claims), strict=True))
    return leading([tuple(claims)], shown, known=known)[0].text


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
    heading = f"{title} for what they have built in the valley since spring."
    assert _first(heading, SAFE, title=title) == SAFE
    assert _first(heading, SAFE, title="The old dam") == heading


def test_what_the_encoder_knows_of_summaries_counts_among_claims_that_stand_alone():
    leaning = "He says the dam of the town costs the dam's owners a lot."
    assert _first(SAFE, WORDY, known={SAFE: 0.5}) == SAFE
    assert _first(SAFE, WORDY, known={SAFE: -0.5}) == WORDY
    assert _first(SAFE, leaning, known={leaning: 0.5}) == SAFE


class Told(HashEncoder):
    """An encoder that knows of summaries only that they speak of the wall."""

    def salience(self, vectors):
        wall = self.encode(["wall"])[0]
        return np.round((vectors @ wall).astype(np.float64), 4)


def test_salience_is_asked_of_encoders_that_have_it():
    claims = _claims([SAFE, WORDY], title="The dam")
    found = salience(claims, Told())
    assert found[SAFE] > found[WORDY] == 0
    assert salience(claims, HashEncoder()) == {}
    assert salience([], Told()) == {}
