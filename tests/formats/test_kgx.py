"""KGX: pairs of tables and of lines of JSON, read and written."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from trabecula import associations, formats
from trabecula.cli import main
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.mapping import Report
from trabecula.model import Context, Entity, Evidence, Source, Statement
from trabecula.standing import sayable

DATA = Path(__file__).parents[1] / "data/formats"
PAIRS = (
    "x_edges.tsv", "x_edges.jsonl", "x_edges.parquet", "x_edges.csv", "x.trapi.json", "x.tar", "x.tar.gz",
)  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")


def read(path: Path) -> tuple[Graph, Report]:
    report = Report()
    return formats.load(path, report=report), report


def rows(graph: Graph) -> Counter[tuple[str, str]]:
    return Counter((r.source, r.stance) for s in graph.statements.values() for r in s.evidence)


def signs(graph: Graph) -> Counter[int]:
    return Counter(graph.words.sign_of(s) for s in graph.statements.values())


def lines(folder: Path, *edges: str, header: str = "subject\tpredicate\tobject") -> Path:
    path = folder / "made_edges.tsv"
    path.write_text("\n".join((header, *edges)) + "\n", encoding="utf-8")
    return path


# --- Reading ----------------------------------------------------------------------------------


def test_the_nodes_beside_are_read_with_the_edges() -> None:
    graph, report = read(DATA / "small_edges.tsv")
    assert report.format == "kgx"
    assert graph.name("HGNC:9606") == "PTH | parathyrin"  # in a name a bar is only a bar
    assert graph.entities["CHEBI:18420"].category == "biolink:SmallMolecule"
    assert ("exact", "NCBIGene:5741") in {
        (x.match, x.curie) for x in graph.entities["HGNC:9606"].xrefs
    }


def test_the_nodes_alone_are_read_and_the_edges_pointed_to() -> None:
    graph, report = read(DATA / "small_nodes.tsv")
    assert (len(graph.entities), len(graph)) == (2, 0)
    assert "nodes only; small_edges.tsv has the edges too" in "\n".join(report.left.lines())


def test_a_direction_is_a_sign_and_a_negation_disputes() -> None:
    graph, _ = read(DATA / "small_edges.tsv")
    (fall,) = (s for s in graph.statements.values() if s.predicate == "decreases")
    assert fall.qualifiers == (("object_aspect", "abundance"),)
    assert [(row.source, row.stance) for row in fall.evidence] == [
        ("PMID:1", "supports"),
        ("PMID:2", "supports"),
        ("PMID:3", "disputes"),
    ]


def test_symmetric_edges_are_one_statement_and_what_has_no_evidence_has_none() -> None:
    graph, report = read(DATA / "small_edges.tsv")
    (statement,) = (s for s in graph.statements.values() if s.predicate == "biolink:interacts_with")
    assert (statement.subject, statement.object, statement.evidence) == (
        "HGNC:7644",
        "HGNC:9606",
        (),
    )
    assert report.rows == 5
    assert "aggregator_knowledge_source (1)" in "\n".join(report.left.lines())


def test_the_primary_source_is_the_evidence_where_there_is_no_publication() -> None:
    graph, _ = read(DATA / "small_edges.tsv")
    (statement,) = (s for s in graph.statements.values() if s.predicate == "increases")
    assert [(row.source, row.locator) for row in statement.evidence] == [
        ("infores:x", "infores:x e3")
    ]


@pytest.mark.parametrize(
    ("slots", "source", "context"),
    [
        ({"provided_by": "biogrid"}, "biogrid", ()),
        ({"knowledge_source": "infores:ctd", "provided_by": "ctd_edges"}, "infores:ctd",
         (("provided_by", "ctd_edges"),)),
        ({"knowledge_source": "hgnc.ttl", "provided_by": "hgnc.ttl"}, "", ()),
        ({"primary_knowledge_source": "not_provided", "provided_by": "orphanet|hpoa"}, "orphanet",
         (("provided_by", "hpoa"),)),
        ({"primary_knowledge_source": "infores:a", "provided_by": "infores:a"}, "infores:a", ()),
    ],
)  # fmt: skip
def test_where_an_edge_comes_from_is_its_evidence_but_no_file_or_step_of_a_program(
    slots: dict[str, str], source: str, context: Context, tmp_path: Path
) -> None:
    header = "\t".join(("subject", "predicate", "object", *slots))
    graph, report = read(
        lines(
            tmp_path, "\t".join(("A:1", "biolink:affects", "B:1", *slots.values())), header=header
        )
    )
    (statement,) = graph.statements.values()
    assert [(r.source, r.context) for r in statement.evidence] == (
        [(source, context)] if source else []
    )
    assert bool(report.left.counts) is not bool(source)


@pytest.mark.parametrize(
    ("slot", "value", "stances"),
    [
        ("frequency_qualifier", "HP:0040285", ["disputes"]),
        ("frequency_qualifier", "HP:0040284", ["supports"]),
        ("has_count", "0", ["disputes"]),
        ("has_percentage", "0.0", ["disputes"]),
        ("has_percentage", "0.5", ["supports"]),
    ],
)
def test_a_phenotype_that_was_seen_in_nobody_is_denied(
    slot: str, value: str, stances: list[str], tmp_path: Path
) -> None:
    header = f"subject\tpredicate\tobject\tpublications\t{slot}"
    row = f"MONDO:1\tbiolink:has_phenotype\tHP:1\tPMID:1\t{value}"
    (statement,) = read(lines(tmp_path, row, header=header))[0].statements.values()
    assert [r.stance for r in statement.evidence] == stances
    denied = stances == ["disputes"]
    assert bool(statement.qualifiers) is (slot == "frequency_qualifier" and not denied)


MONARCH = {
    "subject": "MONDO:0007915", "subject_label": "systemic lupus erythematosus",
    "subject_taxon": "", "negated": "", "predicate": "biolink:has_phenotype",
    "object": "HP:0000123", "object_label": "Nephritis", "publications": "PMID:1",
    "primary_knowledge_source": "infores:hpo-annotations",
}  # fmt: skip


@pytest.mark.parametrize("syntax", ["tsv", "jsonl"])
def test_edges_without_a_table_of_nodes_name_their_ends(syntax: str, tmp_path: Path) -> None:
    """As Monarch gives tables of one kind of association each."""
    gene = {
        **MONARCH, "subject": "HGNC:620", "subject_label": "APOB", "negated": "true",
        "subject_taxon": "NCBITaxon:9606",
    }  # fmt: skip
    path = tmp_path / f"disease_associations.{syntax}"
    if syntax == "tsv":
        path.write_text(
            "\n".join("\t".join(row) for row in (MONARCH, MONARCH.values(), gene.values()))
        )
    else:
        path.write_text("\n".join(map(json.dumps, (MONARCH, gene))))
    graph, report = read(path)
    assert (report.format, report.nodes) == ("kgx" if syntax == "tsv" else "kgx-jsonl", 3)
    assert {key: (e.name, e.taxon) for key, e in graph.entities.items()} == {
        "MONDO:0007915": ("systemic lupus erythematosus", ""),
        "HGNC:620": ("APOB", "NCBITaxon:9606"),
        "HP:0000123": ("Nephritis", ""),
    }
    assert {(s.subject, r.stance, r.context) for s in graph.statements.values() for r in s.evidence} == {
        (subject, stance, (("primary_knowledge_source", "infores:hpo-annotations"),))
        for subject, stance in (("MONDO:0007915", "supports"), ("HGNC:620", "disputes"))
    }  # fmt: skip
    assert not report.left.counts


@pytest.mark.parametrize("name", ["x.tar", "x.json", "x_edges.parquet"])
def test_edges_alone_name_their_ends_whatever_they_are_in(name: str, tmp_path: Path) -> None:
    edge = {
        "subject": "A:1",
        "predicate": "biolink:affects",
        "object": "B:1",
        "subject_name": "a thing",
    }
    path = tmp_path / name
    if name == "x.tar":
        text = f"{json.dumps(edge)}\n".encode()
        member = tarfile.TarInfo("x_edges.jsonl")
        member.size = len(text)
        with tarfile.open(path, "w") as archive:
            archive.addfile(member, io.BytesIO(text))
    elif name == "x.json":
        path.write_text(json.dumps({"nodes": [], "edges": [edge]}))
    else:
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist([edge]), path)
    assert (
        formats.load(path, "kgx-parquet" if "parquet" in name else "kgx").name("A:1") == "a thing"
    )


@pytest.mark.parametrize(
    ("syntax", "row"),
    [("tsv", "A:1\tbiolink:affects\tB:1\tother\n"),
     ("jsonl", '{"subject": "A:1", "predicate": "biolink:affects", "object": "B:1", "subject_name": "other"}\n')],
)  # fmt: skip
def test_names_that_edges_have_beside_nodes_are_passed_over_and_told(
    syntax: str, row: str, tmp_path: Path
) -> None:
    head = "subject\tpredicate\tobject\tsubject_name\n" if syntax == "tsv" else ""
    (tmp_path / f"x_edges.{syntax}").write_text(head + row * 2)
    (tmp_path / f"x_nodes.{syntax}").write_text(
        "id\tname\nA:1\ta thing\n" if syntax == "tsv" else '{"id": "A:1", "name": "a thing"}\n'
    )
    graph, report = read(tmp_path / f"x_edges.{syntax}")
    assert graph.name("A:1") == "a thing"
    assert list(report.left.lines()) == [
        f"what edges say of their ends passed over for what the nodes say at x_edges.{syntax}"
    ]


@pytest.mark.parametrize(
    ("cell", "papers"),
    [
        ("1;2", ["PMID:1", "PMID:2"]),
        ("PMID:1, PMID: 2", ["PMID:1", "PMID:2"]),
        ("1 PMC77", ["PMCID:PMC77", "PMID:1"]),
        ("10.1000/a;b|doi:10.1000/C, PMID:3", ["PMID:3", "doi:10.1000/a;b", "doi:10.1000/c"]),
        ("doi:10.1000/a;3", ["doi:10.1000/a;3"]),
    ],
)
def test_papers_may_stand_between_other_signs_than_bars(
    cell: str, papers: list[str], tmp_path: Path
) -> None:
    header = "subject\tpredicate\tobject\tpublications"
    path = lines(tmp_path, f"A:1\tbiolink:affects\tB:1\t{cell}", header=header)
    assert sorted(source for source, _ in rows(read(path)[0])) == papers


def test_both_directions_in_a_cell_are_two_statements(tmp_path: Path) -> None:
    header = "subject\tpredicate\tobject\tobject_direction_qualifier"
    path = lines(tmp_path, "A:1\tbiolink:affects\tB:1\tincreased|decreased", header=header)
    assert signs(read(path)[0]) == {1: 1, -1: 1}


def test_the_fall_of_a_subject_says_nothing_of_its_rise(tmp_path: Path) -> None:
    header = "subject\tpredicate\tobject\tsubject_direction_qualifier\tobject_direction_qualifier"
    path = lines(tmp_path, "A:1\tbiolink:affects\tB:1\tdecreased\tincreased", header=header)
    (statement,) = read(path)[0].statements.values()
    assert statement.predicate == "biolink:affects"
    assert dict(statement.qualifiers) == {
        "subject_direction": "decreased",
        "object_direction": "increased",
    }


def test_lines_of_json_say_the_same_as_a_table(tmp_path: Path) -> None:
    for kind in ("nodes", "edges"):
        table = (DATA / f"small_{kind}.tsv").read_text("utf-8").splitlines()
        names = table[0].split("\t")
        made = []
        for line in table[1:]:
            row = dict(zip(names, line.split("\t"), strict=True))
            lists = {"category", "xref", "same_as", "publications", "has_evidence"}
            made.append(
                {k: v.split("|") if k in lists else v for k, v in row.items() if v}
                | ({"negated": True} if row.get("negated") else {})
            )
        text = "".join(f"{json.dumps(row)}\n" for row in made)
        (tmp_path / f"small_{kind}.jsonl").write_text(text, "utf-8")
    graph, report = read(tmp_path / "small_edges.jsonl")
    assert report.format == "kgx-jsonl"
    assert graph == read(DATA / "small_edges.tsv")[0]


def test_tables_of_parquet_say_the_same_as_tables_of_text(tmp_path: Path) -> None:
    lists = {"category", "xref", "same_as", "publications", "has_evidence"}
    for kind in ("nodes", "edges"):
        head, *rows = (DATA / f"small_{kind}.tsv").read_text("utf-8").splitlines()
        table = zip(*(row.split("\t") for row in rows), strict=True)
        columns = {
            name: [(cell.split("|") if name in lists else cell) if cell else None for cell in cells]
            for name, cells in zip(head.split("\t"), table, strict=True)
        }
        pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / f"small_{kind}.parquet")
    graph, report = read(tmp_path / "small_edges.parquet")
    assert report.format == "kgx-parquet"
    assert graph == read(DATA / "small_edges.tsv")[0]
    # Parquet is told by its first bytes, and nodes by their columns.
    shutil.copy(tmp_path / "small_nodes.parquet", tmp_path / "alone.bin")
    assert set(read(tmp_path / "alone.bin")[0].entities) == set(
        read(DATA / "small_nodes.tsv")[0].entities
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[: len(data) // 2], "no sound file of Parquet"),
        (lambda data: data[:4] + bytes(len(data) - 4), "no sound file of Parquet"),
        (lambda data: data[:-60] + bytes(52) + data[-8:], "no sound file of Parquet"),
    ],
    ids=["cut", "zeros", "footer"],
)
def test_damaged_parquet_is_told(
    change: Callable[[bytes], bytes], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x_edges.parquet"
    table = pyarrow.table({"subject": ["A:1"], "predicate": ["b:c"], "object": ["B:1"]})
    pyarrow.parquet.write_table(table, path)
    assert len(read(path)[0]) == 1
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(FormatError, match=message):
        read(path)


def test_a_table_of_parquet_without_the_columns_names_those_it_has(tmp_path: Path) -> None:
    path = tmp_path / "x_edges.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"from": ["A:1"], "to": ["B:1"]}), path)
    with pytest.raises(FormatError, match=r"no column id.*these are there: from, to"):
        read(path)
    pyarrow.parquet.write_table(pyarrow.table({"subject": ["A:1"], "object": ["B:1"]}), path)
    with pytest.raises(FormatError, match=r"no column predicate.*these are there: subject, object"):
        read(path)


def test_one_file_of_json_may_have_both(tmp_path: Path) -> None:
    document = {
        "nodes": [{"id": "A:1", "name": "a", "category": ["biolink:Gene"]}],
        "edges": [{"subject": "A:1", "predicate": "biolink:affects", "object": "B:1"}],
    }
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(document, indent=1), "utf-8")
    graph, report = read(path)
    assert (report.format, graph.name("A:1"), len(graph)) == ("kgx-jsonl", "a", 1)


def test_compressed_pairs_are_pairs(tmp_path: Path) -> None:
    for kind in ("nodes", "edges"):
        data = (DATA / f"small_{kind}.tsv").read_bytes()
        (tmp_path / f"small_{kind}.tsv.gz").write_bytes(gzip.compress(data))
    assert read(tmp_path / "small_edges.tsv.gz")[0] == read(DATA / "small_edges.tsv")[0]


@pytest.mark.parametrize("name", ["edges.tsv", "x.edges.tsv", "X_EDGES.tsv", "edges_x.tsv"])
def test_pairs_are_told_by_their_names(name: str, tmp_path: Path) -> None:
    shutil.copy(DATA / "small_edges.tsv", tmp_path / name)
    other = name.replace("edges", "nodes").replace("EDGES", "NODES")
    shutil.copy(DATA / "small_nodes.tsv", tmp_path / other)
    assert read(tmp_path / name)[0].name("CHEBI:18420") == "magnesium(2+)"


@pytest.mark.parametrize(
    ("edge", "message"),
    [
        ("A:1\t\tB:1", "made_edges.tsv:2: the edge has no predicate"),
        ("A:1\tx\tB:1\tmore", "made_edges.tsv:2: 4 cells in a table of 3 columns"),
    ],
)
def test_a_bad_row_is_an_error_with_its_line(edge: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError) as error:
        formats.load(lines(tmp_path, edge), "kgx")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"subject": "a", "predicate": "p", "object": "b", "subject": "c"}', ":1: the key 'subj"),
        ('{"subject": "a", "predicate": "p", "object": NaN}', ":1: NaN"),
        (
            '{"subject": "a", "predicate": "p", "object": ' + "[" * 100_000 + "]" * 100_000 + "}",
            ":1: ",
        ),
        (
            '{"subject": "a", "predicate": "p", "object": ' + "9" * 5_000 + "}",
            ":1: a number of 5,000",
        ),
        ('{"subject": "a", "predicate": "p"}', ":1: the edge has no object"),
        (
            '{"subject": "a", "predicate": "p", "object": "b", "negated": "perhaps"}',
            ":1: `negated`",
        ),
    ],
)
def test_hostile_lines_of_json_are_errors_with_their_place(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x_edges.jsonl"
    path.write_text(f"{text}\n", "utf-8")
    with pytest.raises(FormatError) as error:
        formats.load(path, "kgx-jsonl")
    assert message in str(error.value)


def test_an_archive_without_edges_or_cut_short_is_an_error(tmp_path: Path, tiny: Graph) -> None:
    formats.write(tiny, tmp_path / "x.tar", "kgx")
    data = (tmp_path / "x.tar").read_bytes()
    (tmp_path / "short.tar").write_bytes(data[:700])
    with pytest.raises(FormatError):
        formats.load(tmp_path / "short.tar", "kgx")


# --- Writing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAIRS)
def test_signs_negations_and_evidence_survive(
    name: str, shipped: Graph, covering: Graph, tmp_path: Path
) -> None:
    """But for what is said to be lost: who qualifies, who was retracted, who holds to the refuted."""
    whole = shipped if name == PAIRS[0] else covering
    formats.write(whole, tmp_path / name)
    graph, _ = read(tmp_path / name)
    kept = Counter(
        (row.source, row.stance)
        for statement in whole.statements.values()
        for row in statement.evidence
        if not row.retracted
        and (row.stance == "disputes" or (row.stance == "supports" and sayable(statement.evidence)))
    )
    assert rows(graph) == kept
    assert signs(graph) == signs(whole)
    assert set(graph.entities) == set(whole.entities)


@pytest.mark.parametrize("name", PAIRS)
def test_what_was_read_is_written_as_it_was(name: str, tmp_path: Path) -> None:
    graph, _ = read(DATA / "small_edges.tsv")
    formats.write(graph, tmp_path / name)
    again, _ = read(tmp_path / name)
    assert set(again.statements) == set(graph.statements)
    assert (rows(again), signs(again)) == (rows(graph), signs(graph))


def row(source: str, stance: str = "supports") -> Evidence:
    return Evidence(source=source, stance=stance, strength="direct")


def edge(*evidence: Evidence, predicate: str = "requires", negated: bool = False) -> list[str]:
    """Negation, predicate and publications of each edge that a statement becomes."""
    graph = Graph(
        [
            *(Entity(id=name, name=name, category="chemical") for name in ("a", "b")),
            *(Source(id=each.source) for each in evidence),
            Statement(
                subject="a", predicate=predicate, object="b", negated=negated, evidence=evidence
            ),
        ]
    )
    return [
        f"{slots.get('negated', '')} {slots['predicate']} {' '.join(slots.get('publications', ()))}"
        for slots in associations.edges(graph)
    ]


def test_what_is_denied_is_never_a_positive_edge() -> None:
    assert edge(row("PMID:1", "disputes")) == ["true tb:requires PMID:1"]
    assert edge(row("PMID:1"), row("PMID:2", "disputes")) == [
        " biolink:related_to PMID:1",
        "true tb:requires PMID:2",
    ]
    assert edge(row("PMID:1"), negated=True) == ["true tb:requires PMID:1"]
    assert edge(row("PMID:1", "disputes"), negated=True) == []
    assert edge(row("PMID:1", "qualifies")) == []
    assert edge() == [" biolink:related_to "]


def test_a_sign_is_a_direction_where_the_predicate_is_broader(tmp_path: Path) -> None:
    assert edge(row("PMID:1"), predicate="inhibits") == [" biolink:affects PMID:1"]
    assert edge(row("PMID:1"), predicate="causes") == [" biolink:causes PMID:1"]


def test_the_pair_is_written_whichever_of_the_two_is_named(tiny: Graph, tmp_path: Path) -> None:
    formats.write(tiny, tmp_path / "one_nodes.tsv")
    formats.write(tiny, tmp_path / "two_edges.tsv")
    for kind in ("nodes", "edges"):
        first, second = (tmp_path / f"{name}_{kind}.tsv" for name in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()


def test_an_archive_has_the_same_bytes_each_time(tiny: Graph) -> None:
    assert formats.render(tiny, "kgx") == formats.render(tiny, "kgx")


def test_neither_of_the_pair_is_written_where_one_cannot_be(tiny: Graph, tmp_path: Path) -> None:
    (tmp_path / "x_nodes.tsv").write_text("mine", "utf-8")
    (tmp_path / "x_edges.tsv").mkdir()
    with pytest.raises(OSError, match="x_edges"):
        formats.write(tiny, tmp_path / "x_nodes.tsv", "kgx")
    assert (tmp_path / "x_nodes.tsv").read_text("utf-8") == "mine"


def test_what_is_read_is_not_written_over_through_its_partner(
    tiny: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    formats.write(tiny, Path("x_edges.tsv"))
    done = CliRunner().invoke(main, ["convert", "x_edges.tsv", "-o", "x_nodes.tsv"])
    assert done.exit_code != 0
    assert "x_edges.tsv is what is read" in done.output


@pytest.mark.parametrize(
    "name", ["x_edges.tsv", "x_edges.jsonl", "x.gaf", "x.hpoa", "x.mitab", "x_edges.csv"]
)
def test_an_empty_file_is_an_error_and_a_header_alone_an_empty_graph(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(FormatError, match="there is nothing in the file"):
        formats.load(tmp_path / name)
    assert len(formats.load(lines(tmp_path), "kgx")) == 0


def test_members_of_an_archive_are_read_in_memory_whatever_they_are_called(tmp_path: Path) -> None:
    row = b"subject\tpredicate\tobject\nA:1\tbiolink:affects\tB:1\n"
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        for name in ("../../x_edges.tsv", "readme.md"):
            member = tarfile.TarInfo(name)
            member.size = len(row)
            archive.addfile(member, io.BytesIO(row))
        link = tarfile.TarInfo("x_nodes.tsv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    graph, report = read(tmp_path / "x.tar")
    assert (len(graph), [p.name for p in tmp_path.iterdir()]) == (1, ["x.tar"])
    assert "readme.md" in "\n".join(report.left.lines())


def test_a_predicate_without_its_prefix_is_one_of_biolink(tmp_path: Path) -> None:
    path = lines(
        tmp_path,
        "CHEBI:1\tbiolink:affects\tHGNC:1\tPMID:1\t",
        "CHEBI:1\taffects\tHGNC:1\tPMID:2\ttrue",
        header="subject\tbiolink:predicate\tobject\tbiolink:publications\tnegated",
    )
    graph, _ = read(path)
    (statement,) = graph.statements.values()
    assert {row.stance for row in statement.evidence} == {"supports", "disputes"}


def test_a_table_of_parquet_does_not_unfold_without_end(tmp_path: Path) -> None:
    """A column of one long text for a hundred thousand rows takes next to no room in a file."""
    cells = {"subject": "x" * 10_000, "predicate": "biolink:affects", "object": "y"}
    once = pyarrow.array([0] * 100_000, pyarrow.int32())
    columns = {
        name: pyarrow.DictionaryArray.from_arrays(once, [text]) for name, text in cells.items()
    }
    path = tmp_path / "x_edges.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    with pytest.raises(FormatError, match="unfold to more than 200 times the size of the file"):
        formats.load(path)
