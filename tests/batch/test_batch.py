from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import jsonl
from summarizer.analysis import Analysis
from summarizer.batch import batch, survey
from summarizer.batch.keys import among, digest, first_repeated, keys_of
from summarizer.errors import DataError, ReadError
from tests.fakes import TEXT, FakeSummarizer

LONG = " ".join([TEXT] * 3)


def write_lines(path: Path, rows: list[object]) -> Path:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run(source: Path, target: Path, summarizer=None, **options):
    return batch(summarizer or FakeSummarizer(), survey(source, target), **options)


def urls(count: int) -> list[object]:
    return [{"id": f"a{n}", "url": f"https://example.org/{n}"} for n in range(count)]


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out.jsonl"


@pytest.fixture
def source(tmp_path):
    return tmp_path / "in.jsonl"


def test_each_line_gives_its_analysis_in_the_order_of_the_input(source, target):
    write_lines(source, urls(7))
    tally = run(source, target, window=3)
    rows = read_lines(target)
    assert [row["id"] for row in rows] == [f"a{n}" for n in range(7)]
    addresses = [Analysis.from_dict(row["analysis"]).articles[0].url for row in rows]
    assert addresses == [f"https://example.org/{n}" for n in range(7)]
    assert (tally.total, tally.failed) == (7, 0)


def test_articles_go_to_the_models_a_window_at_a_time(source, target):
    write_lines(source, [*urls(5), b"garbage"])
    summarizer = FakeSummarizer()
    run(source, target, summarizer, window=4)
    assert summarizer.windows == [4, 1]


def test_text_and_html_lines_are_extracted_and_keep_title_and_address(source, target):
    html = f"<html><body><article><h1>Trams</h1><p>{LONG}</p><p>{LONG}</p></article></body></html>"
    write_lines(
        source,
        [
            {"id": 1, "text": LONG, "title": "Trams"},
            {"id": 2, "html": html, "url": "https://example.org/trams"},
        ],
    )
    run(source, target)
    first, second = (Analysis.from_dict(row["analysis"]) for row in read_lines(target))
    assert first.articles[0].title == "Trams"
    assert "Shop owners fear" in first.articles[0].text
    assert second.articles[0].url == "https://example.org/trams"
    assert "<p>" not in second.articles[0].text


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b"{not json", "JSON"),
        (b"[1, 2]", "object"),
        (b'{"id": "\xff"}', "JSON"),
        (b"[" * 100_000, "JSON"),
        ({"id": "a"}, "url"),
        ({"id": "a", "url": "/etc/hostname"}, "url"),
        ({"id": "a", "url": "file:///etc/hostname"}, "url"),
        ({"id": "a", "text": 5}, "int"),
        ({"id": "a", "text": "\ud800" * 50}, "surrogate"),
        ({"id": "a", "text": "x", "html": "y"}, "both"),
        ({"id": None, "text": LONG}, "id"),
        ({"id": True, "text": LONG}, "id"),
        ({"text": LONG}, "id"),
    ],
)
def test_a_bad_line_becomes_its_own_error_and_the_rest_goes_on(source, target, row, message):
    write_lines(source, [*urls(1), row, {"id": "z", "url": "https://example.org/z"}])
    tally = run(source, target)
    first, bad, last = read_lines(target)
    assert "analysis" in first
    assert "analysis" in last
    assert bad["error"]["type"] == "DataError"
    assert message in bad["error"]["message"]
    assert tally.failed == 1


def test_a_line_without_an_id_is_named_by_its_number(source, target):
    write_lines(source, [*urls(1), b"", b"garbage"])
    run(source, target)
    assert read_lines(target)[1] | {"error": None} == {"id": None, "line": 3, "error": None}


def test_a_failed_article_is_reported_with_its_type_and_message(source, target):
    write_lines(source, urls(3))
    tally = run(source, target, FakeSummarizer(failing=["https://example.org/1"]))
    assert read_lines(target)[1] == {
        "id": "a1",
        "error": {
            "type": "TooShortError",
            "message": "https://example.org/1: 3 words; give at least 40",
        },
    }
    assert tally.failed == 1


def test_too_short_a_text_is_an_error_of_its_line(source, target):
    write_lines(source, [{"id": 1, "text": "Ten words are not enough to compare any views."}])
    run(source, target)
    assert read_lines(target)[0]["error"]["type"] == "TooShortError"


