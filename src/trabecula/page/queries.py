"""What a page needs to be asked in SPARQL: the RDF of its graph, and the shipped queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any, Final

from trabecula import cache, compressed
from trabecula.errors import TrabeculaError
from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.page.folding import folded
from trabecula.page.opening import busiest
from trabecula.prefixes import prefix_called
from trabecula.sparql import NamedQuery
from trabecula.sparql import library as shipped
from trabecula.sparql.catalogue import Parameter, worded
from trabecula.sparql.contents import Contents
from trabecula.sparql.linting.names import ELSEWHERE
from trabecula.sparql.linting.spelling import written

#: The statements of the largest graph that a page can be asked about: some forty triples each
#: make a million, which take a browser seven seconds to load and 700 MB to hold.
MAX_STATEMENTS: Final = 20_000
#: As many pieces of evidence; RDF of part of them would say another status.
MAX_EVIDENCE: Final = 30_000
#: Of how many graphs this is kept: those used last.
KEPT: Final = 4


def packed(graph: Graph, told: Iterable[str] | None = None) -> bytes:
    """The RDF of the graph as TriG, compressed: the dataset that `trabecula query` asks.

    Where `told` is given, the texts that the page has in its data, it is folded and leaves to them
    what they say already (`folding`). Empty where the graph is larger than `MAX_STATEMENTS` or
    `MAX_EVIDENCE`, or has an identifier that RDF cannot say; such a page is shown without SPARQL.
    The same graph gives the same bytes, which are kept beside the shipped graph: `told` follows
    from the graph.

    >>> from trabecula.model import Entity
    >>> packed(Graph([Entity(id="https://a b", name="no IRI", category="cell")]))
    b''
    """
    evidence = sum(len(statement.evidence) for statement in graph.statements.values())
    if len(graph) > MAX_STATEMENTS or evidence > MAX_EVIDENCE:
        return b""
    path = graph.kept.with_suffix(".trig") if graph.kept and told is not None else None
    kept = cache.read(path) if path else None
    if kept is not None:
        return kept
    try:
        text = rdf.render(graph, "trig").decode("utf-8")
    except (TrabeculaError, UnicodeEncodeError):
        return b""
    made = compressed.gzipped((text if told is None else folded(text, told)).encode("utf-8"))
    if path:
        cache.write(path, made, KEPT)
    return made


def library(graph: Graph, *, sparql: bool) -> dict[str, Any]:
    """The shipped queries, and what a query may say undeclared; none without SPARQL.

    Terms are those of our ontology that a query of this graph may use, whether the graph does or
    not; `properties` those of other vocabularies, and `meant` what may be meant by one that is
    none of them. A prefix is its name, its namespace and the https address in which `$1` stands
    for an identifier, empty where there is no page to read.

    >>> library(Graph(), sparql=False)
    {'queries': [], 'terms': [], 'properties': [], 'meant': {}, 'prefixes': []}
    """
    if not sparql:
        return {"queries": [], "terms": [], "properties": [], "meant": {}, "prefixes": []}
    spaces = ((name, space, prefix_called(name)) for name, space in graph.spaces.items())
    return {
        "queries": [_query(query) for query in fitted(suiting(shipped().values(), graph), graph)],
        "terms": Contents(graph).terms(),
        "properties": [written(node) for node in Contents(graph).elsewhere()],
        "meant": ELSEWHERE,
        "prefixes": [[name, space, row.url if row else ""] for name, space, row in spaces],
    }


def suiting(queries: Iterable[NamedQuery], graph: Graph) -> Iterator[NamedQuery]:
    """The queries that a graph can answer: without an article none that asks what it claims."""
    kinds = {"", *(source.kind for source in graph.sources.values())}
    return (query for query in queries if query.needs in kinds)


def fitted(queries: Iterable[NamedQuery], graph: Graph) -> Iterator[NamedQuery]:
    """The queries with defaults that the graph has, in place of those of the shipped one."""
    usual = {
        "entity": busiest(graph),
        "source": next(iter(graph.sources), ""),
        "topic": next(iter(filter(None, graph.columns.topics.names)), ""),
        "predicate": _commonest(graph),
        "second entity": _neighbour(graph),
    }
    for query in queries:
        seconds = [parameter for parameter in query.parameters if parameter.type == "entity"][1:]
        parameters = tuple(
            replace(
                parameter, default=_default(parameter, graph, usual, second=parameter in seconds)
            )
            for parameter in query.parameters
        )
        # Other names speak of the usual values.
        also = query.also if parameters == query.parameters else ()
        text = worded(query.text, graph)
        yield replace(query, text=text, parameters=parameters, also=also)


def _query(query: NamedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": query.title,
        "also": query.also,
        "text": _without_header(query.text),
        "parameters": [asdict(parameter) for parameter in query.parameters],
    }


def _commonest(graph: Graph) -> str:
    """The predicate of most statements, of equal ones the first by name."""
    counts = Counter(statement.predicate for statement in graph.statements.values())
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _neighbour(graph: Graph) -> str:
    """The best connected of those that a statement joins to the best connected entity."""
    start = busiest(graph)
    ends = [(statement.subject, statement.object) for statement in graph.statements.values()]
    degrees = Counter(key for pair in ends for key in pair)
    beside = {key for pair in ends if start in pair for key in pair if key in graph.entities}
    return min(beside - {start}, key=lambda key: (-degrees[key], key), default=start)


def _default(
    parameter: Parameter, graph: Graph, usual: dict[str, str], *, second: bool
) -> str | None:
    """The usual value of a parameter, or one of the same kind that the graph has."""
    has = {
        "entity": graph.entities,
        "source": graph.sources,
        "topic": graph.columns.topics.names,
        "predicate": {statement.predicate for statement in graph.statements.values()},
    }.get(parameter.type)
    if has is None or parameter.default is None or parameter.default in has:
        return parameter.default
    return usual["second entity" if second else parameter.type] or None


def _without_header(text: str) -> str:
    """The query after the comments that describe it, which the page shows in its own way."""
    lines = text.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
    return "".join(lines[first:]).strip() + "\n"
