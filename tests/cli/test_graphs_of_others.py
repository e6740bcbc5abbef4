"""Commands that are given somebody else's file speak of that file, and of nothing else."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trabecula import formats
from trabecula.cli import main
from trabecula.graph import Graph
from trabecula.model import Entity, Statement

SIGNOR = """\
ENTITYA	TYPEA	DATABASEA	IDA	ENTITYB	TYPEB	DATABASEB	IDB	EFFECT	MECHANISM	PMID
INSR	protein	UNIPROT	P06213	IRS1	protein	UNIPROT	P35568	up-regulates activity	phosphorylation	11
RPS6KB1	protein	UNIPROT	P23443	IRS1	protein	UNIPROT	P35568	down-regulates	phosphorylation	12
RPS6KB1	protein	UNIPROT	P23443	IRS1	protein	UNIPROT	P35568	up-regulates	phosphorylation	13
IRS1	protein	UNIPROT	P35568	RPS6KB1	protein	UNIPROT	P23443	form complex	binding	14
IRS1	protein	UNIPROT	P35568	INSR	protein	UNIPROT	P06213	down-regulates activity	binding	15
"""
#: A curated folder that lists nothing as left out.
KRAS = Path(__file__).parent.parent / "data" / "kras"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A table as SIGNOR has it, in a file whose name a shell would take apart."""
    monkeypatch.chdir(tmp_path)
    Path("my table.tsv").write_text(SIGNOR, encoding="utf-8")
    return "my table.tsv"


def test_info_says_first_what_came_in(table: str) -> None:
    lines = run("info", "--graph", table).output.splitlines()
    assert lines[2].startswith("read as edges: ")
    assert lines[3:5] == [
        "  3 nodes · 5 statements · 5 pieces of evidence · 5 papers",
        "  signs  + 2  − 2  · 1  ¬ 0",
    ]


def test_info_counts_nothing_that_has_no_name(table: str) -> None:
    rows = [line.split() for line in run("info", "--graph", table).output.splitlines()]
    assert [row for row in rows if len(row) == 1 and row[0].isdigit()] == []


def test_of_a_graph_of_ours_info_says_no_more_than_what_it_holds() -> None:
    assert "read as" not in run("info").output


@pytest.mark.parametrize("lens", [[], ["--without", "PMID:15"], ["--trust", "read"]])
def test_what_show_suggests_asks_the_same_graph(table: str, lens: list[str]) -> None:
    shown = run("show", "IRS1", "--graph", table, *lens).output.splitlines()
    suggested = [line.partition(": ")[2] for line in shown if line.startswith("In ")]
    for command in suggested:
        name, *arguments = shlex.split(command)[1:]
        asked = run(name, *arguments)
        assert asked.exit_code == 0
        assert "IRS1" in asked.output
        assert arguments[:2] == ["--graph", table]
        assert arguments[2 : 2 + len(lens)] == lens
    assert bool(suggested) == (lens[:1] != ["--trust"])


def test_what_nobody_read_here_is_not_said_to_be_read(table: str) -> None:
    told = run("explain", "INSR", "IRS1", "--graph", table).output
    assert told.splitlines()[:2] == [
        "INSR raises IRS1: curated elsewhere",
        "  another graph names a source that was not read here: more of the one, more of the other",
    ]


def test_predicates_read_as_sentences(table: str) -> None:
    told = run("show", "IRS1", "--graph", table).output
    assert "INSR up-regulates the activity of IRS1" in told
    assert "RPS6KB1 forms a complex with IRS1" in told


def test_evidence_without_words_of_its_own_is_one_line(table: str) -> None:
    told = run("show", "IRS1", "--evidence", "--graph", table).output
    assert "    for: PMID:11, no date · curated · mechanism: phosphorylation\n" in told
    assert [line for line in told.splitlines() if line.rstrip().endswith("for:")] == []


def test_the_library_lists_what_the_graph_can_be_asked(table: str) -> None:
    told = run("query", "--list", "--graph", table).output
    assert "article" not in told
    assert "predicate=requires" not in told
    assert "magnesium" not in told


KGX = {
    "_nodes": "id\tcategory\tname\nA:1\tbiolink:Disease\tasthma\nA:2\tbiolink:SmallMolecule\tdrug\n",
    "_edges": "subject\tpredicate\tobject\tpublications\nA:2\tbiolink:treats\tA:1\tPMID:1\n",
}


def test_classes_of_biolink_are_spoken_of_as_what_they_are(tmp_path: Path) -> None:
    for end, text in KGX.items():
        (tmp_path / f"a{end}.tsv").write_text(text, encoding="utf-8")
    edges = str(tmp_path / "a_edges.tsv")
    assert run("explain", "drug", "asthma", "--graph", edges).output.startswith(
        "drug makes asthma less likely or less severe: curated elsewhere\n"
    )
    assert "asthma  (disease, id A:1)\n" in run("show", "asthma", "--graph", edges).output


def test_what_a_release_has_to_say_of_every_format_is_said_once(table: str) -> None:
    Path("pair.tsv").write_text("subject\tpredicate\tobject\nEXX:1\tactivates\tEXX:2\n", "utf-8")
    told = run("build", "--graph", "pair.tsv", "-o", "release").stderr
    assert told.count("nobody declares the prefix EXX") == 1


def test_a_store_says_nothing_of_what_is_not_modelled(table: str) -> None:
    assert run("load", table, "-o", "s.trabecula").exit_code == 0
    result = run("info", "--not-modelled", "--graph", "s.trabecula")
    assert result.exit_code == 2
    assert "--not-modelled reads a curated folder" in result.output


@pytest.mark.parametrize("name", ['"Ural" owl', "A & B", "NOT x", "near(fox, 2)", "plot:1/a.b"])
def test_a_part_is_asked_for_by_any_name_that_the_graph_has(tmp_path: Path, name: str) -> None:
    """Whatever it holds of what selections are written with."""
    graph = Graph(
        [
            Entity(id="owl", name=name, category="population"),
            Statement(subject="owl", predicate="affects", object="vole"),
            Statement(subject="vole", predicate="affects", object="grass"),
        ]
    )
    path = tmp_path / "graph.json"
    formats.write(graph, path)
    part = run("extract", name, "-f", "sif", "--graph", str(path))
    assert part.stdout == "owl\taffects\tvole\n"
    page = tmp_path / "page.html"
    assert run("view", name, "--graph", str(path), "-o", str(page)).exit_code == 0
    assert run("cite", name, "--graph", str(path)).exit_code == 0


def test_what_there_is_none_of_is_said_in_words(tmp_path: Path) -> None:
    left_out = run("info", "--not-modelled", "--graph", str(KRAS))
    assert left_out.stdout == "Nothing is listed that was left out.\n"
    path = tmp_path / "graph.json"
    ends = [Entity(id=name, name=name, category="population") for name in ("rabies", "fox")]
    statement = Statement(subject="rabies", predicate="decreases", object="fox")
    formats.write(Graph([*ends, statement]), path)
    causes = run("diagnose", "rabies=up", "--graph", str(path)).stdout.splitlines()
    assert causes[1] == "  0 single causes of 1 that was tried"
