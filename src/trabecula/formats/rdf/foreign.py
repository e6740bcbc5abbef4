"""RDF that others wrote: associations, nanopublications, ontologies, pathways, plain triples.

What a file says of a statement itself wins over the plain triple: an association of OBAN or of
Biolink, an `rdf:Statement`, a triple term of RDF 1.2, an annotated axiom, a nanopublication.
Of the rest, a triple between two IRIs is an edge; labels, synonyms, definitions and
cross-references go to the things they are about. What says how a file was made, and literals with
no place, are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from trabecula.about import PREFIX
from trabecula.canonical import canonical, is_paper
from trabecula.formats.rdf import biopax2, pathways
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.evidence import context_key
from trabecula.formats.rdf.rows import Literal, Object
from trabecula.formats.rdf.things import BIOLINK, OBO, SCHEMA_PARTS, Things, named
from trabecula.mapping import Citation, Edge, Item, Prefixes, Reading, Relation
from trabecula.mapping.cited import one_of, papers_in
from trabecula.model import About, Context, Source
from trabecula.prefixes import ONTOLOGY
from trabecula.vocabulary import words_of

#: Subject, predicate and object of a statement that is a node.
_REIFIED: Final = (
    tuple(named(f"oban:association_has_{part}") for part in ("subject", "predicate", "object")),
    tuple(named(f"rdf:{part}") for part in ("subject", "predicate", "object")),
    tuple(f"{BIOLINK}{part}" for part in ("subject", "predicate", "object")),
    tuple(
        named(f"owl:{part}")
        for part in ("sourceIndividual", "assertionProperty", "targetIndividual")
    ),
)  # fmt: skip
_PARTS: Final = frozenset(part for parts in _REIFIED for part in parts)
#: The same of an annotated axiom, which is a statement itself where it is a mapping of SSSOM.
_AXIOM: Final = tuple(named(f"owl:annotated{part}") for part in ("Source", "Property", "Target"))
_SSSOM: Final = "https://w3id.org/sssom/"
_JUSTIFIED: Final = f"{_SSSOM}mapping_justification"
_LABELS: Final = (f"{_SSSOM}subject_label", f"{_SSSOM}object_label")
#: Properties of a statement that name its papers or what else it is from.
PAPERS: Final = (
    named("dc:source"), named("dct:source"), named("prov:wasDerivedFrom"),
    named("prov:hadPrimarySource"), f"{BIOLINK}publications", f"{BIOLINK}has_evidence_publication",
    named("prov:wasQuotedFrom"), named("sio:SIO_000253"), named("sio:SIO_000772"),
    named("dct:references"), named("dct:bibliographicCitation"), named("cito:citesAsEvidence"),
    named("prv:usedData"), named("oio:hasDbXref"), named("oio:source"), named("schema:citation"),
)  # fmt: skip
#: Those that name the database that says so.
_DATABASES: Final = tuple(
    f"{BIOLINK}{name}"
    for name in ("primary_knowledge_source", "knowledge_source", "provided_by",
                 "aggregator_knowledge_source", "source")
)  # fmt: skip
_METHODS: Final = (f"{OBO}RO_0002558", f"{BIOLINK}has_evidence", named("oban:has_evidence"))
_WORDS: Final = (f"{BIOLINK}supporting_text", named("rdfs:comment"))
_TYPE: Final = named("rdf:type")
_LABEL: Final = named("rdfs:label")
_WORDS_OF_ALL: Final = words_of(About())
_NOT: Final = ("true", "1", "yes", "not", "negatedpredicate")
_DIRECTIONS: Final = {"increased": 1, "upregulated": 1, "decreased": -1, "downregulated": -1}
_ECO = re.compile(r"(?:ECO[_:])(\d{7})\Z")
_NP: Final = "http://www.nanopub.org/nschema#"
_ASSERTS: Final = f"{_NP}hasAssertion"
#: What assertions say of a thing where the rest of them is not so: neXtProt, Human Protein Atlas.
_NIF: Final = "http://ontology.neuinfo.org/NIF/Backend/NIF-Quality.owl#"
_DENIALS: Final = frozenset(
    (
        ("http://purl.org/obo/owl/OBO_REL#has_quality", "negative"),
        (f"{_NIF}nlx_qual_1010003", "Not_detected"),  # the level of its expression
    )
)
#: A class expression: what kind it is, its property, its filler, a number.
_Expression: TypeAlias = tuple[str, str, str, str]
_QUANTIFIED: Final = {
    named("owl:someValuesFrom"): "some",
    named("owl:hasValue"): "some",
    named("owl:allValuesFrom"): "only",
    named("owl:qualifiedCardinality"): "exactly",
    named("owl:minQualifiedCardinality"): "at least",
    named("owl:maxQualifiedCardinality"): "at most",
    named("owl:cardinality"): "exactly",
    named("owl:minCardinality"): "at least",
    named("owl:maxCardinality"): "at most",
}
_CLASS_OF: Final = named("rdfs:subClassOf")
_DEFINITION: Final = f"{OBO}IAO_0000115"
#: The property of a Wikibase that leads from a thing to a statement about it.
_CLAIM: Final = re.compile(r"(https?://[^#?]+/prop/)(P\d+)")
#: The property of an annotated axiom that leads to its evidence, in models of GO-CAM.
_EVIDENCE: Final = "http://geneontology.org/lego/evidence"
_RANK: Final = "http://wikiba.se/ontology#rank"
#: Properties of references in Wikidata that name a paper, and the registries of which they are.
_REFERRED: Final = {"P698": "PMID", "P356": "doi", "P932": "PMCID"}


def items(content: Content, reading: Reading) -> Iterator[Item]:
    """What the triples of a file say: edges first, then the things that they name."""
    yield from _Foreign(content, reading).items()


@dataclass
class _Assertions:
    """The nanopublications of a file: what each asserts, and on what grounds."""

    #: A triple that one asserts -> the reasons that it gives.
    reasons: dict[tuple[str, str, Object], list[Citation]] = field(default_factory=dict)
    #: Triples that are asserted not to be so.
    denied: set[tuple[str, str, Object]] = field(default_factory=set)
    #: Triples of heads, provenance and publication, which are about the nanopublication.
    aside: set[tuple[str, str, Object]] = field(default_factory=set)
    #: Named nodes that stand only there.
    nodes: set[str] = field(default_factory=set)

    def of_nodes(self) -> dict[str, list[Citation]]:
        """Node -> the reasons for what is asserted of it."""
        reasons_of: dict[str, dict[Citation, None]] = {}
        for (node, _, _), reasons in self.reasons.items():
            reasons_of.setdefault(node, {}).update(dict.fromkeys(reasons))
        return {node: list(reasons) for node, reasons in reasons_of.items()}


class _Foreign:
    def __init__(self, content: Content, reading: Reading) -> None:
        self.content, self.reading = content, reading
        biopax2.modernised(content, reading)
        self.things = Things(content, reading)
        #: Nodes that are statements, axioms or parts of them, and no things.
        self.records: set[str] = set()
        #: Triples that a statement with more to say of it stands for.
        self.stated: set[tuple[str, str, Object]] = set()
        self.ends: set[str] = set()
        self.assertions = _Assertions()
        #: Papers that references call by several identifiers.
        self.papers: dict[str, Source] = {}
        #: What annotated axioms give: subject, property, target -> their papers; their reasons.
        self.annotated: dict[tuple[str, str, object], list[str]] = {}
        self.reasons: dict[tuple[str, str, object], list[Citation]] = {}
        #: Annotated axioms that are mappings of SSSOM.
        self.mappings: list[str] = []

    def items(self) -> Iterator[Item]:
        spaces = {
            name: iri for name, iri in self.content.prefixes.items() if PREFIX.fullmatch(name)
        }
        yield Prefixes(spaces)
        about = self.about()
        if about != About():
            yield about
        self.find_axioms()
        self.find_assertions()
        asserted = self.assertions.of_nodes()
        interactions = pathways.items(self.content, self.reading, self.things, asserted)
        for item in (*self.reified(), *self.wikibase(), *interactions.items, *self.classes()):
            if isinstance(item, Edge):
                self.ends.update((item.subject, item.object))
            yield item
        self.records |= interactions.records
        for edge in self.plain(interactions.spaces, interactions.read):
            self.ends.add(edge.subject)
            self.ends.add(edge.object)
            yield edge
        yield from self.relations()
        yield from self.papers.values()
        yield from self.things.nodes(
            self.ends, self.records | self.assertions.nodes, self.annotated
        )

    # --- The whole file -----------------------------------------------------------------------

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

    # --- Statements that are nodes ------------------------------------------------------------

    def reified(self) -> Iterator[Edge]:
        """Associations and other statements that a node has subject, predicate and object of."""
        for node, pairs in self.content.nodes.items():
            if _PARTS.isdisjoint(pairs):
                continue
            for parts in _REIFIED:
                if any(part in pairs for part in parts):
                    edge = self.association(node, parts)
                    self.records.add(node)
                    if edge is not None:
                        yield edge
                    break
        for node in self.mappings:
            edge = self.association(node, _AXIOM)
            if edge is not None:
                yield edge
                self.call(node)

    def call(self, mapping: str) -> None:
        """Take the names that a mapping of SSSOM gives to things that have no other."""
        pairs = self.content.nodes[mapping]
        for part, name in zip((_AXIOM[0], _AXIOM[2]), _LABELS, strict=True):
            end = _plain(next(iter(pairs[part])))
            for label in pairs.get(name, ()):
                if _LABEL not in self.content.nodes.get(end, {}):
                    self.content.keep(end, _LABEL, label)

    def wikibase(self) -> Iterator[Edge]:
        """Statements of Wikidata and its like, with their references; not what is deprecated."""
        for node, pairs in self.content.nodes.items():
            for name, values in pairs.items():
                claim = _CLAIM.fullmatch(name)
                for value in values if claim else ():
                    if claim and isinstance(value, str) and value in self.content.nodes:
                        self.stated.add((node, name, value))
                        self.records.add(value)
                        yield from self.claim(node, claim[1], claim[2], value)

    def claim(self, subject: str, base: str, name: str, node: str) -> Iterator[Edge]:
        """The edges of a statement node of a Wikibase: one for each thing that is its value."""
        pairs = self.content.nodes[node]
        place = self.things.shown(node)
        if any(_local(str(v)) == "DeprecatedRank" for v in pairs.get(_RANK, ())):
            self.reading.left("statement", "deprecated", place)
            return
        context = tuple(
            (_local(key), self.things.short(_plain(value)))
            for key, values in pairs.items()
            if key.startswith(f"{base}qualifier/P")
            for value in values
        )
        citations = tuple(self.references(node, base, context))
        for value in pairs.get(f"{base}statement/{name}", ()):
            if not _is_iri(value):
                self.reading.left("property", self.things.short(f"{base}direct/{name}"), place)
                continue
            self.stated.add((subject, f"{base}direct/{name}", value))
            yield Edge(
                subject=subject,
                predicate=self.things.predicate(f"{base}direct/{name}"),
                object=str(value),
                citations=citations,
                place=place,
            )

    def references(self, node: str, base: str, context: Context) -> Iterator[Citation]:
        """What a statement of a Wikibase refers to: papers, else what it is stated in."""
        for reference in self.things.iris(node, named("prov:wasDerivedFrom")):
            self.records.add(reference)
            pairs = self.content.nodes.get(reference, {})
            texts = {
                key.removeprefix(f"{base}reference/"): [_plain(v) for v in values]
                for key, values in pairs.items()
            }
            names = [f"{space}:{x}" for p, space in _REFERRED.items() for x in texts.get(p, ())]
            names += [x for x in texts.get("P854", ()) if is_paper(canonical(x))]
            paper, others = one_of(names)
            if paper:
                yield Citation(papers=(paper,), context=context)
            if others:
                self.papers[paper] = Source(id=paper, kind="cited", xrefs=others)
            for source in () if paper else texts.get("P248", ()):
                yield Citation(database=self.things.name(source) or source, context=context)

    def association(self, node: str, parts: tuple[str, ...]) -> Edge | None:
        values = [list(self.content.nodes[node].get(part, ())) for part in parts]
        place = self.things.shown(node)
        for part, ends in zip(parts, values, strict=True):
            if len(ends) != 1 or not _is_name(ends[0]):
                count = "no" if not ends else f"{len(ends)}" if len(ends) > 1 else "a text as"
                what = f"this statement has {count} {self.things.short(part)}"
                self.reading.wrong(place, what, "give it one, an IRI or a CURIE")
                return None
        subject, predicate, object_ = (_plain(ends[0]) for ends in values)
        negated = "targetIndividual" in parts[2] or self.is_negated(node)
        qualifiers, sign = self.qualifiers(node)
        own = {name for name in self.content.nodes[node] if name.startswith(ONTOLOGY)}
        used = {*parts, *own, _TYPE, _LABEL, *PAPERS, *_DATABASES, *_METHODS, *_WORDS}
        used |= {*_LABELS, f"{_SSSOM}predicate_modifier"}
        asserted = self.assertions.reasons.get((node, parts[0], values[0][0]), [])
        citations = (*self.citations(node, used), *asserted)
        if not negated:
            self.stated.add((subject, predicate, object_))
        return Edge(
            subject=subject,
            predicate=self.things.predicate(predicate),
            object=object_,
            sign=sign,
            negated=negated,
            qualifiers=qualifiers,
            citations=citations,
            place=place,
        )

    def is_negated(self, node: str) -> bool:
        return any(
            re.fullmatch(r"(?i)(is_?)?negated|negative|predicate_modifier", _local(name))
            and any(_local(_plain(value)).casefold() in _NOT for value in values)
            for name, values in self.content.nodes[node].items()
        ) or any(
            _local(_plain(value)) == "NegativePropertyAssertion"
            for value in self.content.nodes[node].get(_TYPE, ())
        )

    def qualifiers(self, node: str) -> tuple[Context, int | None]:
        """The qualifiers of an association, and the sign that its direction gives it."""
        pairs = [
            (_local(name), self.things.short(_plain(value)))
            for name, values in self.content.nodes[node].items()
            if _local(name).endswith(("_qualifier", "qualified_predicate"))
            for value in values
        ]
        for name, values in self.content.nodes[node].items():
            if name.startswith(ONTOLOGY):
                key = context_key(name, _WORDS_OF_ALL) or name.removeprefix(ONTOLOGY)
                pairs += [(key, _plain(value)) for value in values]
        directions = {value for key, value in pairs if key == "object_direction_qualifier"}
        of_subject = any(key == "subject_direction_qualifier" for key, _ in pairs)
        if len(directions) == 1 and not of_subject:
            sign = _DIRECTIONS.get(_local(next(iter(directions))).casefold())
            if sign is not None:
                kept = tuple(p for p in pairs if p[0] != "object_direction_qualifier")
                return kept, sign
        return tuple(pairs), 0 if directions or of_subject else None

    def citations(self, node: str, used: set[str]) -> tuple[Citation, ...]:
        """Why a statement that is a node is so: one record, with everything else that it has."""
        pairs = self.content.nodes[node]
        papers = [_plain(v) for name in PAPERS for v in pairs.get(name, ())]
        called = {n: _papers_called(n, map(_plain, pairs[n])) for n in pairs if n not in used}
        cited = {name: called_papers for name, called_papers in called.items() if called_papers}
        papers += [paper for called_papers in cited.values() for paper in called_papers]
        databases = [_plain(v) for name in _DATABASES for v in pairs.get(name, ())]
        methods = [_curie(_plain(v)) for name in _METHODS for v in pairs.get(name, ())]
        context = [
            (_local(name), self.things.short(_plain(value)))
            for name, values in pairs.items()
            if name not in used
            and name not in cited
            and not re.fullmatch(r"(?i)(is_?)?negated", _local(name))
            and not _local(name).endswith(("_qualifier", "qualified_predicate"))
            for value in values
            if not _plain(value).startswith("_:")
        ]
        if not papers and not databases and (methods or context) and not node.startswith("_:"):
            papers = [node] if methods else []
        if not papers and not databases:
            for key, _ in context:
                self.reading.left("property", key, self.things.shown(node))
            return ()
        context += [("evidence", method) for method in methods[1:]]
        context += [("knowledge_source", name) for name in databases] if papers else []
        return (
            Citation(
                papers=tuple(papers),
                database=databases[0] if databases and not papers else "",
                record="" if papers or node.startswith("_:") else self.things.short(node),
                method=methods[0] if methods else "",
                summary=self.things.text(node, *_WORDS),
                context=tuple(context),
            ),
        )

    # --- Nanopublications ---------------------------------------------------------------------

    def find_assertions(self) -> None:
        """Find what nanopublications assert, deny, and say of themselves."""
        graphs = self.content.graphs
        heads: dict[str, list[str]] = {}  # of each nanopublication, the graphs that say it is one
        for graph, triples in graphs.items():
            for subject, name, value in triples:
                if (name, value) == (_TYPE, f"{_NP}Nanopublication"):
                    heads.setdefault(subject, []).append(graph)
        for node, pairs in self.content.nodes.items():
            if _ASSERTS not in pairs:
                continue
            asserted = [_plain(v) for v in pairs[_ASSERTS]]
            self.assertions.nodes.add(node)
            grounds = [_plain(v) for v in pairs.get(f"{_NP}hasProvenance", ())]
            published = [_plain(v) for v in pairs.get(f"{_NP}hasPublicationInfo", ())]
            for graph in (*grounds, *published, *heads.get(node, ())):
                triples = graphs.get(graph, [])
                self.assertions.aside.update(triples)
                self.assertions.nodes.update(subject for subject, _, _ in triples)
            for graph in asserted:
                citation = self.nanopublication(node, graph)
                triples = graphs.get(graph, [])
                denied = {s for s, p, o in triples if (p, _plain(o)) in _DENIALS}
                for triple in triples:
                    self.assertions.reasons.setdefault(triple, []).append(citation)
                    if triple[0] in denied:
                        self.assertions.denied.add(triple)
                self.assertions.nodes.add(graph)
        graphs.clear()  # which nothing else asks for, and of which there may be a million

    def nanopublication(self, node: str, graph: str) -> Citation:
        """The reason that a nanopublication gives for all that it asserts."""
        grounds = self.content.nodes.get(graph, {})
        named_there = [text for name in PAPERS for text in map(_plain, grounds.get(name, ()))]
        papers = []
        for text in named_there:
            if text.startswith((node, "_:")):  # a part of the nanopublication, which may name more
                part = self.content.nodes.get(text, {})
                more = (_plain(value) for name in PAPERS for value in part.get(name, ()))
                papers += [paper for paper in more if not paper.startswith((node, "_:"))]
            else:
                papers.append(text)
        methods = [match[1] for v in grounds.get(_TYPE, ()) if (match := _ECO.search(_plain(v)))]
        context = [("nanopublication", node)]
        for name in ("dct:created", "dct:creator", "dct:license", "dct:rights", "pav:authoredBy"):
            values = self.content.nodes.get(node, {}).get(named(name), ())
            context += [(_local(named(name)), _plain(value)) for value in values]
        return Citation(
            papers=tuple(papers) or (node,),
            method=f"ECO:{methods[0]}" if methods else "",
            summary=self.things.text(graph, named("rdfs:comment")),
            context=tuple(context),
        )

    # --- Ontologies ---------------------------------------------------------------------------

    def find_axioms(self) -> None:
        """Find annotated axioms, and the class expressions that are parts of others."""
        for node in self.things.typed:
            if not self.things.is_a(node, named("owl:Axiom")):
                continue
            self.records.add(node)
            parts = [next(iter(self.content.nodes[node].get(part, ())), "") for part in _AXIOM]
            if _JUSTIFIED in self.content.nodes[node] and all(map(_is_iri, parts)):
                self.mappings.append(node)
                continue
            subject, name, target = parts
            papers = [_plain(v) for p in PAPERS for v in self.content.nodes[node].get(p, ())]
            end: object = target
            if isinstance(target, str) and target.startswith("_:"):
                end = self.expression(target)
            key = (_plain(subject), _plain(name), end)
            self.annotated.setdefault(key, []).extend(papers)
            words = self.things.text(node, named("rdfs:comment"))
            placed = {_TYPE, _EVIDENCE, *_AXIOM, *PAPERS}
            if papers:
                placed.add(named("rdfs:comment"))
            for more in self.content.nodes[node]:
                if more not in placed:
                    place = self.things.shown(node)
                    self.reading.left("axiom annotation", self.things.short(more), place)
            if papers:
                citation = Citation(papers=tuple(papers), summary=words)
                self.reasons.setdefault(key, []).append(citation)
            for evidence in self.things.iris(node, _EVIDENCE):
                self.records.add(evidence)
                self.reasons.setdefault(key, []).extend(self.observed(evidence))

    def observed(self, node: str) -> Iterator[Citation]:
        """What a piece of evidence of a GO-CAM refers to, with its kind."""
        pairs = self.content.nodes.get(node, {})
        papers = tuple(_plain(v) for p in PAPERS for v in pairs.get(p, ()))
        kinds = [_curie(_plain(value)) for value in pairs.get(_TYPE, ())]
        method = next((kind for kind in kinds if kind.startswith("ECO:")), "")
        if papers:
            yield Citation(papers=papers, method=method)
        else:
            self.reading.left("evidence", "that names nothing", self.things.shown(node))

    def expression(self, node: str) -> _Expression | None:
        """A restriction to one named class; None for other class expressions."""
        pairs = self.content.nodes.get(node, {})
        prop = next(iter(pairs.get(named("owl:onProperty"), ())), "")
        for name, kind in _QUANTIFIED.items():
            for value in pairs.get(name, ()):
                number = ""
                filler: Object = value
                if isinstance(value, Literal):
                    number = value.text
                    filler = next(iter(pairs.get(named("owl:onClass"), ())), "")
                if not _is_iri(prop) or not _is_iri(filler):
                    return None
                return kind, str(prop), str(filler), number
        return None

    def classes(self) -> Iterator[Edge]:
        """Subclasses of named classes and of restrictions, with the papers of their axioms."""
        for node, pairs in self.content.nodes.items():
            if not _is_iri(node):
                continue
            for value in pairs.get(_CLASS_OF, ()):
                self.stated.add((node, _CLASS_OF, value))
                if _is_iri(value):
                    yield self.axiom(node, _CLASS_OF, str(value), value)
                    continue
                expression = self.expression(str(value))
                edge = self.restricted(node, expression) if expression else None
                if edge is not None:
                    yield edge
                else:
                    kind = (
                        f"a restriction with {expression[0]!r}"
                        if expression
                        else "a class expression"
                    )
                    self.reading.left("axiom", kind, self.things.shown(node))
            for value in pairs.get(named("owl:equivalentClass"), ()):
                if not _is_iri(value):
                    self.stated.add((node, named("owl:equivalentClass"), value))
                    self.reading.left("axiom", "a logical definition", self.things.shown(node))

    def axiom(
        self,
        node: str,
        name: str,
        target: str,
        key: object,
        qualifiers: Context = (),
        *,
        negated: bool = False,
    ) -> Edge:
        reasons = self.reasons.get((node, _CLASS_OF, key), ())
        return Edge(
            subject=node,
            predicate=self.things.predicate(name),
            object=target,
            negated=negated,
            qualifiers=qualifiers,
            citations=tuple(reasons),
            place=self.things.shown(node),
        )

    def restricted(self, node: str, expression: _Expression) -> Edge | None:
        """The edge of a restriction: some of a class, at least one, or none."""
        kind, prop, filler, number = expression
        if kind == "some":
            return self.axiom(node, prop, filler, expression)
        if kind in ("exactly", "at most") and number == "0":
            return self.axiom(node, prop, filler, expression, negated=True)
        if kind in ("exactly", "at least") and number.isdigit() and number != "0":
            return self.axiom(
                node, prop, filler, expression, (("cardinality", f"{kind} {number}"),)
            )
        return None

    def relations(self) -> Iterator[Relation]:
        """What the file says of its properties, which are predicates of edges."""
        for node in self.things.typed:
            if _is_iri(node) and self.things.is_property(node):
                label = self.things.name(node)
                if label:
                    definition = self.things.text(node, _DEFINITION, named("skos:definition"))
                    name = self.things.predicate(node)
                    yield Relation(predicate=name, label=label, definition=definition)

    # --- Plain triples ------------------------------------------------------------------------

    def plain(self, spaces: Iterable[str], read: set[tuple[str, str]]) -> Iterator[Edge]:
        """The triples between named things that nothing else stands for."""
        skipped = (*SCHEMA_PARTS, *spaces)
        asides: dict[str, bool] = {}
        for node, pairs in self.content.nodes.items():
            if node in self.records:
                continue
            has_name = _is_iri(node)
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
        if not asserted and (triple in self.stated or triple in self.assertions.aside):
            return None
        reasons = asserted or self.reasons.get(triple)
        if isinstance(value, Literal):
            return None  # the things tell
        place = self.things.shown(node)
        if aside:
            if name != _TYPE and not value.startswith("_:"):
                self.reading.left("property", self.things.short(name), place)
            return None
        if not _is_iri(value):
            kind = "property with a node without a name"
            self.reading.left(kind, self.things.short(name), place)
            return None
        return Edge(
            subject=node,
            predicate=self.things.predicate(name),
            object=value,
            negated=triple in self.assertions.denied,
            citations=tuple(reasons or ()),
            place=place,
        )


def _is_iri(value: Object) -> bool:
    return isinstance(value, str) and ":" in value and not value.startswith("_:")


def _is_name(value: Object) -> bool:
    """Whether a value names something: an IRI, or the text of a CURIE."""
    return (
        _is_iri(value) if isinstance(value, str) else bool(re.fullmatch(r"[\w.-]+:\S+", value.text))
    )


def _papers_called(name: str, values: Iterable[str]) -> list[str]:
    """The papers in the values of a property whose own name says that it has some.

    >>> _papers_called("http://e/pmid", ["12"]), _papers_called("http://e/doi", ["10.1/A", "5"])
    (['PMID:12'], ['doi:10.1/a'])
    """
    local = re.sub(r"[^a-z]", "", _local(name).casefold())
    if local not in ("pmid", "pubmed", "pubmedid", "pmcid", "doi", "publication", "publications",
                     "reference", "references", "citation"):  # fmt: skip
        return []
    numbers = local.startswith(("pmid", "pubmed"))
    return [
        paper
        for value in values
        for paper in papers_in(value)
        if is_paper(paper) and (numbers or not value.strip().isdigit())
    ]


def _plain(value: Object) -> str:
    return value.text if isinstance(value, Literal) else value


def _curie(text: str) -> str:
    match = _ECO.search(text)
    return f"ECO:{match[1]}" if match else canonical(text)


def _local(name: str) -> str:
    return re.split(r"[/#:]", name)[-1]
