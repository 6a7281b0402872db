"""Training rows of the writer: (task, texts in, text out), from the data folder, leaks left out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from summarizer.english.text import central_first
from summarizer.errors import DataError
from summarizer.training.files import read_json, read_jsonl, read_lines
from summarizer.training.leakage import Blocked

HELD_OUT_SHARE = 0.05
"""Share of newsroom-train articles and arc-rfd debates that measure the writer while it trains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One example: `task` is a task of `prompts/`, `origin` the set it comes from."""

    task: str
    texts: tuple[str, ...]
    target: str
    origin: str
    held_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows to train on, rows to measure on, and how many were dropped, by origin and reason."""

    train: tuple[Row, ...]
    held_out: tuple[Row, ...]
    dropped: Counter[str] = field(default_factory=Counter)


Loader = Callable[[Path], Iterator[Row]]


def held_out(key: str, *, share: float = HELD_OUT_SHARE) -> bool:
    """Return whether the document `key` is held out: by checksum, the same on every machine."""
    return crc32(key.encode()) % 10_000 < share * 10_000


def load_rows(data: Path, blocked: Blocked, *, loaders: Sequence[Loader] | None = None) -> Rows:
    """Return the paired rows of all sets in `data`, or of `loaders`, less what is `blocked`.

    Raises DataError when no set is there, or one has the wrong shape.
    """
    if not data.is_dir():
        raise DataError(f"{data}: no such folder; pass the data folder with --data")
    kept: list[Row] = []
    dropped: Counter[str] = Counter()
    for load in loaders or LOADERS:
        for row in _checked(load, data):
            reason = _fault(row, blocked)
            if reason:
                dropped[f"{row.origin}: {reason}"] += 1
            else:
                kept.append(row)
    if not kept:
        raise DataError(f"{data}: holds none of the sets that the writer is trained on")
    return Rows(
        train=tuple(row for row in kept if not row.held_out),
        held_out=tuple(row for row in kept if row.held_out),
        dropped=dropped,
    )


def _checked(load: Loader, data: Path) -> Iterator[Row]:
    try:
        yield from load(data)
    except (KeyError, TypeError, AttributeError, csv.Error, zipfile.BadZipFile) as error:
        raise DataError(
            f"{load.__name__.strip('_')}: not the expected columns ({error!r})"
        ) from error


def _fault(row: Row, blocked: Blocked) -> str:
    if not row.target.strip() or not any(text.strip() for text in row.texts):
        return "empty"
    if row.target in blocked or any(text in blocked for text in row.texts):
        return "stands in a development or test set"
    return ""


def newsroom(data: Path) -> Iterator[Row]:
    """Yield summary, label, point and question rows of newsroom-train; articles held out whole."""
    for article in _articles(data):
        yield from _article_rows(article)


def newsroom_held_out(data: Path) -> Iterator[Row]:
    """Yield only those rows of `newsroom` that are held out."""
    for article in _articles(data):
        if held_out(article["id"]):
            yield from _article_rows(article)


def _articles(data: Path) -> Iterator[dict[str, Any]]:
    path = data / "newsroom-train" / "newsroom-train.jsonl"
    if path.exists():
        yield from read_jsonl(path)


def _article_rows(article: dict[str, Any]) -> Iterator[Row]:
    out = held_out(article["id"])
    views = article["viewpoints"]
    for view in views:
        yield from _viewpoint_rows(view, out)
    if article["question"] and len(views) > 1:
        contested = [central_first(view["sentences"])[0] for view in views]
        yield Row(
            task="question",
            texts=(article["title"], *contested),
            target=article["question"],
            origin="newsroom-question",
            held_out=out,
        )


def _viewpoint_rows(view: dict[str, Any], out: bool) -> Iterator[Row]:
    sentences = tuple(central_first(view["sentences"]))
    for task, target in (("summary", view["summary"]), ("label", view["label"])):
        yield Row(
            task=task, texts=sentences, target=target, origin=f"newsroom-{task}", held_out=out
        )
    for point in view.get("points", ()):
        texts = tuple(central_first(point["sentences"]))
        yield Row(
            task="point", texts=texts, target=point["label"], origin="newsroom-point", held_out=out
        )


def debatewise(data: Path) -> Iterator[Row]:
    """Yield argument paragraph -> its title; the ProCon file beside it is never read here."""
    path = data / "perspectrum-extra/data/raw_data/debatewise/debatewise.json"
    for debate in read_json(path) if path.exists() else ():
        for side in ("perspectives_for", "perspectives_against"):
            for view in debate[side]:
                text = " ".join(view["argument"]["description"]).strip()
                yield Row(
                    task="point",
                    texts=tuple(sentences(text)[:6]),
                    target=view["perspective_title"],
                    origin="debatewise",
                )


