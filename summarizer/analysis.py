"""The result: who says what in one story, with the evidence, as a value and in every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from summarizer import report
from summarizer.errors import DataError
from summarizer.types import Article, Claim, Point, Summary, SummarySentence, Viewpoint

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The viewpoints of one story, what they share and dispute, and all that took no side.

    Every claim stands exactly once among the viewpoints, `background` and `unplaced`, and belongs
    to one of `articles`; summaries and points rest on claims of their own viewpoint. What several
    articles say in the same words stands together, the copy that a summary rests on first.
    `made_with` names package version, weights, prompts and settings. `ValueError` when any of this
    is broken.
    """

    question: str | None
    articles: tuple[Article, ...]
    viewpoints: tuple[Viewpoint, ...]
    common_ground: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    background: tuple[Claim, ...] = ()
    unplaced: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()
    made_with: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        frozen = MappingProxyType(dict(sorted(self.made_with.items())))
        object.__setattr__(self, "made_with", frozen)
        _check_articles(self.articles)
        _check_places(self)
        for viewpoint in self.viewpoints:
            _check_viewpoint(viewpoint)

    def __reduce__(self) -> tuple[Callable[[Mapping[str, Any]], Analysis], tuple[Json]]:
        # A mapping proxy cannot be pickled; worker processes send results as plain data.
        return _decode, (self.to_dict(),)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim once, by article and start: its index here is its id in every format."""
        number = {article: n for n, article in enumerate(self.articles)}
        places = {(number[c.article], c.start, c.end): c for c in _placed(self)}
        return tuple(places[place] for place in sorted(places))

    def to_dict(self) -> Json:
        """Return the analysis as plain data of schema version 1 (see `report.schema`)."""
        return _encode(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Analysis:
        """Return the analysis that `to_dict` gave; `DataError` says where `data` is wrong."""
        report.validate(data)
        try:
            return _decode(data)
        except ValueError as error:
            raise DataError(f"not an analysis: {error}") from error

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return `to_dict` as JSON text, in Unicode; what could steer a terminal is escaped."""
        return report.dumps(self.to_dict(), indent=indent)

    def to_markdown(self) -> str:
        """Return the analysis as Markdown."""
        return report.markdown(self)

    def to_html(self) -> str:
        """Return the analysis as one self-contained HTML page."""
        return report.html(self)

    def by_outlet(self) -> report.OutletMatrix:
        """Return how many claims of each viewpoint each outlet carries."""
        return report.by_outlet(self)

    def _repr_html_(self) -> str:
        return report.notebook(self)


def _placed(analysis: Analysis) -> Iterator[Claim]:
    for viewpoint in analysis.viewpoints:
        yield from viewpoint.claims
    yield from analysis.background
    yield from analysis.unplaced


def _check_articles(articles: Sequence[Article]) -> None:
    if not articles:
        raise ValueError("an analysis needs at least one article")
    if len(set(articles)) < len(articles):
        raise ValueError("the same article stands in the analysis twice")


def _check_places(analysis: Analysis) -> None:
    articles = set(analysis.articles)
    seen: set[tuple[Article, int, int]] = set()
    for claim in _placed(analysis):
        place = (claim.article, claim.start, claim.end)
        where = f"claim {claim.start}:{claim.end} ({claim.text[:40]!r})"
        if claim.article not in articles:
            raise ValueError(f"{where} belongs to no article of the analysis")
        if place in seen:
            raise ValueError(f"{where} stands in more than one place")
        seen.add(place)


def _check_viewpoint(viewpoint: Viewpoint) -> None:
    where = f"viewpoint {viewpoint.label!r}"
    own = set(viewpoint.claims)
    if not own:
        raise ValueError(f"{where} has no claims")
    _check_share(viewpoint.confidence, f"confidence of {where}")
    for sentence in viewpoint.summary.sentences:
        _check_share(sentence.support, f"support in {where}")
        _check_own(own, sentence.claims, f"summary of {where}")
    for point in viewpoint.points:
        _check_own(own, point.claims, f"point {point.label!r} of {where}")


def _check_share(value: float, where: str) -> None:
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{where} is {value}, not in [0, 1]")


def _check_own(own: set[Claim], claims: Sequence[Claim], where: str) -> None:
    if not own.issuperset(claims):
        raise ValueError(f"{where} rests on a claim that is not the viewpoint's")
    if len(set(claims)) < len(claims):
        raise ValueError(f"{where} names a claim twice")


def _encode(analysis: Analysis) -> Json:
    claims = analysis.claims
    ids = {claim: n for n, claim in enumerate(claims)}
    number = {article: n for n, article in enumerate(analysis.articles)}
    return {
        "schema": report.VERSION,
        "question": analysis.question,
        "articles": [_encode_article(n, article) for n, article in enumerate(analysis.articles)],
        "viewpoints": [_encode_viewpoint(viewpoint, ids) for viewpoint in analysis.viewpoints],
        "claims": [_encode_claim(n, c, number[c.article]) for n, c in enumerate(claims)],
        "common_ground": list(analysis.common_ground),
        "disputes": list(analysis.disputes),
        "background": _ids(analysis.background, ids),
        "unplaced": _ids(analysis.unplaced, ids),
        "warnings": list(analysis.warnings),
        "made_with": dict(analysis.made_with),
    }


