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
from trabecula.server import limits, request


@pytest.fixture(scope="module")
def strict(serving: Any, small: Graph) -> Iterator[str]:
    """A server whose limits are small, so that they are met soon."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "HEAD_SECONDS", 0.5)
        patch.setattr(limits, "MAX_WAITING", 8)
        patch.setattr(request, "BODY_SECONDS", 0.5)
        with serving(small, workers=2, timeout=3) as address:
            yield address


def connected(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def received(talk: socket.socket) -> bytes:
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
        assert received(talk).startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - began < 10


def test_a_head_that_comes_byte_by_byte_is_given_up(strict: str) -> None:
    with connected(strict) as talk:
        with contextlib.suppress(ConnectionError):
            for byte in b"GET /sparql HTTP/1.1\r\nX-Slow: " + b"a" * 1000:
                talk.sendall(bytes([byte]))
                time.sleep(0.01)
        assert b" 200 " not in received(talk)


def test_a_connection_that_says_nothing_is_closed(strict: str) -> None:
    with connected(strict) as talk:
        assert b" 200 " not in received(talk)


def test_a_slow_body_is_given_up(strict: str) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
    with connected(strict) as talk:
        talk.sendall(head + b"Content-Type: application/sparql-query\r\n\r\nASK")
        assert received(talk).startswith(b"HTTP/1.1 408 ")


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
        answer = received(talk)
        assert not answer or answer.split(b" ")[1] == status


def test_who_waits_longest_goes_first(strict: str) -> None:
    """Connections that ask nothing keep nobody out, however many there are."""
    with contextlib.ExitStack() as stack:
        for _ in range(40):
            talk = stack.enter_context(connected(strict))
            talk.sendall(b"GET / HTTP/1.1\r\n")
        assert httpx.get(f"{strict}/sparql?query=ASK%7B%7D", timeout=20).json()["boolean"] is True


@pytest.mark.parametrize(
    "around",
    [b"0\r\nX: " + b"a" * 2_000_000, b"0\r\n" + b"X: y\r\n" * 300_000, b"3;" + b"a" * 2_000_000, b"1\r\n#\r\n" * 200_000],
    ids=["a trailer", "trailers", "what a chunk says", "chunks of one byte"],
)  # fmt: skip
def test_what_comes_around_a_body_is_bounded(strict: str, around: bytes) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    with connected(strict) as talk:
        with contextlib.suppress(ConnectionError):
            talk.sendall(head + b"Content-Type: application/sparql-query\r\n\r\n" + around)
        answer = received(talk)
        assert not answer or answer.split(b" ")[1] in (b"413", b"408")


def test_headers_after_a_body_are_nobodys(strict: str) -> None:
    """Or they could say what a proxy in front has taken out."""
    with connected(strict) as talk:
        talk.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/sparql-query\r\nConnection: close\r\n\r\n"
            b"5\r\nASK{}\r\n0\r\nHost: evil.example\r\nAccept: text/csv\r\n\r\n"
        )
        assert received(talk).endswith(b'{"head":{},"boolean":true}')


def test_a_refusal_is_never_taken_for_a_part_of_another_answer(strict: str) -> None:
    """The head of a second request is too long while the first one is being answered."""
    slow = b"GET /sparql?query=SELECT+*+%7B+?a+?b+?c+.+?d+?e+?f+.+?g+?h+?i+%7D HTTP/1.1\r\n"
    with connected(strict) as talk:
        with contextlib.suppress(ConnectionError):
            talk.sendall(slow + b"Host: localhost\r\n\r\nGET /health HTTP/1.1\r\nX: ")
            talk.sendall(b"a" * 500_000)
        assert b" 431 " not in received(talk)


def test_an_address_that_is_whole_names_the_host(strict: str) -> None:
    for host, status in ((b"localhost", b"200"), (b"evil.example", b"421")):
        with connected(strict) as talk:
            talk.sendall(
                b"GET http://" + host + b"/sparql?query=ASK%7B%7D HTTP/1.1\r\n"
                b"Host: localhost\r\nConnection: close\r\n\r\n"
            )
            assert received(talk).split(b" ")[1] == status


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: -5\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
    ],
)
def test_a_length_that_two_readers_could_read_in_two_ways_is_refused(
    strict: str, head: bytes
) -> None:
    """Or a second request could be hidden in the body of the first."""
    with connected(strict) as talk:
        talk.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            + head + b"\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )  # fmt: skip
        assert received(talk).count(b"HTTP/1.1 ") == 1


def test_a_request_that_is_answered_before_its_end_is_the_last(strict: str) -> None:
    with connected(strict) as talk:
        talk.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n")
        assert b"connection: close" in received(talk)


def test_requests_one_after_the_other_share_a_connection(strict: str) -> None:
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n"
    with connected(strict) as talk:
        talk.sendall((request + b"\r\n") * 3 + request + b"Connection: close\r\n\r\n")
        assert received(talk).count(b'{"head":{},"boolean":true}') == 4


# --- Clients that shut their writing side ---------------------------------------------------

HEAVY = "SELECT+*+%7B+?a+?b+?c+.+?d+?e+?f+.+?g+?h+?i+.+?j+?k+?l+%7D"


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_a_client_that_shuts_its_side_gets_its_answer(strict: str, version: bytes) -> None:
    """As `printf … | nc -N` does."""
    with connected(strict) as talk:
        talk.sendall(
            b"GET /sparql?query=ASK%7B%7D HTTP/" + version + b"\r\nHost: localhost\r\n\r\n"
        )
        talk.shutdown(socket.SHUT_WR)
        answer = received(talk)
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert answer.endswith(b'{"head":{},"boolean":true}')


def test_all_that_it_asked_is_answered_before_it_is_let_go(strict: str) -> None:
    with connected(strict) as talk:
        talk.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3)
        talk.shutdown(socket.SHUT_WR)
        assert received(talk).count(b'{"head":{},"boolean":true}') == 3


def test_it_waits_for_an_answer_that_takes_long(strict: str) -> None:
    """While it does, it is asked whether it is still there, in words that a client skips."""
    with connected(strict) as talk:
        count = HEAVY.replace("*", "(COUNT(*)+AS+?n)").encode()
        talk.sendall(b"GET /sparql?query=" + count + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        talk.shutdown(socket.SHUT_WR)
        first, _, rest = received(talk).partition(b"\r\n\r\n")
        assert first == b"HTTP/1.1 100 Continue"
        assert rest.replace(first + b"\r\n\r\n", b"").startswith(b"HTTP/1.1 503 ")


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_it_may_read_a_long_answer_slowly(strict: str, version: bytes) -> None:
    assert httpx.get(strict, timeout=60).status_code == 200  # it takes time to be made
    with connected(strict) as talk:
        talk.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        talk.sendall(b"GET / HTTP/" + version + b"\r\nHost: localhost\r\n\r\n")
        talk.shutdown(socket.SHUT_WR)
        first = talk.recv(1000)
        while b" 100 " in first[:20]:
            first = talk.recv(1000)
        time.sleep(1.5)
        assert received(talk).endswith(b"</html>\n")


def test_half_a_request_is_not_waited_for(strict: str) -> None:
    for half in (
        b"",
        b"GET /sp",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nASK",
    ):
        with connected(strict) as talk:
            talk.sendall(half)
            talk.shutdown(socket.SHUT_WR)
            assert b" 200 " not in received(talk)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_the_query_of_one_that_shut_its_side_and_went_is_ended(strict: str, version: str) -> None:
    with httpx.Client(base_url=strict, timeout=20) as client:
        with connected(strict) as talk:
            count = HEAVY.replace("*", "(COUNT(*)+AS+?n)")
            talk.sendall(
                f"GET /sparql?query={count} HTTP/{version}\r\nHost: localhost\r\n\r\n".encode()
            )
            talk.shutdown(socket.SHUT_WR)
        end = time.monotonic() + 2.5  # of the three that the query may take
        while client.get("/health").json()["answering"]:
            assert time.monotonic() < end
