"""The bundled example as a person would analyse it: what the reports are looked at with."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from summarizer.analysis import Analysis
from summarizer.types import Article, Claim, Point, Summary, SummarySentence, Viewpoint

PAGE = Path(__file__).parents[1] / "examples" / "article.html"

# First words of each sentence, its side (0 opens, 1 late, None neither) and its holder.
SENTENCES = [
    ("The first train is due", None, None),
    ("The 4.2-kilometre tunnel", None, None),
    ("Work began in 2019", None, None),
    ("Helen Varga, who runs", 0, "Helen Varga"),
    ("“The last section of track", 0, "Helen Varga"),
    ("“I see nothing that stands", 0, "Helen Varga"),
    ("The lead contractor", 0, "Brandt & Osei"),
    ("It says the ventilation", 0, "Brandt & Osei"),
    ("Dominic Osei, its chief", 0, "Dominic Osei"),
    ("Some members of the assembly", 0, "some members of the assembly"),
    ("Ruth Calloway, who chairs", 0, "Ruth Calloway"),
    ("Officials close to the project", 0, "officials close to the project"),
    ("Others doubt", 1, None),
    ("Anselm Roy, a professor", 1, "Anselm Roy"),
    ("“Running an empty train", 1, "Anselm Roy"),
    ("“You still have to fill", 1, "Anselm Roy"),
    ("The drivers’ union also", 1, "the drivers’ union"),
    ("Its regional secretary", 1, "Petra Lindqvist"),
    ("“You cannot teach the rest", 1, "Petra Lindqvist"),
    ("Several engineers on the site", 1, "several engineers on the site"),
    ("A leaked study by", 1, "Hale Morrow"),
    ("According to the study", 1, "Hale Morrow"),
    ("Opposition members expect", 1, "opposition members"),
    ("Gareth Pym, who sits", 1, "Gareth Pym"),
    ("Ms Varga dismissed", 0, "Helen Varga"),
    ("The leaks have been sealed", 0, "Helen Varga"),
    ("About 9,000 people", None, None),
    ("Under the contract", None, None),
    ("Tickets for the first", None, None),
    ("Both camps agree", None, None),
    ("The inspectorate, which", None, None),
]


def article() -> Article:
    """Return the body of the example page and a few lines of its furniture."""
    page = html.fromstring(PAGE.read_text(encoding="utf-8"))
    body = page.xpath('//div[@class="article-body"]/p[not(@class)]')
    dropped = page.xpath('//aside//h3 | //aside/p | //div[@class="author-bio"]/p')
    return Article(
        text="\n\n".join(paragraph.text_content() for paragraph in body),
        title=page.xpath("string(//h1)"),
        url=page.xpath("string(//link[@rel='canonical']/@href)"),
        outlet="The Thornwick Courier",
        authors=("Imogen Sayle",),
        published="2026-09-27",
        language="en",
        dropped=tuple(line.text_content() for line in dropped),
    )


def _claims(story: Article) -> list[Claim]:
    starts = [story.text.index(words) for words, _, _ in SENTENCES]
    ends = [*starts[1:], len(story.text)]
    spans = [(a, a + len(story.text[a:b].rstrip())) for a, b in zip(starts, ends, strict=True)]
    holders = [holder for _, _, holder in SENTENCES]
    return [
        Claim(article=story, start=start, end=end, holder=holder)
        for (start, end), holder in zip(spans, holders, strict=True)
    ]


def _viewpoint(label: str, side: int, claims: list[Claim], *, written: tuple) -> Viewpoint:
    own = tuple(c for c, (_, its, _) in zip(claims, SENTENCES, strict=True) if its == side)
    sentences, method, points = written
    return Viewpoint(
        label=label,
        summary=Summary(
            sentences=tuple(
                SummarySentence(text=text, claims=tuple(claims[n] for n in rows), support=0.82)
                for text, rows in sentences
            ),
            method=method,
        ),
        claims=own,
        points=tuple(Point(label=p, claims=tuple(claims[n] for n in rows)) for p, rows in points),
        holders=tuple(dict.fromkeys(claim.holder for claim in own if claim.holder)),
        confidence=0.86 - 0.07 * side,
    )


def analysis() -> Analysis:
    """Return the two viewpoints of the example."""
    story = article()
    claims = _claims(story)
    on_time = (
        [
            ("The date will be met: every test train has run to time since the track went in.",
             [3, 4]),
            ("The leaks have been sealed and the timetable leaves a margin of nineteen days.",
             [10, 25]),
        ],
        "abstractive",
        [
            ("test trains run to time", [4]),
            ("last year’s delays are dealt with", [7, 10, 25]),
            ("two of the three emergency exits are approved", [11]),
        ],
    )  # fmt: skip
    late = (
        [("The opening will slip into the spring, because the authority has missed each of its"
          " last four deadlines.", [23])],
        "extractive",
        [
            ("the hardest tests have not begun", [13, 14, 15]),
            ("too few drivers are trained", [17, 18]),
            ("water and an unfinished exit", [19, 21]),
            ("missed deadlines", [23]),
        ],
    )  # fmt: skip
    neutral = [c for c, (_, side, _) in zip(claims, SENTENCES, strict=True) if side is None]
    return Analysis(
        question="Will the Oxmere Tunnel open in December?",
        articles=(story,),
        viewpoints=(
            _viewpoint("Opening on time", 0, claims, written=on_time),
            _viewpoint("Opening delayed", 1, claims, written=late),
        ),
        common_ground=("Opening without the smoke test is out of the question.",),
        disputes=("Whether the leaks are sealed", "Whether the tests can be passed by December"),
        background=tuple(neutral[:-1]),
        unplaced=tuple(neutral[-1:]),
        warnings=("The summary of “Opening delayed” is quoted: no written one passed the check.",),
        made_with={"version": "0.1.0", "encoder": "hash-encoder-512", "prompts": "3f9a0c"},
    )
