"""Training stories for the relation encoder: sentences behind a prefix, with what is known of them.

Every data set becomes the same thing. A news article is a story in reading order, with types and
sides; a debate is a bare list of texts with a side each, behind the statement debated; an inference
pair is a list of one. Loaders read the raw files of the source repositories under a data folder.
"""

from __future__ import annotations

import csv
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from summarizer.claims import find_claims
from summarizer.errors import DataError
from summarizer.protocols import BACKGROUND, FURNITURE, VIEWPOINT
from summarizer.relate import passage_of
from summarizer.training.files import present, read_csv, read_json, read_jsonl, read_lines
from summarizer.training.leakage import normal_form
from summarizer.types import Article

UNKNOWN = -1
FAVOURS, OPPOSES, NEUTRAL = 0, 1, 2

Labels = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """n sentences and their labels, UNKNOWN where none is known.

    `topics` are prefixes that say what is discussed, `statements` prefixes that can be favoured or
    opposed, each with the (n,) stances to it. `sides` number the viewpoints.
    """

    source: str
    sentences: tuple[str, ...]
    sides: Labels
    types: Labels
    paragraphs: Labels = ()
    holders: Labels = ()
    topics: tuple[str, ...] = ("",)
    statements: tuple[tuple[str, Labels], ...] = ()

    @property
    def ordered(self) -> bool:
        """Whether the sentences stand in reading order."""
        return bool(self.paragraphs)


@dataclass(slots=True)
class Report:
    """What was read and what was left out, and why."""

    rows: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    def to_dict(self) -> dict[str, dict[str, int]]:
        """Return counts of sentences per source and of dropped ones per source and reason."""
        return {"rows": dict(self.rows), "dropped": dict(self.dropped)}


def load_stories(data: Path) -> tuple[list[Story], Report]:
    """Return every training story under `data`, free of what benchmarks test on.

    Raises:
        DataError: a set is missing or has the wrong shape.
    """
    banned = benchmark_texts(data)
    report = Report()
    stories: list[Story] = []
    for load in LOADERS:
        for story in _guarded(load, data):
            kept = _without(story, banned, report)
            if kept is not None:
                stories.append(kept)
                report.rows[kept.source] += len(kept.sentences)
    return stories, report


def benchmark_texts(data: Path) -> frozenset[str]:
    """Return the normalised texts that no training sentence or statement may equal.

    The ProCon suite's pages, Perspectrum's dev and test claims with their perspectives, ArgKP's
    test arguments and key points.
    """
    texts: set[str] = set()
    for page in read_json(data / "perspectrum-extra/data/raw_data/procon/procon.json"):
        texts.add(page["claim_title"])
        texts.update(p["perspective_title"] for p in _perspectives(page))
    split = read_json(data / "perspectrum/dataset_split_v1.0.json")
    for claim, perspectives in perspectrum_claims(data):
        if split[str(claim["cId"])] != "train":
            texts.add(claim["text"])
            texts.update(text for text, _, _ in perspectives)
    for row in read_csv(data / "argkp/arguments_test.csv"):
        texts.update((row["argument"], row["topic"]))
    return frozenset(normal_form(text) for text in texts)


def _without(story: Story, banned: frozenset[str], report: Report) -> Story | None:
    """Return `story` less the sentences that a benchmark tests on; None when nothing is left."""
    if any(normal_form(statement) in banned for statement, _ in story.statements):
        report.dropped[f"{story.source}: statement is tested on"] += len(story.sentences)
        return None
    keep = [i for i, s in enumerate(story.sentences) if normal_form(s) not in banned]
    report.dropped[f"{story.source}: sentence is tested on"] += len(story.sentences) - len(keep)
    if not keep:
        return None
    if len(keep) == len(story.sentences):
        return story

    def pick(labels: Labels) -> Labels:
        return tuple(labels[i] for i in keep) if labels else ()

    return Story(
        source=story.source,
        sentences=tuple(story.sentences[i] for i in keep),
        sides=pick(story.sides),
        types=pick(story.types),
        paragraphs=pick(story.paragraphs),
        holders=pick(story.holders),
        topics=story.topics,
        statements=tuple((statement, pick(labels)) for statement, labels in story.statements),
    )


