from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from rich.console import Console
from rich.progress import Progress

from eval import build, data, results
from eval.run import Job, run
from eval.session import Options, run_all
from eval.suite import Sample
from eval.suites import SUITES
from eval.systems import BASELINES, system
from eval.systems.product import Product
from eval.systems.topics import TopicModel
from summarizer import Analysis, DataError, MissingExtraError, ModelError, SummarizerError
from tests import tiny_models

QUIET = Console(quiet=True)
GATE = SUITES["gate"]
ROWS = data.read_jsonl(data.BUNDLED / "gate.jsonl")


def _run(names, systems, out, **options):
    return run_all(names, systems, Options(data=None, out=out, **options), console=QUIET)


def _figures(result, suite, system):
    return result["suites"][suite]["systems"][system]["metrics"]


# -- figures ---------------------------------------------------------------------------------


def test_the_oracle_scores_full_marks_and_chance_does_not(tmp_path):
    found = _run(["gate", "gate-sides"], ["oracle", "random", "lead"], tmp_path)
    for name in ("gate", "gate-sides"):
        assert _figures(found, name, "oracle")["ari"]["value"] == 1.0
        assert _figures(found, name, "random")["ari"]["value"] < 0.4
        assert found["suites"][name]["systems"]["lead"]["failed"] == 0
    gold = _figures(found, "gate", "oracle")
    assert gold["background_f1"]["value"] == gold["holder_f1"]["value"] == 1.0
    assert gold["furniture_leaks"]["value"] == gold["unsupported"]["value"] == 0.0


def test_every_figure_lies_in_its_interval(tmp_path):
    found = _run(["gate"], ["lead", "tfidf"], tmp_path)
    for entry in found["suites"]["gate"]["systems"].values():
        for figure in entry["metrics"].values():
            assert figure["low"] <= figure["value"] <= figure["high"]


def test_one_document_has_a_figure_and_no_interval(tmp_path):
    found = _run(["gate-sides"], ["oracle"], tmp_path, limit=1)
    figure = _figures(found, "gate-sides", "oracle")["ari"]
    assert figure == {"value": 1.0, "low": None, "high": None}


def test_the_fakes_run_every_task_they_have_through_the_product(tmp_path):
    found = _run(["gate", "gate-sides"], ["fakes"], tmp_path)
    for suite in found["suites"].values():
        assert suite["systems"]["fakes"]["failed"] == 0


def test_a_run_records_what_its_figures_depend_on(tmp_path):
    found = _run(["gate-sides"], ["fakes"], tmp_path, seed=3)
    assert found == json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert found["complete"] is True
    assert found["smoke_test"] is False
    assert found["seed"] == 3
    assert found["suites"]["gate-sides"]["data"] == dict(SUITES["gate-sides"].data)
    environment = found["environment"]
    assert environment["packages"]["numpy"].count(".") == 2
    assert set(environment["git"] or {"commit": "", "dirty": True}) == {"commit", "dirty"}
    assert environment["hardware"]["cores"] >= 1
    assert found["systems"]["fakes"]["encoder"] == "hash-encoder-512"
    assert found["systems"]["fakes"]["writer"] == "first-claim-writer"


def test_two_runs_give_the_same_answers_and_figures(tmp_path):
    systems = ["random", "tfidf", "lexrank"]
    runs = [_run(["gate", "gate-sides"], systems, tmp_path / name) for name in "ab"]
    for suite in ("gate", "gate-sides"):
        for name in runs[0]["suites"][suite]["systems"]:
            assert _figures(runs[0], suite, name) == _figures(runs[1], suite, name)
            rows = [data.read_jsonl(tmp_path / n / f"{suite}.{name}.jsonl") for n in "ab"]
            answers = [[row.get("prediction") for row in each] for each in rows]
            assert answers[0] == answers[1]


def test_a_failing_system_is_counted_and_not_scored(tmp_path):
    class Broken:
        def analyze(self, article):
            if "tram" in article.text:
                raise SummarizerError("no trams")
            made = build.analysis({"text": article.text}, [], [], sides=[], made_with="empty")
            return Analysis.from_dict(made)

    tool = Product("broken", Broken(), tasks=frozenset({"analyze"}))
    rows = _answer_all(tool, GATE.load(data.BUNDLED), tmp_path)
    failed = sum("tram" in row["text"] for row in ROWS)
    found = results.figures(GATE, rows, seed=0)
    assert found["failed"] == failed > 0
    assert found["documents"] == len(ROWS) - failed


