"""The core of a graph that says what it is about: what holds together most around that."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping

from trabecula.columns import Columns
from trabecula.quantities import EXCESS, LACK, Quantities, quantities_of
from trabecula.reason.dense import Ends, concluded, direct, ends, in_one_piece, peeled


def around(columns: Columns, chosen: Iterable[int], entities: int, statements: int) -> list[int]:
    """Of the `chosen` statements those around what the graph is about, as many as are readable.

    What it is about is never taken away, nor what lies on the fewest steps between: the greedy
    search for a community of given nodes of Sozio & Gionis 2010 ("The community-search problem and
    how to plan a successful cocktail party", KDD 2010:939), with the weights of the core, among
    what is nearest. Quantities are taken away and not their names; the names that the statements
    which are left have for one are tied by the statements that say so. No more than `entities`
    and `statements` are left, unless what the graph is about lies farther apart. Empty where none
    of the chosen speaks of it.
    """
    asked = sorted({number for number in map(columns.number, columns.words.focus) if number >= 0})
    if not asked:
        return []
    quantities = quantities_of(columns)
    of, ways, intervals = quantities.of, quantities.ways, quantities.intervals
    about = list(dict.fromkeys(of[entity] for entity in asked))

    def between(number: int) -> Ends:
        start, end = ends(columns, number)
        return of[start], of[end]

    def sign(number: int) -> int:
        start, end = ends(columns, number)
        return columns.signs[number] * ways[start] * ways[end]

    def told(number: int, step: int, last: int) -> bool:
        """Whether signs agree, and no step speaks of a lack where another does of an excess."""
        (start, end), (first, between), (onward, target) = (
            ends(columns, each) for each in (number, step, last)
        )
        joints = ((start, first), (between, onward), (target, end))
        apart = any(intervals[left] * intervals[right] == LACK * EXCESS for left, right in joints)
        return not apart and sign(number) != 0 and sign(step) * sign(last) == sign(number)

    near = _nearest({number: between(number) for number in chosen}, about, entities)
    best = _best(columns, concluded(columns, near), of, asked)
    kept = _joined(best, about)
    order = peeled(columns, best, kept)
    shown: list[int] = []
    for count in range(max(entities, len(kept)), max(len(kept) - 1, 0), -1):
        few = set(order[-count:])
        inside = sorted(number for both, number in best.items() if few.issuperset(both))
        links = direct(columns, {number: between(number) for number in inside}, told)
        shown = _named(columns, quantities, in_one_piece(links, about), asked)
        if len(shown) <= statements and len(_boxes(columns, shown)) <= entities:
            break
    return shown


def _nearest(links: Mapping[int, Ends], about: Collection[int], count: int) -> list[int]:
    """The statements among the nodes nearest to some, as many steps away as it takes to `count`.

    What lies on the fewest steps between them is among these nodes.
    """
    near: dict[int, set[int]] = {}
    for start, end in links.values():
        near.setdefault(start, set()).add(end)
        near.setdefault(end, set()).add(start)
    reached: set[int] = set()
    edge = near.keys() & set(about)
    while edge and len(reached) < count:
        reached |= edge
        edge = {other for node in edge for other in near[node]} - reached
    reached |= _joined(links.values(), about)
    return [number for number, link in links.items() if reached.issuperset(link)]


def _best(
    columns: Columns, numbers: Iterable[int], of: array[int], asked: Collection[int]
) -> dict[Ends, int]:
    """The best known statement of how one quantity acts on another, each way.

    Of equal ones it is that which calls both by their usual names, those that the graph is about.
    """

    def worth(number: int) -> tuple[int, int]:
        both = ends(columns, number)
        usual = sum(entity in asked or of[entity] == entity for entity in both)
        return columns.supporting[number], usual

    best: dict[Ends, int] = {}
    for number in numbers:
        start, end = ends(columns, number)
        link = of[start], of[end]
        if link not in best or worth(number) > worth(best[link]):
            best[link] = number
    return best


def _joined(pairs: Iterable[Ends], about: Iterable[int]) -> set[int]:
    """What a graph is about, as far as it is in any pair, and the fewest nodes between."""
    near: dict[int, list[int]] = {}
    for start, end in sorted(pairs):
        near.setdefault(start, []).append(end)
        near.setdefault(end, []).append(start)
    there = [node for node in about if node in near]
    before: dict[int, int] = {node: node for node in there[:1]}
    waiting = there[:1]
    for node in waiting:  # which grows while it is walked
        for end in near[node]:
            if end not in before:
                before[end] = node
                waiting.append(end)
    kept: set[int] = set()
    for node in there:
        while node not in kept:
            kept.add(node)
            node = before.get(node, node)  # noqa: PLW2901 (back to where the walk began)
    return kept


def _named(
    columns: Columns, quantities: Quantities, numbers: Iterable[int], asked: Iterable[int]
) -> list[int]:
    """The statements with those that tie the names by which they call one quantity, sorted."""
    of = quantities.of
    shown = set(numbers)
    names: dict[int, set[int]] = {}
    for entity in _boxes(columns, shown):
        names.setdefault(of[entity], set()).add(entity)
    for entity in asked:
        if of[entity] in names:
            names[of[entity]].add(entity)
    for quantity, some in names.items():
        first = quantity if quantity in some else min(some)
        for entity in some - {first}:
            shown.update(quantities.naming(first, entity))
    return sorted(shown)


def _boxes(columns: Columns, numbers: Iterable[int]) -> set[int]:
    """The entities that statements are of."""
    return {end for n in numbers for end in (columns.subjects[n], columns.objects[n])}
