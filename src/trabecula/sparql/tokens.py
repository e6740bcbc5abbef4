"""The words of a SPARQL query: enough of the grammar to see what is text and what is code.

Both the screen and the lint stand on this. It takes linear time on any input. Where the engine
could read the same characters in two ways, `doubtful` says so, and the screen acts on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from trabecula.prefixes import NAMESPACES, PREFIXES

#: Every prefix that a query may use without declaring it, with its namespace.
KNOWN_PREFIXES: Final = {**NAMESPACES, **{name: row.iri for name, row in PREFIXES.items()}}

_FOUR = r"(?:[0-9A-CE-Fa-ce-f][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2})"  # no surrogates
_ESCAPE = (
    r"""\\(?:[tbnrf"'\\]|u""" + _FOUR + r"|U(?:0000" + _FOUR
    + r"|00(?:0[1-9A-Fa-f]|10)[0-9A-Fa-f]{4}))"
)  # fmt: skip
# Where an alternative within `*+` fails half-way, the next one begins where it began; after the
# last one Python 3.11.4 and before go on from half-way. So the last is `(?!)`, which fails at once.
_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]*+ )
    | (?P<string>
          \"\"\" (?: [^"\\] | ESCAPE | "(?!"") | (?!) )*+ \"\"\"
        | '''    (?: [^'\\] | ESCAPE | '(?!'') | (?!) )*+ '''
        | (?!\"\"\") " (?: [^"\\\r\n] | ESCAPE | (?!) )*+ "
        | (?!''')    ' (?: [^'\\\r\n] | ESCAPE | (?!) )*+ '
      )
    | (?P<broken> ["'] )
    | (?P<iri> <[^\x00-\x20<>"{}|^`]*+> )
    | (?P<variable> [?$][A-Za-z0-9_]++ )
    | (?P<label> _:[\w.\-\u00b7]*+ )
    | (?P<name>
          (?: [^\W\d_][\w.\-]*+ )?+ :
          (?: [\w:.\-\u00b7] | %[0-9A-Fa-f]{2} | \\[_~.\-!$&'()*+,;=/?\#@%] | (?!) )*+
      )
    | (?P<word> [^\W\d][\w.\-]*+ )
    | (?P<number> \d[\d.]*+ )
    | (?P<mark> \S )
    """.replace("ESCAPE", _ESCAPE),
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
#: A word and a colon; it is looked for where a word begins only, or long words took long.
_BEFORE_COLON = re.compile(r"(?<![\w.-])([\w.-]*):")
#: What stands before a colon and is no prefix.
_NO_PREFIX: Final = frozenset(("http", "https", "_"))
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_STRING_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ECHARS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Token(NamedTuple):
    """A piece of a query: its kind (a group of the pattern above), its text and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next token can begin."""
        return self.start + len(self.text)

    def says(self, word: str) -> bool:
        """Whether this is the keyword `word`, in any case."""
        return self.kind == "word" and self.text.upper() == word


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query in order; white space is left out.

    A quotation mark that begins no valid string is the last token, of kind `broken`: what comes
    after it could be text or code.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        yield Token(kind, match.group(), match.start())
        if kind == "broken":
            return


def code(text: str) -> list[Token]:
    """The tokens of a query without its comments."""
    return [token for token in tokens(text) if token.kind != "comment"]


def doubtful(token: Token) -> bool:
    """Whether an IRI could also be read as a comparison, with other text after it hidden.

    In `FILTER(?a<?b)#>` the engine sees `<`, `?b`, `)` and a comment, while the longest token is
    an IRI. Only `#` and `'` make the two readings go apart, and none but an IRI holds `//`.
    """
    if token.kind != "iri":
        return False
    divergent = "#" in token.text or "'" in token.text
    return divergent and _ABSOLUTE.match(token.text) is None


def declared_prefixes(query: list[Token]) -> dict[str, str]:
    """The prefixes that a query declares, with their namespaces."""
    return {
        name.text[:-1]: unquoted(iri)
        for word, name, iri in zip(query, query[1:], query[2:], strict=False)
        if _declares(word, name, iri)
    }


def _declares(word: Token, name: Token, iri: Token) -> bool:
    return (
        word.says("PREFIX")
        and name.kind == "name"
        and name.text.index(":") == len(name.text) - 1
        and iri.kind == "iri"
    )


def used_names(query: list[Token]) -> list[Token]:
    """The prefixed names that a query uses, apart from those that declare a prefix."""
    return [
        token
        for before, token in zip([Token("mark", "", 0), *query], query, strict=False)
        if token.kind == "name" and not before.says("PREFIX")
    ]


def used_prefixes(
    text: str, spaces: Mapping[str, str], others: Callable[[], Mapping[str, str]] = dict
) -> dict[str, str]:
    """The prefixes that may be used in a query: the engine reads each of them for each query.

    `others` gives more of them, and is asked where the known ones may not be all.
    """
    if "\\" in text:  # a name may be written with escapes
        return {**others(), **spaces}
    names = set(_BEFORE_COLON.findall(text)) - _NO_PREFIX
    if names <= spaces.keys():
        return {name: spaces[name] for name in names}
    # Others are declared in the query, or stand right behind something else.
    every = {**others(), **spaces}
    return {name: space for name, space in every.items() if f"{name}:" in text}


def split_name(name: Token) -> tuple[str, str]:
    """The prefix and the local part of a prefixed name, without its escapes.

    >>> split_name(Token("name", "entity:atp.", 0))
    ('entity', 'atp')
    """
    prefix, _, local = name.text.partition(":")
    return prefix, _LOCAL_ESCAPE.sub(r"\1", local.rstrip("."))


def unquoted(token: Token) -> str:
    r"""What a string or an IRI token stands for, without its quotation marks and escapes.

    >>> unquoted(Token("string", '"two\\nlines"', 0))
    'two\nlines'
    """
    width = 3 if token.text[:3] in ('"""', "'''") else 1
    return _STRING_ESCAPE.sub(_unescaped, token.text[width:-width])


def quoted(text: str) -> str:
    """A text as it may stand in a query."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    if len(escape) > 1:
        return chr(int(escape[1:], 16))
    return _ECHARS.get(escape, escape)


def iri_of(token: Token, declared: dict[str, str]) -> str:
    """The IRI of an IRI or a prefixed name; empty when its prefix is not known."""
    if token.kind == "iri":
        return unquoted(token)
    prefix, local = split_name(token)
    namespace = declared.get(prefix, KNOWN_PREFIXES.get(prefix))
    return "" if namespace is None else namespace + local


def place(text: str, offset: int) -> tuple[int, int, str]:
    r"""The line and the column (both from 1) of an offset, and the text of that line.

    >>> place("ASK {\n  oops }", 8)
    (2, 3, '  oops }')
    """
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end].rstrip("\r")
    return text.count("\n", 0, offset) + 1, offset - start + 1, line


def pointed(text: str, offset: int, message: str) -> str:
    """`message` with its place in the query, the line there and a caret under the column."""
    line_number, column, line = place(text, offset)
    # A long line is cut around the place, so that the caret is seen on any terminal.
    first = max(0, column - 60)
    shown = line[first : first + 100].replace("\t", " ")
    caret = " " * (column - 1 - first) + "^"
    return f"line {line_number}, column {column}: {message}\n  {shown}\n  {caret}"