def _answer_all(tool, samples, folder, suite=GATE):
    job = Job(suite=suite, samples=samples, system=tool, out=folder / "rows.jsonl", header={})
    with Progress(console=QUIET) as progress:
        return run(job, progress)


def test_a_suite_without_its_data_says_where_to_get_it(tmp_path, monkeypatch):
    monkeypatch.delenv(data.VARIABLE, raising=False)
    found = _run(["procon", "gate-sides"], ["lead"], tmp_path)
    assert "github.com" in found["skipped"]["procon"]
    assert list(found["suites"]) == ["gate-sides"]
    with pytest.raises(DataError, match=r"procon\.json is missing; get it from"):
        data.root(SUITES["procon"], tmp_path)


def test_names_that_do_not_exist_are_told(tmp_path):
    with pytest.raises(DataError, match="no suite"):
        _run(["nothing"], ["lead"], tmp_path)
    with pytest.raises(DataError, match="no system"):
        _run(["gate"], ["nothing"], tmp_path)
    with pytest.raises(DataError, match="no system"):
        system("writer:")


# -- resuming --------------------------------------------------------------------------------


def test_a_torn_line_is_answered_again_and_whole_ones_are_kept(tmp_path):
    _run(["gate-sides"], ["lead"], tmp_path)
    file = tmp_path / "gate-sides.lead.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    marked = json.loads(lines[1]) | {"seconds": 99.0}
    torn = "\n".join([lines[0], json.dumps(marked), lines[2][:20]])
    file.write_text(torn, encoding="utf-8")
    again = _run(["gate-sides"], ["lead"], tmp_path)["suites"]["gate-sides"]["systems"]["lead"]
    assert again["seconds"] >= 99.0
    assert again["samples"] == len(ROWS) - 1
    assert len(file.read_text(encoding="utf-8").splitlines()) == len(ROWS)


def test_a_line_torn_inside_a_letter_is_answered_again(tmp_path):
    _run(["gate"], ["lead"], tmp_path)
    file = tmp_path / "gate.lead.jsonl"
    whole = file.read_bytes()
    cut = whole.rindex("“".encode()) if "“".encode() in whole else None
    file.write_bytes(whole[: cut + 1] if cut else whole[:-9] + "“".encode()[:1])
    again = _run(["gate"], ["lead"], tmp_path)
    assert again["suites"]["gate"]["systems"]["lead"]["samples"] == len(ROWS)


@pytest.mark.parametrize("change", [{"seed": 1}, {"limit": 3}])
def test_rows_made_with_other_options_are_not_kept(tmp_path, change):
    _run(["gate-sides"], ["random"], tmp_path)
    _run(["gate-sides"], ["random"], tmp_path, **change)
    fresh = _run(["gate-sides"], ["random"], tmp_path / "fresh", **change)
    kept = data.read_jsonl(tmp_path / "gate-sides.random.jsonl")
    assert len(kept) == fresh["suites"]["gate-sides"]["systems"]["random"]["samples"] + 1
    answers = data.read_jsonl(tmp_path / "fresh" / "gate-sides.random.jsonl")
    assert [row.get("prediction") for row in kept] == [row.get("prediction") for row in answers]


SLOW = """
    import sys, time
    from pathlib import Path
    from rich.console import Console
    from rich.progress import Progress
    from eval import data
    from eval.run import Job, run
    from eval.suites import SUITES
    from eval.systems.chance import Lead

    class Slow(Lead):
        def predict(self, sample):
            with Path(sys.argv[2]).open("a") as asked:
                asked.write(sample.id + "\\n")
            time.sleep(float(sys.argv[3]))
            return super().predict(sample)

    suite = SUITES["gate-sides"]
    job = Job(suite=suite, samples=suite.load(data.BUNDLED), system=Slow(),
              out=Path(sys.argv[1]), header={"suite": suite.name})
    with Progress(console=Console(quiet=True)) as progress:
        run(job, progress)
"""


