"""SSSOM, tables of mappings between terms: how well two of them match, and who says so.

The prefixes and what is said of the whole set stand in a header of comments; in JSON, beside the
list of mappings. A mapping with the
modifier `Not` is one that its source denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.addresses import HOME
from trabecula.associations import curie
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.identifiers import expand
from trabecula.mapping import Citation, Edge, Item, Node, Prefixes, Reading, biolink
from trabecula.mapping.cited import cell_text
from trabecula.mapping.delimited import below, delimiter_of, fitted, rows, unique
from trabecula.model import About, Statement
from trabecula.standing import sayable

#: Prefixes that sssom-py makes up for those that it does not know.
_MADE_UP: Final = "w3id.org/sssom/unknown_prefix/"
_NEEDED: Final = ("subject_id", "predicate_id", "object_id")
#: What an end is that has no identifier, and is the text of its label.
_LITERAL: Final = "rdfs literal"
#: What stands for an end where somebody looked and found none.
_NO_TERM: Final = re.compile(r"(sssom:|https://w3id\.org/sssom/)NoTermFound")
#: Who says it, best first. The set itself does not: it is what is read, and its id is often random.
_SOURCES: Final = ("mapping_source", "mapping_provider")
_PLACED: Final = frozenset(
    (*_NEEDED, *_SOURCES, "subject_label", "object_label", "subject_category", "object_category",
     "predicate_modifier", "mapping_justification", "predicate_label", "comment", "record_id")
)  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The mappings of a set, the terms that they name, and what the set says of itself."""
    header: list[str] = []
    lines = reading.lines()
    first = (0, "")
    for number, line in lines:
        if line.startswith("#"):
            header.append(line[1:])
        elif line.strip():
            first = (number, line)
            break
    if first[1].lstrip().startswith("{"):
        yield from _of_json(reading)
        return
    said_of_set, prefixes = _metadata(header)
    yield from _set(said_of_set, prefixes)
    sign = delimiter_of(first[1])
    table = _of_table(reading, _table(first, lines), "\t" if sign == " " else sign)
    yield from _mappings(reading, table, said_of_set)


def _set(said_of_set: dict[str, str], prefixes: dict[str, str]) -> Iterator[Item]:
    """What a set says of itself."""
    yield Prefixes(prefixes)
    made = About(
        title=said_of_set.get("mapping_set_title", ""),
        description=said_of_set.get("mapping_set_description", ""),
        licence=_address(said_of_set.get("license", "")),
        version=said_of_set.get("mapping_set_version", ""),
        date=said_of_set.get("mapping_date", said_of_set.get("publication_date", "")),
    )
    if made != About():
        yield made


def _of_json(reading: Reading) -> Iterator[Item]:
    """A set as one object of JSON, with its mappings in a list."""
    document = reading.json()
    mappings = document.get("mappings") if isinstance(document, dict) else None
    if not isinstance(mappings, list):
        what, fix = "there is no list of mappings", 'write {"mappings": […]}'
        raise FormatError([Problem("json-shape", reading.where, what, fix)])
    spaces = document.get("curie_map") or document.get("@context") or {}
    said_of_set = {key: value for key, value in document.items() if isinstance(value, str)}
    yield from _set(
        said_of_set,
        {
            name: iri
            for name, iri in (spaces.items() if isinstance(spaces, dict) else ())
            if isinstance(iri, str) and iri.startswith("http") and _MADE_UP not in iri
        },
    )
    rows_of = []
    for number, row in enumerate(mappings):
        place = f"mappings[{number}]"
        if isinstance(row, dict):
            cells = {key: "|".join(biolink.texts_of_one(v)) for key, v in row.items()}
            rows_of.append((place, {**dict.fromkeys(_NEEDED, ""), **cells}))
        else:
            reading.wrong(place, "is no object", 'write {"subject_id": "…"}')
    yield from _mappings(reading, rows_of, said_of_set)


