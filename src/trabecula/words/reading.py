"""What came in from a file of somebody else's, on one screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from trabecula.characters import visible
from trabecula.counted import counted
from trabecula.mapping import Meanings, Report
from trabecula.misspelt import near
from trabecula.vocabulary import PREDICATES
from trabecula.words.tables import table

#: How many predicates, and how many unknown ones, have a place on the screen.
_FEW: Final = 12
_SIGNS: Final = {"positive": "+", "negative": "−", "unsigned": "·", "negated": "¬"}


def reading(report: Report) -> str:
    """The figures of a reading, and which predicates have no meaning here."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"read as {report.format}: {report.description}"
    if report.counting:
        same = "" if report.rows == report.statements else f" ({report.rows:,} rows)"
        nodes, statements = counted(report.nodes, "node"), counted(report.statements, "statement")
        papers = counted(report.papers, "paper")
        pieces = f"{counted(report.evidence, 'piece')} of evidence"
        yield f"  {nodes} · {statements}{same} · {pieces} · {papers}"
        signs = (f"{mark} {report.signs[name]:,}" for name, mark in _SIGNS.items())
        yield f"  signs  {'  '.join(signs)}"
    else:
        yield f"  {counted(report.rows, 'row')}"
    yield f"  predicates  {_counts(report.predicates)}"
    if report.unknown:
        yield f"  without a meaning here, kept without a sign: {_counts(report.unknown)}"
        meant = [pair for name in sorted(report.unknown)[:_FEW] if (pair := _meant(name))]
        if meant:
            yield f"  did you mean {' and '.join(meant)}?"
    if report.skipped:
        yield f"  {counted(report.skipped, 'row')} could not be read"


def _meant(name: str) -> str:
    """Of which predicate of ours one without a meaning may be a misspelling; nothing of others."""
    words = {name.replace("_", " "): name for name in PREDICATES}
    given = " ".join(re.split(r"[\s_]+", name.strip()))
    close = [words[w] for w in near(given, words, 1) if w.count(" ") == given.count(" ")]
    return f"{close[0]} for {visible(name, 60)}" if close else ""


def _counts(names: Counter[str]) -> str:
    ordered = sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = ", ".join(f"{visible(name, 60)} ({count:,})" for name, count in ordered[:_FEW])
    more = len(ordered) - _FEW
    return f"{shown} and {more:,} more" if more > 0 else shown


def mapping(report: Report, meanings: Meanings) -> str:
    """What each predicate of a file means here, as rows that a predicate map may correct."""
    rows = []
    for name, count in sorted(report.predicates.items(), key=lambda pair: (-pair[1], pair[0])):
        row = meanings.meaning(name)
        sign = {1: "+1", -1: "-1"}.get(row.sign, "0")
        matched = f"{row.match} {row.ours}".strip() if row.is_mapped else "unknown; kept as it is"
        symmetric = "yes" if row.symmetric else ""
        cells = (meanings.vocabulary, visible(name, 60), sign, row.kind, symmetric, matched, count)
        rows.append(cells)
    heads = ("vocabulary", "predicate", "sign", "kind", "symmetric", "mapping", "rows")
    return table(rows, heads)
