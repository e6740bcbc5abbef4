"""Requests and queries of somebody who means ill: each is answered as it should be, and no other."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from trabecula.graph import Graph

HOST = b"Host: localhost\r\n"
YES = b"/sparql?query=ASK%7B%7D"
POST = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def server(serving: Any, small: Graph) -> Iterator[httpx.Client]:
    with (
        serving(small, workers=2, timeout=4) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client
        assert client.get("/health").json()["status"] == "ok"


def get(path: bytes, more: bytes = b"", method: bytes = b"GET") -> bytes:
    """The bytes of a request that is the last one of its connection."""
    return method + b" " + path + b" HTTP/1.1\r\n" + HOST + more + b"Connection: close\r\n\r\n"


def sent(server: httpx.Client, *pieces: bytes) -> bytes:
    """All that comes back for some bytes, until the connection is closed or nothing comes."""
    answer = b""
    with socket.create_connection((server.base_url.host, server.base_url.port or 0)) as talk:
        talk.settimeout(5)
        with contextlib.suppress(OSError):
            for piece in pieces:
                talk.sendall(piece)
                if len(pieces) > 1:  # each arrives by itself
                    talk.settimeout(0.3)
                    with contextlib.suppress(TimeoutError):
                        answer += talk.recv(65536)
                    talk.settimeout(5)
            while part := talk.recv(65536):
                answer += part
    return answer


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", answer)]


# --- Requests -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        # Lengths, chunks and ends that two readers could read in two ways.
        (CHUNKED + b"-5\r\nASK{}\r\n0\r\n\r\n", [400]),
        (CHUNKED + b"0x5\r\nASK{}\r\n0\r\n\r\n", [400]),
        (CHUNKED + b"5 \r\nASK{}\r\n0\r\n\r\n", [400]),
        (CHUNKED + b"5\nASK{}\n0\n\n", [400]),
        (CHUNKED + b"4\r\nASK{}\r\n0\r\n\r\n", [400]),
        (CHUNKED + b"FFFFFFFFFFFFFFFFF\r\nASK{}\r\n0\r\n\r\n", [400]),
        (POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n", [400]),
        (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n", [501]),
        (POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n", [400]),
        (POST + b"Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nASK{}", [400]),
        (POST + b"Content-Length: +5\r\n\r\nASK{}", [400]),
        (POST + b"Content-Length: 5, 5\r\n\r\nASK{}", [400]),
        (POST + b"Content-Length: 0x5\r\n\r\nASK{}", [400]),
        (POST + b"Content-Length: 18446744073709551621\r\n\r\nASK{}", [400]),
        (get(YES, b"X: a\r\n b\r\n"), [400]),
        (get(YES, b"X : a\r\n"), [400]),
        (get(YES, b"X: a\0b\r\n"), [400]),
        (get(YES, b"X: a\rY: b\r\n"), [400]),
        (get(YES).replace(b"\r\n", b"\n"), [400]),
        (get(YES, b"Host: evil.example\r\n"), [421]),
        # Other protocols, and other methods.
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", [400]),
        (b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n", [400]),
        (b"CONNECT /sparql HTTP/1.1\r\n" + HOST + b"\r\n" + get(YES), [405]),
        (get(YES, method=b"TRACE"), [405]),
        (get(YES, method=b"PROPFIND"), [405]),
        (get(YES, method=b"get"), [400]),
        (get(b"*"), [404]),
        # Bytes that belong into no address.
        (get("/entity/é".encode()), [400]),
        (get(b"/sparql?query=ASK%7B%7D&x=\xff"), [400]),
        (get(b"/sparql?query=ASK%7B%7D&x=\x1b[31m"), [400]),
        (get(b"/entity/a\0b"), [400]),
        (get(b"/entity/%00"), [404]),
        (get(b"/entity/%c0%af%c0%ae"), [404]),
        (get(b"/entity/a%0d%0aSet-Cookie:x=1"), [404]),
        (get(b"/entity/%252e%252e%252fetc%252fpasswd"), [404]),
        (get(b"/sparql?query=%c0%af"), [400]),
        (get(b"/sparql?query=ASK%7B%3Fs%20%3Fp%20%22%ed%a0%80%22%7D"), [400]),
        (get(b"/sparql?query=ASK%7B%7D%zz"), [400]),
        (get(b"/sparql?query=ASK%7B%7D" + b"&a=b" * 10_000), [400]),
        (get(b"/dump?format=../../etc/passwd"), [400]),
        (get(b"/api/select?selection=" + b"(" * 3_000), [400]),
        (get(b"/api/select?selection=" + b"!" * 3_900 + b"text(a)"), [400]),
        # Headers that are long, or that want something which is not there.
        (get(YES, b"Accept: " + b"a/b;q=0.001," * 5_000 + b"\r\n"), [406]),
        (get(YES, b"Accept: */*" + b";a=b" * 15_000 + b"\r\n"), [200]),
        (get(YES, b"Accept: text/csv;q=nan\r\n"), [406]),
        (get(YES, b"Accept: \xff/\xff\r\n"), [406]),
        (get(YES, b"If-None-Match: " + b'"a",' * 15_000 + b"\r\n"), [200]),
        (get(b"/entity/nobody", b"If-None-Match: *\r\n"), [404]),
        (get(YES, b"Range: bytes=" + b"0-1," * 15_000 + b"\r\n"), [200]),
        (POST + b"Expect: 100-continue\r\nContent-Length: 5000000000\r\n\r\n", [413]),
    ],
    ids=lambda value: str(value[:60] if isinstance(value, bytes) else value),
)  # fmt: skip
def test_odd_requests_are_answered_once(
    server: httpx.Client, asked: bytes, wanted: list[int]
) -> None:
    assert statuses(sent(server, asked)) == wanted


@pytest.mark.parametrize("wanted", [b"x", b"websocket", b"h2c"])
def test_a_body_of_one_who_wants_another_protocol_is_no_other_request(
    server: httpx.Client, wanted: bytes
) -> None:
    """The parser takes no body there: a proxy in front would take the rest for one."""
    hidden = get(b"/health")
    up = b"Connection: Upgrade\r\nUpgrade: " + wanted + b"\r\n"
    length = b"Content-Length: %d\r\n\r\n" % len(hidden)
    assert statuses(sent(server, POST + up + length, hidden)) == [400]
    assert statuses(sent(server, POST + up + length + hidden)) == [400]
    plain = b"GET " + YES + b" HTTP/1.1\r\n" + HOST + up + b"\r\n"
    assert statuses(sent(server, plain, hidden)) == [200]


def test_who_waits_to_be_told_to_go_on_is(server: httpx.Client) -> None:
    head = POST + b"Expect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"
    assert statuses(sent(server, head, b"ASK{}")) == [100, 200]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost.", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("[::ffff:127.0.0.1]", 200),
        ("::1", 421),
        ("[:::::]", 421),
        ("[127.0.0.1]", 421),
        ("999.999.999.999", 421),
        ("0127.0.0.1", 421),
        ("127.1", 421),
        ("2130706433", 421),
        ("0x7f.0.0.1", 421),
        ("127.0.0.1.nip.io", 421),
        ("localhost, evil.example", 421),
        ("localhost\xa0", 421),
        ("localhost:999999", 421),
    ],
)
def test_names_that_only_look_like_this_machine_are_not(
    server: httpx.Client, host: str, status: int
) -> None:
    """As a site uses them whose name is made to lead here."""
    answer = sent(server, get(YES).replace(b"localhost", host.encode("latin-1")))
    assert statuses(answer) == [status]


def test_a_preflight_allows_what_is_answered_and_no_more(server: httpx.Client) -> None:
    asked = {
        "Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Private-Network": "true",
        "Access-Control-Request-Headers": "authorization",
    }  # fmt: skip
    headers = server.options("/sparql", headers=asked).headers
    assert headers["access-control-allow-methods"] == "GET, HEAD, POST"
    assert headers["access-control-allow-headers"] == "Accept, Content-Type, If-None-Match"
    assert "access-control-allow-private-network" not in headers
    assert "access-control-allow-credentials" not in headers


def test_what_a_proxy_is_said_to_have_been_asked_changes_no_address(server: httpx.Client) -> None:
    claimed = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    assert "evil" not in server.get("/sparql", headers={**claimed, "Accept": "text/turtle"}).text
    assert "evil" not in server.get("/.well-known/void", headers=claimed).text


def test_nested_json_is_not_read(server: httpx.Client) -> None:
    response = server.post("/api/explain", content="[" * 60_000)
    assert (response.status_code, response.json()["status"]) == (405, 405)


# --- Queries --------------------------------------------------------------------------------

HERE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        # SERVICE, written so that one reader sees it and another does not.
        (f"SELECT * {{ #\n{HERE} }}", 400),
        (f"SELECT * {{ <a:b#> ?p ?o . {HERE} }}", 400),
        (f"SELECT * {{ #\\u000a{HERE}\n }}", 200),
        (f'SELECT * {{ FILTER("a\\u0022) {HERE} #" = "") }}', 200),
        (f"SELECT * \\u007b {HERE} \\u007d", 400),
        (f"SELECT * {{ ?s ?p '''x\\'''' . {HERE} }}", 400),
        ("PREFIX service: <a:> SELECT * { service:x service:y ?z }", 400),
        ("PREFIX a: <a:> SELECT * { a:\\~SERVICE ?p ?o . }", 400),
        ('SELECT ("SERVICE <a:> {}" AS ?service) {}', 200),
        # Much of one thing.
        ("".join(f"PREFIX a{n}: <a:>" for n in range(3_000)) + "ASK {}", 200),
        ("PREFIX a: <a:> " * 1_000_000 + "ASK {}", 413),
        (f'SELECT ("{"a" * 60_000}" AS ?x) {{}}', 200),
        (f"SELECT (0.{'1' * 50_000} AS ?x) {{}}", 200),
        (f'SELECT (xsd:integer("{"9" * 60_000}") AS ?x) {{}}', 200),
        (f'SELECT (ENCODE_FOR_URI("{"é" * 25_000}") AS ?x) {{}}', 200),
        (f"ASK {{ FILTER(isTRIPLE({'TRIPLE(<a:>,<a:>,' * 80}1{')' * 80})) }}", 200),
        # Numbers, characters and names out of all bounds.
        ("SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999", 400),
        ("SELECT * { ?s ?p ?o } OFFSET 18446744073709551615", 200),
        ('SELECT (SUBSTR("abc", 9223372036854775807, 9223372036854775807) AS ?x) {}', 200),
        ('SELECT ("P99999999999999999999Y"^^xsd:duration + NOW() AS ?x) {}', 200),
        ('SELECT ("\\uD800" AS ?x) {}', 400),
        ('SELECT ("\\UFFFFFFFF" AS ?x) {}', 400),
        ("ASK {\0}", 400),
        ("ASK \ufeff{}", 400),
        ('SELECT ("a\\u0000b" AS ?x) {}', 200),
        # Patterns that grow, and paths that go everywhere.
        ('ASK { FILTER(REGEX("aaaa", "((((a{1,100}){1,100}){1,100}){1,100})$")) }', 200),
        ("SELECT (COUNT(*) AS ?n) { ?a (tb:activates|tb:requires|!<a:b>)* ?b }", 200),
        ("ASK { ?s (((((((<a:b>*)*)*)*)*)*)*)* ?o . FILTER(?s = ?zz) }", 200),
        # Memory and time without end.
        ("SELECT ?x40 { BIND('ab' AS ?x0) "
         + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40)) + " }", 503),
        ("SELECT ?k (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(RAND() AS ?k) } GROUP BY ?k", 503),
        ("SELECT (COUNT(*) AS ?n) { " + " ".join(f"GRAPH ?g{n} {{ ?s{n} ?p{n} ?o{n} }}" for n in range(20)) + " }", 503),
        ("SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?x{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(60)) + " }", 503),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_odd_queries_are_answered_or_refused(server: httpx.Client, query: str, status: int) -> None:
    body = query.encode("utf-8")
    with contextlib.suppress(httpx.WriteError):  # it is not read to its end
        kind = {"Content-Type": "application/sparql-query"}
        assert server.post("/sparql", content=body, headers=kind).status_code == status


@pytest.mark.parametrize("call", ["RAND#\n()", "rand ()", "uuid()", "STRUUID()", "\\u0052AND()"])
def test_what_is_drawn_is_drawn_anew(server: httpx.Client, call: str) -> None:
    """However it is written, and though other answers are kept."""
    first, again = (
        server.get(f"/sparql?query={quote(f'SELECT ({call} AS ?x) {{}}')}") for _ in "12"
    )
    assert "etag" not in first.headers
    assert first.status_code == 400 or first.text != again.text
