"""What connections may take, on real sockets: of bytes, of seconds, of each other's places."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from trabecula.graph import Graph
from trabecula.server import app, limits


@pytest.fixture(scope="module")
def strict(serving: Any, small: Graph) -> Iterator[str]:
    """A server whose limits are small, so that they are met soon."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "HEAD_SECONDS", 0.5)
        patch.setattr(limits, "MAX_WAITING", 8)
        patch.setattr(app, "BODY_SECONDS", 0.5)
        with serving(small, workers=2, timeout=3) as address:
            yield address


def connected(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def said(talk: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := talk.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_a_slow_head_is_given_up(strict: str) -> None:
    with connected(strict) as talk:
        talk.sendall(b"GET /sparql HTTP/1.1\r\nHost: localhost\r\n")
        began = time.monotonic()
        assert said(talk).startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - began < 10


def test_a_head_that_comes_byte_by_byte_is_given_up(strict: str) -> None:
    with connected(strict) as talk:
        with contextlib.suppress(ConnectionError):
            for byte in b"GET /sparql HTTP/1.1\r\nX-Slow: " + b"a" * 1000:
                talk.sendall(bytes([byte]))
                time.sleep(0.01)
        assert b" 200 " not in said(talk)


def test_a_connection_that_says_nothing_is_closed(strict: str) -> None:
    with connected(strict) as talk:
        assert b" 200 " not in said(talk)


def test_a_slow_body_is_given_up(strict: str) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
    with connected(strict) as talk:
        talk.sendall(head + b"Content-Type: application/sparql-query\r\n\r\nASK")
        assert said(talk).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70_000, b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 20_000, b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
        (b"GET  / HTTP/9.9\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"421"),
    ],
    ids=["address", "header", "headers", "tls", "version", "no host"],
)
def test_a_head_that_is_too_long_or_none_is_refused(
    strict: str, request_: bytes, status: bytes
) -> None:
    with connected(strict) as talk:
        with contextlib.suppress(ConnectionError):
            talk.sendall(request_)
        answer = said(talk)
        assert not answer or answer.split(b" ")[1] == status


def test_who_waits_longest_goes_first(strict: str) -> None:
    """Connections that ask nothing keep nobody out, however many there are."""
    with contextlib.ExitStack() as stack:
        for _ in range(40):
            talk = stack.enter_context(connected(strict))
            talk.sendall(b"GET / HTTP/1.1\r\n")
        assert httpx.get(f"{strict}/sparql?query=ASK%7B%7D", timeout=20).json()["boolean"] is True


def test_requests_one_after_the_other_share_a_connection(strict: str) -> None:
    one = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n"
    with connected(strict) as talk:
        talk.sendall((one + b"\r\n") * 3 + one + b"Connection: close\r\n\r\n")
        assert said(talk).count(b'{"head":{},"boolean":true}') == 4
