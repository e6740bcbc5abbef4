"""What a graph says in RDF: its records as plain triples, without any RDF library.

`docs/rdf.md` shows the model with an example. No node is blank and every text is a plain string,
so that the same graph is always the same triples. What is said of a subject is a `Row`: properties
with their values, as texts. `describe` makes triples of rows, and `templates` text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import quote, unquote

from trabecula.about import render as render_about
from trabecula.addresses import HOME
from trabecula.effects import is_number
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.identifiers import ENTITY, EVIDENCE, NAMESPACES, ONTOLOGY, SOURCE, STATEMENT, expand
from trabecula.model import (
    About,
    Category,
    Context,
    Effect,
    Entity,
    Evidence,
    Predicate,
    Review,
    Source,
    Statement,
    Xref,
    identity,
)
from trabecula.standing import reading, standing
from trabecula.vocabulary import CONTEXT, MATCHES, SPECIES, Vocabulary

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
    """A row of a kind, with the texts that are its own.

    `again` is whether the same may be said of other subjects, by this very object.
    """

    __slots__ = ("again", "kind", "texts")

    def __init__(self, kind: Kind, texts: Sequence[str], *, again: bool = False) -> None:
        self.kind, self.texts, self.again = kind, texts, again

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

#: The namespace of the named graphs in which sources speak for themselves.
NANOPUB: Final = "https://w3id.org/trabecula/nanopub/"
#: What the file of a graph without records says, lest it be one in which nothing is recognised.
EMPTY: Final[Triple] = (
    "https://w3id.org/trabecula/empty",
    NAMESPACES["rdf"] + "type",
    ONTOLOGY + "EmptyGraph",
)
#: Keys of a context that the vocabulary does not know become properties that begin like this.
UNKNOWN_KEY: Final = ONTOLOGY + "context-"
#: The properties of the ontology that are neither predicates nor keys of a context.
TERMS: Final = frozenset(
    (
        "about", "abstractRead", "amountOf", "arrow", "authors", "basis", "bel", "between",
        "category", "comparedWith", "confidenceLevel", "context", "crossReference",
        "disputingSources", "doseGiven", "effectMeasure", "effectSize", "effectUnit", "end",
        "evidenceType", "hasEvidence", "identifierPattern", "influence", "interval",
        "intervalHigh", "intervalLow", "issue", "journal", "kind", "locator", "lowered",
        "method", "negated", "organism", "pages", "passes", "primary", "raised", "readingState",
        "referenceNumber", "relatesTo", "relation", "remedy", "retracted", "reviewRecord",
        "sampleSize", "sign", "sourceGroup", "sourceKind", "species", "stance", "standing",
        "standingDate", "start", "state", "status", "steps", "strength", "structure",
        "studyDesign", "studyType", "summary", "supportingSources", "system", "timeTaken",
        "topic", "url", "urlPattern", "valuesFrom", "volume", "weakest",
    )
)  # fmt: skip
#: The literal that keeps a cross-reference whose label its IRI alone cannot tell.
CROSS_REFERENCE: Final = ONTOLOGY + "crossReference"

SOURCE_TEXTS: Final = MappingProxyType(
    {
        "dct:title": "title",
        "tb:sourceKind": "kind",
        "tb:studyType": "study_type",
        "tb:journal": "journal",
        "tb:organism": "organism",
        "tb:sourceGroup": "group",
        "tb:referenceNumber": "reference",
        "tb:standing": "standing",
        "tb:standingDate": "standing_date",
        "tb:volume": "volume",
        "tb:issue": "issue",
        "tb:pages": "pages",
        "rdfs:comment": "note",
    }
)
EVIDENCE_TEXTS: Final = MappingProxyType(
    {
        "tb:stance": "stance",
        "tb:strength": "strength",
        "tb:method": "method",
        "tb:species": "species",
        "tb:system": "system",
        "tb:summary": "summary",
        "tb:locator": "locator",
    }
)
#: The properties of an effect: the field, and the datatype of its values.
EFFECT_VALUES: Final = MappingProxyType(
    {
        "tb:effectMeasure": ("measure", "string"),
        "tb:effectSize": ("value", "decimal"),
        "tb:effectUnit": ("unit", "string"),
        "tb:intervalLow": ("low", "decimal"),
        "tb:intervalHigh": ("high", "decimal"),
        "tb:confidenceLevel": ("level", "decimal"),
        "tb:sampleSize": ("n", "integer"),
        "tb:doseGiven": ("dose", "string"),
        "tb:timeTaken": ("time", "string"),
        "tb:comparedWith": ("comparator", "string"),
    }
)

_WEB = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")


@cache
def term(curie: str) -> str:
    """The IRI of a term of the vocabularies used here, such as `rdf:type`."""
    return expand(curie, "")


def iri(identifier: str, base: str) -> str:
    """The IRI of an identifier; graphs from elsewhere may have web addresses as identifiers.

    Raises `FormatError` for one that cannot be an IRI.
    """
    if identifier.startswith(("http://", "https://")):
        if _WEB.fullmatch(identifier) is None:
            fix = "percent-encode the characters that an IRI cannot have"
            raise FormatError([Problem("bad-iri", identifier, "this is no IRI", fix)])
        return identifier
    return expand(identifier, base)


def describe(graph: Graph, common: dict[str, str] | None = None) -> Description:
    """Everything the graph says, by subject: entities, then sources, then statements.

    Of a part of a graph, `common` are the labels that `common_labels` gives of the whole: then they
    are not said here.
    """
    found: dict[str, dict[Pair, None]] = {}
    for subject, row in rows(graph, common):
        found.setdefault(subject, {}).update(
            dict.fromkeys(pairs_of(row))
        )  # in order, and each once
    return {subject: list(said) for subject, said in found.items() if said}


def pairs_of(row: Row) -> Iterator[Pair]:
    """Properties and objects, as often as the row says them."""
    return ((name.iri, name.value(text)) for name, text in row)


def row_of(said: Iterable[Pair]) -> Pairs:
    """The row that says this and nothing else."""
    return [
        (property_of(name, value.datatype), value.text)
        if isinstance(value, Literal)
        else (property_of(name, IRI), value)
        for name, value in said
    ]


def rows(graph: Graph, of_whole: dict[str, str] | None = None) -> Iterator[tuple[str, Row]]:
    """What is said of each subject; see `describe`. A subject with several roles comes again."""
    _check_shared(graph)
    common = common_labels(graph) if of_whole is None else of_whole
    for entity in graph.entities.values():
        said = _entity(entity, common, graph)
        yield iri(entity.id, ENTITY), [*said, *_plainly(graph.out(entity.id))]
    unknown: dict[str, list[Statement]] = {}
    for statement in graph.statements.values():
        if statement.subject not in graph.entities:
            unknown.setdefault(statement.subject, []).append(statement)
    for subject, found in unknown.items():
        yield iri(subject, ENTITY), _plainly(found)
    for source in graph.sources.values():
        yield iri(source.id, SOURCE), _source(source)
    yield from _statements(graph)
    for node, label in sorted(common.items()) if of_whole is None else ():
        yield node, [(LABEL, label)]


def _as(name: str, kind: str = STRING) -> Property:
    return property_of(term(name), kind)


def _each(name: Property, texts: Iterable[str]) -> Pairs:
    """The values of one property."""
    return [(name, text) for text in texts]


def _given(name: Property, text: str) -> Pairs:
    """The value of a property that has one or none."""
    return [(name, text)] if text else []


_BOOLEAN: Final = XSD + "boolean"
_INTEGER: Final = XSD + "integer"
_BOOLEANS: Final = ("false", "true")

_TYPE: Final = _as("rdf:type", IRI)
LABEL: Final = _as("rdfs:label")
_IDENTIFIER: Final = _as("dct:identifier")
_IN_TAXON: Final = _as("biolink:in_taxon", ENTITY)


# --- Entities -------------------------------------------------------------------------------


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
        node: next(iter(found))
        for node, found in labels.items()
        if len(found) == 1 and found != {""} and node not in own
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


_CATEGORY: Final = _as("tb:category")
_SYNONYM: Final = _as("skos:altLabel")
_DEFINITION: Final = _as("skos:definition")
_MATCHING: Final = {match: _as(f"skos:{match}Match", ENTITY) for match in MATCHES}
_CROSS_REFERENCE: Final = property_of(CROSS_REFERENCE, STRING)


def _entity(entity: Entity, common: dict[str, str], graph: Graph) -> Pairs:
    category = graph.words.categories.get(entity.category)
    if category:
        types = [(_TYPE, ONTOLOGY + category.iri_name), (_TYPE, term(category.biolink))]
    else:
        types = [(_TYPE, term("tb:Entity"))]
        if entity.category.startswith("biolink:"):
            types += [(_TYPE, term(entity.category))]
        types += [(_CATEGORY, entity.category)]
    return [
        *types,
        (LABEL, entity.name),
        (_IDENTIFIER, entity.id),
        *_each(_SYNONYM, entity.synonyms),
        *_given(_DEFINITION, entity.description),
        *_given(_IN_TAXON, entity.taxon),
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


# --- Sources --------------------------------------------------------------------------------


_SOURCE_TEXTS: Final = [_as(name) for name in SOURCE_TEXTS]
_texts_of_source = attrgetter(*SOURCE_TEXTS.values())
_DATE: Final = _as("dct:date")
_YEAR: Final = _as("dct:date", XSD + "gYear")
_AUTHORS: Final = _as("tb:authors")
_ABSTRACT_READ: Final = _as("tb:abstractRead", _BOOLEAN)
_EXACTLY: Final = _as("skos:exactMatch", SOURCE)
_URL: Final = _as("tb:url", XSD + "anyURI")


def _source(source: Source) -> Row:
    texts = zip(_SOURCE_TEXTS, _texts_of_source(source), strict=True)
    is_year = re.fullmatch(r"[0-9]{4}", source.year)
    return [
        (_TYPE, term("tb:Source")),
        (_IDENTIFIER, source.id),
        *(pair for pair in texts if pair[1]),
        *_given(_YEAR if is_year else _DATE, source.year),
        *([(_AUTHORS, join_authors(source.authors))] if source.authors else ()),
        (_ABSTRACT_READ, _BOOLEANS[source.abstract_read]),
        *_each(_EXACTLY, source.xrefs),
        *_given(_URL, source.url),
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


# --- Statements -----------------------------------------------------------------------------


def _plainly(statements: Iterable[Statement]) -> Pairs:
    """What may be said of a subject without its evidence; see `evidence.sayable`.

    Not with the predicates that cross-references have: it would read back as one of them.
    """
    return [
        (_saying(statement.predicate), statement.object)
        for statement in statements
        if not statement.negated
        and not is_match(_saying(statement.predicate).iri)
        and standing(statement.evidence).sayable
    ]


@lru_cache(maxsize=2**12)
def _saying(predicate: str) -> Property:
    return property_of(iri(predicate, ONTOLOGY), ENTITY)


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


_SUBJECT: Final = _as("rdf:subject", ENTITY)
_PREDICATE: Final = _as("rdf:predicate", ONTOLOGY)
_OBJECT: Final = _as("rdf:object", ENTITY)
_NEGATED: Final = _as("tb:negated", _BOOLEAN)
_TOPIC: Final = _as("tb:topic")
_REVIEW: Final = _as("tb:reviewRecord")
_READING: Final = _as("tb:readingState")
_HAS_EVIDENCE: Final = _as("tb:hasEvidence", IRI)
_SIGN: Final = _as("tb:sign", _INTEGER)
_STATUS: Final = _as("tb:status")
_BASIS: Final = _as("tb:basis")
_SUPPORTING: Final = _as("tb:supportingSources", _INTEGER)
_DISPUTING: Final = _as("tb:disputingSources", _INTEGER)
_REIFIED: Final = ((_TYPE, term("tb:Statement")), (_TYPE, term("rdf:Statement")))
_ASSOCIATION: Final = ((_TYPE, term("biolink:Association")),)


def _statements(graph: Graph) -> Iterator[tuple[str, Row]]:
    """What is said of statements, each with its evidence."""
    kinds: dict[tuple[object, ...], Kind] = {}
    described: dict[int, _Described] = {}  # one piece of it may stand in many
    for key, statement in graph.statements.items():
        nodes: dict[str, Filled] = {}
        for row in statement.evidence:
            known = described.get(id(row))
            if known is None:
                if len(described) >= _MOST_DESCRIBED:
                    described.clear()
                known = _Described(row, row.digest, _evidence(row, graph.words))
                described[id(row)] = known
            nodes[EVIDENCE + _identity("e", (key, known.digest))] = known.said
        if len(statement.evidence) == 1 and not (statement.qualifiers or statement.reviews):
            yield STATEMENT + key, _plain_statement(statement, nodes, graph, kinds)
        else:
            yield STATEMENT + key, _statement(statement, nodes, graph)
        yield from nodes.items()


#: The same without a memory: each piece of evidence of a statement is asked for once.
_identity: Final = identity.__wrapped__


class _Described(NamedTuple):
    row: Evidence  # which is kept, lest another one get its number
    digest: str
    said: Filled


#: So many descriptions of evidence are kept while a graph is described.
_MOST_DESCRIBED: Final = 2**13


def _plain_statement(
    statement: Statement,
    evidence: Collection[str],
    graph: Graph,
    kinds: dict[tuple[object, ...], Kind],
) -> Filled:
    """As of most: with one piece of evidence, and no qualifiers.

    Its kind follows from its predicate and from what it is weighed by.
    """
    (row,) = statement.evidence
    topic = (statement.topic,) if statement.topic else ()
    key = (statement.predicate, statement.negated, topic != (), *_words_of_evidence(row))
    kind = kinds.get(key)
    if kind is None:
        said = _statement(statement, evidence, graph)
        kinds[key] = said.kind
        return said
    subject, object_ = statement.subject, statement.object
    label = sentence(statement, graph)
    texts = [label, subject, object_, *topic, *evidence, subject, object_, row.source]
    return Filled(kind, texts[: kind.own])


def _statement(statement: Statement, evidence: Collection[str], graph: Graph) -> Filled:
    status, basis, may_be_said = standing(statement.evidence)
    repeated = _repeated(statement, may_be_said)
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
            (_NEGATED, _BOOLEANS[negated]),
            *((name, None) for name in qualifiers),
            *([(_TOPIC, None)] if topic else ()),
            *[(_REVIEW, None)] * reviews,
            *_given(_READING, read),
            *[(_HAS_EVIDENCE, None)] * evidence,
            (_SIGN, str(sign)),
            (_STATUS, status),
            *_given(_BASIS, basis),
            (_SUPPORTING, str(supporting)),
            (_DISPUTING, str(disputing)),
            *(() if denied is None else _association(words, predicate, denied, sources)),
        ]
    )


class Association(NamedTuple):
    """What may be repeated of a statement in Biolink's words, which know no dispute."""

    negated: bool
    sources: tuple[str, ...]  # the ids of those who say just this, sorted


