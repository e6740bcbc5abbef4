"""Named graphs in which sources speak for themselves: a nanopublication for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final
from urllib.parse import quote

from trabecula.formats.rdf.ontology import NANOPUB
from trabecula.formats.rdf.rows import IRI, LABEL, TYPE, Row, called, each, property_of, term
from trabecula.formats.rdf.statements import spoken
from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.prefixes import SOURCE


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
    for source, rows in sorted(supported.items()):
        node = NANOPUB + quote(source, safe="")
        head, assertion, provenance, info = (
            f"{node}#{part}" for part in ("head", "assertion", "provenance", "pubinfo")
        )
        yield head, node, [
            (TYPE, term("np:Nanopublication")),
            (_HAS_ASSERTION, assertion),
            (_HAS_PROVENANCE, provenance),
            (_HAS_PUBLICATION_INFO, info),
        ]  # fmt: skip
        triples = sorted({spoken(statement) for statement, _ in rows})
        for subject, group in groupby(triples, key=itemgetter(0)):
            yield assertion, subject, [(property_of(name, IRI), end) for _, name, end in group]
        strengths = sorted({row.strength for _, row in rows if row.strength})
        yield provenance, assertion, [(_DERIVED_FROM, source), *each(_STRENGTH, strengths)]
        yield info, node, [(LABEL, f"what {source} supports")]


_HAS_ASSERTION: Final = called("np:hasAssertion", IRI)
_HAS_PROVENANCE: Final = called("np:hasProvenance", IRI)
_HAS_PUBLICATION_INFO: Final = called("np:hasPublicationInfo", IRI)
_DERIVED_FROM: Final = called("prov:wasDerivedFrom", SOURCE)
_STRENGTH: Final = called("tb:strength")
