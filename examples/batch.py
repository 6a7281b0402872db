"""Many articles in one go: batched, in order, and one that fails does not stop the others.

    python examples/batch.py OUT.jsonl [FILE or URL ...]

For files of thousands of lines there is `summarizer batch`, which also resumes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from summarizer import Article, Failure, Summarizer

HERE = Path(__file__).parent
TEXT = (
    "The council of Little Marlow votes next week on a ban of cars from the old market square. "
    "Shopkeepers say the ban will ruin them, because their customers come by car. "
    "“Nobody carries a sack of flour to the bus,” said Tom Ferris, who runs the bakery. "
    "Residents argue that the square will be safer and that people will stay longer. "
    "Nora Pell, a mother of three, said she would shop there more often without the traffic."
)


def main(target: Path, sources: list[str]) -> None:
    """Write one line of JSON for each source, an analysis or an error."""
    summarizer = Summarizer.from_pretrained()
    stories: list[str | Article] = [*sources, Article(text=TEXT, title="Cars in the square")]
    with target.open("w", encoding="utf-8") as out:
        for result in summarizer.analyze_many(stories):
            if isinstance(result, Failure):
                print(f"failed: {result.source}: {result.error}")
                row = {"source": result.source, "error": str(result.error)}
            else:
                labels = [viewpoint.label for viewpoint in result.viewpoints]
                print(f"{len(labels)} viewpoints: {result.articles[0].title}: {labels}")
                row = {"analysis": result.to_dict()}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "batch.jsonl")
    main(target, sys.argv[2:] or [str(HERE / "article.html"), str(HERE / "no-such-page.html")])
