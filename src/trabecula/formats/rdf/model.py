"""What a graph says in RDF: its records as plain triples, without any RDF library.

`docs/rdf.md` shows the model with an example. No node is blank and every text is a plain string,
so that the same graph is always the same triples. What is said of a subject is a `Row`: properties
with their values, as texts. `describe` makes triples of rows, and `templates` text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final

from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf.ontology import CROSS_REFERENCE, SOURCE_TEXTS
from trabecula.formats.rdf.rows import (
    BOOLEAN,
    BOOLEANS,
    IN_TAXON,
    LABEL,
    STRING,
    TYPE,
    XSD,
    Description,
    Pair,
    Pairs,
    Property,
    Row,
    called,
    each,
    given,
    iri,
    pairs_of,
    property_of,
    term,
)
from trabecula.formats.rdf.statements import plainly, statements
from trabecula.graph import Graph
from trabecula.model import Entity, Source, Xref
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE, STATEMENT
from trabecula.vocabulary import MATCHES


def describe(graph: Graph, common: dict[str, str] | None = None) -> Description:
    """Everything the graph says, by subject: entities, then sources, then statements.

    Of a part of a graph, `common` are the labels that `common_labels` gives of the whole: then they
    are not said here.
    """
    pairs_of_subjects: dict[str, dict[Pair, None]] = {}
    for subject, row in rows(graph, common):
        pairs_of_subjects.setdefault(subject, {}).update(
            dict.fromkeys(pairs_of(row))
        )  # in order, and each once
    return {subject: list(pairs) for subject, pairs in pairs_of_subjects.items() if pairs}


def rows(graph: Graph, of_whole: dict[str, str] | None = None) -> Iterator[tuple[str, Row]]:
    """What is said of each subject; see `describe`. A subject with several roles comes again."""
    _check_shared(graph)
    common = common_labels(graph) if of_whole is None else of_whole
    plain = plainly(graph.statements.values())
    for entity in graph.entities.values():
        pairs = _entity(entity, common, graph)
        yield iri(entity.id, ENTITY), [*pairs, *plain.pop(entity.id, ())]
    for unknown, pairs in plain.items():
        yield iri(unknown, ENTITY), pairs
    for source in graph.sources.values():
        yield iri(source.id, SOURCE), _source(source)
    yield from statements(graph)
    for node, label in sorted(common.items()) if of_whole is None else ():
        yield node, [(LABEL, label)]


_IDENTIFIER: Final = called("dct:identifier")


def common_labels(graph: Graph) -> dict[str, str]:
    """The labels that can stand on the IRIs of cross-references: those nobody contradicts."""
    labels: dict[str, set[str]] = {}
    for entity in graph.entities.values():
        for xref in entity.xrefs:
            labels.setdefault(iri(xref.curie, ENTITY), set()).add(xref.label)
    if not any(labels.values()):
        return {}
    own = {iri(key, ENTITY) for key in graph.entities}
    own |= {iri(key, SOURCE) for key in graph.sources}
    own |= {STATEMENT + key for key in graph.statements if STATEMENT + key in labels}
    return {
        node: next(iter(texts))
        for node, texts in labels.items()
        if len(texts) == 1 and texts != {""} and node not in own
    }


def _check_shared(graph: Graph) -> None:
    """Refuse an entity and a source of one IRI that match different things: they would mix."""
    sources = {iri(key, SOURCE): source for key, source in graph.sources.items()}
    for key, entity in graph.entities.items():
        source = sources.get(iri(key, ENTITY))
        if source is None:
            continue
        own = {iri(xref.curie, ENTITY) for xref in entity.xrefs if xref.match == "exact"}
        if own != {iri(curie, SOURCE) for curie in source.xrefs}:
            what = "the entity and the source of this name match different things exactly"
            fix = "give one of them another id"
            raise FormatError([Problem("bad-identifier", key, what, fix)])


_CATEGORY: Final = called("tb:category")
_SYNONYM: Final = called("skos:altLabel")
_DEFINITION: Final = called("skos:definition")
_MATCHING: Final = {match: called(f"skos:{match}Match", ENTITY) for match in MATCHES}
_CROSS_REFERENCE: Final = property_of(CROSS_REFERENCE, STRING)


def _entity(entity: Entity, common: dict[str, str], graph: Graph) -> Pairs:
    category = graph.words.categories.get(entity.category)
    if category:
        types = [(TYPE, ONTOLOGY + category.iri_name), (TYPE, term(category.biolink))]
    else:
        types = [(TYPE, term("tb:Entity"))]
        if entity.category.startswith("biolink:"):
            types += [(TYPE, term(entity.category))]
        types += [(_CATEGORY, entity.category)]
    return [
        *types,
        (LABEL, entity.name),
        (_IDENTIFIER, entity.id),
        *each(_SYNONYM, entity.synonyms),
        *given(_DEFINITION, entity.description),
        *given(IN_TAXON, entity.taxon),
        *((_matching(xref, entity), xref.curie) for xref in entity.xrefs),
        *(
            (_CROSS_REFERENCE, in_words(xref))
            for xref in entity.xrefs
            if xref.label and common.get(iri(xref.curie, ENTITY)) != xref.label
        ),
    ]


def _matching(xref: Xref, entity: Entity) -> Property:
    if xref.match not in MATCHES:
        fix = f"use one of {', '.join(MATCHES)}"
        what = f"a cross-reference cannot match {xref.match!r}"
        raise FormatError([Problem("bad-xref", entity.id, what, fix)])
    return _MATCHING[xref.match]


def in_words(xref: Xref) -> str:
    """A cross-reference as one text: match, CURIE and label."""
    return f"{xref.match} {xref.curie} {xref.label}"


def xref_from_words(text: str) -> Xref:
    """The cross-reference that a `tb:crossReference` keeps: match, CURIE and label."""
    match, _, rest = text.partition(" ")
    curie, _, label = rest.partition(" ")
    return Xref(match, curie, label)


_SOURCE_TEXTS: Final = [called(name) for name in SOURCE_TEXTS]
_texts_of_source = attrgetter(*SOURCE_TEXTS.values())
_DATE: Final = called("dct:date")
_YEAR: Final = called("dct:date", XSD + "gYear")
_AUTHORS: Final = called("tb:authors")
_ABSTRACT_READ: Final = called("tb:abstractRead", BOOLEAN)
_EXACTLY: Final = called("skos:exactMatch", SOURCE)
_URL: Final = called("tb:url", XSD + "anyURI")


def _source(source: Source) -> Row:
    texts = zip(_SOURCE_TEXTS, _texts_of_source(source), strict=True)
    is_year = re.fullmatch(r"[0-9]{4}", source.year)
    return [
        (TYPE, term("tb:Source")),
        (_IDENTIFIER, source.id),
        *(pair for pair in texts if pair[1]),
        *given(_YEAR if is_year else _DATE, source.year),
        *([(_AUTHORS, join_authors(source.authors))] if source.authors else ()),
        (_ABSTRACT_READ, BOOLEANS[source.abstract_read]),
        *each(_EXACTLY, source.xrefs),
        *given(_URL, source.url),
    ]


def join_authors(authors: Iterable[str]) -> str:
    """Authors as one text that keeps their order; a semicolon within a name is escaped.

    >>> join_authors(["Rude RK", "Gruber HE"])
    'Rude RK; Gruber HE'
    """
    return "; ".join(author.replace("\\", "\\\\").replace(";", "\\;") for author in authors)


def split_authors(text: str) -> tuple[str, ...]:
    """The opposite of `join_authors`."""
    first, *others = re.findall(r"(?:[^\\;]|\\.|\\$)+", text) or [""]
    parts = (first, *(part.removeprefix(" ") for part in others))
    return tuple(re.sub(r"\\(.)", r"\1", part) for part in parts)
