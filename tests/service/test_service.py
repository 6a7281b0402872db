"""The service, in-process: what it answers, what it refuses, and what requests share."""

from __future__ import annotations

import asyncio
import json
import sys
import threading

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from starlette.testclient import TestClient

from summarizer import Summarizer, report
from summarizer.batch import batch as run_batch
from summarizer.batch import survey
from summarizer.cli.serve import _access, serve
from summarizer.errors import FetchError, MissingExtraError, SummarizerError
from summarizer.service import Access, Limits, create_app, warm_up
from summarizer.service.errors import status_of
from summarizer.service.metrics import Metrics
from summarizer.service.queue import Queue
from summarizer.settings import Settings
from summarizer.testing import FirstClaimWriter, HashEncoder
from summarizer.types import Article
from tests.served import text

KEY = "tide-and-time"
LINES = {"Content-Type": "application/x-ndjson"}


class Gate(FirstClaimWriter):
    """A writer that waits until it is let go, and counts its calls."""

    def __init__(self):
        self.open = threading.Event()
        self.open.set()
        self.entered = threading.Event()
        self.calls = 0

    def write(self, requests, /):
        self.calls += 1
        self.entered.set()
        assert self.open.wait(30)
        return super().write(requests)


@pytest.fixture(scope="module")
def summarizer():
    return Summarizer(HashEncoder(), FirstClaimWriter())


@pytest.fixture(scope="module")
def client(summarizer):
    limits = Limits(max_bytes=100_000)
    with TestClient(create_app(summarizer, limits=limits), base_url="http://localhost") as client:
        yield client


def served(summarizer=None, *, limits=None, access=None):
    app = create_app(
        summarizer or Summarizer(HashEncoder(), FirstClaimWriter()), limits=limits, access=access
    )
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def error_of(response):
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"type", "message"}
    return body["error"]["type"], body["error"]["message"]


# Analyses


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


# Batches


def batch(client, lines):
    found = client.post("/v1/batch", content="\n".join(lines), headers=LINES)
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in found.text.splitlines()]


def test_a_batch_gives_what_the_command_gives(client, summarizer, tmp_path):
    lines = [
        json.dumps({"id": "a", "text": text(1)}),
        "garbage",
        "",
        json.dumps({"id": 2, "text": "too short"}),
        json.dumps({"text": text(3)}),
        json.dumps({"id": True, "text": text(3)}),
        json.dumps({"id": 4, "url": "file:///etc/passwd"}),
        *(json.dumps({"id": f"b{n}", "text": text(n)}) for n in range(20)),
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run_batch(summarizer, survey(source, target))
    expected = target.read_text(encoding="utf-8")
    found = client.post("/v1/batch", content="\n".join(lines), headers=LINES)
    assert found.text == expected


def test_a_fault_in_a_batch_is_that_lines_error(caplog):
    class Picky(FirstClaimWriter):
        def write(self, requests, /):
            if any("13 letters" in text for request in requests for text in request.texts):
                raise RuntimeError("thirteen")
            return super().write(requests)

    lines = [json.dumps({"id": n, "text": text(n)}) for n in (12, 13, 14)]
    with served(Summarizer(HashEncoder(), Picky())) as client:
        found = batch(client, lines)
    assert [row["id"] for row in found] == [12, 13, 14]
    assert [next(iter(row.keys() - {"id"})) for row in found] == ["analysis", "error", "analysis"]
    assert found[1]["error"]["type"] == "InternalError"
    assert "thirteen" not in found[1]["error"]["message"]
    assert "thirteen" in caplog.text


def test_an_empty_batch_has_no_answers(client):
    assert batch(client, [""]) == []


# Limits


@pytest.mark.parametrize("path", ["/v1/analyze", "/v1/batch", "/report"])
def test_a_large_body_is_refused_however_it_comes(client, path):
    form = {
        "/v1/analyze": "application/json",
        "/v1/batch": "application/x-ndjson",
        "/report": "application/x-www-form-urlencoded",
    }
    headers = {"Content-Type": form[path]}
    parts = (b"x" * 10_000 for _ in range(11))
    for content in (b"x" * 100_001, parts):
        found = client.post(path, content=content, headers=headers)
        assert found.status_code == 413
        if path != "/report":
            assert error_of(found)[0] == "BodyTooLargeError"


@pytest.mark.parametrize("path", ["/v1/analyze", "/v1/batch", "/report"])
def test_another_media_type_is_refused(client, path):
    found = client.post(path, content=b"{}", headers={"Content-Type": "text/plain"})
    assert found.status_code == 415
    assert error_of(found)[0] == "MediaTypeError"


def test_too_many_at_once_are_told_when_to_come_back():
    gate = Gate()
    gate.open.clear()
    limits = Limits(requests=2)
    with served(Summarizer(HashEncoder(), gate), limits=limits) as client:
        answers = []
        threads = [
            threading.Thread(
                target=lambda n=n: answers.append(
                    client.post("/v1/analyze", json={"text": text(n)})
                )
            )
            for n in range(2)
        ]
        for thread in threads:
            thread.start()
        assert gate.entered.wait(30)
        while "summarizer_requests_running 2.0" not in client.get("/metrics").text:
            pass
        refused = client.post("/v1/analyze", json={"text": text(9)})
        unready = client.get("/readyz")
        alive = client.get("/healthz")
        gate.open.set()
        for thread in threads:
            thread.join()
        again = client.post("/v1/analyze", json={"text": text(9)})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert error_of(refused)[0] == "BusyError"
    assert unready.status_code == 503
    assert alive.status_code == again.status_code == 200
    assert [answer.status_code for answer in answers] == [200, 200]


def test_what_is_not_done_in_time_is_given_up():
    gate = Gate()
    gate.open.clear()
    limits = Limits(timeout_s=0.3)
    with served(Summarizer(HashEncoder(), gate), limits=limits) as client:
        found = client.post("/v1/analyze", json={"text": text(1)})
        [row] = batch(client, [json.dumps({"id": 1, "text": text(1)})])
        gate.open.set()
        while client.post("/v1/analyze", json={"text": text(2)}).status_code == 504:
            pass  # the models are still at what was given up
        assert "summarizer_requests_running 0.0" in client.get("/metrics").text
    assert found.status_code == 504
    assert error_of(found)[0] == row["error"]["type"] == "DeadlineError"


# Sharing


def test_requests_at_once_share_a_window_and_answers_are_as_alone():
    gate = Gate()
    with served(Summarizer(HashEncoder(), gate)) as client:
        alone = [client.post("/v1/analyze", json={"text": text(n)}).content for n in range(9)]
        before = gate.calls
        gate.open.clear()
        gate.entered.clear()
        together: dict[int, bytes] = {}

        def ask(n):
            together[n] = client.post("/v1/analyze", json={"text": text(n)}).content

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(9)]
        threads[0].start()
        assert gate.entered.wait(30)  # the first is at work; the others meet in the next window
        for thread in threads[1:]:
            thread.start()
        while "summarizer_stories_waiting 8.0" not in client.get("/metrics").text:
            pass
        gate.open.set()
        for thread in threads:
            thread.join()
        assert [together[n] for n in range(9)] == alone
        per_window = before / 9
        assert gate.calls - before == 2 * per_window