def _slow(root, out, asked, seconds):
    code = textwrap.dedent(SLOW)
    arguments = [sys.executable, "-c", code, str(out), str(asked), str(seconds)]
    return subprocess.Popen(arguments, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})


def test_a_killed_run_goes_on_where_it_stopped(root, tmp_path):
    out, asked = tmp_path / "rows.jsonl", tmp_path / "asked"
    process = _slow(root, out, asked, 0.3)
    until = time.monotonic() + 300
    while not (out.is_file() and out.read_bytes().count(b"\n") >= 4):
        assert process.poll() is None, "ended before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = {row["id"] for row in map(json.loads, out.read_text().splitlines()[1:4])}
    assert 3 <= out.read_bytes().count(b"\n") - 1 < len(ROWS) - 1
    asked.unlink()

    assert _slow(root, out, asked, 0).wait() == 0
    assert not done & set(asked.read_text().split())
    assert _slow(root, tmp_path / "whole.jsonl", tmp_path / "all", 0).wait() == 0
    rows, whole = (
        [{**row, "seconds": 0} for row in data.read_jsonl(file)]
        for file in (out, tmp_path / "whole.jsonl")
    )
    assert rows == whole


def test_two_runs_into_one_folder_do_not_mix(tmp_path):
    from filelock import FileLock

    with FileLock(tmp_path / ".lock"), pytest.raises(DataError, match="another run"):
        _run(["gate-sides"], ["lead"], tmp_path)
    _run(["gate-sides"], ["lead"], tmp_path)


# -- other models ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    plain = tiny_models.encoder(folder / "plain")
    tiny_models.relation(folder / "relation", plain)
    tiny_models.writer(folder / "writer")
    return folder


def _sample(task, **given):
    return Sample(id="x", document="x", task=task, input=given, gold={})


TEXTS = ["The mayor says the tram will help shops.", "Shops say the tram will close them."]


def test_any_writer_can_be_scored_by_its_folder(models):
    tool = system(f"writer:{models / 'writer'}")
    assert "sides" not in tool.tasks
    assert tool.predict(_sample("summary", texts=TEXTS))
    assert tool.digest != system("ours").digest


@pytest.mark.parametrize(("kind", "stance"), [("plain", False), ("relation", True)])
def test_any_encoder_can_be_scored_by_its_folder(models, kind, stance):
    tool = system(f"encoder:{models / kind}")
    assert ("stance" in tool.tasks) == stance
    assert len(tool.predict(_sample("sides", texts=TEXTS))) == len(TEXTS)
    if stance:
        scores = tool.predict(_sample("stance", question="The tram helps.", texts=TEXTS))
        assert len(scores) == len(TEXTS)


def test_a_model_that_is_not_there_is_skipped_with_its_reason(tmp_path):
    name = f"writer:{tmp_path / 'nothing'}"
    with pytest.raises(ModelError):
        system(name)
    found = _run(["gate-sides"], [name, "lead"], tmp_path)
    assert name in found["skipped"]
    assert list(found["systems"]) == ["lead"]


def test_bertopic_without_its_extra_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("eval.systems.topics.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install -e .*bertopic"):
        system("bertopic")
    assert "bertopic" in _run(["gate-sides"], ["bertopic"], tmp_path)["skipped"]


def test_listing_systems_loads_no_topic_model(root):
    code = (
        "import sys, eval.systems; sys.exit(bool({'bertopic', 'umap', 'numba'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0
    assert TopicModel in BASELINES


@pytest.mark.slow
def test_bertopic_gives_the_same_topics_twice():
    pytest.importorskip("bertopic")
    texts = [
        f"The {a} {b} of the harbour." for a in ("old", "new") for b in ("tram", "quay", "toll")
    ]
    sample = _sample("sides", texts=texts)
    found = []
    for _ in range(2):
        tool = system("bertopic", seed=0)
        tool.fit([sample])
        found.append(tool.partition(texts, 2, sample))
    assert found[0] == found[1]
    assert len(found[0]) == len(texts)
    assert tool.partition(texts[:2], 2, sample) == [-1, -1]