@given(cut=st.integers(0, 10_000), window=st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_a_run_killed_at_any_byte_ends_with_the_bytes_of_a_run_left_alone(
    tmp_path_factory, cut, window
):
    folder = tmp_path_factory.mktemp("killed")
    rows = [*urls(3), b"garbage", {"id": 7, "text": "short"}, {"id": "7", "text": LONG}, *[]]
    source = write_lines(folder / "in.jsonl", rows)
    run(source, folder / "whole.jsonl")
    whole = (folder / "whole.jsonl").read_bytes()
    (folder / "cut.jsonl").write_bytes(whole[: cut % (len(whole) + 1)])
    tally = run(source, folder / "cut.jsonl", window=window)
    assert (folder / "cut.jsonl").read_bytes() == whole
    assert (tally.total, tally.failed) == (6, 2)


def test_what_is_done_is_not_done_again(source, target):
    write_lines(source, urls(6))
    with pytest.raises(KeyboardInterrupt):
        run(source, target, FakeSummarizer(stop_after=4))
    assert [row["id"] for row in read_lines(target)] == ["a0", "a1", "a2", "a3"]
    again = FakeSummarizer()
    steps = []
    run(source, target, again, advance=lambda: steps.append(1))
    assert again.seen == ["https://example.org/4", "https://example.org/5"]
    assert len(steps) == 2
    assert [row["id"] for row in read_lines(target)] == [f"a{n}" for n in range(6)]


def test_an_id_that_stands_twice_is_refused_with_both_lines_and_nothing_is_written(source, target):
    write_lines(source, [*urls(2), {"id": "a0", "url": "https://example.org/other"}])
    with pytest.raises(DataError, match=r"in\.jsonl:3: id 'a0' stands in line 1"):
        survey(source, target)
    assert not target.exists()


def test_the_number_1_and_the_text_1_are_two_ids(source, target):
    write_lines(source, [{"id": n, "url": "https://example.org/"} for n in (1, "1")])
    run(source, target)
    assert [row["id"] for row in read_lines(target)] == [1, "1"]


def test_an_output_that_is_no_batch_is_left_alone(source, target):
    write_lines(source, urls(1))
    target.write_text("my diary\n", encoding="utf-8")
    with pytest.raises(DataError, match="name another file"):
        survey(source, target)
    assert target.read_text(encoding="utf-8") == "my diary\n"


def test_the_input_cannot_be_its_own_output(source):
    write_lines(source, urls(1))
    with pytest.raises(DataError, match="the input itself"):
        survey(source, source)


def test_a_missing_input_is_a_read_error(source, target):
    with pytest.raises(ReadError, match="no such file"):
        survey(source, target)


def test_rows_are_read_a_window_at_a_time(source, target, monkeypatch):
    write_lines(source, urls(50))
    plan = survey(source, target)
    read = []
    parse = jsonl.parse
    monkeypatch.setattr(jsonl, "parse", lambda raw: read.append(raw) or parse(raw))
    ahead = []
    written = iter(range(1, 51))
    batch(FakeSummarizer(), plan, window=5, advance=lambda: ahead.append(len(read) - next(written)))
    assert max(ahead) < 5


def test_memory_does_not_grow_with_the_texts(source, target):
    write_lines(source, [b"[" + b"x" * 20_000 for _ in range(1_000)])
    tracemalloc.start()
    try:
        run(source, target)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert source.stat().st_size > 20_000_000
    assert peak < 4_000_000


@pytest.mark.parametrize("change", ["more", "fewer", "others"])
def test_an_input_that_changes_under_the_run_stops_it(source, target, change):
    write_lines(source, urls(4))
    plan = survey(source, target)
    rows = {"more": urls(5), "fewer": urls(3), "others": urls(5)[1:]}
    write_lines(source, rows[change])
    with pytest.raises(DataError, match="has changed"):
        batch(FakeSummarizer(), plan)
    write_lines(source, urls(4))
    run(source, target)
    assert [row["id"] for row in read_lines(target)] == [f"a{n}" for n in range(4)]


def test_lines_that_another_program_wrote_anew_are_still_known(source, target):
    write_lines(source, [*urls(3), b"garbage"])
    run(source, target, FakeSummarizer(failing=["https://example.org/1"]))
    compact = [json.dumps(row, separators=(",", ":")) for row in read_lines(target)]
    target.write_text("\n".join([*compact, ""]), encoding="utf-8")
    plan = survey(source, target)
    assert (plan.resumed, plan.failures) == (4, {"TooShortError": 1, "DataError": 1})


@given(
    keys=st.lists(st.tuples(st.just("id"), st.integers(0, 6) | st.text(max_size=2)), max_size=9),
    others=st.lists(st.tuples(st.just("id"), st.integers(0, 6) | st.text(max_size=2)), max_size=9),
)
def test_keys_are_told_apart_as_the_ids_are(keys, others):
    here, there = (keys_of(b"".join(map(digest, some))) for some in (keys, others))
    assert among(here, there).tolist() == [key in others for key in keys]
    repeats = [n for n, key in enumerate(keys) if key in keys[:n]]
    expected = (keys.index(keys[repeats[0]]), repeats[0]) if repeats else None
    assert first_repeated(here) == expected


def test_an_empty_input_makes_an_empty_output(source, target):
    write_lines(source, [])
    assert run(source, target).total == 0
    assert target.read_bytes() == b""
