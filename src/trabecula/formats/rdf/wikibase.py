"""Statements of Wikidata and its like, with their references; not what is deprecated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from trabecula.canonical import canonical, is_paper
from trabecula.formats.rdf.content import Content, Taken
from trabecula.formats.rdf.things import Things, named
from trabecula.formats.rdf.values import is_iri, local, plain
from trabecula.mapping import Citation, Edge, Reading
from trabecula.mapping.cited import one_of
from trabecula.model import Context, Source

#: The property of a Wikibase that leads from a thing to a statement about it.
_CLAIM: Final = re.compile(r"(https?://[^#?]+/prop/)(P\d+)")
_RANK: Final = "http://wikiba.se/ontology#rank"
#: Properties of references in Wikidata that name a paper, and the registries of which they are.
_REFERRED: Final = {"P698": "PMID", "P356": "doi", "P932": "PMCID"}


@dataclass
class Wikibase:
    """The statement nodes of a file."""

    content: Content
    reading: Reading
    things: Things
    taken: Taken
    #: Papers that references call by several identifiers.
    papers: dict[str, Source] = field(default_factory=dict)

    def items(self) -> Iterator[Edge]:
        """The edges of all statement nodes."""
        for node, pairs in self.content.nodes.items():
            for name, values in pairs.items():
                claim = _CLAIM.fullmatch(name)
                for value in values if claim else ():
                    if claim and isinstance(value, str) and value in self.content.nodes:
                        self.taken.stated.add((node, name, value))
                        self.taken.records.add(value)
                        yield from self._claim(node, claim[1], claim[2], value)

    def _claim(self, subject: str, base: str, name: str, node: str) -> Iterator[Edge]:
        """The edges of a statement node of a Wikibase: one for each thing that is its value."""
        pairs = self.content.nodes[node]
        place = self.things.shown(node)
        if any(local(str(v)) == "DeprecatedRank" for v in pairs.get(_RANK, ())):
            self.reading.left("statement", "deprecated", place)
            return
        context = tuple(
            (local(key), self.things.short(plain(value)))
            for key, values in pairs.items()
            if key.startswith(f"{base}qualifier/P")
            for value in values
        )
        citations = tuple(self._references(node, base, context))
        for value in pairs.get(f"{base}statement/{name}", ()):
            if not is_iri(value):
                self.reading.left("property", self.things.short(f"{base}direct/{name}"), place)
                continue
            self.taken.stated.add((subject, f"{base}direct/{name}", value))
            yield Edge(
                subject=subject,
                predicate=self.things.predicate(f"{base}direct/{name}"),
                object=str(value),
                citations=citations,
                place=place,
            )

    def _references(self, node: str, base: str, context: Context) -> Iterator[Citation]:
        """What a statement of a Wikibase refers to: papers, else what it is stated in."""
        for reference in self.things.iris(node, named("prov:wasDerivedFrom")):
            self.taken.records.add(reference)
            pairs = self.content.nodes.get(reference, {})
            texts = {
                key.removeprefix(f"{base}reference/"): [plain(v) for v in values]
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
