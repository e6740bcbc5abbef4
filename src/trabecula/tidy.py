"""Texts of records as lines of printing characters: tidied where they enter, refused where not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Final

from trabecula import characters
from trabecula.errors import FormatError, Problem
from trabecula.leftover import Leftovers
from trabecula.model import Record, Source, Statement


def checked(records: Iterable[Record], where: str) -> Iterator[Record]:
    """The records, as long as their texts are lines of printing characters.

    XML cannot hold control characters, tables no tabs and line ends, and invisible marks of
    direction make a text look like another one. Plain characters need no closer look.
    """
    for record in records:
        if _is_plain(record):
            yield record
            continue
        problems = []
        for text in _texts(record):
            character = characters.forbidden(text)
            if character:
                fix = "remove it; texts hold printing characters and plain blanks"
                what = f"{character} in {text!r:.60}"
                problems.append(Problem("control-character", f"{where}{record.id}", what, fix))
        if problems:
            raise FormatError(problems)
        yield record


def tidied(
    records: Iterable[Record], left: Leftovers, where: str, tidy: tuple[type, ...] = ()
) -> Iterator[Record]:
    """The records with plain blanks in their texts; what is changed in them is told to `left`.

    Those of the kinds in `tidy` are so already. Raises as `checked` does, which texts of plain
    characters need not be asked again.
    """
    for record in records:
        if type(record) in tidy or _is_plain(record):
            yield record
        else:
            yield from checked([_tidy(record, record.id, left)], where)


_TEXTS = (str, tuple)
_OF_STATEMENTS: Final = attrgetter("subject", "predicate", "object", "topic")
_OF_EVIDENCE: Final = attrgetter(
    "source", "stance", "strength", "method", "species", "system", "summary", "locator", "paper"
)


def _is_plain(value: object) -> bool:
    """Whether all texts in a record are plain characters; what stands in many is asked once."""
    if type(value) is Statement:  # of which there are many
        return _is_plain_statement(value)
    if type(value) is Source and _are_plain(_of_source(value)):  # of most is known what of many is
        return characters.plain(value.id)
    kind: Any = type(value)
    single = []
    for part in _fields_of(kind)(value):
        if isinstance(part, str):
            single.append(part)
        elif isinstance(part, tuple):
            if part and not (
                _are_plain(part) if isinstance(part[0], _TEXTS) else all(map(_is_plain, part))
            ):
                return False
        elif is_dataclass(part) and not _is_plain(part):
            return False
    return characters.plain("".join(single))


def _is_plain_statement(statement: Statement) -> bool:
    texts = list(_OF_STATEMENTS(statement))
    for row in statement.evidence:
        texts += _OF_EVIDENCE(row)
        if row.context and not _are_plain(row.context):
            return False
        if row.effect is not None and not _is_plain(row.effect):
            return False
    if statement.qualifiers and not _are_plain(statement.qualifiers):
        return False
    if statement.reviews and not all(map(_is_plain, statement.reviews)):
        return False
    return characters.plain("".join(texts))


_of_source: Final = attrgetter(*Source.__slots__[1:])


@cache
def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of the fields of a record, of which each kind has several."""
    return attrgetter(*_names_of_fields(kind))


@lru_cache(maxsize=2**14)
def _are_plain(texts: tuple[Any, ...]) -> bool:
    return all(map(characters.plain, _texts(texts)))


def _tidy(value: Any, place: str, left: Leftovers) -> Any:
    """A value with tidy texts; what tells records apart stays as it is, to be refused."""
    if isinstance(value, str):
        for what in characters.untidy(value):
            left.mend(what, place)
        return characters.tidied(value)
    if isinstance(value, tuple):
        return tuple(_tidy(part, place, left) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        texts = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in _NAMING}
        return replace(value, **{name: _tidy(text, place, left) for name, text in texts.items()})
    return value


#: The fields that name a record.
_NAMING: Final = frozenset(("id", "curie", "subject", "predicate", "object", "source"))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        kind: Any = type(value)
        for name in _names_of_fields(kind):
            yield from _texts(getattr(value, name))


@cache
def _names_of_fields(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass, which are asked for once and not once a record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
