"""Who acts on whom in a store: arcs on the disk, gone through in arrays; see `columns`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, cast

import numpy as np

from trabecula.columns import Groups
from trabecula.influence import AGAINST, DOWN, Arcs, Influence
from trabecula.store.arrays import ragged, view
from trabecula.store.columns import MappedColumns
from trabecula.store.incoming import Numbers

#: So many entities are looked at together, which pays for calling numpy.
_TOGETHER: Final = 64


@dataclass(frozen=True, eq=False)
class MappedArcs(Arcs):
    """Arcs on the disk; `entering` is where those to each entity begin, and which they are."""

    entering: Groups = field(kw_only=True)

    @property
    def into(self) -> Any:
        """The arcs that lead to each entity."""
        return self.entering

    @cached_property
    def _actors(self) -> Groups:
        members = np.asarray(self.entering.members)
        return Groups(self.entering.first, _view(np.asarray(self.starts)[members], "i4"))

    def after(self, entities: Collection[int]) -> set[int]:
        """The entities to which arcs from some others lead."""
        if len(entities) < _TOGETHER:
            return super().after(entities)
        return _members(Groups(self.first, self.ends), entities)

    def before(self, entities: Collection[int]) -> set[int]:
        """The entities from which arcs lead to some others."""
        if len(entities) < _TOGETHER:
            return super().before(entities)
        return _members(self._actors, entities)

    def count_after(self, entities: Collection[int]) -> int:
        """How many arcs start from some entities."""
        if len(entities) < _TOGETHER:
            return super().count_after(entities)
        return int(_sizes(self.first, entities)[1].sum())

    def count_before(self, entities: Collection[int]) -> int:
        """How many arcs lead to some entities."""
        if len(entities) < _TOGETHER:
            return super().count_before(entities)
        return int(_sizes(self.entering.first, entities)[1].sum())

    def only(self, kept: Sequence[int]) -> Arcs:
        """The arcs for which `kept` holds something true, by their number."""
        mask = np.frombuffer(bytes(kept), np.uint8) != 0
        if mask.all():
            return self
        before = np.concatenate(([0], np.cumsum(mask)))
        members = np.asarray(self.entering.members)
        entering = mask[members]
        passed = np.concatenate(([0], np.cumsum(entering)))
        into = Groups(
            _view(passed[np.asarray(self.entering.first)], "i8"),
            _view(before[members[entering]], "i4"),
        )
        columns = (
            (self.starts, "i4"), (self.ends, "i4"), (self.signs, "i1"), (self.kinds, "i1"),
            (self.statements, "i4"),
        )  # fmt: skip
        return MappedArcs(
            _view(before[np.asarray(self.first)], "i8"),
            *(_view(np.asarray(column)[mask], kind) for column, kind in columns),
            entering=into,
        )


def _sizes(first: Any, chosen: Collection[int]) -> tuple[Numbers, Numbers]:
    """Where some groups begin among the members, and how many each has."""
    starts, numbers = np.asarray(first), np.fromiter(chosen, np.int64, len(chosen))
    begin = starts[numbers]
    return begin, starts[numbers + 1] - begin


def _members(groups: Groups, chosen: Collection[int]) -> set[int]:
    """The members of many groups at once."""
    members = np.asarray(groups.members)[ragged(*_sizes(groups.first, chosen))]
    different: set[int] = set(np.unique(members).tolist())
    return different


@dataclass(frozen=True, eq=False)
class MappedInfluence(Influence):
    """Who acts on whom in a store."""

    @cached_property
    def arcs(self) -> Arcs:
        """All arcs, structure among them."""
        stored = cast("MappedColumns", self.columns).stored
        names = ("first", "starts", "ends", "signs", "kinds", "statements")
        into = Groups(stored.view("arcs.into.first"), stored.view("arcs.into.members"))
        return MappedArcs(*(stored.view(f"arcs.{name}") for name in names), entering=into)

    def following(self, kept: bytes, *, structure: bool = False, selves: bool = False) -> Arcs:
        """The arcs of the statements that are kept, `kept` being 1 for each of those."""
        arcs = self.arcs
        mask = np.frombuffer(kept, np.uint8)[np.asarray(arcs.statements)] != 0
        mask &= np.asarray(arcs.kinds) <= (DOWN if structure else AGAINST)
        if not selves:
            mask &= np.asarray(arcs.starts) != np.asarray(arcs.ends)
        return arcs.only(bytes(mask.astype(np.uint8)))


def _view(values: Numbers, kind: str) -> Any:
    return view(np.ascontiguousarray(values, kind))
