"""What stands on our records: the properties and types of each kind, and those that tell ours.

What follows from the records (signs, statuses, counts, labels of statements, plain triples and
the copies in Biolink's words) is computed anew, never read.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.ontology import EFFECT_VALUES, EVIDENCE_TEXTS, SOURCE_TEXTS
from trabecula.formats.rdf.rows import Literal, Object, term
from trabecula.prefixes import ONTOLOGY
from trabecula.vocabulary import CATEGORIES, MATCHES


def terms(*names: str) -> frozenset[str]:
    """The properties and classes of these names."""
    return frozenset(term(name) for name in names)


#: Properties that are read, or that repeat what is read; by the type of record.
_PROPERTIES: Final = {
    "entity": terms(
        "rdfs:label", "dct:identifier", "tb:category", "skos:altLabel",
        "skos:definition", "biolink:in_taxon", "tb:crossReference",
        *(f"skos:{match}Match" for match in MATCHES),
    ),
    "source": terms(
        "dct:identifier", "dct:date", "tb:authors", "tb:abstractRead", "tb:url",
        "skos:exactMatch", *SOURCE_TEXTS,
    ),
    "statement": terms(
        "rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object", "tb:negated",
        "biolink:subject", "biolink:predicate", "biolink:object", "biolink:negated",
        "biolink:object_direction_qualifier", "tb:sign", "tb:status", "tb:basis",
        "tb:supportingSources", "tb:disputingSources", "tb:topic", "tb:hasEvidence",
        "tb:reviewRecord", "tb:readingState",
    ),
    "evidence": terms(
        "dct:source", "biolink:in_taxon", "tb:retracted", *EVIDENCE_TEXTS,
        *EFFECT_VALUES,
    ),
}  # fmt: skip


@cache
def properties_of(kinds: tuple[str, ...]) -> frozenset[str]:
    """The properties of what is a record of these kinds; of types each value is looked at."""
    return frozenset().union(*map(_PROPERTIES.__getitem__, kinds))


#: What our own writers say of every statement.
_ALWAYS: Final = {
    term("biolink:knowledge_level"): Literal("knowledge_assertion"),
    term("biolink:agent_type"): Literal("manual_agent"),
}
#: The types that a record may have, its own among them.
_TYPES: Final = {
    "entity": terms("tb:Entity", *(category.biolink for category in CATEGORIES.values()))
    | frozenset(ONTOLOGY + category.iri_name for category in CATEGORIES.values()),
    "source": terms("tb:Source"),
    "statement": terms("tb:Statement", "rdf:Statement", "biolink:Association"),
    "evidence": terms("tb:Evidence"),
}


@cache
def values_of(kinds: tuple[str, ...]) -> dict[str, frozenset[Object]]:
    """The types of what is a record of these kinds, and the values it always has, by property."""
    types: frozenset[Object] = frozenset().union(*map(_TYPES.__getitem__, kinds))
    always = _ALWAYS.items() if {"statement", "evidence"} & {*kinds} else ()
    return {term("rdf:type"): types, **{name: frozenset((value,)) for name, value in always}}


#: Properties that our records have and nothing else: a file with one of them is ours.
_OURS: Final = terms(
    "tb:about", "tb:abstractRead", "tb:authors", "tb:category", "tb:crossReference",
    "tb:hasEvidence", "tb:negated", "tb:sourceKind", "tb:stance", "tb:url",
)  # fmt: skip


def is_ours(content: Content) -> bool:
    """Whether the file holds records of ours, even if they are damaged.

    Words of our vocabulary alone do not make it ours: others may use them.
    """
    kind = term("rdf:type")
    return any(
        predicate in _OURS
        or (predicate == kind and any(str(value).startswith(ONTOLOGY) for value in values))
        for pairs in content.nodes.values()
        for predicate, values in pairs.items()
    )
