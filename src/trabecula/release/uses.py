"""How often RDF uses its properties and classes, and which property leads from which to which.

Counted from N-Triples as the engine writes them: a term is what stands between two spaces, and of a
literal only what comes behind its text matters. A million triples take some two seconds.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

_TYPE: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """Counts of a set of triples; classes, properties and datatypes are IRIs.

    `links` has a class, a property, `class` or `datatype`, and which one it leads to.
    """

    triples: int
    subjects: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]
    links: Mapping[tuple[str, str, str, str], int]


def uses(data: bytes) -> Uses:
    """The counts of N-Triples."""
    counting = Counting()
    counting.write(data)
    return counting.uses()


class Counting:
    """Takes the lines of N-Triples, in pieces of any size, each triple once."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {_TYPE: 0}  # of terms, and of the ends of literals
        self._terms = array("I")  # three to a triple
        self._rest = b""

    def write(self, data: bytes) -> int:
        """Take a piece."""
        numbers, take = self._numbers, self._terms.append
        number = numbers.setdefault
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            subject, predicate, value = line.split(b" ", 2)
            if value.startswith(b'"'):
                value = value[value.rindex(b'"') :]
            take(number(subject, len(numbers)))
            take(number(predicate, len(numbers)))
            take(number(value[:-2], len(numbers)))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def uses(self) -> Uses:
        """What was counted."""
        names = list(self._numbers)
        rows = np.frombuffer(self._terms, dtype=np.uint32).reshape(-1, 3).astype(np.int64)
        kinds, members = self._classes(names, rows)
        # What a triple leads to: a set of classes, or a datatype, which is told by its own number.
        literal = np.array([name.startswith(b'"') for name in names])
        ends = np.where(literal, len(names) + np.arange(len(names)), members)[rows[:, 2]]
        width = 2 * len(names)
        keys, counts = np.unique(
            (members[rows[:, 0]] * width + rows[:, 1]) * width + ends, return_counts=True
        )
        links: Counter[tuple[str, str, str, str]] = Counter()
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            (start, predicate), end = divmod(key // width, width), key % width
            lead = _iri(names[predicate])
            if end < len(names):
                targets = [("class", _iri(names[at])) for at in kinds[end]]
            else:
                targets = [("datatype", _datatype(names[end - len(names)]))]
            for number in kinds[start]:
                for kind, target in targets:
                    links[_iri(names[number]), lead, kind, target] += count
        predicates, often = np.unique(rows[:, 1], return_counts=True)
        classes = Counter[str]()
        sizes = np.bincount(members, minlength=len(kinds)).tolist()
        for several, size in zip(kinds, sizes, strict=True):
            classes.update(dict.fromkeys([_iri(names[number]) for number in several], size))
        return Uses(
            triples=len(rows),
            subjects=len(np.unique(rows[:, 0])),
            properties={
                _iri(names[number]): count
                for number, count in zip(predicates.tolist(), often.tolist(), strict=True)
            },
            classes=classes,
            links=links,
        )

    @staticmethod
    def _classes(names: list[bytes], rows: np.ndarray) -> tuple[list[tuple[int, ...]], np.ndarray]:
        """The sets of classes that something belongs to, and which of them each term does."""
        of: dict[int, list[int]] = {}
        for subject, _, value in rows[rows[:, 1] == 0].tolist():
            if names[value].startswith(b"<") and not names[value].startswith(b"<<"):
                of.setdefault(subject, []).append(value)
        kinds: dict[tuple[int, ...], int] = {(): 0}
        members = np.zeros(len(names), dtype=np.int64)
        for term, classes in of.items():
            members[term] = kinds.setdefault(tuple(sorted(classes)), len(kinds))
        return list(kinds), members


def _iri(term: bytes) -> str:
    return term[1:-1].decode("utf-8")


def _datatype(end: bytes) -> str:
    """The datatype of a literal, from what stands behind its text."""
    if end.startswith(b'"^^'):
        return _iri(end[3:])
    if not end.startswith(b'"@'):
        return f"{_XSD}string"
    return f"{_RDF}dirLangString" if b"--" in end else f"{_RDF}langString"
