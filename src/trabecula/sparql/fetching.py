"""Records out of an endpoint that holds the RDF of a graph: those that a question needs, no more.

`docs/rdf.md` tells how records are nodes. They are asked for by their IRIs, some hundreds at once,
in queries so plain that every engine answers them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from trabecula import about as about_toml
from trabecula.addresses import addresses
from trabecula.canonical import canonical
from trabecula.errors import FormatError, QueryError
from trabecula.formats.rdf.ontology import ABOUT, SUBJECT
from trabecula.formats.rdf.reading import read_bytes
from trabecula.formats.rdf.rows import iri, term
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.model import About
from trabecula.names import spellings
from trabecula.pasted import pasted
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.regular import source_id
from trabecula.sparql import catalogue
from trabecula.sparql.catalogue import NamedQuery
from trabecula.sparql.clock import Deadline
from trabecula.sparql.remote import Endpoint
from trabecula.sparql.tokens import quoted
from trabecula.vocabulary import MATCHES, PREDICATES

if TYPE_CHECKING:
    import pyoxigraph as ox

#: How many nodes are asked for at once.
BATCH: Final = 200
_MATCHES: Final = tuple(term(f"skos:{match}Match") for match in MATCHES)
_NAMES: Final = ("dct:identifier", "rdfs:label", "skos:altLabel")
#: The properties of an entity that lead to another node; all others are its plain triples.
_LINKS: Final = frozenset((term("rdf:type"), term("biolink:in_taxon"), *_MATCHES))


class Records:
    """The records of the graph that an endpoint holds, asked for until the deadline.

    Every method raises `QueryError` as `Endpoint.query` does.
    """

    def __init__(self, endpoint: Endpoint, deadline: Deadline) -> None:
        self.endpoint, self._deadline = endpoint, deadline

    # --- What is asked --------------------------------------------------------------------------

    @cached_property
    def about(self) -> About:
        """What the graph there says of itself."""
        rows = self._asked(f"SELECT DISTINCT ?text WHERE {{ ?graph <{ABOUT}> ?text }}").rows
        texts = [str(row[0].value) for row in rows if row[0] is not None]
        if len(texts) > 1:
            raise QueryError(f"{self.endpoint.shown} holds {len(texts)} graphs, not one")
        where = f"{self.endpoint.shown}: tb:about"
        return about_toml.read(texts[0], where) if texts else About()

    def iri(self, identifier: str, base: str) -> str:
        """The IRI that an identifier has in the graph there; empty where it can have none."""
        try:
            return addresses(self.about).outward(iri(identifier, base))
        except FormatError:
            return ""

    def rows(self, pattern: str, *variables: str, most: int = 0) -> list[tuple[str, ...]]:
        """What a pattern finds: the values of its variables, each row once, sorted.

        Of more than `most`, where that is not 0, any so many.
        """
        limit = f" LIMIT {most}" if most else ""
        asked = f"SELECT DISTINCT {' '.join(variables)} WHERE {{ {pattern} }}{limit}"
        rows = self._asked(asked).rows
        return [tuple("" if term is None else term.value for term in row) for row in rows]

    def of(self, nodes: Iterable[str], pattern: str, *variables: str) -> Iterator[tuple[str, ...]]:
        """What a pattern finds that calls some nodes, given by their IRIs, `?node`."""
        for values in _values(nodes):
            yield from self.rows(f"{values} {pattern}", *variables)

    def _asked(self, text: str) -> Any:
        return self.endpoint.query(text, timeout=self._deadline)

    # --- Records --------------------------------------------------------------------------------

    def graph(self, statements: Iterable[str], entities: Iterable[str] = ()) -> Graph:
        """The graph of these statements, and of these entities and sources, given by their IRIs.

        Raises `FormatError` for records that lack what they must have.
        """
        import pyoxigraph as ox

        spoken = self._described(statements)
        rows = self._described(_ends(spoken, "tb:hasEvidence"))
        ends = {*_ends(spoken, "rdf:subject", "rdf:object"), *entities}
        # The plain triples of an entity lead out of this part, and its statements tell them.
        things = [
            triple
            for triple in self._described(ends)
            if isinstance(triple.object, ox.Literal) or triple.predicate.value in _LINKS
        ]
        sources = self._described(_ends(rows, "dct:source"))
        labels = self._described(
            _ends(things, *_MATCHES),
            f"OPTIONAL {{ ?node <{term('dct:identifier')}> ?id }} FILTER(!BOUND(?id))",
            f"<{term('rdfs:label')}>",
        )
        return self._read((*spoken, *rows, *things, *sources, *labels))

    def _described(
        self, nodes: Iterable[str], more: str = "", property_: str = "?property"
    ) -> list[ox.Triple]:
        return [
            triple
            for values in _values(nodes)
            for triple in self._asked(
                f"CONSTRUCT {{ ?node {property_} ?value }}"
                f" WHERE {{ {values} ?node {property_} ?value {more and f'. {more}'} }}"
            ).triples
        ]

    def _read(self, triples: Iterable[ox.Triple]) -> Graph:
        import pyoxigraph as ox

        lines = [f"{triple} .\n" for triple in dict.fromkeys(triples)]
        if not lines:
            return Graph([self.about])
        about = about_toml.render(self.about)
        if self.about != About():
            node = ox.NamedNode(addresses(self.about).outward(SUBJECT))
            lines.append(f"{ox.Triple(node, ox.NamedNode(ABOUT), ox.Literal(about))} .\n")
        data = "".join(lines).encode("utf-8")
        # What has no place in a graph is told where the endpoint is loaded.
        return Graph(read_bytes(data, "nt", self.endpoint.shown, Leftovers()))

    # --- Names ----------------------------------------------------------------------------------

    def called(self, names: Iterable[str]) -> set[str]:
        """The IRIs of all entities that go by one of these names, in whatever case."""
        nodes: set[str] = set()
        texts: set[str] = set()
        for name in names:
            node = self.iri(canonical(name, ENTITY), ENTITY) if name else ""
            if node and any(self.of([node], f"?node <{term('dct:identifier')}> ?id", "?id")):
                nodes.add(node)
            else:
                texts.update(spellings(name))
        if texts:
            words = ", ".join(quoted(text) for text in sorted(texts))
            ways = "|".join(f"<{term(way)}>" for way in _NAMES)
            identified = f"?node <{term('dct:identifier')}> ?id ; {ways} ?name"
            # Functions differ in what they make of letters that are not of ASCII; records decide.
            within = f"FILTER(LCASE(STR(?name)) IN ({words}))"
            nodes.update(row[0] for row in self.rows(f"{identified} {within}", "?node"))
            exact = [self.iri(text, ENTITY) for text in map(pasted, texts) if text]
            pattern = f"?entity <{term('skos:exactMatch')}> ?node"
            nodes.update(row[0] for row in self.of(filter(None, exact), pattern, "?entity"))
        return nodes


def bound(
    endpoint: Endpoint, query: NamedQuery, params: Mapping[str, str], deadline: Deadline
) -> tuple[str, About]:
    """The text of a named query for the graph that an endpoint holds; and what that says of itself.

    Raises as `catalogue.bind` does, and as `Endpoint.query`.
    """
    records = Records(endpoint, deadline)
    given = {
        kind: [
            value
            for parameter in query.parameters
            if parameter.type == kind
            for value in [params.get(parameter.name, parameter.default)]
            if value
        ]
        for kind in ("entity", "source", "topic")
    }
    statements = set()
    if catalogue.lists_predicates(query.text):  # which it is to be given those of the graph, too
        pattern = f"?statement <{term('rdf:predicate')}>"
        ours = {records.iri(name, ONTOLOGY) for name in PREDICATES}
        others = {row[0] for row in records.rows(f"{pattern} ?predicate", "?predicate")} - ours
        statements |= {_example(records, f"{pattern} <{other}>") for other in sorted(others)}
    for topic in given["topic"]:
        statements.add(_example(records, f"?statement <{term('tb:topic')}> {quoted(topic)}"))
    things = records.called(given["entity"])
    for text in given["source"]:
        things |= {records.iri(name, SOURCE) for name in (text, source_id(text))}
    part = records.graph(filter(None, statements), filter(None, things))
    return catalogue.bind(query, params, part), records.about


def _example(records: Records, pattern: str) -> str:
    """One statement of those that a pattern finds; empty where there is none."""
    rows = records.rows(pattern, "?statement", most=1)
    return rows[0][0] if rows else ""


def _values(nodes: Iterable[str]) -> Iterator[str]:
    """Nodes as the values of `?node`, so many at once."""
    ordered = sorted(set(nodes))
    for start in range(0, len(ordered), BATCH):
        named = " ".join(f"<{node}>" for node in ordered[start : start + BATCH])
        yield f"VALUES ?node {{ {named} }}"


def _ends(triples: Iterable[ox.Triple], *names: str) -> set[str]:
    """The nodes to which properties lead, given by their IRIs or prefixed names."""
    import pyoxigraph as ox

    wanted = {name if "//" in name else term(name) for name in names}
    return {
        triple.object.value
        for triple in triples
        if triple.predicate.value in wanted and isinstance(triple.object, ox.NamedNode)
    }
