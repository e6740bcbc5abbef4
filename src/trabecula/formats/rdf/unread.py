"""What of a file no record was made of, and does not follow from the records: counted and named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from trabecula.formats.rdf.expected import properties_of, terms, values_of
from trabecula.formats.rdf.nodes import NOTHING
from trabecula.formats.rdf.ontology import EMPTY, NANOPUB, SUBJECT
from trabecula.formats.rdf.records import Records
from trabecula.formats.rdf.rows import Literal, Object, iri, term
from trabecula.prefixes import ONTOLOGY
from trabecula.regular import method as regular_method
from trabecula.vocabulary import CATEGORIES, CONTEXT, MATCHES, PREDICATES

_TYPE, _LABEL, _METHOD = term("rdf:type"), term("rdfs:label"), term("tb:method")
_PUBLICATIONS: Final = term("biolink:publications")
_HAS_EVIDENCE, _CITED = term("tb:hasEvidence"), term("dct:source")
_OF_METHODS: Final = terms("tb:evidenceType", "tb:studyDesign")
_NO_VALUES: Final[frozenset[Object]] = frozenset()
_DERIVED: Final = terms("tb:FeedbackLoop", "tb:Conflict", "tb:Hypothesis")


def leave_out(records: Records) -> None:
    """Count and name what was not read and does not follow from what was."""
    _Unread(records).leave_out()


@dataclass
class _Unread:
    records: Records

    def leave_out(self) -> None:
        """Count and name what was not read and does not follow from what was."""
        records = self.records
        looked_at: dict[tuple[object, ...], list[tuple[str, frozenset[Object]]]] = {}
        for node, properties in records.content.nodes.items():
            kinds = records.kinds.get(node, ())
            shape = (kinds, *properties, *properties.get(_METHOD, ()), len(properties))
            names = looked_at.get(shape)
            if names is None:
                names = looked_at[shape] = self.looked_at(node, kinds)
            rest = [
                (predicate, value)
                for predicate, usual in names
                if not properties[predicate].keys() <= usual
                for value in properties[predicate]
                if value not in usual
                and (predicate == _TYPE or (node, predicate, value) not in records.stated)
                and not self.is_expected(node, predicate, value)
            ]
            if kinds:
                for predicate, value in rest:
                    self.leave_out_of_a_record(node, predicate, value)
            elif rest and not self.follows(node):
                self.leave_out_a_node(node, properties)

    def looked_at(self, node: str, kinds: tuple[str, ...]) -> list[tuple[str, frozenset[Object]]]:
        """The properties whose values are looked at, with those that such a node has.

        Such nodes are records of these kinds, with the same properties and the same method.
        """
        properties = self.records.content.nodes[node]
        expected, usual = properties_of(kinds), values_of(kinds)
        if {"statement", "evidence"} & {*kinds} and not _OF_METHODS.isdisjoint(properties):
            usual = usual | dict.fromkeys(_OF_METHODS, self.of_the_method(node))
        return [(name, usual.get(name, _NO_VALUES)) for name in properties if name not in expected]

    def is_expected(self, node: str, predicate: str, value: Object) -> bool:
        """Whether a value was read, or follows from what was."""
        kinds = self.records.kinds.get(node)
        if not kinds:
            is_label = predicate == _LABEL and node in self.cross_references
            return is_label or (node, predicate, value) in self.records.stated
        if predicate == _TYPE:
            return "entity" in kinds and value in (
                *self.records.categories,
                *self.biolink_categories(node),
            )
        if "statement" in kinds or "evidence" in kinds:
            if self.records.keys.get(predicate):
                return True
            if predicate == _PUBLICATIONS:
                return value in self.sources_of(node)
        return (node, predicate, value) in self.records.stated

    def follows(self, node: str) -> bool:
        """Whether a node tells what we would compute anew: a nanopublication, or a conclusion."""
        return (
            node.startswith(NANOPUB)
            or node in (EMPTY[0], SUBJECT)
            or node in self.declarations
            or any(value in _DERIVED for value in self.records.all(node, "rdf:type"))
        )

    def biolink_categories(self, node: str) -> list[str]:
        """The classes of Biolink's that are types beside `tb:category`, or one of the graph's."""
        texts = self.records.texts(node, "tb:category")
        own = (row.biolink for row in self.records.words.categories.values())
        return [term(text) for text in (*texts, *own) if text.startswith("biolink:")]

    @cached_property
    def declarations(self) -> frozenset[str]:
        """The words of the graph, which say in RDF what `tb:about` says already."""
        words = (
            *(name for name in self.records.words.predicates if name not in PREDICATES),
            *(
                c.iri_name
                for name, c in self.records.words.categories.items()
                if name not in CATEGORIES
            ),
            *(key for key in self.records.words.context if key not in CONTEXT),
        )
        return frozenset(iri(word, ONTOLOGY) for word in words)

    def leave_out_of_a_record(self, node: str, predicate: str, value: Object) -> None:
        if predicate == term("rdf:type"):
            self.records.left.add("type", self.records.short(str(value)), self.records.shown(node))
        else:
            self.records.left.add(
                "property", self.records.short(predicate), self.records.shown(node)
            )

    def leave_out_a_node(self, node: str, properties: dict[str, dict[Object, None]]) -> None:
        types = sorted(str(value) for value in properties.get(term("rdf:type"), ()))
        name = self.records.short(types[0]) if types else "without a type"
        self.records.left.add("kind of node", name, self.records.shown(node))

    @cached_property
    def cross_references(self) -> frozenset[str]:
        """The nodes whose labels are those of cross-references."""
        names = [f"skos:{match}Match" for match in MATCHES]
        return frozenset(
            value
            for node, kinds in self.records.kinds.items()
            if "entity" in kinds
            for name in names
            for value in self.records.all(node, name)
            if not isinstance(value, Literal) and self.records.is_plain_label(value)
        )

    def sources_of(self, node: str) -> set[Object]:
        """The sources of the evidence of a statement; where it has none, its publications."""
        nodes = self.records.content.nodes
        rows = nodes[node].get(_HAS_EVIDENCE, ())
        if not rows:
            return {*nodes[node].get(_PUBLICATIONS, ())}
        return {value for row in rows for value in nodes.get(str(row), NOTHING).get(_CITED, ())}

    def of_the_method(self, node: str) -> frozenset[Object]:
        """What follows from the method of a row of evidence."""
        if not self.records.all(node, "tb:method"):
            return _NO_VALUES
        text = self.records.wording(node, "tb:method")[0]
        method = self.records.words.methods.get(regular_method(text))
        names = (method.eco, method.design) if method else ()
        return frozenset(term(name) for name in names if name)
