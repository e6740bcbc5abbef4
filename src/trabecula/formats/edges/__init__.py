"""Tables with an edge in a row, as databases, spreadsheets and programs write them.

Which column is what, the user says (`reading.options.columns`, such as `subject=ENTITYA`), or well-
known names do. Databases such as SIGNOR, OmniPath, STRING and BioGRID are known by their columns,
for a row of theirs says more than that. A list of pairs has no header.

JSON with an object for each row, as web services and data frames write it, is such a table as well.

A column that nothing here has a place for goes, by its name, into the context of the evidence of
its row; where the row has no evidence, it is left out, which is counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import chain, dropwhile, islice
from typing import Any, Final, NoReturn

from trabecula.compressed import unfolded_name
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.formats.edges import associations, hippie, hpo, sparql
from trabecula.formats.edges.columns import ENDS, Columns, roles_of
from trabecula.formats.edges.cytoscape import OWN, is_of_cytoscape, parted
from trabecula.formats.edges.databases import DATABASES, SIGNOR
from trabecula.formats.edges.mapped import Maker, Pairs, Rows
from trabecula.mapping import Item, Reading, Vocabulary, beside, strict_json
from trabecula.mapping.attribute_values import Values
from trabecula.mapping.attributes import Attributes
from trabecula.mapping.delimited import (
    Row,
    below,
    delimiter_of,
    fitted,
    folded,
    is_pair,
    rows,
    unique,
)

#: Two proteins of STRING and a score.
_OF_STRING: Final = re.compile(r"\d+\.\S+ \d+\.\S+ \d+")

#: What TRRUST has in the third and fourth of its columns, which have no names.
_MODE: Final = re.compile(r"Activation|Repression|Unknown")
_PAPERS: Final = re.compile(r"\d+(;\d+)*")
#: Genes and microRNAs in the second and fourth of those of RegNetwork, which have none either; in
#: files of another name than theirs, numbers in such places can be anything.
_OF_REGNETWORK: Final = re.compile(r"[1-9]\d*|MI(MAT)?\d{7}")

#: Columns of the widest table, and of the widest of objects: each row has a cell for each of them,
#: and an object need not name the empty ones.
_WIDEST: Final = 100_000
_WIDEST_OF_OBJECTS: Final = 2_000
#: Columns of the widest table of a database that is known, with room to spare.
_WIDEST_OF_DATABASES: Final = 1_000
#: What identifies a thing in the first row of a table without a header.
_CURIE: Final = re.compile(r"[A-Za-z][\w.]*:[\w.-]+")
#: The first two columns of a table of nodes, in lower case.
_IDS: Final = frozenset(("id", "node", "nodeid", "node_id", "node id"))
_OF_NODES: Final = frozenset(("label", "name", "category", "type", "labels"))
#: A line that only parts others, as ClinGen draws it between title, header and rows.
_RULER: Final = re.compile(r'["+,;\s]*\+{3,}["+,;\s]*')
#: So many lines a title has at most.
_TITLE: Final = 12
#: The line that tells Excel what separates the cells below it.
_SEPARATOR: Final = re.compile(r"sep=([\t,;|])", re.IGNORECASE)


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a table."""
    number, first, sign, lines = _start(reading)
    if first.lstrip()[:1] in ("[", "{"):
        columns, objects = _of_json(reading, chain([(number, first)], lines))
        yield from _items(reading, columns, number, ",", objects)
        return
    table = rows(chain([(number, first)], lines), sign, reading.where)
    number, header = next(table)
    is_answer = sparql.are_variables("\t".join(header))
    header = sparql.columns(header) if is_answer else header
    names = _columns_without_header(header, reading)
    if names is not None:  # the first row is an edge already
        table = chain([(number, header)], table)
    else:
        table = below(header, table, reading.report.left, reading.path.name)
        names = _header(header, reading)
        if names is not None:
            names, table = _with_row_names(names, table)
    if names is None and is_answer:
        _ask(header, reading)
    elif names is None:
        yield from Pairs(reading, sign).items(chain([(number, header)], table))
    else:
        yield from _items(reading, names, number, sign, table)


def _with_row_names(names: list[str], table: Iterator[Row]) -> tuple[list[str], Iterator[Row]]:
    """The columns with one without a name in front, where rows are numbered in it, as R does."""
    above = list(islice(table, 2))
    numbers = [cells[0].strip('"') for _, cells in above if len(cells) == len(names) + 1]
    if numbers and numbers == ["1", "2"][: len(above)]:
        names = ["", *names]
    return names, chain(above, table)