def _ids(claims: Iterable[Claim], ids: Mapping[Claim, int]) -> list[int]:
    return [ids[claim] for claim in claims]


def _encode_article(number: int, article: Article) -> Json:
    return {
        "id": number,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "outlet": article.outlet,
        "authors": list(article.authors),
        "published": article.published,
        "language": article.language,
        "dropped": list(article.dropped),
    }


def _encode_claim(number: int, claim: Claim, article: int) -> Json:
    place = {"id": number, "article": article, "start": claim.start, "end": claim.end}
    return {**place, "text": claim.text, "holder": claim.holder}


def _encode_viewpoint(viewpoint: Viewpoint, ids: Mapping[Claim, int]) -> Json:
    sentences = [
        {"text": s.text, "claims": _ids(s.claims, ids), "support": float(s.support)}
        for s in viewpoint.summary.sentences
    ]
    summary = viewpoint.summary
    return {
        "label": viewpoint.label,
        "confidence": float(viewpoint.confidence),
        "summary": {"text": summary.text, "method": summary.method, "sentences": sentences},
        "holders": list(viewpoint.holders),
        "claims": _ids(viewpoint.claims, ids),
        "points": [{"label": p.label, "claims": _ids(p.claims, ids)} for p in viewpoint.points],
    }


def _decode(data: Mapping[str, Any]) -> Analysis:
    articles = [_decode_article(n, row) for n, row in enumerate(data["articles"])]
    claims = [_decode_claim(n, row, articles) for n, row in enumerate(data["claims"])]
    viewpoints = enumerate(data["viewpoints"])
    analysis = Analysis(
        question=data["question"],
        articles=tuple(articles),
        viewpoints=tuple(_decode_viewpoint(n, row, claims) for n, row in viewpoints),
        common_ground=tuple(data["common_ground"]),
        disputes=tuple(data["disputes"]),
        background=_pick(data["background"], claims, "background"),
        unplaced=_pick(data["unplaced"], claims, "unplaced"),
        warnings=tuple(data["warnings"]),
        made_with=data["made_with"],
    )
    _check_order(analysis, claims)
    return analysis


def _check_order(analysis: Analysis, claims: Sequence[Claim]) -> None:
    if len(analysis.claims) != len(claims):
        raise ValueError("claims: one stands in no viewpoint, background or unplaced")
    if analysis.claims != tuple(claims):
        raise ValueError("claims: not ordered by article and start")


def _check_id(number: int, row: Mapping[str, Any], where: str) -> None:
    if row["id"] != number:
        raise ValueError(f"{where}[{number}].id: is {row['id']}, not its place in the list")


def _decode_article(number: int, row: Mapping[str, Any]) -> Article:
    _check_id(number, row, "articles")
    fields = {name: value for name, value in row.items() if name != "id"}
    lists = {"authors": tuple(row["authors"]), "dropped": tuple(row["dropped"])}
    return Article(**{**fields, **lists})


def _decode_claim(number: int, row: Mapping[str, Any], articles: Sequence[Article]) -> Claim:
    _check_id(number, row, "claims")
    where = f"claims[{number}]"
    if row["article"] >= len(articles):
        raise ValueError(f"{where}.article: there is no article {row['article']}")
    article = articles[int(row["article"])]
    claim = Claim(
        article=article, start=int(row["start"]), end=int(row["end"]), holder=row["holder"]
    )
    if claim.text != row["text"]:
        raise ValueError(f"{where}.text: differs from the article at {claim.start}:{claim.end}")
    return claim


def _pick(ids: Sequence[int], claims: Sequence[Claim], where: str) -> tuple[Claim, ...]:
    unknown = [number for number in ids if number >= len(claims)]
    if unknown:
        raise ValueError(f"{where}: there is no claim {unknown[0]}")
    return tuple(claims[int(number)] for number in ids)


def _decode_viewpoint(number: int, row: Mapping[str, Any], claims: Sequence[Claim]) -> Viewpoint:
    where = f"viewpoints[{number}]"
    points = row["points"]
    return Viewpoint(
        label=row["label"],
        summary=_decode_summary(row["summary"], claims, f"{where}.summary"),
        claims=_pick(row["claims"], claims, f"{where}.claims"),
        points=tuple(
            Point(label=p["label"], claims=_pick(p["claims"], claims, f"{where}.points[{n}]"))
            for n, p in enumerate(points)
        ),
        holders=tuple(row["holders"]),
        confidence=float(row["confidence"]),
    )


def _decode_summary(row: Mapping[str, Any], claims: Sequence[Claim], where: str) -> Summary:
    sentences = tuple(
        SummarySentence(
            text=s["text"],
            claims=_pick(s["claims"], claims, f"{where}.sentences[{n}]"),
            support=float(s["support"]),
        )
        for n, s in enumerate(row["sentences"])
    )
    summary = Summary(sentences=sentences, method=row["method"])
    if summary.text != row["text"]:
        raise ValueError(f"{where}.text: is not its sentences joined by spaces")
    return summary
