"""What a start may load: each of these libraries takes as long to import as all of ours."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import torch

from benchmarks import floor, memory, texts, throughput
from benchmarks.__main__ import main
from benchmarks.check import LIMITS
from benchmarks.page import write
from benchmarks.timing import Spent, in_turn, process, ratio, summary
from summarizer.models.bart import Bart
from summarizer.models.bert import Bert

HEAVY = ("transformers", "sentence_transformers", "sklearn", "pandas", "nltk", "huggingface_hub")


def loaded(code: str, root) -> set[str]:
    """Return the top-level modules that are loaded after `code` has run."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("code", ["import summarizer", "import summarizer.cli.app"])
def test_importing_the_package_or_its_command_line_loads_no_heavy_library(root, code):
    assert not loaded(code, root) & {"torch", "numpy", "scipy", "httpx", "lxml", *HEAVY}


def test_an_analysis_with_the_bundled_models_loads_no_second_stack(root):
    code = (
        "from summarizer import Article, Summarizer\n"
        "text = 'The tram should be built, says the mayor. Shops fear that it drives them away. '\n"
        "Summarizer.from_pretrained(offline=True).analyze(Article(text=text * 3))"
    )
    found = loaded(code, root)
    assert "torch" in found
    assert not found & set(HEAVY)


def test_a_file_is_analysed_without_what_fetches_and_what_reads_markdown(root):
    code = (
        "from summarizer.pipeline import Summarizer\n"
        "from summarizer.testing import FirstClaimWriter, HashEncoder\n"
        "Summarizer(HashEncoder(), FirstClaimWriter()).analyze('examples/article.html')"
    )
    assert not loaded(code, root) & {"httpx", "httpcore", "markdown_it", "torch", *HEAVY}


def test_help_is_quick(root):
    taken = [process(["-m", "summarizer", "--help"]).spent.cpu for _ in range(3)]
    torch = process(["-c", "import torch"]).spent.cpu
    assert min(taken) < 0.4 * torch  # half a second where importing torch takes more than one


def test_works_are_timed_in_turn_and_the_slow_ones_less_often():
    calls = []
    works = {name: (lambda name=name: calls.append(name)) for name in ("a", "b", "slow")}
    found = in_turn(works, rounds=3, fewer={"slow": 1})
    assert calls == ["a", "b", "a", "b", "slow", "a", "b", "a", "b"]
    assert {name: len(some) for name, some in found.items()} == {"a": 3, "b": 3, "slow": 1}


def test_ratios_are_of_pairs_and_the_median_counts():
    found = {
        "one": [Spent(cpu=cpu, wall=0) for cpu in (2, 40, 2)],
        "other": [Spent(cpu=cpu, wall=0) for cpu in (1, 10, 1)],
    }
    assert ratio(found, "one", "other") == {"median": 2, "least": 2, "most": 4, "runs": 3}
    assert summary([3.0, 1.0, 2.0])["median"] == 2.0


def test_a_process_says_what_it_took_and_one_that_fails_is_an_error():
    done = process(["-c", "print('ready'); sum(range(2_000_000))"])
    assert done.out.strip() == "ready"
    assert done.spent.cpu > 0
    assert done.peak_mb > 5
    with pytest.raises(RuntimeError, match="exit code 3"):
        process(["-c", "raise SystemExit(3)"])


@pytest.mark.parametrize("number", [10, 100, 400])
def test_long_articles_have_as_many_sentences_as_were_asked_for_all_different(number):
    found = texts.sentences(texts.of_claims(number).text)
    assert number * 0.9 <= len(found) <= number * 1.2
    assert len(set(found)) >= 0.95 * len(found)
    articles = texts.many(30)
    assert len({article.text for article in articles}) == 30


def test_the_page_of_results_is_what_the_measured_figures_make_of_it(root, tmp_path):
    file = root / "benchmarks" / "measured" / "results.json"
    write(json.loads(file.read_text(encoding="utf-8")), tmp_path / "performance.md")
    made = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert made == (root / "docs" / "performance.md").read_text(encoding="utf-8")
    assert (tmp_path / "scale.svg").exists() == (root / "docs" / "scale.svg").exists()


def test_the_memory_of_a_course_is_said_with_the_size_of_its_articles(tmp_path):
    course = memory._many("fakes", 4)
    assert course["words"] == texts.words(texts.many(4)) // 4
    found = {"when": "today", "peak_of_one_mb": {"loaded": 1.0}, "courses": {"fakes": course}}
    write({"memory": found}, tmp_path / "page.md")
    assert f"| fakes | 4 | {course['words']} |" in (tmp_path / "page.md").read_text("utf-8")


def test_the_floor_counts_what_is_computed_and_leaves_the_models_as_they_were(monkeypatch):
    for kind, name in ((Bert, "_read"), (Bart, "step"), (Bart, "read")):
        monkeypatch.setattr(kind, name, lambda self, tokens, *others: others)
    before = Bert._read
    with floor._counted() as work:
        assert Bert._read(None, torch.zeros(7), 1) == (1,)
        Bart.step(None, torch.zeros(2, 3), 1)
        Bart.read(None, torch.zeros(4, 5), 1, 2)
    assert (work.encoded_tokens, work.decoder_passes, work.decoder_rows) == (7, 2, 26)
    assert Bert._read is before


def test_throughput_is_of_what_more_articles_take_than_few(monkeypatch):
    runs = iter([{"wall": 10.0, "cpu": 8.0}, {"wall": 42.0, "cpu": 72.0}] * 2)
    monkeypatch.setattr(throughput, "_run", lambda articles, way: next(runs))
    found = throughput.throughput(slow=False)
    assert list(found["rows"]) == ["one process", "two processes"]
    assert found["rows"]["one process"] == {
        "articles_a_second": 4.0,
        "cpu_an_article": 0.5,
        "core_hours_a_million": 139,
        "cost_a_million": 5.56,
    }


def test_commands_that_run_at_once_are_all_waited_for(monkeypatch):
    articles = texts.many(3)
    rows = [json.loads(line) for line in throughput._rows(articles).splitlines()]
    assert [row["text"] for row in rows] == [article.text for article in articles]
    took = throughput._run([], throughput.WAYS["two processes"])
    assert took["cpu"] > 0 < took["wall"]
    monkeypatch.setattr(throughput, "_rows", lambda articles: '{"id": 1}\n{"id": 1}\n')
    with pytest.raises(RuntimeError, match="exit code 1"):
        throughput._run([], throughput.WAYS["one process"])


def test_what_fails_the_check_is_named_and_the_exit_code_says_so(monkeypatch, capsys):
    name = next(iter(LIMITS))
    for value, code in ((LIMITS[name] + 1, 1), (LIMITS[name], 0)):
        monkeypatch.setattr("benchmarks.check.check", lambda value=value: {name: value})
        assert main(["check"]) == code
        assert ("FAILED" in capsys.readouterr().out) == bool(code)
