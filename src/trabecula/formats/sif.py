"""SIF, the simple interaction format of Cytoscape: subject, predicate and object in a line.

A line says nothing but that it is so; what is negated, refuted or only denied is left out when it
is written. Read as Cytoscape does: where there is a tab in the file, names are between tabs and may
hold blanks, else between blanks; a line may have several objects, and one name alone is a node.

Hetionet writes edges by the abbreviations of their kinds, and ends as `Gene::7157`; a table of
nodes beside it has their names.

Pathway Commons extends it: a header names the columns, of which some say where an interaction is
from, and a second table, below an empty line, has what is known of the participants.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Node, Reading, Vocabulary, beside, hetnets
from trabecula.mapping.cited import cell_text, paper
from trabecula.mapping.delimited import fitted, folded, is_pair
from trabecula.model import Xref
from trabecula.standing import sayable

#: Characters in the longest line: ten thousands of objects of one subject.
_LONGEST: Final = 1 << 20
#: In a file that draws inhibition as a bar, an arrow is activation.
_BARS: Final = frozenset(("-|", "--|"))
_ARROWS: Final = frozenset(("->", "-->"))
#: What the second column of the edges of a hetnet is called.
_METAEDGE: Final = "metaedge"
#: What the first column of the two tables of Pathway Commons is called.
_EDGES, _NODES = "PARTICIPANT_A", "PARTICIPANT"
#: Classes of BioPAX that say no more than what the classes of Biolink do.
_CLASSES: Final = {
    "ProteinReference": "protein", "SmallMoleculeReference": "smallmolecule",
    "RnaReference": "rna", "DnaReference": "gene", "SmallMolecule": "smallmolecule",
    "Protein": "protein", "Complex": "complex",
}  # fmt: skip


def render(graph: Graph) -> bytes:
    """The graph as lines of ids between tabs, sorted, then entities that stand in none of them."""
    lines = {
        f"{statement.subject}\t{statement.predicate}\t{statement.object}"
        for statement in graph.statements.values()
        if not statement.negated and sayable(statement.evidence)
    }
    ends = {end for line in lines for end in line.split("\t")[::2]}
    alone = sorted(set(graph.entities) - ends)
    return "".join(f"{line}\n" for line in (*sorted(lines), *alone)).encode("utf-8")


def items(reading: Reading) -> Iterator[Item]:
    """The edges and single nodes of a file."""
    start = _start(reading)
    if start.split("\t")[0].strip() == _EDGES:
        yield from _extended(reading)
        return
    if start.split("\t")[1:2] == [_METAEDGE]:
        yield Vocabulary("hetionet")
        yield from _of_a_hetnet(reading)
        return
    separator = "\t" if any("\t" in line for _, line in _lines(reading)) else None
    is_drawn = any(
        "-|" in line and not _BARS.isdisjoint(map(str.strip, line.split(separator)[1:2]))
        for _, line in _lines(reading)
    )
    for number, line in _lines(reading):
        names = [name.strip() for name in line.split(separator)]
        if not line.strip() or (line == start and _is_header(names)):
            continue
        if len(names) == 2 or "" in names[:2]:
            what = (
                f"{line!r:.60} has a subject and no object"
                if len(names) == 2
                else "a name is empty"
            )
            reading.wrong(str(number), what, "write subject, predicate, object")
        elif len(names) == 1:
            yield Node(key=names[0], name=names[0])
        else:
            for name in filter(None, names[2:]):
                yield Edge(
                    subject=names[0],
                    predicate=names[1],
                    object=name,
                    sign=1 if is_drawn and names[1] in _ARROWS else None,
                    place=f"line {number}",
                )


def _start(reading: Reading) -> str:
    """The first line that is not empty."""
    return next((line for _, line in _lines(reading) if line.strip()), "")


def _lines(reading: Reading) -> Iterator[tuple[int, str]]:
    """The lines of a file. Raises `FormatError` for one that names more things than any does."""
    for number, line in reading.lines():
        if len(line) > _LONGEST:
            what = f"a line of {len(line):,} characters; one of SIF has at most {_LONGEST:,}"
            place = f"{reading.where}:{number}"
            raise FormatError([Problem("too-large", place, what, "write an edge in a line")])
        yield number, line


def _of_a_hetnet(reading: Reading) -> Iterator[Item]:
    """The edges of a hetnet, and the nodes in the table beside it."""
    other = beside.partner(reading.path.with_name(reading.path.name.replace(".sif", ".tsv")))
    for number, line in reading.lines(other) if other else ():
        cells = line.split("\t")
        if number > 1 and len(cells) > 1 and cells[0]:
            yield _thing(cells[0], cells[1])
    seen: set[str] = set()
    for number, line in reading.lines():
        cells = [cell.strip() for cell in line.split("\t")]
        if number == 1 or not line.strip():
            continue
        if len(cells) != 3 or not all(cells):
            what = f"{line!r:.60} is no source, metaedge and target"
            reading.wrong(str(number), what, "write the three between tabs")
            continue
        for key in cells[::2]:
            if key not in seen:
                seen.add(key)
                yield _thing(key)
        yield Edge(subject=cells[0], predicate=cells[1], object=cells[2], place=f"line {number}")


def _thing(key: str, name: str = "") -> Node:
    kind, _, written = key.partition("::")
    return Node(key=key, identifier=hetnets.identifier(kind, written), name=name, category=kind)


def _is_header(names: list[str]) -> bool:
    """Whether the first line names the columns, as that of Hetionet does."""
    return len(names) == 3 and is_pair({folded(names[0]), folded(names[2])})


def _extended(reading: Reading) -> Iterator[Item]:
    """The interactions of Pathway Commons, and what it knows of their participants."""
    names: list[str] = []
    for number, line in reading.lines():
        if not line.strip():
            continue
        cells = line.split("\t")
        if cells[0].strip() in (_EDGES, _NODES):
            names = [cell.strip() for cell in cells]
            continue
        whole = fitted(cells, "\t", len(names))
        row = dict(zip(names, map(str.strip, whole or ()), strict=False))
        if whole is None or not row[names[0]]:
            what = "more cells than columns" if whole is None else "the first cell is empty"
            reading.wrong(str(number), what, "write a row as the header has it")
        elif names[0] == _EDGES:
            yield from _interaction(reading, number, row)
        else:
            yield _participant(reading, number, row)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if cell_text(part))


def _interaction(reading: Reading, number: int, row: dict[str, str]) -> Iterator[Edge]:
    object_, predicate = row.get("PARTICIPANT_B", ""), row.get("INTERACTION_TYPE", "")
    if not (object_ and predicate):
        what = f"{row[_EDGES]} has no object or no type of interaction"
        reading.wrong(str(number), what, "write both")
        return
    papers = tuple(map(paper, _listed(row.get("INTERACTION_PUBMED_ID", ""))))
    databases = _listed(row.get("INTERACTION_DATA_SOURCE", ""))
    context = (
        *(("database", name) for name in (databases if papers else ())),
        *(("pathway", name) for name in _listed(row.get("PATHWAY_NAMES", ""))),
        *(("mediator", name) for name in _listed(row.get("MEDIATOR_IDS", ""))),
    )
    cited = (Citation(papers=papers, context=context),) if papers else ()
    yield Edge(
        subject=row[_EDGES],
        predicate=predicate,
        object=object_,
        citations=cited or tuple(Citation(database=d, context=context) for d in databases),
        place=f"line {number}",
    )


def _participant(reading: Reading, number: int, row: dict[str, str]) -> Node:
    kind = row.get("PARTICIPANT_TYPE", "")
    if cell_text(row.get("RELATIONSHIP_XREF", "")):
        reading.left("column", "RELATIONSHIP_XREF", f"line {number}")
    return Node(
        key=row[_NODES],
        name=row.get("PARTICIPANT_NAME", "").partition(";")[0].strip(),
        category=_CLASSES.get(kind, kind),
        synonyms=_listed(row.get("PARTICIPANT_NAME", ""))[1:],
        xrefs=tuple(
            Xref("exact", x) for x in _listed(row.get("UNIFICATION_XREF", "")) if x != row[_NODES]
        ),
    )
