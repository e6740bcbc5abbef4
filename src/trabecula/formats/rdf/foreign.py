"""RDF that others wrote: associations, nanopublications, ontologies, pathways, plain triples.

What a file says of a statement itself wins over the plain triple: an association of OBAN or of
Biolink, an `rdf:Statement`, a triple term of RDF 1.2 (see `associations`), a statement of Wikidata
(`wikibase`), an annotated axiom (`axioms`), a nanopublication (`assertions`), an interaction of a
pathway (`pathways`). Of the rest, a triple between two IRIs is an edge; labels, synonyms,
definitions and cross-references go to the things they are about (`things`). What says how a file
was made, and literals with no place, are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.about import PREFIX
from trabecula.formats.rdf import assertions, biopax2, pathways
from trabecula.formats.rdf.associations import Associations
from trabecula.formats.rdf.axioms import Axioms
from trabecula.formats.rdf.content import Content, Taken
from trabecula.formats.rdf.rows import Literal, Object
from trabecula.formats.rdf.things import OBO, SCHEMA_PARTS, Things, named
from trabecula.formats.rdf.values import is_iri
from trabecula.formats.rdf.wikibase import Wikibase
from trabecula.mapping import Edge, Item, Prefixes, Reading, Relation
from trabecula.model import About

_TYPE: Final = named("rdf:type")
_LABEL: Final = named("rdfs:label")
_DEFINITION: Final = f"{OBO}IAO_0000115"


def items(content: Content, reading: Reading) -> Iterator[Item]:
    """What the triples of a file say: edges first, then the things that they name."""
    yield from _Foreign(content, reading).items()


class _Foreign:
    def __init__(self, content: Content, reading: Reading) -> None:
        self.content, self.reading = content, reading
        biopax2.modernised(content, reading)
        self.things, self.taken = Things(content, reading), Taken()
        #: The nodes that edges name.
        self.ends: set[str] = set()
        self.axioms = Axioms(content, reading, self.things, self.taken)

    def items(self) -> Iterator[Item]:
        spaces = {
            name: iri for name, iri in self.content.prefixes.items() if PREFIX.fullmatch(name)
        }
        yield Prefixes(spaces)
        about = self.about()
        if about != About():
            yield about
        self.axioms.find()
        self.assertions = assertions.find(self.content, self.things)
        asserted = self.assertions.of_nodes()
        parts = (self.content, self.reading, self.things)
        interactions = pathways.items(*parts, asserted)
        associations = Associations(*parts, self.taken, self.assertions, self.axioms.mappings)
        wikibase = Wikibase(*parts, self.taken)
        edges = (*associations.items(), *wikibase.items(), *interactions.items)
        for item in (*edges, *self.axioms.classes()):
            if isinstance(item, Edge):
                self.ends.update((item.subject, item.object))
            yield item
        self.taken.records |= interactions.records
        for edge in self.plain(interactions.spaces, interactions.read):
            self.ends.add(edge.subject)
            self.ends.add(edge.object)
            yield edge
        yield from self.relations()
        yield from wikibase.papers.values()
        no_things = self.taken.records | self.assertions.nodes
        yield from self.things.nodes(self.ends, no_things, self.axioms.annotated)

    def about(self) -> About:
        """What an ontology, or the only nanopublication, says of itself."""
        ontology = next(
            (n for n in self.things.typed if self.things.is_a(n, named("owl:Ontology"))), ""
        )
        text = self.things.text
        licence = text(ontology, named("dct:license"), named("dct:rights"), named("dc:rights"))
        for iri in self.things.iris(ontology, named("dct:license")):
            licence = iri
        if not ontology:
            kinds = (named("wp:Pathway"), named("bp:Pathway"))
            nodes = [n for n in self.things.typed if any(self.things.is_a(n, k) for k in kinds)]
            names = (named("dc:title"), named("bp:standardName"), named("bp:displayName"))
            return About(title=text(nodes[0], *names)) if len(nodes) == 1 else About()
        return About(
            title=text(ontology, named("dct:title"), named("dc:title"), _LABEL),
            description=text(ontology, named("dct:description"), named("dc:description")),
            licence=licence if licence.startswith(("http://", "https://")) else "",
            version=text(ontology, named("owl:versionInfo")),
        )

    def relations(self) -> Iterator[Relation]:
        """What the file says of its properties, which are predicates of edges."""
        for node in self.things.typed:
            if is_iri(node) and self.things.is_property(node):
                label = self.things.name(node)
                if label:
                    definition = self.things.text(node, _DEFINITION, named("skos:definition"))
                    name = self.things.predicate(node)
                    yield Relation(predicate=name, label=label, definition=definition)

    def plain(self, spaces: Iterable[str], read: set[tuple[str, str]]) -> Iterator[Edge]:
        """The triples between named things that nothing else stands for."""
        skipped = (*SCHEMA_PARTS, *spaces)
        asides: dict[str, bool] = {}
        for node, pairs in self.content.nodes.items():
            if node in self.taken.records:
                continue
            has_name = is_iri(node)
            for name, values in pairs.items():
                aside = asides.get(name)
                if aside is None:
                    aside = name.startswith(skipped) and not self.things.relates(name)
                    asides[name] = aside
                if self.things.describes(name) or (node, name) in read:
                    continue
                if not has_name:
                    if not aside:
                        kind, short = "property of a node without a name", self.things.short(name)
                        self.reading.left(kind, short, node)
                    continue
                for value in values:
                    edge = self.between(node, name, value, aside=aside)
                    if edge is not None:
                        yield edge

    def between(self, node: str, name: str, value: Object, *, aside: bool) -> Edge | None:
        """The edge of a triple; None where something else stands for it, or it is no edge.

        `aside` are those that say how a file was made.
        """
        triple = (node, name, value)
        asserted = self.assertions.reasons.get(triple)
        if not asserted and (triple in self.taken.stated or triple in self.assertions.aside):
            return None
        reasons = asserted or self.axioms.reasons.get(triple)
        if isinstance(value, Literal):
            return None  # the things tell
        place = self.things.shown(node)
        if aside:
            if name != _TYPE and not value.startswith("_:"):
                self.reading.left("property", self.things.short(name), place)
            return None
        if not is_iri(value):
            kind = "property with a node without a name"
            self.reading.left(kind, self.things.short(name), place)
            return None
        return Edge(
            subject=node,
            predicate=self.things.predicate(name),
            object=value,
            sign=self.things.sign(name),
            negated=triple in self.assertions.denied,
            citations=tuple(reasons or ()),
            place=place,
        )
