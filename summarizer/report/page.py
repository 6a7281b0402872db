"""What the HTML page shows, gathered: every reference is settled here, none in the template."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.holders import merge_names
from summarizer.report import plain
from summarizer.report.claim_map import Lane, claim_map
from summarizer.report.folds import Block, Paragraph, blocks
from summarizer.report.outlets import exclusives, places
from summarizer.report.passages import Passage, passages
from summarizer.report.points import SHOWN, shown_points
from summarizer.types import Article, Claim, Viewpoint

if TYPE_CHECKING:
    from summarizer.analysis import Analysis

PALETTE = 8  # colours in report.css; a ninth viewpoint takes the first again, with its own letter


@dataclass(frozen=True, slots=True)
class _Mark:
    """How a claim is shown: its number, its viewpoint's place and where its badge leads.

    `key` is the number that claims in the same words share, `holder` that of who says it.
    """

    number: int
    key: int
    viewpoint: int | None
    holder: int | None
    cited: bool

    @property
    def side(self) -> str:
        return "none" if self.viewpoint is None else _side(self.viewpoint)

    @property
    def letter(self) -> str:
        return "" if self.viewpoint is None else plain.letter(self.viewpoint)

    @property
    def back(self) -> str:
        return f"m{self.number}" if self.cited else f"v{self.viewpoint}"


def context(analysis: Analysis) -> dict[str, Any]:
    """Return what the template of the page names, from `analysis` only."""
    return _Page(analysis).context()


def _side(place: int) -> str:
    return f"v{place % PALETTE + 1}"


class _Page:
    """Holds what is looked up for every claim while the page is gathered."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.places = places(analysis)
        self.sides = {c: n for n, v in enumerate(analysis.viewpoints) for c in v.claims}
        self.holders = _holders(list(self.sides))
        self.several = len(set(self.places.outlet.values())) > 1
        self.cited: set[Claim] = set()
        self.viewpoints = [self._viewpoint(n, v) for n, v in enumerate(analysis.viewpoints)]

    def context(self) -> dict[str, Any]:
        analysis = self.analysis
        shared = (("Common ground", analysis.common_ground), ("In dispute", analysis.disputes))
        return {
            "title": plain.heading(analysis),
            "question": analysis.question,
            "coverage": plain.coverage(analysis),
            "warnings": analysis.warnings,
            "viewpoints": self.viewpoints,
            "shared": [(name, lines) for name, lines in shared if lines],
            "map": self._map(),
            "only": self._only(),
            "holders": self._holder_names(),
            "articles": [self._article(n, a) for n, a in enumerate(analysis.articles)],
            "background": len(analysis.background),
            "unplaced": self._evidence(analysis.unplaced),
            "dropped": [line for article in analysis.articles for line in article.dropped],
            "made_with": plain.made_with(analysis),
        }

    def mark(self, claim: Claim) -> _Mark:
        return _Mark(
            self.places.number[claim],
            self.places.number[self.places.twins[claim][0]],
            self.sides.get(claim),
            self.holders.get(claim, (None, ""))[0],
            claim in self.cited,
        )

    def _viewpoint(self, place: int, viewpoint: Viewpoint) -> dict[str, Any]:
        sentences = viewpoint.summary.sentences
        once = len(self.places.once(viewpoint.claims))
        return {
            "id": f"v{place}",
            "side": _side(place),
            "letter": plain.letter(place),
            "label": viewpoint.label,
            "holders": [line for holder in viewpoint.holders if (line := plain.one_line(holder))],
            "outlets": self._outlets(viewpoint.claims),
            "count": plain.claims_once(viewpoint, once),
            "confidence": viewpoint.confidence,
            "quoted": viewpoint.summary.method == "extractive",
            "sentences": [(s.text, self._markers(s.claims), s.support) for s in sentences],
            "points": [
                (label, self._markers(claims)) for label, claims in shown_points(viewpoint.points)
            ],
            "shown": SHOWN,
            "evidence": self._evidence(viewpoint.claims),
        }

    def _outlets(self, claims: tuple[Claim, ...]) -> list[str]:
        names = self.places.outlets(claims) if self.several else ()
        return [plain.one_line(name) for name in names]

    def _markers(self, claims: tuple[Claim, ...]) -> list[tuple[_Mark, str | None]]:
        """Return the mark of each claim, with the id of its marker where it is the first."""
        markers = []
        for claim in sorted(claims, key=self.places.number.__getitem__):
            first = claim not in self.cited
            self.cited.add(claim)
            mark = self.mark(claim)
            markers.append((mark, mark.back if first else None))
        return markers

    def _evidence(self, claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
        return [
            {
                "marks": [self.mark(claim) for claim in group],
                "text": group[0].text,
                "holder": next((c.holder for c in group if c.holder), None),
                "outlets": self._outlets(group),
            }
            for group in self.places.once(claims)
        ]

    def _holder_names(self) -> list[tuple[int, str, str]]:
        """Return number, name and count of claims of each holder, the most frequent first."""
        counts = Counter(self.holders.values())
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [(n, name, plain.count(count, "claim")) for (n, name), count in ordered]

    def _map(self) -> dict[str, Any]:
        found = claim_map(self.analysis, self.places)
        return {
            "outlets": [plain.one_line(name) for name in found.outlets],
            "lanes": [[self._lane(lane) for lane in row] for row in found.lanes],
        }

    def _lane(self, lane: Lane) -> dict[str, Any]:
        spans = [(start, width, self.mark(claim)) for start, width, claim in lane.spans]
        return {"length": lane.length, "count": lane.count, "spans": spans}

    def _only(self) -> list[dict[str, Any]]:
        return [
            {
                "outlet": plain.one_line(own.outlet),
                "viewpoints": [self.viewpoints[place] for place in own.viewpoints],
                "points": [
                    (self.viewpoints[place], point.label, self._markers(point.claims))
                    for place, point in own.points
                ],
            }
            for own in exclusives(self.analysis, self.places)
        ]

    def _article(self, number: int, article: Article) -> dict[str, Any]:
        claims = [claim for claim in self.places.number if claim.article == article]
        title = plain.one_line(article.title or "")
        outlet = plain.one_line(self.places.outlet[article])
        origin = plain.origin(article)
        alone = len(self.analysis.articles) == 1
        paragraphs = passages(article, claims)
        return {
            "id": f"t{number}",
            "name": "" if alone and title == plain.heading(self.analysis) else title,
            "outlet": "" if alone else outlet,
            "address": plain.web_address(article.url),
            "origin": origin if alone or article.outlet else [outlet, *origin],
            "language": plain.language_tag(article.language),
            "blocks": [self._block(block) for block in blocks(paragraphs, self.sides)],
        }

    def _block(self, block: Block) -> dict[str, Any]:
        return {
            "folded": block.folded and bool(self.viewpoints),
            "opening": plain.one_line(block.opening),
            "count": plain.count(block.sentences, "sentence"),
            "paragraphs": [self._paragraph(own) for own in block.paragraphs],
        }

    def _paragraph(self, paragraph: Paragraph) -> list[dict[str, Any]]:
        return [self._passage(passage) for passage in paragraph]

    def _passage(self, passage: Passage) -> dict[str, Any]:
        return {
            "text": passage.text,
            "mark": None if passage.claim is None else self.mark(passage.claim),
            "first": passage.first,
            "last": passage.last,
            "holder": passage.claim.holder if passage.claim else None,
        }


def _holders(claims: list[Claim]) -> dict[Claim, tuple[int, str]]:
    """Return number and name of the holder of each claim that has one; variants share them."""
    canonical = merge_names([claim.holder for claim in claims if claim.holder])
    named = {
        claim: name
        for claim in claims
        if claim.holder and (name := plain.one_line(canonical[claim.holder]))
    }
    number = {name: n for n, name in enumerate(dict.fromkeys(named.values()))}
    return {claim: (number[name], name) for claim, name in named.items()}