# --- news ------------------------------------------------------------------------------------


def newsroom(data: Path) -> Iterator[Story]:
    """Yield the labelled articles of newsroom-train, cut into the claims that the product reads."""
    path = data / "newsroom-train/newsroom-train.jsonl"
    for row in read_jsonl(path):
        yield newsroom_story(row)


def newsroom_story(row: dict[str, Any]) -> Story:
    """Return the story of one labelled article (fields as in the newsroom sets)."""
    text = str(row["text"])
    article = Article(text=text, title=str(row["title"]))
    claims = find_claims(article)
    viewpoints = list(row["viewpoints"])
    side_spans = [_spans(text, v["sentences"]) for v in viewpoints]
    background = _spans(text, row["background"])
    furniture = _spans(text, row["boilerplate"])
    types, sides = [], []
    for claim in claims:
        cover = [_covered(claim.start, claim.end, spans) for spans in side_spans]
        side = max(range(len(cover)), key=cover.__getitem__) if cover else UNKNOWN
        if cover and cover[side] > 0.5:
            types.append(VIEWPOINT)
            sides.append(side)
            continue
        sides.append(UNKNOWN)
        if _covered(claim.start, claim.end, background) > 0.5:
            types.append(BACKGROUND)
        elif _covered(claim.start, claim.end, furniture) > 0.5:
            types.append(FURNITURE)
        else:
            types.append(UNKNOWN)
    passage = passage_of(claims)  # as the product reads it
    return Story(
        source="newsroom",
        sentences=passage.sentences,
        sides=tuple(sides),
        types=tuple(types),
        paragraphs=passage.paragraphs,
        holders=passage.holders,
        topics=tuple(t for t in (str(row["title"]), str(row["question"] or "")) if t),
        statements=tuple(_viewpoint_statements(viewpoints, types, sides)),
    )


def _viewpoint_statements(
    viewpoints: list[dict[str, Any]], types: list[int], sides: list[int]
) -> Iterator[tuple[str, Labels]]:
    """Yield each viewpoint's label and summary as a statement: its own side favours it."""
    for number, viewpoint in enumerate(viewpoints):
        stances = tuple(
            FAVOURS
            if side == number
            else OPPOSES
            if side != UNKNOWN
            else NEUTRAL
            if kind == BACKGROUND
            else UNKNOWN
            for kind, side in zip(types, sides, strict=True)
        )
        for name in ("label", "summary"):
            if viewpoint.get(name):
                yield str(viewpoint[name]), stances


def _spans(text: str, pieces: object) -> list[tuple[int, int]]:
    spans = []
    for piece in pieces if isinstance(pieces, list) else []:
        start = text.find(str(piece))
        if start >= 0:
            spans.append((start, start + len(str(piece))))
    return spans


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> float:
    shared = sum(max(0, min(end, b) - max(start, a)) for a, b in spans)
    return shared / (end - start)


# --- debates ---------------------------------------------------------------------------------


def _debate(source: str, statement: str, texts: Iterable[tuple[str, int]]) -> Story:
    """Return a story of texts that favour or oppose `statement` (stance labels)."""
    rows = list(dict.fromkeys((text.strip(), stance) for text, stance in texts if text.strip()))
    stances = tuple(stance for _, stance in rows)
    return Story(
        source=source,
        sentences=tuple(text for text, _ in rows),
        sides=tuple(s if s in (FAVOURS, OPPOSES) else UNKNOWN for s in stances),
        types=(UNKNOWN,) * len(rows),
        statements=((statement, stances),),
    )


def perspectrum(data: Path, *, part: str = "train") -> Iterator[Story]:
    """Yield the claims of one part of Perspectrum with their perspectives."""
    split = read_json(data / "perspectrum/dataset_split_v1.0.json")
    for claim, perspectives in perspectrum_claims(data):
        if split[str(claim["cId"])] == part:
            yield _debate("perspectrum", claim["text"], ((t, s) for t, s, _ in perspectives))


