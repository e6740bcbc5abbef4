"""Statements that are nodes: of OBAN and Biolink, `rdf:Statement`, mappings of SSSOM."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from trabecula.canonical import is_paper
from trabecula.formats.rdf.assertions import Assertions
from trabecula.formats.rdf.axioms import AXIOM, SSSOM
from trabecula.formats.rdf.content import Content, Taken
from trabecula.formats.rdf.evidence import context_key
from trabecula.formats.rdf.things import BIOLINK, OBO, PAPERS, Things, named
from trabecula.formats.rdf.values import curie, is_name, local, plain
from trabecula.mapping import Citation, Edge, Reading
from trabecula.mapping.cited import is_database, papers_in
from trabecula.model import About, Context
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
#: What an association of OBAN says that has no predicate, as its authors write them.
_ASSOCIATED: Final = f"{BIOLINK}associated_with"
_PARTS: Final = frozenset(part for parts in _REIFIED for part in parts)
_LABELS: Final = (f"{SSSOM}subject_label", f"{SSSOM}object_label")
#: Those that name the database that says so, best first; a program may name its own file there.
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


@dataclass
class Associations:
    """What a node has subject, predicate and object of.

    `mappings` are annotated axioms that are mappings of SSSOM.
    """

    content: Content
    reading: Reading
    things: Things
    taken: Taken
    assertions: Assertions
    mappings: list[str]

    def items(self) -> Iterator[Edge]:
        """Associations and other statements that a node has subject, predicate and object of."""
        for node, pairs in self.content.nodes.items():
            if _PARTS.isdisjoint(pairs):
                continue
            for parts in _REIFIED:
                if any(part in pairs for part in parts):
                    edge = self._edge(node, parts)
                    self.taken.records.add(node)
                    if edge is not None:
                        yield edge
                    break
        for node in self.mappings:
            edge = self._edge(node, AXIOM)
            if edge is not None:
                yield edge
                self._call(node)

    def _call(self, mapping: str) -> None:
        """Take the names that a mapping of SSSOM gives to things that have no other."""
        pairs = self.content.nodes[mapping]
        for part, name in zip((AXIOM[0], AXIOM[2]), _LABELS, strict=True):
            end = plain(next(iter(pairs[part])))
            for label in pairs.get(name, ()):
                if _LABEL not in self.content.nodes.get(end, {}):
                    self.content.keep(end, _LABEL, label)

    def _edge(self, node: str, parts: tuple[str, ...]) -> Edge | None:
        values = [list(self.content.nodes[node].get(part, ())) for part in parts]
        place = self.things.shown(node)
        if parts is _REIFIED[0] and not values[1]:
            values[1].append(_ASSOCIATED)
        for part, ends in zip(parts, values, strict=True):
            if len(ends) != 1 or not is_name(ends[0]):
                count = "no" if not ends else f"{len(ends)}" if len(ends) > 1 else "a text as"
                what = f"this statement has {count} {self.things.short(part)}"
                self.reading.wrong(place, what, "give it one, an IRI or a CURIE")
                return None
        subject, predicate, object_ = (plain(ends[0]) for ends in values)
        negated = "targetIndividual" in parts[2] or self._is_negated(node)
        qualifiers, sign = self._qualifiers(node)
        own = {name for name in self.content.nodes[node] if name.startswith(ONTOLOGY)}
        used = {*parts, *own, _TYPE, _LABEL, *PAPERS, *_DATABASES, *_METHODS, *_WORDS}
        used |= {*_LABELS, f"{SSSOM}predicate_modifier"}
        asserted = self.assertions.reasons.get((node, parts[0], values[0][0]), [])
        citations = (*self._citations(node, used), *asserted)
        if not negated:
            self.taken.stated.add((subject, predicate, object_))
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

    def _is_negated(self, node: str) -> bool:
        return any(
            re.fullmatch(r"(?i)(is_?)?negated|negative|predicate_modifier", local(name))
            and any(local(plain(value)).casefold() in _NOT for value in values)
            for name, values in self.content.nodes[node].items()
        ) or any(
            local(plain(value)) == "NegativePropertyAssertion"
            for value in self.content.nodes[node].get(_TYPE, ())
        )

    def _qualifiers(self, node: str) -> tuple[Context, int | None]:
        """The qualifiers of an association, and the sign that its direction gives it."""
        pairs = [
            (local(name), self.things.short(plain(value)))
            for name, values in self.content.nodes[node].items()
            if local(name).endswith(("_qualifier", "qualified_predicate"))
            for value in values
        ]
        for name, values in self.content.nodes[node].items():
            if name.startswith(ONTOLOGY):
                key = context_key(name, _WORDS_OF_ALL) or name.removeprefix(ONTOLOGY)
                pairs += [(key, plain(value)) for value in values]
        directions = {value for key, value in pairs if key == "object_direction_qualifier"}
        of_subject = any(key == "subject_direction_qualifier" for key, _ in pairs)
        if len(directions) == 1 and not of_subject:
            sign = _DIRECTIONS.get(local(next(iter(directions))).casefold())
            if sign is not None:
                kept = tuple(p for p in pairs if p[0] != "object_direction_qualifier")
                return kept, sign
        return tuple(pairs), 0 if directions or of_subject else None

    def _citations(self, node: str, used: set[str]) -> tuple[Citation, ...]:
        """Why a statement that is a node is so: one record, with everything else that it has."""
        pairs = self.content.nodes[node]
        papers = [plain(v) for name in PAPERS for v in pairs.get(name, ())]
        called = {n: _papers_called(n, map(plain, pairs[n])) for n in pairs if n not in used}
        cited = {name: called_papers for name, called_papers in called.items() if called_papers}
        papers += [paper for called_papers in cited.values() for paper in called_papers]
        origins = [(local(n), plain(v)) for n in _DATABASES for v in pairs.get(n, ())]
        database = next((text for _, text in origins if is_database(text)), "")
        methods = [curie(plain(v)) for name in _METHODS for v in pairs.get(name, ())]
        context = [
            (local(name), self.things.short(plain(value)))
            for name, values in pairs.items()
            if name not in used
            and name not in cited
            and not re.fullmatch(r"(?i)(is_?)?negated", local(name))
            and not local(name).endswith(("_qualifier", "qualified_predicate"))
            for value in values
            if not plain(value).startswith("_:")
        ]
        if not papers and not database and methods and not node.startswith("_:"):
            papers = [node]
        if not papers and not database:
            for key, _ in (*context, *origins):
                self.reading.left("property", key, self.things.shown(node))
            return ()
        context += [("evidence", method) for method in methods[1:]]
        context += [origin for origin in origins if papers or origin[1] != database]
        return (
            Citation(
                papers=tuple(papers),
                database="" if papers else database,
                record="" if papers or node.startswith("_:") else self.things.short(node),
                method=methods[0] if methods else "",
                summary=self.things.text(node, *_WORDS),
                context=tuple(context),
            ),
        )


def _papers_called(name: str, values: Iterable[str]) -> list[str]:
    """The papers in the values of a property whose own name says that it has some.

    >>> _papers_called("http://e/pmid", ["12"]), _papers_called("http://e/doi", ["10.1/A", "5"])
    (['PMID:12'], ['doi:10.1/a'])
    """
    letters = re.sub(r"[^a-z]", "", local(name).casefold())
    if letters not in ("pmid", "pubmed", "pubmedid", "pmcid", "doi", "publication", "publications",
                     "reference", "references", "citation"):  # fmt: skip
        return []
    numbers = letters.startswith(("pmid", "pubmed"))
    return [
        paper
        for value in values
        for paper in papers_in(value)
        if is_paper(paper) and (numbers or not value.strip().isdigit())
    ]
