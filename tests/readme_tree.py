"""Writes the lists of folders (README) and files (docs/architecture.md); `make fix` runs it.

What a file is for is the first line of its docstring.
"""

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
    "summarizer/writing/cuts": "what a sentence can do without, one kind a file",
    "summarizer/writing/questions": "the contested question, one kind of rule a file",
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
    "docs": "architecture, service, batches, recipes for other tools, how fast it is",
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


def folders() -> str:
    """Return a line for each folder."""
    listed = packages()
    others = [ROOT / name for name in WHAT_FOLDERS_ARE_FOR if ROOT / name not in listed]
    return "\n".join(map(_head, [*listed, *others]))


def tree() -> str:
    """Return a line for each folder of the packages, with a line for each of its files."""
    return "\n".join(line for folder in packages() for line in _folder(folder))


def _folder(folder: Path) -> Iterator[str]:
    yield _head(folder)
    for file in sorted(folder.glob("*.py")):
        docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        first = docstring.partition("\n")[0].rstrip(".")
        yield f"      {file.name:<20} {first}".rstrip()


def _head(folder: Path) -> str:
    name = folder.relative_to(ROOT).as_posix()
    return f"    {name + '/':<29} {WHAT_FOLDERS_ARE_FOR.get(name, '')}".rstrip()


PAGES = {"README.md": folders, "docs/architecture.md": tree}


def main() -> None:
    """Put each list into its page."""
    for page, made in PAGES.items():
        path = ROOT / page
        before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        path.write_text(f"{before}{BEGIN}{made()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
