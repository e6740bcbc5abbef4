"""To networkx and back, and from any graph that networkx holds; by way of it, to igraph and back.

A graph of ours is a multigraph in which every edge is a statement. All its attributes are text,
numbers and truth values, so that algorithms and the writers of networkx take them; what is a list
stands in a text (see `plain`). Nothing is lost on the way back, also where it goes through a file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from trabecula import about, plain
from trabecula.errors import FormatError, Problem
from trabecula.formats import nodelink
from trabecula.graph import Graph, require_graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Item, Options, Reading, records
from trabecula.mapping.attribute_names import is_opaque
from trabecula.mapping.attributes import Attributes, Row
from trabecula.mapping.joined import pairs, parted, rows, xref
from trabecula.model import Record, Statement, mapping

if TYPE_CHECKING:
    import networkx

#: The attribute of the graph that says that it is one of ours: JSON with what the graph says of
#: itself and with its sources.
OURS: Final = "trabecula"
#: What messages call it.
_WHERE: Final = "the networkx graph"
#: The number that igraph gives every node and edge on the way to networkx.
_OF_IGRAPH: Final = "_igraph_index"
_NO_COLUMNS: Final[Mapping[str, str]] = MappingProxyType({})


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """The graph as a `networkx.MultiDiGraph`: nodes by entity id, edges keyed by statement id.

    Nodes have name, category, synonyms, xrefs, description and taxon; edges have predicate, label
    and interaction (what it says, in words), sign (-1, 0 or 1), status, negated, sayable (whether
    it may be repeated without its evidence, which is not so where it is negated, refuted or only
    denied), supporting and disputing (numbers of independent sources), qualifiers, topic, sources
    (ids) and evidence (JSON). Several values are joined with ` | `, and what is unknown is empty
    text. A node that the graph does not describe has no attributes.

    >>> from trabecula.model import Entity, Statement
    >>> graph = Graph([
    ...     Entity(id="atp", name="ATP", category="chemical"),
    ...     Statement(subject="atp", predicate="requires", object="magnesium"),
    ... ])
    >>> [(u, v, data["sign"]) for u, v, data in to_networkx(graph).edges(data=True)]
    [('atp', 'magnesium', 1)]
    """
    import networkx

    require_graph(graph)
    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    if graph.about.title:
        found.graph["name"] = graph.about.title
    said = {
        "about": about.values(graph.about),
        "sources": [nodelink.source(source) for source in graph.sources.values()],
        "reviews": {
            key: [asdict(review) for review in one.reviews]
            for key, one in graph.statements.items()
            if one.reviews
        },
    }
    found.graph[OURS] = json.dumps(said, ensure_ascii=False)
    for key, entity in graph.entities.items():
        found.add_node(key, **plain.of_entity(entity))
    for key, statement in graph.statements.items():
        attributes = plain.of_statement(statement, graph)
        found.add_edge(statement.subject, statement.object, key, **attributes)
    return found


def from_networkx(graph: networkx.Graph[Any], columns: Mapping[str, str] = _NO_COLUMNS) -> Graph:
    """The graph that a networkx graph holds, whatever made it.

    One that `to_networkx` made gives an equal graph; what was changed in it since is read.
    Of any other (`Graph`, `DiGraph`, `MultiGraph`), attributes of nodes and edges are taken by the
    names that programs commonly give them; `columns` says which attribute is what, for instance
    `{"predicate": "relation", "papers": "found in", "name": "symbol"}`. Attributes that say nothing
    here are counted and named in a `LeftOut` warning. Raises `FormatError` for edges that cannot
    be read, `VocabularyError` for a column that nothing has.

    >>> import networkx
    >>> made = networkx.DiGraph()
    >>> made.add_edge("EGF", "EGFR", relation="activates", pmid="2985587")
    >>> [(s.subject, s.predicate, [e.source for e in s.evidence])
    ...  for s in from_networkx(made).statements.values()]
    [('EGF', 'activates', ['PMID:2985587'])]
    """
    if not isinstance(getattr(graph, "graph", None), Mapping):
        raise TypeError(f"this is no graph of networkx but {type(graph).__name__}")
    left = Leftovers()
    if isinstance(graph.graph.get(OURS), str):
        said = _said(graph)
        document = _document(graph, said)
        found = Graph(_reviewed(nodelink.records(document, _WHERE, left), said, left))
    else:
        options = Options(columns=tuple(columns.items()))
        reading = Reading(Path(_WHERE), options=options)
        reading.report.left = left
        found = Graph(records(_items(graph, reading), reading, "network"))
    left.warn(_WHERE)
    return found


# --- One of ours ----------------------------------------------------------------------------


def _said(graph: networkx.Graph[Any]) -> dict[str, Any]:
    """What stands with the graph as a whole: what it says of itself, its sources, the reviews."""
    try:
        said = json.loads(graph.graph[OURS])
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        what, fix = f"its attribute {OURS!r} is no JSON", "make the graph with to_networkx"
        raise FormatError([Problem("no-records", _WHERE, what, fix)])
    return said


def _document(graph: networkx.Graph[Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The graph as an object with nodes, edges and sources, as JSON of ours has them."""
    return {
        "graph": {"about": said.get("about", {})},
        "nodes": [{"id": key, **_node(values)} for key, values in graph.nodes(data=True)],
        "edges": [
            {"source": subject, "target": object_, **_edge(values)}
            for subject, object_, values in graph.edges(data=True)
        ],
        "sources": said.get("sources", []),
    }


