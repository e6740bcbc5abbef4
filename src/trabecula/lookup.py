"""Finding entities by what a person types: names, synonyms, identifiers, and their misspellings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from trabecula.graph import Graph
from trabecula.identifiers import pasted
from trabecula.model import Entity, Source

#: Below this similarity (0 to 100) two spellings are different words.
_SIMILAR = 74.0
#: How well a cross-reference matches, the best first.
_MATCHES = ("exact", "close", "narrow", "broad", "related")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found, and why: which of its texts matched, and how well (0 to 100)."""

    entity: Entity
    score: float
    field: str  # "id" | "name" | "synonym" | "identifier" | "description"
    text: str
    how: str  # "is" | "begins with" | "contains" | "is spelt like" | "comes near" | "mentions"

    @property
    def why(self) -> str:
        """The reason in words: `synonym "PTH" is what you typed`."""
        if self.how == "is":
            return f'{self.field} "{self.text}"'
        if self.how == "mentions":
            return "mentioned in the description"
        if self.how == "comes near":
            return f'identifier "{self.text}" comes near it'
        return f'{self.field} "{self.text}" {self.how} it'


def search(graph: Graph, text: str, limit: int = 10) -> list[Hit]:
    """The entities that `text` may mean, best first; at most `limit`.

    Case, Unicode width and punctuation do not matter: `25 oh d` finds 25(OH)D. Spellings are
    compared by normalised insertions and deletions (rapidfuzz `ratio`). Identifiers are compared
    exactly, however they were pasted; those of terms that only come near count less.

    >>> graph = Graph([Entity(id="calcitriol", name="calcitriol", category="chemical")])
    >>> [hit.why for hit in search(graph, "calcitrol")]
    ['name "calcitriol" is spelt like it']
    """
    typed, curie = _folded(text), pasted(text)
    if not typed:
        return []
    hits = []
    for entity in graph.entities.values():
        best = max(_hits(entity, typed, curie), key=lambda hit: hit.score, default=None)
        if best is not None:
            hits.append(best)
    hits.sort(key=lambda hit: (-hit.score, len(hit.text), hit.entity.id))
    return hits[:limit]


def source(graph: Graph, name: str) -> Source | None:
    """The source with this id or other identifier, however it was pasted; or None.

    >>> graph = Graph([Source(id="PMID:1", xrefs=("doi:10.1000/Abc",))])
    >>> [source(graph, x).id for x in ("pmid:1", "https://doi.org/10.1000/ABC")]
    ['PMID:1', 'PMID:1']
    """
    if name in graph.sources:
        return graph.sources[name]
    wanted = (pasted(name) or name.strip()).casefold()
    found = graph.sources.values()
    own = (source for source in found if source.id.casefold() == wanted)
    other = (source for source in found if wanted in map(str.casefold, source.xrefs))
    return next(own, None) or next(other, None)


def _hits(entity: Entity, typed: str, curie: str) -> Iterator[Hit]:
    """Every way in which an entity answers to the text; earlier fields win by a hair."""
    fields = [("name", entity.name), ("id", entity.id)]
    fields += [("synonym", synonym) for synonym in entity.synonyms]
    fields += [("identifier", xref.curie) for xref in entity.xrefs if xref.match == "exact"]
    for rank, (field, text) in enumerate(fields):
        how, score = _compared(typed, _folded(text), fuzzy=field != "identifier")
        if how:
            yield Hit(entity, score - rank / 1000, field, text, how)
    for xref in entity.xrefs:
        if curie and xref.curie.casefold() == curie.casefold():
            how, score = ("is", 100.0) if xref.match == "exact" else ("comes near", 80.0)
            score -= _MATCHES.index(xref.match) / 100
            yield Hit(entity, score, "identifier", xref.curie, how)
    if len(typed) > 3 and typed in _folded(entity.description):
        yield Hit(entity, 50.0, "description", entity.description, "mentions")


def _compared(typed: str, text: str, *, fuzzy: bool) -> tuple[str, float]:
    from rapidfuzz import fuzz

    if typed == text or _letters(typed) == _letters(text):
        return "is", 100.0
    if text.startswith(typed):
        return "begins with", 95.0
    if f" {typed}" in f" {text}" and len(typed) > 1:
        return "contains", 90.0
    if not fuzzy:
        return "", 0.0
    similarity = max(fuzz.ratio(typed, text), fuzz.token_sort_ratio(typed, text))
    if similarity >= _SIMILAR:
        return "is spelt like", similarity * 0.85
    if typed in text and len(typed) > 2:
        return "contains", 60.0
    return "", 0.0


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _letters(text: str) -> str:
    """Only letters and digits, so that hyphens, blanks and brackets do not matter."""
    return "".join(character for character in text if character.isalnum())
