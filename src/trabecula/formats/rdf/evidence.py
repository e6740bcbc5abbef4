"""Pieces of evidence, and the contexts of these and of statements, as properties with values."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import Final
from urllib.parse import quote, unquote

from trabecula.effects import is_number
from trabecula.formats.rdf.ontology import EFFECT_VALUES, EVIDENCE_TEXTS, TERMS, UNKNOWN_KEY
from trabecula.formats.rdf.rows import (
    BOOLEAN,
    IN_TAXON,
    STRING,
    TYPE,
    XSD,
    Filled,
    Kind,
    Pairs,
    Property,
    called,
    given,
    property_of,
    term,
)
from trabecula.model import Context, Effect, Evidence, identity
from trabecula.prefixes import ENTITY, EVIDENCE, ONTOLOGY, SOURCE
from trabecula.vocabulary import CONTEXT, SPECIES, Vocabulary

_FROM: Final = called("dct:source", SOURCE)
_EVIDENCE_TEXTS: Final = {attribute: called(name) for name, attribute in EVIDENCE_TEXTS.items()}
_EVIDENCE_TYPE: Final = called("tb:evidenceType", ENTITY)
_STUDY_DESIGN: Final = called("tb:studyDesign", ENTITY)
_WAS_RETRACTED: Final = ((called("tb:retracted", BOOLEAN), "true"),)


def evidence_row(row: Evidence, words: Vocabulary) -> Filled:
    """What is said of a piece of evidence."""
    rest: Pairs = _effect(row.effect) if row.effect else []
    if row.context:
        rest = rest + properties(row.context, words)
    kind = _kind_of_evidence(
        words,
        *words_of_evidence(row),
        bool(row.summary),
        bool(row.locator),
        tuple([name for name, _ in rest]),
    )
    texts = [row.source]
    if row.summary:
        texts.append(row.summary)
    if row.locator:
        texts.append(row.locator)
    texts += [text for _, text in rest]
    return Filled(kind, texts)


words_of_evidence = attrgetter("stance", "strength", "method", "species", "system", "retracted")


@lru_cache(maxsize=2**12)
def _kind_of_evidence(
    words: Vocabulary,
    stance: str,
    strength: str,
    method: str,
    species: str,
    system: str,
    retracted: bool,
    summary: bool,
    locator: bool,
    rest: tuple[Property, ...],
) -> Kind:
    """What is said of all evidence that is described in the same words."""
    texts = {"stance": stance, "strength": strength, "method": method, "species": species,
             "system": system, "summary": None if summary else "",
             "locator": None if locator else ""}  # fmt: skip
    is_taxon = species.startswith("NCBITaxon:")
    return Kind(
        [
            (TYPE, term("tb:Evidence")),
            (_FROM, None),
            *((name, texts[key]) for key, name in _EVIDENCE_TEXTS.items() if texts[key] != ""),
            *_of_method(words, method),
            *given(IN_TAXON, species if is_taxon else SPECIES.get(species, "")),
            *(_WAS_RETRACTED if retracted else ()),
            *((name, None) for name in rest),
        ]
    )


def _of_method(words: Vocabulary, name: str) -> tuple[tuple[Property, str], ...]:
    method = words.methods.get(name)
    pairs = ((_EVIDENCE_TYPE, method.eco), (_STUDY_DESIGN, method.design)) if method else ()
    return tuple(pair for pair in pairs if pair[1])


def _effect(effect: Effect) -> Pairs:
    """The size of an effect; what is no number where one should be is a text."""
    pairs: Pairs = []
    for name, (attribute, datatype) in EFFECT_VALUES.items():
        if text := getattr(effect, attribute):
            fits = datatype == "string" or is_number(text)
            pairs.append((called(name, XSD + (datatype if fits else "string")), text))
    return pairs


def evidence_iri(statement: str, row: Evidence) -> str:
    """The node of a piece of evidence and the statement with this id: two may have one's words."""
    return evidence_node(statement, row.digest)


def evidence_node(statement: str, digest: str) -> str:
    """The same where the digest of the evidence is known."""
    return EVIDENCE + identity("e", (statement, digest))


def properties(context: Context, words: Vocabulary) -> Pairs:
    """A context as properties and their values; see `context_key`."""
    return [(_of_key(key, is_declared=is_property(key, words)), value) for key, value in context]


@lru_cache(maxsize=2**12)
def _of_key(key: str, *, is_declared: bool) -> Property:
    return property_of(ONTOLOGY + key if is_declared else UNKNOWN_KEY + _named(key), STRING)


def _named(key: str) -> str:
    """A key as the end of a name that RDF/XML can say too: `_3A` stands for a colon."""
    return quote(key, safe="").replace("_", "%5F").replace("~", "%7E").replace("%", "_")


def context_key(predicate: str, words: Vocabulary) -> str:
    """The key of a context that a property stands for; empty where it stands for none."""
    if predicate.startswith(UNKNOWN_KEY):
        return unquote(predicate.removeprefix(UNKNOWN_KEY).replace("_", "%"))
    key = predicate.removeprefix(ONTOLOGY)
    return key if is_property(key, words) else ""


def is_property(key: str, words: Vocabulary) -> bool:
    """Whether a key of a context is a property by its own name.

    It is where the vocabulary or the graph has it, and nothing else of ours is called so: a graph
    with columns `stance` or `status` of its own would contradict what is said of its statements.
    """
    if key in CONTEXT:
        return True
    return key in words.context and key not in TERMS and key not in words.predicates
