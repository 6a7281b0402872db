"""A static site: a page for each article with its viewpoints, and an index that leads to them.

    python examples/static_site.py FOLDER [FILE or URL ...]

Each page is one file that loads nothing from elsewhere, so that any web server can hand it out.
"""

from __future__ import annotations

import hashlib
import html
import re
import sys
from pathlib import Path

from summarizer import Analysis, Failure, Summarizer

ARTICLE = Path(__file__).with_name("article.html")
INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Viewpoints</title>
<style>
  body {{ max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif }}
  li {{ margin: 1rem 0 }}
</style>
<h1>Viewpoints</h1>
<ul>
{items}
</ul>
</html>
"""


def main(folder: Path, sources: list[str], summarizer: Summarizer | None = None) -> None:
    """Write the pages and the index; what cannot be read is left out and said."""
    folder.mkdir(parents=True, exist_ok=True)
    items = []
    for result in (summarizer or Summarizer.from_pretrained()).analyze_many(sources):
        if isinstance(result, Failure):
            print(f"left out: {result.source}: {result.error}")
            continue
        name = page_name(result)
        (folder / name).write_text(result.to_html(), encoding="utf-8")
        items.append(item(result, name))
    (folder / "index.html").write_text(INDEX.format(items="\n".join(items)), encoding="utf-8")
    print(f"{len(items)} pages in {folder}")


def item(analysis: Analysis, name: str) -> str:
    """Return the line of the index; titles come from the web, so they are escaped."""
    title = html.escape(analysis.articles[0].title or analysis.question or name)
    labels = " · ".join(html.escape(viewpoint.label) for viewpoint in analysis.viewpoints)
    return f'<li><a href="{name}">{title}</a><br>{labels or "no viewpoints"}</li>'


def page_name(analysis: Analysis) -> str:
    """Return a file name that is the same for the same article, and another for another."""
    article = analysis.articles[0]
    words = "-".join(re.findall(r"[a-z0-9]+", (article.title or "article").lower())[:8])
    digest = hashlib.sha256((article.url or article.text).encode()).hexdigest()[:8]
    return f"{words or 'article'}-{digest}.html"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "site"), sys.argv[2:] or [str(ARTICLE)])
