"""What a query answers: rows, a yes or no, or triples; and how that is written down."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from urllib.parse import unquote

from trabecula.addresses import addresses
from trabecula.errors import QueryError
from trabecula.identifiers import is_visible
from trabecula.misspelt import unknown
from trabecula.model import About
from trabecula.prefixes import ENTITY, ONTOLOGY
from trabecula.settled import settled
from trabecula.sparql.tokens import KNOWN_PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

    #: pyoxigraph's term values: `.value`, and for literals `.datatype` and `.language`.
    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
    Row: TypeAlias = tuple[Term | None, ...]

#: What a graph says of itself that says nothing.
NOTHING: Final = About()
_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = _XSD + "string"
#: The types of literals that are numbers.
NUMBERS: Final = frozenset(
    _XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "gYear")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to a query.

    `form` says which fields hold it: `variables` and `rows` for "select" (None where a variable
    is unbound), `answer` for "ask", `triples` for "construct" (and DESCRIBE). `warnings` are what
    looked like a mistake in the query.
    """

    form: str  # "select" | "ask" | "construct"
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    answer: bool = False
    triples: tuple[ox.Triple, ...] = ()
    warnings: tuple[str, ...] = ()
    about: About = NOTHING  # of the graph whose IRIs these are

    def serialise(self, syntax: str, /) -> str:
        """The answer as text: csv, tsv, json or xml (W3C SPARQL results), ttl or nt for triples.

        Raises `QueryError` when the syntax is unknown or cannot hold this kind of answer.
        """
        return "".join(self._pieces(syntax))

    def encoded(self, syntax: str, /) -> bytes:
        """The same in UTF-8, without a copy of the whole as text."""
        return b"".join(piece.encode("utf-8") for piece in self._pieces(syntax))

    def _pieces(self, syntax: str) -> Iterator[str]:
        writers = _TRIPLES if self.form == "construct" else _RESULTS
        if syntax not in writers:
            raise QueryError(unknown(f"format of a {self.form.upper()} answer", syntax, writers))
        return writers[syntax](self)


def outward(result: Result, about: About) -> Result:
    """The answer with the IRIs of the graph in place of those that are used within."""
    own = addresses(about)
    if not own.back:
        return result
    import pyoxigraph as ox

    @lru_cache(maxsize=2**16)
    def named(iri: str) -> ox.NamedNode:
        return ox.NamedNode(own.outward(iri))

    def told(term: Any) -> Any:
        return named(term.value) if isinstance(term, ox.NamedNode) else term

    return replace(
        result,
        rows=tuple(tuple(map(told, row)) for row in result.rows),
        triples=tuple(
            ox.Triple(*map(told, (triple.subject, triple.predicate, triple.object)))
            for triple in result.triples
        ),
        about=about,
    )


def shorten(iri: str) -> str:
    """An IRI as a prefixed name for people to read; unchanged when no prefix fits.

    >>> shorten("https://w3id.org/trabecula/entity/magnesium")
    'entity:magnesium'
    >>> shorten("http://www.ncbi.nlm.nih.gov/pubmed/9709941")
    'PMID:9709941'
    >>> shorten("http://example.org/")
    'http://example.org/'
    """
    for namespace, prefix in _namespaces():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            short = f"{prefix}:{unquote(iri[len(namespace) :])}"
            return short if is_visible(short) else iri
    return iri


def shown(iri: str, about: About = NOTHING) -> str:
    """An IRI of a graph as a prefixed name, with the prefixes that the graph declares, too.

    >>> shown("https://w3id.org/trabecula/entity/magnesium"), shown("http://example.org/")
    ('entity:magnesium', 'http://example.org/')
    """
    own = addresses(about)
    within = own.inward(iri)
    if own.words.get(within) == iri:
        return f"own:{within.removeprefix(ONTOLOGY)}"
    short = shorten(within)
    if short == within:
        short = settled(within, ENTITY)
    return iri if short.startswith(("http://", "https://")) else short


@cache
def _namespaces() -> tuple[tuple[str, str], ...]:
    """Namespaces with their prefixes, the longest first."""
    pairs = ((namespace, prefix) for prefix, namespace in KNOWN_PREFIXES.items())
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[1])))


# --- Rows and answers ---------------------------------------------------------------------------
# Writers yield the text in pieces, one for a row, so that a large answer is never held twice.

#: How many terms are kept as they are written; the same few make up most of a large answer.
_KEPT: Final = 4096


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(result: Result) -> Iterator[str]:
    if result.form == "ask":
        yield _boolean(result)
        return
    # What `writerow` returns is what the file's `write` does.
    row_of = csv.writer(_Echo(), lineterminator="\r\n").writerow
    yield cast("str", row_of(result.variables))
    for row in result.rows:
        yield cast("str", row_of("" if term is None else _bare(term) for term in row))


def _bare(term: Term) -> str:
    return str(term) if type(term).__name__ == "BlankNode" else term.value


def _tsv(result: Result) -> Iterator[str]:
    if result.form == "ask":
        yield _boolean(result)
        return
    written = lru_cache(_KEPT)(_exact)
    yield "\t".join(f"?{name}" for name in result.variables) + "\n"
    for row in result.rows:
        yield "\t".join(map(written, row)) + "\n"