def in_biolink(statement: Statement) -> Association | None:
    """The statement as Biolink may have it; None where nobody says it, or denies it, outright.

    What is supported stands as it is, with those who support it and nobody else. What is refuted,
    or denied by the article alone, becomes its negation, with those who dispute it. A denial that
    is refuted does not become an assertion, and what is only qualified is no association.

    >>> row = Evidence(source="a", stance="disputes", strength="direct")
    >>> in_biolink(Statement(subject="x", predicate="causes", object="y", evidence=(row,)))
    Association(negated=True, sources=('a',))
    """
    return _repeated(statement, standing(statement.evidence).sayable)


def _repeated(statement: Statement, may_be_said: bool) -> Association | None:
    if not statement.evidence:
        return Association(statement.negated, ())
    if not may_be_said:
        denied = Association(negated=True, sources=_who(statement, "disputes"))
        return None if statement.negated else denied
    supported = _who(statement, "supports")
    return Association(statement.negated, supported) if supported else None


def _who(statement: Statement, stance: str) -> tuple[str, ...]:
    found = [row.source for row in statement.evidence if row.stance == stance]
    return tuple(sorted(set(found)) if len(found) > 1 else found)


_BIOLINK_SUBJECT: Final = _as("biolink:subject", ENTITY)
_BIOLINK_PREDICATE: Final = _as("biolink:predicate", IRI)
_BIOLINK_OBJECT: Final = _as("biolink:object", ENTITY)
_DIRECTION: Final = _as("biolink:object_direction_qualifier")
_BIOLINK_NEGATED: Final = _as("biolink:negated", _BOOLEAN)
_KNOWLEDGE_LEVEL: Final = _as("biolink:knowledge_level")
_AGENT_TYPE: Final = _as("biolink:agent_type")
_PUBLICATIONS: Final = _as("biolink:publications", SOURCE)


