"""Terms of ontologies: what OBO, OBO Graphs and OWL say of one, in whichever syntax, as a node."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from trabecula.mapping.items import Node
from trabecula.mapping.reading import Reading
from trabecula.model import Xref

#: Namespaces of GO, which say what its terms are; those of other ontologies name the ontology.
CATEGORIES: Final = {
    "biological_process": "process",
    "molecular_function": "function",
    "cellular_component": "biolink:CellularComponent",
}
#: The category of relations, which files relate to each other.
RELATION: Final = "biolink:RelationshipType"
#: What cross-references that are more than that are called in their labels.
DEFINED_BY: Final = "source of the definition"
REPLACED_BY: Final = "replaced by"
CONSIDER: Final = "to consider instead"

_NAMED = re.compile(r"https?://\S+|[A-Za-z_][\w.-]*:\S+")
#: Prefixes of what a definition was taken from; the others are initials of curators.
_SOURCES = re.compile(
    r"(PMID|PUBMED|PMC|PMCID|DOI|ISBN(-1[03])?|GO_REF|arxiv|https?):.+", re.IGNORECASE
)


@dataclass(slots=True)
class Term:
    """What a file says of a term of an ontology; identifiers are as it writes them."""

    key: str
    identifier: str = ""
    name: str = ""
    category: str = ""
    definition: str = ""
    defined_by: list[str] = field(default_factory=list)
    synonyms: list[str] = field(default_factory=list)
    xrefs: list[tuple[str, str]] = field(default_factory=list)  # curie, label
    alternatives: list[str] = field(default_factory=list)
    replaced_by: list[str] = field(default_factory=list)
    consider: list[str] = field(default_factory=list)
    matches: list[tuple[str, str]] = field(default_factory=list)  # SKOS match, curie
    taxon: str = ""

    def node(self, reading: Reading, place: str) -> Node:
        """The node. Cross-references that name nothing are left out, and counted.

        What `hasDbXref` relates is not said by it, so that such a cross-reference is `related`;
        an alternative identifier is `exact`. The papers that a definition was taken from are
        related as well, with a label that says so.
        """
        xrefs: list[Xref] = []
        told: list[tuple[str, str, str]] = [("exact", text, "") for text in self.alternatives]
        told += [(match, text, "") for match, text in self.matches]
        told += [("related", text, label) for text, label in self.xrefs]
        told += [("related", text, REPLACED_BY) for text in self.replaced_by]
        told += [("related", text, CONSIDER) for text in self.consider]
        for text in self.defined_by:
            if _SOURCES.fullmatch(text):
                told.append(("related", text, DEFINED_BY))
            else:
                reading.left("definition source", text.partition(":")[0], place)
        for match, text, label in told:
            if _NAMED.fullmatch(text):
                xrefs.append(Xref(match, text, label))
            else:
                reading.left("cross-reference", text, place)
        return Node(
            key=self.key,
            identifier=self.identifier,
            name=self.name,
            category=self.category,
            synonyms=tuple(dict.fromkeys(self.synonyms)),
            xrefs=tuple(dict.fromkeys(xrefs)),
            description=self.definition,
            taxon=self.taxon,
        )
