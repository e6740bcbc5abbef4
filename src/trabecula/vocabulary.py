"""The words of a graph: those that trabecula knows (`terms`), and its own.

`about.toml` defines words of a graph's own; `words_of` puts both together, and what is said of a
graph goes by that. A predicate that neither defines means what it means where it comes from
(`elsewhere`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeVar

from trabecula import elsewhere
from trabecula.elsewhere import is_elsewhere, readable
from trabecula.model import About, Category, Method, Predicate, Statement, Term
from trabecula.terms import (
    BASES,
    CATEGORIES,
    CONTEXT,
    EVIDENCE_ALIASES,
    MATCHES,
    MEASURE_SYNONYMS,
    MEASURES,
    METHODS,
    PREDICATES,
    READINGS,
    RELATIONS,
    REVIEWS,
    SOURCE_KINDS,
    SPECIES,
    SPECIES_SYNONYMS,
    STANCES,
    STANDING_SYNONYMS,
    STANDINGS,
    STATUSES,
    STRENGTHS,
    SYSTEMS,
)  # fmt: skip

__all__ = [
    "BASES",
    "CATEGORIES",
    "CONTEXT",
    "EVIDENCE_ALIASES",
    "MATCHES",
    "MEASURES",
    "MEASURE_SYNONYMS",
    "METHODS",
    "PREDICATES",
    "READINGS",
    "RELATIONS",
    "REVIEWS",
    "SOURCE_KINDS",
    "SPECIES",
    "SPECIES_SYNONYMS",
    "STANCES",
    "STANDINGS",
    "STANDING_SYNONYMS",
    "STATUSES",
    "STRENGTHS",
    "SYSTEMS",
    "WORDS",
    "Vocabulary",
    "category_words",
    "is_elsewhere",
    "kin",
    "readable",
    "relation",
    "words_of",
]  # fmt: skip

_Word = TypeVar("_Word", Category, Predicate, Method, Term)


def relation(name: str) -> Predicate:
    """The row of a predicate of ours; see `Vocabulary.relation`.

    >>> relation("biolink:interacts_with").influence
    'none'
    """
    return WORDS.relation(name)


# --- The words of a graph --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Every word that a graph may use: those of all graphs, then its own.

    `ordinary` are the pairs of a context that narrow nothing, `sections` those of an audited text.
    `intervals`, `directionless` and `focus` are as in `model.About`.
    """

    categories: Mapping[str, Category]
    predicates: Mapping[str, Predicate]
    methods: Mapping[str, Method]
    context: Mapping[str, tuple[str, ...] | None]
    topics: Mapping[str, Term]
    ordinary: frozenset[tuple[str, str]] = frozenset()
    sections: tuple[str, ...] = ()
    intervals: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    directionless: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()

    def relation(self, name: str) -> Predicate:
        """The row of a predicate: the graph's own, ours, or what it means where it comes from."""
        return self.predicates.get(name) or elsewhere.relation(name)

    def kind_of(self, category: str) -> Category | None:
        """The row of a category, or of the one of ours that a class of Biolink belongs to.

        >>> WORDS.kind_of("biolink:Disease").name, WORDS.kind_of("biolink:Gene")
        ('condition', None)
        """
        return self.categories.get(category) or CATEGORIES.get(kin(category))

    def sign_of(self, statement: Statement) -> int:
        """The sign of a statement: that of its predicate, and 0 where it is negated or unknown."""
        return 0 if statement.negated else self.relation(statement.predicate).sign

    def structure(self) -> frozenset[str]:
        """The predicates that are links of structure."""
        return frozenset(name for name, row in self.predicates.items() if row.structure)

    def primary(self) -> frozenset[str]:
        """The methods that yield data of their own, as against restating the data of others."""
        return frozenset(name for name, row in self.methods.items() if row.primary)


def kin(category: str) -> str:
    """The category of ours that looks and is spoken of as a class of Biolink does, or its own name.

    >>> kin("biolink:SmallMolecule"), kin("biolink:Cell"), kin("biolink:Gene")
    ('chemical', 'cell', 'biolink:Gene')
    """
    return _KIN.get(category, category)


#: Classes of Biolink by the category of ours that they are, or are kinds of.
_KIN: Final = MappingProxyType(
    {
        **{row.biolink: row.name for row in reversed(tuple(CATEGORIES.values())) if row.biolink},
        "biolink:BehavioralFeature": "condition",
        "biolink:CellularComponent": "anatomy",
        "biolink:ChemicalMixture": "chemical",
        "biolink:ClinicalFinding": "condition",
        "biolink:Disease": "condition",
        "biolink:Drug": "chemical",
        "biolink:GrossAnatomicalStructure": "anatomy",
        "biolink:MolecularMixture": "chemical",
        "biolink:Pathway": "process",
        "biolink:PhenotypicFeature": "condition",
        "biolink:PhysiologicalProcess": "process",
        "biolink:Polypeptide": "protein",
        "biolink:Procedure": "intervention",
        "biolink:SmallMolecule": "chemical",
    }
)


def category_words(category: str, words: Vocabulary | None = None) -> str:
    """The category as a reader says it.

    >>> category_words("condition"), category_words("biolink:Gene")
    ('disease or phenotype', 'gene')
    """
    row = (words.categories if words else CATEGORIES).get(category)
    return row.label if row else readable(category) or "no category"


#: What narrows nothing in any graph, for it is the ordinary case.
_ORDINARY: Final = frozenset((("age", "adult"), ("amount", "normal")))


@lru_cache(maxsize=64)
def words_of(about: About) -> Vocabulary:
    """The words of a graph that says this of itself; the graph's own win over ours.

    >>> own = Predicate(name="degrades", label="degrades", inverse="", inverse_label="",
    ...                 definition="", sign=-1, influence="forward")
    >>> words_of(About(predicates=(own,))).relation("degrades").sign
    -1
    """

    def with_own(table: Mapping[str, _Word], own: Iterable[_Word]) -> Mapping[str, _Word]:
        return MappingProxyType({**table, **{word.name: word for word in own}})

    # What is a list of values is closed, and stands before what is free text.
    context = {**CONTEXT, **{key: values or None for key, values in about.context}}
    closed = {key: values for key, values in context.items() if values is not None}
    return Vocabulary(
        categories=with_own(CATEGORIES, about.categories),
        predicates=with_own(PREDICATES, about.predicates),
        methods=with_own(METHODS, about.methods),
        context=MappingProxyType({**closed, **context}),
        topics=with_own({}, about.topics),
        ordinary=_ORDINARY.union(about.ordinary),
        sections=about.sections,
        intervals=about.intervals,
        directionless=about.directionless,
        focus=about.focus,
    )


#: The words of a graph that has none of its own.
WORDS: Final = words_of(About())