def test_a_window_that_breaks_harms_only_who_broke_it():
    class Picky(FirstClaimWriter):
        def write(self, requests, /):
            if any("13 letters" in text for request in requests for text in request.texts):
                raise RuntimeError("thirteen")
            return super().write(requests)

    picky = Summarizer(HashEncoder(), Picky())
    stories = [picky.prepare(Article(text=text(n))) for n in (12, 13, 14)]

    async def run():
        queue = Queue(picky.analyze_many, limits=Limits(), metrics=Metrics())
        queue.start()
        outcomes = await asyncio.gather(*map(queue.analyze, stories), return_exceptions=True)
        await queue.stop()
        return outcomes

    one, bad, other = asyncio.run(run())
    assert str(bad) == "thirteen"
    assert one == picky.analyze(Article(text=text(12)))
    assert other == picky.analyze(Article(text=text(14)))


def test_a_caller_that_leaves_takes_its_story_along():
    seen = []

    def analyze(stories):
        seen.append(list(stories))
        return stories

    async def run():
        queue = Queue(analyze, limits=Limits(), metrics=Metrics())
        leaving = asyncio.create_task(queue.analyze("left"))
        staying = asyncio.create_task(queue.analyze("stayed"))
        await asyncio.sleep(0)
        leaving.cancel()
        queue.start()
        assert await staying == "stayed"
        await queue.stop()
        assert not queue.runs

    asyncio.run(run())
    assert seen == [["stayed"]]


def test_stopping_finishes_what_waits():
    async def run():
        queue = Queue(lambda stories: stories, limits=Limits(window=2), metrics=Metrics())
        tasks = [asyncio.create_task(queue.analyze(n)) for n in range(7)]
        await asyncio.sleep(0)
        queue.start()
        await queue.stop()
        return await asyncio.gather(*tasks)

    assert asyncio.run(run()) == list(range(7))


def test_stopping_finishes_what_is_being_worked_on():
    async def run():
        begun, go_on = threading.Event(), threading.Event()

        def analyze(stories):
            begun.set()
            assert go_on.wait(30)
            return stories

        queue = Queue(analyze, limits=Limits(), metrics=Metrics())
        queue.start()
        task = asyncio.create_task(queue.analyze("a story"))
        await asyncio.to_thread(begun.wait, 30)
        stopping = asyncio.create_task(queue.stop())
        await asyncio.sleep(0.05)
        go_on.set()
        await stopping
        return await asyncio.wait_for(task, 30)

    assert asyncio.run(run()) == "a story"


# Who may ask


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


# The page


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


# The command


def test_every_error_of_the_package_has_a_status_of_its_own_kind():
    assert status_of(FetchError("x")) == 502
    assert status_of(SummarizerError("x")) == 500


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


def test_warming_up_asks_the_models():
    gate = Gate()
    warm_up(Summarizer(HashEncoder(), gate))
    assert gate.calls > 0


def test_without_the_extra_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingExtraError, match=r"\[serve\]"):
        serve()
