"""The screen: what a query may not say, decided from its text before any engine sees it.

The engine follows `SERVICE` to the network and dies of deep nesting, so neither may reach it. The
worker process has no network where the system allows that, and can be killed; this screen is the
line in front, and gives reasons a person can act on.
"""

from __future__ import annotations

import re
from typing import Final

from trabecula.errors import QueryError
from trabecula.sparql.tokens import Token, doubtful, pointed, tokens

#: The longest query, in bytes of UTF-8.
MAX_QUERY_BYTES: Final = 1024 * 1024
#: How deep brackets of any kind may be nested, and how many unary operators may follow each other.
MAX_DEPTH: Final = 100

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH")
)

#: Kinds of token that hold text of the user's, in which a keyword means nothing.
_TEXT: Final = frozenset(("comment", "string", "iri", "variable"))
_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_OPEN, _CLOSE = frozenset("{(["), frozenset("})]")
_UNARY = frozenset("!^+-")
_DEEPENING: Final = tuple(sorted(_OPEN | _UNARY))


def is_harmless(text: str) -> bool:
    """Whether an engine may see a query that was not screened, as most may.

    There is no "service" in it, not even behind an escape, and it is neither long nor can it be
    nested deeply. It may be no query at all, or an update: that the engine refuses, and `screen`
    says it better.
    """
    return (
        text.isascii()
        and len(text) <= MAX_QUERY_BYTES
        and "\\" not in text
        and "service" not in text.lower()
        and sum(map(text.count, _DEEPENING)) <= MAX_DEPTH
    )


def screen(text: str) -> None:
    """Pass over a query that may be evaluated.

    Raises `QueryError`, saying where and why, for `SERVICE`, an update, a text too long or too
    deeply nested, and a string that does not end. A prefixed name with "service" in it is refused
    as well, because engines differ in where such a name begins; its full IRI is not.

    >>> screen("SELECT ?service { ?service ?p ?o }")
    >>> screen("ASK { SERVICE <http://example.org/> { } }")
    Traceback (most recent call last):
        ...
    trabecula.errors.QueryError: line 1, column 7: SERVICE is refused: nothing is fetched
      ASK { SERVICE <http://example.org/> { } }
            ^
    """
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        message = "the query is not valid Unicode"
        raise QueryError(pointed(text[: error.start], error.start, message)) from None
    if size > MAX_QUERY_BYTES:
        raise QueryError(f"the query has {size} bytes; the limit is {MAX_QUERY_BYTES}")
    form = None
    depth = unary = 0
    for token in tokens(text):
        if token.kind == "broken":
            raise QueryError(pointed(text, token.start, "the string that begins here does not end"))
        if doubtful(token):
            _refuse_doubt(text, token)
        if token.kind not in _TEXT:
            _refuse_service(text, token)
        if token.kind == "word" and form is None:
            form = _form(text, token)
        if token.kind != "comment":
            unary = unary + 1 if token.text in _UNARY else 0
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if max(depth, unary) > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep"
            raise QueryError(pointed(text, token.start, message))


def _refuse_service(text: str, token: Token) -> None:
    match = _SERVICE.search(token.text)
    if match is None:
        return
    message = "SERVICE is refused: nothing is fetched"
    if token.kind == "name":
        message += "; if this is a name, write its full IRI between < and >"
    raise QueryError(pointed(text, token.start + match.start(), message))


def _refuse_doubt(text: str, token: Token) -> None:
    """Refuse what could be an IRI or a comparison, where it matters which of the two it is."""
    if _SERVICE.search(text, token.start):
        message = (
            "this could be an IRI or a comparison with a comment, and SERVICE follows: "
            "put a space after < if it is a comparison, use a prefixed name if it is an IRI"
        )
        raise QueryError(pointed(text, token.start, message))


def _form(text: str, token: Token) -> str | None:
    """The form of the query, once a word has been read that is not of its prologue."""
    word = token.text.upper()
    if word in UPDATES:
        message = f"{word} is refused: queries read ({', '.join(FORMS)}) and never change the data"
        raise QueryError(pointed(text, token.start, message))
    return None if word in ("BASE", "PREFIX", "VERSION") else word
