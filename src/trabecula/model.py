"""The records a graph is made of: entities, sources, and statements with their evidence.

All are frozen values with hashable fields. An identifier is a CURIE (`CHEBI:17823`) or, for
records curated in trabecula itself, a slug without a colon (`calcitriol`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from typing import Any, Final, TypeAlias

#: Key and value pairs, sorted by key; see `vocabulary.CONTEXT` for the keys trabecula curates.
Context: TypeAlias = tuple[tuple[str, str], ...]


#: Hexadecimal digits in an id: 128 bits, of which nobody finds two alike.
DIGITS: Final = 32


def _as_json(fields: tuple[object, ...]) -> str:
    """Texts, truths and tuples of these as JSON without blanks; an encoder takes ten times as long.

    >>> _as_json(("a", (("b", "c"),), True))
    '["a",[["b","c"]],true]'
    """
    return f"[{','.join([_WRITERS[type(field)](field) for field in fields])}]"


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    str: quoted,
    bool: {True: "true", False: "false"}.__getitem__,
    tuple: _as_json,
}


@lru_cache(maxsize=2**16)  # ids are asked for again and again; equal fields hash alike
def identity(letter: str, fields: tuple[object, ...]) -> str:
    """The id that follows from these fields: the letter and the start of the SHA-256 of their JSON.

    The letter keeps spreadsheets and programs from reading an id as a number.
    """
    digest = hashlib.sha256(_as_json(fields).encode("utf-8", "surrogatepass"))
    return letter + digest.hexdigest()[:DIGITS]


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
    standing_date: str = ""  # when that was looked up, ISO 8601
    volume: str = ""
    issue: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The size of an effect in the numbers of its source; what it does not give is empty text.

    Numbers are texts, so that they keep the digits of the source: `1.80` is not `1.8`. `low` and
    `high` are the ends of the interval around `value`, `level` its confidence in per cent. `unit`
    is one of UCUM; `dose` and `time` are a number and a unit (`15 mmol/d`, `30 d`). See
    `effects.faults` for what fits together.
    """

    measure: str = ""  # see `vocabulary.MEASURES`
    value: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    level: str = ""
    n: str = ""  # how many people or animals it comes from
    dose: str = ""
    time: str = ""
    comparator: str = ""  # what is compared with what

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return any(getattr(self, name) for name in self.__slots__)

    @property
    def filled(self) -> dict[str, str]:
        """The fields that are not empty, by name."""
        texts = {name: getattr(self, name) for name in self.__slots__}
        return {name: text for name, text in texts.items() if text}


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
    effect: Effect | None = None  # its size, where the source gives numbers
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
        """What names this evidence within its statement: `e` and 32 hexadecimal digits.

        Its effect is part of it where it has one: two sizes of one source are two findings.
        """
        texts = _words_of(self)
        return identity("e", (*texts, *self.effect.filled.items()) if self.effect else texts)


#: What the row itself says, as texts.
_words_of = attrgetter(*Evidence.__slots__[:-3])


@dataclass(frozen=True, slots=True, order=True)
class Review:
    """That somebody who did not write it read a statement, with all its evidence as it then was.

    `rows` is the `digest` that the statement had; where it has another, the review is stale.
    """

    date: str  # ISO 8601
    kind: str  # see `vocabulary.REVIEWS`
    reader: str  # in which role, such as `second-reader`
    rows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A typed edge between two entities, with the evidence for and against it.

    Its identity is its meaning: subject, predicate, object, qualifiers and negation. Evidence,
    topic and reviews are about the statement and do not change which statement it is.

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
    reviews: tuple[Review, ...] = ()

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that change with its evidence."""
        return identity("r", tuple(sorted(row.digest for row in self.evidence)))[1:9]

    @property
    def key(self) -> tuple[str, str, str, Context, bool]:
        """The meaning fields."""
        return (self.subject, self.predicate, self.object, self.qualifiers, self.negated)

    @property
    def id(self) -> str:
        """`s` and 32 hexadecimal digits: the start of the SHA-256 of the meaning fields as JSON."""
        return identity("s", self.key)


# --- The words of a graph --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of entity: an OWL class and its nearest Biolink class."""

    name: str
    iri_name: str  # local name of the class in the ontology
    label: str
    definition: str
    biolink: str
    parent: str  # local name of the superclass in the ontology
    #: What is said of what has this category where there is more of it, and less: `{}` is its name.
    raised: str = "raises {}"
    lowered: str = "lowers {}"
    amount: str = "{}"  # that of which there is more, without an article: "activity of {}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A kind of statement.

    `kind` says what it makes of two quantities: the one `changes`, `needs`, `names` or `goes with`
    the other, or `structure`; empty where it makes nothing of them. `sign` is +1 where more of the
    one goes with more of the other, -1 where more goes with less and 0 where the predicate does not
    say. `influence` is the way in which a change travels: `forward` from subject to object,
    `reverse` from object to subject (what is required acts on what requires it), `both` where the
    two are one state seen twice, `none` where the statement is structure or mere correlation.
    `state` says in which way the subject is a state of the object: a `form` of it, its `level`, its
    `lack` or its `excess`. `structure` says what link of structure it is (`kind`, `state`, `part`,
    `place`), which paths cross only where that is asked for. `domain` and `range` list categories;
    empty means any. `mappings` pairs a SKOS match with a term of RO, BFO, RDFS, SIO or Biolink.
    """

    name: str
    label: str
    inverse: str  # local name of the inverse property; equal to `name` for symmetric ones
    inverse_label: str
    definition: str
    sign: int = 0
    kind: str = ""
    influence: str = "none"
    state: str = ""
    structure: str = ""
    symmetric: bool = False
    transitive: bool = False
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    mappings: tuple[tuple[str, str], ...] = ()
    bel: str = ""

    @property
    def acts(self) -> bool:
        """Whether the one acts on the other: it does not where it goes with it, or names it."""
        return self.influence in ("forward", "reverse")


@dataclass(frozen=True, slots=True)
class Method:
    """How evidence was gained: an ECO term and, where ECO has none, a study design."""

    name: str
    label: str
    eco: str
    design: str = ""
    primary: bool = False  # whether it yields data of its own, as against restating those of others


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a graph, such as a topic: its name in the data, its label, what it means."""

    name: str
    label: str = ""
    definition: str = ""

    def __str__(self) -> str:
        """As a reader says it."""
        return self.label or self.name.replace("-", " ").replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a graph is and whose, and the words it has of its own.

    Every field may be empty: of a graph that says nothing of itself nothing is claimed, least of
    all a licence. `namespace` is the IRI that its own identifiers are put behind. `sections` are
    those of an audited text, in its order; `ordinary` are pairs of context that narrow nothing.
    `focus` are the ids of what the graph is about: its core is around them.
    """

    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    licence: str = ""  # a web address, best that of SPDX or Creative Commons
    version: str = ""
    date: str = ""  # ISO 8601
    home: str = ""
    namespace: str = ""
    topics: tuple[Term, ...] = ()
    sections: tuple[str, ...] = ()
    ordinary: Context = ()
    intervals: tuple[tuple[str, str, Context], ...] = ()  # key, entity, (value, interval) …
    directionless: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    methods: tuple[Method, ...] = ()
    context: tuple[tuple[str, tuple[str, ...]], ...] = ()  # key, its values
    prefixes: tuple[tuple[str, str], ...] = ()  # prefix, the IRI behind which its identifiers stand

    @property
    def id(self) -> str:
        """What messages call it: a graph has one record of itself."""
        return "about"


Record: TypeAlias = About | Entity | Source | Statement