def _association(
    words: Vocabulary,
    predicate: str,
    negated: bool,
    sources: int,
) -> Iterator[tuple[Property, str | None]]:
    target, direction = _mapped(words, predicate, negated=negated)
    yield _BIOLINK_SUBJECT, None
    yield _BIOLINK_PREDICATE, target
    yield _BIOLINK_OBJECT, None
    yield from _given(_DIRECTION, direction)
    yield _BIOLINK_NEGATED, _BOOLEANS[negated]
    yield _KNOWLEDGE_LEVEL, "knowledge_assertion"
    yield _AGENT_TYPE, "manual_agent"
    yield from [(_PUBLICATIONS, None)] * sources


def _mapped(words: Vocabulary, predicate: str, *, negated: bool) -> tuple[str, str]:
    """The IRI that Biolink has, or else we have, for a predicate, and the direction it needs."""
    known = words.relation(predicate)
    match, target = next(((m, t) for m, t in known.mappings if t.startswith("biolink:")), ("", ""))
    # The direction is that of the predicate: biolink:negated denies it together with the rest.
    if known.sign and (match, target) == ("broad", "biolink:affects"):
        return term(target), "increased" if known.sign > 0 else "decreased"
    # To deny what is broader would be to deny more than anybody did.
    if not target or (match == "broad" and negated):
        return iri(predicate, ONTOLOGY), ""
    return term(target), ""


