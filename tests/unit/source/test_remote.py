"""Documents from the web: what is fetched, what is not, and what it may cost."""

from __future__ import annotations

import hashlib
import re
import socket
import threading
import time
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from codegen import addresses
from codegen.source import locks, remote
from codegen.source.locks import Locked, LockError
from codegen.source.remote import Remote, RemoteError


class Site(BaseHTTPRequestHandler):
    """Answers by the first part of a path."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Site.asked.append(self.path)
        kind, _, rest = self.path[1:].partition("/")
        if kind == "redirect":
            self._answer(302, b"", Location=rest.replace("~", "/"))
        elif kind == "again":
            self._answer(302, b"", Location=f"/again/{int(rest) + 1}")
        elif kind == "status":
            self._answer(int(rest), b"")
        elif kind == "short":
            self._answer(200, b"abc", **{"Content-Length": "10"})
            self.close_connection = True
        elif kind == "noise":
            self.wfile.write(b"\0\1\2\r\n\r\n")
            self.close_connection = True
        elif kind == "trickle":
            self._answer(200, b"", **{"Content-Length": "1000"})
            for _ in range(40):
                self.wfile.write(b" ")
                time.sleep(0.02)
            self.close_connection = True
        else:
            self._answer(200, kind.encode())

    def _answer(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}
    )
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def fetched(address: str) -> bytes:
    """What comes from an address where everything may be fetched."""
    return Remote({}, lambda *_: None).read(address)


def refusal(address: str) -> str:
    """Why nothing comes from an address."""
    with pytest.raises(RemoteError) as caught:
        fetched(address)
    return str(caught.value).partition(" cannot be fetched: ")[2]


def test_what_the_lock_has_is_fetched_and_compared(site: str) -> None:
    digest = hashlib.sha256(b"text").hexdigest()
    assert Remote({f"{site}/text": Locked(digest, 4)}).read(f"{site}/text") == b"text"
    other = Remote({f"{site}/text": Locked("0" * 64, 4)})
    with pytest.raises(RemoteError) as caught:
        other.read(f"{site}/text")
    assert "0" * 64 in str(caught.value)
    assert digest in str(caught.value)


def test_nothing_is_asked_of_a_server_that_the_lock_does_not_have(site: str) -> None:
    Site.asked.clear()
    with pytest.raises(RemoteError, match=r"not in codegen\.lock"):
        Remote({}).read(f"{site}/text")
    assert not Site.asked


def test_what_came_is_told(site: str) -> None:
    kept: dict[str, Locked] = {}
    reader = Remote({}, kept.__setitem__)
    reader.read(f"{site}/b")
    reader.read(f"{site}/a")
    assert kept[f"{site}/a"] == Locked(hashlib.sha256(b"a").hexdigest(), 1)
    assert locks.parse(tomllib.loads(locks.text(kept))) == kept
    assert locks.text(kept) == locks.text(dict(reversed(kept.items())))


def test_redirects_lead_where_documents_may_come_from(site: str) -> None:
    assert fetched(f"{site}/redirect/~there") == b"there"
    assert "redirects" in refusal(f"{site}/again/0")
    for target in ("file:~~~etc~passwd", "ftp:~~127.0.0.1~a", "data:,a"):
        assert re.search("redirects|no address", refusal(f"{site}/redirect/{target}"))
    assert "plain `http:`" in refusal(f"{site}/redirect/http:~~example.com~a")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://example.com/a", "plain `http:`"),
        ("http://127.0.0.1.example.com/a", "plain `http:`"),
        ("http://169.254.169.254/latest", "plain `http:`"),
        ("https://user:secret@example.com/a", "password"),
        ("https:///a", "no address"),
        ("https://[::1/a", "no address"),
        ("http://localhost:99999/a", "no address"),
    ],
)
def test_addresses_that_are_not_asked(address: str, reason: str) -> None:
    assert reason in refusal(address)


def test_what_a_server_may_cost(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ended before" in refusal(f"{site}/short")
    assert refusal(f"{site}/noise") == "the answer is none of HTTP"
    assert "answers 404" in refusal(f"{site}/status/404")
    monkeypatch.setattr(remote, "MAX_BYTES", 3)
    assert "larger than 3 bytes" in refusal(f"{site}/text")
    monkeypatch.setattr(remote, "MAX_BYTES", 1000)
    monkeypatch.setattr(remote, "MAX_SECONDS", 0.1)
    assert "longer than" in refusal(f"{site}/trickle")


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_SILENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert "no answer" in refusal(f"http://127.0.0.1:{port}/a")
    assert "refused" in refusal(f"http://127.0.0.1:{port}/a")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version = 2",
        "version = 1\ndocument = 1",
        'version = 1\n[[document]]\nurl = "a"',
        f'version = 1\n[[document]]\nurl = "a"\nsha256 = "{"g" * 64}"\nsize = 1',
    ],
)
def test_texts_that_are_no_lock(text: str) -> None:
    with pytest.raises(LockError):
        locks.parse(tomllib.loads(text))


def test_an_address_survives_being_a_path() -> None:
    from pathlib import Path

    for address in ("https://example.com/a/b.yaml?c=d", "http://[::1]:80/a"):
        assert addresses.of(Path(address)) == address
    for path in ("https", "https:", "a/https:/b", "httpsx://a"):
        assert addresses.of(Path(path)) is None
