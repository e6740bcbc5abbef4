"""The records that the nodes of a file stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

from trabecula.characters import folded
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.evidence import context_key
from trabecula.formats.rdf.expected import terms
from trabecula.formats.rdf.model import split_authors, xref_from_words
from trabecula.formats.rdf.nodes import NOTHING, Nodes, language_order
from trabecula.formats.rdf.ontology import (
    CROSS_REFERENCE,
    EFFECT_VALUES,
    EMPTY,
    EVIDENCE_TEXTS,
    SOURCE_TEXTS,
)
from trabecula.formats.rdf.rows import XSD, Literal, Object, term
from trabecula.formats.rdf.statements import review_from_words
from trabecula.model import (
    Context,
    Effect,
    Entity,
    Evidence,
    Record,
    Review,
    Source,
    Statement,
    Xref,
)
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.settled import settled
from trabecula.vocabulary import MATCHES, STANCES

_TYPE: Final = term("rdf:type")
_ENTITY, _SOURCE, _STATEMENT, _EVIDENCE = (
    term(f"tb:{name}") for name in ("Entity", "Source", "Statement", "Evidence")
)
_REVIEW: Final = "tb:reviewRecord"
#: What a statement says, and what the ids in it are under where they have no prefix.
_PARTS: Final = {"rdf:subject": ENTITY, "rdf:predicate": ONTOLOGY, "rdf:object": ENTITY}
_TEXTS_OF_EVIDENCE: Final = [(term(name), name, text) for name, text in EVIDENCE_TEXTS.items()]
_TEXTS_OF_SOURCE: Final = [(term(name), name, text) for name, text in SOURCE_TEXTS.items()]
_NO_TEXTS_OF_SOURCE: Final[Mapping[str, Any]] = dict.fromkeys(SOURCE_TEXTS.values(), "")
_NO_TEXTS: Final = dict.fromkeys(EVIDENCE_TEXTS.values(), "")
_TRUTHS: Final[Mapping[Object, bool]] = {
    Literal(text, XSD + "boolean"): text == "true" for text in ("true", "false")
}
_OF_EFFECTS: Final = terms(*EFFECT_VALUES)
_OF_XREFS: Final = terms(*(f"skos:{match}Match" for match in MATCHES)) | {CROSS_REFERENCE}
_SUBJECT, _PREDICATE, _OBJECT = map(term, _PARTS)
_REVIEWED: Final = term(_REVIEW)
_NEGATED, _NEGATED_IN_BIOLINK, _TOPIC = map(term, ("tb:negated", "biolink:negated", "tb:topic"))
_HAS_EVIDENCE, _CITED, _TAXON = map(term, ("tb:hasEvidence", "dct:source", "biolink:in_taxon"))


class _Shape(NamedTuple):
    """What nodes with the same properties have."""

    keys: tuple[tuple[str, str], ...]  # of a context, with the names of their properties
    texts: list[tuple[str, str, str]]  # of evidence: property, its name, the field
    has_effect: bool


@dataclass
class Records(Nodes):
    """The records of a file, and what of it they were made of."""

    #: The sources of the publications of statements that have no evidence.
    cited: list[str] = field(default_factory=list)
    #: The keys of a context that properties stand for; and what nodes with properties have.
    keys: dict[str, str] = field(default_factory=dict)
    shapes: dict[tuple[str, ...], _Shape] = field(default_factory=dict)
    #: The evidence by all that it says.
    rows: dict[tuple[object, ...], Evidence] = field(default_factory=dict)
    #: The nodes that were read, with the kinds of record that they are.
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: The plain triples that statements of the file stand behind.
    stated: set[tuple[Object | None, ...]] = field(default_factory=set)

    def records(self) -> list[Record]:
        """Every record. Raises `FormatError` with all the problems."""
        records: list[Record] = []
        rows: list[str] = []
        for node, properties in self.content.nodes.items():
            types = properties.get(_TYPE)
            if not types:
                continue
            if _EVIDENCE in types:
                rows.append(node)
            if _STATEMENT in types:
                self.is_a("statement", node)
                records.append(self.statement(node))
            if _SOURCE in types:
                self.is_a("source", node)
                records.append(self.source(node))
            if _ENTITY in types or not types.keys().isdisjoint(self.categories):
                self.is_a("entity", node)
                records.append(self.entity(node))
        self.find_lost(rows)
        if not records and not self.problems and not self.says_that_it_is_empty():
            self.problems.append(nothing(self.content, self.where))
        if self.problems:
            raise FormatError(self.problems)
        ids = {record.id for record in records if isinstance(record, Source)}
        return [*records, *(Source(id=key) for key in self.cited if key not in ids)]

    def is_a(self, kind: str, node: str) -> None:
        """Keep that a node was read as a record of this kind."""
        kinds = self.kinds.get(node, ())
        if kind not in kinds:
            self.kinds[node] = (*kinds, kind)

    def find_lost(self, evidence: Iterable[str]) -> None:
        """Report evidence that no statement leads to."""
        for node in evidence:
            if "evidence" not in self.kinds.get(node, ()):
                fix = "link it from its statement with tb:hasEvidence"
                self.wrong("lost-evidence", node, "belongs to no statement", fix)

    def says_that_it_is_empty(self) -> bool:
        """Whether the file is that of a graph without records."""
        subject, predicate, value = EMPTY
        return value in self.content.nodes.get(subject, {}).get(predicate, {})

    def entity(self, node: str) -> Entity:
        """The entity that a node is."""
        if not self.all(node, "rdfs:label"):
            self.missing(node, "rdfs:label")
        name, others = self.wording(node, "rdfs:label")
        synonyms = {*self.texts(node, "skos:altLabel"), *(value.text for value in others)}
        return Entity(
            id=self.named(node, ENTITY),
            name=name,
            category=self.category(node),
            xrefs=self.xrefs(node),
            synonyms=tuple(sorted(synonyms, key=lambda text: (folded(text), text))),
            description=self.text(node, "skos:definition"),
            taxon=self.link(node, "biolink:in_taxon", ENTITY, required=False),
        )

    def xrefs(self, node: str) -> tuple[Xref, ...]:
        """The cross-references of an entity, best matches first."""
        if _OF_XREFS.isdisjoint(self.content.nodes[node]):
            return ()
        own = map(xref_from_words, self.texts(node, term_name(CROSS_REFERENCE)))
        labels = {(xref.match, settled(xref.curie, ENTITY)): xref.label for xref in own}
        xrefs = []
        for match in MATCHES:
            name = f"skos:{match}Match"
            for value in self.all(node, name):
                curie = self.linked(node, name, value, ENTITY)
                label = labels.get((match, curie)) or self.label(value)
                xrefs.append(Xref(match, curie, label))
        return tuple(sorted(xrefs, key=lambda xref: (MATCHES.index(xref.match), xref.curie)))

    def category(self, node: str) -> str:
        """The category of an entity, by its types or in its own words."""
        types = self.content.nodes[node].get(_TYPE, NOTHING)
        categories = [self.categories[kind] for kind in types if kind in self.categories]
        if len(categories) > 1:
            categories = [name for kind, name in self.categories.items() if kind in types]
            what = f"has {len(categories)} categories: {', '.join(categories)}"
            self.wrong("several-values", node, what, "keep one of them")
        if not categories and not self.all(node, "tb:category"):
            self.missing(node, "tb:category")
        return categories[0] if categories else self.text(node, "tb:category")

    def label(self, value: Object) -> str:
        """The label of a cross-reference, where its IRI is not itself an entity of the file."""
        if isinstance(value, Literal) or self.all(value, "dct:identifier"):
            return ""
        values = [v for v in self.all(value, "rdfs:label") if isinstance(v, Literal)]
        best = sorted(values, key=language_order)
        return best[0].text if best and self.is_plain_label(value) else ""

    def is_plain_label(self, value: str) -> bool:
        """Whether the labels of an IRI in one language are one."""
        values = [v for v in self.all(value, "rdfs:label") if isinstance(v, Literal)]
        return len({(v.language, v.text) for v in values}) == len({v.language for v in values})

    def named(self, node: str, base: str) -> str:
        """The id of a record, which must agree with its IRI."""
        own = self.identifier(node, base)
        texts = self.texts(node, "dct:identifier")
        if len(texts) == 1 and settled(texts[0], base) == own:  # as of most
            return own
        if not texts:
            self.missing(node, "dct:identifier")
        agrees = any(settled(text, base) == own for text in texts)
        for text in texts:
            if not agrees:
                what = f"has the dct:identifier {text!r}, which stands for another IRI"
                self.wrong("bad-identifier", node, what, f"say {own!r}")
            elif all(settled(text, ours) != settled(node, ours) for ours in (ENTITY, SOURCE)):
                self.left.add("property", "dct:identifier", self.shown(node))
        return own

    def source(self, node: str) -> Source:
        """The source that a node is."""
        url = self.text(node, "tb:url")
        if url and not url.startswith(("https://", "http://")):
            what = f"has the tb:url {url!r}, which is no web address"
            self.wrong("bad-url", node, what, "begin it with https://")
        links = self.all(node, "skos:exactMatch")
        authors = self.text(node, "tb:authors")
        properties = self.content.nodes[node]
        texts = dict(_NO_TEXTS_OF_SOURCE)
        for predicate, name, attribute in _TEXTS_OF_SOURCE:
            if predicate in properties:
                texts[attribute] = self.text(node, name)
        return Source(
            id=self.named(node, SOURCE),
            year=self.text(node, "dct:date"),
            authors=split_authors(authors) if authors else (),
            abstract_read=self.truth(node, "tb:abstractRead") or False,
            xrefs=tuple(sorted(self.linked(node, "skos:exactMatch", x, SOURCE) for x in links)),
            url=url,
            **texts,
        )

    def statement(self, node: str) -> Statement:
        """The statement that a node is, with its evidence."""
        usual = self._usual(node)
        if usual is not None:
            return usual
        own, in_biolink = self.truth(node, "tb:negated"), self.truth(node, "biolink:negated")
        negated = in_biolink if own is None else own
        if negated is None:
            self.missing(node, "tb:negated")
        rows = [self.evidence(str(value)) for value in self.all(node, "tb:hasEvidence")]
        if not rows:
            rows = list(self.publications(node, agree=in_biolink in (None, negated)))
        parts, ids = [], []
        for name, base in _PARTS.items():
            part = self.only_value(node, name, required=True)
            parts.append(part)
            ids.append("" if part is None else self.linked(node, name, part, base))
        self.stated.add(tuple(parts))
        return Statement(
            subject=ids[0],
            predicate=ids[1],
            object=ids[2],
            qualifiers=self.context(node),
            negated=bool(negated),
            topic=self.text(node, "tb:topic"),
            evidence=tuple(rows),
            reviews=tuple(sorted(self.reviews(node))) if self.all(node, _REVIEW) else (),
        )

    def _usual(self, node: str) -> Statement | None:
        """The same of a node like most, of which there is nothing to say but of its evidence.

        None for one that has to be looked at closely, as the first with an IRI.
        """
        properties = self.content.nodes[node]
        try:
            (subject,), (predicate,) = properties[_SUBJECT], properties[_PREDICATE]
            (object_,), (negated,) = properties[_OBJECT], properties[_NEGATED]
            (in_biolink,) = properties.get(_NEGATED_IN_BIOLINK, properties[_NEGATED])
            rows = properties[_HAS_EVIDENCE]
        except (KeyError, ValueError):
            return None
        ends, predicates = self.ids[ENTITY], self.ids[ONTOLOGY]
        if not (subject in ends and object_ in ends and predicate in predicates):
            return None
        if negated not in _TRUTHS or in_biolink not in _TRUTHS:
            return None
        evidence = tuple([self.evidence(str(row)) for row in rows])
        self.stated.add((subject, predicate, object_))
        return Statement(
            subject=ends[subject],
            predicate=predicates[predicate],
            object=ends[object_],
            qualifiers=self.context(node) if self.shape(properties).keys else (),
            negated=_TRUTHS[negated],
            topic=self.text(node, "tb:topic") if _TOPIC in properties else "",
            evidence=evidence,
            reviews=tuple(sorted(self.reviews(node))) if _REVIEWED in properties else (),
        )

    def reviews(self, node: str) -> Iterator[Review]:
        """The reviews of a statement."""
        for text in self.texts(node, _REVIEW):
            review = review_from_words(text)
            if review is None:
                fix = "write date, kind, role and eight hexadecimal digits with blanks between"
                self.wrong("bad-property", node, f"has {text!r:.60} as tb:reviewRecord", fix)
            else:
                yield review

    def publications(self, node: str, *, agree: bool) -> Iterator[Evidence]:
        """What papers report of a statement in Biolink's words, where it has no evidence."""
        for value in self.all(node, "biolink:publications"):
            source = self.linked(node, "biolink:publications", value, SOURCE)
            self.cited.append(source)
            yield Evidence(source=source, stance="supports" if agree else "disputes")

    def evidence(self, node: str) -> Evidence:
        """The evidence that a node is, which a statement leads to."""
        self.is_a("evidence", node)
        properties = self.content.nodes.get(node, NOTHING)
        shape = self.shape(properties)
        texts: dict[str, Any] = _NO_TEXTS.copy()
        for predicate, name, attribute in shape.texts:
            texts[attribute] = self._text(node, name, properties[predicate])
        stance = texts["stance"]
        if stance not in STANCES:
            what = f"has the tb:stance {stance!r}" if stance else "has no tb:stance"
            self.wrong("unknown-stance", node, what, f"use one of {', '.join(STANCES)}")
        cited = properties.get(_CITED, ())
        source = self.ids[SOURCE].get(next(iter(cited))) if len(cited) == 1 else None
        if source is None:
            source = self.link(node, "dct:source", SOURCE, required=True)
        if _TAXON in properties:
            taxon = self.link(node, "biolink:in_taxon", ENTITY, required=False)
            texts["species"] = texts["species"] or taxon
        context = self.context(node) if shape.keys else ()
        effect = self.effect(node) if shape.has_effect else None
        key = (source, context, effect, *texts.values())
        row = self.rows.get(key)
        if row is None:  # equal ones are one object
            row = self.rows[key] = Evidence(source=source, context=context, effect=effect, **texts)
        return row

    def effect(self, node: str) -> Effect | None:
        """The size of the effect in a row of evidence."""
        values = {field: self.text(node, name) for name, (field, _) in EFFECT_VALUES.items()}
        return Effect(**values) or None

    def context(self, node: str) -> Context:
        """The pairs of context, or the qualifiers, of a node."""
        keys = self.shape(self.content.nodes.get(node, NOTHING)).keys
        if not keys:
            return ()
        pairs = {(key, text) for key, name in keys for text in self.texts(node, name)}
        return tuple(sorted(pairs))

    def shape(self, properties: Mapping[str, object]) -> _Shape:
        """What is looked for in nodes with these properties."""
        names = tuple(properties)
        shape = self.shapes.get(names)
        if shape is None:
            texts = [row for row in _TEXTS_OF_EVIDENCE if row[0] in properties]
            has_effect = not _OF_EFFECTS.isdisjoint(names)
            shape = self.shapes[names] = _Shape(tuple(self.keys_of(names)), texts, has_effect)
        return shape

    def keys_of(self, properties: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The keys of a context that properties stand for, with the names of these."""
        for name in properties:
            key = self.keys.get(name)
            if key is None:
                key = self.keys[name] = context_key(name, self.words)
            if key:
                yield key, term_name(name)

    @cached_property
    def categories(self) -> dict[str, str]:
        """The categories by the IRIs of their classes."""
        rows = self.words.categories.items()
        return {ONTOLOGY + category.iri_name: name for name, category in rows}


def nothing(content: Content, where: str) -> Problem:
    """That nothing is there that could be a record, and what is there instead."""
    count = sum(content.named.values())
    triples = f"{counted(content.unnamed, 'triple')} outside named graphs"
    if content.named:
        first = next(iter(content.named))
        graphs = f"{counted(len(content.named), 'named graph')}, the first of them <{first}>"
        triples += f" and {counted(count, 'triple')} in {graphs}"
    what = f"no entity, source or statement of trabecula is among its {triples}"
    if not content.named and not content.unnamed:
        what = "the file holds nothing at all"
    return Problem("no-records", where, what, "see docs/rdf.md for what is read")


def term_name(node: str) -> str:
    """The name of one of our own properties: `tb:crossReference`."""
    return f"tb:{node.removeprefix(ONTOLOGY)}"