def sentence(statement: Statement, graph: Graph) -> str:
    """The statement in words, such as `magnesium requires ATP (severity severe)`."""
    words = (
        graph.name(statement.subject),
        graph.words.relation(statement.predicate).label,
        graph.name(statement.object),
    )
    qualifiers = ", ".join(f"{key} {value}" for key, value in statement.qualifiers)
    text = f"{' '.join(words)} ({qualifiers})" if qualifiers else " ".join(words)
    return f"not: {text}" if statement.negated else text


_FROM: Final = _as("dct:source", SOURCE)
_EVIDENCE_TEXTS: Final = {attribute: _as(name) for name, attribute in EVIDENCE_TEXTS.items()}
_EVIDENCE_TYPE: Final = _as("tb:evidenceType", ENTITY)
_STUDY_DESIGN: Final = _as("tb:studyDesign", ENTITY)
_WAS_RETRACTED: Final = ((_as("tb:retracted", _BOOLEAN), "true"),)


def _evidence(row: Evidence, words: Vocabulary) -> Filled:
    rest: Pairs = _effect(row.effect) if row.effect else []
    if row.context:
        rest = rest + properties(row.context, words)
    kind = _kind_of_evidence(
        words,
        *_words_of_evidence(row),
        bool(row.summary),
        bool(row.locator),
        tuple([name for name, _ in rest]),
    )
    texts = [row.source]
    if row.summary:
        texts.append(row.summary)
    if row.locator:
        texts.append(row.locator)
    texts += [text for _, text in rest]
    return Filled(kind, texts, again=True)