def arc(data: Path) -> Iterator[Row]:
    """Yield newspaper comment -> gist; whole debates are held out."""
    folder = data / "arc-rfd/mturk/annotation-task/data/exported-1927-summarized-arguments"
    table, meta = folder / "argument-summarized.tsv", folder / "metadata.csv"
    if not table.exists():
        return
    debate = {row["id"]: row["debateMetaData.title"] for row in csv.DictReader(read_lines(meta))}
    for line in read_lines(table):
        number, comment, gist = line.split("\t")[:3]
        out = held_out(debate.get(number, number), share=0.15)
        yield Row(
            task="summary",
            texts=tuple(sentences(comment)),
            target=gist,
            origin="arc-gist",
            held_out=out,
        )


def debatepedia(data: Path) -> Iterator[Row]:
    """Yield a point -> the question it answers (the training arguments are not published)."""
    folder = data / "debatepedia-qfs/data"
    for query, summary in _side_by_side(folder / "train_query", folder / "train_summary"):
        question = _untagged(query).split(" : ")[-1]
        if question.endswith("?"):
            yield Row(
                task="question", texts=(_untagged(summary),), target=question, origin="debatepedia"
            )


def _side_by_side(left: Path, right: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of two files that belong together; nothing where the set is not there."""
    if left.exists():
        yield from zip(read_lines(left), read_lines(right), strict=True)


def _untagged(line: str) -> str:
    return line.replace("<s>", "").replace("<eos>", "").strip()


def fusion(data: Path) -> Iterator[Row]:
    """Yield two sentences -> the one they were split from; the test file is left alone."""
    for name in ("tune.tsv", "validation.tsv"):
        path = data / "wiki-split" / name
        for line in read_lines(path) if path.exists() else ():
            whole, _, parts = line.partition("\t")
            texts = tuple(part.strip() for part in parts.split("<::::>"))
            yield Row(task="summary", texts=texts, target=whole, origin="fusion")


def neus(data: Path) -> Iterator[Row]:
    """Yield three leads -> the editors' neutral sentence, and their titles -> its title (train)."""
    folder = data / "neus-allsides/data/naacl2022_lrc_roundup_random_order_probe"
    for source, target in _side_by_side(folder / "train.source", folder / "train.target"):
        titles, leads = _titles_and_leads(source)
        (title,), (text,) = _titles_and_leads(target)
        first = tuple(sentences(lead)[0] for lead in leads if sentences(lead))
        if sentences(text):
            yield Row(task="summary", texts=first, target=sentences(text)[0], origin="neus")
        yield Row(task="title", texts=titles, target=title, origin="neus-title")


def _titles_and_leads(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = [part.partition("ARTICLE=>") for part in line.split("[SEP]")]
    titles = tuple(title.replace("TITLE=>", "").strip().removesuffix(".") for title, _, _ in parts)
    return titles, tuple(text.strip() for _, _, text in parts)


def inshorts(data: Path) -> Iterator[Row]:
    """Yield a 60-word news text -> its headline."""
    path = data / "inshorts" / "news_summary.zip"
    if not path.exists():
        return
    with zipfile.ZipFile(path) as archive:
        text = archive.read("news_summary.csv").decode("latin-1")
    for row in csv.DictReader(io.StringIO(text)):
        yield Row(
            task="title",
            texts=tuple(sentences(row["text"])),
            target=row["headlines"],
            origin="inshorts",
        )


LOADERS: tuple[Loader, ...] = (newsroom, debatewise, arc, debatepedia, fusion, neus, inshorts)
HELD_OUT_LOADERS: tuple[Loader, ...] = (newsroom_held_out, arc)
"""For measuring alone: of the sets that hold out documents, with as little else as can be."""

_BREAK = re.compile(r"""(?:(?<=[.!?])|(?<=[.!?]["'”’)]))\s+(?=["'“‘(]*[A-Z0-9])""")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|Sr|vs|No|U\.S|D|R)\.$")


def sentences(text: str) -> Sequence[str]:
    """Return rough sentences of `text`: quick enough for millions, not the product's splitter."""
    parts: list[str] = []
    for piece in _BREAK.split(" ".join(text.split())):
        if parts and _ABBREVIATION.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {piece}"
        elif piece:
            parts.append(piece)
    return parts
