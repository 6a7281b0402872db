"""What the service answers: analyses of articles and stories, or what is wrong with them."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from summarizer import Summarizer, report
from summarizer.settings import Settings
from summarizer.testing import FirstClaimWriter, HashEncoder
from summarizer.types import Article
from tests.served import text
from tests.service.in_process import error_of, served


def test_an_analysis_is_what_the_library_gives(client, summarizer):
    found = client.post("/v1/analyze", json={"text": text(7), "title": "Pier"})
    expected = summarizer.analyze(Article(text=text(7), title="Pier", language="en"))
    assert found.status_code == 200
    assert found.text == expected.to_json(indent=None)
    report.validate(found.json())


def test_a_page_is_extracted_from(client):
    page = f"<html><body><article><h1>Pier</h1><p>{text(1)}</p></article></body></html>"
    found = client.post("/v1/analyze", json={"html": page, "url": "https://example.org/pier"})
    [article] = found.json()["articles"]
    assert article["text"].startswith("The harbour board")
    assert article["url"] == "https://example.org/pier"


def test_several_articles_are_one_story_and_a_bad_one_is_warned_of(client):
    sources = [
        {"text": text(1), "url": "https://a.example/1"},
        {"text": "too short"},
        {"url": "http://127.0.0.1/inner"},
        {"text": f"Nothing new about the trams this week. {text(2)}", "url": "https://b.example/2"},
    ]
    found = client.post("/v1/analyze", json=sources).json()
    assert [article["url"] for article in found["articles"]] == [
        "https://a.example/1",
        "https://b.example/2",
    ]
    said = "\n".join(found["warnings"])
    assert "article 2: only" in said
    assert "127.0.0.1 leads to a loopback address" in said


@pytest.mark.parametrize(
    ("body", "status", "kind", "said"),
    [
        ({"text": "too short"}, 422, "TooShortError", "the article: only"),
        ({}, 422, "DataError", 'no "text", "html" or http'),
        ({"url": "file:///etc/passwd"}, 422, "DataError", "http"),
        ({"url": "/etc/passwd"}, 422, "DataError", "http"),
        ({"url": "-"}, 422, "DataError", "http"),
        ({"url": "http://127.0.0.1/"}, 502, "FetchError", "loopback"),
        ({"url": "http://169.254.169.254/latest"}, 502, "FetchError", "metadata"),
        ({"text": "a", "html": "b"}, 422, "DataError", "both"),
        ({"txt": "a"}, 422, "BodyError", "txt"),
        ({"text": 3}, 422, "BodyError", "text"),
        ([], 422, "BodyError", "at least 1"),
        ([{"text": 3}], 422, "BodyError", "0.text"),
        ([{"text": "a"}] * 21, 422, "BodyError", "at most 20"),
        ("a text", 422, "BodyError", ""),
        (None, 422, "BodyError", ""),
        ({"text": "The quay. " * 1_000 + "\ud800"}, 422, "DataError", "surrogate"),
        ({"\ud800": 1}, 422, "BodyError", "unicode"),
    ],
)
def test_what_cannot_be_analysed_is_said(client, body, status, kind, said):
    content = json.dumps(body).encode()
    found = client.post(
        "/v1/analyze", content=content, headers={"Content-Type": "application/json"}
    )
    assert found.status_code == status
    assert error_of(found)[0] == kind
    assert said in error_of(found)[1]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"nul", b"[" * 50_000, b'{"text": NaN}'])
def test_a_body_that_is_no_json_is_said(client, body):
    found = client.post("/v1/analyze", content=body, headers={"Content-Type": "application/json"})
    assert found.status_code in (400, 422)
    assert error_of(found)[0] in ("MalformedError", "BodyError")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/analyze", 405), ("POST", "/", 405), ("GET", "/docs", 404), ("GET", "/x", 404)],
)
def test_other_paths_and_methods_are_refused_alike(client, method, path, status):
    found = client.request(method, path)
    assert found.status_code == status
    error_of(found)


def test_a_story_beyond_the_limit_is_too_large():
    strict = Summarizer(HashEncoder(), FirstClaimWriter(), settings=Settings(max_claims=2))
    with served(strict) as client:
        found = client.post("/v1/analyze", json={"text": text(1)})
    assert found.status_code == 413
    assert error_of(found)[0] == "TooLongError"
