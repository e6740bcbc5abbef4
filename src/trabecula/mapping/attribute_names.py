"""The names by which programs call the attributes of nodes and edges.

Every program has its own names for the same: what Cytoscape calls `interaction`, others call
`relation`, `edge_type` or `label`. The two tables here are the only place where such names are
known; a user adds to them with columns (`predicate=relation`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

#: What an attribute of a node says -> its names, folded, of which the first that has a value wins.
NODE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "identifier": ("identifier", "curie", "id", "represents", "nx name", "iri", "uri"),
        "name": (
            "name", "label", "shared name", "canonicalname", "canonical name", "display name",
            "displayname", "preferred name", "human readable label", "title", "symbol",
            "gene symbol", "gene name", "common name", "common", "caption",
        ),
        "category": (
            "category", "type", "node type", "nodetype", "entity type", "kind", "labels",
            "function", "labelv", "interactor type", "species type", "semantic type", "class",
        ),
        "synonyms": (
            "synonyms", "synonym", "alias", "aliases", "altname", "alternative names",
            "exact synonym", "related synonym",
        ),
        "xrefs": (
            "xrefs", "xref", "cross references", "equivalent identifiers", "same as", "alt ids",
        ),
        "description": ("description", "definition"),
        "taxon": ("taxon", "in taxon", "taxonomy id", "ncbi taxonomy id", "organism", "species"),
    }
)  # fmt: skip

#: The same of an edge.
EDGE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "predicate": (
            "predicate", "primary interaction type", "interaction", "shared interaction",
            "relation", "relationship", "relationship type", "relation type", "rel type",
            "reltype", "edge label", "labele", "edge type", "edgetype", "interaction type",
            "effect", "type", "kind", "wp type", "endarrow", "sbgn", "action", "action type",
            "mode", "label", "class",
        ),
        "sign": (
            "sign", "polarity", "edge sign", "mor", "regulation", "regulation type",
            "mode of regulation", "regulatory effect", "causal effect",
        ),
        "head": (
            "arrowhead", "target arrow shape", "edge target arrow shape", "edge targetarrowshape",
        ),
        "stimulation": ("is stimulation", "stimulation"),
        "inhibition": ("is inhibition", "inhibition"),
        "paper database": ("publication db", "citation namespace"),
        "negated": (
            "negated", "is negated", "negation", "negative", "not", "denied", "is denied",
        ),
        "directed": ("directed", "is directed"),
        "papers": (
            "publications", "publication", "pmid", "pmids", "pubmed", "pubmed id", "pubmed ids",
            "pubmedid", "pubmedids", "publication id", "publication ids", "references",
            "reference", "citations", "citation", "citation identifier", "ndex:citation",
            "literature", "doi", "dois", "pmcid", "pmc", "refs", "paper", "papers", "article",
            "articles", "pub", "pubs", "pmid list", "evidence pmid", "evidence pmids",
            "source pmid", "source pmids",
        ),
        "database": (
            "database", "source database", "database source", "source db", "data source",
            "primary knowledge source", "knowledge source", "provided by", "sources", "prov source",
            "provenance", "resource", "db",
        ),
        "record": ("record", "record id", "interaction id", "signor id"),
        "method": (
            "method", "detection method", "experimental system", "evidence code", "has evidence",
        ),
        "taxon": ("host organism", "taxon", "species", "organism"),
        "summary": ("summary", "sentence", "sentences", "supporting text", "evidence text"),
        "locator": ("locator",),
        "topic": ("topic",),
        "qualifiers": ("qualifiers",),
        "evidence": ("evidence",),
    }
)  # fmt: skip

#: Names of attributes that identify a node whatever their values look like.
SURE: Final = frozenset(("identifier", "curie"))
#: What our own files say besides, and what follows from the rest: read anew, and nothing is lost.
DERIVED: Final = frozenset(
    ("statement", "label", "interaction", "status", "sayable", "supporting", "disputing", "sources")
)
#: What Cytoscape keeps for itself in every file, which says nothing of the graph.
OF_CYTOSCAPE: Final = frozenset(
    ("SUID", "BEND_MAP_ID", "selected", "shared name", "shared interaction", "__Annotations")
)
#: Keys that only tell nodes of one file apart: a number, or a letter and numbers.
_OPAQUE: Final = re.compile(
    r"(?i)-?\d+(\.\d+)?|(n|v|node|vertex|id|x)?[-_]?\d+(::(n|g)?[-_]?\d+)*"
    r"|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"
)


@lru_cache(maxsize=2**10)
def folded(name: str) -> str:
    """A name of an attribute as the tables have it.

    >>> folded("Publication_ID"), folded("biolink:knowledge-source"), folded("_nx_name")
    ('publication id', 'knowledge source', 'nx name')
    """
    return " ".join(re.split(r"[\s._-]+", name.casefold().removeprefix("biolink:"))).strip()


@lru_cache(maxsize=2**10)
def squeezed(name: str) -> str:
    """A name without what separates its words: igraph writes `is_negated` as `isnegated`."""
    return folded(name).replace(" ", "")


def is_opaque(key: str) -> bool:
    """Whether a key only tells nodes of one file apart.

    >>> [is_opaque(key) for key in ("n12", "2199", "n0::n1", "TP53", "CHEBI:1")]
    [True, True, True, False, False]
    """
    return _OPAQUE.fullmatch(key) is not None


def by_name(
    table: Mapping[str, tuple[str, ...]], extra: Mapping[str, list[str]]
) -> dict[str, tuple[int, str]]:
    """Name -> its rank and what it says; names of the user's come first and say nothing else."""
    roles: dict[str, tuple[int, str]] = {}
    for role, names in table.items():
        for rank, name in enumerate((*extra.get(role, ()), *names)):
            roles.setdefault(squeezed(name), (rank, role))
    for role, own in extra.items():
        if role in table:
            roles.update((squeezed(name), (rank, role)) for rank, name in enumerate(own))
    return roles