def _items(
    reading: Reading, names: list[str], first: int, sign: str, table: Iterator[Row]
) -> Iterator[Item]:
    """The nodes and edges of a table with these columns, which its line of that number names."""
    place = f"{reading.where}:{first}"
    _narrow(len(names), _WIDEST, place)
    names = unique(names, place)
    if is_of_cytoscape(names):
        table = parted(names, table, sign, reading)
        names = [*ENDS, *(name for name in names if name not in OWN)]
    folded_names = set(map(folded, names))
    preset = next((database for database in DATABASES if database.columns <= folded_names), None)
    if preset is not None and not reading.options.columns:
        if preset.vocabulary:
            yield Vocabulary(preset.vocabulary)
        maker = preset.make(reading, Columns(names))
    else:
        maker = _maker(names, reading, place)
        yield from _nodes_beside(reading)
    width = len(names)
    for number, cells in table:
        if len(cells) < width:  # whether it was cut off, nobody can tell
            what = "cells that a row lacks at its end read as empty"
            reading.report.left.mend(what, f"{reading.path.name}:{number}")
        whole = fitted(cells, sign, width)
        if whole is None:
            what = f"{counted(len(cells), 'cell')} in a table of {counted(width, 'column')}"
            reading.wrong(str(number), what, "quote cells that hold what separates cells")
        else:
            yield from maker(number, whole)


def _of_json(reading: Reading, lines: Iterator[tuple[int, str]]) -> tuple[list[str], Iterator[Row]]:
    """The names in objects of JSON, in the order in which they come, and the rows of their values.

    A list is written as OmniPath writes it in tables, between semicolons.
    """
    parts, last = [], 1
    for number, line in lines:  # empty ones are not among them
        parts.append("\n" * (number - last) + line)
        last = number
    objects = list(strict_json.records("".join(parts), reading.where))
    names = list(dict.fromkeys(name for _, values in objects for name in values))
    _narrow(len(names), _WIDEST_OF_OBJECTS, reading.where)
    return names, (
        (number, [_cell(values.get(name)) for name in names]) for number, values in objects
    )


def _narrow(columns: int, most: int, place: str) -> None:
    """Raise `FormatError` for a table of more columns than this."""
    if columns > most:
        what = f"a table of {columns:,} columns; one of edges has at most {most:,}"
        raise FormatError([Problem("columns", place, what, "name a table with an edge in a row")])