_words_of_evidence = attrgetter("stance", "strength", "method", "species", "system", "retracted")


@lru_cache(maxsize=2**12)
def _kind_of_evidence(
    words: Vocabulary,
    stance: str,
    strength: str,
    method: str,
    species: str,
    system: str,
    retracted: bool,
    summary: bool,
    locator: bool,
    rest: tuple[Property, ...],
) -> Kind:
    """What is said of all evidence that is described in the same words."""
    texts = {"stance": stance, "strength": strength, "method": method, "species": species,
             "system": system, "summary": None if summary else "",
             "locator": None if locator else ""}  # fmt: skip
    is_taxon = species.startswith("NCBITaxon:")
    return Kind(
        [
            (_TYPE, term("tb:Evidence")),
            (_FROM, None),
            *((name, texts[key]) for key, name in _EVIDENCE_TEXTS.items() if texts[key] != ""),
            *_of_method(words, method),
            *_given(_IN_TAXON, species if is_taxon else SPECIES.get(species, "")),
            *(_WAS_RETRACTED if retracted else ()),
            *((name, None) for name in rest),
        ]
    )


def _of_method(words: Vocabulary, name: str) -> tuple[tuple[Property, str], ...]:
    method = words.methods.get(name)
    known = ((_EVIDENCE_TYPE, method.eco), (_STUDY_DESIGN, method.design)) if method else ()
    return tuple(pair for pair in known if pair[1])