def perspectrum_claims(data: Path) -> Iterator[tuple[dict[str, str], list[tuple[str, int, int]]]]:
    """Yield each claim with (text, stance, cluster number) of its perspectives."""
    pool = {p["pId"]: p["text"] for p in read_json(data / "perspectrum/perspective_pool_v1.0.json")}
    for claim in read_json(data / "perspectrum/perspectrum_with_answers_v1.0.json"):
        rows = [
            (pool[pid], FAVOURS if cluster["stance_label_3"] == "SUPPORT" else OPPOSES, number)
            for number, cluster in enumerate(claim["perspectives"])
            for pid in cluster["pids"]
            if cluster["stance_label_3"] in ("SUPPORT", "UNDERMINE")
        ]
        yield claim, rows


def debatewise(data: Path) -> Iterator[Story]:
    """Yield Debatewise debates: the titles of the points for and against."""
    for page in read_json(data / "perspectrum-extra/data/raw_data/debatewise/debatewise.json"):
        texts = [
            (p["perspective_title"], stance)
            for side, stance in (("perspectives_for", FAVOURS), ("perspectives_against", OPPOSES))
            for p in page.get(side) or []
        ]
        yield _debate("debatewise", page["claim_title"], texts)


def ibm30k(data: Path) -> Iterator[Story]:
    """Yield the motions of the training split of IBM's 30k arguments, by way of ZeroStance."""
    yield from _by_statement("ibm30k", data / "zerostance/ibm30k/raw_train_all_onecol.csv")


def wtwt(data: Path) -> Iterator[Story]:
    """Yield merger rumours (will it happen?) without NONE, which mixes comment and unrelated."""
    yield from _by_statement("wtwt", data / "zerostance/wtwt/raw_train_all_onecol.csv")


def _by_statement(source: str, path: Path) -> Iterator[Story]:
    names = {"FAVOR": FAVOURS, "AGAINST": OPPOSES}
    debates: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in read_csv(path):
        if row["Stance 1"] in names:
            debates[row["Target 1"]].append((row["Tweet"], names[row["Stance 1"]]))
    for statement, texts in debates.items():
        yield _debate(source, statement, texts)


def vast(data: Path) -> Iterator[Story]:
    """Yield VAST's training comments on each topic."""
    names = {"0": OPPOSES, "1": FAVOURS, "2": NEUTRAL}
    debates: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    archive = present(data / "vast/datasets/VAST/vast_train.zip")
    with zipfile.ZipFile(archive) as files, files.open("vast_train.csv") as raw:
        for row in csv.DictReader(TextIOWrapper(raw, "utf-8")):
            debates[row["topic_str"]].append((row["post"], names[row["label"]]))
    for statement, texts in debates.items():
        yield _debate("vast", statement, texts)


def iam(data: Path) -> Iterator[Story]:
    """Yield the training topics of IAM: claims from real articles, for or against."""
    names = {"1": FAVOURS, "-1": OPPOSES}
    debates: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for line in read_lines(data / "iam/stance/train.txt"):
        _, topic, claim, _, stance = line.rstrip("\n").split("\t")
        debates[topic].append((claim, names[stance]))
    for statement, texts in debates.items():
        yield _debate("iam", statement, texts)


def inference(data: Path) -> Iterator[Story]:
    """Yield inference pairs: the premise is the statement, entailment favours it."""
    names = {"entailment": FAVOURS, "contradiction": OPPOSES, "neutral": NEUTRAL}
    root = present(data / "ling-in-loop-nli/NLI_data")
    for path in sorted(root.glob("*/train_*.jsonl")):
        for row in read_jsonl(path):
            if row["label"] in names:
                yield Story(
                    source="inference",
                    sentences=(row["hypothesis"],),
                    sides=(UNKNOWN,),
                    types=(UNKNOWN,),
                    statements=((row["premise"], (names[row["label"]],)),),
                )


LOADERS: tuple[Callable[[Path], Iterator[Story]], ...] = (
    newsroom,
    perspectrum,
    debatewise,
    ibm30k,
    iam,
    wtwt,
    vast,
    inference,
)


def _guarded(load: Callable[[Path], Iterator[Story]], data: Path) -> Iterator[Story]:
    try:
        yield from load(data)
    except (KeyError, ValueError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise DataError(
            f"{data}: the set '{load.__name__}' does not have the expected shape ({error!r}); "
            "fetch it again from its source"
        ) from error


def _perspectives(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [*(page.get("perspectives_for") or []), *(page.get("perspectives_against") or [])]
