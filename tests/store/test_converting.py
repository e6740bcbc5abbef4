"""KGX by columns is what the graph in memory gives, byte for byte."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.test_kgx import NODES, table, written

import trabecula as tb
from trabecula import formats
from trabecula import store as stores
from trabecula.cli import main
from trabecula.formats import kgx
from trabecula.graph import Graph
from trabecula.mapping import AS_IT_IS, Report
from trabecula.mapping.report import SIGNS
from trabecula.model import Entity, Evidence, Source, Statement, Xref
from trabecula.store import converting
from trabecula.store.loading import load
from trabecula.store.opening import Store, opened

#: A table in which nothing is what it is for a reader of tables, of JSON, or of neither.
ODD = (
    Entity(id="a|b", category="", name='say "a"', synonyms=("x|y", "\\")),
    Entity(id="NCBIGene:1", category="protein", name="one"),
    Entity(
        id="NCBIGene:3", category="protein", name="{0} %s", description="{", taxon="NCBITaxon:9606"
    ),
    Entity(
        id="NCBIGene:4",
        category="protein",
        name="four",
        synonyms=("one", "two"),
        xrefs=(Xref("exact", "UniProtKB:P1"), Xref("broad", "GO:0000001", "g")),
    ),
    Source(id="PMID:1"),
    Source(id="PMID:2", standing="retracted"),
    Source(id="infores:a"),
    *(
        Statement(subject=subject, predicate=predicate, object="NCBIGene:1", evidence=evidence)
        for subject in ("a|b", "NCBIGene:2", "plain")
        for predicate, evidence in (
            ("activates", (Evidence(source="PMID:1", summary='so "it" is\\'),)),
            ("inhibits", (Evidence(source="PMID:1"), Evidence(source="infores:a"))),
            ("requires", (Evidence(source="infores:a", summary="x | y"),)),
            ("binds", (Evidence(source="PMID:1", context=(("supporting_text", "z"),)),)),
            ("increases", (Evidence(source="PMID:2"), Evidence(source="PMID:1"))),
            ("decreases", (Evidence(source="PMID:1", stance="disputes"), Evidence(source="a|c"))),
            ("causes", (Evidence(source="a|c"), Evidence(source="b"), Evidence(source="PMID:1"))),
            ("treats", ()),
            ("prevents", (Evidence(source="a|c", summary="one"), Evidence(source="a|c"))),
            ("blocks", (Evidence(source="PMID:1", stance="qualifies"),)),
        )
    ),
)


def compared(graph: Graph, store: Store) -> None:
    for syntax in converting.FORMATS.values():
        made = converting.files_of(store, syntax)
        assert {kind: b"".join(made[kind]) for kind in made} == kgx.files_of(graph, syntax)


def of_file(source: Path, folder: Path) -> None:
    """Compare what both ways write of a file, and tell of it."""
    of_memory, of_columns = Report(), Report()
    memory = formats.load(source, report=of_memory)
    with converting.read(source, folder, AS_IT_IS, of_columns) as store:
        compared(memory, store)
    assert of_columns.values() == of_memory.values()
    denied = Counter(_group(memory, statement) for statement in memory.statements.values())
    assert of_memory.values()["signs"] == {name: denied[name] for name in SIGNS}


def _group(graph: Graph, statement: Statement) -> str:
    if statement.evidence and all(row.stance == "disputes" for row in statement.evidence):
        return "negated"
    sign = graph.words.relation(statement.predicate).sign
    return {1: "positive", -1: "negative", 0: "unsigned"}[sign]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(3))
def test_rows_of_every_kind_are_written_as_from_memory(seed: int, tmp_path: Path) -> None:
    of_file(written(tmp_path, table(300, seed)), tmp_path)


@pytest.mark.filterwarnings("ignore")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.integers(0, 12), seed=st.integers(0, 10_000))
def test_few_rows_of_any_kind_are_written_as_from_memory(
    rows: int, seed: int, tmp_path: Path
) -> None:
    of_file(written(tmp_path, table(rows, seed)), tmp_path)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("row", ["", "A:1\tbiolink:affects\tA:2\n"])
def test_a_table_without_evidence_is_written_as_from_memory(row: str, tmp_path: Path) -> None:
    of_file(written(tmp_path, f"subject\tpredicate\tobject\n{row}", "id\n"), tmp_path)


@pytest.mark.filterwarnings("ignore")
def test_tables_put_together_have_their_header_again(tmp_path: Path) -> None:
    of_file(written(tmp_path, table(30, 1) + table(30, 2), NODES + NODES), tmp_path)


@pytest.mark.filterwarnings("ignore")
def test_all_that_the_shipped_graph_says_and_its_tables_are_written_as_from_memory(
    covering: Graph, places_of_covering: dict[str, Path], tmp_path: Path
) -> None:
    compared(covering, opened(places_of_covering["store"] / "graph.json"))
    formats.write(covering, tmp_path / "x_edges.tsv")
    of_file(tmp_path / "x_edges.tsv", tmp_path)


@pytest.mark.parametrize("at_once", [2, 1 << 14])
def test_odd_texts_and_evidence_of_every_sort(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("nodes.SLICE", "edges.SLICE", "edges._LOOKED_AT", "figures._COUNTED"):
        monkeypatch.setattr(f"trabecula.store.converting.{name}", at_once)
    tb.write(ODD, tmp_path / "x.json")
    load([tmp_path / "x.json"], tmp_path / "x.trabecula")
    compared(formats.load(tmp_path / "x.json"), opened(tmp_path / "x.trabecula"))


@pytest.mark.parametrize("to", ["y_edges.tsv", "y_nodes.jsonl"])
def test_convert_takes_columns_where_a_file_is_large_and_says_the_same(
    to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, table(200, 4))
    told = []
    for large in (1 << 30, 0):
        monkeypatch.setattr(stores, "LARGE", large)
        folder = tmp_path / str(large)
        folder.mkdir()
        done = CliRunner().invoke(main, ["convert", str(source), "-o", str(folder / to)])
        assert done.exit_code == 0
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        told.append((files, done.stderr.replace(str(folder), "")))
    assert told[0] == told[1]


def test_what_is_in_the_way_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "LARGE", 0)
    source = written(tmp_path, table(20, 4))
    (tmp_path / "y_nodes.tsv").write_text("mine")
    words = ["convert", str(source), "-o", str(tmp_path / "y_edges.tsv")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code != 0
    assert (tmp_path / "y_nodes.tsv").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "x_edges.tsv", "x_nodes.tsv", "y_nodes.tsv",
    ]  # fmt: skip
