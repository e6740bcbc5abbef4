"""The tables of words: categories, predicates and the terms that describe evidence.

They are read from `vocabulary.json`, which `scripts/vocabulary` writes from the ontology: there
each word is typed once, with its meaning in OWL.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from trabecula.model import Category, Method, Predicate

_Term = TypeVar("_Term", Category, Predicate, Method)


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
