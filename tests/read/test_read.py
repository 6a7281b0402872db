from __future__ import annotations

import io
import os
import socket
from contextlib import suppress
from types import SimpleNamespace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import FetchError, ReadError, SummarizerError, TooLongError
from summarizer.extract.lines import normalise, split_lines, straighten
from summarizer.read import read
from summarizer.read.decode import decode, guess_kind, is_binary
from summarizer.settings import Settings

SETTINGS = Settings(timeout_s=5.0, backoff_s=0.001, ignore_robots=True)
URL = "https://tidewater.example/story"


def answering(*args, **kwargs):
    return httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(*args, **kwargs)),
        follow_redirects=True,
    )


def failing(error):
    def fail(_):
        raise error

    return httpx.Client(transport=httpx.MockTransport(fail))


def connect_error(cause):
    error = httpx.ConnectError(str(cause))
    error.__cause__ = cause
    return error


# --- URLs


def test_a_page_is_read_with_its_final_address():
    def hop(request):
        if request.url.path == "/story":
            return httpx.Response(301, headers={"location": "/news/story"})
        return httpx.Response(200, html="<html><p>Tides.</p></html>")

    client = httpx.Client(transport=httpx.MockTransport(hop), follow_redirects=True)
    page = read(URL, settings=SETTINGS, client=client)
    assert (page.kind, page.url, page.source) == (
        "html",
        "https://tidewater.example/news/story",
        URL,
    )


@pytest.mark.parametrize(
    ("client", "said"),
    [
        (answering(404), "404 Not Found; check the address"),
        (answering(403), "refuses this tool"),
        (answering(503), "try again later"),
        (answering(799), "799"),
        (answering(200, headers={"content-type": "application/pdf"}), "sent application/pdf"),
        (answering(200, headers={"content-type": "text/html"}, content=b""), "empty page"),
        (answering(200, content=b"\x00\x01\x02\x03" * 9), "not a text page"),
        (answering(302, headers={"location": URL}), "redirects in a circle"),
        (failing(httpx.ReadTimeout("slow")), "no answer within 5 s"),
        (failing(connect_error(ConnectionRefusedError(111, "no"))), "was refused"),
        (failing(connect_error(socket.gaierror(-2, "unknown"))), "host is unknown"),
        (failing(httpx.RemoteProtocolError("cut")), "connection broke"),
    ],
)
def test_each_way_a_fetch_fails_has_a_line_that_says_what_to_do(client, said):
    with pytest.raises(FetchError, match=said) as caught:
        read(URL, settings=SETTINGS, client=client)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("source", ["ftp://tidewater.example/a", "http://", "http://a b/", "x://y"])
def test_an_address_that_cannot_be_fetched_is_refused(source):
    with pytest.raises(FetchError):
        read(source, settings=SETTINGS)


def test_a_redirect_to_another_protocol_is_refused():
    hop = httpx.MockTransport(
        lambda _: httpx.Response(302, headers={"location": "ftp://x.example"})
    )
    with (
        httpx.Client(mounts={"https://": hop}, follow_redirects=True) as client,
        pytest.raises(FetchError, match="not an address"),
    ):
        read(URL, settings=SETTINGS, client=client)


def test_the_header_names_the_encoding():
    client = answering(
        200,
        headers={"content-type": "text/plain; charset=windows-1251"},
        content="мост".encode("cp1251"),
    )
    assert read(URL, settings=SETTINGS, client=client).content == "мост"


def test_the_kind_follows_the_content_type_then_the_content():
    kinds = {
        "text/markdown": ("# Tides", "markdown"),
        "text/plain": ("Tides", "text"),
        "application/xhtml+xml": ("<html/>", "html"),
        "": ("<!doctype html><p>Tides", "html"),
    }
    for media_type, (content, kind) in kinds.items():
        client = answering(200, headers={"content-type": media_type}, content=content.encode())
        assert read(URL, settings=SETTINGS, client=client).kind == kind


# --- files and standard input


def test_a_file_is_read_by_path_or_by_name(tmp_path):
    path = tmp_path / "tides.md"
    path.write_text("# Tides\n\nThey turn.", encoding="utf-8")
    page = read(path, settings=SETTINGS)
    assert (page.kind, page.content, page.url) == ("markdown", "# Tides\n\nThey turn.", None)
    assert read(str(path), settings=SETTINGS) == page


