"""What a request asks, read from its method, its address and its body."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.server.protocol import DIRECT, FORM, MAX_QUERY_BYTES, Query, Refused, pairs, read


def test_a_query_is_asked_in_three_ways() -> None:
    asked = Query("ASK {}")
    assert read("GET", "", b"query=ASK%20%7B%7D", b"") == asked
    assert read("POST", FORM, b"", b"query=ASK+%7B%7D") == asked
    assert read("POST", f"{DIRECT}; charset=UTF-8", b"", b"ASK {}") == asked


def test_nothing_asks_for_the_description() -> None:
    assert read("GET", "", b"", b"") is None


def test_graphs_are_named_in_the_address_or_in_the_form() -> None:
    address = b"default-graph-uri=http://a/&named-graph-uri=http://b/"
    query = Query("ASK {}", ("http://a/",), ("http://b/",))
    assert read("POST", DIRECT, address, b"ASK {}") == query
    assert read("GET", "", b"query=ASK+%7B%7D&" + address, b"") == query
    assert read("POST", FORM, address, b"query=ASK+%7B%7D") == query


@pytest.mark.parametrize(
    ("status", "method", "kind", "address", "body"),
    [
        (400, "GET", "", b"default-graph-uri=http://a/", b""),
        (400, "GET", "", b"query=ASK{}&query=ASK{}", b""),
        (400, "GET", "", b"query=%FF", b""),
        (400, "POST", FORM, b"", b""),
        (400, "POST", FORM, b"query=ASK{}", b"query=ASK{}"),
        (400, "POST", FORM, b"", b"query=%C3%28"),
        (400, "POST", FORM, b"", b"a=1&" * 300),
        (400, "POST", DIRECT, b"", b"\xff\xfeA"),
        (400, "POST", DIRECT, b"query=ASK{}", b"ASK {}"),
        (403, "GET", "", b"update=CLEAR+ALL", b""),
        (403, "POST", FORM, b"", b"update=CLEAR+ALL"),
        (403, "POST", FORM, b"", b"query=ASK{}&update=CLEAR+ALL"),
        (403, "POST", "application/sparql-update", b"", b"CLEAR ALL"),
        (405, "PUT", DIRECT, b"", b"ASK {}"),
        (413, "POST", DIRECT, b"", b"#" * (MAX_QUERY_BYTES + 1)),
        (415, "POST", "", b"", b"query=ASK{}"),
        (415, "POST", "text/plain", b"", b"ASK {}"),
        (415, "POST", f"{DIRECT}; charset=UTF-16", b"", b"ASK {}"),
    ],
)
def test_all_else_is_refused(
    status: int, method: str, kind: str, address: bytes, body: bytes
) -> None:
    with pytest.raises(Refused) as refused:
        read(method, kind, address, body)
    assert refused.value.status == status


@given(st.binary(max_size=60))
def test_escapes_are_read_as_the_standard_library_reads_them(data: bytes) -> None:
    encoded = quote_from_bytes(data).replace("%20", "+") + "&%&a=%4%zz%C3%a9"
    try:
        wanted = parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(Refused, match="not UTF-8"):
            pairs(encoded.encode())
        return
    assert pairs(encoded.encode()) == wanted
