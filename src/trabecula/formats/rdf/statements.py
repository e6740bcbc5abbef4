"""What is said of statements in RDF: the plain triple, the reified one, and the evidence for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from trabecula.formats.rdf.biolink import association, repeating
from trabecula.formats.rdf.evidence import (
    evidence_node,
    evidence_row,
    properties,
    words_of_evidence,
)
from trabecula.formats.rdf.rows import (
    BOOLEAN,
    BOOLEANS,
    INTEGER,
    IRI,
    LABEL,
    TYPE,
    Filled,
    Kind,
    Pairs,
    Property,
    Row,
    called,
    given,
    iri,
    property_of,
    term,
)
from trabecula.graph import Graph
from trabecula.model import Evidence, Review, Statement
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE, STATEMENT
from trabecula.standing import reading, standing
from trabecula.vocabulary import MATCHES, Vocabulary


def plainly(statements: Iterable[Statement]) -> dict[str, Pairs]:
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


def statements(graph: Graph) -> Iterator[tuple[str, Row]]:
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
