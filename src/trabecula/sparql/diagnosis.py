"""Where and why a query cannot be read, in words a person can act on.

The engine reports the furthest place at which it compared text with a keyword, which lies up to
the length of that keyword after the mistake, and names what it tried rather than what is wrong.
The commonest mistakes are therefore looked for first; what the engine says comes last.
"""

from __future__ import annotations

import re
from typing import Final

from trabecula.identifiers import expand
from trabecula.misspelt import nearest
from trabecula.sparql.tokens import (
    KNOWN_PREFIXES,
    Token,
    code,
    declared_prefixes,
    pointed,
    split_name,
    used_names,
)

_PLACE = re.compile(r"(?:error at |at line )(\d+)(?::| column )(\d+)")
_KEYWORD = re.compile(r"(?<![\w'\"])[A-Z][A-Z_]+(?![\w'\"])")
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_PAIRS: Final = {"{": "}", "(": ")", "[": "]"}
#: What the engine says of the meaning, as against what it would have liked to read.
_REASON = re.compile(
    r"(?:(?<=one of )|(?<=, )|(?<=expected ))((?:[A-Z][A-Za-z]+|\\u)(?: [\w?'.-]+){2,})"
)

#: The words that SPARQL knows, keywords and functions alike.
WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """
    a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct
    contains copy count create data datatype day default delete desc describe distinct drop
    encode_for_uri exists false filter floor from graph group group_concat having hours if in insert
    into iri isblank isiri isliteral isnumeric isuri lang langmatches lcase limit load max md5 min
    minus minutes month move named not now offset optional order prefix rand reduced regex replace
    round sameterm sample seconds select separator service sha1 sha256 sha384 sha512 silent str
    strafter strbefore strdt strends strlang strlen strstarts struuid substr sum timezone to triple
    true tz ucase undef union uri using uuid values version where with year subject predicate object
    istriple haslang haslangdir langdir strlangdir lateral adjust
        """,
    )
)
#: The most letters that are shown of a word that is none.
_SHOWN: Final = 60
_INSTEAD: Final = {"and": "&&", "or": "||", "like": "CONTAINS or REGEX", "null": "BOUND"}


def explained(text: str, message: str) -> str:
    """Why the query cannot be read, with the line, the column, the line's text and a caret.

    `message` is what the engine said.
    """
    query = code(text)
    if not query:
        return "the query is empty"
    for look in (_pasted, _bracket, _prefix, _relative, _word, _comma):
        fault = look(query)
        if fault is not None:
            token, what = fault
            return pointed(text, token.start, what)
    return pointed(text, _offset(text, message), _reason(message))


def _pasted(query: list[Token]) -> tuple[Token, str] | None:
    """A DOI after its prefix: a slash or a bracket ends a prefixed name."""
    for index, token in enumerate(query):
        if token.kind == "name" and token.text.casefold().startswith("doi:10."):
            run = _run(query, index)
            if len(run) > len(token.text.rstrip(".")):
                local = run.partition(":")[2]
                whole = expand(f"doi:{local}", "")
                return token, f"{run} is no prefixed name, for it has marks in it; write <{whole}>"
    return None


def _run(query: list[Token], index: int) -> str:
    """What stands from a token on without a blank, without what ends a term or a group."""
    text, end = "", query[index].start
    for place in range(index, len(query)):
        token = query[place]
        if token.start != end or token.text in ("{", "}", ";", ",", "<", '"', "'"):
            break
        text, end = text + token.text, token.end
    while text.endswith(".") or (text.endswith(")") and text.count(")") > text.count("(")):
        text = text[:-1]
    return text


def _bracket(query: list[Token]) -> tuple[Token, str] | None:
    """The first bracket that does not fit, or the last one left open."""
    opened: list[Token] = []
    for token in query:
        if token.text in _PAIRS:
            opened.append(token)
        elif token.text in _PAIRS.values():
            if not opened:
                return token, f"nothing is open that this {token.text} could close"
            if _PAIRS[opened[-1].text] != token.text:
                wanted = _PAIRS[opened[-1].text]
                return token, f"found {token.text} where {wanted} must close what is open"
            opened.pop()
    return (opened[-1], f"this {opened[-1].text} is never closed") if opened else None


def _prefix(query: list[Token]) -> tuple[Token, str] | None:
    prefixes = {**KNOWN_PREFIXES, **declared_prefixes(query)}
    for name in used_names(query):
        prefix, _ = split_name(name)
        if prefix not in prefixes:
            return name, unknown_prefix(prefix, prefixes)
    return None


def unknown_prefix(prefix: str, prefixes: dict[str, str]) -> str:
    """The message for a prefix that is neither declared nor known."""
    close = nearest(prefix, prefixes)
    hint = f"did you mean {' or '.join(f'{name}:' for name in close)}?" if close else ""
    return f"unknown prefix {prefix}: {hint or 'declare it with PREFIX'}"


def _word(query: list[Token]) -> tuple[Token, str] | None:
    for before, token in zip([Token("mark", "", 0), *query], query, strict=False):
        folded = token.text.casefold().rstrip(".")
        # The rest of a language tag, or of a variable with letters beyond ASCII.
        rest = before.end == token.start and before.text in ("@", "?", "$")
        if token.kind != "word" or folded in WORDS or rest:
            continue
        close = (_INSTEAD[folded],) if folded in _INSTEAD else nearest(folded, sorted(WORDS))
        names = " or ".join(word if word in _INSTEAD.values() else word.upper() for word in close)
        hint = f"; did you mean {names}?" if names else ""
        shown = token.text if len(token.text) <= _SHOWN else f"{token.text[:_SHOWN]}…"
        return token, f"{shown} is no word of SPARQL{hint}"
    return None


def _relative(query: list[Token]) -> tuple[Token, str] | None:
    """The first IRI without a scheme, where no BASE gives it one."""
    if any(token.says("BASE") for token in query):
        return None
    for token in query:
        if token.kind == "iri" and _SCHEME.match(token.text) is None:
            return token, f"{token.text} is a relative IRI; write it in full, or as prefix:name"
    return None


def _comma(query: list[Token]) -> tuple[Token, str] | None:
    """A comma between the variables of SELECT."""
    depth = 0
    for token in query:
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "{":
            return None
        if token.text == "," and depth == 0:
            return token, "variables are separated by spaces, not by commas"
    return None


def _offset(text: str, message: str) -> int:
    """The place the engine means, less the keyword it was comparing with there."""
    match = _PLACE.search(message)
    if match is None:
        return 0
    line, column = int(match[1]), int(match[2])
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    offset = start + column - 1
    expected = _REASON.sub("", message.partition("expected")[2])
    keywords = _KEYWORD.findall(expected)
    if keywords and '"' not in expected:
        offset -= min(len(word) for word in keywords)
    # The mistake is the next thing that is written, not the space before it.
    offset = max(0, min(offset, len(text)))
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return min(offset, len(text.rstrip()))


def _reason(message: str) -> str:
    reason = _REASON.search(message)
    detail = f": {reason[1]}" if reason else ""
    return f"the query cannot be read from here on{detail}"
