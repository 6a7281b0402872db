"""What requests share: one window for those that wait, and nobody pays for another."""

from __future__ import annotations

import asyncio
import threading

import pytest

pytest.importorskip("fastapi", reason="needs the extra serve")
pytest.importorskip("prometheus_client", reason="needs the extra serve")

from summarizer import Summarizer
from summarizer.service import Limits
from summarizer.service.metrics import Metrics
from summarizer.service.queue import Queue
from summarizer.testing import HashEncoder
from summarizer.types import Article
from tests.served import text
from tests.service.in_process import Gate, Picky, served


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
