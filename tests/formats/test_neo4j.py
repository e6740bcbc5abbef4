"""CSV for Neo4j, both dialects of it, and the JSON of APOC."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.mapping import Report

DATA = Path(__file__).parents[1] / "data/formats"

pytestmark = pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")


def read(path: Path) -> tuple[Graph, Report]:
    report = Report()
    return formats.load(path, report=report), report


def rows(graph: Graph) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    return {
        (s.subject, s.predicate, s.object): [(r.source, r.stance) for r in s.evidence]
        for s in graph.statements.values()
    }


def test_a_pair_for_neo4j_admin_is_read() -> None:
    graph, report = read(DATA / "import_edges.csv")
    assert report.format == "neo4j"
    assert rows(graph) == {
        ("CHEBI:18420", "inhibits", "HGNC:9606"): [
            ("PMID:81", "supports"),
            ("PMID:82", "supports"),
        ],
        ("HGNC:9606", "biolink:affects", "GO:0045453"): [("PMID:83", "disputes")],
    }
    assert graph.name("CHEBI:18420") == "magnesium, ion"
    assert graph.entities["HGNC:9606"].category == "biolink:Gene"
    assert "tags (1)" in "\n".join(report.left.lines())


def test_an_export_of_apoc_has_both_in_one_file() -> None:
    graph, _ = read(DATA / "apoc.csv")
    assert rows(graph) == {("CHEBI:18420", "inhibits", "HGNC:9606"): [("PMID:81", "supports")]}
    assert graph.name("HGNC:9606") == "PTH"


def test_tabs_and_other_joints_of_lists_are_read(tmp_path: Path) -> None:
    text = ":START_ID\t:END_ID\t:TYPE\tpublications:string[]\r\na\tb\tX\tPMID:1\x1fPMID:2\r\n"
    (tmp_path / "x_edges.csv").write_text(text, "utf-8", newline="")
    graph, _ = read(tmp_path / "x_edges.csv")
    assert rows(graph) == {("a", "X", "b"): [("PMID:1", "supports"), ("PMID:2", "supports")]}


def test_numbers_of_two_spaces_of_ids_are_two_nodes(tmp_path: Path) -> None:
    text = ":START_ID(Gene),:END_ID(Disease),:TYPE\n1,1,CAUSES\n"
    (tmp_path / "rels.csv").write_text(text, "utf-8")
    graph, _ = read(tmp_path / "rels.csv")
    assert set(graph.entities) == {"Gene:1", "Disease:1"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n", "no column is an :ID"),
        (":START_ID,:END_ID,:TYPE\na,,X\n", "x.csv:2: the edge has no END_ID"),
        (":START_ID,:END_ID,:TYPE\na,b,X,Y\n", "x.csv:2: 4 cells in a table of 3 columns"),
        (':START_ID,:END_ID,:TYPE\na,"b\n', "x.csv:2: the row cannot be read"),
    ],
)
def test_a_bad_table_is_an_error_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(text, "utf-8")
    with pytest.raises(FormatError) as error:
        formats.load(tmp_path / "x.csv", "neo4j")
    assert message in str(error.value)


APOC: list[dict[str, Any]] = [
    {"type": "node", "id": "0", "labels": ["Gene"], "properties": {"identifier": "HGNC:1"}},
    {"type": "node", "id": "1", "labels": ["Disease"], "properties": {"name": "B"}},
    {
        "id": "0", "type": "relationship", "label": "INHIBITS",
        "properties": {"pmid": ["1", "2"], "negated": True},
        "start": {"id": "0", "labels": ["Gene"]}, "end": {"id": "1", "labels": ["Disease"]},
    },
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(json.dumps, APOC)),
        json.dumps(APOC),
        json.dumps(APOC, indent=1),
        json.dumps({"nodes": APOC[:2], "rels": APOC[2:]}),
        json.dumps({"nodes": {"0": APOC[0], "1": APOC[1]}, "rels": {"0": APOC[2]}}),
    ],
)
def test_json_of_apoc_is_read_in_each_of_its_shapes(text: str, tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text(text, "utf-8")
    graph, report = read(tmp_path / "all.json")
    assert report.format == "apoc"
    assert rows(graph) == {
        ("HGNC:1", "inhibits", "B"): [("PMID:1", "disputes"), ("PMID:2", "disputes")]
    }
    assert graph.entities["HGNC:1"].category == "biolink:Gene"


def test_what_is_neither_node_nor_relationship_of_apoc_is_an_error(tmp_path: Path) -> None:
    lines = [*APOC, {"type": "thing"}, {**APOC[2], "end": {"id": "77"}}]
    (tmp_path / "all.json").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    with pytest.raises(FormatError, match=r"all.json:4: neither a node(.|\n)*:5: .*'77'"):
        read(tmp_path / "all.json")


def test_databases_of_an_edge_are_its_reasons_where_it_names_no_paper(tmp_path: Path) -> None:
    path = tmp_path / "apoc.csv"
    path.write_text(
        '"_id","_labels","identifier","_start","_end","_type","pubmed_ids","sources"\n'
        '"0",":Gene","X:1",,,,,\n"1",":Disease","X:2",,,,,\n'
        ',,,"0","1","ASSOCIATES","","[""GWAS"",""DISEASES""]"\n'
        ',,,"1","0","CAUSES","[""12""]","[""GWAS""]"\n',
        "utf-8",
    )
    report = Report()
    graph = formats.load(path, report=report)
    assert {s.predicate: [r.source for r in s.evidence] for s in graph.statements.values()} == {
        "ASSOCIATES": ["DISEASES", "GWAS"],
        "biolink:causes": ["PMID:12"],
    }
    assert not list(report.left.lines())
