"""Which statements to follow: chosen by the user by status and by kind of evidence."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from trabecula.columns import FOLLOWED, Columns
from trabecula.errors import NotFound, require_texts
from trabecula.misspelt import unknown
from trabecula.model import Evidence, Predicate
from trabecula.regular import method, species, word
from trabecula.vocabulary import (
    EVIDENCE_ALIASES,
    SPECIES,
    STANCES,
    STATUSES,
    STRENGTHS,
    SYSTEMS,
)


def following(columns: Columns, status: Iterable[str] = (), evidence: Iterable[str] = ()) -> bytes:
    """1 for each statement of these statuses that has support of all these kinds at once.

    Statements of what a thing is (the lack or the level of another, a part of it) need no such
    support, for nobody finds that out in humans or in rats. Raises `NotFound` for a status or a
    kind of evidence that nothing goes by.
    """
    statuses = require_texts(status, "status") or FOLLOWED
    words = require_texts(evidence, "evidence")
    listed("status", statuses, STATUSES)
    of_status = columns.with_statuses(statuses)
    if not words:
        return of_status
    wanted = kinds(columns, words)
    supported = columns.having(
        lambda row: row.stance == "supports" and not row.retracted and wanted <= kinds_of(row)
    )
    rows = {name: columns.words.relation(name) for name in columns.predicates.names}
    defining = columns.predicates.marked({name for name, row in rows.items() if _defines(row)})
    return bytes(
        kept and (defines or supports)
        for kept, defines, supports in zip(of_status, defining, supported, strict=True)
    )


def _defines(row: Predicate) -> bool:
    return bool(row.structure) or row.influence == "both"


def without(follow: bytes, statements: Iterable[int]) -> bytes:
    r"""The same, but for some statements, by their numbers.

    >>> without(bytes([1, 1, 0]), [1])
    b'\x01\x00\x00'
    """
    kept = bytearray(follow)
    for number in statements:
        kept[number] = 0
    return bytes(kept)


def kinds(columns: Columns, words: Iterable[str], beside: Iterable[str] = ()) -> frozenset[str]:
    """The kinds of evidence that words name: species, system, method, strength or stance.

    Raises `NotFound` for a word that neither the vocabulary nor the graph knows, with what may be
    meant; words that stand `beside` these may be, too.
    """
    vocabulary = (
        *beside,
        *SPECIES,
        *SYSTEMS,
        *columns.words.methods,
        *STRENGTHS,
        *STANCES,
        *EVIDENCE_ALIASES,
    )
    used = {word for how in columns.hows for word in how if word}
    allowed = dict.fromkeys((*vocabulary, *sorted(used)))
    asked = spelt(words, allowed, lambda text: method(word(latin(text), tuple(allowed))))
    return frozenset(
        EVIDENCE_ALIASES.get(kind, kind) for kind in listed("kind of evidence", asked, allowed)
    )


def spelt(
    words: Iterable[str], allowed: Container[str], spelling: Callable[[str], str]
) -> tuple[str, ...]:
    """The words as rows of evidence are spelt, where that is a word that is allowed."""
    pairs = ((text, spelling(text)) for text in words)
    return tuple(
        text if text in allowed or spelt_so not in allowed else spelt_so for text, spelt_so in pairs
    )


def latin(text: str) -> str:
    """A species by its taxon or its Latin name; other words are not guessed at."""
    return species(text) if ":" in text or " " in text.strip() else text


def kinds_of(row: Evidence) -> frozenset[str]:
    """The kinds that a piece of evidence is of; see `kinds`."""
    words = (row.species, row.system, row.method, row.strength, row.stance)
    return frozenset(word for word in words if word)


def listed(what: str, words: Iterable[str], allowed: Iterable[str]) -> frozenset[str]:
    """The words, once each of them is known to be one of those allowed.

    Raises `NotFound` for one that is not, with those nearest to it.
    """
    allowed, words = dict.fromkeys(allowed), tuple(words)
    for text in words:
        if text not in allowed:
            raise NotFound(unknown(what, text, allowed))
    return frozenset(words)
