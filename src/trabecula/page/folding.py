r"""RDF folded so that it compresses to little, beside records that say most of it already.

TriG of a graph repeats itself in blocks: each statement has the same lines, with other values. Its
lines are sorted into columns of what such lines hold, and what the records hold as well is a number
there. Nothing has to be known of RDF for that, nor to undo it: `frontend/src/sparql/told.js` does.

    what stands in each place, a letter a line            "!" for a line that is told whole
    how lines of each column begin and end                "\x1d" between two, "\x1e" for the value
    the lines that are told whole
    the values of each column, or "\x1d" and the number of one that is the same

`"\x1c"` stands between these. TriG never holds these letters: its texts write them as escapes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final
from urllib.parse import quote

#: Between parts, between what is told of columns, and where the value stands.
_PART: Final = "\x1c"
_NEXT: Final = "\x1d"
_VALUE: Final = "\x1e"
#: Stands before the number of a text that the records have.
_TOLD: Final = "\x1a"
#: Stands before the number of an id that came before.
_AGAIN: Final = "\x1b"
#: Stands for a line that is told whole, and the letter of the first column.
_WHOLE: Final = "!"
_FIRST: Final = 0x23
#: As many lines make a column, and there are no more columns than letters that are no surrogates.
_LEAST: Final = 48
_MOST: Final = 20_000
#: The shortest text that a number is shorter than, in letters.
_SHORT: Final = 8
#: How far apart two that come one after the other may be told.
_NEAR: Final = 2
#: Of how many short names that is decided, and of how few different lines whether any is told.
_LOOKED_AT: Final = 400
_FEW: Final = 100

#: What may be told: a text, what an IRI of ours ends with, an id of evidence, and a short name.
_TOKEN: Final = re.compile(
    r'"([^"\\]*(?:\\.[^"\\]*)*)"'
    r"|(?<=/nanopub/)([^#>\s]+)"
    r"|(?<=:)(e[0-9a-f]{32})\b"
    r"|(?<!\S)((?![\w.-]*:e[0-9a-f]{32}\b)[A-Za-z][\w.-]*:(?:[^\s\\\"<>]|\\.)+)",
    re.ASCII,
)
_ID: Final = re.compile(r"e[0-9a-f]{32}")
#: What Turtle writes with a backslash in a short name.
_MARKS: Final = re.compile(r"[~!$&'()*+,;=/?#@%]")


def texts(data: Mapping[str, Any]) -> Iterator[str]:
    """What the records in `data` of a page hold of its RDF, column by column.

    `texts` of `frontend/src/sparql/told.js` gives the same list.
    """
    entities, statements, sources = (data[key] for key in ("entities", "statements", "sources"))
    evidence = [row for statement in statements for row in statement["evidence"]]
    names = {entity["id"]: entity["name"] for entity in entities}
    labels = {row["key"]: row["label"] for row in data["words"]["predicates"]}
    xrefs = [xref for entity in entities for xref in entity.get("xrefs", ())]
    yield from (_short("entity", entity["id"]) for entity in entities)
    yield from (entity["id"] for entity in entities)
    yield from (entity["name"] for entity in entities)
    yield from (entity.get("description", "") for entity in entities)
    yield from chain.from_iterable(entity.get("synonyms", ()) for entity in entities)
    yield from (_short("entity", xref["curie"]) for xref in xrefs)
    yield from (xref.get("label", "") for xref in xrefs)
    yield from (f"statement:{statement['key']}" for statement in statements)
    yield from (_short("entity", statement["source"]) for statement in statements)
    yield from (_short("entity", statement["target"]) for statement in statements)
    for record in statements:
        start, end = (names.get(record[key], "") for key in ("source", "target"))
        yield f"{start} {labels.get(record['predicate'], '')} {end}"
    for review in chain.from_iterable(statement.get("reviews", ()) for statement in statements):
        yield " ".join(review[key] for key in ("date", "kind", "reader", "rows"))
    yield from (_short("source", row["source"]) for row in evidence)
    yield from (row.get("summary", "") for row in evidence)
    yield from (_short("source", source["id"]) for source in sources)
    yield from (quote(source["id"], safe="", errors="replace") for source in sources)
    for key in ("id", "title", "journal", "note", "url"):
        yield from (source.get(key, "") for source in sources)
    yield from ("; ".join(source.get("authors", ())) for source in sources)


def _short(kind: str, identifier: str) -> str:
    r"""The short name that Turtle has for an identifier, as a rule.

    >>> _short("entity", "bone"), _short("source", "doi:10.1/a")
    ('entity:bone', 'doi:10.1\\/a')
    """
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return f"{kind}:{identifier}"
    return f"{prefix}:{_MARKS.sub(lambda mark: chr(92) + mark[0], local)}"


def folded(text: str, told: Iterable[str]) -> str:
    r"""TriG in columns, with numbers in place of what is `told` and of ids that come again.

    Each number says how far to go, in `told` or among the ids that were written in full, from where
    the last one of its kind led. A short name is a number only in a column that has its names in
    the order in which they are told: elsewhere it compresses better as it is.
    """
    places: dict[str, list[int]] = {}
    for place, phrase in enumerate(told):
        if len(phrase) >= _SHORT:
            places.setdefault(phrase, []).append(place)
    numbers = _Numbers(places)
    shape, ends, whole, columns = _columns(text)
    first: dict[str, int] = {}
    parts = [shape, ends, numbers.of(whole)]
    for number, column in enumerate(columns):
        same = first.setdefault(column, number)
        parts.append(numbers.of(column) if same == number else f"{_NEXT}{same}")
    return _PART.join(parts)


def _columns(text: str) -> tuple[str, str, str, list[str]]:
    """What stands in each line, the ends of the columns, the lines told whole, the columns."""
    lines = text.split("\n")
    split = [_split(line) for line in lines]
    counts = Counter(ends for ends, _ in split)
    frequent = [ends for ends, count in counts.items() if count >= _LEAST][:_MOST]
    numbers = {ends: number for number, ends in enumerate(frequent)}
    columns: list[list[str]] = [[] for _ in frequent]
    shape, whole = [], []
    for line, (ends, value) in zip(lines, split, strict=True):
        number = numbers.get(ends)
        if number is None:
            shape.append(_WHOLE)
            whole.append(line)
        else:
            shape.append(chr(_FIRST + number))
            columns[number].append(value)
    return "".join(shape), _NEXT.join(frequent), "\n".join(whole), ["\n".join(c) for c in columns]


def _split(line: str) -> tuple[str, str]:
    r"""How a line begins and ends, with its value in between.

    A line that is set in begins with a predicate, as a rule, and any other with its subject. Names
    of graphs differ in what stands behind `#`.

    >>> _split("    tb:sign 1 ;"), _split("entity:bone a tb:Anatomy .")
    (('    tb:sign \x1e ;', '1'), ('\x1e a tb:Anatomy .', 'entity:bone'))
    """
    if line.startswith(" "):
        start, stop = len(line) - len(line.lstrip(" ")), len(line)
        if line.endswith((" ;", " .")):
            stop -= 2
        if line[start : start + 1] != "<":
            start = line.find(" ", start, stop) + 1 or start
    else:
        start, stop = 0, line.find(" ")
    if stop <= start:
        return f"{_VALUE}{line}", ""
    if line[stop - 1] == ">":
        mark = line.rfind("#", start, stop)
        stop = mark if mark > start else stop
    return f"{line[:start]}{_VALUE}{line[stop:]}", line[start:stop]


class _Numbers:
    """Puts numbers in place of what is told, one part after the other."""

    def __init__(self, places: Mapping[str, Sequence[int]]) -> None:
        self.places = places
        self.last = self.again = 0
        self.ids: dict[str, int] = {}

    def of(self, part: str) -> str:
        """The part with its numbers."""
        lines = set(part.split("\n"))
        if len(lines) < _FEW and not any(map(self._numbered, lines)):
            return part  # as most columns are
        named = self._in_order(part)

        def short(match: re.Match[str]) -> str:
            quoted, ending, identifier, name = match.groups()
            if identifier is not None:
                return self._again(identifier)
            where = self.places.get(quoted or ending or (name if named else ""))
            if not where:
                return match[0]
            place = _onward(where, self.last)
            steps, self.last = place - self.last, place
            return f'"{_TOLD}{steps};"' if quoted else f"{_TOLD}{steps};"

        return _TOKEN.sub(short, part)

    def _numbered(self, line: str) -> bool:
        """Whether there may be a number for any of a line."""
        tokens = chain.from_iterable(_TOKEN.findall(line))
        return any(each in self.places or _ID.fullmatch(each) for each in tokens)

    def _again(self, identifier: str) -> str:
        """An id in full where it comes first, which the reader counts, and else its number."""
        place = self.ids.get(identifier)
        if place is None:
            self.ids[identifier] = len(self.ids)
            return identifier
        steps, self.again = place - self.again, place
        return f"{_AGAIN}{steps};"

    def _in_order(self, part: str) -> bool:
        """Whether most of the first short names in a part come as they are told, in a row."""
        last, names, steps = self.last, 0, 0
        for match in islice(_TOKEN.finditer(part), _LOOKED_AT):
            where = self.places.get(match[4] or "")
            if where:
                place = _onward(where, last)
                names += 1
                steps += 0 <= place - last <= _NEAR
                last = place
        return 2 * steps > names


def _onward(places: Sequence[int], last: int) -> int:
    """The next of some sorted places, or the first where none is further on."""
    at = bisect_right(places, last)
    return places[at] if at < len(places) else places[0]
