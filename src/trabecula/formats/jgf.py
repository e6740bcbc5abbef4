"""JSON Graph Format, versions 1 and 2, as the Causal Biological Networks of BEL come in.

A graph, or a list of them, has nodes (a list, or an object by id) and edges with `source`,
`relation` and `target`, and what else there is to say under `metadata`. Where nodes are terms of
BEL, edges are statements of BEL, and the `evidences` or `nanopubs` of an edge are its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Citation, Edge, Item, Reading, Vocabulary, bel
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.model import About, Context

_CITED: Final = {"pubmed": "PMID", "pmc": "PMCID", "pubmed central": "PMCID", "doi": "doi"}
#: Keys of the metadata of an edge under which its evidence stands.
_EVIDENCE: Final = ("evidences", "nanopubs")
#: What a context calls the species.
_SPECIES: Final = frozenset(("species", "species_common_name"))
#: What says of evidence how a program keeps it.
_KEPT: Final = frozenset(("bel_statement", "citation", "experiment_context", "key", "metadata"))
_TEXTS: Final = ("summary_text", "support")


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    document = reading.json()
    graphs = document.get("graphs", [document.get("graph")]) if isinstance(document, dict) else []
    if not isinstance(graphs, list) or not all(isinstance(graph, dict) for graph in graphs):
        what, fix = "there is no graph", 'write {"graph": {"nodes": […], "edges": […]}}'
        raise FormatError([Problem("json-shape", reading.where, what, fix)])
    if len(graphs) > 1:
        reading.report.left.mend(f"{len(graphs):,} graphs as one", "graphs")
    if _speaks_bel(graphs):
        yield Vocabulary("bel")
    for number, graph in enumerate(graphs):
        place = f"graphs[{number}]." if "graphs" in document else ""
        yield from _about(reading, graph, place)
        if graph.get("hyperedges"):
            reading.left("part", "hyperedges", f"{place}hyperedges", len(graph["hyperedges"]))
        made = _of_bel if _speaks_bel([graph]) else _network
        yield from made(reading, graph, place)


def _speaks_bel(graphs: list[dict[str, Any]]) -> bool:
    """Whether one of them says that it is of BEL, or is as PyBEL writes it, which does not say."""
    return any(
        str(graph.get("type", "")).upper().startswith("BEL")
        or any(isinstance(node, Mapping) and "bel_function_type" in node for node in nodes[:1])
        for graph in graphs
        for nodes in [graph["nodes"] if isinstance(graph.get("nodes"), list) else []]
    )


def _about(reading: Reading, graph: Mapping[str, Any], place: str) -> Iterator[Item]:
    """What a graph says of itself; of several the last one."""
    told = graph.get("metadata")
    about = {"name": str(graph.get("label") or "")}
    for name, value in told.items() if isinstance(told, Mapping) else ():
        if name in ("description", "version") and isinstance(value, str):
            about[name] = value
        elif value not in ("", None):
            left_of_graph(reading, name, f"{place}metadata")
    if any(about.values()):
        yield About(
            title=about["name"],
            description=" ".join(about.get("description", "").split()),
            version=about.get("version", ""),
        )


def _nodes(
    reading: Reading, graph: Mapping[str, Any], place: str
) -> Iterator[tuple[str, Any, str]]:
    """Id, node and place of each node: of a list, or of an object by id."""
    nodes = graph.get("nodes", [])
    if isinstance(nodes, Mapping):
        pairs = [(str(key), node, f"{place}nodes.{key}") for key, node in nodes.items()]
    elif isinstance(nodes, list):
        pairs = [
            (
                str(node.get("id", "")) if isinstance(node, Mapping) else "",
                node,
                f"{place}nodes[{n}]",
            )
            for n, node in enumerate(nodes)
        ]
    else:
        reading.wrong(f"{place}nodes", "nodes are neither a list nor an object", "write a list")
        return
    for key, node, at in pairs:
        if not key or not isinstance(node, Mapping):
            reading.wrong(at, "a node has no id", 'write {"id": "…"}')
        else:
            yield key, node, at


def _edges(reading: Reading, graph: Mapping[str, Any], place: str) -> Iterator[tuple[Any, str]]:
    """Each edge that has both ends, with its place."""
    edges = graph.get("edges", [])
    if not isinstance(edges, list):
        reading.wrong(f"{place}edges", "edges are no list", "write […]")
        return
    for number, edge in enumerate(edges):
        at = f"{place}edges[{number}]"
        ends = (
            [edge.get(end) for end in ("source", "target")] if isinstance(edge, Mapping) else [None]
        )
        if all(isinstance(end, str | int) and not isinstance(end, bool) for end in ends):
            yield edge, at
        else:
            what = "an edge has no source or no target"
            reading.wrong(at, what, 'write {"source": "…", "target": "…"}')


def _metadata(of: Mapping[str, Any]) -> dict[str, Any]:
    told = of.get("metadata")
    return dict(told) if isinstance(told, Mapping) else {}


# --- Networks ---------------------------------------------------------------------------------


def _network(reading: Reading, graph: Mapping[str, Any], place: str) -> Iterator[Item]:
    """A graph whose nodes and edges say what they are in attributes."""
    directed = graph.get("directed") is not False

    def rows() -> Iterator[Row]:
        for edge, at in _edges(reading, graph, place):
            values = {
                name: edge[name]
                for name in edge
                if name not in ("id", "source", "target", "relation", "directed", "metadata")
            }
            is_directed = edge.get("directed", directed)
            yield Row(
                subject=str(edge["source"]),
                object=str(edge["target"]),
                values={**values, **_metadata(edge)},
                place=at,
                predicate=str(edge.get("relation") or ""),
                symmetric=is_directed is False,
            )

    nodes = (
        (
            key,
            {**{n: v for n, v in node.items() if n not in ("id", "metadata")}, **_metadata(node)},
            at,
        )
        for key, node, at in _nodes(reading, graph, place)
    )
    yield from Attributes(reading).network(nodes, rows())


# --- BEL --------------------------------------------------------------------------------------


def _of_bel(reading: Reading, graph: Mapping[str, Any], place: str) -> Iterator[Item]:
    """A graph whose nodes are terms."""
    seen: set[str] = set()
    terms: dict[str, bel.Term] = {}
    for key, node, at in _nodes(reading, graph, place):
        term = _term(reading, key, str(node.get("label") or ""), at)
        if term is not None:
            terms[key] = term
            parts = bel.structure(bel.stripped(term, "")[0], seen)
            yield from (item for item in parts if not isinstance(item, Edge))
    for edge, at in _edges(reading, graph, place):
        keys = [str(edge[name]) for name in ("source", "target")]
        subject, object_ = (terms.get(key) or _term(reading, key, "", at) for key in keys)
        if subject is None or object_ is None:
            continue
        start, end = bel.stripped(subject, "subject"), bel.stripped(object_, "object")
        relation = str(edge.get("relation") or "").strip()
        cited = tuple(_citations(reading, edge, at))
        yield from bel.related(start, relation, end, cited, at, seen)


def _term(reading: Reading, key: str, label: str, place: str) -> bel.Term | None:
    """The term of a node, which is its id, or else its label."""
    problem = ""
    for text in (key, label):
        try:
            return bel.parsed(text)[0]
        except bel.BadTerm as error:
            problem = problem or str(error)
    reading.wrong(place, problem, "write it as BEL 2, such as p(HGNC:AKT1)")
    return None


def _citations(reading: Reading, edge: Mapping[str, Any], place: str) -> Iterator[Citation]:
    """A citation for each piece of evidence that names a paper."""
    metadata = _metadata(edge)
    for name in _EVIDENCE:
        listed = metadata.get(name)
        for number, evidence in enumerate(listed if isinstance(listed, list) else ()):
            at = f"{place}.metadata.{name}[{number}]"
            paper = _paper(evidence.get("citation")) if isinstance(evidence, Mapping) else ""
            if not paper:
                reading.left("citation", "that names nothing", at)
                continue
            context = tuple(_context(evidence.get("experiment_context")))
            for key in evidence:
                if key not in _KEPT and key not in _TEXTS:
                    reading.left("key of evidence", key, at)
            yield Citation(
                papers=(paper,),
                species=next((_taxon(x) for key, x in context if key.casefold() in _SPECIES), ""),
                summary=next(
                    (text for key in _TEXTS for text in [_text(evidence.get(key))] if text), ""
                ),
                context=tuple(pair for pair in context if pair[0].casefold() not in _SPECIES),
            )


def _paper(cited: Any) -> str:
    """The paper of a citation; of a registry that is none of papers, its name in words."""
    if not isinstance(cited, Mapping):
        return ""
    registry = str(cited.get("type") or cited.get("namespace") or "")
    prefix = _CITED.get(registry.casefold(), "")
    reference = str(cited.get("id") or cited.get("identifier") or "").strip()
    name = str(cited.get("name") or "").strip()
    if prefix and reference != "0" and not bel.is_unsaid(reference):
        return f"{prefix}:{reference}"
    if prefix:
        return ""
    return next((text for text in (name, reference) if not bel.is_unsaid(text) and text != "0"), "")


def _taxon(text: str) -> str:
    return f"NCBITaxon:{text}" if text.isdigit() else text


def _text(value: Any) -> str:
    """A text, or that under `value` or `identifier`, as some write it; of a list all of them."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, Mapping):
        value = value.get("value") or value.get("name") or value.get("identifier")
    return value.strip() if isinstance(value, str) else ""


def _context(value: Any) -> Context:
    """What an experiment was made in, as an object or as a list of names and values."""
    if isinstance(value, Mapping):
        pairs = [(str(key), _text(text)) for key, text in value.items()]
    elif isinstance(value, list):
        rows = [row for row in value if isinstance(row, Mapping)]
        pairs = [(str(row.get("name", "")), _text(row.get("value"))) for row in rows]
    else:
        pairs = []
    return tuple(pair for pair in pairs if all(pair))
