"""What the RDF of one graph has: its nodes, its own properties, and the values of properties.

Everything is looked for in the records when it is first asked for, so that a query without doubts
costs nothing, however large the graph is.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Final, cast
from urllib.parse import quote

from trabecula.addresses import addresses
from trabecula.errors import TrabeculaError
from trabecula.formats.rdf.evidence import context_key, evidence_iri
from trabecula.formats.rdf.model import join_authors
from trabecula.formats.rdf.ontology import EFFECT_VALUES, EVIDENCE_TEXTS, NANOPUB, SOURCE_TEXTS
from trabecula.formats.rdf.rows import iri, term
from trabecula.formats.rdf.statements import review_in_words, sentence
from trabecula.graph import Graph
from trabecula.identifiers import contract
from trabecula.model import Evidence, Source
from trabecula.prefixes import ENTITY, EVIDENCE, ONTOLOGY, SOURCE, STATEMENT
from trabecula.sparql.schema import Property, classes, properties, row
from trabecula.sparql.tokens import KNOWN_PREFIXES
from trabecula.vocabulary import CONTEXT, PREDICATES, SPECIES, Vocabulary

_CATEGORY: Final = term("tb:category")
_DATE: Final = term("dct:date")
_YEARS: Final = row("source", "gYear", single=True)
_PARTS: Final = ("head", "assertion", "provenance", "pubinfo")


def contents_of(graph: Graph) -> Contents:
    """The contents of a graph, which are found out once and kept with it."""
    derived = graph.columns.derived
    contents: Contents | None = derived.get("contents")
    if contents is None or contents.graph is not graph:
        contents = derived["contents"] = Contents(graph)
    return contents


class Contents:
    """The nodes, properties and values of one graph, as long as somebody holds the graph."""

    def __init__(self, graph: Graph) -> None:
        # What is kept with the graph must not hold it: a graph is gone when nobody has it.
        self._graph = weakref.ref(graph)

    @property
    def graph(self) -> Graph:
        """The graph."""
        return cast("Graph", self._graph())

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that this graph has beside those of all graphs."""
        return own_prefixes(self.graph)

    # --- Properties and classes ------------------------------------------------------------------

    def usage(self, node: str) -> Property | None:
        """What is known of the property with this IRI; None where nothing has it."""
        if node == _CATEGORY and not self._foreign:
            return None
        if node == _DATE and not self._odd_years:
            return _YEARS
        usage = properties().get(node) or self.own_predicates.get(node)
        key = "" if usage else context_key(node, self.graph.words)
        if key in self.graph.words.context:
            usage = row("statement evidence", "string", *(self.graph.words.context[key] or ()))
        elif key and key in self._keys:
            usage = row("statement evidence", "string")
        return usage

    def classes(self) -> Iterable[str]:
        """The IRIs of the classes that nodes have."""
        own = (category.iri_name for category in self.graph.about.categories)
        return (
            *classes(),
            *(ONTOLOGY + name for name in own),
            *([term("tb:Entity"), *self._biolink] if self._foreign else ()),
        )

    def terms(self) -> list[str]:
        """The local names of our terms that the RDF of this graph has, or may have, sorted."""
        listed = {*properties(), *(ONTOLOGY + key for key in CONTEXT), *self.own_predicates}
        nodes = {node for node in listed if self.usage(node) is not None} | {*self.classes()}
        return sorted(node.removeprefix(ONTOLOGY) for node in nodes if node.startswith(ONTOLOGY))

    def elsewhere(self) -> list[str]:
        """The IRIs of the properties of other vocabularies that RDF of ours may have, sorted."""
        return sorted(node for node in properties() if not node.startswith(ONTOLOGY))

    @cached_property
    def _biolink(self) -> tuple[str, ...]:
        """The classes of Biolink that entities have as their categories."""
        categories = {row.category for row in self.graph.entities.values()}
        return tuple(term(name) for name in sorted(categories) if name.startswith("biolink:"))

    @cached_property
    def _odd_years(self) -> bool:
        """Whether the year of a source is something else than a year."""
        years = (source.year for source in self.graph.sources.values())
        return not all(re.fullmatch(r"[0-9]{4}|", year, re.ASCII) for year in years)

    @cached_property
    def _foreign(self) -> bool:
        """Whether an entity has a category that is not in the vocabulary."""
        categories = self.graph.words.categories
        return any(row.category not in categories for row in self.graph.entities.values())

    def values(self, node: str) -> frozenset[str]:
        """The texts that the property with this IRI has as values in this graph."""
        if node not in self._values:
            texts = _TEXTS.get(node, self._of_context(node))
            self._values[node] = frozenset(texts(self.graph)) - {""}
        return self._values[node]

    @cached_property
    def _values(self) -> dict[str, frozenset[str]]:
        return {}

    def _of_context(self, node: str) -> Callable[[Graph], Iterable[str]]:
        key = context_key(node, self.graph.words)

        def texts(graph: Graph) -> Iterator[str]:
            for statement in graph.statements.values():
                for pairs in (statement.qualifiers, *(e.context for e in statement.evidence)):
                    yield from (value for name, value in pairs if key and name == key)

        return texts

    @cached_property
    def _keys(self) -> frozenset[str]:
        """The keys of contexts in this graph."""
        return frozenset(
            key
            for statement in self.graph.statements.values()
            for pairs in (statement.qualifiers, *(row.context for row in statement.evidence))
            for key, _ in pairs
        )

    @cached_property
    def own_predicates(self) -> Mapping[str, Property]:
        """The predicates that the vocabulary does not have, by IRI."""
        names = {statement.predicate for statement in self.graph.statements.values()}
        names |= set(self.graph.words.predicates)
        iris = {address(name, ONTOLOGY) for name in names - set(PREDICATES)}
        return MappingProxyType(dict.fromkeys(iris - {""}, row("entity", "entity")))

    # --- Nodes -----------------------------------------------------------------------------------

    def kinds(self, node: str) -> frozenset[str]:
        """The kinds of the node with this IRI; none where the graph has no such node."""
        kinds = set(self.nodes.get(node, ()))
        if node in self.classes() or node == term("tb:Entity"):
            kinds.add("class")
        if node in _predicates() or node in self.own_predicates:
            kinds.add("predicate")
        if node in _mapped() or node in self.own_predicates:
            kinds.add("mapped")
        if node.startswith(STATEMENT) and node.removeprefix(STATEMENT) in self.graph.statements:
            kinds.add("statement")
        if node.startswith(EVIDENCE) and node in self._evidence:
            kinds.add("evidence")
        if node.startswith(NANOPUB):
            kinds |= self._of_nanopub(node)
        return frozenset(kinds)

    @cached_property
    def _evidence(self) -> frozenset[str]:
        """The nodes of all pieces of evidence."""
        return frozenset(
            evidence_iri(statement.id, row)
            for statement in self.graph.statements.values()
            for row in statement.evidence
        )

    def _of_nanopub(self, node: str) -> set[str]:
        source, mark, part = node.removeprefix(NANOPUB).partition("#")
        if source not in self._speaking or (mark and part not in _PARTS):
            return set()
        return {"graph"} if mark else {"nanopub"}

    @cached_property
    def _speaking(self) -> frozenset[str]:
        """The sources that have a nanopublication, as they are written in its IRI."""
        return frozenset(
            quote(row.source, safe="")
            for statement in self.graph.statements.values()
            for row in statement.evidence
            if row.stance == "supports" and not statement.negated
        )

    @cached_property
    def nodes(self) -> Mapping[str, frozenset[str]]:
        """The IRIs of entities, sources and terms of other vocabularies, with their kinds."""
        nodes: dict[str, set[str]] = {}
        for kind, identifiers, base in (
            ("entity", self._entities(), ENTITY),
            ("source", self._sources(), SOURCE),
            ("term", self._terms(), ENTITY),
            ("term", (x for s in self.graph.sources.values() for x in s.xrefs), SOURCE),
        ):
            for identifier in dict.fromkeys(identifiers):  # most are said many times
                nodes.setdefault(address(identifier, base), set()).add(kind)
        nodes.pop("", None)
        return MappingProxyType({node: frozenset(kinds) for node, kinds in nodes.items()})

    @cached_property
    def mixed(self) -> frozenset[frozenset[str]]:
        """The kinds of nodes that are of several kinds at once."""
        return frozenset(kinds for kinds in self.nodes.values() if len(kinds) > 1)

    def _entities(self) -> Iterator[str]:
        yield from self.graph.entities
        for statement in self.graph.statements.values():
            yield statement.subject
            yield statement.object

    def _sources(self) -> Iterator[str]:
        yield from self.graph.sources
        for statement in self.graph.statements.values():
            yield from (row.source for row in statement.evidence)

    def _terms(self) -> Iterator[str]:
        for entity in self.graph.entities.values():
            yield from (xref.curie for xref in entity.xrefs)
            yield entity.taxon
        for statement in self.graph.statements.values():
            for piece in statement.evidence:
                yield from _terms_of(piece, self.graph.words)

    # --- Who is meant ----------------------------------------------------------------------------

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        """Identifiers of the nodes, in lower case and without percent signs, with their IRIs."""
        return MappingProxyType({folded(node): node for node in sorted(self.nodes, reverse=True)})

    def alike(self, node: str) -> str:
        """The node whose identifier differs from this IRI in case or percent-encoding only."""
        return self._folded.get(folded(node), "")

    def stands_for(self, node: str) -> tuple[str, ...]:
        """The entities and sources of which a term is a cross-reference, as IRIs, sorted."""
        return self._by_xref.get(node, ())

    def matches(self, node: str) -> frozenset[str]:
        """How a cross-reference matches what has it, such as `exact`, in any record."""
        return self._by_match.get(node, frozenset())

    @cached_property
    def _by_match(self) -> Mapping[str, frozenset[str]]:
        by_term: dict[str, set[str]] = {}
        for entity in self.graph.entities.values():
            for xref in entity.xrefs:
                by_term.setdefault(address(xref.curie, ENTITY), set()).add(xref.match)
        for source in self.graph.sources.values():
            for curie in source.xrefs:
                by_term.setdefault(address(curie, SOURCE), set()).add("exact")
        return MappingProxyType({term: frozenset(how) for term, how in by_term.items()})

    @cached_property
    def _by_xref(self) -> Mapping[str, tuple[str, ...]]:
        by_term: dict[str, set[str]] = {}
        for entity in self.graph.entities.values():
            for xref in entity.xrefs:
                by_term.setdefault(address(xref.curie, ENTITY), set()).add(
                    address(entity.id, ENTITY)
                )
        for source in self.graph.sources.values():
            for curie in source.xrefs:
                by_term.setdefault(address(curie, SOURCE), set()).add(address(source.id, SOURCE))
        return MappingProxyType({term: tuple(sorted(nodes)) for term, nodes in by_term.items()})


