"""What a selector is asked for, with its names resolved: from words to numbers and values.

A name that nothing answers to is refused here, before anything is looked at; so is a number of
steps that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trabecula.errors import NotFound, SelectionError
from trabecula.influence import Influence
from trabecula.names import Names
from trabecula.pasted import pasted
from trabecula.reason.following import kinds, latin, listed, spelt
from trabecula.regular import method, source_id
from trabecula.vocabulary import (
    EVIDENCE_ALIASES,
    SPECIES,
    STATUSES,
)

#: The word for what a record leaves open: its topic, its category, the species, the method.
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one selector is asked for: entities by number, values as records have them, a number."""

    entities: tuple[int, ...] = ()
    values: frozenset[str] = frozenset()
    number: int | None = None


def nothing(_influence: Influence, _names: Names, _arguments: tuple[str, ...]) -> Asked:
    """For a selector without arguments."""
    return Asked()


# --- Entities and steps ---------------------------------------------------------------------


def entities(_influence: Influence, names: Names, arguments: tuple[str, ...]) -> Asked:
    """Entities by any of their names."""
    return Asked(tuple(map(names.get, arguments)))


def entity_and_steps(_influence: Influence, names: Names, arguments: tuple[str, ...]) -> Asked:
    """At most one entity, and how many steps from it, if any are given."""
    if len(arguments) == 1:
        _refuse_steps_without_comma(names, *arguments)
    return Asked(tuple(map(names.get, arguments[:1])), number=_steps(arguments[1:]))


def ends_and_steps(_influence: Influence, names: Names, arguments: tuple[str, ...]) -> Asked:
    """Two entities, and how many steps from the one to the other, if any are given."""
    if len(arguments) == 2:
        _refuse_steps_without_comma(names, arguments[1])
    return Asked(tuple(map(names.get, arguments[:2])), number=_steps(arguments[2:]))


def _refuse_steps_without_comma(names: Names, text: str) -> None:
    """Raise `SelectionError` for the name of an entity with a number behind it that is none of it.

    `magnesium 2` has the letters of *magnesium(2+)*, and yet who writes it means two steps.
    `caspase 3` is a name, if one of the graph is *caspase-3*.
    """
    name, _, steps = text.rpartition(" ")
    if not (name and steps.isascii() and steps.isdigit()) or _is_written(names, text):
        return
    if names.find(name) is not None:
        raise SelectionError(
            f"{text!r} is no name: a number of steps stands behind a comma, as in {name}, {steps}"
        )


def _is_written(names: Names, text: str) -> bool:
    """Whether an entity is called so, but for case, blanks and hyphens."""
    number = names.find(text)
    entity = None if number is None else names.entities.get(names.ids[number])
    if entity is None:
        return False
    return _plain(text) in map(_plain, (entity.id, entity.name, *entity.synonyms))


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()


def _steps(arguments: tuple[str, ...]) -> int | None:
    return whole_number(arguments[0], "steps") if arguments else None


def whole_number(text: str, what: str) -> int:
    """The number, from 1 on, that a text is; raises `SelectionError` for any other."""
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise SelectionError(f"{text!r} is no number of {what}: give 1, 2, 3 …")
    return int(text[:9])


def count(_influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """How many sources at least."""
    return Asked(number=whole_number(arguments[0], "sources"))


# --- Values ---------------------------------------------------------------------------------


def _values(what: str, words: Iterable[str], allowed: Iterable[str]) -> Asked:
    return Asked(values=listed(what, words, allowed))


def _open(what: str, words: Iterable[str], allowed: Iterable[str]) -> Asked:
    """As `_values`, for what may be left open: then it is "" in a record."""
    stated = listed(what, words, (*filter(None, allowed), NOT_STATED))
    return Asked(values=frozenset("" if word == NOT_STATED else word for word in stated))


def statement(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Statements by id."""
    columns = influence.columns
    ids = {text: columns.called(text) for text in arguments}
    for text in arguments:
        if ids[text] is None:
            raise NotFound(f"no statement has the id {text!r}")
    return Asked(values=frozenset(filter(None, ids.values())))


def predicate(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Predicates that the vocabulary or the graph has."""
    used = influence.columns.predicates.names
    named = influence.columns.words.predicates
    return _values("predicate", arguments, sorted({*used, *named}))


def category(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Categories that the vocabulary or the graph has."""
    used = set(influence.columns.categories.values())
    return _open("category", arguments, sorted(used.union(influence.columns.words.categories)))


def sign(_influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Signs as they are written."""
    return _values("sign", arguments, ("+", "-", "0"))


def status(_influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Statuses."""
    return _values("status", arguments, STATUSES)


def evidence(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Kinds of evidence; see `following.kinds`."""
    return Asked(values=kinds(influence.columns, arguments))


def study(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Methods, or what researchers call them."""
    used = {method for _, _, method, _, _ in influence.columns.hows}
    allowed = dict.fromkeys((*influence.columns.words.methods, *EVIDENCE_ALIASES, *sorted(used)))
    asked = _open("type of study", spelt(arguments, allowed, method), allowed)
    return Asked(values=frozenset(EVIDENCE_ALIASES.get(word, word) for word in asked.values))


def species(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Species."""
    used = {species for _, _, _, species, _ in influence.columns.hows}
    allowed = dict.fromkeys((*SPECIES, *sorted(used)))
    return _open("species", spelt(arguments, allowed, latin), allowed)


def source(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Sources by id, or by an identifier that they have elsewhere."""
    columns = influence.columns
    cited = columns.cited
    ids = {key: {key} for key in (*columns.sources, *sorted(cited.difference(columns.sources)))}
    elsewhere: dict[str, set[str]] = {}
    for key, record in columns.sources.items():
        for curie in record.xrefs:
            elsewhere.setdefault(curie, set()).add(key)
    named = {**elsewhere, **ids}  # an id means its own source, whoever refers to it
    folded = {name.casefold(): name for name in named}
    asked = (
        name if name in named else folded.get(pasted(name).casefold()) or source_id(name)
        for name in arguments
    )
    chosen = listed("source", asked, named)
    return Asked(values=frozenset(key for name in chosen for key in named[name]))


def topic(influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Topics that the graph has."""
    return _open("topic", arguments, influence.columns.topics.names)


def conflict(_influence: Influence, _names: Names, arguments: tuple[str, ...]) -> Asked:
    """Kinds of conflict; all of them where none is given."""
    from trabecula.reason.conflicts import KINDS  # needed by this selector only

    return _values("kind of conflict", arguments or tuple(KINDS), KINDS)


def text(_influence: Influence, names: Names, arguments: tuple[str, ...]) -> Asked:
    """Words, and the entities that have them in their id or one of their names."""
    wanted = arguments[0].casefold()
    having = (
        names.get(key)
        for key, entity in names.entities.items()
        if any(wanted in text.casefold() for text in (key, entity.name, *entity.synonyms))
    )
    return Asked(tuple(having), frozenset((wanted,)))
