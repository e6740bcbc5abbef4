"""The words trabecula knows: categories, predicates and the terms that describe evidence.

The tables are read from `vocabulary.json`, which `scripts/vocabulary` writes from the ontology:
there each word is typed once, with its meaning in OWL. A graph may have words of its own, which
`about.toml` defines; `words_of` puts both together, and what is said of a graph goes by that.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, TypeVar

from trabecula.identifiers import curie_problem
from trabecula.model import About, Category, Method, Predicate, Statement, Term

# --- The tables ----------------------------------------------------------------------------------

_Term = TypeVar("_Term", Category, Predicate, Method)
_Word = TypeVar("_Word", Category, Predicate, Method, Term)


def _frozen(value: Any) -> Any:
    """Lists of JSON as tuples, at every depth."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _by_name(term: Callable[..., _Term], rows: Iterable[dict[str, Any]]) -> Mapping[str, _Term]:
    terms = (term(**{key: _frozen(value) for key, value in row.items()}) for row in rows)
    return MappingProxyType({each.name: each for each in terms})


#: Read as package data, so that a package in a zip file has it too.
_WORDS: Final[dict[str, Any]] = json.loads(pkgutil.get_data(__package__, "vocabulary.json") or b"")

CATEGORIES: Final = _by_name(Category, _WORDS["categories"])

PREDICATES: Final = _by_name(Predicate, _WORDS["predicates"])

#: What a source says of a statement.
STANCES: Final[Mapping[str, str]] = MappingProxyType(_WORDS["stances"])

#: How strongly a source can speak, strongest first. `asserted` is the article and nobody else.
STRENGTHS: Final[Mapping[str, str]] = MappingProxyType(_WORDS["strengths"])

#: Statuses a statement can have; computed by `standing.status`, never typed in.
STATUSES: Final[Mapping[str, str]] = MappingProxyType(_WORDS["statuses"])

#: What is concluded of two quantities, and what that rests on: label and definition of each.
RELATIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_WORDS["relations"])
BASES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_WORDS["bases"])

METHODS: Final = _by_name(Method, _WORDS["methods"])

#: Words that researchers use for methods, and the methods they mean.
EVIDENCE_ALIASES: Final = MappingProxyType(
    {
        "rct": "randomised-trial",
        "randomized-trial": "randomised-trial",
        "trial": "randomised-trial",
        "animal": "animal-study",
        "in-vitro": "cell-culture",
    }
)


#: Species an evidence row can name, with the taxon where one is verified.
SPECIES: Final[Mapping[str, str]] = MappingProxyType(_WORDS["species"])

#: Other words for species, in lower case, and taxa that are no more than our name for them.
SPECIES_SYNONYMS: Final = MappingProxyType(
    {
        **{taxon.casefold(): name for name, taxon in SPECIES.items() if taxon},
        "ncbitaxon:9615": "dog", "ncbitaxon:40674": "mammal", "ncbitaxon:7742": "vertebrate",
        "homo sapiens": "human", "h. sapiens": "human", "humans": "human", "man": "human",
        "rattus norvegicus": "rat", "r. norvegicus": "rat", "rats": "rat",
        "mus musculus": "mouse", "m. musculus": "mouse", "mice": "mouse",
        "bos taurus": "cattle", "b. taurus": "cattle", "cow": "cattle", "cows": "cattle",
        "bovine": "cattle", "canis lupus familiaris": "dog", "canis familiaris": "dog",
        "dogs": "dog", "mammals": "mammal", "mammalia": "mammal", "vertebrates": "vertebrate",
        "vertebrata": "vertebrate",
    }
)  # fmt: skip

#: What was looked at: a living organism, cells in culture ….
SYSTEMS: Final[Mapping[str, str]] = MappingProxyType(_WORDS["systems"])

#: Keys that say in which context something holds. Keys with values are closed lists and can be
#: qualifiers, part of a statement's meaning; keys with `None` are free text on evidence only.
CONTEXT: Final[Mapping[str, tuple[str, ...] | None]] = MappingProxyType(
    {key: _frozen(values) for key, values in _WORDS["context"].items()}
)

SOURCE_KINDS: Final[Mapping[str, str]] = MappingProxyType(_WORDS["source_kinds"])

#: What became of a source after it was published. One that was retracted supports and disputes
#: nothing.
STANDINGS: Final[Mapping[str, str]] = MappingProxyType(_WORDS["standings"])

#: How a statement was reviewed.
REVIEWS: Final[Mapping[str, str]] = MappingProxyType(_WORDS["reviews"])

#: Whether a statement was compared with its sources twice: label and definition of each.
READINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_WORDS["readings"])

#: What the number of an effect is: label and definition of each.
MEASURES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_WORDS["measures"])

#: Other words for measures, in lower case.
MEASURE_SYNONYMS: Final = MappingProxyType(
    {
        **{row["label"]: name for name, row in MEASURES.items()},
        **{name.casefold(): name for name in MEASURES},
        "relative risk": "RR", "rate ratio": "IRR", "incidence rate ratio": "IRR",
        "aor": "OR", "ahr": "HR", "weighted mean difference": "MD", "wmd": "MD", "%": "change",
        "standardized mean difference": "SMD", "percent": "change", "correlation": "r",
        "beta": "slope",
    }
)  # fmt: skip

#: Other words for the standing of a source.
STANDING_SYNONYMS: Final = MappingProxyType(
    {
        "retraction": "retracted",
        "retracted-publication": "retracted",
        "retracted-article": "retracted",
        "retracted-paper": "retracted",
        "retracted-chapter": "retracted",
        "withdrawal": "retracted",
        "withdrawn": "retracted",
        "removed": "retracted",
        "correction": "corrected",
        "corrigendum": "corrected",
        "erratum": "corrected",
        "concern": "expression-of-concern",
    }
)

#: How well two terms match, closest first (SKOS).
MATCHES: Final[tuple[str, ...]] = _frozen(_WORDS["matches"])


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
        """The row of a predicate. One that no table knows ties two things and carries nothing."""
        return self.predicates.get(name) or _foreign(name)

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


@lru_cache(maxsize=2**12)
def _foreign(name: str) -> Predicate:
    """The row of a predicate from elsewhere: its name is a label, once it has no prefix."""
    label = readable(name) or "is related to"
    return Predicate(
        name=name,
        label=label,
        inverse="",
        inverse_label=f"{label} (reversed)",
        definition="",
        influence="none",
    )


def is_elsewhere(word: str) -> bool:
    """Whether a category or predicate is one of another vocabulary, which is kept as it is.

    >>> is_elsewhere("biolink:Gene"), is_elsewhere("http://example.org/near"), is_elsewhere("gene")
    (True, True, False)
    """
    return word.startswith(("http://", "https://")) or not curie_problem(word)


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


def readable(name: str) -> str:
    """A name from elsewhere as a reader says it.

    >>> readable("biolink:interacts_with"), readable("biolink:RNAProduct"), readable("http://example.org/a#isNear")
    ('interacts with', 'RNA product', 'is near')
    """
    end = re.split(r"[:/#]", name.rstrip(":/#"))[-1]
    words = _HUMPS.sub(" ", end).replace("_", " ").split()
    return " ".join(word.lower() if word.istitle() else word for word in words)


#: Where one word ends and the next begins that have been written as one: `RNA|Product`.
_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])")


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
