from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from eval import build, data, provenance
from eval.cache import Cache, default_folder, key_of
from eval.session import Options, run_all
from eval.systems.cached import cached, vectors
from eval.systems.product import Product
from summarizer import DataError, Settings, Summarizer
from summarizer.protocols import Passage, Reading, RelationEncoder
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests import tiny_models

TEXTS = ["Trams are loud.", "Trams are clean.", "Trams are loud."]


class CountingEncoder(HashEncoder):
    """A relation encoder that remembers what it was asked."""

    def __init__(self):
        super().__init__(width=8)
        self.texts, self.passages = [], []

    def encode(self, texts, /):
        self.texts += texts
        return super().encode(texts)

    def read(self, passages, /):
        self.passages += passages
        return [self._read(passage) for passage in passages]

    def _read(self, passage):
        n = len(passage.sentences)
        sides = np.full((n, n), 0.5) - 0.5 * np.eye(n)
        return Reading(types=np.full((n, 3), 1 / 3), sides=sides, stances=np.linspace(-1, 1, n))


# -- the store -------------------------------------------------------------------------------


def test_what_was_put_is_found_by_another_process_and_nothing_else_is(root, tmp_path):
    Cache(tmp_path).put({"a": b"1", "b": b""})
    code = """
        import sys
        from pathlib import Path
        from eval.cache import Cache
        print(Cache(Path(sys.argv[1])).get(["a", "b", "c"]))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)]
    out = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert out.stdout.strip() == "{'a': b'1', 'b': b''}"


def test_more_entries_than_one_statement_takes(tmp_path):
    entries = {str(n): bytes([n % 256]) for n in range(1201)}
    cache = Cache(tmp_path)
    cache.put(entries)
    assert cache.get(list(entries)) == entries


def test_without_a_folder_nothing_is_kept():
    cache = Cache()
    cache.put({"a": b"1"})
    assert cache.get(["a"]) == {}
    assert not cache.kept


WRITER = """
    import sys
    from pathlib import Path
    from eval.cache import Cache
    cache = Cache(Path(sys.argv[1]))
    for n in range(150):
        cache.put({f"{n}": b"same", f"{sys.argv[2]}-{n}": sys.argv[2].encode()})
        assert cache.get([f"{n}"]) == {f"{n}": b"same"}
