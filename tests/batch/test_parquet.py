from __future__ import annotations

import errno
import json
import resource
from pathlib import Path

import pytest

from summarizer import jsonl
from summarizer.analysis import Analysis
from summarizer.batch import batch, survey, write_errors
from summarizer.errors import DataError, ReadError
from tests.fakes import TEXT, FakeSummarizer
from tests.limits import limited

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet")

LONG = " ".join([TEXT] * 3)


def write_table(path: Path, **columns: list) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def articles(path: Path, count: int, *, first: int = 0) -> Path:
    numbers = range(first, first + count)
    return write_table(
        path,
        id=[f"a{n}" for n in numbers],
        text=[None if n == 3 else f"{LONG} “Ünïcödé”, said number {n}." for n in numbers],
        section=["politics"] * count,
    )


def run(source: Path, target: Path, summarizer=None, **options):
    return batch(summarizer or FakeSummarizer(), survey(source, target), **options)


@pytest.fixture
def source(tmp_path):
    return articles(tmp_path / "in.parquet", 7)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out.parquet"


def test_rows_of_parquet_become_rows_of_parquet_in_their_order(source, target):
    tally = run(source, target, window=3)
    rows = pq.read_table(target).to_pylist()
    assert [row["id"] for row in rows] == [f"a{n}" for n in range(7)]
    first = Analysis.from_dict(json.loads(rows[0]["analysis"]))
    assert "said number 0" in first.articles[0].text
    assert (rows[3]["analysis"], rows[3]["error_type"]) == (None, "DataError")
    assert "to analyse" in rows[3]["error_message"]
    assert [row["error_type"] for row in rows if row["analysis"]] == [None] * 6
    assert (tally.total, tally.failures) == (7, {"DataError": 1})
    assert not list(target.parent.glob("*.jsonl"))


def test_parquet_and_json_lines_say_the_same(source, target, tmp_path):
    run(source, target)
    run(source, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    for line, row in zip(lines, pq.read_table(target).to_pylist(), strict=True):
        said = json.loads(line)
        assert said["id"] == row["id"]
        assert said.get("analysis") == (row["analysis"] and json.loads(row["analysis"]))


def test_a_folder_of_parquet_files_is_read_in_the_order_of_their_names(tmp_path, target):
    folder = tmp_path / "in"
    folder.mkdir()
    articles(folder / "part-2.parquet", 2, first=12)
    articles(folder / "part-1.parquet", 2, first=10)
    (folder / "_SUCCESS").touch()
    run(folder, target)
    assert pq.read_table(target)["id"].to_pylist() == ["a10", "a11", "a12", "a13"]


@pytest.mark.parametrize("stop", [0, 1, 4, 5])
def test_a_stopped_run_goes_on_to_the_same_file(source, target, tmp_path, stop):
    run(source, tmp_path / "whole.parquet")
    with pytest.raises(KeyboardInterrupt):
        run(source, target, FakeSummarizer(stop_after=stop), window=2)
    assert not target.exists()
    again = FakeSummarizer()
    run(source, target, again)
    assert len(again.seen) == 6 - stop
    assert target.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.parquet",
        "out.parquet",
        "whole.parquet",
    ]


def test_a_kill_between_the_last_two_steps_doubles_nothing(source, target, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            run(source, target)
    expected = target.read_bytes()
    journal = target.with_name("out.parquet.part.jsonl")
    assert journal.stat().st_size
    again = FakeSummarizer()
    tally = run(source, target, again)
    assert (again.seen, tally.failures) == ([], {"DataError": 1})
    assert target.read_bytes() == expected
    assert not journal.exists()


def _interrupt(path: Path, missing_ok: bool = False) -> None:
    if path.suffix == ".jsonl":
        raise KeyboardInterrupt


def test_new_rows_go_behind_those_that_are_there(source, target):
    run(source, target)
    articles(source, 9)
    again = FakeSummarizer()
    tally = run(source, target, again)
    assert len(again.seen) == 2
    assert pq.read_table(target)["id"].to_pylist() == [f"a{n}" for n in range(9)]
    assert (tally.total, tally.failed) == (9, 1)


def test_numbers_stay_numbers_and_a_row_without_an_id_is_named_by_its_place(tmp_path, target):
    source = write_table(tmp_path / "in.parquet", id=[7, None], text=[LONG, LONG])
    run(source, target)
    rows = pq.read_table(target).to_pylist()
    assert [(row["id"], row["line"]) for row in rows] == [(7, None), (None, 2)]


def test_ids_of_two_kinds_do_not_fit_one_column(tmp_path, target):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1}\n{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(DataError, match="numbers and texts"):
        survey(source, target)


def test_ids_of_another_kind_than_those_there_do_not_fit(source, target, tmp_path):
    run(source, target)
    other = write_table(tmp_path / "other.parquet", id=[1], text=[LONG])
    with pytest.raises(DataError, match="numbers and texts"):
        survey(other, target)


def test_a_full_disk_at_the_end_loses_nothing(source, target, tmp_path):
    run(source, tmp_path / "whole.parquet")
    size = (tmp_path / "whole.parquet").stat().st_size
    # Room for the journal of an input with one article, not for the file made from it.
    articles(source, 1)
    plan = survey(source, target)
    journal = target.with_name("out.parquet.part.jsonl")
    run(source, tmp_path / "one.jsonl")
    journal.write_bytes((tmp_path / "one.jsonl").read_bytes())
    plan = survey(source, target)
    with (
        limited(resource.RLIMIT_FSIZE, min(size, 500)),
        pytest.raises(OSError, match="make room") as full,
    ):
        batch(FakeSummarizer(), plan)
    assert (full.value.errno, full.value.filename) == (errno.EFBIG, str(target))
    assert journal.read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert not target.exists()
    assert not list(tmp_path.glob(".*"))
    run(source, target)
    assert pq.read_table(target)["id"].to_pylist() == ["a0"]


@pytest.mark.parametrize("content", [b"", b"PAR1 is how it begins", b"{}\n" * 99])
def test_a_file_that_is_no_parquet_is_said(tmp_path, target, content):
    source = tmp_path / "in.parquet"
    source.write_bytes(content)
    with pytest.raises(DataError, match="not a Parquet file"):
        survey(source, target)


def test_a_table_without_ids_is_refused_with_what_it_has(tmp_path, target):
    source = write_table(tmp_path / "in.parquet", headline=["x"], body=[LONG])
    with pytest.raises(DataError, match='no column "id", only headline, body'):
        survey(source, target)


def test_a_table_of_somebody_else_is_left_alone(source, target):
    write_table(target, id=["mine"], notes=["my only copy"])
    before = target.read_bytes()
    with pytest.raises(DataError, match="name another file"):
        survey(source, target)
    assert target.read_bytes() == before


def test_a_folder_without_parquet_is_a_read_error(tmp_path, target):
    with pytest.raises(ReadError, match="without Parquet files"):
        survey(tmp_path, target)


def test_what_failed_is_written_beside(source, target, tmp_path):
    run(source, target)
    write_errors(survey(source, target), tmp_path / "failed.jsonl")
    run(source, tmp_path / "out.jsonl")
    write_errors(survey(source, tmp_path / "out.jsonl"), tmp_path / "same.jsonl")
    [line] = (tmp_path / "failed.jsonl").read_bytes().splitlines()
    row = jsonl.parse(line)
    assert (row["id"], row["error"]["type"]) == ("a3", "DataError")
    assert (tmp_path / "same.jsonl").read_bytes() == (tmp_path / "failed.jsonl").read_bytes()
