"""What must not be trained on: texts of development and test sets, compared in a normal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summarizer.training.files import read_csv, read_json, read_jsonl, read_lines

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def normal_form(text: str) -> str:
    """Return lower-case letters and digits of `text`, one space between words."""
    return _NOT_WORD.sub(" ", text.lower()).strip()


class Blocked:
    """Texts in normal form that may stand in no training row, neither as source nor as target."""

    def __init__(self, texts: Iterable[str]) -> None:
        # Very short texts ("yes", "no") would block by accident.
        self._texts = frozenset(form for form in map(normal_form, texts) if len(form) >= 12)

    def __contains__(self, text: str) -> bool:
        return normal_form(text) in self._texts

    def __len__(self) -> int:
        return len(self._texts)


def load_blocked(data: Path) -> Blocked:
    """Return titles, sentences, claims and references of every set that is kept for measuring.

    Newsroom dev, perspectives-news, the ProCon pages, NeuS and Debatepedia test, Perspectrum's dev
    and test claims, ArgKP test, the comments of VAST dev and test. A set that is not in the folder
    blocks nothing.
    """
    loaders = (
        _newsroom,
        _perspectives_news,
        _procon,
        _neus,
        _debatepedia,
        _perspectrum,
        _argkp,
        _vast,
    )
    return Blocked(text for load in loaders for text in load(data))


def _newsroom(data: Path) -> Iterator[str]:
    path = data / "newsroom" / "newsroom-dev.jsonl"
    for row in read_jsonl(path) if path.exists() else ():
        yield row["title"]
        for viewpoint in row["viewpoints"]:
            yield viewpoint["summary"]
            yield from viewpoint["sentences"]


def _perspectives_news(data: Path) -> Iterator[str]:
    folder = data / "perspectives-news"
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_jsonl(path):
            yield from _strings(row)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _procon(data: Path) -> Iterator[str]:
    path = data / "perspectrum-extra/data/raw_data/procon/procon.json"
    if path.exists():
        yield from _strings(read_json(path))


def _neus(data: Path) -> Iterator[str]:
    folder = data / "neus-allsides/data/naacl2022_lrc_roundup_random_order_probe"
    for split in ("val", "test"):
        for kind in ("source", "target"):
            path = folder / f"{split}.{kind}"
            for line in read_lines(path) if path.exists() else ():
                for part in re.split(r"\[SEP\]|ARTICLE=>", line):
                    yield part.replace("TITLE=>", "")


def _debatepedia(data: Path) -> Iterator[str]:
    for name in ("test_query", "test_summary", "test_content"):
        path = data / "debatepedia-qfs/data" / name
        for line in read_lines(path) if path.exists() else ():
            yield line.replace("<s>", "").replace("<eos>", "")


def _perspectrum(data: Path) -> Iterator[str]:
    folder = data / "perspectrum"
    split_path = folder / "dataset_split_v1.0.json"
    if not split_path.exists():
        return
    split = read_json(split_path)
    pool = {row["pId"]: row["text"] for row in read_json(folder / "perspective_pool_v1.0.json")}
    for claim in read_json(folder / "perspectrum_with_answers_v1.0.json"):
        if split[str(claim["cId"])] == "train":
            continue
        yield claim["text"]
        for cluster in claim["perspectives"]:
            yield from (pool[pid] for pid in cluster["pids"] if pid in pool)


def _argkp(data: Path) -> Iterator[str]:
    for name, column in (("arguments_test", "argument"), ("key_points_test", "key_point")):
        path = data / f"argkp/{name}.csv"
        for row in read_csv(path) if path.exists() else ():
            yield row["topic"]
            yield row[column]


def _vast(data: Path) -> Iterator[str]:
    for part in ("val", "test"):
        path = data / f"zerostance/vast/raw_{part}_all_onecol.csv"
        yield from (row["Tweet"] for row in read_csv(path)) if path.exists() else ()
