"""The W3C's tests of queries and of the formats of results, asked as a worker is asked.

Screen, engine and writers are those of the server. What deviates is named, and may only shrink.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection

from trabecula.errors import QueryError
from trabecula.server import worker
from trabecula.sparql.worker import receive

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
BASE = "http://suite/"

#: What is otherwise than the suite has it, and why. A test that passes here fails.
DEVIATIONS = MappingProxyType(
    {
        "aggregates/agg-groupconcat-04": "GROUP_CONCAT of texts of one language keeps it",
        "aggregates/agg-groupconcat-06": "the same of one text",
        "aggregates/agg-empty-group-count-graph": "a subquery within GRAPH is not asked once a graph",
        "bindings/graph": "VALUES within GRAPH ?g does not range over the graphs",
        "functions/bnode01": "BNODE of one text is one node in all rows",
        "negation/graph-minus": "MINUS within GRAPH ?g sees the variable of the graph",
        "property-path/zero_or_more_set_start": "a path of no step from a term that the data lack",
        "property-path/zero_or_more_set_end": "the same, to it",
        "property-path/zero_or_one_set_start": "the same with a question mark",
        "property-path/zero_or_one_set_end": "the same with a question mark",
        "syntax-query/test_4": "a function that nobody knows is an error before anything is asked",
        "csv-tsv-res/csv03": "the store writes a number in one way: 2.20 as 2.2",
    }
)


class Case(NamedTuple):
    """A test of the suite."""

    folder: Path
    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path | None

    def __str__(self) -> str:
        return f"{self.folder.name}/{self.name}"


def cases(folder: Path) -> list[Case]:
    """The tests of the thirteen parts about queries, and of two formats of results."""
    names = re.findall(
        r"<(\S+)/manifest.ttl>", (folder / "manifest-sparql11-query.ttl").read_text()
    )
    every = [case for name in (*names, "csv-tsv-res", "json-res") for case in _read(folder / name)]
    assert len(every) > 250
    return every


def _read(folder: Path) -> Iterator[Case]:
    text = (folder / "manifest.ttl").read_text("utf-8")
    read = rdflib.Graph().parse(
        data=text, publicID=f"{BASE}{folder.name}/manifest.ttl", format="turtle"
    )

    def path(node: Any) -> Path:
        return folder / str(node).rpartition("/")[2]

    (entries,) = read.objects(None, MF.entries)
    for test in Collection(read, entries):
        kind = str(read.value(test, rdflib.RDF.type)).rpartition("#")[2]
        action = read.value(test, MF.action)
        query = read.value(action, QT.query) or action
        result = read.value(test, MF.result)
        yield Case(
            folder,
            str(test).rpartition("#")[2],
            kind,
            path(query),
            tuple(map(path, read.objects(action, QT.data))),
            tuple(map(path, read.objects(action, QT.graphData))),
            path(result) if result is not None else None,
        )


def test_queries_are_answered_as_the_w3c_has_it(case: Case) -> None:
    if str(case) in DEVIATIONS:
        with pytest.raises((AssertionError, RuntimeError)):
            _check(case)
    else:
        _check(case)


def _check(case: Case) -> None:
    if case.kind.startswith(("PositiveSyntax", "NegativeSyntax")):
        try:
            _asked(case, "json", "nt")
            right = case.kind.startswith("Positive")
        except QueryError:
            right = case.kind.startswith("Negative")
        assert right, case.query.read_text("utf-8")
        return
    assert case.result is not None
    ending = case.result.suffix[1:]
    if case.kind == "CSVResultFormatTest":
        _, text = _asked(case, "csv", "nt")
        assert _records(text) == _records(case.result.read_bytes())
        return
    syntax = {"tsv": "tsv", "srj": "json"}.get(ending, "xml")
    head, text = _asked(case, syntax, "nt")
    if head["triples"]:
        actual = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
        expected = ox.Dataset(_parsed(case.result))
    else:
        kind = {"tsv": "TSV", "json": "JSON", "xml": "XML"}[syntax]
        actual = _dataset(ox.parse_query_results(text, format=getattr(ox.QueryResultsFormat, kind)))
        expected = _expected(case.result)
    for dataset in (actual, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert sorted(map(str, actual)) == sorted(map(str, expected))


def _asked(case: Case, results: str, triples: str) -> tuple[dict[str, Any], bytes]:
    """The head and the text of the answer of a worker."""
    store = ox.Store()
    for path in case.data:
        store.extend(_parsed(path))
    for path in case.graphs:
        name = ox.NamedNode(f"{BASE}{case.folder.name}/{path.name}")
        store.extend(ox.Quad(*quad.triple, name) for quad in _parsed(path))
    held = SimpleNamespace(asked=store, spaces={}, used={})
    out = io.BytesIO()
    text = case.query.read_text("utf-8")
    base = f"{BASE}{case.folder.name}/{case.query.name}"
    request = {"query": text, "graphs": None, "base": base, "results": results, "triples": triples}
    worker.ask(held, {**request, "rows": 10_000}, out)  # type: ignore[arg-type]
    out.seek(0)
    head = json.loads(receive(out) or b"")
    assert "error" not in head, head
    parts = []
    while part := receive(out):
        parts.append(part)
    assert json.loads(receive(out) or b"") == {}
    return head, b"".join(parts)


def _parsed(path: Path) -> list[ox.Quad]:
    kind = {"ttl": "TURTLE", "nt": "N_TRIPLES", "rdf": "RDF_XML"}[path.suffix[1:]]
    base = f"{BASE}{path.parent.name}/{path.name}"
    return list(ox.parse(path.read_bytes(), format=getattr(ox.RdfFormat, kind), base_iri=base))


def _expected(path: Path) -> ox.Dataset:
    kinds = {"srx": "XML", "srj": "JSON", "tsv": "TSV"}
    kind = kinds.get(path.suffix[1:])
    if kind is None:
        return _of_result_set(_parsed(path))
    text = path.read_bytes()
    return _dataset(ox.parse_query_results(text, format=getattr(ox.QueryResultsFormat, kind)))


def _dataset(read: Any) -> ox.Dataset:
    """Rows as triples, so that blank nodes can be compared."""
    if isinstance(read, ox.QueryBoolean):
        return ox.Dataset(
            [ox.Quad(ox.BlankNode(), ox.NamedNode(f"{RS}boolean"), ox.Literal(bool(read)))]
        )
    names = [variable.value for variable in read.variables]
    return _rows([{name: row[name] for name in names if row[name] is not None} for row in read])


def _rows(rows: list[dict[str, Any]]) -> ox.Dataset:
    dataset = ox.Dataset()
    for row in rows:
        node = ox.BlankNode()
        dataset.add(ox.Quad(node, ox.NamedNode(f"{RS}row"), ox.Literal(True)))
        for name, term in row.items():
            # In a row of an answer a number is what it is worth: a store writes it in one way.
            dataset.add(ox.Quad(node, ox.NamedNode(f"{RS}{name}"), _plain(term)))
    return dataset


def _plain(term: Any) -> Any:
    if isinstance(term, ox.Literal):
        store = ox.Store()
        store.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:a"), term))
        (quad,) = store
        return quad.object
    return term


def _of_result_set(quads: list[ox.Quad]) -> ox.Dataset:
    """A table of rows that is written in RDF."""
    read: dict[Any, dict[str, list[Any]]] = {}
    for quad in quads:
        read.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    rows = []
    for node in read.values():
        for solution in node.get(f"{RS}solution", ()):
            bindings = read.get(solution, {}).get(f"{RS}binding", [])
            rows.append(
                {
                    read[binding][f"{RS}variable"][0].value: read[binding][f"{RS}value"][0]
                    for binding in bindings
                }
            )
        if f"{RS}boolean" in node:
            value = ox.Literal(node[f"{RS}boolean"][0].value == "true")
            return ox.Dataset([ox.Quad(ox.BlankNode(), ox.NamedNode(f"{RS}boolean"), value)])
    return _rows(rows)


def _records(text: bytes) -> tuple[frozenset[str], list[frozenset[str]]]:
    """The header and the records of CSV: the order of columns and of rows is free here."""
    import csv

    read = list(csv.reader(io.StringIO(text.decode("utf-8"), newline="")))
    header = read[0]
    blank = re.compile(r"_:.*")
    rows = [
        frozenset(f"{n}={blank.sub('_:', v)}" for n, v in zip(header, row, strict=True))
        for row in read[1:]
    ]
    return frozenset(header), sorted(rows, key=sorted)
