"""What a reader leaves out or reads otherwise than it is written: counted and named.

A reader gets a `Leftovers` and tells it of each thing that it does not keep:

    left.add("property", "ex:score", "<http://example.org/zinc>")
    left.add("attribute", "weight", "edges[0]")

`formats.read` and `formats.load` hand one to the reader of the format and give what is in it as
warnings, one a rule:

    graph.ttl: 2 properties were left out: ex:score (500), ex:note (3); first <http://…/zinc>

What can be read without doubt though it is not written as it should be, such as a no-break space,
is mended, and that is said as well:

    left.mend("U+00A0 NO-BREAK SPACE read as a plain blank", "entities.tsv:12")

Where a program gives its own, as in `load(path, left=left)`, nothing is warned of and the program
looks at `left.lines()` itself. The command line prints each `LeftOut` on standard error, one line.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from trabecula.characters import visible
from trabecula.counted import counted

#: How many names a line gives.
_FEW: Final = 8
#: How many ways of writing that were read otherwise have a line.
_RULES: Final = 20
_PLURALS: Final = {"property": "properties", "evidence": "pieces of evidence"}
#: What follows the noun in a kind such as "value at another time".
_REST: Final = re.compile(r" (?:of|in|at|within|whose) .+")


class LeftOut(UserWarning):
    """A file said something that the graph has no place for, or said it in a way of its own."""


@dataclass(slots=True)
class Leftovers:
    """What is left out of one file: kind -> name -> how often."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    #: Kind -> place of the first that was left out.
    first: dict[str, str] = field(default_factory=dict)
    #: What was read otherwise than written -> how often, and the place of the first.
    mended: dict[str, tuple[int, str]] = field(default_factory=dict)

    def mend(self, what: str, place: str) -> None:
        """Note that something was read otherwise than it is written, and how."""
        count, first = self.mended.get(what, (0, place))
        self.mended[what] = (count + 1, first)

    def once(self, what: str, place: str) -> None:
        """Note that a whole file was read otherwise than written, however often it is read."""
        self.mended.setdefault(what, (1, place))

    def add(self, kind: str, name: str, place: str, count: int = 1) -> None:
        """Note that something was left out.

        `kind` says in one word what it is ("property", "attribute", "column"), `name` which one,
        `place` where in the file it stands.
        """
        names = self.counts.setdefault(kind, {})
        names[name] = names.get(name, 0) + count
        self.first.setdefault(kind, place)

    def take(self, other: Leftovers) -> None:
        """Note what another one was told."""
        for kind, names in other.counts.items():
            for name, count in names.items():
                self.add(kind, name, other.first[kind], count)
        for what, (times, place) in other.mended.items():
            before, first = self.mended.get(what, (0, place))
            self.mended[what] = (before + times, first)

    def lines(self) -> Iterator[str]:
        """One line a kind: how many names, the commonest with their counts, the first place.

        Then one line for each thing that was read otherwise than written.

        >>> left = Leftovers()
        >>> left.add("property", "ex:score", "<http://example.org/zinc>", count=500)
        >>> list(left.lines())
        ['1 property was left out: ex:score (500); first at <http://example.org/zinc>']
        """
        for kind, names in self.counts.items():
            few = sorted(names, key=lambda name: (-names[name], name))[:_FEW]
            shown = ", ".join(f"{_printable(name)} ({names[name]:,})" for name in few)
            more = f" and {len(names) - _FEW:,} more" if len(names) > _FEW else ""
            were = "was" if len(names) == 1 else "were"
            place = _printable(self.first[kind])
            counted_names = counted(len(names), kind, _many(kind))
            yield f"{counted_names} {were} left out: {shown}{more}; first at {place}"
        for what, (count, place) in list(self.mended.items())[:_RULES]:
            times = "" if count == 1 else f", {count:,} times, first"
            yield f"{_printable(what)}{times} at {_printable(place)}"
        if len(self.mended) > _RULES:
            yield f"and {len(self.mended) - _RULES:,} more ways of writing were read as others"

    def warn(self, where: str) -> None:
        """Give each line as a `LeftOut` warning, with the name of the file in front."""
        for line in self.lines():
            warnings.warn(f"{_printable(where)}: {line}", LeftOut, stacklevel=3)


def _many(kind: str) -> str:
    """More than one of a kind.

    >>> _many("column"), _many("property of an edge"), _many("node within a node")
    ('columns', 'properties of an edge', 'nodes within a node')
    """
    rest = _REST.search(kind)
    noun = kind[: rest.start()] if rest else kind
    return f"{_PLURALS.get(noun, f'{noun}s')}{rest.group() if rest else ''}"


def _printable(text: str) -> str:
    """The text of a file without what a terminal would obey, and not too long for a line."""
    return visible(text, 80)
