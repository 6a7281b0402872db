"""Who may ask: keys, names of the host, pages of other sites."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from summarizer.cli.serve import _access
from summarizer.errors import SummarizerError
from summarizer.service import Access
from tests.served import text
from tests.service.in_process import KEY, error_of, served


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Basic {KEY}"}, 401),
        ({"X-API-Key": KEY[:-1]}, 401),
        ({"X-API-Key": "schlüssel".encode()}, 401),
        ({"X-API-Key": KEY}, 200),
        ({"Authorization": f"Bearer {KEY}"}, 200),
        ({"Authorization": f"bearer {KEY}"}, 200),
    ],
)
def test_a_key_is_asked_for_where_one_is_set(headers, status):
    with served(access=Access(key=KEY)) as client:
        found = client.post("/v1/analyze", json={"text": text(1)}, headers=headers)
        counts = client.get("/metrics", headers=headers)
        for path in ("/healthz", "/readyz", "/", "/openapi.json"):
            assert client.get(path).status_code == 200
    assert found.status_code == counts.status_code == status
    assert status == 200 or error_of(found)[0] == "UnauthorizedError"
    assert status == 200 or found.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("LOCALHOST", 200),
        ("evil.example", 403),
        ("localhost.evil.example:80", 403),
        ("", 403),
    ],
)
def test_on_loopback_other_names_are_refused(host, status):
    with served(access=_access("127.0.0.1", None, (), ())) as client:
        assert client.get("/healthz", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("origin", "origins", "status", "shared"),
    [
        (None, (), 200, None),
        ("http://localhost", (), 200, None),
        ("https://news.example", (), 403, None),
        ("null", (), 403, None),
        ("https://news.example", ("https://news.example",), 200, "https://news.example"),
        ("https://evil.example", ("https://news.example",), 403, None),
    ],
)
def test_pages_of_other_sites_may_ask_only_where_they_are_let_in(origin, origins, status, shared):
    headers = {"Origin": origin} if origin else {}
    with served(access=Access(origins=frozenset(origins))) as client:
        found = client.post("/v1/analyze", json={"text": text(1)}, headers=headers)
    assert found.status_code == status
    assert found.headers.get("Access-Control-Allow-Origin") == shared


def test_a_preflight_of_a_site_let_in_needs_no_key():
    access = Access(key=KEY, origins=frozenset({"https://news.example"}))
    headers = {
        "Origin": "https://news.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    with served(access=access) as client:
        found = client.options("/v1/analyze", headers=headers)
    assert found.status_code == 200
    assert found.headers["Access-Control-Allow-Origin"] == "https://news.example"


def test_a_page_that_is_let_in_can_read_what_it_is_refused_for():
    access = Access(key=KEY, origins=frozenset({"https://news.example"}))
    headers = {"Origin": "https://news.example"}
    with served(access=access) as client:
        found = client.post("/v1/analyze", json={"text": text(1)}, headers=headers)
    assert found.status_code == 401
    assert found.headers["Access-Control-Allow-Origin"] == "https://news.example"


def test_a_key_that_nobody_could_send_is_refused(tmp_path):
    path = tmp_path / "key"
    for content in ("", "two words", "schlüssel"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(SummarizerError, match="API key"):
            _access("127.0.0.1", path, (), ())
    with pytest.raises(SummarizerError, match="cannot be read"):
        _access("127.0.0.1", tmp_path / "none", (), ())
    path.write_text(f"{KEY}\n", encoding="utf-8")
    assert _access("127.0.0.1", path, (), ()).key == KEY


def test_a_service_for_everybody_without_a_key_is_warned_of(caplog, monkeypatch):
    access = _access("0.0.0.0", None, (), ())
    assert "without an API key" in caplog.text
    assert access.knows_host("any.example")
    caplog.clear()
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    assert _access("0.0.0.0", None, ["news.example"], ()).key == KEY
    assert not _access("0.0.0.0", None, ["news.example"], ()).knows_host("any.example")
    assert not caplog.text
