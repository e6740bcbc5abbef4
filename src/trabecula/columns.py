"""What is known of every statement of a graph, by number, each worked out once.

Statements have numbers in the order of the graph, entities in the order of their ids, described or
only mentioned. Columns are arrays of such numbers and of small codes, so that what reasons walks
integers and touches a record only where it tells of it. Each is made when it is first asked for.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, compress
from typing import Any, Final, NamedTuple, TypeAlias

from trabecula.context import settings
from trabecula.errors import NotFound
from trabecula.model import Context, Entity, Evidence, Source, Statement
from trabecula.prefixes import STATEMENT
from trabecula.standing import groups, independent, sayable, status
from trabecula.vocabulary import STATUSES, WORDS, Vocabulary

#: The statuses by code.
STATUS_CODES: Final = {name: code for code, name in enumerate(STATUSES)}
_STATUS_NAMES: Final = tuple(STATUSES)
#: The statuses of statements that are followed where nothing else is asked for.
FOLLOWED: Final = ("supported", "contested", "title-only", "asserted-only", "no-evidence")
#: Statuses from the strongest to the weakest link of a path.
WEAKER: Final = {name: rank for rank, name in enumerate((*FOLLOWED, "refuted"))}
#: What is taken for the id of a statement, or for how one begins: as a table, a query and
#: trabecula 0.1, which had the first sixteen digits only, write it.
_ID: Final = re.compile(rf"(?:{re.escape(STATEMENT)}|statement:)?s?([0-9a-f]{{8,}})", re.IGNORECASE)
#: How evidence was gained: stance, strength, method, species and system.
How: TypeAlias = tuple[str, str, str, str, str]


class Weight(NamedTuple):
    """How weak a statement is as a link: by its status, then by how few sources support it.

    The greater, the weaker; `sources` is the negative of the number of independent sources.
    """

    rank: int
    sources: int

    @property
    def supported(self) -> bool:
        """Whether the status is `supported`."""
        return self.rank == WEAKER["supported"]


def weight(groups: Mapping[str, str], statement: Statement) -> Weight:
    """How weak a statement is as a link; the greater, the weaker."""
    rank = WEAKER[status(statement.evidence)]
    return Weight(rank, -len(independent(statement.evidence, groups)))


@dataclass(frozen=True, slots=True)
class Groups:
    """Numbers in groups that are numbered too: `groups[3]` are the members of group 3, in order."""

    first: Sequence[int]  # where each group begins among the members; one more than there are
    members: array[int]

    def __getitem__(self, group: int) -> array[int]:
        return self.members[self.first[group] : self.first[group + 1]]


def grouped(group_of: Sequence[int], groups: int) -> Groups:
    """The numbers 0, 1, 2 … in the groups that `group_of` puts them into.

    >>> grouped([1, 0, 1], 2)[1]
    array('i', [0, 2])
    """
    sizes = [0] * groups
    for group in group_of:
        sizes[group] += 1
    order = sorted(range(len(group_of)), key=group_of.__getitem__)
    return Groups(array("i", accumulate(sizes, initial=0)), array("i", order))


@dataclass(frozen=True, slots=True)
class Coded:
    """A text of each statement as the number of a name, for there are few different ones."""

    names: tuple[str, ...]  # sorted
    codes: array[int]

    def marked(self, wanted: Collection[str]) -> bytes:
        """1 for each statement whose text is among those wanted."""
        return bytes(map([name in wanted for name in self.names].__getitem__, self.codes))


def coded(texts: Iterable[str]) -> Coded:
    """Texts as numbers of names.

    >>> coded(["pth", "energy", "pth"])
    Coded(names=('energy', 'pth'), codes=array('i', [1, 0, 1]))
    """
    texts = tuple(texts)
    names = tuple(sorted(set(texts)))
    number = {name: code for code, name in enumerate(names)}
    return Coded(names, array("i", map(number.__getitem__, texts)))


class Settings(dict[int, tuple[Context, ...]]):
    """Where the sources of statements looked, by number; see `context.settings`.

    Each is worked out when it is asked for: one question asks of few, and all take longer than it.
    """

    def __init__(self, statements: Sequence[Statement], words: Vocabulary) -> None:
        self._statements, self._words = statements, words

    def __missing__(self, number: int) -> tuple[Context, ...]:
        self[number] = value = settings(self._statements[number], self._words)
        return value


@dataclass(frozen=True, eq=False)  # what is worked out is kept in its dictionary
class Columns:
    """The columns of a graph; `columns_of` makes them from records."""

    entities: tuple[str, ...]  # ids by number: sorted
    by_id: Mapping[str, Statement]  # the statements by id, in their order
    statements: tuple[Statement, ...]  # by number
    sources: Mapping[str, Source]  # by id
    words: Vocabulary = WORDS  # of the graph: those of all graphs, and its own
    categories: Mapping[str, str] = field(default_factory=dict)  # by the id of the entity
    #: What stands above the columns and was worked out from them alone, by its name.
    derived: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the statements, by number; worked out when the first is asked for."""
        return tuple(self.by_id)

    def number(self, entity: str) -> int:
        """The number of the entity with this id; -1 where the graph does not mention it."""
        place = bisect_left(self.entities, entity)
        there = place < len(self.entities) and self.entities[place] == entity
        return place if there else -1

    def category(self, entity: int) -> str:
        """The category of an entity, by its number; empty text where nothing describes it."""
        return self.categories.get(self.entities[entity], "")

    def numbers(self, statements: Iterable[Statement]) -> Iterator[int]:
        """The numbers of statements that these columns have given."""
        number_of = {id(statement): number for number, statement in enumerate(self.statements)}
        return (number_of[id(statement)] for statement in statements)

    def number_of(self, identifier: str) -> int:
        """The number of the statement with an id; -1 where there is none."""
        return self._numbers.get(identifier, -1)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {identifier: number for number, identifier in enumerate(self.ids)}

    @cached_property
    def _sorted_ids(self) -> tuple[str, ...]:
        return tuple(sorted(self.ids))

    def called(self, text: str) -> str | None:
        """The id of the statement that a text names: its id or IRI, or how only that id begins.

        At least eight digits are needed; the `s` before them may be left out, and zeros before
        what a spreadsheet took for a number. None where there is no such statement; raises
        `NotFound` where several ids begin so.
        """
        digits = _ID.fullmatch(text.strip())
        if digits is None:
            return text if text in self.by_id else None
        begun = digits[1].lower()
        ids = self._beginning(begun)
        if not ids and begun.isdigit():
            ids = self._beginning(begun.zfill(16))
        if len(ids) > 1:
            raise NotFound(f"the ids of several statements begin with {text!r}", ids[:3])
        return ids[0] if ids else None

    def _beginning(self, digits: str) -> tuple[str, ...]:
        """The ids that begin with `s` and these digits."""
        first = bisect_left(self._sorted_ids, f"s{digits}")
        last = bisect_left(self._sorted_ids, f"s{digits}g")  # no digit comes after f
        return self._sorted_ids[first:last]

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The name under which a source is counted, by each of its identifiers."""
        return groups(self.sources.values())

    # --- Who is connected to whom ---------------------------------------------------------------

    @cached_property
    def _ends(self) -> tuple[array[int], array[int]]:
        numbers = {entity: number for number, entity in enumerate(self.entities)}
        return (
            array("i", [numbers[statement.subject] for statement in self.statements]),
            array("i", [numbers[statement.object] for statement in self.statements]),
        )

    @property
    def subjects(self) -> array[int]:
        """The entity that is the subject, by its number."""
        return self._ends[0]

    @property
    def objects(self) -> array[int]:
        """The entity that is the object, by its number."""
        return self._ends[1]

    @cached_property
    def by_subject(self) -> Groups:
        """The statements by their subject."""
        return grouped(self.subjects, len(self.entities))

    @cached_property
    def by_object(self) -> Groups:
        """The statements by their object."""
        return grouped(self.objects, len(self.entities))

    def touching(self, entity: int) -> list[int]:
        """The statements about an entity: those of which it is the subject, then the others."""
        subjects = self.subjects
        into = (number for number in self.by_object[entity] if subjects[number] != entity)
        return [*self.by_subject[entity], *into]

    def between(self, start: int, end: int) -> list[int]:
        """The statements that name two entities: those with the first as subject, then the others.

        They are looked for on the side where there is less to look through.
        """
        return [*self._leading(start, end), *(self._leading(end, start) if start != end else ())]

    def _leading(self, subject: int, end: int) -> Sequence[int]:
        out, into = self.by_subject[subject], self.by_object[end]
        if len(out) < len(into):
            objects = self.objects
            return [number for number in out if objects[number] == end]
        subjects = self.subjects
        return [number for number in into if subjects[number] == subject]

    def unlike(self, other: Columns) -> list[int]:
        """The statements that other columns do not have, or not so, by their numbers here."""
        there = dict(zip(other.ids, other.statements, strict=True))
        ours = zip(self.ids, self.statements, strict=True)
        return [n for n, (key, statement) in enumerate(ours) if there.get(key) != statement]

    # --- What the statements say --------------------------------------------------------------

    @cached_property
    def predicates(self) -> Coded:
        """The predicate."""
        return coded(statement.predicate for statement in self.statements)

    @cached_property
    def topics(self) -> Coded:
        """The topic; empty text where none is stated."""
        return coded(statement.topic for statement in self.statements)

    # --- What they are worth ------------------------------------------------------------

    @cached_property
    def negated(self) -> array[int]:
        """1 where the statement is negated."""
        return array("b", [statement.negated for statement in self.statements])

    @cached_property
    def signs(self) -> array[int]:
        """+1, -1, or 0 where it is not known or the statement is negated."""
        return array("b", map(self.words.sign_of, self.statements))

    @cached_property
    def statuses(self) -> array[int]:
        """The status, by its code in `STATUS_CODES`."""
        return array("b", [STATUS_CODES[status(s.evidence)] for s in self.statements])

    def status(self, statement: int) -> str:
        """The status of a statement, by its name."""
        return _STATUS_NAMES[self.statuses[statement]]

    @cached_property
    def sayable(self) -> array[int]:
        """1 where the statement may be repeated without its evidence; see `standing.sayable`."""
        return array("b", [sayable(statement.evidence) for statement in self.statements])

    @cached_property
    def supporting(self) -> array[int]:
        """How many independent sources support the statement."""
        return self._independent("supports")

    @cached_property
    def disputing(self) -> array[int]:
        """How many independent sources dispute the statement."""
        return self._independent("disputes")

    def _independent(self, stance: str) -> array[int]:
        groups = self.groups
        return array("i", [len(independent(s.evidence, groups, stance)) for s in self.statements])

    def weight(self, statement: int) -> Weight:
        """How weak a statement is as a link, without asking for those of all."""
        return weight(self.groups, self.statements[statement])

    @cached_property
    def settings(self) -> Settings:
        """Where the sources that support a statement looked, by its number."""
        return Settings(self.statements, self.words)

    # --- Which of them are followed -------------------------------------------------------------

    @cached_property
    def followed(self) -> bytes:
        """1 for each statement that is followed where nothing else is asked for."""
        return self.with_statuses(FOLLOWED)

    def with_statuses(self, statuses: Collection[str]) -> bytes:
        """1 for each statement that is not negated and has one of the statuses.

        What the article alone denies counts as refuted here, and so does what only retracted
        sources speak of.
        """
        wanted = bytes(name in statuses for name in STATUSES)
        alone = {STATUS_CODES["asserted-only"], STATUS_CODES["no-evidence"]}
        denied = "refuted" in statuses
        return bytes(
            not negated and (denied if code in alone and not may_say else wanted[code])
            for negated, code, may_say in zip(
                self.negated, self.statuses, self.sayable, strict=True
            )
        )

    def best(self, statuses: Sequence[str]) -> Iterable[int]:
        """All statements, best supported first: by sources, by the order of `statuses`, by id."""
        rank = [statuses.index(name) for name in STATUSES]
        supporting, codes, ids = self.supporting, self.statuses, self.ids
        return sorted(range(len(ids)), key=lambda n: (-supporting[n], rank[codes[n]], ids[n]))

    # --- What their evidence is -----------------------------------------------------------------

    @cached_property
    def hows(self) -> frozenset[How]:
        """The different ways in which evidence was gained."""
        return frozenset(
            (row.stance, row.strength, row.method, row.species, row.system)
            for statement in self.statements
            for row in statement.evidence
        )

    @cached_property
    def cited(self) -> frozenset[str]:
        """The sources that evidence comes from, by id."""
        return frozenset(row.source for s in self.statements for row in s.evidence)

    def having(self, test: Callable[[Evidence], bool]) -> bytes:
        """1 for each statement with a piece of evidence that passes a test.

        The test may look at how the evidence was gained, and at whether it was retracted.
        """
        return bytes(any(map(test, statement.evidence)) for statement in self.statements)

    def marked(self, marks: bytes) -> Iterator[Statement]:
        """The statements for which `marks` holds 1, in their order."""
        return compress(self.statements, marks)

    def where(self, test: Callable[[Statement], bool]) -> bytes:
        """1 for each statement that passes a test."""
        return bytes(map(test, self.statements))


def columns_of(
    statements: Mapping[str, Statement] | Iterable[Statement],
    sources: Iterable[Source] = (),
    entities: Mapping[str, Entity] | Iterable[str] = (),
    words: Vocabulary = WORDS,
) -> Columns:
    """The columns of statements in this order; `entities` are ids that need not be mentioned.

    Given as a mapping from ids to entities, they say of which categories these are.

    >>> columns = columns_of([Statement(subject="b", predicate="inhibits", object="a")])
    >>> columns.entities, columns.subjects, columns.signs
    (('a', 'b'), array('i', [1]), array('b', [-1]))
    """
    described = entities if isinstance(entities, Mapping) else {}
    by_id = statements if isinstance(statements, Mapping) else {s.id: s for s in statements}
    numbered = tuple(by_id.values())
    mentioned = {*entities, *(s.subject for s in numbered), *(s.object for s in numbered)}
    return Columns(
        tuple(sorted(mentioned)),
        by_id,
        numbered,
        {source.id: source for source in sources},
        words,
        {key: entity.category for key, entity in described.items()},
    )
