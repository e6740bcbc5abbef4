"""What is said of a subject in RDF: a `Row` of properties with their values, as texts.

No RDF library is needed for them. Rows of one `Kind` have the same properties, and each its own
texts; `templates` makes text of them, and `pairs_of` the properties and objects of triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeAlias

from trabecula.errors import FormatError, Problem
from trabecula.identifiers import expand
from trabecula.prefixes import ENTITY, NAMESPACES

XSD: Final = NAMESPACES["xsd"]
STRING: Final = XSD + "string"


class Literal(NamedTuple):
    """A value in RDF: its text, the IRI of its datatype, and its language, which ours have not."""

    text: str
    datatype: str = STRING
    language: str = ""


Object: TypeAlias = str | Literal  # an IRI, or a literal
Triple: TypeAlias = tuple[str, str, Object]
Pair: TypeAlias = tuple[str, Object]
#: The kind of values that are IRIs already.
IRI: Final = ""


@dataclass(frozen=True, slots=True, eq=False)
class Property:
    """A property, and what its values in a row are.

    `kind` is `IRI`, the namespace of identifiers that have none of their own (see `iri`), or the
    IRI of a datatype. There is one object for a property and a kind, see `property_of`.
    """

    iri: str
    kind: str

    def value(self, text: str) -> Object:
        """The object that a text in a row stands for."""
        if self.kind.startswith(XSD):
            return Literal(text, self.kind)
        return iri(text, self.kind) if self.kind else text


@lru_cache(maxsize=2**12)
def property_of(node: str, kind: str) -> Property:
    """The property with this IRI and values of this kind."""
    return Property(node, kind)


class Kind:
    """What rows have in common: their pairs, with no text where each has its own.

    There is one object for all rows of a kind, see `Filled`. `own` is how many texts they have.
    """

    __slots__ = ("own", "pairs")

    def __init__(self, pairs: Iterable[tuple[Property, str | None]]) -> None:
        self.pairs = tuple(pairs)
        self.own = sum(text is None for _, text in self.pairs)


class Filled:
    """A row of a kind, with the texts that are its own."""

    __slots__ = ("kind", "texts")

    def __init__(self, kind: Kind, texts: Sequence[str]) -> None:
        self.kind, self.texts = kind, texts

    def __iter__(self) -> Iterator[tuple[Property, str]]:
        texts = iter(self.texts)
        for name, text in self.kind.pairs:
            yield name, next(texts) if text is None else text


#: What is said of a subject: pairs of a property and the text of a value, in the order in which a
#: person reads them. A pair may come again.
Row: TypeAlias = list[tuple[Property, str]] | Filled
#: A part of a row.
Pairs: TypeAlias = list[tuple[Property, str]]
#: Subject -> pairs of property and object, both in the order in which a person reads them.
Description: TypeAlias = dict[str, list[Pair]]
WEB_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")


@cache
def term(curie: str) -> str:
    """The IRI of a term of the vocabularies used here, such as `rdf:type`."""
    return expand(curie, "")


def iri(identifier: str, base: str) -> str:
    """The IRI of an identifier; graphs from elsewhere may have web addresses as identifiers.

    Raises `FormatError` for one that cannot be an IRI.
    """
    if identifier.startswith(("http://", "https://")):
        if WEB_ADDRESS.fullmatch(identifier) is None:
            fix = "percent-encode the characters that an IRI cannot have"
            raise FormatError([Problem("bad-iri", identifier, "this is no IRI", fix)])
        return identifier
    return expand(identifier, base)


def pairs_of(row: Row) -> Iterator[Pair]:
    """Properties and objects, as often as the row says them."""
    return ((name.iri, name.value(text)) for name, text in row)


def row_of(pairs: Iterable[Pair]) -> Pairs:
    """The row that says this and nothing else."""
    return [
        (property_of(name, value.datatype), value.text)
        if isinstance(value, Literal)
        else (property_of(name, IRI), value)
        for name, value in pairs
    ]


def called(name: str, kind: str = STRING) -> Property:
    """The property with this name, such as `tb:sign`, and values of this kind."""
    return property_of(term(name), kind)


def each(name: Property, texts: Iterable[str]) -> Pairs:
    """The values of one property."""
    return [(name, text) for text in texts]


def given(name: Property, text: str) -> Pairs:
    """The value of a property that has one or none."""
    return [(name, text)] if text else []


BOOLEAN: Final = XSD + "boolean"
INTEGER: Final = XSD + "integer"
BOOLEANS: Final = ("false", "true")
TYPE: Final = called("rdf:type", IRI)
LABEL: Final = called("rdfs:label")
IN_TAXON: Final = called("biolink:in_taxon", ENTITY)


@lru_cache(maxsize=2**12)  # signs, and numbers of sources
def integer(value: int) -> Literal:
    """A whole number as a literal."""
    return Literal(str(value), XSD + "integer")
