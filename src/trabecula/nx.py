"""To networkx and back: a multigraph in which every edge is a statement.

Attributes are plain text, numbers and truth values, for algorithms and for file formats; the full
records lie beside them under `RECORD`, so that nothing is lost on the way back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.model import About, Context, Entity, Record, Statement
from trabecula.standing import sayable

if TYPE_CHECKING:
    import networkx

#: The attribute of a node that holds its `Entity`, and of an edge its `Statement`.
RECORD: Final = "record"
#: The attributes of the graph that hold the tuple of its `Source`s, and what it says of itself.
SOURCES: Final = "sources"
ABOUT: Final = "about"


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """The graph as a `networkx.MultiDiGraph`: nodes by entity id, edges keyed by statement id.

    Nodes have name, category, synonyms, xrefs, description and taxon; edges have predicate,
    label, sign (-1, 0 or 1), status, negated, sayable (whether it may be repeated without its
    evidence, which is not so where it is negated, refuted or only denied), supporting and
    disputing (numbers of independent sources), qualifiers, topic and sources (ids). Several
    values are joined with ` | `, and what is unknown is empty text. A node that the graph
    does not describe has no attributes.

    >>> graph = Graph([
    ...     Entity(id="atp", name="ATP", category="chemical"),
    ...     Statement(subject="atp", predicate="requires", object="magnesium"),
    ... ])
    >>> [(u, v, data["sign"]) for u, v, data in to_networkx(graph).edges(data=True)]
    [('atp', 'magnesium', 1)]
    """
    import networkx

    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    found.graph[SOURCES] = tuple(graph.sources.values())
    found.graph[ABOUT] = graph.about
    for key, entity in graph.entities.items():
        found.add_node(key, **_of_entity(entity), **{RECORD: entity})
    for key, statement in graph.statements.items():
        attributes = _of_statement(statement, graph)
        found.add_edge(
            statement.subject, statement.object, key, **attributes, **{RECORD: statement}
        )
    return found


def from_networkx(graph: networkx.MultiDiGraph[Any]) -> Graph:
    """The graph whose records a networkx graph holds: the opposite of `to_networkx`.

    Nodes and edges that were removed are gone; attributes that were changed are not read, for the
    records say it all. Raises `FormatError` for an edge without its record, or with that of
    another edge.
    """
    records: list[Record] = list(graph.graph.get(SOURCES, ()))
    about = graph.graph.get(ABOUT)
    records.extend([about] if isinstance(about, About) else [])
    described = (attributes.get(RECORD) for _, attributes in graph.nodes(data=True))
    records.extend(entity for entity in described if isinstance(entity, Entity))
    for subject, object_, attributes in graph.edges(data=True):
        statement = attributes.get(RECORD)
        if not isinstance(statement, Statement) or (statement.subject, statement.object) != (
            subject,
            object_,
        ):
            what = f"the edge does not hold the statement it stands for under {RECORD!r}"
            fix = "make the graph with to_networkx"
            raise FormatError([Problem("no-records", f"{subject} -> {object_}", what, fix)])
        records.append(statement)
    return Graph(records)


def without_records(graph: Graph) -> networkx.MultiDiGraph[str]:
    """Like `to_networkx`, but with nothing except what file formats can hold: no empty values."""
    found = to_networkx(graph)
    found.graph.clear()
    for _, attributes in found.nodes(data=True):
        _keep_what_says_something(attributes)
    for _, _, attributes in found.edges(data=True):
        _keep_what_says_something(attributes)
    return found


def _keep_what_says_something(attributes: dict[str, Any]) -> None:
    for name in [name for name, value in attributes.items() if name == RECORD or value == ""]:
        del attributes[name]


def _of_entity(entity: Entity) -> dict[str, str]:
    return {
        "name": entity.name,
        "category": entity.category,
        "synonyms": " | ".join(entity.synonyms),
        "xrefs": " | ".join(f"{x.match} {x.curie} {x.label}".rstrip() for x in entity.xrefs),
        "description": entity.description,
        "taxon": entity.taxon,
    }


def _of_statement(statement: Statement, graph: Graph) -> dict[str, str | int | bool]:
    return {
        "predicate": statement.predicate,
        "label": graph.words.relation(statement.predicate).label,
        "sign": graph.words.sign_of(statement),
        "status": graph.status(statement),
        "negated": statement.negated,
        "sayable": not statement.negated and sayable(statement.evidence),
        "supporting": len(graph.independent(statement)),
        "disputing": len(graph.independent(statement, "disputes")),
        "qualifiers": in_words(statement.qualifiers),
        "topic": statement.topic,
        "sources": " | ".join(sorted({row.source for row in statement.evidence})),
    }


def in_words(context: Context) -> str:
    """A context as text: `intake=dietary; severity=mild`."""
    return "; ".join(f"{key}={value}" for key, value in context)
