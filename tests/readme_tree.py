"""Writes the README's list of files from first lines of docstrings; `make fix` runs it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- tree:begin -->\n", "<!-- tree:end -->"
WHAT_FOLDERS_ARE_FOR = {
    "summarizer": "the package: doors, the pipeline and what flows through it",
    "summarizer/cli": "the command `summarizer`",
    "summarizer/service": "the same over HTTP; the extra `serve`",
    "summarizer/batch": "many articles in one go; Parquet and Ray are the extra `batch`",
    "summarizer/read": "a URL, file or stream becomes a page",
    "summarizer/extract": "a page becomes an article, or a reason why it holds none",
    "summarizer/story": "several articles on one story",
    "summarizer/holders": "who says it",
    "summarizer/viewpoints": "which claims belong to which side",
    "summarizer/writing": "what each side is summed up in, and whether its claims say so",
    "summarizer/english": "rules of the language: words, sentences, clauses, what stands alone",
    "summarizer/models": "encoders and writers; the only place beside training that knows torch",
    "summarizer/cache": "pages and analyses kept between runs",
    "summarizer/training": "from the data folder to the bundled weights",
    "summarizer/training/relation": "stage by stage: rows, batches, losses, scores, export",
    "summarizer/training/writer": "the same for the seq2seq model",
    "summarizer/weights": "the bundled models: safetensors, config, tokenizer and a card for each",
    "summarizer/report": "and beside the code: schema.json, the template and style of the page",
    "eval": "measures through public names; not in the wheel",
    "eval/metrics": "each a pure function of gold and prediction",
    "eval/systems": "what is measured: the product, others in its place, baselines",
    "eval/report": "results as tables, comparisons and plots",
    "eval/suites": "one file per benchmark: its data, runner and scorers",
    "eval/data": "invented articles with their viewpoints, for the gate",
    "eval/measured": "figures of the runs that the README's table is made from",
    "benchmarks": "time and memory beside other tools, in one run; not in the wheel",
    "prompts": "one text file per task, for instruction-tuned, plain and the bundled writer",
    "docs": "recipes for other tools; batches, their size and cost",
    "examples": "a news page to try, and scripts that use the library",
    "tests": "a folder for each package, a file for each module; fakes, strategies, saved pages",
}
LISTED = ("summarizer", "eval")  # the rest of the folders get one line in all
NOT_LISTED = ("eval/suites",)


def packages() -> list[Path]:
    """Return the folders whose files the README lists, the package itself first."""
    folders = {path.parent for name in LISTED for path in (ROOT / name).rglob("*.py")}
    names = sorted(path.relative_to(ROOT).as_posix() for path in folders)
    names.sort(key=lambda name: LISTED.index(name.split("/")[0]))
    return [ROOT / name for name in names if name not in NOT_LISTED]


def tree() -> str:
    """Return the list: a line for each folder and, in packages, a line for each file."""
    listed = packages()
    others = [ROOT / name for name in WHAT_FOLDERS_ARE_FOR if ROOT / name not in listed]
    return "\n".join(
        [*(line for folder in listed for line in _folder(folder)), *map(_head, others)]
    )


def _folder(folder: Path) -> Iterator[str]:
    yield _head(folder)
    for file in sorted(folder.glob("*.py")):
        first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n")[
            0
        ]
        yield f"      {file.name:<20} {first.rstrip('.')}".rstrip()


def _head(folder: Path) -> str:
    name = folder.relative_to(ROOT).as_posix()
    return f"    {name + '/':<22} {WHAT_FOLDERS_ARE_FOR.get(name, '')}".rstrip()


def main() -> None:
    """Put the list into the README."""
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    readme.write_text(f"{before}{BEGIN}{tree()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
