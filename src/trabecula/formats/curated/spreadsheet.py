"""What spreadsheets do to tables when they save them, undone where there is no doubt.

They put quotation marks around cells, and double those within; they break a cell into lines; they
add empty columns at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_QUOTED = re.compile(r'"((?:[^"]|"")*)"', re.DOTALL)
#: The most lines over which a cell goes on.
_LINES = 100


def touched(head: bytes) -> bool:
    """Whether a table begins as spreadsheets write it: with a mark, or with their ends of lines."""
    return head.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\r" in head


def unquoted(cell: str, *, surely: bool = False, spreadsheet: bool = False) -> str:
    """A cell without the quotation marks that a spreadsheet put around it; else as it is.

    `surely` where the whole table is quoted. A spreadsheet quotes what holds a comma, a quotation
    mark, which it doubles, or the end of a line; quotation marks around anything else are meant.

    >>> unquoted('"a ""b"" c"'), unquoted('"no"'), unquoted('"a, b"', spreadsheet=True)
    ('a "b" c', '"no"', 'a, b')
    """
    match = _QUOTED.fullmatch(cell) if cell.startswith('"') else None
    if match is None:
        return cell
    inner = match[1]
    if surely or '""' in inner or "\n" in inner or (spreadsheet and "," in inner):
        return inner.replace('""', '"')
    return cell


def header(lines: Sequence[str]) -> list[str]:
    """The names of the columns, without the empty ones at the end."""
    cells = [unquoted(cell, surely=True).strip().lower() for cell in _split(lines[:1])]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def quoted(lines: Sequence[str]) -> bool:
    """Whether every column is named in quotation marks, as where all text is quoted."""
    cells = _split(lines[:1])
    return bool(cells) and all(_QUOTED.fullmatch(cell) for cell in cells)


def header_problem(lines: Sequence[str], columns: Sequence[str]) -> tuple[str, str]:
    """What is wrong with a first line that lacks columns or has others, and how to mend it."""
    fix = f"begin the file with {' '.join(columns)}, separated by tabs"
    if not lines:
        return "the file is empty", fix
    for mark, name in ((",", "commas"), (";", "semicolons")):
        if {cell.strip('" ') for cell in lines[0].split(mark)} >= set(columns):
            return f"{name} stand between the columns", "save the table as text with tabs"
    names = header(lines)
    faults = [f"no column {column}" for column in columns if column not in names]
    faults += [f"{name} is none" for name in dict.fromkeys(names) if name not in columns]
    faults += [f"{name} twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    what = "the first line does not name the columns"
    return (f"{what} ({'; '.join(faults)})" if set(names) & set(columns) else what), fix


def rows(lines: Sequence[str], width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header: the number of the first line, and the cells as they are written.

    A cell in quotation marks may go on over several lines where the row then has `width` cells.
    Empty cells beneath empty names of columns are left out; any others may be a tab too many.
    """
    at, most = 1, len(_split(lines[:1]))
    while at < len(lines):
        end = _end(lines, at, most) if '"' in lines[at] else at + 1
        cells = _split(lines[at:end]) if end > at + 1 else lines[at].split("\t")
        while width < len(cells) <= most and not cells[-1]:
            cells.pop()
        yield at + 1, cells
        at = end


def _end(lines: Sequence[str], at: int, width: int) -> int:
    """Where the row that begins with a line ends: with it, if no cell in it is left open."""
    if not _open(_split(lines[at : at + 1])[-1]):
        return at + 1
    for end in range(at + 2, min(at + _LINES, len(lines)) + 1):
        cells = _split(lines[at:end])
        if len(cells) > width:
            break
        if len(cells) == width and not any(map(_open, cells)):
            return end
    return at + 1


def _open(cell: str) -> bool:
    return cell.startswith('"') and not _QUOTED.fullmatch(cell)


def _split(lines: Sequence[str]) -> list[str]:
    return "\n".join(lines).split("\t")