"""


def test_two_processes_may_write_at_once(root, tmp_path):
    code = textwrap.dedent(WRITER)
    command = [sys.executable, "-c", code, str(tmp_path)]
    processes = [subprocess.Popen([*command, name], cwd=root) for name in ("one", "two")]
    assert [process.wait() for process in processes] == [0, 0]
    cache = Cache(tmp_path)
    for name in ("one", "two"):
        assert len(cache.get([f"{name}-{n}" for n in range(150)])) == 150


def test_a_broken_file_is_told_and_not_overwritten(tmp_path):
    file = tmp_path / "cache.sqlite3"
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(DataError, match="--no-cache"):
        Cache(tmp_path).get(["a"])
    assert file.read_bytes() == b"not a database" * 100


def test_keys_tell_parts_apart():
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})


def test_the_default_folder_lies_outside_the_checkout(root):
    assert root not in default_folder().parents


# -- encodings -------------------------------------------------------------------------------


def test_a_text_is_encoded_once_for_each_encoder(tmp_path):
    asked = []

    def encode(texts):
        asked.append(list(texts))
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)

    for name in ("one", "one", "two"):
        found = vectors(TEXTS, encode, cache=Cache(tmp_path), encoder=name)
        assert np.array_equal(found, [[15, 1], [16, 1], [15, 1]])
    assert asked == [TEXTS[:2], TEXTS[:2]]


def test_readings_come_back_as_they_were(tmp_path):
    own = CountingEncoder()
    passages = [Passage(sentences=("Trams.", "No trams."), prefix="Trams?"), Passage(sentences=())]
    first = cached(own, Cache(tmp_path)).read(passages)
    again = cached(own, Cache(tmp_path)).read([*passages, replace(passages[0], prefix="Buses?")])
    assert len(own.passages) == 3
    for one, other, plain in zip(first, again, own.read(passages), strict=False):
        for name in ("types", "sides", "stances"):
            expected = getattr(plain, name)
            assert np.array_equal(getattr(one, name), expected)
            assert np.array_equal(getattr(other, name), expected)
            assert getattr(other, name).dtype == expected.dtype


def test_a_wrapped_encoder_is_still_what_it_was(tmp_path):
    assert isinstance(cached(CountingEncoder(), Cache(tmp_path)), RelationEncoder)
    assert not isinstance(cached(HashEncoder(), Cache(tmp_path)), RelationEncoder)


def test_the_product_gives_the_same_bytes_with_and_without_a_cache(tmp_path):
    base = tiny_models.encoder(tmp_path / "base")
    folders = {
        "encoder": tiny_models.relation(tmp_path / "relation", base),
        "writer": tiny_models.writer(tmp_path / "writer"),
    }
    product = Summarizer.from_pretrained(**folders)
    row = data.read_jsonl(data.BUNDLED / "gate.jsonl")[0]
    article = build.article(row)
    plain = product.analyze(article).to_json()
    for _ in range(2):
        encoder = cached(product.encoder, Cache(tmp_path))
        again = Summarizer(encoder, product.writer, settings=product.settings)
        assert again.analyze(article).to_json() == plain


# -- predictions -----------------------------------------------------------------------------


def _fakes(monkeypatch, asked, **settings):
    product = Summarizer(HashEncoder(), FirstClaimWriter(), settings=Settings(**settings))
    original = product.cluster_claims

    def count(texts, **options):
        asked.append(texts)
        return original(texts, **options)

    monkeypatch.setattr(product, "cluster_claims", count)
    tool = Product("fakes", product, tasks=frozenset({"sides"}))
    monkeypatch.setattr("eval.session.system", lambda *_, **__: tool)


@pytest.fixture(autouse=True)
def _sources_as_imported(monkeypatch):
    """Whoever edits a file while tests run must not make them fail."""
    monkeypatch.setattr(provenance, "_STARTED", 1e12)


def _run(folder, cache):
    options = Options(data=None, out=folder, cache=cache)
    return run_all(["gate-sides"], ["fakes"], options, console=Console(quiet=True))


def test_an_answer_is_kept_for_the_same_models_settings_and_input(tmp_path, monkeypatch):
    asked = []
    _fakes(monkeypatch, asked)
    first = _run(tmp_path / "a", tmp_path / "cache")
    count = len(asked)
    again = _run(tmp_path / "b", tmp_path / "cache")
    assert count == len(asked) == 11
    assert first["suites"] == again["suites"]
    rows = [data.read_jsonl(tmp_path / n / "gate-sides.fakes.jsonl")[1:] for n in "ab"]
    assert [row.pop("cached") for row in rows[0]] == [False] * 11
    assert [row.pop("cached") for row in rows[1]] == [True] * 11
    assert rows[0] == rows[1]


def test_other_settings_are_other_answers(tmp_path, monkeypatch):
    asked = []
    _fakes(monkeypatch, asked)
    _run(tmp_path / "a", tmp_path / "cache")
    _fakes(monkeypatch, asked, centring=0.5)
    _run(tmp_path / "b", tmp_path / "cache")
    assert len(asked) == 22


def test_other_code_makes_other_answers(tmp_path, monkeypatch):
    asked = []
    _fakes(monkeypatch, asked)
    _run(tmp_path / "a", tmp_path / "cache")
    monkeypatch.setattr(provenance, "code_digest", lambda *_: "changed")
    _run(tmp_path / "b", tmp_path / "cache")
    assert len(asked) == 22


def test_without_a_cache_everything_is_computed(tmp_path, monkeypatch):
    asked = []
    _fakes(monkeypatch, asked)
    _run(tmp_path / "a", None)
    _run(tmp_path / "b", None)
    assert len(asked) == 22


def test_code_that_changed_since_it_was_imported_keeps_nothing(tmp_path, monkeypatch):
    asked = []
    _fakes(monkeypatch, asked)
    monkeypatch.setattr(provenance, "_STARTED", 0.0)
    assert not provenance.unchanged()
    _run(tmp_path / "a", tmp_path / "cache")
    monkeypatch.setattr(provenance, "_STARTED", 1e12)
    assert provenance.unchanged()
    _run(tmp_path / "b", tmp_path / "cache")
    _run(tmp_path / "c", tmp_path / "cache")
    assert len(asked) == 22


# -- provenance ------------------------------------------------------------------------------


@pytest.fixture
def sources(tmp_path, monkeypatch):
    for name in ("summarizer/a.py", "eval/b.py", "summarizer/weights/card.json"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("1", encoding="utf-8")
    monkeypatch.setattr(provenance, "_HERE", tmp_path / "eval")
    provenance.code_digest.cache_clear()
    yield tmp_path
    provenance.code_digest.cache_clear()


def _digest(*parts):
    provenance.code_digest.cache_clear()
    return provenance.code_digest(*parts)


def test_the_digest_of_the_code_changes_with_the_code_it_names(sources):
    both, product = _digest(), _digest("summarizer")
    (sources / "eval/b.py").write_text("2", encoding="utf-8")
    assert _digest() != both
    assert _digest("summarizer") == product
    (sources / "summarizer/a.py").rename(sources / "summarizer/c.py")
    assert _digest("summarizer") != product


def test_weights_are_no_code(sources):
    before = _digest()
    (sources / "summarizer/weights/card.json").write_text("2", encoding="utf-8")
    assert _digest() == before
