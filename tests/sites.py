"""Web sites of the tests' own: real sockets on loopback behind public addresses and names."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

from summarizer.read.fetch import new_client
from summarizer.settings import Settings

PUBLIC = "93.184.216.34"
OTHER = "151.101.1.69"
PAGE = b"<!doctype html><p>The tide turned at noon, and nobody on the quay saw it go.</p>"
_connect = socket.create_connection


def answer(body=PAGE, *, status="200 OK", headers=(), media_type="text/html"):
    """Return the bytes of a whole response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "Connection: close", "", ""]).encode() + body


def redirect(where):
    return answer(b"", status="302 Found", headers=[f"Location: {where}"])


NOT_FOUND = answer(b"no such page", status="404 Not Found")
Script = Callable[[str], bytes | Iterable[bytes]]


class Site:
    """Answers each request with what `script(path)` returns or yields, on a loopback port."""

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.names: list[str | None] = []
        self._script = script
        self._tls = tls
        if tls:
            tls.sni_callback = lambda _, name, __: self.names.append(name)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.place = self._socket.getsockname()
        self._stopped = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._stopped.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def wait(self, seconds: float) -> None:
        """Wait in a script; returns at once when the test is over."""
        self._stopped.wait(seconds)

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                self._respond(connection)

    def _respond(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        head = b""
        while b"\r\n\r\n" not in head and not head.startswith(b"\x16\x03"):  # a TLS greeting
            data = connection.recv(65_536)
            if not data:
                return
            head += data
        text = head.decode("latin-1")
        path = [*text.split(" ", 2), ""][1]
        self.asked.append(path)
        self.heads.append(text)
        said = self._script(path)
        for part in [said] if isinstance(said, bytes) else said:
            if self._stopped.is_set():
                return
            connection.sendall(part)


class Net:
    """Names, the addresses they have, and the sites behind those; records every connection."""

    def __init__(self) -> None:
        self.names: dict[str, list[list[str]]] = {}
        self.sites: dict[str, Site] = {}
        self.connected: list[tuple[str, int]] = []
        self.resolved: list[str] = []

    def add(self, script, *, name="tidewater.example", address=PUBLIC, tls=None) -> Site:
        """Return a new site at `address`, which `name` has from now on."""
        site = Site(script, tls=tls)
        self.sites[address] = site
        self.names[name] = [[address]]
        return site

    def resolve(self, host: str, port: int) -> list[str]:
        """Return the next answer for `host`; addresses are read as the system reads them."""
        self.resolved.append(host)
        answers = self.names.get(host.casefold())
        if answers:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(entry[4][0]) for entry in found]

    def connect(self, address, *args, **kwargs):
        """Stand in for socket.create_connection: public addresses are sites, others nobody."""
        self.connected.append(address[:2])
        site = self.sites.get(address[0])
        if site is None:
            raise ConnectionRefusedError(111, "Connection refused")
        return _connect(site.place, *args, **kwargs)

    def client(self, settings: Settings, **more):
        return new_client(settings, resolver=self.resolve, **more)

    def close(self) -> None:
        for site in self.sites.values():
            site.close()
