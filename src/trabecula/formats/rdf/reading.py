"""RDF files back into records.

The way of a line: `parsing` takes the bytes and gives a `Content`, the triples by subject and
property. Lines of N-Triples and N-Quads go there through `lines`, without a parser; those of
other syntaxes through pyoxigraph, once `screening` has looked at them, JSON-LD and RDF/XML in a
`process` that can be killed. `expected` tells whether the content is ours. If it is, `nodes` says
what a node holds, `records` makes a record of it, and `unread` counts and names what none was made
of; a record that lacks what it must have is an error. Of RDF that others wrote `foreign` says what
it means, and `mapping` makes records of that.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from trabecula import files
from trabecula.about import PREFIX
from trabecula.about import read as about_read
from trabecula.addresses import Addresses, addresses
from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf import foreign
from trabecula.formats.rdf.content import Content, Properties
from trabecula.formats.rdf.expected import is_ours
from trabecula.formats.rdf.ontology import ABOUT
from trabecula.formats.rdf.parsing import as_quads, parse
from trabecula.formats.rdf.records import Records, nothing
from trabecula.formats.rdf.rows import Literal
from trabecula.formats.rdf.unread import leave_out
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Reading
from trabecula.mapping import records as mapped
from trabecula.model import About, Record
from trabecula.prefixes import ENTITY, is_known
from trabecula.settled import settled
from trabecula.vocabulary import words_of

_Nodes: TypeAlias = dict[str, Properties]


def read(
    source: Path, syntax: str, left: Leftovers, reading: Reading | None = None
) -> Iterator[Record]:
    """The records in an RDF file, in all its graphs together, in the order of a `Graph`.

    With a `reading`, a file in which none of them is ours is read as others mean it, see `foreign`.
    Raises `FormatError` with the line where the file is damaged, with everything that its records
    lack, or with what is there where nothing can be read. See `parsing` for what is refused.
    """
    yield from read_bytes(files.read_bytes(source), syntax, str(source), left, reading)


def whole(
    source: Path, syntax: str, left: Leftovers, reading: Reading | None = None
) -> Graph | Iterator[Record]:
    """The graph in an RDF file, or the records in one that others wrote; see `read`."""
    return _whole(files.read_bytes(source), syntax, str(source), left, reading)


def quads_of(source: Path, syntax: str, left: Leftovers) -> tuple[bytes, dict[str, str]]:
    """The triples of a file as they are, as N-Quads, and the prefixes that it declares.

    Raises `FormatError` as `read` does.
    """
    where = str(source)
    return as_quads(_utf_8(files.read_bytes(source), syntax, where, left), syntax, where)


def read_bytes(
    data: bytes, syntax: str, where: str, left: Leftovers, reading: Reading | None = None
) -> Iterator[Record]:
    """The records in the bytes of an RDF file, which errors call `where`; see `read`."""
    given = _whole(data, syntax, where, left, reading)
    if isinstance(given, Graph) and given.about != About():
        yield given.about
    yield from given


def _whole(
    data: bytes, syntax: str, where: str, left: Leftovers, reading: Reading | None
) -> Graph | Iterator[Record]:
    content = parse(_utf_8(data, syntax, where, left), syntax, where)
    for key, count in content.unmapped.items():
        left.add("key", key, "a place without a context for it", count)
    if content.mended:
        left.mend("an IRI with blanks or the like, percent-encoded", where)
    if reading is not None and not is_ours(content):
        return _of_others(content, reading)
    about = _declared(_about(content, where), content)
    if about != About():
        content.nodes = _inward(content.nodes, addresses(about))
    nodes = Records(where, content, left, words_of(about), addresses(about))
    records = nodes.records()
    leave_out(nodes)
    return Graph([about, *records])


def _of_others(content: Content, reading: Reading) -> Iterator[Record]:
    """The records that RDF of others stands for. Raises `FormatError` where there are none."""
    yield from mapped(foreign.items(content, reading), reading, "rdf")
    if not reading.report.nodes:
        raise FormatError([nothing(content, reading.where)])


def _about(content: Content, where: str) -> About:
    """What the file says of its graph: a text of `about.toml`, on one node."""
    values = [value for pairs in content.nodes.values() for value in pairs.get(ABOUT, ())]
    texts = {value.text for value in values if isinstance(value, Literal)}
    if len(texts) > 1:
        problem = Problem("several-values", where, "there are several tb:about", "keep one of them")
        raise FormatError([problem])
    return about_read(texts.pop(), f"{where}: tb:about") if texts else About()


def _declared(about: About, content: Content) -> About:
    """With the prefixes that the file itself declares and nobody knows, where subjects have them.

    A name without one, and one of our own words, is none of those.
    """
    own, declared = addresses(about), {name for name, _ in about.prefixes}
    more = [
        (name, space)
        for name, space in sorted(content.prefixes.items())
        if name not in declared
        and PREFIX.fullmatch(name)
        and not is_known(name)
        and space.startswith(("http://", "https://"))
        and own.inward(space) == space
        and settled(f"{space}x", ENTITY) == f"{space}x"
        and any(node.startswith(space) for node in content.nodes)
    ]
    return replace(about, prefixes=tuple(sorted((*about.prefixes, *more)))) if more else about


def _inward(nodes: _Nodes, own: Addresses) -> _Nodes:
    """The triples with the IRIs that are used within; see `addresses`."""
    if not own.back:
        return nodes
    inward = lru_cache(maxsize=2**16)(own.inward)
    inward_nodes: _Nodes = {}
    for node, properties in nodes.items():
        kept = inward_nodes.setdefault(inward(node), {})
        for name, values in properties.items():
            kept.setdefault(inward(name), {}).update(
                (value if isinstance(value, Literal) else inward(value), None) for value in values
            )
    return inward_nodes


_DECLARED = re.compile(rb"""\A(<\?xml[^>]*?\sencoding=)(["'])([A-Za-z0-9._-]+)\2""")


def _utf_8(data: bytes, syntax: str, where: str, left: Leftovers) -> bytes:
    """The bytes of a text in UTF-8; XML says itself in which other encoding it is."""
    declared = _DECLARED.match(data) if syntax == "rdfxml" else None
    if declared and declared[3].lower() in _OTHER_ENCODINGS:
        with suppress(UnicodeDecodeError):  # which the parser will tell
            data = data.decode(declared[3].decode("ascii")).encode("utf-8")
    elif data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = files.decoded(data, where, left).encode("utf-8")
    return _DECLARED.sub(rb"\1\2UTF-8\2", data) if syntax == "rdfxml" else data


_OTHER_ENCODINGS = (b"iso-8859-1", b"latin1", b"us-ascii", b"windows-1252", b"iso-8859-15")
