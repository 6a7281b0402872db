"""Debates and inference pairs as training stories: texts that favour or oppose a statement."""

from __future__ import annotations

import csv
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path

from summarizer.english.function_words import FUNCTION_WORDS
from summarizer.english.sentences import split_sentences
from summarizer.training.files import present, read_csv, read_json, read_jsonl, read_lines
from summarizer.training.leakage import normal_form
from summarizer.training.relation.stories import FAVOURS, NEUTRAL, OPPOSES, UNKNOWN, Story

OPENING_WORDS = 60
"""Of a long argument its beginning is read, which says the side more often than the rest."""


def debate(source: str, statement: str, texts: Iterable[tuple[str, int]]) -> Story:
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


def debates(source: str, rows: Iterable[tuple[str, str, int]]) -> Iterator[Story]:
    """Yield a story per statement of (statement, text, stance) rows, in order of appearance."""
    grouped: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for statement, text, stance in rows:
        grouped[statement].append((text, stance))
    for statement, texts in grouped.items():
        yield debate(source, statement, texts)


def perspectrum(data: Path) -> Iterator[Story]:
    """Yield Perspectrum's training claims with their perspectives."""
    yield from _perspectrum(data, "train")


def perspectrum_dev(data: Path) -> Iterator[Story]:
    """Yield Perspectrum's development claims with their perspectives: to measure on."""
    yield from _perspectrum(data, "dev")


def _perspectrum(data: Path, part: str) -> Iterator[Story]:
    split = read_json(data / "perspectrum/dataset_split_v1.0.json")
    for claim, perspectives in perspectrum_claims(data):
        if split[str(claim["cId"])] == part:
            yield debate("perspectrum", claim["text"], ((t, s) for t, s, _ in perspectives))


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
    """Yield Debatewise debates: the titles of the points for and against, and how each begins."""
    for page in read_json(data / "perspectrum-extra/data/raw_data/debatewise/debatewise.json"):
        texts = [
            (text, stance)
            for side, stance in (("perspectives_for", FAVOURS), ("perspectives_against", OPPOSES))
            for point in page.get(side) or []
            for text in (point["perspective_title"], _opening(point["argument"]["description"]))
        ]
        yield debate("debatewise", page["claim_title"], texts)


def _opening(paragraphs: Iterable[str], *, most: int = OPENING_WORDS) -> str:
    """Return the first sentences of a text, as many as fit into `most` words, at least one."""
    kept: list[str] = []
    text = " ".join(paragraphs)
    for start, end in split_sentences(text):
        sentence = text[start:end]
        if kept and len(" ".join([*kept, sentence]).split()) > most:
            break
        kept.append(sentence)
    return " ".join(kept)


def ibm30k(data: Path) -> Iterator[Story]:
    """Yield the motions of the training split of IBM's 30k arguments, by way of ZeroStance."""
    yield from _by_statement("ibm30k", data / "zerostance/ibm30k/raw_train_all_onecol.csv")


def wtwt(data: Path) -> Iterator[Story]:
    """Yield merger rumours (will it happen?) without NONE, which mixes comment and unrelated."""
    yield from _by_statement("wtwt", data / "zerostance/wtwt/raw_train_all_onecol.csv")


def _by_statement(source: str, path: Path) -> Iterator[Story]:
    names = {"FAVOR": FAVOURS, "AGAINST": OPPOSES}
    rows = (
        (row["Target 1"], row["Tweet"], names[row["Stance 1"]])
        for row in read_csv(path)
        if row["Stance 1"] in names
    )
    yield from debates(source, rows)


def vast(data: Path) -> Iterator[Story]:
    """Yield VAST's training comments on each topic."""
    names = {"0": OPPOSES, "1": FAVOURS, "2": NEUTRAL}
    archive = present(data / "vast/datasets/VAST/vast_train.zip")
    with zipfile.ZipFile(archive) as files, files.open("vast_train.csv") as raw:
        rows = csv.DictReader(TextIOWrapper(raw, "utf-8"))
        yield from debates(
            "vast", ((row["topic_str"], row["post"], names[row["label"]]) for row in rows)
        )


def ibm_claims(data: Path) -> Iterator[Story]:
    """Yield the topics of IBM's claim stance set; each line of the file is one quoted CSV cell."""
    names = {"PRO": FAVOURS, "CON": OPPOSES}
    folder = data / "ibm-claim-stance"
    cells = csv.reader(read_lines(folder / "claim_stance_dataset_v1.csv"), delimiter=";")
    rows = csv.DictReader(row[0] for row in cells if row)
    yield from debates(
        "ibm-claims",
        (
            (row["topicText"], row["claims.claimCorrectedText"], names[row["claims.stance"]])
            for row in rows
        ),
    )


def procon20(data: Path) -> Iterator[Story]:
    """Yield ProCon questions with quoted opinions, less those near a page of the ProCon suite."""
    pages = read_json(data / "perspectrum-extra/data/raw_data/procon/procon.json")
    titles = [_words(page["claim_title"]) for page in pages]
    rows = (
        (question.replace('"', ""), text, stance)
        for question, text, stance in _procon20_rows(data)
        if not any(_alike(_words(question), title) for title in titles)
    )
    yield from debates("procon20", rows)


def _procon20_rows(data: Path) -> Iterator[tuple[str, str, int]]:
    names = {"01": FAVOURS, "10": OPPOSES}
    for part in ("train", "dev"):
        lines = read_lines(data / f"procon20/data/ProconDual/{part}.tsv")
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) == 3:
                yield row[1], _opening([row[2].strip('"“” ')]), names[row[0]]


def _words(text: str) -> frozenset[str]:
    return frozenset(normal_form(text).split()) - FUNCTION_WORDS


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether two questions share half of their words (Jaccard)."""
    return len(a & b) >= 0.5 * len(a | b)


def iam(data: Path) -> Iterator[Story]:
    """Yield the training topics of IAM: claims from real articles, for or against."""
    names = {"1": FAVOURS, "-1": OPPOSES}
    rows = (line.split("\t") for line in read_lines(data / "iam/stance/train.txt"))
    yield from debates(
        "iam", ((topic, claim, names[stance]) for _, topic, claim, _, stance in rows)
    )


def inference(data: Path) -> Iterator[Story]:
    """Yield inference pairs: the premise is the statement, entailment favours it."""
    names = {"entailment": FAVOURS, "contradiction": OPPOSES, "neutral": NEUTRAL}
    root = present(data / "ling-in-loop-nli/NLI_data")
    for path in sorted(root.glob("*/train_*.jsonl")):
        for row in read_jsonl(path):
            if row["label"] in names:
                yield _pair(row["premise"], row["hypothesis"], names[row["label"]])


def climate_fever(data: Path) -> Iterator[Story]:
    """Yield claims about the climate behind a sentence that supports or refutes them."""
    names = {"SUPPORTS": FAVOURS, "REFUTES": OPPOSES}
    for row in read_jsonl(data / "climate-fever/dataset/climate-fever.jsonl"):
        for piece in row["evidences"]:
            if piece["evidence_label"] in names:
                yield _pair(piece["evidence"], row["claim"], names[piece["evidence_label"]])


def _pair(premise: str, hypothesis: str, stance: int) -> Story:
    return Story(
        source="inference",
        sentences=(hypothesis,),
        sides=(UNKNOWN,),
        types=(UNKNOWN,),
        statements=((premise, (stance,)),),
    )
