"""How tables look, which say least of what they are."""

from __future__ import annotations

import json
import re
from typing import Final

from trabecula.formats.recognise.heads import Head
from trabecula.mapping.delimited import delimiter_of, folded, is_pair


def _cells(head: Head, sign: str = "\t") -> list[str]:
    """The cells of the first line that is neither empty nor a comment, between tabs."""
    return [cell.strip().strip('"') for cell in head.line.split(sign)]


def is_archive(head: Head) -> bool:
    """Whether it is an archive of tar with a table of edges in front or soon after."""
    return head.start[257:262] == b"ustar" and head.ends(".tar", ".tgz")


def is_kgx(head: Head) -> bool:
    """Whether it has nodes or edges with the slots of Biolink, in cells or in JSON."""
    if head.is_json:
        edge = head.has("subject", "predicate", "object") and not head.has("knowledge_graph")
        if head.text.lstrip()[0] == "{" and head.line.rstrip().endswith("}"):  # a line of JSON
            return (edge and not head.has("links")) or (
                head.has("id", "category") and re.search(r"nodes?\.jsonl\Z", head.name) is not None
            )
        ends = head.has("source", "target") or head.has("links")
        return edge and (head.has("edges") or head.has("nodes")) and not ends
    names = {cell.removeprefix("biolink:") for cell in _cells(head)}
    if {"subject", "predicate", "object"} <= names:
        return bool(names & _OF_BIOLINK) or "biolink:" in head.text or "edges" in head.name
    return {"id", "category"} <= names and re.search(r"nodes?\.(tsv|txt)\Z", head.name) is not None


#: Columns that only tables of Biolink have.
_OF_BIOLINK: Final = frozenset(
    ("primary_knowledge_source", "knowledge_source", "aggregator_knowledge_source", "provided_by",
     "knowledge_level", "agent_type", "publications", "relation")
)  # fmt: skip


def is_neo4j(head: Head) -> bool:
    """Whether columns say which is an id and which are ends, as Neo4j names them."""
    line = head.line
    admin = re.search(r":(START_ID|END_ID)\b", line) or re.search(r":ID\b", line)
    return (bool(admin) and not head.is_json) or {"_start", "_end", "_type"} <= set(
        re.split(r'[\t,;|"]+', line)
    )


def is_gaf(head: Head) -> bool:
    """Whether it is a table of GAF, by what it says of itself or by its cells."""
    if re.match(r"!\s*gaf-version", head.text, re.IGNORECASE):
        return True
    cells = _uncommented(head)
    return len(cells) in (15, 16, 17) and cells[8] in ("F", "P", "C") and ":" in cells[4]


def is_gpad(head: Head) -> bool:
    """Whether it is a table of GPAD, by what it says of itself or by its cells."""
    if re.match(r"!\s*gp(a|ad|i)-version", head.text, re.IGNORECASE):
        return True
    cells = _uncommented(head)
    return 10 <= len(cells) <= 12 and cells[5].startswith("ECO:")


def is_hpoa(head: Head) -> bool:
    """Whether it is a table of the HPO, by its header or by its cells."""
    first = re.sub(r"[^a-z\t\n]", "", head.text[:4096].casefold())
    named = "databaseid\tdiseasename\t" in first or "dbdiseaseid\tdiseasename" in first
    cells = _uncommented(head)
    return named or (
        len(cells) >= 12 and any(cell.startswith("HP:") for cell in cells[3:5]) and not is_gaf(head)
    )


def _uncommented(head: Head) -> list[str]:
    """The cells of the first row of a table whose comments begin with `!` or `#`."""
    lines = (line.strip("\r") for line in head.text.split("\n"))
    return next((line for line in lines if line.strip() and line[0] not in "!#"), "").split("\t")


#: A term of PSI-MI in a cell, which DIP and iRefIndex write without its prefix.
_OF_PSI_MI: Final = r'(psi-mi:|"?MI:\d{4})'


def is_mitab(head: Head) -> bool:
    """Whether it is PSI-MI TAB, by its header or by its cells."""
    if re.match(
        r"(#[^\n]*\n)*#?\s*(ID(\(s\))? interactor A|unique id\w* (for )?(of )?interactor A)",
        head.text,
        re.IGNORECASE,
    ):
        return True
    cells = _uncommented(head)
    if len(cells) >= 15 and all(cell.startswith("taxid:") for cell in cells[9:11]):
        return ":" in cells[0] and ":" in cells[1]  # as STRING writes it, without any term
    return len(cells) >= 15 and bool(
        re.match(r"(psi-mi|taxid|-)", cells[9]) and re.match(rf"{_OF_PSI_MI}|-", cells[6])
        and any(re.match(_OF_PSI_MI, cells[at]) for at in (6, 11, 12))
    )  # fmt: skip


def is_sssom(head: Head) -> bool:
    """Whether it has the columns that every mapping of SSSOM has; a literal has a label only."""
    names = set(_cells(head, delimiter_of(head.line)))
    ends = [names & {f"{end}_id", f"{end}_label"} for end in ("subject", "object")]
    by_id = {"subject_id", "object_id"} <= names or "mapping_justification" in names
    return "predicate_id" in names and all(ends) and by_id


def _are_records(head: Head) -> bool:
    """Whether JSON has an object for each row of a table, with two columns for the ends.

    Of objects in lines, which are no document of JSON, the reader asks for the columns.
    """
    start = re.match(r"\s*(\[\s*)?(?=\{)", head.text)
    if start is None:
        return False
    try:
        first, end = json.JSONDecoder(parse_int=str).raw_decode(head.text, start.end())
    except (ValueError, RecursionError):
        return False
    in_lines = start[1] is None and re.match(r"[ \t\r]*\n\s*\{", head.text[end:]) is not None
    return in_lines or is_pair(set(map(folded, first)))


def is_edges(head: Head) -> bool:
    """Any other table: what it is, its reader says or asks for."""
    if head.is_json:
        return _are_records(head)
    if not head.ends(
        ".csv", ".tsv", ".tab", ".txt", ".edgelist", ".edges", ".ncol", ".links", ".source"
    ):
        sign = delimiter_of(head.line)
        if sign not in ("\t", ",", ";") or not is_pair(set(map(folded, _cells(head, sign)))):
            return False
    ours = head.name in ("entities.tsv", "sources.tsv") or head.line.startswith(
        ("subject\tstatement\t", "subject,statement,object")
    )
    return not ours and not head.root
