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
from trabecula.errors import FormatError, Problem, require_pairs
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
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    if graph.about.title:
        network.graph["name"] = graph.about.title
    own = {
        "about": about.values(graph.about),
        "sources": [nodelink.source(source) for source in graph.sources.values()],
        "reviews": {
            key: [asdict(review) for review in statement.reviews]
            for key, statement in graph.statements.items()
            if statement.reviews
        },
    }
    network.graph[OURS] = json.dumps(own, ensure_ascii=False)
    for key, entity in graph.entities.items():
        network.add_node(key, **plain.of_entity(entity))
    for key, statement in graph.statements.items():
        attributes = plain.of_statement(statement, graph)
        network.add_edge(statement.subject, statement.object, key, **attributes)
    return network


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
    require_pairs(columns, "columns")
    left = Leftovers()
    if isinstance(graph.graph.get(OURS), str):
        own = _own(graph)
        document = _document(graph, own)
        converted = Graph(_reviewed(nodelink.records(document, _WHERE, left), own, left))
    else:
        options = Options(columns=tuple(columns.items()))
        reading = Reading(Path(_WHERE), options=options)
        reading.report.left = left
        converted = Graph(records(_items(graph, reading), reading, "network"))
    left.warn(_WHERE)
    return converted


# --- One of ours ----------------------------------------------------------------------------


def _own(graph: networkx.Graph[Any]) -> dict[str, Any]:
    """What stands with the graph as a whole: what it says of itself, its sources, the reviews."""
    try:
        own = json.loads(graph.graph[OURS])
    except (ValueError, RecursionError):
        own = None
    if not isinstance(own, dict):
        what, fix = f"its attribute {OURS!r} is no JSON", "make the graph with to_networkx"
        raise FormatError([Problem("no-records", _WHERE, what, fix)])
    return own


def _document(graph: networkx.Graph[Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The graph as an object with nodes, edges and sources, as JSON of ours has them."""
    return {
        "graph": {"about": own.get("about", {})},
        "nodes": [{"id": key, **_node(values)} for key, values in graph.nodes(data=True)],
        "edges": [
            {"source": subject, "target": object_, **_edge(values)}
            for subject, object_, values in graph.edges(data=True)
        ],
        "sources": own.get("sources", []),
    }


def _reviewed(
    records: Iterable[Record], own: Mapping[str, Any], left: Leftovers
) -> Iterator[Record]:
    """The records, with the reviews of statements, which stand with the graph by their ids."""
    reviews = own.get("reviews", {})
    if not isinstance(reviews, dict):
        what, fix = f"its attribute {OURS!r} has reviews that are no object", "write {…}"
        raise FormatError([Problem("json-shape", _WHERE, what, fix)])
    for record in records:
        if isinstance(record, Statement) and record.id in reviews:
            made = nodelink.reviews(reviews[record.id], f"{_WHERE}: {record.id}", left)
            yield replace(record, reviews=made)
        else:
            yield record


def _node(values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in values.items() if value != "" and name != _OF_IGRAPH}
    if isinstance(fields.get("synonyms"), str):
        fields["synonyms"] = list(parted(fields["synonyms"]))
    if isinstance(fields.get("xrefs"), str):
        xrefs = [(text, xref(text)) for text in parted(fields["xrefs"])]
        fields["xrefs"] = [
            {"match": x.match, "curie": x.curie, "label": x.label} if x is not None else text
            for text, x in xrefs
        ]
    return fields


def _edge(values: Mapping[str, Any]) -> dict[str, Any]:
    derived = {"label", "interaction", "sayable", "sources", "id", "key", _OF_IGRAPH}
    fields = {name: value for name, value in values.items() if value != "" and name not in derived}
    if fields.get("negated") in (0, 1):  # as GML has truth values
        fields["negated"] = bool(fields["negated"])
    context = pairs(str(fields.get("qualifiers", "")))
    if context is not None and "qualifiers" in fields:
        fields["qualifiers"] = mapping(context)
    if isinstance(fields.get("evidence"), str):
        fields["evidence"] = rows(fields["evidence"]) or fields["evidence"]
    return fields


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
        fields = _named(values)
        if more and isinstance(more[0], str) and not is_opaque(more[0]):
            fields = {**fields, "label": fields.get("label") or more[0]}  # keyed by what it says
        yield Row(
            subject=_key(subject),
            object=_key(object_),
            values=fields,
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
