"""By whom statements are found, and who acts on whom."""

from __future__ import annotations

import numpy as np

from trabecula import progress
from trabecula.influence import AGAINST, UP, WITH
from trabecula.store import arrays
from trabecula.store.incoming import Numbers
from trabecula.store.sorting import firsts, order, order_of_digests
from trabecula.store.write.draft import Draft, mapped


def write(draft: Draft) -> None:
    """Write the statements of each entity, those of each id, and the arcs."""
    folder = draft.arrays
    with progress.phase("sorting arcs"):
        count = len(draft.entities)
        subject, object_ = (
            mapped(folder / f"statements.{side}.npy") for side in ("subject", "object")
        )
        arrays.write(folder / "by_subject.first.npy", firsts(subject, count), "i8")
        arrays.write(folder / "by_object.first.npy", firsts(object_, count), "i8")
        arrays.write(folder / "by_object.members.npy", order(object_), "i4")
        _write_arcs(draft, subject, object_)
        digests = mapped(folder / "statements.digest.npy")
        arrays.write(folder / "statements.by_digest.npy", order_of_digests(digests), "i4")


def _write_arcs(draft: Draft, subject: Numbers, object_: Numbers) -> None:
    """Write the arcs as `influence` makes them."""
    folder, count = draft.arrays, len(draft.entities)
    rows = [draft.words.relation(name) for name in draft.predicates]
    predicate = mapped(folder / "statements.predicate.npy")
    sign = mapped(folder / "statements.sign.npy")
    ways = {
        WITH: [row.influence in ("forward", "both") for row in rows],
        AGAINST: [row.influence in ("reverse", "both") for row in rows],
        UP: [bool(row.structure) for row in rows],
        UP + 1: [bool(row.structure) for row in rows],
    }
    rising = np.array([row.structure == "kind" for row in rows], bool)
    parts: list[tuple[Numbers, int]] = []
    for kind, wanted in ways.items():
        if any(wanted):
            marked = np.array(wanted, bool)[predicate]
            if kind > AGAINST:
                marked &= subject != object_
            parts.append((np.flatnonzero(marked).astype(np.int32), kind))
    statements = np.concatenate([part for part, _ in parts] or [np.zeros(0, np.int32)])
    kinds = np.concatenate(
        [np.full(len(part), kind, np.int8) for part, kind in parts] or [np.zeros(0, np.int8)]
    )
    back = np.isin(kinds, (AGAINST, UP + 1))
    starts = np.where(back, object_[statements], subject[statements]).astype(np.int32)
    key = starts.astype(np.int64) * 4 + kinds
    if np.any(key[1:] < key[:-1]):
        places = order(key)
        statements, kinds, starts, back = (
            each[places] for each in (statements, kinds, starts, back)
        )
    del key
    ends = np.where(back, subject[statements], object_[statements]).astype(np.int32)
    up = (kinds == UP) & rising[predicate[statements]] if rows else kinds == UP
    signs = np.where(kinds <= AGAINST, sign[statements], up.astype(np.int8))
    for name, values, type_ in (
        ("first", firsts(starts, count), "i8"),
        ("starts", starts, "i4"),
        ("ends", ends, "i4"),
        ("statements", statements, "i4"),
        ("signs", signs, "i1"),
        ("kinds", kinds, "i1"),
        ("into.first", firsts(ends, count), "i8"),
        ("into.members", order(ends), "i4"),
    ):
        arrays.write(folder / f"arcs.{name}.npy", values, type_)
    draft.counts["arcs"] = len(ends)