def _cell(value: Any) -> str:
    """A value of JSON as a cell."""
    if isinstance(value, list):
        return ";".join(map(_cell, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _start(reading: Reading) -> tuple[int, str, str, Iterator[tuple[int, str]]]:
    """Number and text of the first row, what separates its cells, and the lines below."""
    lines: Iterator[tuple[int, str]] = (
        (number, hpo.tabbed(line) if line.startswith("#") else line)
        for number, line in reading.lines()
        if line.strip() and not _RULER.fullmatch(line)
    )
    lines = _without_title(lines)
    number, first = next(lines, (0, ""))
    told = {folded(name) for _, name in reading.options.columns}
    while first.startswith("#") and not _is_header(first, told):
        number, first = next(lines, (0, ""))
    separator = _SEPARATOR.fullmatch(first)
    if separator:  # as Excel writes it
        number, first = next(lines, (0, ""))
    if not first:
        raise reading.empty()
    if sparql.are_variables(first):
        return number, first, "\t", sparql.plain(lines)
    if first.startswith("#"):  # the header is a comment, behind which others may stand
        lines = dropwhile(lambda line: line[1].startswith("#"), lines)
    return number, first, separator[1] if separator else delimiter_of(first), lines


def _without_title(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines from the header on, where a database that is known has a title above it."""
    above = list(islice(lines, _TITLE))
    for at, (_, line) in enumerate(above):
        if line.lstrip()[:1] in ("[", "{"):
            break
        if _is_of_database(line):
            return chain(above[at:], lines)
    return chain(above, lines)


def _is_of_database(line: str) -> bool:
    cells = line.split(delimiter_of(line))
    names = set(map(folded, cells)) if len(cells) <= _WIDEST_OF_DATABASES else set()
    return any(database.columns <= names for database in DATABASES)


def _maker(names: list[str], reading: Reading, place: str) -> Maker:
    """What makes edges of the rows of a table that is of no database that is known."""
    if associations.are_there(names) and not reading.options.columns:
        return associations.maker(reading, names)
    return Rows(reading, Columns(names), roles_of(names, reading, place)).row


def _nodes_beside(reading: Reading) -> Iterator[Item]:
    """The nodes in the table beside one of edges, as Gephi exports them, by their ids."""
    other = beside.partner(reading.path)
    whole = reading.lines(other) if other else iter(())
    lines = ((at, line) for at, line in whole if line.strip())
    number, first = next(lines, (0, ""))
    sign = delimiter_of(first)
    if first.split(sign)[0].strip(' "').casefold() not in _IDS:
        return
    table = rows(chain([(number, first)], lines), sign, str(other))
    names = unique(next(table)[1], f"{other}:{number}")
    own = replace(reading, options=replace(reading.options, columns=()))
    yield from Attributes(own).nodes(_of_nodes(reading, names, table, sign, f"{other}"))


def _of_nodes(
    reading: Reading, names: list[str], table: Iterator[Row], sign: str, where: str
) -> Iterator[tuple[str, Values, str]]:
    """Of each row of a table of nodes its id, its other cells by column, and its place."""
    for number, given in table:
        cells = fitted(given, sign, len(names))
        place = f"{where}:{number}"
        if cells is None or not cells[0].strip():
            what = "more cells than columns" if cells is None else "the id is empty"
            reading.wrong(place, what, "write a row as the header has it")
        else:
            yield cells[0].strip(), dict(zip(names[1:], cells[1:], strict=True)), place


def _is_header(line: str, told: Set[str] = frozenset()) -> bool:
    """Whether a line names columns that are known or told, though it begins as a comment does."""
    names = {folded(cell) for cell in line.split(delimiter_of(line))}
    return bool(told and told <= names) or is_pair(names) or _is_of_database(line)


def _columns_without_header(cells: list[str], reading: Reading) -> list[str] | None:
    """The columns of a table without a header: those the user says, or what the first row tells."""
    given = [name for _, name in reading.options.columns]
    numbered = bool(given) and all(name.isdigit() for name in given)
    if numbered and not set(given) & {cell.strip() for cell in cells}:
        return [str(number) for number in range(1, len(cells) + 1)]
    if given:
        return None
    if len(cells) == 3 and _OF_STRING.fullmatch(" ".join(cells)):
        return ["protein1", "protein2", "combined_score"]
    if hippie.is_row(cells):
        return list(hippie.COLUMNS)
    if columns := hpo.columns_of(cells):
        return columns
    if len(cells) == len(SIGNOR) and cells[SIGNOR.index("SIGNOR_ID")].startswith("SIGNOR-"):
        return list(SIGNOR)
    if len(cells) == 4 and _MODE.fullmatch(cells[2]) and _PAPERS.fullmatch(cells[3]):
        return ["TF", "target", "mode", "PMID"]
    is_of_regnetwork = unfolded_name(reading.path.name.casefold()).endswith(".source")
    if len(cells) == 4 and is_of_regnetwork and all(map(_OF_REGNETWORK.fullmatch, cells[1::2])):
        return ["regulator_symbol", "regulator_id", "target_symbol", "target_id"]
    if len(cells) > 3 and all(map(_CURIE.fullmatch, cells[:3:2])) and cells[1].strip():
        return [
            "subject",
            "predicate",
            "object",
            *(f"column {n}" for n in range(4, len(cells) + 1)),
        ]
    return None


def _header(cells: list[str], reading: Reading) -> list[str] | None:
    """The names of the columns; None where the first row is an edge already."""
    _narrow(len(cells), _WIDEST, reading.where)
    names = [cell.strip().strip('"').lstrip("#").strip() for cell in cells]
    if reading.options.columns:
        return cells
    if _is_header("\t".join(names)) or is_of_cytoscape(names):
        return cells
    folded_names = [name.casefold() for name in names]
    starts = folded_names[0] in _IDS and folded_names[1:2] and folded_names[1] in _OF_NODES
    if starts or (len(names) > 2 and set(folded_names) <= {*_IDS, *_OF_NODES, "description"}):
        what = f"this is a table of nodes: {', '.join(names[:12])}"
        fix = "name the table of edges; or say which columns are subject and object"
        raise FormatError([Problem("columns", reading.where, what, fix)])
    if len([name for name in names if name]) > 3 and not names[2].startswith("{"):
        _ask(names, reading)
    return None


def _ask(names: list[str], reading: Reading) -> NoReturn:
    """Raise `FormatError` for columns of which nobody knows what they are."""
    shown = ", ".join(names[:12])
    what = f"no two columns are known as the ends of an edge; there are {shown}"
    fix = (
        "say which they are: --columns subject=…,object=…,predicate=…; of a table without a"
        " header their numbers: subject=1"
    )
    raise FormatError([Problem("columns", reading.where, what, fix)])
