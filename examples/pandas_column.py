"""Viewpoints as columns of a table: a data frame of articles in, the same with more columns out.

python examples/pandas_column.py [IN.csv [OUT.csv]]     IN.csv: the columns title and text
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from summarizer import Analysis, Article, Failure, Summarizer

TABLE = Path(__file__).with_name("articles.csv")


def add_viewpoints(frame: pd.DataFrame, summarizer: Summarizer) -> pd.DataFrame:
    """Return `frame` with the question, labels and holders of each row, or why there are none."""
    articles = (Article(title=row.title, text=row.text) for row in frame.itertuples())
    results = list(summarizer.analyze_many(articles))  # one call of the models for many rows
    return frame.assign(
        question=[r.question if isinstance(r, Analysis) else None for r in results],
        viewpoints=[len(r.viewpoints) if isinstance(r, Analysis) else 0 for r in results],
        labels=[
            [v.label for v in r.viewpoints] if isinstance(r, Analysis) else [] for r in results
        ],
        holders=[
            [list(v.holders) for v in r.viewpoints] if isinstance(r, Analysis) else []
            for r in results
        ],
        error=[str(r.error) if isinstance(r, Failure) else None for r in results],
    )


def main(source: Path, target: Path | None) -> None:
    """Read a table, add the columns, and write or print it."""
    frame = add_viewpoints(pd.read_csv(source), Summarizer.from_pretrained())
    if target is None:
        print(frame.drop(columns="text").to_string(index=False))
    else:
        frame.to_csv(target, index=False)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE,
        Path(sys.argv[2]) if len(sys.argv) > 2 else None,
    )