def _effect(effect: Effect) -> Pairs:
    """The size of an effect; what is no number where one should be is a text."""
    found: Pairs = []
    for name, (attribute, datatype) in EFFECT_VALUES.items():
        if text := getattr(effect, attribute):
            fits = datatype == "string" or is_number(text)
            found.append((_as(name, XSD + (datatype if fits else "string")), text))
    return found


def evidence_iri(statement: str, row: Evidence) -> str:
    """The node of a piece of evidence and the statement with this id: two may have one's words."""
    return EVIDENCE + identity("e", (statement, row.digest))


def properties(context: Context, words: Vocabulary) -> Pairs:
    """A context as properties and their values; see `context_key`."""
    return [(_of_key(key, known=is_property(key, words)), value) for key, value in context]


@lru_cache(maxsize=2**12)
def _of_key(key: str, *, known: bool) -> Property:
    return property_of(ONTOLOGY + key if known else UNKNOWN_KEY + _named(key), STRING)


def _named(key: str) -> str:
    """A key as the end of a name that RDF/XML can say too: `_3A` stands for a colon."""
    return quote(key, safe="").replace("_", "%5F").replace("~", "%7E").replace("%", "_")


def context_key(predicate: str, words: Vocabulary) -> str:
    """The key of a context that a property stands for; empty where it stands for none."""
    if predicate.startswith(UNKNOWN_KEY):
        return unquote(predicate.removeprefix(UNKNOWN_KEY).replace("_", "%"))
    key = predicate.removeprefix(ONTOLOGY)
    return key if is_property(key, words) else ""


def is_property(key: str, words: Vocabulary) -> bool:
    """Whether a key of a context is a property by its own name.

    It is where the vocabulary or the graph has it, and nothing else of ours is called so: a graph
    with columns `stance` or `status` of its own would contradict what is said of its statements.
    """
    if key in CONTEXT:
        return True
    return key in words.context and key not in TERMS and key not in words.predicates


@lru_cache(maxsize=2**12)  # signs, and numbers of sources
def integer(value: int) -> Literal:
    """A whole number as a literal."""
    return Literal(str(value), XSD + "integer")


# --- What the graph says of itself -----------------------------------------------------------

#: What stands for the graph as a whole, in a file that says something of it.
SUBJECT: Final = HOME + "graph"
#: The text of `about.toml`, from which all else that is said of the graph follows.
ABOUT: Final = ONTOLOGY + "about"


