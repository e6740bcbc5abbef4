"""What a query answers: rows, a yes or no, or triples; and how that is written down."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, cast
from urllib.parse import unquote
from xml.sax.saxutils import escape, quoteattr

from trabecula.errors import QueryError
from trabecula.identifiers import seen, unknown
from trabecula.sparql.tokens import KNOWN_PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

    #: pyoxigraph's term values: `.value`, and for literals `.datatype` and `.language`.
    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
    Row: TypeAlias = tuple[Term | None, ...]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = _XSD + "string"
_NUMBERS: Final = frozenset(
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

    def serialise(self, syntax: str, /) -> str:
        """The answer as text: csv, tsv, json or xml (W3C SPARQL results), ttl or nt for triples.

        Raises `QueryError` when the syntax is unknown or cannot hold this kind of answer.
        """
        writers = _TRIPLES if self.form == "construct" else _RESULTS
        if syntax not in writers:
            raise QueryError(unknown(f"format of a {self.form.upper()} answer", syntax, writers))
        return writers[syntax](self)


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
            return short if seen(short) else iri
    return iri


@cache
def _namespaces() -> tuple[tuple[str, str], ...]:
    """Namespaces with their prefixes, the longest first."""
    pairs = ((namespace, prefix) for prefix, namespace in KNOWN_PREFIXES.items())
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[1])))


def term_order(term: Term | None) -> tuple[int, float, str, str, str]:
    """Where a term stands among others: unbound, blank nodes, IRIs, numbers, other literals."""
    if term is None:
        return (0, 0.0, "", "", "")
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        return (2 if type(term).__name__ == "NamedNode" else 1, 0.0, term.value, "", "")
    language = getattr(term, "language", None) or ""
    if datatype.value in _NUMBERS:
        try:
            return (3, float(term.value), term.value, datatype.value, language)
        except ValueError:  # ill-typed: sorted as text
            pass
    return (4, 0.0, term.value, datatype.value, language)


def triple_order(triple: ox.Triple) -> tuple[tuple[int, float, str, str, str], ...]:
    """Where a triple stands among others."""
    parts = (triple.subject, triple.predicate, triple.object)
    return tuple(term_order(cast("Term", part)) for part in parts)


# --- Rows and answers ---------------------------------------------------------------------------


def _csv(result: Result) -> str:
    if result.form == "ask":
        return _boolean(result)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(result.variables)
    for row in result.rows:
        writer.writerow("" if term is None else _bare(term) for term in row)
    return text.getvalue()


def _bare(term: Term) -> str:
    return str(term) if type(term).__name__ == "BlankNode" else term.value


def _tsv(result: Result) -> str:
    if result.form == "ask":
        return _boolean(result)
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    lines += ["\t".join(_exact(term) for term in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def _exact(term: Term | None) -> str:
    # The engine's own notation leaves tabs as they are, which would end the cell.
    return "" if term is None else str(term).replace("\t", "\\t")


def _boolean(result: Result) -> str:
    return "true" if result.answer else "false"


def _json(result: Result) -> str:
    head: dict[str, object] = {"head": {}, "boolean": result.answer}
    if result.form == "select":
        bindings = [
            {
                name: _json_term(term)
                for name, term in zip(result.variables, row, strict=True)
                if term is not None
            }
            for row in result.rows
        ]
        head = {"head": {"vars": result.variables}, "results": {"bindings": bindings}}
    return json.dumps(head, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    kind, value, attributes = _described(term)
    return {"type": kind, "value": value, **attributes}


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


def _xml(result: Result) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
        "<head>",
        *(f"<variable name={quoteattr(name)}/>" for name in result.variables),
        "</head>",
    ]
    if result.form == "ask":
        lines.append(f"<boolean>{_boolean(result)}</boolean>")
    else:
        lines.append("<results>")
        for row in result.rows:
            lines.append("<result>")
            for name, term in zip(result.variables, row, strict=True):
                if term is not None:
                    lines.append(f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>")
            lines.append("</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>"]) + "\n"


def _xml_term(term: Term) -> str:
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


def _nt(result: Result) -> str:
    return "".join(f"{triple} .\n" for triple in result.triples)


def _ttl(result: Result) -> str:
    import pyoxigraph as ox

    iris = {
        part.value
        for triple in result.triples
        for part in (triple.subject, triple.predicate, triple.object, _datatype(triple.object))
        if isinstance(part, ox.NamedNode)
    }
    prefixes = {
        prefix: namespace
        for prefix, namespace in sorted(KNOWN_PREFIXES.items())
        if any(iri.startswith(namespace) for iri in iris)
    }
    data = ox.serialize(result.triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    lines = cast("bytes", data).decode("utf-8").splitlines(keepends=True)
    # The engine declares prefixes in any order.
    count = sum(line.startswith("@prefix ") for line in lines)
    return "".join((*sorted(lines[:count], key=str.casefold), *lines[count:]))


def _datatype(term: object) -> object:
    return getattr(term, "datatype", None)


_Writer: TypeAlias = Callable[[Result], str]
_RESULTS: Final[Mapping[str, _Writer]] = MappingProxyType(
    {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
)
_TRIPLES: Final[Mapping[str, _Writer]] = MappingProxyType({"ttl": _ttl, "nt": _nt})