def own_prefixes(graph: Graph) -> dict[str, str]:
    """The prefixes that a graph has beside those of all graphs, as they are used within."""
    inward = addresses(graph.about).inward
    return {
        name: inward(space) for name, space in graph.spaces.items() if name not in KNOWN_PREFIXES
    }


def address(identifier: str, base: str) -> str:
    """The IRI of an identifier; empty where it has none."""
    try:
        return iri(identifier, base) if identifier else ""
    except TrabeculaError:
        return ""


def folded(node: str) -> str:
    """An IRI as an identifier without what a person may write in another way."""
    return contract(node, ENTITY).casefold()


@cache
def _predicates() -> frozenset[str]:
    """What `rdf:predicate` can name in any graph."""
    return frozenset(ONTOLOGY + name for name in PREDICATES)


@cache
def _mapped() -> frozenset[str]:
    """What `biolink:predicate` can name."""
    return frozenset(term(in_biolink(node)) for node in _predicates())


def in_biolink(node: str) -> str:
    """One of our predicates as `biolink:predicate` names it, for people to read."""
    row = PREDICATES[node.removeprefix(ONTOLOGY)]
    return next((t for _, t in row.mappings if t.startswith("biolink:")), f"tb:{row.name}")


def _terms_of(piece: Evidence, words: Vocabulary) -> Iterator[str]:
    """The terms of other vocabularies in a piece of evidence."""
    method = words.methods.get(piece.method)
    if method is not None:
        yield from (method.eco, method.design)
    yield SPECIES.get(piece.species, piece.species if ":" in piece.species else "")


