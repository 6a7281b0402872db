"""The new items of a news feed: each is analysed once, however often this runs.

    python examples/feed.py FEED FOLDER     FEED: the address or file of an RSS or Atom feed

FOLDER/items.jsonl remembers what the feed has shown, FOLDER/analyses.jsonl what came of it; both
only grow, and a run that was stopped is made up for by the next. For cron.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import feedparser

from summarizer import Summarizer
from summarizer.batch import batch, survey

FEED = Path(__file__).with_name("feed.xml")


def main(feed: str, folder: Path, summarizer: Summarizer | None = None) -> None:
    """Add the items that `feed` did not have before, and analyse what is not analysed yet."""
    parsed = feedparser.parse(feed)
    if not parsed.entries:
        sys.exit(f"{feed}: no feed, or nothing in it: {parsed.get('bozo_exception', 'empty')}")
    folder.mkdir(parents=True, exist_ok=True)
    items, analyses = folder / "items.jsonl", folder / "analyses.jsonl"
    with items.open("a+", encoding="utf-8") as file:
        file.seek(0)
        seen = {json.loads(line)["id"] for line in file}
        # Feeds begin with the newest item; the files are in the order of time.
        for row in map(as_row, reversed(parsed.entries)):
            if row["id"] not in seen:
                seen.add(row["id"])
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    plan = survey(items, analyses)
    tally = batch(summarizer or Summarizer.from_pretrained(), plan)
    print(f"{plan.total - plan.resumed} new, {tally.failed} of {tally.total} failed so far")


def as_row(entry: Any) -> dict[str, str]:
    """Return the item as a line of a batch: with its text if the feed has it, else to be fetched.

    A feed that carries the article whole does so in `content`; a `summary` is a teaser.
    """
    row = {"id": entry.get("id") or entry.link, "title": entry.get("title", "")}
    if "link" in entry:
        row["url"] = entry.link
    if "content" in entry:
        row["html"] = f"<article>{entry.content[0].value}</article>"
    return row


if __name__ == "__main__":
    main(
        sys.argv[1] if len(sys.argv) > 1 else str(FEED),
        Path(sys.argv[2] if len(sys.argv) > 2 else "feed"),
    )
