"""What became of sources, by a table in the format of Retraction Watch.

Crossref gives the whole of it away as CSV. Nothing is fetched: the table is the user's file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trabecula import files
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.regular import source_id
from trabecula.standing import identifiers

#: The columns that are read.
_COLUMNS: Final = (
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "RetractionDate",
)
#: What the table calls what became of a paper, and what a source is called here.
_NATURES: Final = {
    "retraction": "retracted",
    "expression of concern": "expression-of-concern",
    "correction": "corrected",
}
_REINSTATED: Final = "reinstatement"
#: Words that stand where there is no identifier.
_NONE: Final = frozenset(("", "0", "unavailable"))
#: The graver wins where several notices are about one paper.
_GRAVITY: Final = ("retracted", "expression-of-concern", "corrected")


@dataclass(frozen=True, slots=True)
class Notice:
    """That something became of a paper: what, and when, as the table writes it."""

    standing: str
    date: str


def notices(path: Path) -> dict[str, Notice]:
    """The gravest notice on each paper of a table, by DOI and PMID.

    A paper that was reinstated has none. Raises `FormatError` for a file without those columns, and
    `OSError`.
    """
    text = files.decoded(files.read_bytes(path), str(path), Leftovers())
    rows = csv.DictReader(text.splitlines(keepends=True))
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        what = f"no column {', '.join(missing)}"
        fix = "give the CSV of Retraction Watch, as Crossref offers it"
        raise FormatError([Problem("retraction-table", str(path), what, fix)])
    by_name: dict[str, Notice] = {}
    reinstated: set[str] = set()
    for row in rows:
        nature = (row["RetractionNature"] or "").strip().casefold()
        names = _named(row["OriginalPaperDOI"] or "", row["OriginalPaperPubMedID"] or "")
        if nature == _REINSTATED:
            reinstated.update(names)
        elif nature in _NATURES:
            notice = Notice(_NATURES[nature], (row["RetractionDate"] or "").strip().split(" ")[0])
            for name in names:
                earlier = by_name.get(name)
                if earlier is None or _rank(notice) < _rank(earlier):
                    by_name[name] = notice
    return {name: notice for name, notice in by_name.items() if name not in reinstated}


def _named(doi: str, pmid: str) -> list[str]:
    names = [doi.strip(), f"PMID:{pmid.strip().removesuffix('.0')}"]
    return [source_id(text) for text in names if text.removeprefix("PMID:").casefold() not in _NONE]


def _rank(notice: Notice) -> int:
    return _GRAVITY.index(notice.standing)


def retractions(graph: Graph, path: Path) -> Iterator[Problem]:
    """Sources of which the table says otherwise than the graph. Raises as `notices` does."""
    table = notices(path)
    for key, source in graph.sources.items():
        matching = [table[name] for name in identifiers(source) if name in table]
        if not matching:
            continue
        notice = min(matching, key=_rank)
        if source.standing != notice.standing:
            recorded = source.standing or "nothing"
            what = (
                f"{path.name} says {notice.standing} ({notice.date}), and the graph says {recorded}"
            )
            fix = f"write {notice.standing} into standing, and the day into standing_date"
            grave = "error" if notice.standing == "retracted" else "warning"
            yield Problem("unknown-retraction", key, what, fix, grave)
