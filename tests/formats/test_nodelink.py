"""JSON of others: what has a place is kept, what has none is counted and named."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import networkx
import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats.nodelink import reading
from trabecula.graph import Graph
from trabecula.leftover import LeftOut, Leftovers
from trabecula.model import Evidence, Source, Xref

ZINC = {"id": "a", "name": "zinc", "category": "chemical"}
GROWTH = {"id": "b", "name": "growth", "category": "process"}
EDGE = {"source": "a", "target": "b", "predicate": "increases"}


def _read(path: Path, *nodes: Any, edges: Any = (), **more: Any) -> tuple[Graph, list[str]]:
    """The graph in JSON, and what is said of what was left out."""
    document = {"nodes": list(nodes), "edges": list(edges), **more}
    (path / "g.json").write_text(json.dumps(document), encoding="utf-8")
    left = Leftovers()
    return formats.load(path / "g.json", left=left), list(left.lines())


def _refused(path: Path, text: str | bytes) -> str:
    data = text if isinstance(text, bytes) else text.encode("utf-8", errors="surrogatepass")
    (path / "g.json").write_bytes(data)
    with pytest.raises(FormatError) as caught:
        formats.load(path / "g.json")
    return str(caught.value).replace(str(path / "g.json"), "g.json")


# --- What others add ------------------------------------------------------------------------


def test_attributes_that_have_no_place_are_counted_and_named_by_kind(tmp_path: Path) -> None:
    edges = [{**EDGE, "weight": 3, "p_value": n / 10} for n in range(3)]
    _, told = _read(
        tmp_path,
        {**ZINC, "score": 0.8},
        GROWTH,
        edges=[*edges, {**EDGE, "weight": float("nan")}],
        graph={"name": "x", "licence": "CC0"},
        sources=[{"id": "s", "impact": 3}],
        date="today",
    )
    assert told == [
        "1 document attribute was left out: date (1); first at the file",
        "1 graph attribute was left out: licence (1); first at graph",
        "1 node attribute was left out: score (1); first at nodes[0]",
        "1 source attribute was left out: impact (1); first at sources[0]",
        "2 edge attributes were left out: weight (4), p_value (3); first at edges[0]",
    ]


def test_attributes_of_evidence_and_cross_references_are_named_too(tmp_path: Path) -> None:
    row = {"source": "s", "stance": "supports", "pages": "3"}
    xref = {"match": "exact", "curie": "CHEBI:1", "db": "x"}
    _, told = _read(tmp_path, {**ZINC, "xrefs": [xref]}, edges=[{**EDGE, "evidence": [row]}])
    assert told == [
        "1 cross-reference attribute was left out: db (1); first at nodes[0].xrefs[0]",
        "1 evidence attribute was left out: pages (1); first at edges[0].evidence[0]",
    ]


def test_what_is_left_out_becomes_a_warning_where_nobody_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text(json.dumps({"nodes": [{**ZINC, "score": 1}], "edges": []}))
    with pytest.warns(LeftOut, match=r"g\.json: 1 node attribute was left out: score \(1\)"):
        formats.load(tmp_path / "g.json")


def test_our_own_json_leaves_nothing_out(tiny: Graph, tmp_path: Path) -> None:
    formats.write(tiny, tmp_path / "g.json")
    left = Leftovers()
    assert formats.load(tmp_path / "g.json", left=left) == tiny
    assert list(left.lines()) == []


def test_publications_of_an_edge_are_its_sources(tmp_path: Path) -> None:
    row = {"source": "PMID:1", "stance": "disputes"}
    edge = {**EDGE, "publications": ["PMID:7", "PMID:1", "PMID:7"], "evidence": [row]}
    graph, told = _read(
        tmp_path, ZINC, GROWTH, edges=[edge, {**EDGE, "target": "a", "publications": "PMID:7"}],
        sources=[{"id": "PMID:1", "kind": "paper"}],
    )  # fmt: skip
    assert told == []
    first, second = sorted(graph.statements.values(), key=lambda s: -len(s.evidence))
    assert set(first.evidence) == {
        Evidence(source="PMID:1", stance="disputes"),
        Evidence(source="PMID:7"),
    }
    assert (first.evidence[-1].stance, first.evidence[-1].strength) == ("supports", "")
    assert second.evidence == (Evidence(source="PMID:7"),)
    assert graph.sources == {
        "PMID:1": Source(id="PMID:1"),
        "PMID:7": Source(id="PMID:7"),
    }


def test_names_that_others_give_to_our_values_are_understood(tmp_path: Path) -> None:
    node = {
        "id": "NCBIGene:5741", "label": "PTH", "category": ["protein"], "synonym": "parathormone",
        "xref": ["HGNC:9606", {"match": "exact", "curie": "PR:000013429"}],
        "in_taxon": ["NCBITaxon:9606"],
    }  # fmt: skip
    graph, told = _read(tmp_path, node, {**ZINC, "label": "zinc"}, {**GROWTH, "label": "other"})
    entity = graph.entities["NCBIGene:5741"]
    assert (entity.name, entity.category, entity.taxon) == ("PTH", "protein", "NCBITaxon:9606")
    assert entity.synonyms == ("parathormone",)
    assert entity.xrefs == (Xref("related", "HGNC:9606"), Xref("exact", "PR:000013429"))
    assert told == ["1 node attribute was left out: label (1); first at nodes[2]"]


def test_node_link_json_of_networkx_is_read_with_numbers_for_ids(tmp_path: Path) -> None:
    network = networkx.MultiDiGraph()
    network.add_node(0, name="zinc", category="chemical")
    network.add_node(1, name="growth", category="process")
    network.add_edge(0, 1, predicate="increases")
    document = networkx.node_link_data(network, edges="edges")
    before = {**document, "links": document["edges"]}
    del before["edges"]
    graphs = []
    for each in (document, before):  # before networkx 3.4 they were called links
        (tmp_path / "g.json").write_text(json.dumps(each))
        graphs.append(formats.load(tmp_path / "g.json"))
    assert [s.key[:3] for s in graphs[0].statements.values()] == [("0", "increases", "1")]
    assert graphs[0] == graphs[1]


def test_that_an_undirected_graph_gets_directions_is_said(tmp_path: Path) -> None:
    _, told = _read(tmp_path, ZINC, GROWTH, edges=[EDGE], directed=False)
    assert told == ["an undirected graph read from source to target at the file"]


# --- Texts ----------------------------------------------------------------------------------


def test_a_year_is_a_year_however_a_spreadsheet_wrote_it(tmp_path: Path) -> None:
    for year, lines in (
        ("2015", []),
        (2015, []),
        (2015.0, ["decimals left out of year at sources[0]"]),
    ):
        graph, told = _read(tmp_path, sources=[{"id": "s", "year": year}])
        assert (graph.sources["s"].year, told) == ("2015", lines)


@pytest.mark.parametrize(
    ("written", "name", "mended"),
    [
        ("5\u00a0mg", "5 mg", "U+00A0 NO-BREAK SPACE read as a plain blank"),
        ("one\ntwo", "one two", "U+000A read as a plain blank"),
        ("osteo\u00adblast", "osteoblast", "U+00AD SOFT HYPHEN left out"),
        ("\U0001fae8", "\U0001fae8", None),
        ("می\u200cخورد", "می\u200cخورد", None),
    ],
)
def test_blanks_of_other_kinds_are_read_and_said(
    written: str, name: str, mended: str | None, tmp_path: Path
) -> None:
    graph, lines = _read(tmp_path, {**ZINC, "name": written})
    assert graph.entities["a"].name == name
    assert lines == ([f"{mended} at nodes[0] (name)"] if mended else [])


def test_json_with_a_mark_or_as_utf_16_is_read(tmp_path: Path) -> None:
    text = json.dumps({"nodes": [{**ZINC, "name": "é"}], "edges": []}, ensure_ascii=False)
    for data in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        (tmp_path / "g.json").write_bytes(data)
        assert formats.load(tmp_path / "g.json", left=Leftovers()).entities["a"].name == "é"


# --- What is no sound JSON ------------------------------------------------------------------

_NODE = '{{"nodes": [\n{{"id": "a",\n {}, "category": "chemical"}}], "edges": []}}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "g.json: there is nothing in the file: write a graph into it, or name another"),
        (" \n", "g.json: there is nothing in the file: write a graph into it, or name another"),
        (
            _NODE.format('"name": "x\\ud800"'),
            "g.json: nodes[0] has U+D800 in name: "
            "remove it; texts hold printing characters and plain blanks",
        ),
        (
            '{"nodes": [], "edges": [{"source": "\\udfff", "target": "b", "predicate": "requires"}]}',
            "g.json: edges[0] has U+DFFF in source: "
            "remove it; texts hold printing characters and plain blanks",
        ),
        (
            _NODE.format('"name": "x\\u001b[2J"'),
            "g.json: nodes[0] has U+001B in name: "
            "remove it; texts hold printing characters and plain blanks",
        ),
        (
            _NODE.format('"name": "x", "name": "y"'),
            "g.json:2: the key 'name' stands twice in an object: correct it",
        ),
        (
            _NODE.format('"name": "x", "n": ' + "7" * 5000),
            "g.json:2: a number of 5,000 digits, 7777777777…: correct it",
        ),
        (_NODE.format('"name": NaN'), "g.json: nodes[0] has the name nan: make it a text"),
        (
            '{"nodes": [], "sources": [{"id": "s", "year": Infinity}], "edges": []}',
            "g.json: sources[0] has the year inf: make it a text",
        ),
        (
            '{"nodes": [], "sources": [{"id": "s", "year": 2015.5}], "edges": []}',
            "g.json: sources[0] has the year 2015.5: make it a text",
        ),
        ('{"nodes": ' + "[" * 100_000, "g.json: too many levels of nesting: write flat nodes"),
        (
            '{"nodes": [],\n "edges": [],\n "é": "'.encode() + b'\xe9"}',
            "g.json:3: byte 0xe9 in column 9 is not UTF-8; in Windows-1252 or Latin-1 it is é: "
            "save the file as UTF-8",
        ),
        (
            '{"nodes": [], "edges": [{"source": "a", "target": "b", "predicate": "requires", '
            '"publications": ["see below"]}]}',
            "g.json: edges[0] has the publication 'see below': use a CURIE",
        ),
    ],
)  # fmt: skip
def test_what_says_nothing_certain_is_an_error_at_its_place(
    text: str | bytes, message: str, tmp_path: Path
) -> None:
    assert _refused(tmp_path, text) == message


def test_many_bad_nodes_are_few_lines_and_a_count(tmp_path: Path) -> None:
    nodes = [{"id": f"n{n}", "name": n} for n in range(5000)]
    text = _refused(tmp_path, json.dumps({"nodes": nodes, "edges": []}))
    assert len(text.split("\n")) == 21
    assert text.endswith("and 9,980 more of this kind (json-shape)")


# --- What is written as most is ---------------------------------------------------------------

ROW = {"source": "PMID:1", "stance": "supports", "strength": "direct"}
#: Ways to write an edge: ours, those of others, and faults.
WAYS: tuple[dict[str, Any], ...] = (
    {},
    {"qualifiers": {"severity": "mild", "sex": "male"}},
    {"qualifiers": {"severity": ["mild", "severe"]}},
    {"qualifiers": {"severity": "5\u00a0mg"}},
    {"qualifiers": {}, "reviews": [], "evidence": [], "topic": "pth"},
    {"qualifiers": []},
    {"reviews": None},
    {"topic": 3},
    {"topic": "Knochen\u00adbau"},
    {"topic": ["pth"]},
    {"negated": True},
    {"negated": 1},
    {"source": 1},
    {"source": True},
    {"source": ["a"]},
    {"target": "CHEBI:17823"},
    {"target": "https://w3id.org/trabecula/entity/b%EF%B7%90"},
    {"predicate": ""},
    {"weight": 2},
    {"publications": ["PMID:2"]},
    {"evidence": None},
    {"evidence": [ROW]},
    {"evidence": [ROW, {**ROW, "source": "pmid:01"}]},
    {"evidence": [{**ROW, "context": {"sex": "male"}}, {**ROW, "context": {"sex": 1}}]},
    {"evidence": [{**ROW, "context": {"sex": "male", "age": "old"}, "summary": "Über"}]},
    {"evidence": [{**ROW, "effect": {"measure": "RR", "value": "0.9"}}]},
    {"evidence": [{**ROW, "stance": "praises"}]},
    {"evidence": [{**ROW, "stance": ""}]},
    {"evidence": [{"source": "PMID:1"}]},
    {"evidence": [{"stance": "supports"}]},
    {"evidence": [{**ROW, "source": 1}, {**ROW, "source": True}]},
    {"evidence": [{**ROW, "method": None}]},
    {"evidence": [{**ROW, "score": 1}, "PMID:1"]},
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(map(str, way)) or "bare")
def test_an_edge_that_is_read_at_once_is_read_as_one_that_is_looked_at_closely(
    way: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read() -> object:
        edges = [{**EDGE, "evidence": [ROW]}, {**EDGE, **way}, {**EDGE, **way}]
        try:
            graph, told = _read(tmp_path, ZINC, GROWTH, edges=edges)
        except FormatError as error:
            return str(error)
        return list(graph), told

    at_once = read()
    monkeypatch.setattr(reading._Reader, "usual", lambda *_: None)
    monkeypatch.setattr(reading._Reader, "usual_rows", lambda *_: None)
    assert read() == at_once


def test_lists_may_stand_in_any_order_and_faults_are_told_in_that_of_records(
    tmp_path: Path,
) -> None:
    lists = {
        "edges": [{**EDGE, "weight": 1}],
        "sources": [{"id": "s", "impact": 3}],
        "nodes": [{**ZINC, "score": 1}, GROWTH],
    }
    told = []
    for order in itertools.permutations(lists):
        (tmp_path / "g.json").write_text(json.dumps({name: lists[name] for name in order}))
        left = Leftovers()
        told.append((list(formats.load(tmp_path / "g.json", left=left)), list(left.lines())))
    assert all(problems == told[0] for problems in told)
    assert [line.split()[1] for line in told[0][1]] == ["node", "source", "edge"]


def test_equal_texts_and_rows_of_a_file_are_one_object(tmp_path: Path) -> None:
    rows = [{**ROW, "summary": "seen"}]
    edges = [{**EDGE, "target": end, "evidence": rows} for end in "bacd"]
    graph, _ = _read(tmp_path, ZINC, GROWTH, edges=edges, sources=[{"id": "PMID:1"}])
    *_, first, second = (  # the first of a source is looked at closely
        statement.evidence
        for statement in sorted(graph.statements.values(), key=lambda s: "bacd".index(s.object))
    )
    assert first is second
