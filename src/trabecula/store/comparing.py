"""What one store has that another has not, or not so, by columns: no record is made."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from trabecula.store.arrays import Texts, ragged
from trabecula.store.incoming import TEXTS, Numbers
from trabecula.store.stored import Stored


def unlike(mine: Stored, other: Stored) -> tuple[list[int], list[int]]:
    """The numbers of the statements that the other store does not have, or not so, and of theirs.

    Statements of one id have one meaning; what may differ is their topic, their evidence, and who
    read them. Pieces of evidence are compared by what is said of their source (its id, its paper
    and whether it is retracted), by how they were gained, and by their texts.
    """
    digests = [store.array("statements.digest").view("S16").ravel() for store in (mine, other)]
    _, here, there = np.intersect1d(digests[0], digests[1], assume_unique=True, return_indices=True)
    alike = _alike(mine, other, here, there)
    reviewed = [
        identifier
        for identifier in {*mine.reviews, *other.reviews}
        if mine.reviews.get(identifier) != other.reviews.get(identifier)
    ]
    return (
        _others(mine, len(digests[0]), here[alike], reviewed),
        _others(other, len(digests[1]), there[alike], reviewed),
    )


def _others(stored: Stored, count: int, same: Numbers, reviewed: Iterable[str]) -> list[int]:
    """The numbers of the statements of a store that are not the same, and of those so reviewed."""
    unlike = np.ones(count, bool)
    unlike[same] = False
    for number in map(stored.ids.number, reviewed):
        if number >= 0:
            unlike[number] = True
    numbers: list[int] = np.flatnonzero(unlike).tolist()
    return numbers


def unlike_texts(mine: tuple[Texts, Texts], other: tuple[Texts, Texts]) -> list[int]:
    """The numbers of texts by their ids, of which there are some, that others have not, or not so.

    Both are ids, sorted, and texts.
    """
    (ids, texts), (other_ids, others) = mine, other
    places = _codes(other_ids, ids)
    there = np.flatnonzero(places >= 0)
    same = np.diff(texts.first) == 0
    same[there] |= _equal(texts, others, there, places[there])
    numbers: list[int] = np.flatnonzero(~same).tolist()
    return numbers


def _alike(mine: Stored, other: Stored, here: Numbers, there: Numbers) -> Numbers:
    """Whether statements, by their numbers in both stores, have one topic and one evidence."""
    topics = _codes(mine.manifest["topics"], other.manifest["topics"])
    ours, theirs = (store.array("statements.topic") for store in (mine, other))
    alike: Numbers = ours[here] == topics[theirs[there]]
    bounds = (mine, here), (other, there)
    starts, sizes = zip(*(_pieces(store, numbers) for store, numbers in bounds), strict=True)
    alike &= sizes[0] == sizes[1]
    ones, others = (ragged(start[alike], sizes[0][alike]) for start in starts)
    pieces = _same(mine, other, ones, others)
    owner = np.repeat(np.flatnonzero(alike), sizes[0][alike])
    alike[owner[~pieces]] = False
    return alike


def _pieces(stored: Stored, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Where the evidence of statements begins, and how many pieces it has."""
    first = stored.array("statements.evidence")
    return first[numbers], first[numbers + 1] - first[numbers]


def _same(mine: Stored, other: Stored, ones: Numbers, others: Numbers) -> Numbers:
    """Whether pieces of evidence, by their numbers in both stores, are the same."""
    hows = _codes(*([texts.raw(n) for n in range(len(texts))]
                    for texts in (mine.texts("hows"), other.texts("hows"))))  # fmt: skip
    same: Numbers = mine.array("evidence.how")[ones] == hows[other.array("evidence.how")[others]]
    same &= (
        mine.array("evidence.source")[ones]
        == _sources(mine, other)[other.array("evidence.source")[others]]
    )
    for name in TEXTS:
        same &= _equal(
            mine.texts(f"evidence.{name}"), other.texts(f"evidence.{name}"), ones, others
        )
    return same


def _sources(mine: Stored, other: Stored) -> Numbers:
    """By the number of a source in the other store its number here; -1 where it is not so here."""
    codes = _codes(mine.texts("sources.id"), other.texts("sources.id"))
    if not mine.count("sources"):
        return codes
    gone = [store.array("sources.retracted") for store in (mine, other)]
    papers = [store.array("sources.paper") for store in (mine, other)]
    # As a piece of evidence says it: none where the source is the paper.
    own = [paper == np.arange(len(paper)) for paper in papers]
    so = (codes >= 0) & (gone[0][codes] == gone[1])
    so &= (own[0][codes] & own[1]) | (papers[0][codes] == codes[papers[1]])
    return np.where(so, codes, -1)


def _equal(mine: Texts, other: Texts, ones: Numbers, others: Numbers) -> Numbers:
    """Whether texts, by their numbers in both columns, are the same."""
    sizes = mine.first[ones + 1] - mine.first[ones]
    same: Numbers = sizes == other.first[others + 1] - other.first[others]
    told = np.flatnonzero(same & (sizes > 0))
    left = mine.data[ragged(mine.first[ones[told]], sizes[told])]
    right = other.data[ragged(other.first[others[told]], sizes[told])]
    owner = np.repeat(told, sizes[told])
    same[owner[left != right]] = False
    return same


def _codes(mine: Iterable[object], other: Iterable[object]) -> Numbers:
    """By the number of each of the other values its number among these; -1 where it is none."""
    number_of = {value: number for number, value in enumerate(mine)}
    return np.array([number_of.get(value, -1) for value in other], np.int64)
