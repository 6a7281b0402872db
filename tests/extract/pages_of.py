"""Pages of a few lines, and an article to put into them."""

from __future__ import annotations

from pathlib import Path

from summarizer.extract import extract
from summarizer.settings import Settings
from summarizer.types import Page

PAGES = Path(__file__).parents[1] / "pages"
SETTINGS = Settings()
LEAD = (
    "The harbour council will vote next week on whether drivers should pay to cross the old iron "
    "bridge, a plan that has split shopkeepers and residents on both banks of the river."
)
MIDDLE = (
    "Supporters of the toll say the crossing costs the town two million a year and that those who "
    "use it should pay for its upkeep. “Nobody repairs rust with good wishes,” said Ines Falk."
)
LAST = (
    "Shopkeepers on the north bank argue that a toll would send their customers to the ring road, "
    "and a baker beside the bridge expects to lose a third of his trade."
)
BODY = [LEAD, MIDDLE, LAST]


def page(content, kind="text", **more):
    return Page(source="tides", content=content, kind=kind, **more)


def html(name):
    return page(
        (PAGES / name).read_text(encoding="utf-8"), "html", url="https://tidewater.example/x"
    )


def article(*lines, kind="text"):
    return extract(page("\n".join(lines), kind), settings=SETTINGS)