def _exact(term: Term | None) -> str:
    # The engine's own notation leaves tabs as they are, which would end the cell.
    return "" if term is None else str(term).replace("\t", "\\t")


def _boolean(result: Result) -> str:
    return "true" if result.answer else "false"


def _json(result: Result) -> Iterator[str]:
    """As `json.dumps` writes it with `indent=1`."""
    if result.form == "ask":
        yield _dumped({"head": {}, "boolean": result.answer}) + "\n"
        return
    written = lru_cache(_KEPT)(_json_term)
    names = [f"    {_dumped(name)}: " for name in result.variables]
    end = "]\n }\n}"
    whole = _dumped({"head": {"vars": result.variables}, "results": {"bindings": []}})
    yield whole.removesuffix(end)
    for number, row in enumerate(result.rows):
        pairs = zip(names, row, strict=True)
        members = ",\n".join(name + written(term) for name, term in pairs if term is not None)
        yield "\n   " if number == 0 else ",\n   "
        yield f"{{\n{members}\n   }}" if members else "{}"
    yield ("\n  " if result.rows else "") + end + "\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _json_term(term: Term) -> str:
    kind, value, attributes = _described(term)
    return _dumped({"type": kind, "value": value, **attributes}).replace("\n", "\n    ")


def _described(term: Term) -> tuple[str, str, dict[str, str]]:
    """The kind of a term, its value, and its language or datatype, as results formats name them."""
    kind = type(term).__name__
    if kind == "NamedNode":
        return "uri", term.value, {}
    if kind == "BlankNode":
        return "bnode", term.value, {}
    language = getattr(term, "language", None)
    if language:
        return "literal", term.value, {"xml:lang": language}
    datatype = term.datatype.value  # type: ignore[union-attr]
    return "literal", term.value, {} if datatype == _STRING else {"datatype": datatype}


def _xml(result: Result) -> Iterator[str]:
    from xml.sax.saxutils import quoteattr  # which loads what knows of networks, too

    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>\n'
    yield from (f"<variable name={quoteattr(name)}/>\n" for name in result.variables)
    yield "</head>\n"
    if result.form == "ask":
        yield f"<boolean>{_boolean(result)}</boolean>\n"
    else:
        yield "<results>\n"
        yield from _xml_rows(result)
        yield "</results>\n"
    yield "</sparql>\n"


def _xml_rows(result: Result) -> Iterator[str]:
    from xml.sax.saxutils import quoteattr

    written = lru_cache(_KEPT)(_xml_term)
    names = [f"<binding name={quoteattr(name)}>" for name in result.variables]
    for row in result.rows:
        bindings = (
            f"{name}{written(term)}</binding>\n"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        yield f"<result>\n{''.join(bindings)}</result>\n"


def _xml_term(term: Term) -> str:
    from xml.sax.saxutils import escape, quoteattr

    kind, value, attributes = _described(term)
    written = "".join(f" {name}={quoteattr(given)}" for name, given in attributes.items())
    beyond = _NOT_IN_XML.search(value)
    if beyond:
        point = f"U+{ord(beyond.group()):04X}"
        raise QueryError(f"XML cannot hold the character {point}, which {value!r} has; use json")
    # A bare carriage return would be read back as a line feed.
    return f"<{kind}{written}>{escape(value, {_CR: '&#13;'})}</{kind}>"


_CR: Final = "\r"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


# --- Triples ------------------------------------------------------------------------------------


def _nt(result: Result) -> Iterator[str]:
    return (f"{triple} .\n" for triple in result.triples)


def _ttl(result: Result) -> Iterator[str]:
    import pyoxigraph as ox

    data = ox.serialize(result.triples, format=ox.RdfFormat.TURTLE, prefixes=_prefixes(result))
    lines = cast("bytes", data).decode("utf-8").split("\n")
    # The engine declares prefixes in any order.
    count = next((n for n, line in enumerate(lines) if not line.startswith("@prefix ")), 0)
    yield "\n".join((*sorted(lines[:count], key=str.casefold), *lines[count:]))


def _prefixes(result: Result) -> dict[str, str]:
    """The prefixes of the IRIs in these triples, with their namespaces."""
    import pyoxigraph as ox

    # Every namespace ends in one of these characters, so that a few stems stand for all IRIs.
    stems = {
        part.value[: max(map(part.value.rfind, "/#_=:")) + 1]
        for triple in result.triples
        for part in (triple.subject, triple.predicate, triple.object, _datatype(triple.object))
        if isinstance(part, ox.NamedNode)
    }
    return {
        prefix: space
        for prefix, namespace in sorted(KNOWN_PREFIXES.items())
        for space in [addresses(result.about).outward(namespace)]
        if any(stem.startswith(space) for stem in stems)
    }


def _datatype(term: object) -> object:
    return getattr(term, "datatype", None)


_Writer: TypeAlias = Callable[[Result], Iterator[str]]
_RESULTS: Final[Mapping[str, _Writer]] = MappingProxyType(
    {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
)
_TRIPLES: Final[Mapping[str, _Writer]] = MappingProxyType({"ttl": _ttl, "nt": _nt})
