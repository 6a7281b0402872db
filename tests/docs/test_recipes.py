"""The recipes for other tools, run with models that need no weights; the notebook with the real."""

from __future__ import annotations

import json
from importlib import util
from types import ModuleType

import pytest
from lxml import html

from summarizer import Article, Summarizer
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests import example

EXAMPLES = example.PAGE.parent


def recipe(name: str) -> ModuleType:
    spec = util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def summarizer():
    return Summarizer(HashEncoder(), FirstClaimWriter(), offline=True)


# feed.py


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_feed_is_analysed_from_its_oldest_item_on(tmp_path, summarizer, capsys):
    feed = recipe("feed")
    feed.main(str(feed.FEED), tmp_path, summarizer)
    rows = lines(tmp_path / "analyses.jsonl")
    assert [row["id"] for row in rows] == ["lamp-101", "lamp-102"]
    [article] = rows[1]["analysis"]["articles"]
    assert article["title"] == "Should the quarry lake be opened for swimming?"
    assert article["url"] == "https://marlow-lamp.example/quarry-lake"
    assert "“Half the town climbs over it anyway" in article["text"]
    assert "<p>" not in article["text"]
    assert capsys.readouterr().out == "2 new, 0 of 2 failed so far\n"


def test_only_new_items_of_a_feed_are_analysed(tmp_path, summarizer, capsys):
    feed = recipe("feed")
    whole = feed.FEED.read_text(encoding="utf-8")
    start, end = whole.index("<item>"), whole.index("</item>") + len("</item>")
    older = tmp_path / "feed.xml"
    older.write_text(whole[:start] + whole[end:], encoding="utf-8")
    feed.main(str(older), tmp_path / "state", summarizer)
    before = (tmp_path / "state" / "analyses.jsonl").read_bytes()
    older.write_text(whole, encoding="utf-8")
    for _ in range(2):
        feed.main(str(older), tmp_path / "state", summarizer)
    after = (tmp_path / "state" / "analyses.jsonl").read_bytes()
    assert after.startswith(before)
    assert [row["id"] for row in lines(tmp_path / "state" / "analyses.jsonl")] == [
        "lamp-101",
        "lamp-102",
    ]
    said = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in said] == ["1 new", "1 new", "0 new"]


def test_an_item_without_its_text_is_left_to_its_address():
    feed = recipe("feed")
    [entry] = feed.feedparser.parse(
        "<rss version='2.0'><channel><item><title>T</title><link>https://a.example/1</link>"
        "<description>a teaser</description></item></channel></rss>"
    ).entries
    assert feed.as_row(entry) == {
        "id": "https://a.example/1",
        "title": "T",
        "url": "https://a.example/1",
    }


def test_what_is_no_feed_is_said(tmp_path, summarizer):
    feed = recipe("feed")
    page = tmp_path / "page.html"
    page.write_text("<html><body>Nothing here.</body></html>")
    with pytest.raises(SystemExit, match="no feed"):
        feed.main(str(page), tmp_path / "state", summarizer)
    assert not (tmp_path / "state").exists()


# pandas_column.py


def test_a_table_gets_its_columns_row_by_row(summarizer):
    pandas_column = recipe("pandas_column")
    before = pandas_column.pd.read_csv(pandas_column.TABLE)
    after = pandas_column.add_viewpoints(before, summarizer)
    assert list(after.id) == ["harbour", "trees", "short"]
    assert list(before.columns) == ["id", "title", "text"]
    for row in after.itertuples():
        assert row.viewpoints == len(row.labels) == len(row.holders)
    assert after.viewpoints.sum() > 0
    assert after.question[1] == "Old limes or a new cycle path?" or after.viewpoints[1] < 2


def test_a_row_that_cannot_be_analysed_says_why(summarizer):
    pandas_column = recipe("pandas_column")
    frame = pandas_column.pd.DataFrame({"title": ["A", "B"], "text": ["", example.article().text]})
    after = pandas_column.add_viewpoints(frame, summarizer)
    assert "no text" in after.error[0]
    assert after.error.isna()[1]


def test_a_table_in_a_file_becomes_one_with_more_columns(tmp_path, summarizer, monkeypatch):
    pandas_column = recipe("pandas_column")
    monkeypatch.setattr(pandas_column.Summarizer, "from_pretrained", lambda: summarizer)
    pandas_column.main(pandas_column.TABLE, tmp_path / "out.csv")
    frame = pandas_column.pd.read_csv(tmp_path / "out.csv")
    assert list(frame.columns[3:]) == ["question", "viewpoints", "labels", "holders", "error"]
    assert list(frame.id) == ["harbour", "trees", "short"]


# static_site.py


def test_a_site_has_a_page_for_each_article_and_an_index_that_finds_them(
    tmp_path, summarizer, capsys
):
    site = recipe("static_site")
    site.main(tmp_path, [str(example.PAGE), str(tmp_path / "no-such-page.html")], summarizer)
    index = html.fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    [link] = index.xpath("//li/a")
    assert link.text == example.article().title
    page = (tmp_path / link.get("href")).read_text(encoding="utf-8")
    assert example.article().title in page
    assert "no-such-page.html" in capsys.readouterr().out


def test_a_title_cannot_put_a_script_into_the_index(tmp_path, summarizer):
    site = recipe("static_site")
    page = tmp_path / "page.html"
    body = "".join(f"<p>{text}</p>" for text in example.article().text.split("\n\n"))
    page.write_text(
        f"<html><head><title>Trams &lt;script&gt;alert(1)&lt;/script&gt;</title></head>"
        f"<body><article>{body}</article></body></html>",
        encoding="utf-8",
    )
    site.main(tmp_path / "site", [str(page)], summarizer)
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in index
    assert "<script" not in index


def test_pages_of_two_articles_with_one_title_have_two_names(summarizer):
    site = recipe("static_site")
    one, other = (
        summarizer.analyze(Article(title="Trams", text=text))
        for text in (example.article().text, example.article().text + "\n\nIt rained.")
    )
    assert site.page_name(one) != site.page_name(other)
    assert site.page_name(one) == site.page_name(one)


# notebook.ipynb


def test_the_notebook_runs_and_shows_the_report_and_a_table(monkeypatch):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(EXAMPLES.parent))
    notebook = nbformat.read(EXAMPLES / "notebook.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs for cell in code)  # none are committed
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(EXAMPLES)}}
    )
    client.execute()
    shown = [
        output.data
        for cell in code
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]
    report, claims, stances = shown
    frame = html.fromstring(report["text/html"])
    assert frame.tag == "iframe"
    assert example.article().title in frame.get("srcdoc")
    assert "<table" in claims["text/html"]
    assert stances["text/plain"].count("\n") >= 3
