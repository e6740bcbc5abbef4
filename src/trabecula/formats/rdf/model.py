"""What a graph says in RDF: its records as plain triples, without any RDF library.

`docs/rdf.md` shows the model with an example. No node is blank and every text is a plain string,
so that the same graph is always the same triples. What is said of a subject is a `Row`: properties
with their values, as texts. `describe` makes triples of rows, and `templates` text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf.biolink import association, repeating
from trabecula.formats.rdf.evidence import (
    evidence_node,
    evidence_row,
    properties,
    words_of_evidence,
)
from trabecula.formats.rdf.ontology import CROSS_REFERENCE, SOURCE_TEXTS
from trabecula.formats.rdf.rows import (
    BOOLEAN,
    BOOLEANS,
    IN_TAXON,
    INTEGER,
    IRI,
    LABEL,
    STRING,
    TYPE,
    XSD,
    Description,
    Filled,
    Kind,
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
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Review, Source, Statement, Xref
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE, STATEMENT
from trabecula.standing import reading, standing
from trabecula.vocabulary import MATCHES, Vocabulary


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
    plain = _plainly(graph.statements.values())
    for entity in graph.entities.values():
        pairs = _entity(entity, common, graph)
        yield iri(entity.id, ENTITY), [*pairs, *plain.pop(entity.id, ())]
    for unknown, pairs in plain.items():
        yield iri(unknown, ENTITY), pairs
    for source in graph.sources.values():
        yield iri(source.id, SOURCE), _source(source)
    yield from _statements(graph)
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


def _plainly(statements: Iterable[Statement]) -> dict[str, Pairs]:
    """What may be said of subjects without its evidence; see `evidence.sayable`.

    Not with the predicates that cross-references have: it would read back as one of them.
    """
    pairs: dict[str, Pairs] = {}
    for statement in statements:
        name = _saying(statement.predicate)
        if name and not statement.negated and standing(statement.evidence).sayable:
            pairs.setdefault(statement.subject, []).append((name, statement.object))
    return pairs


@lru_cache(maxsize=2**12)
def _saying(predicate: str) -> Property | None:
    name = iri(predicate, ONTOLOGY)
    return None if is_match(name) else property_of(name, ENTITY)


def is_match(predicate: str) -> bool:
    """Whether the IRI of a predicate is one that cross-references have."""
    return predicate in _MATCHES


_MATCHES: Final = frozenset(term(f"skos:{match}Match") for match in MATCHES)


def review_in_words(review: Review) -> str:
    """A review as one text.

    >>> review_in_words(Review("2026-11-29", "against-source", "second-reader", "0123abcd"))
    '2026-11-29 against-source second-reader 0123abcd'
    """
    return f"{review.date} {review.kind} {review.reader} {review.rows}"


def review_from_words(text: str) -> Review | None:
    """The review that a `tb:reviewRecord` keeps; None where it is none."""
    parts = text.split(" ")
    return Review(*parts) if len(parts) == len(Review.__slots__) else None


def spoken(statement: Statement) -> tuple[str, str, str]:
    """The plain triple of a statement, whether it may be said or not."""
    return (
        iri(statement.subject, ENTITY),
        iri(statement.predicate, ONTOLOGY),
        iri(statement.object, ENTITY),
    )


_SUBJECT: Final = called("rdf:subject", ENTITY)
_PREDICATE: Final = called("rdf:predicate", ONTOLOGY)
_OBJECT: Final = called("rdf:object", ENTITY)
_NEGATED: Final = called("tb:negated", BOOLEAN)
_TOPIC: Final = called("tb:topic")
_REVIEW: Final = called("tb:reviewRecord")
_READING: Final = called("tb:readingState")
_HAS_EVIDENCE: Final = called("tb:hasEvidence", IRI)
_SIGN: Final = called("tb:sign", INTEGER)
_STATUS: Final = called("tb:status")
_BASIS: Final = called("tb:basis")
_SUPPORTING: Final = called("tb:supportingSources", INTEGER)
_DISPUTING: Final = called("tb:disputingSources", INTEGER)
_REIFIED: Final = ((TYPE, term("tb:Statement")), (TYPE, term("rdf:Statement")))
_ASSOCIATION: Final = ((TYPE, term("biolink:Association")),)


def _statements(graph: Graph) -> Iterator[tuple[str, Row]]:
    """What is said of statements, each with its evidence."""
    kinds: dict[tuple[object, ...], dict[_How, Kind]] = {}
    described: dict[int, _Described] = {}  # one piece of it may stand in many
    for key, statement in graph.statements.items():
        nodes: dict[str, Filled] = {}
        for row in statement.evidence:
            row_described = described.get(id(row))
            if row_described is None:
                if len(described) >= _MOST_DESCRIBED:
                    described.clear()
                filled = evidence_row(row, graph.words)
                alike = kinds.setdefault(words_of_evidence(row), {})
                row_described = described[id(row)] = _Described(row, row.digest, filled, alike)
            nodes[evidence_node(key, row_described.digest)] = row_described.filled
        if len(statement.evidence) == 1 and not (statement.qualifiers or statement.reviews):
            alike = described[id(statement.evidence[0])].kinds
            yield STATEMENT + key, _plain_statement(statement, nodes, graph, alike)
        else:
            yield STATEMENT + key, _statement(statement, nodes, graph)
        yield from nodes.items()


#: The predicate of a statement, whether it is negated, and whether it has a topic.
_How: TypeAlias = tuple[str, bool, bool]


class _Described(NamedTuple):
    row: Evidence  # which is kept, lest another one get its number
    digest: str
    filled: Filled
    kinds: dict[_How, Kind]  # of statements that have nothing but evidence in the same words


#: So many descriptions of evidence are kept while a graph is described.
_MOST_DESCRIBED: Final = 2**13


def _plain_statement(
    statement: Statement, evidence: Collection[str], graph: Graph, kinds: dict[_How, Kind]
) -> Filled:
    """As of most: with one piece of evidence, and no qualifiers.

    Its kind follows from its predicate and from what it is weighed by.
    """
    subject, object_, topic = statement.subject, statement.object, statement.topic
    how = (statement.predicate, statement.negated, topic != "")
    kind = kinds.get(how)
    if kind is None:
        filled = _statement(statement, evidence, graph)
        kinds[how] = filled.kind
        return filled
    (row,) = statement.evidence
    texts = [sentence(statement, graph), subject, object_]
    if topic:
        texts.append(topic)
    texts += (*evidence, subject, object_, row.source)
    return Filled(kind, texts[: kind.own])


def _statement(statement: Statement, evidence: Collection[str], graph: Graph) -> Filled:
    status, basis, may_be_said = standing(statement.evidence)
    repeated = repeating(statement, may_be_said)
    sources: Collection[str] = repeated.sources if repeated else ()
    if len(sources) > 1:
        sources = sorted(sources, key=lambda source: iri(source, SOURCE))
    qualifiers = properties(statement.qualifiers, graph.words) if statement.qualifiers else ()
    kind = _kind_of_statement(
        graph.words,
        statement.predicate,
        statement.negated,
        tuple([name for name, _ in qualifiers]),
        bool(statement.topic),
        len(statement.reviews),
        reading(statement) if statement.reviews else "",
        len(evidence),
        status,
        basis,
        _sides(statement, graph),
        repeated.negated if repeated else None,
        len(sources),
    )
    subject, object_ = statement.subject, statement.object
    texts = [sentence(statement, graph), subject, object_, *[text for _, text in qualifiers]]
    if statement.topic:
        texts.append(statement.topic)
    texts += map(review_in_words, statement.reviews)
    texts += evidence
    if repeated:
        texts += (subject, object_, *sources)
    return Filled(kind, texts)


def _sides(statement: Statement, graph: Graph) -> tuple[int, int]:
    """How many independent sources support a statement, and how many dispute it."""
    if len(statement.evidence) == 1:  # as it is of most
        (row,) = statement.evidence
        return (
            int(row.stance == "supports" and row.weighs),
            int(row.stance == "disputes" and row.weighs),
        )
    return len(graph.independent(statement)), len(graph.independent(statement, "disputes"))


@lru_cache(maxsize=2**12)
def _kind_of_statement(
    words: Vocabulary,
    predicate: str,
    negated: bool,
    qualifiers: tuple[Property, ...],
    topic: bool,
    reviews: int,
    read: str,
    evidence: int,
    status: str,
    basis: str,
    sides: tuple[int, int],
    denied: bool | None,
    sources: int,
) -> Kind:
    """What is said of all statements that have as many values of each property and weigh as much.

    `denied` and `sources` are as of an `Association`; None where there is none.
    """
    supporting, disputing = sides
    sign = 0 if negated else words.relation(predicate).sign
    return Kind(
        [
            *_REIFIED,
            *(_ASSOCIATION if denied is not None else ()),
            (LABEL, None),
            (_SUBJECT, None),
            (_PREDICATE, predicate),
            (_OBJECT, None),
            # What it means, then what follows from it: where a file breaks off, it means this or
            # nothing.
            (_NEGATED, BOOLEANS[negated]),
            *((name, None) for name in qualifiers),
            *([(_TOPIC, None)] if topic else ()),
            *[(_REVIEW, None)] * reviews,
            *given(_READING, read),
            *[(_HAS_EVIDENCE, None)] * evidence,
            (_SIGN, str(sign)),
            (_STATUS, status),
            *given(_BASIS, basis),
            (_SUPPORTING, str(supporting)),
            (_DISPUTING, str(disputing)),
            *(() if denied is None else association(words, predicate, denied, sources)),
        ]
    )


def sentence(statement: Statement, graph: Graph) -> str:
    """The statement in words, such as `magnesium requires ATP (severity severe)`."""
    subject, object_ = graph.name(statement.subject), graph.name(statement.object)
    text = f"{subject} {graph.words.relation(statement.predicate).label} {object_}"
    if statement.qualifiers:
        text += f" ({', '.join([f'{key} {value}' for key, value in statement.qualifiers])})"
    return f"not: {text}" if statement.negated else text