# --- Values of properties ------------------------------------------------------------------------

_Texts = Callable[[Graph], Iterable[str]]


def _labels(graph: Graph) -> Iterator[str]:
    for entity in graph.entities.values():
        yield entity.name
        yield from (xref.label for xref in entity.xrefs)
    yield from (sentence(statement, graph) for statement in graph.statements.values())


def _of_sources(texts: Callable[[Source], Iterable[str]]) -> _Texts:
    return lambda graph: (text for source in graph.sources.values() for text in texts(source))


def _of_source(attribute: str) -> _Texts:
    return _of_sources(lambda source: (getattr(source, attribute),))


def _of_evidence(attribute: str) -> _Texts:
    return lambda graph: (
        getattr(row, attribute)
        for statement in graph.statements.values()
        for row in statement.evidence
    )


def _of_effect(attribute: str) -> _Texts:
    return lambda graph: (
        getattr(row.effect, attribute)
        for statement in graph.statements.values()
        for row in statement.evidence
        if row.effect
    )


def _crossed(graph: Graph) -> Iterator[str]:
    for entity in graph.entities.values():
        yield from (f"{x.match} {x.curie} {x.label}" for x in entity.xrefs if x.label)


#: The properties whose texts may be anything, with where to look for them.
_TEXTS: Final[Mapping[str, _Texts]] = MappingProxyType(
    {
        **{term(name): _of_source(attribute) for name, attribute in SOURCE_TEXTS.items()},
        **{term(name): _of_evidence(attribute) for name, attribute in EVIDENCE_TEXTS.items()},
        **{term(name): _of_effect(attribute) for name, (attribute, _) in EFFECT_VALUES.items()},
        term("rdfs:label"): _labels,
        term("dct:identifier"): lambda graph: (*graph.entities, *graph.sources),
        term("skos:altLabel"): lambda graph: (
            text for entity in graph.entities.values() for text in entity.synonyms
        ),
        term("skos:definition"): lambda graph: (e.description for e in graph.entities.values()),
        term("tb:crossReference"): _crossed,
        term("tb:category"): lambda graph: (e.category for e in graph.entities.values()),
        term("dct:date"): _of_source("year"),
        term("tb:authors"): _of_sources(lambda source: (join_authors(source.authors),)),
        term("tb:url"): _of_source("url"),
        term("tb:reviewRecord"): lambda graph: (
            review_in_words(review) for s in graph.statements.values() for review in s.reviews
        ),
        term("tb:topic"): lambda graph: (s.topic for s in graph.statements.values()),
    }
)
