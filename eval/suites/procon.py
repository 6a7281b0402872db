"""ProCon pages: the titles of the arguments of a page, which are pro and which con.

`procon` does not say what the page is about, `procon-question` gives its statement to the
clustering, and `procon-stance` asks for the stance of each title to the statement. The titles are
handed over in an order by lot (fixed by the page), so that position gives nothing away.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.data import read_json
from eval.scorers import macro_f1, score_partition, score_stance
from eval.suite import Floor, Sample, Suite, Task

_FILE = "perspectrum-extra/data/raw_data/procon/procon.json"
_ABOUT: dict[str, Any] = {
    "source": "github.com/CogComp/perspectrum (folder perspectrum-extra)",
    "licence": "Creative Commons, version unnamed (repository); texts of procon.org",
    "citation": "Chen, Khashabi, Yin, Callison-Burch and Roth 2019, NAACL",
    "data": {_FILE: "c2cc5c4274d3ed5e6ab764ba358b838859588d99144f029565462804c7ef2a6d"},
}


def _page(row: Mapping[str, Any], task: Task, *, question: bool) -> Sample:
    titles = [(one["perspective_title"], 1) for one in row["perspectives_for"]]
    titles += [(one["perspective_title"], -1) for one in row["perspectives_against"]]
    random.Random(row["url"]).shuffle(titles)
    given = {"question": row["claim_title"]} if question else {}
    labels = [stance if task == "stance" else int(stance < 0) for _, stance in titles]
    return Sample(
        id=row["url"],
        document=row["url"],
        task=task,
        input={"texts": [title for title, _ in titles], **given},
        gold={"labels": labels, "number": 2},
    )


def _load(data: Path) -> list[Sample]:
    return [_page(row, "sides", question=False) for row in read_json(data / _FILE)]


def _load_question(data: Path) -> list[Sample]:
    return [_page(row, "sides", question=True) for row in read_json(data / _FILE)]


def _load_stance(data: Path) -> list[Sample]:
    return [_page(row, "stance", question=True) for row in read_json(data / _FILE)]


_KMEANS = Floor(system="kmeans", metric="ari", value=0.04, where="two clusters given")

SUITES = (
    Suite(
        name="procon",
        title="50 pages, statement not given",
        task="sides",
        main="ari",
        load=_load,
        score=score_partition,
        floors=(_KMEANS,),
        **_ABOUT,
    ),
    Suite(
        name="procon-question",
        title="50 pages, statement given",
        task="sides",
        main="ari",
        load=_load_question,
        score=score_partition,
        floors=(_KMEANS,),
        **_ABOUT,
    ),
    Suite(
        name="procon-stance",
        title="50 pages, stance of each title to the statement",
        task="stance",
        main="accuracy",
        load=_load_stance,
        score=score_stance,
        derived={"macro_f1": macro_f1},
        **_ABOUT,
    ),
)
