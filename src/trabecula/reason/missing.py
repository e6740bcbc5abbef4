"""Links that nobody has written: where two things that belong together are told of apart.

| kind       | what is listed                                                                     |
|------------|------------------------------------------------------------------------------------|
| `names`    | two entities that seem to be names of one quantity, but nothing that is read joins |
| `process`  | a process that something acts on and that is named after a quantity, and of which  |
|            | nobody says what it does to that                                                   |
| `untested` | two quantities between which several chains of supported steps lead, all with one  |
|            | sign, and of which no source speaks together                                       |

That two entities seem to be names of one quantity is said by a statement of names that only the
article makes or somebody disputes, or by the names alone: *blood iron* and *iron level* are *iron*
with a word more (`_WORDS`). A process is named after a quantity where its name has that in it.
These are guesses from words, for a curator to judge; nothing follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from trabecula.characters import words_of
from trabecula.columns import Columns
from trabecula.names import Names
from trabecula.reason.chains import MINUS, PLUS, Chained
from trabecula.reason.concluded import SUPPORTED
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.sayings import ARTICLE, CHANGES, NEEDS, Saying

#: The kinds of missing link, as a heading says them.
KINDS: Final = {
    "names": "they seem names of one quantity",
    "process": "nobody says what the process does to what it is named after",
    "untested": "nobody here tested the one on the other",
}
#: What a name has beside that of its quantity.
_WORDS: Final = frozenset(
    (
        "blood", "serum", "plasma", "circulating", "extracellular", "free", "total", "level",
        "levels", "concentration", "status", "content", "secretion", "release", "deficiency",
        "lack", "low", "excess", "high", "number", "of", "in",
    )
)  # fmt: skip
#: What quantities have that a process can be named after.
_STUFF: Final = frozenset(("chemical", "protein", "complex", "trait", "cell"))
#: An untested link has so many chains at least.
_CHAINS: Final = 2
#: A name has so many letters at least; what has fewer is an abbreviation of many things.
_LETTERS: Final = 4
#: How many entities with one name are put against each other.
_ALIKE: Final = 20


@dataclass(frozen=True, slots=True)
class Missing:
    """Two entities between which a link is missing, and how many chains it would make or has."""

    kind: str
    start: str
    end: str
    chains: int
    sign: int = 0  # of what is untested


def missing(
    conclusions: Conclusions, names: Names, chains: Iterable[Chained]
) -> tuple[Missing, ...]:
    """The missing links, those with the most chains first.

    `chains` are those of `chains.chained`.
    """
    linked = _Linked(conclusions)
    links = [
        *_names(conclusions.columns, names, linked),
        *_processes(names, linked),
        *_untested(conclusions.columns, chains),
    ]
    order = tuple(KINDS)
    links.sort(key=lambda link: (-link.chains, order.index(link.kind), link.start, link.end))
    return tuple(dict.fromkeys(links))


class _Linked:
    """What statements link, and how many quantities act on each entity and are acted on."""

    def __init__(self, conclusions: Conclusions) -> None:
        columns, self.of = conclusions.columns, conclusions.quantities.of
        self.intervals, self.directionless = (
            conclusions.quantities.intervals,
            conclusions.directionless,
        )
        pairs = zip(columns.subjects, columns.objects, strict=True)
        self.pairs = {_pair(self.of[start], self.of[end]) for start, end in pairs}
        self.acted: dict[int, set[int]] = {}
        self.acting: dict[int, set[int]] = {}
        for start in set(self.of):
            for saying in conclusions.sayings.of(start):
                if _carries(saying):
                    self.acting.setdefault(start, set()).add(saying.end)
                    self.acted.setdefault(saying.end, set()).add(start)

    def apart(self, start: int, end: int) -> bool:
        """Whether two entities are of different quantities and no statement speaks of these."""
        pair = _pair(self.of[start], self.of[end])
        return pair[0] != pair[1] and pair not in self.pairs

    def ranged(self, start: int, end: int) -> int:
        """How many of two entities are names of a lack or an excess."""
        return bool(self.intervals[start]) + bool(self.intervals[end])

    def chains(self, start: int, end: int) -> int:
        """How many chains would lead through two entities if the one led to the other."""
        before = self.acted.get(self.of[start], set()) - {self.of[end]}
        after = self.acting.get(self.of[end], set()) - {self.of[start]}
        return len(before) * len(after)


def _pair(start: int, end: int) -> tuple[int, int]:
    """Two numbers, whichever comes first."""
    return (start, end) if start < end else (end, start)


def _carries(saying: Saying) -> bool:
    return saying.kind in (CHANGES, NEEDS) and bool(saying.sign) and saying.tier != ARTICLE


# --- By names -------------------------------------------------------------------------------


def _names(columns: Columns, names: Names, linked: _Linked) -> Iterator[Missing]:
    """Two entities that seem names of one quantity."""
    pairs = {
        (columns.subjects[number], columns.objects[number])
        for number, statement in enumerate(columns.statements)
        if columns.words.relation(statement.predicate).kind == "names"
        and not statement.negated
        and columns.status(number) in ("asserted-only", "contested")
    }
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, words in _worded(names):
        base = tuple(word for word in words if word not in _WORDS)
        if sum(map(len, base)) >= _LETTERS:
            alike.setdefault(base, []).append(number)
    for numbers in alike.values():
        for first, second in combinations(sorted(set(numbers))[:_ALIKE], 2):
            if linked.apart(first, second):
                pairs.add((first, second))
    paired: set[frozenset[int]] = set()
    # Of two quantities it is told once, and of names of the things rather than of their lack.
    for first, second in sorted(pairs, key=lambda pair: (linked.ranged(*pair), pair)):
        quantities = frozenset((linked.of[first], linked.of[second]))
        if len(quantities) > 1 and quantities not in paired:
            paired.add(quantities)
            chains = linked.chains(first, second) + linked.chains(second, first)
            yield Missing("names", columns.entities[first], columns.entities[second], chains)


def _worded(names: Names) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The entities by number with the words of each of their names."""
    for number, key in enumerate(names.ids):
        entity = names.entities.get(key)
        for text in (entity.name, *entity.synonyms) if entity else ():
            yield number, tuple(words_of(text))


