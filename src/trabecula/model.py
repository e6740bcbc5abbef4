"""The records a graph is made of: entities, sources, and statements with their evidence.

All are frozen values with hashable fields. An identifier is a CURIE (`CHEBI:17823`) or, for
records curated in trabecula itself, a slug without a colon (`calcitriol`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

#: Key and value pairs, sorted by key; see `vocabulary.CONTEXT` for the keys trabecula curates.
Context: TypeAlias = tuple[tuple[str, str], ...]


#: Hexadecimal digits in an id: 128 bits, of which nobody finds two alike.
DIGITS: Final = 32


@lru_cache(maxsize=2**16)  # ids are asked for again and again; equal fields hash alike
def identity(letter: str, fields: tuple[object, ...]) -> str:
    """The id that follows from these fields: the letter and the start of the SHA-256 of their JSON.

    The letter keeps spreadsheets and programs from reading an id as a number.
    """
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return letter + hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGITS]


def grouped(context: Context) -> dict[str, tuple[str, ...]]:
    """The values of a context by key, in its order.

    >>> grouped((("severity", "mild"), ("severity", "severe"), ("sex", "male")))
    {'severity': ('mild', 'severe'), 'sex': ('male',)}
    """
    values: dict[str, tuple[str, ...]] = {}
    for key, value in context:
        values[key] = (*values.get(key, ()), value)
    return values


def mapping(context: Context) -> dict[str, str | list[str]]:
    """A context as an object of JSON: a key that has several values has them as a list."""
    return {
        key: values[0] if len(values) == 1 else list(values)
        for key, values in grouped(context).items()
    }


@dataclass(frozen=True, slots=True, order=True)
class Xref:
    """The same thing elsewhere: a CURIE, its label there, and how well it matches (SKOS)."""

    match: str  # "exact" | "close" | "broad" | "narrow" | "related"
    curie: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A node: something biological that statements are about.

    >>> Entity(id="atp", name="ATP", category="chemical").name
    'ATP'
    """

    id: str
    name: str
    category: str
    xrefs: tuple[Xref, ...] = ()
    synonyms: tuple[str, ...] = ()
    description: str = ""
    taxon: str = ""  # CURIE of NCBITaxon, where the entity belongs to one


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where evidence comes from: the article, a paper, an ontology.

    Sources of one `group` (a paper and the commentary on it, papers of one cohort) are not
    independent of each other and count once. `reference` is the number in the article's list.
    """

    id: str
    title: str = ""
    kind: str = "paper"
    study_type: str = ""
    year: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    organism: str = ""
    abstract_read: bool = False
    group: str = ""  # empty: the source stands alone
    xrefs: tuple[str, ...] = ()
    url: str = ""
    reference: str = ""
    note: str = ""
    standing: str = ""  # see `vocabulary.STANDINGS`; empty: nothing was said against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason to believe or to doubt a statement.

    The last two fields are no words of the row: a graph, which knows the sources, says so of it.
    """

    source: str
    stance: str = "supports"  # "supports" | "disputes" | "qualifies"
    strength: str = ""  # see `vocabulary.STRENGTHS`
    method: str = ""  # see `vocabulary.METHODS`
    species: str = ""
    system: str = ""
    context: Context = ()
    summary: str = ""
    locator: str = ""
    retracted: bool = False  # whether its source was
    paper: str = ""  # the id of its source under which that is counted, where it has several

    @property
    def one_source(self) -> str:
        """The id of its source by which all that one paper says has the same."""
        return self.paper or self.source

    @property
    def weighs(self) -> bool:
        """Whether it is weighed: not the words of the article, nor of what was retracted."""
        return self.strength != "asserted" and not self.retracted

    @property
    def digest(self) -> str:
        """What names this evidence within its statement: `e` and 32 hexadecimal digits."""
        return identity("e", tuple(getattr(self, name) for name in self.__slots__[:-2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A typed edge between two entities, with the evidence for and against it.

    Its identity is its meaning: subject, predicate, object, qualifiers and negation. Evidence
    and topic are about the statement and do not change which statement it is.

    >>> a = Statement(subject="magnesium", predicate="activates", object="osteoblast")
    >>> b = Statement(subject="magnesium", predicate="activates", object="osteoblast", topic="x")
    >>> a.id == b.id
    True
    """

    subject: str
    predicate: str
    object: str
    qualifiers: Context = ()
    negated: bool = False
    topic: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, Context, bool]:
        """The meaning fields."""
        return (self.subject, self.predicate, self.object, self.qualifiers, self.negated)

    @property
    def id(self) -> str:
        """`s` and 32 hexadecimal digits: the start of the SHA-256 of the meaning fields as JSON."""
        return identity("s", self.key)


Record: TypeAlias = Entity | Source | Statement
