"""The names of the ontology's own properties, and what fields of records they stand for."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from trabecula.addresses import HOME
from trabecula.formats.rdf.rows import Triple
from trabecula.prefixes import NAMESPACES, ONTOLOGY

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
#: What stands for the graph as a whole, in a file that says something of it.
SUBJECT: Final = HOME + "graph"
#: The text of `about.toml`, from which all else that is said of the graph follows.
ABOUT: Final = ONTOLOGY + "about"
