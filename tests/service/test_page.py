"""The page of the service: a form, answered with the report."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from summarizer.service import Access
from summarizer.types import Article
from tests.served import text
from tests.service.in_process import KEY, served


def test_the_page_loads_nothing_from_anywhere(client):
    found = client.get("/")
    assert found.status_code == 200
    assert "default-src 'none'" in found.headers["Content-Security-Policy"]
    for sign in ("http:", "https:", "<script", "src=", "url("):
        assert sign not in found.text


def test_the_form_is_answered_with_the_report(client, summarizer):
    found = client.post("/report", data={"source": f"  {text(5)}\r\n"})
    article = Article(text=text(5), language="en")
    assert found.status_code == 200
    assert found.text == summarizer.analyze(article).to_html()
    assert found.headers["Content-Security-Policy"].startswith("sandbox ")
    assert "allow-same-origin" not in found.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("source", "status", "said"),
    [
        ("too <b>short</b>", 422, "only"),
        ("http://127.0.0.1/a\nhttp://127.0.0.1/b", 502, "loopback"),
        ("", 422, "fewer than 40"),
    ],
)
def test_what_the_form_cannot_show_is_said_on_a_page(client, source, status, said):
    found = client.post("/report", data={"source": source})
    assert found.status_code == status
    assert said in found.text
    assert "<b>" not in found.text


def test_the_form_has_a_field_for_the_key():
    with served(access=Access(key=KEY)) as client:
        assert 'type="password"' in client.get("/").text
        assert client.post("/report", data={"source": text(1)}).status_code == 401
        given = client.post("/report", data={"source": text(1), "key": KEY})
    assert given.status_code == 200


def test_a_form_of_another_kind_is_refused(client):
    many = "&".join(f"f{n}=1" for n in range(50))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for content in (many.encode(), b"source=%ff", b"\xff"):
        assert client.post("/report", content=content, headers=headers).status_code == 400
