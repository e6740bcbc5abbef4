"""What no parser gets to see: what would crash it or fill the memory is refused before."""

from __future__ import annotations

import codecs
import re
from typing import Final

from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf.refusing import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TERMS

_BOM = b"\xef\xbb\xbf"
# What the lexers of Turtle, TriG, N-Triples and N-Quads would skip, and the marks of RDF 1.2. That
# `(?!)` is the last alternative is for the sake of Python 3.11.4 and before: see `sparql.tokens`.
_QUOTED = re.compile(
    rb"""
    \"{3}(?:[^"\\]|\\.|"(?!"")|(?!))*+"{3} | '{3}(?:[^'\\]|\\.|'(?!'')|(?!))*+'{3}
    | "(?:[^"\\\n\r]|\\.|(?!))*+" | '(?:[^'\\\n\r]|\\.|(?!))*+'
    | <[^<>"{}|^`\\\x00-\x20]*+> | <(?:[^<>"{}|^`\\\x00-\x20]|\\[uU]|(?!))*+>
    | \#[^\n\r]*+ | \\.
    | (?P<opens><<) | (?P<closes>>>)
    """,
    re.VERBOSE | re.DOTALL,
)
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.|(?!))*+(?:"|\Z)|([\[{])|([\]}])', re.DOTALL)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[\w:.-]+\s*\[([^\]]{0,65536})\]\s*>")
_ENTITY = re.compile(rb"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]{0,500})"|'([^'&%<]{0,500})')\s*>""")
#: How many times its size a file may be once its entities are written out.
_ENTITIES_UNFOLD: Final = 20


def without_entities(data: bytes) -> bytes:
    """RDF/XML with what its entities stand for in their place, on the same lines.

    Protégé shortens IRIs by them. Only short texts without entities of their own are unfolded;
    any other declaration stays, and is refused.
    """
    doctype = _DOCTYPE.search(data, 0, 1 << 17)
    if (
        doctype is None
        or _ENTITY.sub(b"", re.sub(rb"<!--.*?-->", b"", doctype[1], flags=re.DOTALL)).strip()
    ):
        return data
    values = {name: double or single for name, double, single in _ENTITY.findall(doctype[1])}
    uses = [match for match in re.finditer(rb"&([\w.-]+);", data) if match[1] in values]
    if not values or sum(len(values[use[1]]) for use in uses) > _ENTITIES_UNFOLD * len(data):
        return data
    rest = data[doctype.end() :]
    whole = re.sub(rb"&([\w.-]+);", lambda use: values.get(use[1], use[0]), rest)
    return data[: doctype.start()] + b"\n" * doctype[0].count(b"\n") + whole


def screen(data: bytes, syntax: str, where: str) -> None:
    """Refuse what would crash the parser or make it fill the memory."""
    _check_utf_8(data, where)
    if syntax == "rdfxml":
        declaration = _DECLARATION.search(data)
        if declaration:
            what = f"{declaration[0].decode()} could hide entities that fill the memory"
            raise _at(data, declaration.start(), "doctype", what, "remove the declaration", where)
        _screen_elements(data, where)
    elif syntax == "jsonld":
        _screen_depth(data, where)
    elif data.count(b"<<") > MAX_TERMS:
        depth = 0
        for token in _QUOTED.finditer(data):
            depth += bool(token["opens"]) - bool(token["closes"])
            if depth > MAX_TERMS:
                what = f"more than {MAX_TERMS} levels of triple terms"
                raise _at(data, token.start(), "too-deep", what, "write flat nodes", where)


def _at(data: bytes, index: int, code: str, what: str, fix: str, where: str) -> FormatError:
    line = data.count(b"\n", 0, index) + 1
    return FormatError([Problem(code, f"{where}:{line}", what, fix)])


def _check_utf_8(data: bytes, where: str) -> None:
    """In pieces, so that a large file is not in memory twice."""
    decoder, done = codecs.getincrementaldecoder("utf-8")(), 0
    while done < len(data):
        piece = data[done : done + (1 << 20)]
        before = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, done + len(piece) == len(data))
        except UnicodeDecodeError as error:
            place = done - before + error.start
            what = f"byte {data[place]:#04x} is not UTF-8"
            raise _at(data, place, "not-utf-8", what, "save the file as UTF-8", where) from error
        done += len(piece)


def _screen_depth(data: bytes, where: str) -> None:
    depth = 0
    for token in _BRACKETS.finditer(data):
        depth += bool(token[1]) - bool(token[2])
        if depth > MAX_DEPTH:
            what = f"more than {MAX_DEPTH} levels of nesting"
            raise _at(data, token.start(), "too-deep", what, "write flat nodes", where)
    if depth > 0:
        what = f"the file breaks off with {counted(depth, 'open bracket')}"
        raise _at(data, len(data), "rdf-syntax", what, "close them, or get the rest", where)


def _screen_elements(data: bytes, where: str) -> None:
    """Refuse deep nesting, long rows of attributes, and XML that is damaged or breaks off.

    Of a file that breaks off the parser of RDF/XML would read half a record without a word.
    """
    from xml.parsers import expat

    reader, depth = expat.ParserCreate(), 0

    def start(_: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        index = reader.CurrentByteIndex
        if depth > MAX_DEPTH:
            what = f"more than {MAX_DEPTH} levels of nesting"
            raise _at(data, index, "too-deep", what, "write flat nodes", where)
        if len(attributes) > MAX_ATTRIBUTES:
            what = f"an element with more than {MAX_ATTRIBUTES} attributes"
            raise _at(data, index, "rdf-limit", what, "write them as elements", where)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    reader.StartElementHandler, reader.EndElementHandler = start, end
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        reason, fix = expat.ErrorString(error.code), "correct the file at this place"
        raise FormatError(
            [Problem("rdf-syntax", f"{where}:{error.lineno}", reason, fix)]
        ) from error


def without_marks(data: bytes, syntax: str) -> bytes:
    """The file without its byte-order mark; or marks, where files of lines were put together."""
    if syntax in ("nt", "nq"):
        data = data.replace(b"\n" + _BOM, b"\n")
    return data.removeprefix(_BOM)
