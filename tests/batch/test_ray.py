"""The batch on Ray: the output of the local one, whatever dies meanwhile.

`pip install -c constraints.txt -e '.[batch]'` brings Ray, which the development set-up leaves out.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from summarizer import jsonl
from summarizer.batch import batch, survey
from summarizer.errors import EngineError, ModelError
from tests.batch.deadly import Deadly, Slow, unloadable
from tests.fakes import TEXT, FakeSummarizer

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[batch]'")

from summarizer.batch import on_ray  # noqa: E402 - needs Ray
from summarizer.batch.on_ray import batch_on_ray  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    # Ray's own, at the end of a run
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

LONG = " ".join([TEXT] * 3)
COUNT = 60


@pytest.fixture(scope="module")
def cluster():
    """A cluster of one machine; runs join it by its address."""
    from ray.cluster_utils import Cluster

    made = Cluster(
        initialize_head=True,
        head_node_args={
            "num_cpus": 3,
            "object_store_memory": 100 << 20,
            "include_dashboard": False,
        },
    )
    yield made.address
    made.shutdown()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An input with a bad line and a short text, and what a local run makes of it."""
    folder = tmp_path_factory.mktemp("whole")
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    rows = [{"id": n, "text": f"{LONG} Number {n}."} for n in range(COUNT)]
    rows[40]["text"] = "A poisonous frog. " + rows[40]["text"]
    rows[50]["text"] = "short"
    lines = [json.dumps(row) for row in rows]
    source.write_text("\n".join([*lines[:20], "no JSON", *lines[20:], ""]), encoding="utf-8")
    batch(FakeSummarizer(), survey(source, target))
    return source, target.read_bytes()


def run(whole, target, load, **options):
    return batch_on_ray(load, survey(whole[0], target), window=4, **options)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out.jsonl"


@pytest.fixture
def lives(tmp_path):
    folder = tmp_path / "lives"
    folder.mkdir()
    return folder


def test_two_workers_write_the_bytes_of_the_local_run_and_go_on_where_one_stopped(
    cluster, whole, target
):
    expected = whole[1]
    target.write_bytes(expected[: len(expected) // 3])
    steps = []
    tally = run(
        whole, target, FakeSummarizer, workers=2, address=cluster, advance=lambda: steps.append(1)
    )
    assert target.read_bytes() == expected
    assert (tally.total, tally.failures) == (COUNT + 1, {"DataError": 1, "TooShortError": 1})
    assert len(steps) == COUNT + 1 - expected[: len(expected) // 3].count(b"\n")


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(cluster, whole, target, lives):
    for n in range(2):
        (lives / str(n)).touch()
    run(whole, target, partial(Deadly, lives), workers=2, address=cluster)
    assert not list(lives.iterdir())
    assert target.read_bytes() == whole[1]


def test_an_article_that_kills_every_worker_stops_the_run_which_then_goes_on(
    cluster, whole, target, lives
):
    for n in range(20):
        (lives / str(n)).touch()
    with pytest.raises(EngineError, match=r"lines \d+ to \d+: 4 workers died"):
        run(whole, target, partial(Deadly, lives), address=cluster)
    assert len(list(lives.iterdir())) == 20 - on_ray.RETRIES - 1
    written = target.read_bytes()
    assert whole[1].startswith(written)
    assert written.endswith(b"\n")
    run(whole, target, FakeSummarizer, address=cluster)
    assert target.read_bytes() == whole[1]


def test_what_keeps_the_models_from_loading_is_said_as_it_is(cluster, whole, target):
    with pytest.raises(ModelError, match="no such folder"):
        run(whole, target, unloadable, address=cluster)
    assert target.read_bytes() == b""


def test_a_full_disk_ends_the_run_and_frees_the_workers(cluster, whole, target, monkeypatch):
    add, left = jsonl.append, iter(range(10))

    def full(out, line):
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device; make room", str(out.name))
        add(out, line)

    monkeypatch.setattr(jsonl, "append", full)
    with pytest.raises(OSError, match="No space left"):
        run(whole, target, FakeSummarizer, address=cluster)
    monkeypatch.undo()
    assert target.read_bytes().count(b"\n") == 10
    run(whole, target, FakeSummarizer, workers=2, address=cluster)
    assert target.read_bytes() == whole[1]


def test_a_run_that_is_killed_takes_its_workers_along_and_goes_on(whole, target, root):
    """Ray is started by the run itself here, with the models in one worker."""
    script = (
        "import sys; from functools import partial; from pathlib import Path;"
        "from summarizer.batch import survey; from summarizer.batch.on_ray import batch_on_ray;"
        "from tests.batch.deadly import Slow;"
        "plan = survey(Path(sys.argv[1]), Path(sys.argv[2]));"
        "batch_on_ray(partial(Slow, float(sys.argv[3])), plan, window=2)"
    )
    command = [sys.executable, "-c", script, str(whole[0]), str(target)]
    child = subprocess.Popen([*command, "0.2"], cwd=root, stdout=subprocess.PIPE)
    until = time.monotonic() + 240
    while not (target.exists() and target.stat().st_size):
        assert child.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    workers = _children(child.pid)
    assert workers
    child.kill()
    assert child.wait() == -signal.SIGKILL
    assert whole[1].startswith(target.read_bytes())
    assert len(target.read_bytes()) < len(whole[1])
    done = subprocess.run([*command, "0"], cwd=root, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert target.read_bytes() == whole[1]
    assert not [pid for pid in workers if _is_alive(pid)]


def _children(pid: int) -> list[int]:
    """Return the processes below `pid`, whatever their depth."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid:
            child = int(status.parent.name)
            found += [child, *_children(child)]
    return found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def test_a_cluster_that_does_not_answer_is_said(whole, target):
    with pytest.raises(EngineError, match=r"127\.0\.0\.1:9"):
        run(whole, target, partial(Slow, 0.0), address="127.0.0.1:9")
