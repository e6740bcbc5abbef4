"""Statements in the words of Biolink, which know no dispute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from trabecula.formats.rdf.rows import BOOLEAN, BOOLEANS, IRI, Property, called, given, iri, term
from trabecula.model import Statement
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.vocabulary import Vocabulary


class Association(NamedTuple):
    """What may be repeated of a statement in Biolink's words, which know no dispute."""

    negated: bool
    sources: tuple[str, ...]  # the ids of those who say just this, sorted


def repeating(statement: Statement, may_be_said: bool) -> Association | None:
    """The statement as Biolink may have it; None where nobody says it, or denies it, outright.

    What is supported, and so may be said without its evidence, stands as it is, with those who
    support it and nobody else. What is refuted, or denied by the article alone, becomes its
    negation, with those who dispute it. A denial that is refuted does not become an assertion, and
    what is only qualified is no association.

    >>> from trabecula.model import Evidence
    >>> row = Evidence(source="a", stance="disputes", strength="direct")
    >>> refuted = Statement(subject="x", predicate="causes", object="y", evidence=(row,))
    >>> repeating(refuted, may_be_said=False)
    Association(negated=True, sources=('a',))
    """
    if not statement.evidence:
        return Association(statement.negated, ())
    if not may_be_said:
        denied = Association(negated=True, sources=_who(statement, "disputes"))
        return None if statement.negated else denied
    supported = _who(statement, "supports")
    return Association(statement.negated, supported) if supported else None


def _who(statement: Statement, stance: str) -> tuple[str, ...]:
    sources = [row.source for row in statement.evidence if row.stance == stance]
    return tuple(sorted(set(sources)) if len(sources) > 1 else sources)


_BIOLINK_SUBJECT: Final = called("biolink:subject", ENTITY)
_BIOLINK_PREDICATE: Final = called("biolink:predicate", IRI)
_BIOLINK_OBJECT: Final = called("biolink:object", ENTITY)
_DIRECTION: Final = called("biolink:object_direction_qualifier")
_BIOLINK_NEGATED: Final = called("biolink:negated", BOOLEAN)
_KNOWLEDGE_LEVEL: Final = called("biolink:knowledge_level")
_AGENT_TYPE: Final = called("biolink:agent_type")
_PUBLICATIONS: Final = called("biolink:publications", SOURCE)


def association(
    words: Vocabulary,
    predicate: str,
    negated: bool,
    sources: int,
) -> Iterator[tuple[Property, str | None]]:
    """What is said of an association: the properties, with values where all of a kind have one."""
    target, direction = _mapped(words, predicate, negated=negated)
    yield _BIOLINK_SUBJECT, None
    yield _BIOLINK_PREDICATE, target
    yield _BIOLINK_OBJECT, None
    yield from given(_DIRECTION, direction)
    yield _BIOLINK_NEGATED, BOOLEANS[negated]
    yield _KNOWLEDGE_LEVEL, "knowledge_assertion"
    yield _AGENT_TYPE, "manual_agent"
    yield from [(_PUBLICATIONS, None)] * sources


def _mapped(words: Vocabulary, predicate: str, *, negated: bool) -> tuple[str, str]:
    """The IRI that Biolink has, or else we have, for a predicate, and the direction it needs."""
    relation = words.relation(predicate)
    match, target = next(
        ((m, t) for m, t in relation.mappings if t.startswith("biolink:")), ("", "")
    )
    # The direction is that of the predicate: biolink:negated denies it together with the rest.
    if relation.sign and (match, target) == ("broad", "biolink:affects"):
        return term(target), "increased" if relation.sign > 0 else "decreased"
    # To deny what is broader would be to deny more than anybody did.
    if not target or (match == "broad" and negated):
        return iri(predicate, ONTOLOGY), ""
    return term(target), ""