def test_standard_input_is_read_and_its_kind_guessed(monkeypatch):
    monkeypatch.setattr(
        "sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"\n <!DOCTYPE html><p>Tides"))
    )
    page = read("-", settings=SETTINGS)
    assert (page.kind, page.source) == ("html", "-")


def bad_files(folder):
    (folder / "empty.txt").write_bytes(b" \n ")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 picture")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 8)
    return {
        folder / "missing.txt": "no such file",
        folder: "a folder",
        folder / "empty.txt": "empty",
        folder / "photo.jpg": "binary",
        folder / "noise.txt": "binary",
        folder / "empty.txt" / "below": "cannot be read",
        folder / ("long" * 200): "cannot be read",
        folder / "nul\0": "cannot be read",
    }


def test_each_way_a_file_fails_has_a_line_that_says_what_to_do(tmp_path):
    for path, said in bad_files(tmp_path).items():
        with pytest.raises(ReadError, match=said) as caught:
            read(str(path), settings=SETTINGS)
        assert "\n" not in str(caught.value)
        assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    ("name", "hinted"),
    [
        ("example.org/news", True),
        ("www.example.org", True),
        ("story.html", False),
        ("a/b.txt", False),
    ],
)
def test_an_address_without_its_beginning_is_told_what_is_missing(name, hinted):
    with pytest.raises(ReadError, match="no such file") as caught:
        read(name, settings=SETTINGS)
    assert (f"or give https://{name}" in str(caught.value)) == hinted


def test_an_empty_name_is_no_folder():
    with pytest.raises(ReadError, match="empty name; give a URL"):
        read("", settings=SETTINGS)


def test_empty_standard_input_is_named(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    with pytest.raises(ReadError, match="standard input: empty"):
        read("-", settings=SETTINGS)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_named(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("tides", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match="no permission"):
        read(path, settings=SETTINGS)


def test_a_file_over_the_limit_is_too_long(tmp_path):
    path = tmp_path / "book.txt"
    path.write_bytes(b"tide " * 100)
    with pytest.raises(TooLongError, match="larger than 400 bytes"):
        read(path, settings=Settings(max_bytes=400))


# --- encodings

QUOTED = "“Nobody repairs rust with good wishes,” she said – it’s true."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_typographic_quotes_survive_every_encoding(codec):
    assert decode(QUOTED.encode(codec)) == QUOTED


@pytest.mark.parametrize("label", ["iso-8859-1", "ascii", "latin1", "no-such-codec", "hex"])
def test_a_latin_label_means_windows_1252(label):
    assert decode(QUOTED.encode("cp1252"), charset=label) == QUOTED


def test_a_meta_tag_names_the_encoding():
    html = '<html><head><meta charset="shift_jis"></head><p>潮汐</p>'
    assert decode(html.encode("shift_jis")) == html


def test_a_wrong_label_does_not_spoil_utf_8():
    assert decode(QUOTED.encode(), charset="iso-8859-1") == QUOTED


def test_without_a_label_english_text_is_windows_1252():
    assert decode((QUOTED * 3).encode("cp1252")) == QUOTED * 3


def test_without_a_label_the_encoding_is_guessed():
    text = "Мост через реку закрыт на ремонт, сообщили в городском совете. " * 8
    assert "через реку закрыт на ремонт" in decode(text.encode("cp1251"))


@given(st.binary(max_size=300))
def test_no_bytes_break_the_decoder(content):
    text = decode(content)
    assert isinstance(text, str)
    assert guess_kind(text) in ("html", "text")
    assert is_binary(content) in (True, False)


@given(content=st.binary(max_size=300))
def test_no_file_raises_anything_outside_the_error_tree(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "page"
    path.write_bytes(content)
    with suppress(SummarizerError):
        assert read(path, settings=SETTINGS).content.strip()


# --- lines


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert "\n" not in once


@given(st.text())
def test_straightening_keeps_every_position(text):
    assert len(straighten(text)) == len(text)


def test_hard_wrapped_paragraphs_are_joined():
    wrapped = (
        "The harbour council will vote next week on whether drivers\n"
        "should pay to cross the old iron bridge, a plan that has\n"
        "split the town.\n\nShopkeepers on the north bank argue that a toll would send\n"
        "their customers to the ring road."
    )
    assert [line[:11] for line in split_lines(wrapped)] == ["The harbour", "Shopkeepers"]


def test_short_lines_are_not_taken_for_a_wrapped_paragraph():
    lines = ["Ferry timetable changes", "By Ann Low", "Lighthouse to get new lamp", "By Bo Ray"]
    assert split_lines("\n".join(lines)) == lines
