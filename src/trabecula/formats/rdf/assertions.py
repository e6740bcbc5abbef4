"""Nanopublications: what each asserts, and on what grounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.rows import Object
from trabecula.formats.rdf.things import PAPERS, Things, named
from trabecula.formats.rdf.values import ECO, local, plain
from trabecula.mapping import Citation

_TYPE: Final = named("rdf:type")
_NP: Final = "http://www.nanopub.org/nschema#"
_ASSERTS: Final = f"{_NP}hasAssertion"
#: What assertions say of a thing where the rest of them is not so: neXtProt, Human Protein Atlas.
_NIF: Final = "http://ontology.neuinfo.org/NIF/Backend/NIF-Quality.owl#"
_DENIALS: Final = frozenset(
    (
        ("http://purl.org/obo/owl/OBO_REL#has_quality", "negative"),
        (f"{_NIF}nlx_qual_1010003", "Not_detected"),  # the level of its expression
    )
)


@dataclass
class Assertions:
    """The nanopublications of a file: what each asserts, and on what grounds."""

    #: A triple that one asserts -> the reasons that it gives.
    reasons: dict[tuple[str, str, Object], list[Citation]] = field(default_factory=dict)
    #: Triples that are asserted not to be so.
    denied: set[tuple[str, str, Object]] = field(default_factory=set)
    #: Triples of heads, provenance and publication, which are about the nanopublication.
    aside: set[tuple[str, str, Object]] = field(default_factory=set)
    #: Named nodes that stand only there.
    nodes: set[str] = field(default_factory=set)

    def of_nodes(self) -> dict[str, list[Citation]]:
        """Node -> the reasons for what is asserted of it."""
        reasons_of: dict[str, dict[Citation, None]] = {}
        for (node, _, _), reasons in self.reasons.items():
            reasons_of.setdefault(node, {}).update(dict.fromkeys(reasons))
        return {node: list(reasons) for node, reasons in reasons_of.items()}


def find(content: Content, things: Things) -> Assertions:
    """What the nanopublications of a file assert, deny, and say of themselves."""
    assertions, graphs = Assertions(), content.graphs
    heads: dict[str, list[str]] = {}  # of each nanopublication, the graphs that say it is one
    for graph, triples in graphs.items():
        for subject, name, value in triples:
            if (name, value) == (_TYPE, f"{_NP}Nanopublication"):
                heads.setdefault(subject, []).append(graph)
    for node, pairs in content.nodes.items():
        if _ASSERTS not in pairs:
            continue
        asserted = [plain(v) for v in pairs[_ASSERTS]]
        assertions.nodes.add(node)
        grounds = [plain(v) for v in pairs.get(f"{_NP}hasProvenance", ())]
        published = [plain(v) for v in pairs.get(f"{_NP}hasPublicationInfo", ())]
        for graph in (*grounds, *published, *heads.get(node, ())):
            triples = graphs.get(graph, [])
            assertions.aside.update(triples)
            assertions.nodes.update(subject for subject, _, _ in triples)
        for graph in asserted:
            citation = _reason(content, things, node, graph)
            triples = graphs.get(graph, [])
            denied = {s for s, p, o in triples if (p, plain(o)) in _DENIALS}
            for triple in triples:
                assertions.reasons.setdefault(triple, []).append(citation)
                if triple[0] in denied:
                    assertions.denied.add(triple)
            assertions.nodes.add(graph)
    graphs.clear()  # which nothing else asks for, and of which there may be a million
    return assertions


def _reason(content: Content, things: Things, node: str, graph: str) -> Citation:
    """The reason that a nanopublication gives for all that it asserts."""
    grounds = content.nodes.get(graph, {})
    named_there = [text for name in PAPERS for text in map(plain, grounds.get(name, ()))]
    papers = []
    for text in named_there:
        if text.startswith((node, "_:")):  # a part of the nanopublication, which may name more
            part = content.nodes.get(text, {})
            more = (plain(value) for name in PAPERS for value in part.get(name, ()))
            papers += [paper for paper in more if not paper.startswith((node, "_:"))]
        else:
            papers.append(text)
    methods = [match[1] for v in grounds.get(_TYPE, ()) if (match := ECO.search(plain(v)))]
    context = [("nanopublication", node)]
    for name in ("dct:created", "dct:creator", "dct:license", "dct:rights", "pav:authoredBy"):
        values = content.nodes.get(node, {}).get(named(name), ())
        context += [(local(named(name)), plain(value)) for value in values]
    return Citation(
        papers=tuple(papers) or (node,),
        method=f"ECO:{methods[0]}" if methods else "",
        summary=things.text(graph, named("rdfs:comment")),
        context=tuple(context),
    )
