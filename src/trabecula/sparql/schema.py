"""What the RDF of a graph looks like: which property stands on what, and what its values are.

`docs/rdf.md` says it for people. Here it is a table that the lint compares queries with; a test
compares the table with the RDF of graphs. Nodes have kinds: "entity", "source", "statement",
"evidence", "class", "predicate", "mapped" (a predicate in the words of Biolink), "term" (of
another vocabulary), "nanopub" and "graph". Values have the datatypes of XML Schema as kinds, such
as "string" and "gYear".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from trabecula.formats.rdf.ontology import EFFECT_VALUES, EVIDENCE_TEXTS, SOURCE_TEXTS
from trabecula.formats.rdf.rows import term
from trabecula.vocabulary import (
    BASES,
    CATEGORIES,
    CONTEXT,
    MATCHES,
    MEASURES,
    METHODS,
    PREDICATES,
    SOURCE_KINDS,
    SPECIES,
    STANCES,
    STANDINGS,
    STATUSES,
    STRENGTHS,
    SYSTEMS,
)

#: The kinds of nodes that a query may ask about, in words.
KINDS: Final = MappingProxyType(
    {
        "entity": "an entity",
        "source": "a source",
        "statement": "a statement",
        "evidence": "a piece of evidence",
        "class": "a class",
        "predicate": "a predicate",
        "mapped": "a predicate of Biolink",
        "term": "a term of another vocabulary",
        "nanopub": "a nanopublication",
        "graph": "a named graph",
    }
)

#: The kinds of values, in words.
NAMES: Final = {
    "string": "texts",
    "integer": "whole numbers",
    "decimal": "numbers",
    "boolean": "true and false",
    "gYear": "years",
    "anyURI": "addresses",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property: the kinds of nodes it stands on, and the kinds of its values.

    `closed` holds the only values there are, where they form a closed list; `single` says that a
    node has one value at most; `named` that it stands in named graphs and nowhere else.
    """

    on: frozenset[str]
    holds: frozenset[str]
    closed: tuple[str, ...] = ()
    single: bool = False
    named: bool = False


def row(on: str, holds: str, *closed: str, single: bool = False, named: bool = False) -> Property:
    """A property from words: the kinds it stands on and those of its values."""
    return Property(frozenset(on.split()), frozenset(holds.split()), closed, single, named)


@cache
def properties() -> Mapping[str, Property]:
    """The properties of the RDF of any graph by IRI, its predicates and keys of contexts too."""
    texts = {
        **dict.fromkeys(SOURCE_TEXTS, "source"),
        **dict.fromkeys(EVIDENCE_TEXTS, "evidence"),
    }
    keys = {
        f"tb:{key}": row("statement evidence", "string", *(values or ()))
        for key, values in CONTEXT.items()
    }
    own = {f"tb:{name}": row("entity", "entity") for name in PREDICATES}
    listed = {
        **{name: row(on, "string", single=True) for name, on in texts.items()},
        **{
            name: row("evidence", datatype, single=True)
            for name, (_, datatype) in EFFECT_VALUES.items()
        },
        **keys,
        **own,
        **_FIXED,
    }
    return MappingProxyType({term(name): usage for name, usage in listed.items()})


_FIXED: Final = {
    "rdf:type": row("entity source statement evidence nanopub", "class"),
    "rdfs:label": row("entity statement term nanopub", "string"),
    "dct:identifier": row("entity source", "string", single=True),
    "skos:altLabel": row("entity", "string"),
    "skos:definition": row("entity", "string", single=True),
    "biolink:in_taxon": row("entity evidence", "term", single=True),
    **{f"skos:{match}Match": row("entity", "term") for match in MATCHES},
    "skos:exactMatch": row("entity source", "term"),
    "tb:crossReference": row("entity", "string"),
    "tb:category": row("entity", "string"),
    "dct:date": row("source", "gYear string", single=True),
    "tb:authors": row("source", "string", single=True),
    "tb:abstractRead": row("source", "boolean", single=True),
    "tb:url": row("source", "anyURI", single=True),
    "tb:sourceKind": row("source", "string", *SOURCE_KINDS, single=True),
    "tb:standing": row("source", "string", *STANDINGS, single=True),
    "tb:retracted": row("evidence", "boolean", single=True),
    "rdf:subject": row("statement", "entity", single=True),
    "rdf:predicate": row("statement", "predicate", single=True),
    "rdf:object": row("statement", "entity", single=True),
    "biolink:subject": row("statement", "entity", single=True),
    "biolink:predicate": row("statement", "mapped", single=True),
    "biolink:object": row("statement", "entity", single=True),
    "biolink:object_direction_qualifier": row("statement", "string", "increased", "decreased"),
    "tb:negated": row("statement", "boolean", single=True),
    "biolink:negated": row("statement", "boolean", single=True),
    "biolink:knowledge_level": row("statement", "string", "knowledge_assertion"),
    "biolink:agent_type": row("statement", "string", "manual_agent"),
    "biolink:publications": row("statement", "source"),
    "tb:sign": row("statement", "integer", "1", "0", "-1", single=True),
    "tb:status": row("statement", "string", *STATUSES, single=True),
    "tb:basis": row("statement", "string", *BASES, single=True),
    "tb:supportingSources": row("statement", "integer", single=True),
    "tb:disputingSources": row("statement", "integer", single=True),
    "tb:topic": row("statement", "string", single=True),
    "tb:reviewRecord": row("statement", "string"),
    "tb:readingState": row("statement", "string", "twice", "changed", single=True),
    "tb:hasEvidence": row("statement", "evidence"),
    "dct:source": row("evidence", "source", single=True),
    "tb:stance": row("evidence", "string", *STANCES, single=True),
    # The provenance of what a source says tells how strongly it speaks.
    "tb:strength": row("evidence graph", "string", *STRENGTHS),
    "tb:method": row("evidence", "string", *METHODS, single=True),
    "tb:species": row("evidence", "string", *SPECIES, single=True),
    "tb:system": row("evidence", "string", *SYSTEMS, single=True),
    "tb:effectMeasure": row("evidence", "string", *MEASURES, single=True),
    "tb:evidenceType": row("evidence", "term", single=True),
    "tb:studyDesign": row("evidence", "term", single=True),
    "np:hasAssertion": row("nanopub", "graph", named=True),
    "np:hasProvenance": row("nanopub", "graph", named=True),
    "np:hasPublicationInfo": row("nanopub", "graph", named=True),
    "prov:wasDerivedFrom": row("graph", "source", named=True),
}

#: Properties that named graphs hold besides predicates.
IN_NAMED_GRAPHS: Final = frozenset(
    term(name)
    for name in (
        "rdf:type", "rdfs:label", "tb:strength", "np:hasAssertion", "np:hasProvenance",
        "np:hasPublicationInfo", "prov:wasDerivedFrom",
    )
)  # fmt: skip


@cache
def classes() -> Mapping[str, str]:
    """The classes of the RDF of any graph by IRI: the kind of node that each is a class of."""
    kinds = {
        "tb:Statement": "statement",
        "rdf:Statement": "statement",
        "biolink:Association": "statement",
        "tb:Source": "source",
        "tb:Evidence": "evidence",
        "np:Nanopublication": "nanopub",
    }
    for category in CATEGORIES.values():
        kinds |= {f"tb:{category.iri_name}": "entity", category.biolink: "entity"}
    return MappingProxyType({term(name): kind for name, kind in kinds.items()})
