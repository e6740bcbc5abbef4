"""Whether the fields of a record hold what they are said to hold, as those of a program may not.

A missing value of a data frame where a name is wanted would else be told much later, and a text
where several are wanted never: it is several letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, Final, TypeVar

from trabecula.characters import SHOWN, visible
from trabecula.model import Effect, Entity, Evidence, Review, Source, Statement, Xref

_Record = TypeVar("_Record")


def typed(record: _Record) -> _Record:
    """The record, with tuples where it has lists; what is no entity, source or statement stays.

    Raises `TypeError`, with the record, the field and what is wanted there.

    >>> typed(Entity(id="atp", name="ATP", category="chemical", synonyms=["Mg-ATP"])).synonyms
    ('Mg-ATP',)
    >>> typed(Entity(id="atp", name="ATP", category="chemical", synonyms="Mg-ATP"))
    Traceback (most recent call last):
        ...
    TypeError: the synonyms of Entity 'atp' are 'Mg-ATP': give several texts, such as ('…', '…')
    """
    kind = _KINDS.get(type(record))
    return record if kind is None else kind.typed(record)


def _kept(kind: type) -> Callable[[Any], Any]:
    return lambda member: member if isinstance(member, kind) else None


def _pair(member: Any) -> tuple[str, str] | None:
    """A pair of texts; None for anything else."""
    pair = tuple(member) if isinstance(member, list | tuple) else ()
    fits = len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], str)
    return (member if isinstance(member, tuple) else pair) if fits else None


def _row(member: Any) -> Evidence | None:
    return typed(member) if isinstance(member, Evidence) else None


#: What an annotation wants, where that is a tuple: each member as it should be, or None; and how
#: to say so.
_SEVERAL: Final[dict[str, tuple[Callable[[Any], Any], str]]] = {
    "tuple[str, ...]": (_kept(str), "several texts, such as ('…', '…')"),
    "Context": (_pair, "pairs of texts, such as (('dose', '1 g'),)"),
    "tuple[Xref, ...]": (_kept(Xref), "cross-references, such as (Xref(…),)"),
    "tuple[Evidence, ...]": (_row, "evidence, such as (Evidence(…),)"),
    "tuple[Review, ...]": (_kept(Review), "reviews, such as (Review(…),)"),
}
#: What any other annotation wants: types, and how to say so.
_SINGLE: Final[dict[str, tuple[tuple[type, ...], str]]] = {
    "str": ((str,), "a text"),
    "bool": ((bool,), "True or False"),
    "Effect | None": ((Effect, type(None)), "an Effect(…) or None"),
}


class _Kind:
    """A kind of record by what its fields want."""

    def __init__(self, kind: type) -> None:
        self.wanted = {each.name: str(each.type) for each in fields(kind)}
        self.values = attrgetter(*self.wanted)
        self.several = [
            (place, _SEVERAL[wanted][0])
            for place, wanted in enumerate(self.wanted.values())
            if wanted in _SEVERAL
        ]
        #: The types of the fields, which are compared at once: nearly every record has these.
        self.usual = {
            tuple(
                tuple if wanted in _SEVERAL else _SINGLE[wanted][0][-choice]
                for wanted in self.wanted.values()
            )
            for choice in (0, 1)
        }

    def typed(self, record: Any) -> Any:
        """The record, as `typed` gives it."""
        values = self.values(record)
        usual = tuple(map(type, values)) in self.usual
        for place, member in self.several if usual else ():
            for each in values[place]:
                usual = usual and member(each) is each
        if usual:
            return record
        given = zip(self.wanted.items(), values, strict=True)
        return replace(
            record, **{name: _given(record, name, wanted, value) for (name, wanted), value in given}
        )


def _given(record: Any, name: str, wanted: str, value: Any) -> Any:
    """The value of a field as it should be. Raises `TypeError`, as `typed` does."""
    if wanted in _SINGLE:
        types, how = _SINGLE[wanted]
        if isinstance(value, types):
            return value
    else:
        member, how = _SEVERAL[wanted]
        members = tuple(map(member, value)) if isinstance(value, list | tuple) else (None,)
        if None not in members:
            return members
    key = getattr(record, "id", "") if isinstance(record, Entity | Source) else ""
    whose = f"{type(record).__name__} {key!r}" if key else type(record).__name__
    verb = "are" if wanted in _SEVERAL and name.endswith("s") else "is"
    told = visible(repr(value), SHOWN)
    raise TypeError(f"the {name} of {whose} {verb} {told}: give {how}")


_KINDS: Final[dict[type, _Kind]] = {
    kind: _Kind(kind) for kind in (Entity, Source, Statement, Evidence)
}
