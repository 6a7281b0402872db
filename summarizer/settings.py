"""Every number that steers the product, each with the reason or the run that chose it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

FOR_A_SCORER = {
    "most_seams": 0.25,  # a writer trained on a CPU rambles where it does not copy ...
    "claims_apart": 3,  # ... and fuses what neither claim says: it chooses among shortenings
}
"""What differs for a writer that is too small for words of its own (see `models.settings_for`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Defaults of the pipeline; pass another instance to `Summarizer` to change them."""

    # read; see SECURITY.md before opening what is closed
    timeout_s: float = 20.0  # one page in all; news sites answer within a few seconds
    max_bytes: int = 20_000_000  # trafilatura's own cap on a page
    max_redirects: int = 10  # browsers follow 20; a news page that needs more than ten is a loop
    retries: int = 2  # after 429, 502, 503, 504 or a broken connection, within `timeout_s`
    backoff_s: float = 0.5  # before the first retry, doubled before the second
    ports: tuple[int, ...] = (80, 443)  # where news sites answer; other ports are other services
    allow_private: bool = False  # loopback and intranet addresses
    ignore_robots: bool = False  # for one's own site
    max_characters: int = 2_000_000  # some 330,000 words: a book, not an article
    max_claims: int = 4_000  # each is compared with each: 128 MB a matrix, and a book again
    min_words: int = 40  # two sentences of news text: below it there is nothing to compare
    # cluster and write: set by measurement, see eval/LOG.md
    min_viewpoint: float = 0.4  # of .2 to .5 on held-out articles: ARI .273, background F1 .493
    centring: float = 0.75  # share of the mean taken off; of .25, .5, .75, 1 (LOG 2026-11-22)
    opening_cost: float = 0.4  # per claim; of .2 to .5: viewpoints within one of the label .94
    min_strength: float = 0.8  # one claim that is all but certain is a minority view
    confidence_scale: float = 0.879  # log-odds of being right per unit of margin, fitted on
    confidence_shift: float = -0.499  # held-out articles by `summarizer.training tune`
    same_holder: float = 1.0
    other_holder: float = 0.3
    turn: float = 2.0  # log-odds; what labelled pairs across a turn lack of what is read in them
    stance_weight: float = 1.0
    list_similarity: float = 4.0  # of 0 to 6 on lists; in articles order and context say more
    topical_scale: float = 4.0
    topical_middle: float = 0.35
    point_threshold: float = 0.6
    min_support: float = 0.5
    # contest: what viewpoints contradict each other on
    contest_similarity: float = 0.6  # of 717 held-out pairs above .5 none was sure (LOG)
    contest_pairs: int = 12  # a story; each is read twice, some 60 tokens a time
    contest_stance: float = 0.8  # Perspectrum dev: what is above it is right, and it is little
    # write and verify
    claims_shown: int = 6  # some 160 tokens of news text, the length that the writer was trained on
    claims_apart: int = 0  # reworded by rule one by one, for a writer that only chooses (`Scorer`)
    length_exponent: float = 0.0  # of words, in that choice; of 0 to 1.25 (LOG 2026-11-23)
    summary_words: int = 45  # two sentences at most; a second only while both have fewer
    points_shown: int = 6  # labels asked for; a viewpoint with more is a list, not a summary
    most_seams: float = 1.0  # words of its own are what a good writer is for
    min_coverage: float = 0.9  # share of a summary's content words that stand in its claims

    @property
    def digest(self) -> str:
        """Identifies the numbers; stands in `made_with`."""
        named = sorted(asdict(self).items())
        return hashlib.sha256(repr(named).encode()).hexdigest()[:16]
