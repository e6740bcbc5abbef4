"""Finding entities by what a person types: names, synonyms, identifiers, and their misspellings.

The page finds the same in the same order: `frontend/src/find.js` is the twin of this module, is
given its tables (`tables`), and is held to it by cases that both answer
(`frontend/test/search-cases.json`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from trabecula.errors import require_text, require_whole
from trabecula.graph import Graph, require_graph
from trabecula.model import Entity, Source
from trabecula.pasted import pasted
from trabecula.phrases import PHRASES
from trabecula.spelling import (
    GREEK,
    INSIDE,
    PLAIN,
    SMALL,
    SPELLINGS,
    TELLING,
    Form,
    Spelling,
    content_words,
    spelling,
    words_of,
)

#: An address, of which the last part is looked for: CHEBI_17823 of one at OBO.
_ADDRESS: Final = re.compile(r"\s*https?://\S*[/#=]([^\s/#=]+)[/#]*\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found, and why: which of its texts matched, and how well (0 to 100)."""

    entity: Entity
    score: float
    field: str  # "name" | "id" | "synonym" | "identifier" | "close match" … | "description"
    text: str
    #: "is" | "begins with" | "contains" | "is spelt like" | "comes near" | "mentions" | "means"
    how: str

    @property
    def why(self) -> str:
        """The reason in words: `synonym "PTH" is what you typed`."""
        if self.how == "is":
            return f'{self.field} "{self.text}"'
        if self.how == "means":
            return f'another way to say "{self.text}"'
        if self.how == "mentions":
            return "mentioned in the description"
        if self.how == "comes near":
            return f'identifier "{self.text}" comes near it'
        return f'{self.field} "{self.text}" {self.how} it'


def search(graph: Graph, text: str, limit: int = 10) -> list[Hit]:
    """The entities that `text` may mean, best first; at most `limit`, one or more.

    Case, accents, Unicode width, punctuation and blanks do not matter, nor whether a Greek letter
    is written out or a spelling is British: `25 oh d` finds 25(OH)D, `beta-catenin` β-catenin and
    `oestrogen` estrogen. Words are forgiven an edit for every four letters, two at most; digits,
    Greek letters and words of less than four letters are not: they tell vitamin K from vitamin D,
    IgA from IgG. Nor is too much ever taken for too little: hypo- is not a misspelt hyper-.

    >>> graph = Graph([Entity(id="calcitriol", name="calcitriol", category="chemical")])
    >>> [hit.why for hit in search(graph, "calcitrol")]
    ['name "calcitriol" is spelt like it']
    """
    require_graph(graph)
    require_text(text, "what is looked for")
    require_whole(limit, "the most hits")
    if limit < 1:
        raise ValueError(f"{limit} is no number of hits: give 1 or more")
    address = _ADDRESS.fullmatch(text)
    typed = spelling(pasted(text) or (address[1] if address else text))
    if typed is None:
        return []
    hits = []
    for entity in graph.answering(typed):
        best = max(_hits(entity, typed), key=lambda hit: hit.score, default=None)
        if best is not None:
            hits.append(best)
    if not any(hit.how == "is" for hit in hits) and (meant := graph.names.otherwise(text)):
        entity, name = graph.entities[graph.names.ids[meant[0]]], meant[1]
        hits = [hit for hit in hits if hit.entity.id != entity.id]
        hits.append(Hit(entity, 99.0, "name", name, "means"))
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
    mentioned = [*graph.mentioning(wanted)]
    own = (source for source in mentioned if source.id.casefold() == wanted)
    other = (source for source in mentioned if wanted in map(str.casefold, source.xrefs))
    return next(own, None) or next(other, None)


def tables() -> dict[str, Any]:
    """What the twin of this module knows of letters and spellings, in the words of JSON."""
    return {
        "greek": GREEK,
        "inside": list(INSIDE),
        "plain": PLAIN,
        "spellings": [list(pair) for pair in SPELLINGS],
        "telling": sorted(TELLING),
        "small": sorted(SMALL),
        "phrases": PHRASES,
    }


# --- Comparison -----------------------------------------------------------------------------

#: How a text answers to what was typed, and how well; no words and 0 where it does not.
_Answer = tuple[str, float]
_NOT: Final[_Answer] = ("", 0.0)


