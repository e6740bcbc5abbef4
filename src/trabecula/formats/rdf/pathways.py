"""Pathways in RDF: those of WikiPathways, and BioPAX level 3.

WikiPathways has a node for each interaction with `wp:source` and `wp:target`; its type is the
predicate. In BioPAX a reaction is a node between what stands left and right of it, and a control
acts on a reaction: so it is here. A state of a molecule is a thing of its own, for which the
molecule is the broader one. That something is part of a pathway is not read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from trabecula import claims
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.things import Things, named
from trabecula.formats.rdf.values import plain
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.curies import prefix_of
from trabecula.model import Source, Xref

#: What a pathway calls its interactions, the most telling word first.
_INTERACTIONS: Final = tuple(
    named(f"wp:{name}")
    for name in ("Inhibition", "Stimulation", "Catalysis", "Conversion",
                 "TranscriptionTranslation", "ComplexBinding", "Binding", "DirectedInteraction",
                 "Interaction")
)  # fmt: skip
_CONTROLS: Final = tuple(
    named(f"bp:{name}")
    for name in ("Catalysis", "Modulation", "TemplateReactionRegulation", "Control")
)
_CONVERSIONS: Final = tuple(
    named(f"bp:{name}")
    for name in ("BiochemicalReaction", "TransportWithBiochemicalReaction", "Transport",
                 "ComplexAssembly", "Degradation", "Conversion")
)  # fmt: skip
_PLAIN: Final = tuple(
    named(f"bp:{name}") for name in ("MolecularInteraction", "GeneticInteraction", "Interaction")
)
#: Signs of a control by its type, where it is that of the Systems Biology Ontology.
_SBO: Final = {"0000169": -1, "0000170": 1, "0000171": 1}


@dataclass
class Interactions:
    """What pathways say: items, the nodes that are records of them, and their vocabularies."""

    items: list[Item] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    #: Nodes and properties of theirs that have become edges.
    read: set[tuple[str, str]] = field(default_factory=set)
    spaces: tuple[str, ...] = ()


def items(
    content: Content, reading: Reading, things: Things, asserted: Mapping[str, Sequence[Citation]]
) -> Interactions:
    """The interactions of the pathways in a file.

    `asserted` has the reasons that nanopublications give for what they assert of a node.
    """
    interactions = Interactions(spaces=(named("wp:"), named("gpml:"), named("bp:")))
    for part in (
        _WikiPathways(content, reading, things, interactions, asserted),
        _BioPAX(content, reading, things, interactions),
    ):
        interactions.items.extend(part.items())
    return interactions


@dataclass
class _WikiPathways:
    content: Content
    reading: Reading
    things: Things
    interactions: Interactions
    asserted: Mapping[str, Sequence[Citation]]

    def items(self) -> Iterator[Item]:
        papers, of_the_pathway = self.papers()
        for paper in of_the_pathway:
            yield Source(id=paper, kind="cited")
        for node in self.things.typed:
            kind = next((k for k in _INTERACTIONS if self.things.is_a(node, k)), "")
            if kind:
                self.interactions.records.add(node)
                yield from self.interaction(node, kind, papers.get(node, []))
            elif self.things.is_a(node, named("wp:Complex")):
                for part, whole in self.parts(node):
                    yield Edge(subject=part, predicate="BFO:0000050", object=whole,
                               citations=tuple(self.asserted.get(node, ())),
                               place=self.things.shown(node))  # fmt: skip

    def parts(self, node: str) -> list[tuple[str, str]]:
        """The parts of a complex; if a nanopublication names none, the pathways it is part of."""
        members, name = self.participants(node), named("dct:isPartOf")
        if members or node not in self.asserted:
            return [(member, node) for member in members]
        self.interactions.read.add((node, name))
        return [(node, pathway) for pathway in self.things.iris(node, name)]

    def participants(self, node: str) -> list[str]:
        """What takes part, by the property of today and that of the nanopublications of 2017."""
        names = (named("wp:participants"), named("wp:participant"))
        self.interactions.read.update((node, name) for name in names)
        participants = (
            participant for name in names for participant in self.things.iris(node, name)
        )
        return list(dict.fromkeys(participants))

    def papers(self) -> tuple[dict[str, list[str]], list[str]]:
        """Interaction -> its papers; and those of the pathway as a whole."""
        papers: dict[str, list[str]] = {}
        others = []
        for node in self.things.typed:
            if not self.things.is_a(node, named("wp:PublicationReference")):
                continue
            self.interactions.records.add(node)
            whole = True
            for part in self.things.iris(node, named("dct:isPartOf")):
                if any(self.things.is_a(part, kind) for kind in _INTERACTIONS):
                    papers.setdefault(part, []).append(node)
                    whole = False
            if whole:
                others.append(node)
        return papers, others

    def interaction(self, node: str, kind: str, papers: list[str]) -> Iterator[Edge]:
        sources = self.things.iris(node, named("wp:source"))
        targets = self.things.iris(node, named("wp:target"))
        others = self.participants(node)
        pathway = next(iter(self.things.iris(node, named("dct:isPartOf"))), "")
        record = re.split(r"[/#:]", pathway)[-1]
        cited = tuple(papers) or tuple(self.things.iris(node, named("dct:references")))
        told = Citation(papers=cited, database="WikiPathways", record=record)
        citations = tuple(self.asserted.get(node, ())) or (told,)
        pairs = [(source, target) for source in sources for target in targets]
        mutual = not pairs
        complexes = [other for other in others if self.things.is_a(other, named("wp:Complex"))]
        if mutual and len(others) == 2:
            pairs = [(others[0], others[1])]
        elif mutual and len(complexes) == 1 and kind == named("wp:ComplexBinding"):
            self.reading.left("interaction", "a binding, which its complex says",
                              self.things.shown(node))  # fmt: skip
        elif mutual and len(others) > 2:
            # Of more than two it is not said who acts on whom.
            for object_ in others:
                yield Edge(subject=node, predicate=named("wp:participants"), object=object_,
                           citations=citations, place=self.things.shown(node))  # fmt: skip
        elif mutual:
            self.reading.left("interaction", "one that joins nothing", self.things.shown(node))
        for subject, object_ in pairs:
            yield Edge(subject=subject, predicate=kind, object=object_, symmetric=mutual,
                       citations=citations, place=self.things.shown(node))  # fmt: skip


@dataclass
class _BioPAX:
    content: Content
    reading: Reading
    things: Things
    interactions: Interactions

    def items(self) -> Iterator[Item]:
        names = (named("bp:controlled"), named("bp:controller"))
        controlled = {
            value
            for pairs in self.content.nodes.values()
            for name in names
            for value in pairs.get(name, ())
        }
        part_of = controlled | {
            value
            for pairs in self.content.nodes.values()
            for value in pairs.get(named("bp:pathwayComponent"), ())
        }
        for node in self.things.typed:
            types = self.content.nodes[node][named("rdf:type")]
            if not any(isinstance(kind, str) and kind.startswith(named("bp:")) for kind in types):
                continue
            if any(kind in types for kind in _CONTROLS):
                if node not in part_of:  # it is an edge, and no thing besides
                    self.interactions.records.add(node)
                yield from self.control(node)
            elif any(kind in types for kind in _CONVERSIONS):
                yield from self.conversion(node)
            elif named("bp:TemplateReaction") in types:
                yield from self.sides(node, "template", "product")
            elif any(kind in types for kind in _PLAIN):
                yield from self.interaction(node, alone=node not in controlled)
            elif self.is_record(types):
                self.interactions.records.add(node)
            else:
                yield from self.entity(node)

    def is_record(self, types: object) -> bool:
        kept = types if isinstance(types, dict) else {}
        names = ("PublicationXref", "UnificationXref", "RelationshipXref", "Evidence", "BioSource",
                 "Provenance", "EvidenceCodeVocabulary", "Stoichiometry", "PathwayStep", "Score",
                 "CellularLocationVocabulary", "SequenceModificationVocabulary", "SequenceSite",
                 "SequenceInterval", "ModificationFeature", "FragmentFeature", "BindingFeature",
                 "CovalentBindingFeature", "EntityFeature", "ChemicalStructure", "KPrime",
                 "DeltaG", "ExperimentalForm", "InteractionVocabulary", "BiochemicalPathwayStep",
                 "RelationshipTypeVocabulary", "PhenotypeVocabulary", "TissueVocabulary",
                 "CellVocabulary", "SequenceRegionVocabulary", "EntityReferenceTypeVocabulary",
                 "ExperimentalFormVocabulary", "ProteinReference", "SmallMoleculeReference",
                 "DnaReference", "RnaReference", "DnaRegionReference", "RnaRegionReference",
                 "EntityReference")  # fmt: skip
        return any(named(f"bp:{name}") in kept for name in names)

    def ends(self, node: str, name: str) -> list[str]:
        """What stands at an end, where it has a name of its own."""
        self.interactions.read.add((node, named(f"bp:{name}")))
        ends = []
        for value in self.things.iris(node, named(f"bp:{name}")):
            if value.startswith("_:"):
                self.reading.left("participant", "one without a name", self.things.shown(node))
            else:
                ends.append(value)
        return ends

    # --- Interactions -------------------------------------------------------------------------

    def control(self, node: str) -> Iterator[Item]:
        kind_of_control = self.things.text(node, named("bp:controlType")).upper()
        sign = (
            1
            if kind_of_control.startswith("ACTIVATION")
            else -1
            if kind_of_control.startswith("INHIBITION")
            else None
        )
        is_catalysis = self.things.is_a(node, named("bp:Catalysis"))
        if sign is None:
            types = self.things.values(node, named("bp:interactionType"))
            sbo = [m[1] for v in types if (m := re.search(r"SBO[:_](\d{7})", plain(v)))]
            signs = {_SBO[term] for term in sbo if term in _SBO}
            sign = (
                signs.pop()
                if len(signs) == 1
                else 1
                if is_catalysis and not kind_of_control
                else None
            )
        kind = next(k for k in _CONTROLS if self.things.is_a(node, k))
        controllers, targets = self.ends(node, "controller"), self.ends(node, "controlled")
        if not controllers or not targets:
            self.reading.left("control", "one without both ends", self.things.shown(node))
        citations = self.citations(node)
        for controller, target in itertools.product(controllers, targets):
            yield Edge(
                subject=controller,
                predicate=kind,
                object=target,
                sign=0 if sign is None else sign,
                qualifiers=(("control_type", kind_of_control),) if "-" in kind_of_control else (),
                citations=citations,
                place=self.things.shown(node),
            )

    def conversion(self, node: str) -> Iterator[Item]:
        direction = self.things.text(node, named("bp:conversionDirection")).upper()
        if direction.replace("_", "-") == "RIGHT-TO-LEFT":
            yield from self.sides(node, "right", "left", swapped=True)
        else:
            yield from self.sides(node, "left", "right")

    def sides(self, node: str, first: str, last: str, *, swapped: bool = False) -> Iterator[Item]:
        """What goes into a reaction and what comes out of it."""
        names = (last, first) if swapped else (first, last)
        citations = self.citations(node)
        place = self.things.shown(node)
        for name, side in zip(names, (first, last), strict=True):
            for end in self.ends(node, side):
                yield Edge(subject=node, predicate=named(f"bp:{name}"), object=end,
                           citations=citations, place=place)  # fmt: skip
        yield self.called(node, self.ends(node, first), self.ends(node, last), "→")

    def interaction(self, node: str, *, alone: bool) -> Iterator[Item]:
        ends = self.ends(node, "participant")
        kind = next(k for k in _PLAIN if self.things.is_a(node, k))
        citations, place = self.citations(node), self.things.shown(node)
        if len(ends) == 2 and alone:
            self.interactions.records.add(node)
            yield Edge(subject=ends[0], predicate=kind, object=ends[1], symmetric=True,
                       citations=citations, place=place)  # fmt: skip
            return
        if not ends:
            self.reading.left("interaction", "one that joins nothing", place)
            if alone:
                self.interactions.records.add(node)
            return
        for end in ends:
            yield Edge(subject=node, predicate=named("bp:participant"), object=end,
                       citations=citations, place=place)  # fmt: skip
        yield self.called(node, ends, [], " + ")

    def called(self, node: str, first: list[str], last: list[str], mark: str) -> Node:
        """A reaction, called by what takes part in it where it has no name."""
        name = self.things.name(node)
        if not name:
            sides = (
                " + ".join(filter(None, map(self.things.name, ends))) for ends in (first, last)
            )
            name = f" {mark} ".join(filter(None, sides))
        return Node(key=node, name=name, category="process")

    # --- Molecules ----------------------------------------------------------------------------

    def entity(self, node: str) -> Iterator[Item]:
        """A state of a molecule or a complex, with what it is a state of, and its parts."""
        if node.startswith("_:"):
            return
        xrefs = self.xrefs(node, "exact")
        self.interactions.read.add((node, named("bp:entityReference")))
        for reference in self.things.iris(node, named("bp:entityReference")):
            name = self.things.name(reference)
            if not reference.startswith("_:"):
                xrefs.append(Xref("broad", reference, name))
            xrefs += self.xrefs(reference, "broad")
        if xrefs:
            yield Node(key=node, name=self.things.name(node), xrefs=tuple(dict.fromkeys(xrefs)))
        for name in ("component", "memberPhysicalEntity"):
            for part in self.ends(node, name):
                yield Edge(subject=node, predicate=named(f"bp:{name}"), object=part,
                           place=self.things.shown(node))  # fmt: skip

    def xrefs(self, node: str, match: str) -> list[Xref]:
        xrefs = []
        for xref in self.references(node, "xref"):
            unifies = self.things.is_a(xref, named("bp:UnificationXref"))
            if not unifies and not self.things.is_a(xref, named("bp:RelationshipXref")):
                continue
            curie = self.curie(xref)
            if curie:
                xrefs.append(Xref(match if unifies else "related", curie))
        return xrefs

    def references(self, node: str, name: str) -> list[str]:
        """The nodes of a property, those of lists one by one."""
        nodes, waiting, seen = [], self.things.iris(node, named(f"bp:{name}")), set()
        while waiting:
            value = waiting.pop(0)
            if value in seen:
                continue
            seen.add(value)
            first = self.things.iris(value, named("rdf:first"))
            if first:
                waiting += first + self.things.iris(value, named("rdf:rest"))
            elif value != named("rdf:nil"):
                nodes.append(value)
        return nodes

    def curie(self, xref: str) -> str:
        """The CURIE of a cross-reference by its database and identifier."""
        database = self.things.text(xref, named("bp:db")).strip()
        local = self.things.text(xref, named("bp:id")).strip()
        prefix = prefix_of(database) or database
        if not local or not re.fullmatch(r"[A-Za-z_][\w.-]*", prefix) or re.search(r"\s", local):
            return ""
        return f"{prefix}:{re.sub(rf'(?i)^{re.escape(prefix)}:', '', local)}"

    def citations(self, node: str) -> tuple[Citation, ...]:
        """The papers of an interaction and of its evidence, each a record of its own."""
        citations = []
        where = [node, *self.references(node, "evidence")]
        for place in where:
            for xref in self.references(place, "xref"):
                if not self.things.is_a(xref, named("bp:PublicationXref")):
                    continue
                address = self.things.text(xref, named("bp:url"))
                paper = self.curie(xref) or claims.source_of(address)
                if paper:
                    citations.append(Citation(papers=(paper,)))
                else:
                    name = self.things.text(xref, named("bp:title"))
                    kind = name or "one without an identifier"
                    self.reading.left("publication", kind, self.things.shown(node))
        return tuple(dict.fromkeys(citations))
