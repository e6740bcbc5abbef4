"""Tables of others: rows of cells between tabs, commas, semicolons, bars or blanks.

Cells between tabs are taken as they stand, for most of who write them quote nothing; only a row
with another number of cells than the header, or a cell that is quoted as a whole, is read as
spreadsheets write them. Cells between other signs may be quoted.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from trabecula.errors import FormatError, Problem
from trabecula.leftover import Leftovers

#: Row of a table: the number of its line, its cells.
Row = tuple[int, list[str]]
DELIMITERS: Final = ("\t", ",", ";", "|")
#: Characters in the largest cell that a quoted table may have; sentences of abstracts are shorter.
_LARGEST: Final = 1 << 24

#: Well-known names of the two columns of an edge, folded; the first pair that is there counts.
PAIRS: Final = (
    ("subject", "object"), ("subjectid", "objectid"), ("source", "target"),
    ("sourceid", "targetid"), ("sourcenode", "targetnode"),
    ("sourcegenesymbol", "targetgenesymbol"),
    ("from", "to"), ("fromnode", "tonode"), ("fromid", "toid"), ("head", "tail"), ("h", "t"),
    ("start", "end"), ("startid", "endid"), ("xid", "yid"), ("entitya", "entityb"),
    ("entity1", "entity2"), ("entity1name", "entity2name"),
    ("interactora", "interactorb"), ("participanta", "participantb"), ("proteina", "proteinb"),
    ("protein1", "protein2"), ("stringida", "stringidb"), ("genea", "geneb"), ("gene1", "gene2"),
    ("nodea", "nodeb"), ("node1", "node2"), ("regulator", "target"), ("tf", "target"),
    ("regulator", "gene"),
    ("ligand", "receptor"), ("drug", "target"), ("src", "dst"), ("kinase", "substrate"),
    ("enzyme", "substrate"), ("mirna", "target"), ("mirna", "gene"), ("gene", "disease"),
    ("disease", "gene"), ("drug", "disease"), ("drug", "gene"), ("chemical", "gene"),
    ("compound", "target"), ("compound", "gene"), ("ligand", "target"), ("gene", "drug"),
    ("gene", "phenotype"), ("variant", "disease"), ("chemical", "disease"),
    ("chemical", "protein"), ("targetid", "diseaseid"), ("drugid", "targetid"),
    ("tfid", "targetid"), ("uniprota", "uniprotb"), ("partnera", "partnerb"),
    ("cause", "outcome"), ("exposure", "outcome"), ("cause", "effect"),
)  # fmt: skip


def folded(name: str) -> str:
    """A name of a column without case, blanks and signs."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def is_pair(names: set[str]) -> bool:
    """Whether two of these folded names are those of the ends of an edge."""
    return any(set(pair) <= names for pair in PAIRS)


def delimiter_of(line: str) -> str:
    """What separates the cells of a line; a blank where none of the usual signs stands in it.

    >>> delimiter_of("source,target;x"), delimiter_of("b3396 b2609")
    (',', ' ')
    """
    if "\t" in line:
        return "\t"
    if re.match(r"\S+ \S+ \{", line):  # as networkx writes a pair with its attributes
        return " "
    counts = {sign: _unquoted(line, sign) for sign in DELIMITERS[1:]}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else " "


def _unquoted(line: str, sign: str) -> int:
    """How often a sign stands in a line outside of quotation marks."""
    return sum(part.count(sign) for part in line.split('"')[::2])


def rows(lines: Iterable[tuple[int, str]], delimiter: str, where: str) -> Iterator[Row]:
    """The rows of a table without its empty lines; a quoted cell may go over several lines.

    Raises `FormatError` for quotation marks that do not end.
    """
    if delimiter == "\t":
        for number, line in lines:
            if line:
                yield number, line.split("\t")
    elif delimiter == " ":
        for number, line in lines:
            if line.strip():
                yield number, _between_blanks(line)
    else:
        yield from _quoted(lines, delimiter, where)


def _between_blanks(line: str) -> list[str]:
    """The cells of a line between blanks; R quotes its texts, networkx writes a dictionary behind.

    >>> _between_blanks('"1" "TP53 (human)" "MDM2" -1'), _between_blanks("a b {'x': 1}")
    (['1', 'TP53 (human)', 'MDM2', '-1'], ['a', 'b', "{'x':", '1}'])
    """
    if '"' in line and "{" not in line:
        try:
            row = next(csv.reader([line], delimiter=" ", skipinitialspace=True, strict=True))
            return [cell for cell in row if cell]
        except csv.Error:
            pass
    return line.split()


def _quoted(lines: Iterable[tuple[int, str]], delimiter: str, where: str) -> Iterator[Row]:
    numbers: list[int] = []  # of the lines that the row at hand is made of

    def texts() -> Iterator[str]:
        for number, line in lines:
            numbers.append(number)
            yield f"{line}\n"

    before = csv.field_size_limit(min(_LARGEST, sys.maxsize))
    try:
        for cells in csv.reader(texts(), delimiter=delimiter, strict=True):
            if any(cells):
                yield numbers[0], cells
            numbers.clear()
    except csv.Error as error:
        what, fix = f"the row cannot be read: {error}", "close its quotation marks"
        place = f"{where}:{numbers[0] if numbers else 1}"
        raise FormatError([Problem("bad-row", place, what, fix)]) from error
    finally:
        csv.field_size_limit(before)


def below(header: Sequence[str], table: Iterable[Row], left: Leftovers, name: str) -> Iterator[Row]:
    """The rows of a table without the header where it stands again, as in files put together."""
    again = list(header)
    for number, cells in table:
        if cells == again:
            left.mend("the header, which stands again, left out", f"{name}:{number}")
        else:
            yield number, cells


def fitted(cells: list[str], delimiter: str, width: int) -> list[str] | None:
    r"""The cells of a row in a table of so many columns: short rows filled, quoted cells unquoted.

    None where there are more cells than columns, which nobody can tell apart.

    >>> fitted(["a", '"b, c"'], "\t", 3)
    ['a', 'b, c', '']
    """
    if delimiter == "\t" and len(cells) > width and any(c.startswith('"') for c in cells):
        try:
            cells = next(csv.reader(["\t".join(cells)], delimiter="\t", strict=True))
        except (csv.Error, StopIteration):
            return None
    elif delimiter == "\t":
        for index, cell in enumerate(cells):
            if cell[:1] == '"' and len(cell) > 1 and cell[-1] == '"':
                inner = cell[1:-1].replace('""', "")
                if '"' not in inner:
                    cells[index] = cell[1:-1].replace('""', '"')
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) > width:
        return None
    return cells + [""] * (width - len(cells))


def name_of(cell: str) -> str:
    """The name of a column without what some write around it.

    >>> name_of('"#subject" '), name_of("# subject")
    ('subject', 'subject')
    """
    return cell.strip().strip('"').lstrip("#").strip()


def unique(header: Sequence[str], place: str) -> list[str]:
    """The names of columns without blanks around them.

    Raises `FormatError` for a name that stands twice.
    """
    names = [name_of(cell) for cell in header]
    seen: set[str] = set()
    for name in filter(None, names):
        if name in seen:
            what, fix = f"the column {name!r} stands twice", "give each its own name"
            raise FormatError([Problem("columns", place, what, fix)])
        seen.add(name)
    return names