def of_itself(about: About) -> Description:
    """What a graph says of itself, for those who read RDF; and its own words, declared."""
    if about == About():
        return {}
    texts = {"dct:title": about.title, "dct:description": about.description,
             "dcat:version": about.version, "void:uriSpace": about.namespace}  # fmt: skip
    pairs: list[Pair] = [(term("rdf:type"), term("void:Dataset"))]
    pairs += [(term(name), Literal(text)) for name, text in texts.items() if text]
    pairs += [(term("dct:creator"), Literal(name)) for name in about.authors]
    if about.licence:
        linked = _WEB.fullmatch(about.licence)
        value = about.licence if linked else Literal(about.licence)
        pairs.append((term("dct:license" if linked else "dct:rights"), value))
    if about.date:
        datatype = {4: "gYear", 7: "gYearMonth"}.get(len(about.date), "date")
        pairs.append((term("dct:issued"), Literal(about.date, XSD + datatype)))
    if about.home:
        pairs.append((term("foaf:homepage"), about.home))
    pairs.append((ABOUT, Literal(render_about(about))))
    found: Description = {SUBJECT: pairs}
    for category in about.categories:
        found[ONTOLOGY + category.iri_name] = list(_category(category))
    for predicate in about.predicates:
        found[iri(predicate.name, ONTOLOGY)] = list(_property(predicate))
    for key in (key for key, _ in about.context if key not in TERMS):
        label = Literal(key.replace("_", " "))
        found[ONTOLOGY + key] = [
            (term("rdf:type"), term("owl:DatatypeProperty")),
            (term("rdfs:label"), label),
        ]
    return found


def _category(category: Category) -> Iterator[Pair]:
    yield term("rdf:type"), term("owl:Class")
    yield term("rdfs:label"), Literal(category.label)
    if category.definition:
        yield term("skos:definition"), Literal(category.definition)
    yield term("rdfs:subClassOf"), ONTOLOGY + category.parent
    yield term("rdfs:subClassOf"), term(category.biolink)


def _property(predicate: Predicate) -> Iterator[Pair]:
    yield term("rdf:type"), term("owl:ObjectProperty")
    yield term("rdfs:label"), Literal(predicate.label)
    if predicate.definition:
        yield term("skos:definition"), Literal(predicate.definition)
    yield term("rdfs:subPropertyOf"), term("tb:relatesTo")
    yield term("tb:sign"), integer(predicate.sign)
    if predicate.kind:
        yield term("tb:arrow"), Literal(predicate.kind)
    yield term("tb:influence"), Literal(predicate.influence)
    for match, target in predicate.mappings:
        yield term(f"skos:{match}Match"), term(target)


# --- Named graphs ---------------------------------------------------------------------------


def nanopublications(graph: Graph) -> Iterator[tuple[str, str, Row]]:
    """What each source supports, in its own words: named graph, subject, and what is said there.

    Of a source that supports something there are four graphs: `#head`, `#assertion` with the
    plain triples of all it supports, refuted or not, `#provenance` and `#pubinfo`.
    """
    supported: dict[str, list[tuple[Statement, Evidence]]] = {}
    for statement in graph.statements.values():
        for row in statement.evidence:
            if row.stance == "supports" and not (statement.negated or row.retracted):
                supported.setdefault(row.source, []).append((statement, row))
    for source, found in sorted(supported.items()):
        node = NANOPUB + quote(source, safe="")
        head, assertion, provenance, info = (
            f"{node}#{part}" for part in ("head", "assertion", "provenance", "pubinfo")
        )
        yield head, node, [
            (_TYPE, term("np:Nanopublication")),
            (_HAS_ASSERTION, assertion),
            (_HAS_PROVENANCE, provenance),
            (_HAS_PUBLICATION_INFO, info),
        ]  # fmt: skip
        triples = sorted({spoken(statement) for statement, _ in found})
        for subject, said in groupby(triples, key=itemgetter(0)):
            yield assertion, subject, [(property_of(name, IRI), end) for _, name, end in said]
        strengths = sorted({row.strength for _, row in found if row.strength})
        yield provenance, assertion, [(_DERIVED_FROM, source), *_each(_STRENGTH, strengths)]
        yield info, node, [(LABEL, f"what {source} supports")]


_HAS_ASSERTION: Final = _as("np:hasAssertion", IRI)
_HAS_PROVENANCE: Final = _as("np:hasProvenance", IRI)
_HAS_PUBLICATION_INFO: Final = _as("np:hasPublicationInfo", IRI)
_DERIVED_FROM: Final = _as("prov:wasDerivedFrom", SOURCE)
_STRENGTH: Final = _as("tb:strength")
