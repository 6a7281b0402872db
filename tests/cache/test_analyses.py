"""Analyses in the cache: under a key that names all that they rest on."""

from __future__ import annotations

from dataclasses import replace

from summarizer.cache import Cache, default_folder
from summarizer.cache.entries import key_of
from summarizer.types import Article
from tests.cache.cached import OPEN, PAGE, TEXT, URL, served, summarizer
from tests.sites import OTHER, answer


def test_a_cached_analysis_is_the_same_to_the_byte_and_asks_no_model(net, cache):
    served(net)
    fresh = summarizer(net=net, settings=OPEN)
    fresh._client = net.client(OPEN)
    expected = fresh.analyze(URL).to_json()
    first, second = summarizer(cache, net=net), summarizer(cache, net=net)
    assert first.analyze(URL).to_json() == expected
    assert second.analyze(URL).to_json() == expected
    assert first.writer.calls > 0
    assert second.writer.calls == 0


def test_in_a_window_only_what_is_new_is_asked_for(net, cache):
    served(net)
    net.add(lambda _: answer(PAGE.replace(b"ferry", b"coal")), name="b.example", address=OTHER)
    urls = [URL, "http://b.example/story", "http://gone.example/", URL]
    summarizer(cache, net=net).analyze(URL)
    net.names["gone.example"] = [["10.0.0.1"]]
    plain = summarizer(settings=OPEN)
    plain._client = net.client(OPEN)
    expected = [str(getattr(one, "error", "")) or one.to_json() for one in plain.analyze_many(urls)]
    mixed = summarizer(cache, net=net).analyze_many(urls)
    assert [str(getattr(one, "error", "")) or one.to_json() for one in mixed] == expected


def test_texts_that_were_given_are_kept_only_when_asked(tmp_path):
    article = Article(text=TEXT, url=URL)
    for texts in (False, True):
        with Cache.open(tmp_path / str(texts), texts=texts) as cache:
            for _ in range(2):
                analyst = summarizer(cache)
                analyst.analyze(article)
            assert (analyst.writer.calls == 0) == texts
        held = b"".join(path.read_bytes() for path in (tmp_path / str(texts)).iterdir())
        assert (b"ramp for wheelchairs" in held) == texts


def test_every_thing_that_an_analysis_rests_on_is_in_its_key():
    story = summarizer().prepare(Article(text=TEXT, title="Pier"))
    made_with = {"encoder": "e", "settings": "s"}
    article = story.articles[0]
    retitled = replace(article, title="Landing")
    keys = {
        key_of(story, made_with, "cpu"),
        key_of(story, made_with, "cuda"),
        key_of(story, {**made_with, "encoder": "f"}, "cpu"),
        key_of(story, {**made_with, "settings": "t"}, "cpu"),
        key_of(replace(story, warnings=("left out: x",)), made_with, "cpu"),
        key_of(replace(story, claims=story.claims[:-1]), made_with, "cpu"),
        key_of(
            replace(story, claims=(replace(story.claims[0], holder="B"), *story.claims[1:])),
            made_with,
            "cpu",
        ),
        key_of(
            replace(
                story,
                articles=(retitled,),
                claims=tuple(replace(claim, article=retitled) for claim in story.claims),
            ),
            made_with,
            "cpu",
        ),
    }
    assert len(keys) == 8
    assert key_of(story, made_with, "cpu") in keys


def test_the_folder_is_the_users_own(cache, tmp_path):
    assert default_folder().name == "viewpoint-summarizer"
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert cache.store.path.stat().st_mode & 0o777 == 0o600