def _processes(names: Names, linked: _Linked) -> Iterator[Missing]:
    """Processes that something acts on, and what they are named after and nobody links them to."""
    stuff: dict[tuple[str, ...], int] = {}
    for number, words in _worded(names):
        if names.entities[names.ids[number]].category in _STUFF and words:
            stuff.setdefault(words, number)
    for number, key in enumerate(names.ids):
        entity = names.entities.get(key)
        if entity is None or entity.category != "process":
            continue
        if linked.of[number] in linked.directionless:
            continue
        for after in _within(tuple(words_of(entity.name)), stuff):
            chains = linked.chains(number, after)
            if chains and linked.apart(number, after):
                yield Missing("process", key, names.ids[after], chains)


def _within(words: tuple[str, ...], stuff: dict[tuple[str, ...], int]) -> Iterable[int]:
    """What the longest parts of a name are names of."""
    numbers: list[int] = []
    place = 0
    while place < len(words):
        long = next(
            (n for n in range(len(words) - place, 0, -1) if words[place : place + n] in stuff), 0
        )
        if long and long < len(words):
            numbers.append(stuff[words[place : place + long]])
        place += long or 1
    return dict.fromkeys(numbers)


# --- By chains ------------------------------------------------------------------------------


def _untested(columns: Columns, chains: Iterable[Chained]) -> Iterator[Missing]:
    """Quantities between which several supported chains lead, all with one sign."""
    most: dict[tuple[int, int, int], int] = {}
    for portion in chains:
        one_way = (portion.signs == PLUS) | (portion.signs == MINUS)
        wanted = one_way & (portion.ranks == SUPPORTED) & (portion.chains >= _CHAINS)
        for place in wanted.nonzero()[0].tolist():
            pair = int(portion.starts[place]), int(portion.ends[place])
            key = (*pair, 1 if portion.signs[place] == PLUS else -1)
            most[key] = max(most.get(key, 0), int(portion.chains[place]))
    names = columns.entities
    for (start, end, sign), count in most.items():
        if (start, end, -sign) not in most:
            yield Missing("untested", names[start], names[end], count, sign)
