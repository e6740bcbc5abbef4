"""The reasons that a file gives for its edges: rows of evidence, and the sources of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Final

from trabecula.canonical import canonical, is_paper
from trabecula.characters import line_of
from trabecula.mapping.items import Citation, Edge
from trabecula.mapping.naming import Namer
from trabecula.mapping.predicates import worded
from trabecula.mapping.remembered import Remembered
from trabecula.model import Context, Evidence, Source
from trabecula.prefixes import SOURCE
from trabecula.regular import source_id
from trabecula.settled import settled
from trabecula.vocabulary import CONTEXT, METHODS, SYSTEMS

#: The strength of what somebody else's graph gives as evidence; see `vocabulary.STRENGTHS`.
CURATED: Final = "curated"
#: What a citation says of how it is known.
_OF_HOW: Final = attrgetter("method", "species", "context")
_BY_ECO: Final = {row.eco: name for name, row in METHODS.items() if row.eco and not row.design}


class Reasons:
    """What makes evidence of the citations of one file, and the sources and contexts they name.

    `file` is what the file is called: it denies what it says is not so where no source does.
    """

    def __init__(self, namer: Namer, file: str) -> None:
        self.namer, self.file = namer, file
        self.sources: dict[str, Source] = {}
        self._described: set[str] = set()  # of which the file says more
        self.papers: set[str] = set()
        #: Keys of contexts that the graph has to declare.
        self.context: set[str] = set()
        self._contexts = Remembered(self._pairs)
        self._spelt = Remembered(self._paper)
        self._hows = Remembered(self._how)

    def of(self, edge: Edge, *, denies: bool) -> Iterator[Evidence]:
        """The rows of evidence of an edge. What is denied is denied by somebody: by the file."""
        citations = edge.citations
        if denies:
            limits = tuple(citation for citation in citations if citation.stance == "qualifies")
            denials = [
                replace(citation, stance="disputes")
                for citation in citations
                if citation not in limits
            ]
            if not any(map(_names_somebody, denials)):
                denials = [Citation(database=self.file, locator=edge.place,
                                    stance="disputes")]  # fmt: skip
            citations = (*denials, *limits)
        for citation in dict.fromkeys(citations) if len(citations) > 1 else citations:
            yield from self._rows(citation)

    def cited(self, citation: Citation) -> Iterable[str]:
        """The sources of a citation: its papers, or else the database that says so."""
        papers = {self.paper(text): text for text in citation.papers if text.strip()}
        if papers:
            for paper, text in papers.items():
                if paper not in self.sources:  # a reference in words is its own title
                    title = line_of(text) if ":" not in paper else ""
                    title = title if " " in title else ""
                    self.sources[paper] = Source(id=paper, kind="cited", title=title)
                if paper not in self.papers and is_paper(paper):
                    self.papers.add(paper)
            return papers
        if not citation.database:
            return ()
        name = line_of(citation.database)
        key = self._identifier(name)
        if is_paper(key):  # of a mapping, where it is taken from may be a paper
            self.papers.add(key)
            self.sources.setdefault(key, Source(id=key, kind="cited"))
        else:
            source = self.sources.get(key)
            if source is None or source.title != name or source.kind == "cited":
                self._database(key, name, source)
        return (key,)

    def _database(self, key: str, name: str, source: Source | None) -> None:
        """Take a database; what becomes of it hangs on no order, for columns have another one.

        One that is cited like a paper elsewhere is a database still, and of several spellings it is
        called by the one that has small letters first.
        """
        if key in self._described:
            return
        if source is None or source.kind == "cited" or name.swapcase() < source.title.swapcase():
            self.sources[key] = Source(id=key, title=name, kind="ontology")

    def paper(self, text: str) -> str:
        """The identifier of a paper, in the one spelling of its registry."""
        return self._spelt[text]

    def _paper(self, text: str) -> str:
        identifier = source_id(" ".join(text.split()))
        return identifier if is_paper(identifier) else source_id(self._identifier(identifier))

    def _identifier(self, text: str) -> str:
        """The identifier of what is no paper; one of ours is called so whatever its letters."""
        told = "source" in self.namer.declared or "source" in self.namer.extra
        is_ours = text.startswith("source:") and not told
        return settled(text, SOURCE) if is_ours else self.namer.identifier(text)

    def _rows(self, citation: Citation) -> Iterator[Evidence]:
        """A row for each source of a citation, which differ in nothing else."""
        method, species, system, context = self._hows[_OF_HOW(citation)]
        summary, locator = citation.summary, citation.locator
        if citation.record:
            locator = f"{citation.database} {citation.record}".strip()
        summary, locator = summary and line_of(summary), locator and line_of(locator)
        for source in self.cited(citation):
            yield Evidence(
                source=source,
                stance=citation.stance,
                strength=CURATED,
                method=method,
                species=species,
                system=system,
                context=context,
                summary=summary,
                locator=locator,
                effect=citation.effect,
            )

    def _how(self, reason: tuple[str, str, Context]) -> tuple[str, str, str, Context]:
        """Method, species, system and context of the rows of a citation that says these."""
        written, species, context = reason
        method = _BY_ECO.get(canonical(written), written if written in METHODS else "")
        if written and not method:
            context = (*context, ("evidence", written))
        systems = [pair for pair in context if pair[0] == "system" and pair[1] in SYSTEMS]
        if len(systems) == 1:
            context = tuple(pair for pair in context if pair not in systems)
        system = systems[0][1] if len(systems) == 1 else ""
        return method, line_of(species), system, self.pairs(context)

    def pairs(self, pairs: Context) -> Context:
        """A context in keys that a graph can declare, in order; the same for many rows."""
        return self._contexts[pairs]

    def _pairs(self, pairs: Context) -> Context:
        made = []
        for key, value in pairs:
            name, text = worded(key).casefold(), line_of(value)
            if text:
                made.append((name, text))
                if name not in CONTEXT:
                    self.context.add(name)
        return tuple(sorted(set(made)))

    def describe(self, source: Source) -> None:
        """Take what the file says of a paper or database."""
        key = self.paper(source.id)
        self.sources[key] = replace(source, id=key, title=line_of(source.title))
        self._described.add(key)


def _names_somebody(citation: Citation) -> bool:
    return bool(citation.database or any(paper.strip() for paper in citation.papers))