def _hits(entity: Entity, typed: Spelling) -> Iterator[Hit]:
    """Every way in which an entity answers to the text; earlier fields win by a hair."""
    fields = [("name", entity.name), ("id", entity.id)]
    fields += [("synonym", synonym) for synonym in entity.synonyms]
    for rank, (field, text) in enumerate(fields):
        how, score = _compared(typed, spelling(text))
        if how:
            yield Hit(entity, score - rank / 1000, field, text, how)
    for rank, xref in enumerate(entity.xrefs, len(fields)):
        exact = xref.match == "exact"
        how, score = _begun(typed, spelling(xref.curie))
        if how:
            field = "identifier" if exact else f"{xref.match} match"
            yield Hit(entity, score - (0 if exact else 10) - rank / 1000, field, xref.curie, how)
    if _mentioned(typed.plain, entity.description):
        yield Hit(entity, 50.0, "description", entity.description, "mentions")


def _mentioned(typed: Form, description: str) -> bool:
    """Whether a description has the words that were typed, of which the last need not be whole."""
    if len(typed.letters) < 4 or (
        description.isascii() and typed.words[0] not in description.lower()
    ):
        return False
    return f" {' '.join(typed.words)}" in f" {' '.join(words_of(description))}"


def _compared(typed: Spelling, written: Spelling | None) -> _Answer:
    best = _begun(typed, written)
    if best is not _NOT or written is None:
        return best
    best = _misspelt(typed.american, written.american)
    if best is _NOT and len(typed.plain.letters) > 2 and _within(typed.plain, written.plain):
        return "contains", 60.0
    return best


def _begun(typed: Spelling, written: Spelling | None) -> _Answer:
    """Whether a text is what was typed, begins with it, or has a word from which on it does."""
    if written is None:
        return _NOT
    best = _place(typed.plain, written.plain)
    for typed_form, written_form in (
        (typed.american, written.american),
        (typed.short, written.short),
    ):
        if typed_form is typed.plain and written_form is written.plain:
            continue
        how, score = _place(typed_form, written_form)
        if score - 0.5 > best[1]:
            best = how, score - 0.5
    return best


def _place(typed: Form, written: Form) -> _Answer:
    """Where in a text what was typed begins, at a word and whatever blanks are in it."""
    sought, rest = typed.letters, written.letters
    if sought not in rest:
        return _NOT
    if rest.startswith(sought):
        return ("is", 100.0) if len(rest) == len(sought) else ("begins with", 95.0)
    at = 0
    for word in written.words if len(sought) > 1 else ():
        if rest.startswith(sought, at):
            return "contains", 90.0
        at += len(word)
    return _NOT


def _within(typed: Form, written: Form) -> bool:
    return typed.letters in written.letters and " ".join(typed.words) in " ".join(written.words)


def _misspelt(typed: Form, written: Form) -> _Answer:
    """Whether a text has the words that were typed in another order, or spelt in another way."""
    forgiven = len(typed.letters) // 4
    # Words are compared one by one, but where a blank is too many or missing.
    whole = len(typed.words) == len(written.words)
    if typed.marks == written.marks and not (whole and len(typed.words) > 1):
        edits = _misspellings(typed.letters, written.letters)
        if edits != _FAR:
            longer = max(len(typed.letters), len(written.letters))
            return "is spelt like", 85 * (1 - edits / longer)
    edits = 0
    for word in content_words(typed):
        edits += min(_cost(word, other) for other in written.words)
        if edits > forgiven:
            return _NOT
    if whole or edits:
        return "is spelt like", (85 if whole else 75) * (1 - edits / len(typed.letters))
    return ("contains", 80.0) if len(typed.words) > 1 else _NOT


def _cost(word: str, other: str) -> int:
    """The edits that make a word the beginning of another."""
    if other.startswith(word):
        return 0
    return _FAR if word in TELLING or other in TELLING else _misspellings(word, other)


def _misspellings(first: str, second: str) -> int:
    """The edits between two texts without blanks; `_FAR` where they are more than are forgiven."""
    edits = _edits(first, second, min(len(first) // 4, _FORGIVEN))
    return _FAR if edits not in (0, _FAR) and _opposed(first, second) else edits


def _opposed(first: str, second: str) -> bool:
    """Whether one word is of too much and the other of too little."""
    much, little = ("hyper", "hypo") if first.startswith("hyper") else ("hypo", "hyper")
    return first.startswith(much) and second.startswith(little)


#: The most edits that a word is forgiven.
_FORGIVEN: Final = 2

#: More edits than any text is forgiven.
_FAR: Final = 10**9


def _edits(first: str, second: str, most: int) -> int:
    """How many letters are other, too many, missing or swapped; `_FAR` beyond `most`."""
    if not most or abs(len(first) - len(second)) > most or _digits(first) != _digits(second):
        return 0 if first == second else _FAR
    edits = _distance()(first, second, score_cutoff=most)
    return edits if edits <= most else _FAR


@cache
def _distance() -> Callable[..., int]:
    from rapidfuzz.distance import OSA

    return OSA.distance


def _digits(text: str) -> str:
    return "" if text.isalpha() else "".join(filter(str.isdecimal, text))
