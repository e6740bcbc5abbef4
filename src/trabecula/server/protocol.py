"""The SPARQL 1.1 Protocol: what a request asks, from its method, its address and its body.

Pure: no query is parsed and nothing is sent here. https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from trabecula.server.refusals import Refused

#: The longest query, in bytes of UTF-8.
MAX_QUERY_BYTES: Final = 64 * 1024
#: The largest body: a query whose every byte is escaped, and the names of some graphs.
MAX_BODY_BYTES: Final = 4 * MAX_QUERY_BYTES
#: How many parameters a request may have.
_MOST: Final = 200

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the graphs that the request names; None where it names none of either kind."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str = ""  # a short name of `media`, which goes before the header Accept


def read(method: str, content_type: str, address: bytes, body: bytes) -> Query | None:
    """The query of a request; None for one that asks for the description of the service.

    `address` is what stands behind the question mark. Raises `Refused` for everything else.
    """
    asked = pairs(address)
    if method == "POST":
        kind, charset = _content(content_type)
        if kind == UPDATE:
            raise Refused(403, "updates are refused: this endpoint only reads")
        if kind not in (FORM, DIRECT):
            raise Refused(415, f"a query is posted as {FORM} or as {DIRECT}")
        if charset not in ("", "utf-8", "utf8", "us-ascii"):
            raise Refused(415, "a query is posted in UTF-8")
        if kind == FORM:
            posted = pairs(body)
            if any(name == "query" for name, _ in asked) or not posted:
                raise Refused(400, "a posted form has its query in the body")
            asked += posted
        else:
            if any(name == "query" for name, _ in asked):
                raise Refused(400, "one query a request: there is one in the address as well")
            asked.append(("query", _text(body)))
    elif method not in ("GET", "HEAD"):
        raise Refused(405, "a query is asked with GET or POST")
    return _query(asked, method)


def _query(asked: list[tuple[str, str]], method: str) -> Query | None:
    def all_of(name: str) -> list[str]:
        return [value for key, value in asked if key == name]

    if all_of("update"):
        raise Refused(403, "updates are refused: this endpoint only reads")
    queries = all_of("query")
    if not queries:
        if method == "POST" or asked:
            raise Refused(400, "the request has no parameter `query`")
        return None
    if len(queries) > 1:
        raise Refused(400, f"one query a request: this one has {len(queries)}")
    text = queries[0]
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_QUERY_BYTES:
        raise Refused(413, f"the query has {size} bytes; the limit is {MAX_QUERY_BYTES}")
    default, named = all_of("default-graph-uri"), all_of("named-graph-uri")
    given = bool(default or named)
    formats = all_of("format")
    return Query(
        text,
        tuple(default) if given else None,
        tuple(named) if given else None,
        formats[-1] if formats else "",
    )


def pairs(encoded: bytes) -> list[tuple[str, str]]:
    """The names and values of a form. Raises `Refused` for what is not UTF-8, or too many."""
    pieces = encoded.split(b"&")
    if len(pieces) > _MOST:
        raise Refused(400, f"the request has more than {_MOST} parameters")
    try:
        return [
            (_decoded(name), _decoded(value))
            for name, _, value in (piece.partition(b"=") for piece in pieces if piece)
        ]
    except UnicodeDecodeError:
        raise Refused(400, "the parameters are not UTF-8") from None


_ESCAPED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_HEX: Final = "0123456789abcdefABCDEF"
#: The two digits of an escaped byte -> the byte.
_BYTES: Final = {(high + low).encode(): bytes.fromhex(high + low) for high in _HEX for low in _HEX}


def _decoded(encoded: bytes) -> str:
    """A name or a value without its escapes; a query has some forty, so that it matters how."""
    if b"+" in encoded:
        encoded = encoded.replace(b"+", b" ")
    if b"%" in encoded:
        parts = _ESCAPED.split(encoded)
        parts[1::2] = map(_BYTES.__getitem__, parts[1::2])
        encoded = b"".join(parts)
    return encoded.decode("utf-8")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError:
        raise Refused(400, "the query is not UTF-8") from None


_CHARSET: Final = re.compile(r'\s*charset\s*=\s*"?([\w-]+)"?\s*', re.IGNORECASE | re.ASCII)


def _content(header: str) -> tuple[str, str]:
    """The media type and the character set of a header `Content-Type`."""
    kind, *parameters = header.split(";")
    match = next(filter(None, map(_CHARSET.fullmatch, parameters)), None)
    return kind.strip().lower(), match[1].lower() if match else ""