def _reviewed(
    records: Iterable[Record], said: Mapping[str, Any], left: Leftovers
) -> Iterator[Record]:
    """The records, with the reviews of statements, which stand with the graph by their ids."""
    found = said.get("reviews", {})
    if not isinstance(found, dict):
        what, fix = f"its attribute {OURS!r} has reviews that are no object", "write {…}"
        raise FormatError([Problem("json-shape", _WHERE, what, fix)])
    for record in records:
        if isinstance(record, Statement) and record.id in found:
            made = nodelink.reviews(found[record.id], f"{_WHERE}: {record.id}", left)
            yield replace(record, reviews=made)
        else:
            yield record


def _node(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in values.items() if value != "" and name != _OF_IGRAPH}
    if isinstance(found.get("synonyms"), str):
        found["synonyms"] = list(parted(found["synonyms"]))
    if isinstance(found.get("xrefs"), str):
        xrefs = [(text, xref(text)) for text in parted(found["xrefs"])]
        found["xrefs"] = [
            {"match": x.match, "curie": x.curie, "label": x.label} if x is not None else text
            for text, x in xrefs
        ]
    return found


def _edge(values: Mapping[str, Any]) -> dict[str, Any]:
    derived = {"label", "interaction", "sayable", "sources", "id", "key", _OF_IGRAPH}
    found = {name: value for name, value in values.items() if value != "" and name not in derived}
    if found.get("negated") in (0, 1):  # as GML has truth values
        found["negated"] = bool(found["negated"])
    context = pairs(str(found.get("qualifiers", "")))
    if context is not None and "qualifiers" in found:
        found["qualifiers"] = mapping(context)
    if isinstance(found.get("evidence"), str):
        found["evidence"] = rows(found["evidence"]) or found["evidence"]
    return found


# --- Any other ------------------------------------------------------------------------------


def _items(graph: networkx.Graph[Any], reading: Reading) -> Iterator[Item]:
    for name in graph.graph:
        reading.left("graph attribute", str(name), "graph")
    nodes = (
        (_key(key), _named(values), f"node {key!r:.40}") for key, values in graph.nodes(data=True)
    )
    yield from Attributes(reading).network(nodes, _rows(graph))


def _rows(graph: networkx.Graph[Any]) -> Iterator[Row]:
    view: Any = graph.edges
    several = graph.is_multigraph()
    for subject, object_, *more, values in (
        view(keys=True, data=True) if several else view(data=True)
    ):
        said = _named(values)
        if more and isinstance(more[0], str) and not is_opaque(more[0]):
            said = {**said, "label": said.get("label") or more[0]}  # keyed by what it says
        yield Row(
            subject=_key(subject),
            object=_key(object_),
            values=said,
            place=f"{subject!r:.40} -> {object_!r:.40}",
            symmetric=not graph.is_directed(),
        )


def _key(node: object) -> str:
    """A node as text: networkx takes anything that can be hashed for one."""
    plain = _plain(node)
    if plain is None or (
        isinstance(plain, float) and math.isnan(plain)
    ):  # of a frame: all that lack a name would be one thing
        what, fix = f"a node is {node!r}, which names nothing", "drop edges without both ends"
        raise FormatError([Problem("bad-row", _WHERE, what, fix)])
    return plain if isinstance(plain, str) else repr(plain)


def _plain(value: Any) -> Any:
    """A value as Python's own, the same from every version of numpy and in every run.

    Sets, which have no order, become sorted lists; what pandas has for nothing is nothing.
    """
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    return value.tolist() if hasattr(value, "tolist") else value


def _named(values: Mapping[Any, Any]) -> dict[str, Any]:
    """Attributes by name, plain values."""
    return {str(name): _plain(value) for name, value in values.items() if name != _OF_IGRAPH}
