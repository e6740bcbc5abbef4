"""Files of other programs, made here, and what comes in from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula import formats
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Options, Report

#: What came in: the graph, and what the report says.
Came = tuple[Graph, Report]
Bring = Callable[..., Came]


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Writes a file with this content and reads it; the format is told by what it looks like."""

    def run(content: Any, name: str = "file", **options: Any) -> Came:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        report = Report()
        graph = formats.load(path, left=Leftovers(), report=report, options=Options(**options))
        return graph, report

    return run


def triples(graph: Graph) -> set[tuple[str, str, str]]:
    """Subject, predicate and object of every statement."""
    return {(s.subject, s.predicate, s.object) for s in graph.statements.values()}


def said(graph: Graph) -> set[tuple[str, str, str]]:
    """The same, with the names of subject and object."""
    return {
        (graph.name(s.subject), s.predicate, graph.name(s.object))
        for s in graph.statements.values()
    }


def left(report: Report) -> set[str]:
    """What was left out: the start of each line of the report."""
    return {line.split(";")[0] for line in report.left.lines()}


def told(graph: Graph) -> set[tuple[str, str, str, int, tuple[str, ...]]]:
    """Ends, predicate and sign of each statement, and the sources with their stance in front."""
    marks = {"supports": "+", "disputes": "-", "qualifies": "~"}
    return {
        (s.subject, s.predicate, s.object, graph.words.sign_of(s),
         tuple(marks[row.stance] + row.source for row in s.evidence))
        for s in graph.statements.values()
    }  # fmt: skip
