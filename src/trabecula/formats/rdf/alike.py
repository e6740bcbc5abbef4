"""Subjects that are alike: what their lines have in common is compared at once, not read again.

Programs write the lines of like subjects with the same properties in the same order. Of the first
subjects it is learned which values they have in common; what differs is read of each. Where
subjects are not alike that would take longer than it saves, and is given up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from trabecula.formats.rdf.content import Properties, keep
from trabecula.formats.rdf.rows import Object

#: So many subjects may be unlike all others, besides as many as are alike, before it is given up.
PATIENCE: Final = 50
#: So many shapes are remembered, and subjects of so many lines.
MOST_SHAPES: Final = 64
MOST_LINES: Final = 100


class _Pattern(NamedTuple):
    """What subjects of one shape have in common.

    `common` are the texts before each value that differs, and the last behind all of them, in
    parts between which the subject stands.
    """

    common: list[list[str]]
    names: list[str]  # the properties of the values that differ
    properties: Properties  # with the values that do not
    several: list[str]  # those of them that have several values
    lines: int


#: Where patterns part: what may stand here, longest first, and what comes then.
_Tree: TypeAlias = "list[tuple[list[str], _Tree | _Pattern]]"


def _tree(patterns: Sequence[_Pattern], depth: int = 0) -> _Tree:
    """The tree of patterns that have the same behind them, so far."""
    groups: dict[tuple[str, ...], list[_Pattern]] = {}
    branches: list[tuple[list[str], _Tree | _Pattern]] = []
    for pattern in patterns:
        if len(pattern.common) == depth + 1:
            branches.append((pattern.common[depth], pattern))
        else:
            groups.setdefault(tuple(pattern.common[depth]), []).append(pattern)
    branches += [(list(parts), _tree(several, depth + 1)) for parts, several in groups.items()]
    return sorted(branches, key=lambda branch: -sum(map(len, branch[0])))


class _Shape:
    """The lines of the first subject with these properties, without their subject."""

    __slots__ = ("differing", "ends", "pattern")

    def __init__(self, ends: Sequence[str]) -> None:
        self.ends = ends
        self.differing: frozenset[int] = frozenset()
        self.pattern: _Pattern | None = None


class Kind:
    """Subjects whose lines begin with the same property."""

    def __init__(
        self, names: Mapping[str, str], values: Mapping[str, dict[Object, None] | None]
    ) -> None:
        self._names, self._values = names, values
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._tree: _Tree = []
        self._alike = self._unlike = 0

    @property
    def is_worth(self) -> bool:
        """Whether enough of them are alike."""
        return self._unlike <= PATIENCE + self._alike // 4

    def read(self, text: str, place: int, lead: str) -> tuple[Properties | None, int, int]:
        """What the lines of a subject say, their number, and where they end.

        Nothing of one that is unlike. `lead` is what its lines begin with, a line end and all.
        """
        ends, pattern, end = self._match(text, place, lead)
        values = [self._values[each] for each in ends]
        if pattern is None or None in values:  # of a line in a graph
            return None, 0, place
        properties = pattern.properties.copy()
        properties.update(zip(pattern.names, values, strict=True))  # type: ignore[arg-type]
        for name in pattern.several:
            properties[name] = properties[name].copy()
        self._alike += 1
        return properties, pattern.lines, end

    def _match(self, text: str, place: int, lead: str) -> tuple[list[str], _Pattern | None, int]:
        """What differs in the lines of a subject, their pattern, and where they end."""
        ends: list[str] = []
        others: list[tuple[_Tree, int, int]] = []  # ways not tried yet, and where they part
        branches, end = self._tree, place
        while True:
            for branch in branches:
                common = lead.join(branch[0])
                if text.startswith(common, end):
                    break
            else:
                if not others:
                    return [], None, place
                branches, end, size = others.pop()
                del ends[size:]
                continue
            if branch is not branches[-1]:
                others.append((branches[branches.index(branch) + 1 :], end, len(ends)))
            start, after = end + len(common), branch[1]
            end = text.find("\n", start)
            if end < 0:
                end = len(text)
            if isinstance(after, list):
                ends.append(text[start:end])
                branches = after
            elif start == end and not text.startswith(lead, end):
                return ends, after, end
            else:
                branches = []

    def learn(self, lines: Sequence[str]) -> None:
        """Learn from the lines of a subject that was unlike, without it."""
        self._unlike += 1
        if not 1 < len(lines) <= MOST_LINES:
            return
        parts = [line.partition(" ") for line in lines]
        names = tuple([name for name, _, _ in parts])
        ends = [end for _, _, end in parts]
        shape = self._shapes.get(names)
        if shape is None:
            if len(self._shapes) < MOST_SHAPES:
                self._shapes[names] = _Shape(ends)
            return
        differing = shape.differing | {at for at, end in enumerate(ends) if end != shape.ends[at]}
        if shape.pattern is not None and differing == shape.differing:
            return
        shape.differing, shape.pattern = differing, self._pattern(names, shape.ends, differing)
        self._tree = _tree([each.pattern for each in self._shapes.values() if each.pattern])

    def _pattern(
        self, names: Sequence[str], ends: Sequence[str], differing: frozenset[int]
    ) -> _Pattern | None:
        """The pattern of a shape; none where a property has several values that differ."""
        if len({names[at] for at in differing}) < len(differing) or any(
            names.count(names[at]) > 1 for at in differing
        ):
            return None
        common: list[list[str]] = [[""]]
        properties: Properties = {}
        for at, (name, end) in enumerate(zip(names, ends, strict=True)):
            if at in differing:
                common[-1].append(f"{name} ")
                common.append([""])
                properties[self._names[name]] = {}
                continue
            common[-1].append(f"{name} {end}")
            values = self._values[end]
            if values is None:
                return None
            keep(properties, self._names[name], values)
        return _Pattern(
            common,
            [self._names[names[at]] for at in sorted(differing)],
            properties,
            [name for name, values in properties.items() if len(values) > 1],
            len(names),
        )


class Alike:
    """The kinds of subjects in a file.

    `names` gives the property, `values` the value for what stands in a line, ` .` and all.
    """

    def __init__(
        self, names: Mapping[str, str], values: Mapping[str, dict[Object, None] | None]
    ) -> None:
        self._names, self._values = names, values
        self._kinds: dict[str, Kind] = {}

    def kind(self, text: str, place: int) -> Kind | None:
        """The kind of a subject whose first property stands here; none where it is not worth it."""
        name = text[place : text.find(" ", place)]
        kind = self._kinds.get(name)
        if kind is None:
            if len(self._kinds) >= MOST_SHAPES:
                return None
            kind = self._kinds[name] = Kind(self._names, self._values)
        return kind if kind.is_worth else None