def _table(first: tuple[int, str], rest: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _address(text: str) -> str:
    return text if text.startswith(("http://", "https://")) and "unspecified" not in text else ""


def _metadata(header: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What the comments say, one value a key, and the prefixes of their `curie_map`."""
    values: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    section = ""
    width = min((len(t) - len(t.lstrip()) for t in header if t.strip()), default=0)
    for text in header:
        line = text[width:]
        key, colon, value = line.strip().partition(": " if ": " in line else ":")
        value = value.strip()
        value = value[1:-1].replace("''", "'") if value[:1] == "'" else value.strip('"')
        if line[:1] not in (" ", "\t", "-"):
            section = key if colon and not value else ""
            if value:
                values[key.strip("\"'")] = value
        elif section == "curie_map" and value.startswith("http") and _MADE_UP not in value:
            prefixes[key.strip("\"'")] = value
    return values, prefixes


def _of_table(
    reading: Reading, lines: Iterable[tuple[int, str]], sign: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Number and cells by column of each row of a table."""
    table = rows(lines, sign, reading.where)
    number, header = next(table, (1, []))
    names = unique(header, f"{reading.where}:{number}")
    absent = [
        name for name in _NEEDED if not {name, name.replace("_id", "_label")}.intersection(names)
    ]
    if absent or "predicate_id" not in names:
        absent = absent or ["predicate_id"]
        what = f"there is no column {' and no column '.join(absent)}"
        fix = "write the table below the comments, its columns in the first line"
        raise FormatError([Problem("columns", f"{reading.where}:{number or 1}", what, fix)])
    for number, given in below(header, table, reading.report.left, reading.path.name):
        cells = fitted(given, sign, len(names))
        if cells is None:
            what = f"{counted(len(given), 'cell')} in a table of {counted(len(names), 'column')}"
            reading.wrong(str(number), what, "quote cells that hold what separates cells")
            continue
        told = dict(zip(names, map(cell_text, cells), strict=True))
        yield str(number), {**dict.fromkeys(_NEEDED, ""), **told}


def _mappings(
    reading: Reading, mappings: Iterable[tuple[str, dict[str, str]]], said_of_set: dict[str, str]
) -> Iterator[Item]:
    seen: set[tuple[str, str]] = set()
    for number, row in mappings:
        place = f"line {number}" if number.isdigit() else number
        for end in ("subject", "object"):
            kind = row.get(f"{end}_type") or said_of_set.get(f"{end}_type", "")
            if kind == _LITERAL and not row[f"{end}_id"]:
                row[f"{end}_id"] = row.get(f"{end}_label", "")
        lacking = [name for name in _NEEDED if not row[name]]
        if lacking:
            reading.wrong(number, f"{lacking[0]} is empty", "write it")
            continue
        if _NO_TERM.fullmatch(row["subject_id"]) or _NO_TERM.fullmatch(row["object_id"]):
            reading.left("mapping", "to no term, for none was found", place)
            continue
        modifier = row.get("predicate_modifier", "").casefold()
        if modifier not in ("", "not"):
            what = f"the modifier is {modifier!r}"
            reading.wrong(number, what, "write Not or nothing")
            continue
        for end in ("subject", "object"):
            key, name = row[f"{end}_id"], row.get(f"{end}_label", "")
            if (key, name) not in seen:
                seen.add((key, name))
                yield Node(key=key, name=name, category=row.get(f"{end}_category", ""))
        yield Edge(
            subject=row["subject_id"],
            predicate=row["predicate_id"],
            object=row["object_id"],
            negated=modifier == "not",
            citations=_citations(row, said_of_set, reading, place),
            place=place,
        )


def _citations(
    row: dict[str, str], said_of_set: dict[str, str], reading: Reading, place: str
) -> tuple[Citation, ...]:
    """Who says it: the set that it is from, or whoever provides it; else nobody is named."""
    source = next((x for n in _SOURCES if (x := row.get(n) or said_of_set.get(n, ""))), "")
    rest = tuple((key, text) for key, text in row.items() if text and key not in _PLACED)
    if not source:
        told = (*rest, *((key, row.get(key, "")) for key in ("mapping_justification", "comment")))
        for key, text in told:
            if text:
                reading.left("column", key, place)
        return ()
    return (
        Citation(
            database=source,
            record=row.get("record_id", ""),
            method=row.get("mapping_justification", ""),
            summary=row.get("comment", ""),
            context=rest,
        ),
    )


# --- Writing ---------------------------------------------------------------------------------

_MATCHES: Final = {
    match: f"skos:{match}Match" for match in ("exact", "close", "broad", "narrow", "related")
}
#: What is a mapping among the statements of a graph, by the prefix of its predicate.
_MAPPINGS: Final = ("skos", "oio", "oboInOwl", "owl", "rdfs", "semapv")
_COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id",
    "object_label", "mapping_justification", "mapping_source",
)  # fmt: skip
#: The places of the columns that hold CURIEs.
_IDS: Final = tuple(_COLUMNS.index(name) for name in _COLUMNS if name.endswith(("_id", "_source")))
_UNSAID: Final = "semapv:UnspecifiedMatching"


def render(graph: Graph) -> bytes:
    """The cross-references of entities, and the statements that are mappings, as a set."""
    mappings = sorted({*_of_entities(graph), *_of_statements(graph)})
    used = {row[at].partition(":")[0] for row in mappings for at in _IDS if _is_curie(row[at])}
    spaces = {
        prefix: graph.spaces.get(prefix) or expand(f"{prefix}:x", "").removesuffix("x")
        for prefix in sorted({*used, "semapv", "skos"})
    }
    head = [
        "#curie_map:",
        *(f"#  {prefix}: {space}" for prefix, space in spaces.items()),
        f"#license: {graph.about.licence or 'https://w3id.org/sssom/license/unspecified'}",
        f"#mapping_set_id: {graph.about.namespace or HOME}mappings",
        *([f"#mapping_set_title: {_quoted(graph.about.title)}"] if graph.about.title else []),
    ]
    table = ("\t".join(row) for row in (_COLUMNS, *mappings))
    return "".join(f"{line}\n" for line in (*head, *table)).encode("utf-8")


def _quoted(text: str) -> str:
    """A text as YAML has it, in which a colon says nothing.

    >>> _quoted("bone: it's a graph")
    "'bone: it''s a graph'"
    """
    return "'" + text.replace("'", "''") + "'"


def _is_curie(cell: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*:[^\s/]\S*", cell) is not None


def _of_entities(graph: Graph) -> Iterator[tuple[str, ...]]:
    for entity in graph.entities.values():
        for xref in entity.xrefs:
            yield (
                curie(entity.id), entity.name, _MATCHES[xref.match], "", curie(xref.curie),
                xref.label, _UNSAID, "",
            )  # fmt: skip


def _of_statements(graph: Graph) -> Iterator[tuple[str, ...]]:
    for statement in graph.statements.values():
        if statement.predicate.partition(":")[0] in _MAPPINGS and ":" in statement.predicate:
            for negated, source, justification in _who(statement):
                yield (
                    curie(statement.subject), graph.name(statement.subject), statement.predicate,
                    "Not" if negated else "", curie(statement.object),
                    graph.name(statement.object), justification, source,
                )  # fmt: skip


def _who(statement: Statement) -> Iterator[tuple[bool, str, str]]:
    """Whether a row of evidence denies the mapping, who says so, and by which justification."""
    if not statement.evidence:
        yield statement.negated, "", _UNSAID
    for row in statement.evidence:
        said_so = row.stance == "supports" and sayable(statement.evidence)
        denied = row.stance == "disputes" and not statement.negated
        if (said_so or denied) and not row.retracted:
            justification = dict(row.context).get("evidence", "")
            term = justification if justification.startswith("semapv:") else _UNSAID
            yield statement.negated or denied, curie(row.source, "source"), term
