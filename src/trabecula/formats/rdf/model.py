"""What a graph says in RDF: its records as plain triples, without any RDF library.

`docs/rdf.md` shows the model with an example. No node is blank and every text is a plain string,
so that the same graph is always the same triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
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
from trabecula.standing import basis, reading, sayable
from trabecula.vocabulary import CONTEXT, MATCHES, SPECIES, Vocabulary

XSD: Final = NAMESPACES["xsd"]


class Literal(NamedTuple):
    """A value in RDF: its text, the IRI of its datatype, and its language, which ours have not."""

    text: str
    datatype: str = XSD + "string"
    language: str = ""


Object: TypeAlias = str | Literal  # an IRI, or a literal
Triple: TypeAlias = tuple[str, str, Object]
#: Subject -> pairs of property and object, both in the order in which a person reads them.
Description: TypeAlias = dict[str, list[tuple[str, Object]]]

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
    found: dict[str, dict[tuple[str, Object], None]] = {}
    for subject, pairs in _by_subject(graph, common):
        known = found.get(subject)  # a dict keeps order, and each once
        if known is None:
            found[subject] = dict.fromkeys(pairs)
        else:
            known.update(dict.fromkeys(pairs))
    return {subject: list(pairs) for subject, pairs in found.items() if pairs}


def _by_subject(
    graph: Graph, of_whole: dict[str, str] | None
) -> Iterator[tuple[str, Iterable[tuple[str, Object]]]]:
    """What is said of a subject, which may come again."""
    _check_shared(graph)
    common = common_labels(graph) if of_whole is None else of_whole
    for entity in graph.entities.values():
        node = iri(entity.id, ENTITY)
        yield node, _entity(entity, common, graph)
        yield node, _plainly(graph.out(entity.id))
    for statement in graph.statements.values():
        if statement.subject not in graph.entities:
            yield iri(statement.subject, ENTITY), _plainly([statement])
    for source in graph.sources.values():
        yield iri(source.id, SOURCE), _source(source)
    for statement in graph.statements.values():
        nodes = [evidence_iri(statement, row) for row in statement.evidence]
        yield STATEMENT + statement.id, _statement(statement, nodes, graph)
        for node, row in zip(nodes, statement.evidence, strict=True):
            yield node, _evidence(row, graph.words)
    for node, label in sorted(common.items()) if of_whole is None else ():
        yield node, [(term("rdfs:label"), Literal(label))]


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


def _entity(entity: Entity, common: dict[str, str], graph: Graph) -> Iterator[tuple[str, Object]]:
    category = graph.words.categories.get(entity.category)
    if category:
        yield term("rdf:type"), ONTOLOGY + category.iri_name
        yield term("rdf:type"), term(category.biolink)
    else:
        yield term("rdf:type"), term("tb:Entity")
        if entity.category.startswith("biolink:"):
            yield term("rdf:type"), term(entity.category)
        yield term("tb:category"), Literal(entity.category)
    yield term("rdfs:label"), Literal(entity.name)
    yield term("dct:identifier"), Literal(entity.id)
    for synonym in entity.synonyms:
        yield term("skos:altLabel"), Literal(synonym)
    if entity.description:
        yield term("skos:definition"), Literal(entity.description)
    if entity.taxon:
        yield term("biolink:in_taxon"), iri(entity.taxon, ENTITY)
    for xref in entity.xrefs:
        if xref.match not in MATCHES:
            fix = f"use one of {', '.join(MATCHES)}"
            what = f"a cross-reference cannot match {xref.match!r}"
            raise FormatError([Problem("bad-xref", entity.id, what, fix)])
        yield term(f"skos:{xref.match}Match"), iri(xref.curie, ENTITY)
    for xref in entity.xrefs:
        if xref.label and common.get(iri(xref.curie, ENTITY)) != xref.label:
            yield CROSS_REFERENCE, Literal(in_words(xref))


def in_words(xref: Xref) -> str:
    """A cross-reference as one text: match, CURIE and label."""
    return f"{xref.match} {xref.curie} {xref.label}"


def xref_from_words(text: str) -> Xref:
    """The cross-reference that a `tb:crossReference` keeps: match, CURIE and label."""
    match, _, rest = text.partition(" ")
    curie, _, label = rest.partition(" ")
    return Xref(match, curie, label)


# --- Sources --------------------------------------------------------------------------------


def _source(source: Source) -> Iterator[tuple[str, Object]]:
    yield term("rdf:type"), term("tb:Source")
    yield term("dct:identifier"), Literal(source.id)
    for name, attribute in SOURCE_TEXTS.items():
        if getattr(source, attribute):
            yield term(name), Literal(getattr(source, attribute))
    if source.year:
        is_year = re.fullmatch(r"[0-9]{4}", source.year)
        yield term("dct:date"), Literal(source.year, XSD + ("gYear" if is_year else "string"))
    if source.authors:
        yield term("tb:authors"), Literal(join_authors(source.authors))
    yield term("tb:abstractRead"), _boolean(source.abstract_read)
    for curie in source.xrefs:
        yield term("skos:exactMatch"), iri(curie, SOURCE)
    if source.url:
        yield term("tb:url"), Literal(source.url, XSD + "anyURI")


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


def _plainly(statements: Iterable[Statement]) -> Iterator[tuple[str, Object]]:
    """What may be said of a subject without its evidence; see `evidence.sayable`.

    Not with the predicates that cross-references have: it would read back as one of them.
    """
    for statement in statements:
        said = spoken(statement)
        if not statement.negated and not is_match(said[1]) and sayable(statement.evidence):
            yield said[1:]


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


def _statement(
    statement: Statement, evidence: Iterable[str], graph: Graph
) -> Iterator[tuple[str, Object]]:
    subject, predicate, object_ = spoken(statement)
    repeated = in_biolink(statement)
    yield term("rdf:type"), term("tb:Statement")
    yield term("rdf:type"), term("rdf:Statement")
    if repeated:
        yield term("rdf:type"), term("biolink:Association")
    yield term("rdfs:label"), Literal(sentence(statement, graph))
    yield term("rdf:subject"), subject
    yield term("rdf:predicate"), predicate
    yield term("rdf:object"), object_
    # What it means, then what follows from it: where a file breaks off, it means this or nothing.
    yield term("tb:negated"), _boolean(statement.negated)
    yield from properties(statement.qualifiers, graph.words)
    if statement.topic:
        yield term("tb:topic"), Literal(statement.topic)
    for review in statement.reviews:
        yield term("tb:reviewRecord"), Literal(review_in_words(review))
    if statement.reviews:
        yield term("tb:readingState"), Literal(reading(statement))
    for node in evidence:
        yield term("tb:hasEvidence"), node
    yield term("tb:sign"), integer(graph.words.sign_of(statement))
    yield term("tb:status"), Literal(graph.status(statement))
    if known := basis(statement.evidence):
        yield term("tb:basis"), Literal(known)
    yield term("tb:supportingSources"), integer(len(graph.independent(statement)))
    yield term("tb:disputingSources"), integer(len(graph.independent(statement, "disputes")))
    if repeated:
        yield from _association(statement, repeated, graph.words)


@dataclass(frozen=True, slots=True)
class Association:
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
    if not statement.evidence:
        return Association(statement.negated, ())
    if not sayable(statement.evidence):
        denied = Association(negated=True, sources=_who(statement, "disputes"))
        return None if statement.negated else denied
    supported = _who(statement, "supports")
    return Association(statement.negated, supported) if supported else None


def _who(statement: Statement, stance: str) -> tuple[str, ...]:
    return tuple(sorted({row.source for row in statement.evidence if row.stance == stance}))


def _association(
    statement: Statement, repeated: Association, words: Vocabulary
) -> Iterator[tuple[str, Object]]:
    subject, predicate, object_ = spoken(statement)
    broader, direction = _mapped(words, statement.predicate, negated=repeated.negated)
    yield term("biolink:subject"), subject
    yield term("biolink:predicate"), term(broader) if broader else predicate
    yield term("biolink:object"), object_
    if direction:
        yield term("biolink:object_direction_qualifier"), Literal(direction)
    yield term("biolink:negated"), _boolean(repeated.negated)
    yield term("biolink:knowledge_level"), Literal("knowledge_assertion")
    yield term("biolink:agent_type"), Literal("manual_agent")
    for source in sorted(iri(source, SOURCE) for source in repeated.sources):
        yield term("biolink:publications"), source


@lru_cache(maxsize=2**10)
def _mapped(words: Vocabulary, predicate: str, *, negated: bool) -> tuple[str, str]:
    """The predicate of Biolink that stands for one of a graph, and the direction that it needs."""
    known = words.relation(predicate)
    match, target = next(((m, t) for m, t in known.mappings if t.startswith("biolink:")), ("", ""))
    # The direction is that of the predicate: biolink:negated denies it together with the rest.
    if known.sign and (match, target) == ("broad", "biolink:affects"):
        return target, "increased" if known.sign > 0 else "decreased"
    # To deny what is broader would be to deny more than anybody did.
    return ("", "") if match == "broad" and negated else (target, "")


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


def _evidence(row: Evidence, words: Vocabulary) -> Iterator[tuple[str, Object]]:
    yield term("rdf:type"), term("tb:Evidence")
    yield term("dct:source"), iri(row.source, SOURCE)
    for name, attribute in EVIDENCE_TEXTS.items():
        if getattr(row, attribute):
            yield term(name), Literal(getattr(row, attribute))
    method = words.methods.get(row.method)
    if method:
        if method.eco:
            yield term("tb:evidenceType"), iri(method.eco, ENTITY)
        if method.design:
            yield term("tb:studyDesign"), iri(method.design, ENTITY)
    is_taxon = row.species.startswith("NCBITaxon:")
    taxon = row.species if is_taxon else SPECIES.get(row.species, "")
    if taxon:
        yield term("biolink:in_taxon"), iri(taxon, ENTITY)
    if row.retracted:
        yield term("tb:retracted"), _boolean(True)
    if row.effect:
        yield from _effect(row.effect)
    yield from properties(row.context, words)


def _effect(effect: Effect) -> Iterator[tuple[str, Object]]:
    """The size of an effect; what is no number where one should be is a text."""
    for name, (attribute, datatype) in EFFECT_VALUES.items():
        if text := getattr(effect, attribute):
            fits = datatype == "string" or is_number(text)
            yield term(name), Literal(text, XSD + (datatype if fits else "string"))


def evidence_iri(statement: Statement, row: Evidence) -> str:
    """The node of a piece of evidence: of both, for two statements may have the same words."""
    return EVIDENCE + identity("e", (statement.id, row.digest))


def properties(context: Context, words: Vocabulary) -> Iterator[tuple[str, Object]]:
    """A context as properties and their values; see `context_key`."""
    for key, value in context:
        known = is_property(key, words)
        yield ONTOLOGY + key if known else UNKNOWN_KEY + _named(key), Literal(value)


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


@cache
def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", XSD + "boolean")


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
    pairs: list[tuple[str, Object]] = [(term("rdf:type"), term("void:Dataset"))]
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


def _category(category: Category) -> Iterator[tuple[str, Object]]:
    yield term("rdf:type"), term("owl:Class")
    yield term("rdfs:label"), Literal(category.label)
    if category.definition:
        yield term("skos:definition"), Literal(category.definition)
    yield term("rdfs:subClassOf"), ONTOLOGY + category.parent
    yield term("rdfs:subClassOf"), term(category.biolink)


def _property(predicate: Predicate) -> Iterator[tuple[str, Object]]:
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


def nanopublications(graph: Graph) -> Iterator[tuple[Triple, str]]:
    """What each source supports, in its own words: triples with the IRI of their named graph.

    Of a source that supports something there are four graphs: `#head`, `#assertion` with the
    plain triples of all it supports, refuted or not, `#provenance` and `#pubinfo`.
    """
    supported: dict[str, list[tuple[Statement, Evidence]]] = {}
    for statement in graph.statements.values():
        for row in statement.evidence:
            if row.stance == "supports" and not (statement.negated or row.retracted):
                supported.setdefault(row.source, []).append((statement, row))
    for source, rows in sorted(supported.items()):
        node = NANOPUB + quote(source, safe="")
        head, assertion, provenance, info = (
            f"{node}#{part}" for part in ("head", "assertion", "provenance", "pubinfo")
        )
        yield (node, term("rdf:type"), term("np:Nanopublication")), head
        yield (node, term("np:hasAssertion"), assertion), head
        yield (node, term("np:hasProvenance"), provenance), head
        yield (node, term("np:hasPublicationInfo"), info), head
        for triple in sorted({spoken(statement) for statement, _ in rows}):
            yield triple, assertion
        yield (assertion, term("prov:wasDerivedFrom"), iri(source, SOURCE)), provenance
        for strength in sorted({row.strength for _, row in rows if row.strength}):
            yield (assertion, term("tb:strength"), Literal(strength)), provenance
        yield (node, term("rdfs:label"), Literal(f"what {source} supports")), info
