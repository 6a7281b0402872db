"""The guard: names resolved once, hops checked, certificates held against the name."""

from __future__ import annotations

import time

import httpx
import pytest
import trustme

from summarizer.errors import FetchError
from summarizer.read import read
from summarizer.read.fetch import new_client
from summarizer.settings import Settings
from tests.read.guarded import URL, fetched
from tests.sites import OTHER, PAGE, PUBLIC, answer, redirect

METADATA = "http://169.254.169.254/latest/meta-data/"


def test_a_page_is_read_from_the_address_that_was_checked(net):
    site = net.add(lambda _: answer())
    assert fetched(net).content == PAGE.decode()
    assert net.connected == [(PUBLIC, 80)]
    assert "host: tidewater.example" in site.heads[0].lower()


def test_a_name_is_resolved_once_for_each_request(net):
    net.add(lambda _: answer())
    net.names["tidewater.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert fetched(net).content == PAGE.decode()
    assert net.resolved == ["tidewater.example"]
    assert net.connected == [(PUBLIC, 80)]


def test_a_name_that_turns_private_between_two_hops_is_refused(net):
    net.add(lambda _: redirect("/again"))
    net.names["tidewater.example"] = [[PUBLIC], ["127.0.0.1"]]
    with pytest.raises(FetchError, match="leads to a loopback address"):
        fetched(net)
    assert net.connected == [(PUBLIC, 80)]


def test_of_mixed_answers_only_the_public_address_is_tried(net):
    net.add(lambda _: answer())
    net.names["tidewater.example"] = [["10.0.0.5", PUBLIC, "::1"]]
    assert fetched(net).content == PAGE.decode()
    assert net.connected == [(PUBLIC, 80)]


def test_the_next_address_is_tried_when_the_first_is_dead(net):
    net.add(lambda _: answer())
    net.names["tidewater.example"] = [[OTHER, PUBLIC]]
    assert fetched(net).content == PAGE.decode()
    assert net.connected == [(OTHER, 80), (PUBLIC, 80)]


def test_a_name_server_that_never_answers_runs_into_the_deadline():
    settings = Settings(timeout_s=0.2, ignore_robots=True, retries=0)
    begun = time.monotonic()
    with (
        new_client(settings, resolver=lambda *_: time.sleep(2) or []) as client,
        pytest.raises(FetchError, match=r"no answer within 0.2 s"),
    ):
        read(URL, settings=settings, client=client)
    assert time.monotonic() - begun < 1.5


def test_a_name_without_an_address_is_said(net):
    net.names["tidewater.example"] = [[]]
    with pytest.raises(FetchError, match="no connection"):
        fetched(net)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (METADATA, "metadata service of a cloud"),
        ("http://metadata.example/", "metadata service of a cloud"),
        ("http://127.0.0.1/admin", "a loopback address"),
        ("http://[::ffff:10.0.0.5]/", "inside an IPv6 one"),
        ("http://tidewater.example:22/", "port 22"),
        ("http://tidewater.example:6379/", "port 6379"),
        ("file:///etc/passwd", "file is not supported"),
        ("gopher://tidewater.example/", "gopher is not supported"),
        ("data:text/html,tide", "not an address"),
    ],
)
def test_a_redirect_out_of_the_public_web_is_refused(net, target, said):
    net.add(lambda _: redirect(target))
    net.names["metadata.example"] = [["169.254.169.254"]]
    with pytest.raises(FetchError, match=said) as caught:
        fetched(net)
    assert net.connected == [(PUBLIC, 80)]
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith(URL)


def test_allow_private_opens_the_intranet_but_no_metadata_service(net):
    open_ = Settings(timeout_s=5.0, ignore_robots=True, allow_private=True)
    net.add(lambda _: redirect(METADATA), name="wiki.example", address="10.0.0.5")
    with pytest.raises(FetchError, match="use --allow-private"):
        fetched(net, "http://wiki.example/")
    with pytest.raises(FetchError, match="metadata service"):
        fetched(net, "http://wiki.example/", settings=open_)
    assert net.connected == [("10.0.0.5", 80)]


def test_another_port_is_open_when_it_is_configured(net):
    net.add(lambda _: answer())
    page = fetched(
        net,
        "http://tidewater.example:8080/",
        settings=Settings(ports=(8080,), ignore_robots=True),
    )
    assert page.content == PAGE.decode()
    assert net.connected == [(PUBLIC, 8080)]


def test_credentials_go_to_their_site_only_and_into_no_result(net):
    first = net.add(lambda path: answer() if path == "/end" else redirect("http://other.example/x"))
    second = net.add(
        lambda _: redirect("http://tidewater.example/end"), name="other.example", address=OTHER
    )
    page = fetched(net, "http://ann:secret@tidewater.example/story")
    assert "authorization: basic" in first.heads[0].lower()
    assert "authorization" not in second.heads[0].lower()
    assert page.url == "http://tidewater.example/end"
    straight = fetched(net, "http://ann:secret@tidewater.example/end")
    assert straight.url == "http://tidewater.example/end"


def test_a_proxy_of_the_environment_does_not_bypass_the_guard(net, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    net.add(lambda _: answer())
    assert fetched(net).content == PAGE.decode()
    assert net.connected == [(PUBLIC, 80)]
    net.sites.clear()
    with pytest.raises(FetchError, match=r"HTTPS_PROXY is set; it is not used"):
        fetched(net)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def secure(net, authority, *names, **more):
    context = ssl_server()
    authority.issue_cert(*names).configure_cert(context)
    return net.add(lambda _: answer(), tls=context, **more)


def ssl_server():
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)


def trusting(authority):
    context = httpx.create_ssl_context()
    authority.configure_trust(context)
    return context


def test_the_certificate_is_checked_for_the_name_not_the_address(net, authority):
    site = secure(net, authority, "tidewater.example")
    page = fetched(net, "https://tidewater.example/", ssl_context=trusting(authority))
    assert page.content == PAGE.decode()
    assert site.names == ["tidewater.example"]
    assert net.connected == [(PUBLIC, 443)]


def test_a_certificate_of_another_name_is_refused(net, authority):
    secure(net, authority, "other.example")
    with pytest.raises(FetchError, match=r"secure connection failed.*mismatch"):
        fetched(net, "https://tidewater.example/", ssl_context=trusting(authority))


def test_a_certificate_of_nobody_known_is_refused(net, authority):
    secure(net, authority, "tidewater.example")
    with pytest.raises(FetchError, match=r"secure connection failed \(unable to get local issuer"):
        fetched(net, "https://tidewater.example/")


def test_a_server_that_does_not_speak_tls_is_said(net):
    net.add(lambda _: answer())
    with pytest.raises(FetchError, match=r"secure connection failed \(wrong version number"):
        fetched(net, "https://tidewater.example/", settings=Settings(timeout_s=1, retries=0))
