"""What follows from all that a graph holds to be so: worked out once, and kept with its columns."""

from __future__ import annotations

from typing import cast

from trabecula.columns import Columns
from trabecula.reason.conclusions import Conclusions


def known_of(columns: Columns, kept: bytes | None = None) -> Conclusions:
    """The conclusions of a graph; those of other statements than all that are followed anew.

    `kept` marks the statements that are followed, by number; None for all but refuted ones.
    """
    make = columns.derived.get("conclusions", Conclusions)  # a store has its own way
    if kept is not None and kept != columns.followed:
        return cast("Conclusions", make(columns, kept))
    conclusions = columns.derived.get("known")
    if conclusions is None:
        conclusions = columns.derived["known"] = make(columns)
    return cast("Conclusions", conclusions)
