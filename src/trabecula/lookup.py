"""Finding entities by what a person types: names, synonyms, identifiers, and their misspellings.

The page finds the same in the same order: `frontend/src/find.js` is the twin of this module, is
given its tables (`tables`), and is held to it by cases that both answer
(`frontend/test/search-cases.json`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from trabecula.graph import Graph
from trabecula.model import Entity, Source
from trabecula.pasted import pasted
from trabecula.phrases import PHRASES

#: Greek letters by their names. Each is a word of its own: TNFα is "tnf alpha".
_GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
#: Those that are seen inside other words too, as in NFkappaB.
_INSIDE: Final = (
    "alpha", "beta", "gamma", "delta", "epsilon", "theta", "kappa", "lambda", "sigma", "omega",
)  # fmt: skip

#: What no decomposition makes plain.
_PLAIN: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ς": "σ", "∆": "δ",
}  # fmt: skip

#: What is British, and what it counts as in what is typed and in what that is compared with, one
#: after the other. A blank is the end of a word.
_SPELLINGS: Final = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("z", "s"), ("ph", "f"), ("ll", "l"),
    ("tre ", "ter "), ("tres ", "ters "), ("bre ", "ber "), ("bres ", "bers "),
    ("ogue ", "og "), ("ogues ", "ogs "), ("ence ", "ense "), ("inium ", "inum "),
    ("grey", "gray"), ("mould", "mold"), ("programme", "program"), ("ageing", "aging"),
    ("artefact", "artifact"),
)  # fmt: skip

_PLAINLY: Final = str.maketrans(_PLAIN)
_WORD: Final = re.compile(rf"\d+|{'|'.join(_INSIDE)}|(?:(?!{'|'.join(_INSIDE)})[^\W\d_])+")
_SPELT: Final = str.maketrans({letter: f" {name} " for letter, name in _GREEK.items()})
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
    """The entities that `text` may mean, best first; at most `limit`.

    Case, accents, Unicode width, punctuation and blanks do not matter, nor whether a Greek letter
    is written out or a spelling is British: `25 oh d` finds 25(OH)D, `beta-catenin` β-catenin and
    `oestrogen` estrogen. Words are forgiven an edit for every four letters; digits, Greek letters
    and words of less than four letters are not: they tell vitamin K from vitamin D, IgA from IgG.

    >>> graph = Graph([Entity(id="calcitriol", name="calcitriol", category="chemical")])
    >>> [hit.why for hit in search(graph, "calcitrol")]
    ['name "calcitriol" is spelt like it']
    """
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
    found = graph.sources.values()
    own = (source for source in found if source.id.casefold() == wanted)
    other = (source for source in found if wanted in map(str.casefold, source.xrefs))
    return next(own, None) or next(other, None)


def tables() -> dict[str, Any]:
    """What the twin of this module knows of letters and spellings, in the words of JSON."""
    return {
        "greek": _GREEK,
        "inside": list(_INSIDE),
        "plain": _PLAIN,
        "spellings": [list(pair) for pair in _SPELLINGS],
        "telling": sorted(_TELLING),
        "small": sorted(_SMALL),
        "phrases": PHRASES,
    }


# --- Spellings ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """A text as plain words, and as their letters and digits alone.

    `marks` are the words that tell members of a family apart, sorted: nobody misspells them.
    """

    words: tuple[str, ...]
    letters: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """The three ways in which people write a text; where they are one, they are the same object."""

    plain: Form
    american: Form
    short: Form  # Greek letters as those write them who have none: NF-kB


def spelling(text: str) -> Spelling | None:
    """How a text is compared; nothing where it has neither letters nor digits.

    >>> spelling("NF-κB").plain.words, spelling("NF-κB").short.words
    (('nf', 'kappa', 'b'), ('nf', 'k', 'b'))
    >>> spelling("haemoglobin A₁c").american.words, spelling("1,25(OH)2D").plain.letters
    (('hemoglobin', 'a', '1', 'c'), '125oh2d')
    >>> spelling("…") is None
    True
    """
    words = _words(text)
    if not words:
        return None
    plain = _form(words)
    said = f"{' '.join(words)} "
    american = _american(said)
    short = plain if _NAMES.isdisjoint(words) else _form(_shortened(word) for word in words)
    return Spelling(plain, plain if american == said else _form(american.split()), short)


def _american(said: str) -> str:
    """Words with a blank after each of them as an American spells them."""
    for british, same in _SPELLINGS:
        said = said.replace(british, same)
    return said


_NAMES: Final = frozenset(_GREEK.values())
#: Greek letters by their names, British and American: what tells interferon beta from zeta.
_TELLING: Final = _NAMES | {_american(f"{name} ").strip() for name in _NAMES}
#: Short words that tell nothing apart.
_SMALL: Final = frozenset(("and", "by", "for", "in", "of", "on", "the", "to"))


def _form(words: Iterable[str]) -> Form:
    words = tuple(words)
    marks = (word for word in words if word in _TELLING or (len(word) < 4 and word not in _SMALL))
    return Form(words, "".join(words), tuple(sorted(marks)))


def _shortened(word: str) -> str:
    return word[0] if word in _NAMES else word


def _words(text: str) -> list[str]:
    """Letters without case and accents, apart from digits and from Greek letters."""
    if text.isascii():
        return _WORD.findall(text.lower())
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
    return _WORD.findall(bare.lower().translate(_PLAINLY).translate(_SPELT))


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
    return f" {' '.join(typed.words)}" in f" {' '.join(_words(description))}"


def _compared(typed: Spelling, written: Spelling | None) -> _Answer:
    found = _begun(typed, written)
    if found is not _NOT or written is None:
        return found
    found = _misspelt(typed.american, written.american)
    if found is _NOT and len(typed.plain.letters) > 2 and _within(typed.plain, written.plain):
        return "contains", 60.0
    return found


def _begun(typed: Spelling, written: Spelling | None) -> _Answer:
    """Whether a text is what was typed, begins with it, or has a word from which on it does."""
    if written is None:
        return _NOT
    best = _place(typed.plain, written.plain)
    for one, other in ((typed.american, written.american), (typed.short, written.short)):
        if one is typed.plain and other is written.plain:
            continue
        how, score = _place(one, other)
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
    alike = typed.marks == written.marks
    edits = _edits(typed.letters, written.letters, forgiven) if alike else _FAR
    if edits != _FAR:
        longer = max(len(typed.letters), len(written.letters))
        return "is spelt like", 85 * (1 - edits / longer)
    edits = 0
    for word in typed.words:
        edits += min(_cost(word, other) for other in written.words)
        if edits > forgiven:
            return _NOT
    whole = len(typed.words) == len(written.words)
    if whole or edits:
        return "is spelt like", (85 if whole else 75) * (1 - edits / len(typed.letters))
    return ("contains", 80.0) if len(typed.words) > 1 else _NOT


def _cost(word: str, other: str) -> int:
    """The edits that make a word the beginning of another."""
    if other.startswith(word):
        return 0
    return _FAR if word in _TELLING or other in _TELLING else _edits(word, other, len(word) // 4)


#: More edits than any text is forgiven.
_FAR: Final = 10**9


def _edits(one: str, other: str, most: int) -> int:
    """How many letters are other, too many, missing or swapped; `_FAR` beyond `most`."""
    if not most or abs(len(one) - len(other)) > most or _digits(one) != _digits(other):
        return 0 if one == other else _FAR
    edits = _distance()(one, other, score_cutoff=most)
    return edits if edits <= most else _FAR


@cache
def _distance() -> Callable[..., int]:
    from rapidfuzz.distance import OSA

    return OSA.distance


def _digits(text: str) -> str:
    return "" if text.isalpha() else "".join(filter(str.isdecimal, text))
