"""The library on one page: an article in, its viewpoints and their evidence out.

python examples/library.py [FILE or URL]
"""

from __future__ import annotations

import sys
from pathlib import Path

from summarizer import Summarizer

ARTICLE = Path(__file__).with_name("article.html")


def main(source: str) -> None:
    """Print who says what in `source`, then use the parts of the tool alone."""
    summarizer = Summarizer.from_pretrained()
    analysis = summarizer.analyze(source)

    print(analysis.question)
    for viewpoint in analysis.viewpoints:
        print(f"\n{viewpoint.label} ({', '.join(viewpoint.holders) or 'the article itself'})")
        for sentence in viewpoint.summary.sentences:
            print(f"  {sentence.text}  [{viewpoint.summary.method}]")
            for claim in sentence.claims:
                place = f"{claim.start}:{claim.end}"
                print(f"    {place} {claim.holder or 'the article'}: {claim.text}")
    for warning in analysis.warnings:
        print(f"note: {warning}")

    for name, text in {"JSON": analysis.to_json(), "HTML": analysis.to_html()}.items():
        print(f"\nThe same as {name}: {len(text):,} characters", end="")
    print("\n")

    statement = "The library should open on Sundays."
    texts = [
        "Opening on Sundays would let working families use the library at last.",
        "Sunday is the only day on which many students have time to read.",
        "Staff say that Sunday shifts would ruin their weekends for little use.",
    ]
    print("stance   ", [round(float(score), 2) for score in summarizer.stance(statement, texts)])
    print("viewpoint", summarizer.cluster_claims(texts))
    print("point    ", summarizer.cluster_points(texts))
    print("summary  ", summarizer.summarize_viewpoint(texts[:2]).text)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(ARTICLE))
