"""What comes in by the short way for KGX tables is what the reader of the format reads."""

from __future__ import annotations

import itertools
import random
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats import kgx
from trabecula.graph import Graph
from trabecula.leftover import LeftOut
from trabecula.mapping import AS_IT_IS, Options, Report
from trabecula.store import layout
from trabecula.store.kgx import columns, edges
from trabecula.store.loading import load
from trabecula.store.opening import opened

HEADER = [
    "id", "subject", "predicate", "object", "publications", "primary_knowledge_source",
    "has_evidence", "object_direction_qualifier", "subject_aspect_qualifier", "negated",
    "species", "supporting_text", "original_predicate", "score",
]  # fmt: skip
CELLS = {
    "id": ["e{n}", "s" + "0" * 32, "uuid:{n}", "", "a b", 'q"x', "x\\y"],
    "subject": ["NCBIGene:{k}", "ncbigene:{k}", "CHEBI:{k}", "plain", "two words", "α-actin", "GO:0000001"],
    "predicate": ["biolink:affects", "biolink:interacts_with", "biolink:related_to", "biolink:treats",
                  "biolink:correlated_with", "RO:0002213", "made_up", "biolink:part_of"],
    "object": ["NCBIGene:{k}", "MONDO:{k}", "plain", "http://purl.obolibrary.org/obo/GO_0000001"],
    "publications": ["", "PMID:{p}", "PMID:{p}|PMID:{q}", "PMID:{p}|PMID:{p}", "-", "doi:10.1/A", "12345",
                     "PMID:007", "PMC77|PMID:{p}", "some paper", "{p};{q}", "PMID:{p}, PMID:{q}"],
    "primary_knowledge_source": ["infores:a", "infores:b", "", "Some Base"],
    "has_evidence": ["", "ECO:0000314", "ECO:0000314|ECO:0000501", "seen"],
    "object_direction_qualifier": ["", "", "increased", "decreased", "increased|decreased"],
    "subject_aspect_qualifier": ["", "", "activity"],
    "negated": ["", "", "", "false", "true"],
    "species": ["", "", "NCBITaxon:10090"],
    "supporting_text": ["", "", "", "It is so.", 'He said "so".', "two  blanks", "so | so", "5\u00a0mg"],
    "original_predicate": ["", "", "", "tb:activates", "causes"],
    "score": ["", "", "0.5"],
}  # fmt: skip


def table(rows: int, seed: int) -> str:
    """A table in which everything that a row may have stands in many combinations."""
    draw = random.Random(seed)  # noqa: S311
    lines = ["\t".join(HEADER)]
    for n in range(rows):
        cells = [
            draw.choice(CELLS[name]).format(
                n=n, k=draw.randrange(1, 9), p=draw.randrange(1, 30), q=draw.randrange(1, 30)
            )
            for name in HEADER
        ]
        lines.append("\t".join(cells))
        if draw.random() < 0.3:
            lines.append(lines[-1])
    return "\n".join(lines) + "\n"


NODES = (
    "id\tcategory\tname\tsynonym\txref\tin_taxon\nNCBIGene:1\tbiolink:Gene\tone\tI|1st\tHGNC:1\tNCBITaxon:9606\n"
    "ncbigene:2\tbiolink:NamedThing|biolink:Gene\ttwo\tNa|NA|nil\t\t\nplain\todd kind\t\t\t\t\nLONE:1\t\talone\t\t\t\n"
)


def written(folder: Path, edges: str, nodes: str = NODES) -> Path:
    (folder / "x_nodes.tsv").write_text(nodes)
    (folder / "x_edges.tsv").write_text(edges)
    return folder / "x_edges.tsv"


def told_of(read: Callable[[], object], report: Callable[[], Report]) -> tuple[object, list[str]]:
    """What a reading gives, and what it tells of the file."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", LeftOut)
        given = read()
    figures_of = report()
    figures = (
        figures_of.rows, figures_of.skipped, sorted(figures_of.predicates.items()), sorted(figures_of.unknown.items()),
    )  # fmt: skip
    return given, [*sorted(str(warning.message) for warning in caught), str(figures)]


def both(
    source: Path, folder: Path, options: Options = AS_IT_IS
) -> tuple[Graph, Graph, list[str], list[str]]:
    """The graph in memory and the store of a file, and what each reading told of it."""
    report, reports = Report(), list[Report]()
    memory, told = told_of(
        lambda: formats.load(source, options=options, report=report), lambda: report
    )
    _, also = told_of(
        lambda: load([source], folder / "x.trabecula", options=options, reports=reports),
        lambda: reports[0],
    )
    assert isinstance(memory, Graph)
    return memory, opened(folder / "x.trabecula"), told, also


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_every_kind_come_in_as_the_format_reads_them(
    seed: int, tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    memory, store, told, also = both(written(tmp_path, table(300, seed)), tmp_path)
    same(memory, store)
    assert also == told


NODE_CELLS = {
    "id": ["NCBIGene:{k}", "ncbigene:{k}", "CHEBI:{k}", "plain{k}", "two words", "α-actin", "GO:000000{k}",
           "doi:10.1/A{k}", "PMID:0{k}", "Gene::{k}", "X:Y-{k}", "lab:{k}", "NA"],
    "category": ["biolink:Gene", "biolink:NamedThing|biolink:Disease", "gene", "odd kind", "Odd Kind", "", "-"],
    "name": ["name {k}", "Name {k}", "one | two", "β", 'a "b"', "", "two  blanks", "-", " x"],
    "symbol": ["", "", "S{k}", "s{k}", "name {k}"],
    "synonym": ["", "B|a|b|A|a", "x | y", "NA|n/a|z", "|", "name {k}|é", "a"],
    "xref": ["", "", "", "HGNC:{k}", "HGNC:{k}|mesh:D1"],
    "description": ["", "What it is.", "\\", "a | b", "Ω"],
    "in_taxon": ["", "NCBITaxon:9606", "taxon:10090"],
    "score": ["", "0.5", "-"],
}  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_nodes_of_every_kind_come_in_as_the_format_reads_them(
    seed: int, tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    draw = random.Random(seed)  # noqa: S311
    lines = ["\t".join(NODE_CELLS)]
    for k in range(150):
        plain = draw.random() < 0.5  # else nearly every row has something odd
        cells = [draw.choice(of[:3] if plain else of) for of in NODE_CELLS.values()]
        lines.append("\t".join(cells).format(k=draw.choice((k, draw.randrange(9)))))
    edges = table(100, seed)
    memory, store, told, also = both(written(tmp_path, edges, "\n".join(lines) + "\n"), tmp_path)
    same(memory, store)
    assert also == told


def test_plain_nodes_are_taken_together(
    tmp_path: Path, same: Callable[[Graph, Graph], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        f"{('NCBIGene', 'CHEBI', 'my')[n % 3]}:{n}\tbiolink:Gene\tname {n}\tb{n}|A{n}|b{n}\t{n % 3 or ''}"
        for n in range(500)
    ]
    nodes = "\n".join(["id\tcategory\tname\tsynonym\tscore", *rows, rows[7]]) + "\n"
    source = written(
        tmp_path, "subject\tpredicate\tobject\nNCBIGene:0\tbiolink:affects\tmy:2\n", nodes
    )
    long: list[int] = []
    node = kgx.Nodes.node

    def counted(self: object, slots: object, place: object) -> object:
        long.append(1)
        return node(self, slots, place)  # type: ignore[arg-type]

    monkeypatch.setattr(kgx.Nodes, "node", counted)
    _, told = told_of(lambda: load([source], tmp_path / "y.trabecula"), Report)
    assert len(long) == 2  # the one that stands twice
    monkeypatch.undo()
    graph, also = told_of(lambda: formats.load(source), Report)
    assert isinstance(graph, Graph)
    same(graph, opened(tmp_path / "y.trabecula"))
    assert told == also


def test_plain_rows_take_the_short_way(
    tmp_path: Path, same: Callable[[Graph, Graph], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but the first of each kind: 500 rows of 4 kinds."""
    rows = [
        f"e{n}\tNCBIGene:{n % 40}\tbiolink:{('affects', 'interacts_with')[n % 2]}\tGO:{n % 7:07d}\t"
        f"{('', f'PMID:{n % 50 + 1}')[n // 2 % 2]}\tinfores:a"
        for n in range(500)
    ]
    head = "id\tsubject\tpredicate\tobject\tpublications\tprimary_knowledge_source"
    source = written(tmp_path, "\n".join([head, *rows]))
    long: list[int] = []
    by_lines = kgx.Edges.of_table

    def counted(self: object, names: list[str], lines: object) -> object:
        for item in by_lines(self, names, lines):  # type: ignore[arg-type]
            long.append(1)
            yield item

    monkeypatch.setattr(kgx.Edges, "of_table", counted)
    load([source], tmp_path / "y.trabecula")
    assert len(long) == 4
    monkeypatch.undo()
    same(formats.load(source), opened(tmp_path / "y.trabecula"))


def test_a_bad_row_is_named_by_its_number_and_nothing_is_written(tmp_path: Path) -> None:
    good = "e\tNCBIGene:1\tbiolink:affects\tGO:0000001\tPMID:1\n"
    head = "id\tsubject\tpredicate\tobject\tpublications\n"
    for bad, what in (
        ("e\tNCBIGene:1\tbiolink:affects\t\tPMID:1\n", "the edge has no object"),
        ("e\tNCBIGene:1\tbiolink:affects\tGO:1\tPMID:1\tmore\n", "6 cells"),
    ):
        source = written(tmp_path, head + good * 4000 + bad + good * 4000)
        with pytest.raises(FormatError) as error:
            load([source], tmp_path / "bad.trabecula")
        (problem,) = error.value.problems
        assert problem.where == f"{source}:4002"
        assert what in problem.what
        assert not (tmp_path / "bad.trabecula").exists()
        memory, store, told, also = both(source, tmp_path, Options(skip=True))
        assert (store == memory, also) == (True, told)


def test_what_is_no_utf8_is_named_by_its_line(tmp_path: Path) -> None:
    source = written(tmp_path, "subject\tpredicate\tobject\n" + "a\tb\tc\n" * 10)
    source.write_bytes(source.read_bytes() + b"a\tb\t\xff\n")
    with pytest.raises(FormatError, match=r"x_edges.tsv:12: byte 0xff in column 5 is not UTF-8"):
        load([source], tmp_path / "bad.trabecula")


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_a_file_without_a_last_line_end_or_with_other_ends_is_read(
    ends: str, tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    text = ends.join(
        ["subject\tpredicate\tobject", "a\tbiolink:affects\tb", "", "c\tbiolink:affects\td"]
    )
    source = tmp_path / "z_edges.tsv"
    source.write_bytes(text.encode())
    memory, store, told, also = both(source, tmp_path)
    same(memory, store)
    assert also == told


def test_what_is_wrong_is_told_in_the_order_of_the_lines(tmp_path: Path) -> None:
    rows = ["A:1\tbiolink:affects\tA:2\tPMID:1\tperhaps", "A:1\tbiolink:affects\t\tPMID:1\t",
            "A:1\tbiolink:affects\tA:2\tPMID:1\t"]  # fmt: skip
    lines = ["subject\tpredicate\tobject\tpublications\tnegated", *rows, *rows[::-1], *rows]
    source = written(tmp_path, "\n".join(lines) + "\n")
    told = []
    for read in (lambda: formats.load(source), lambda: load([source], tmp_path / "x.trabecula")):
        with pytest.raises(FormatError) as caught:
            read()
        told.append([str(problem) for problem in caught.value.problems])
    assert told[0] == told[1]
    assert len(told[0]) == 6


@pytest.mark.parametrize("name", ["biolink:af<fects", "my:a|b", "my:a^b", "http://a.org/a`b"])
def test_a_predicate_that_no_graph_can_call_so_is_read_as_a_word(
    name: str, tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    lines = ["subject\tpredicate\tobject\tpublications", f"A:1\t{name}\tA:2\tPMID:1"]
    memory, store, _, _ = both(written(tmp_path, "\n".join(lines) + "\n"), tmp_path)
    same(memory, store)
    formats.write(memory, tmp_path / "x.json")
    same(memory, formats.load(tmp_path / "x.json"))


@pytest.mark.parametrize("end", ["\n", ""])
def test_what_is_odd_in_a_row(end: str) -> None:
    letters = ["", " ", "a", '"', "\\", "\t", "~", "\x7f", "\x0b", "\r", "é"]
    lines = ["".join(some) for some in itertools.product(letters, repeat=4)]
    odd = re.compile(r'["\\]|[^\t -~]|(^|\t) | (\t|$)|  ')
    for width in (1, 2, 3):
        plain = {
            at: line
            for at, line in enumerate(lines, 7)
            if not odd.search(line) and line.count("\t") == width - 1
        }
        rows = columns.Rows(columns.Block(("\n".join(lines) + end).encode(), 7, 0, b""), width)
        assert rows.lines.tolist() == list(plain)
        assert [rows.line(at).decode() for at in range(len(rows))] == list(plain.values())
        cells = [rows.cells(at).to_pylist() for at in range(width)]
        assert list(zip(*cells, strict=True)) == [tuple(x.split("\t")) for x in plain.values()]
        assert rows.cells(0, width - 1).to_pylist() == list(plain.values())
        others = {at: line for at, line in enumerate(lines, 7) if at not in plain}
        assert {at: line.decode() for at, line in rows.others()} == others


@pytest.mark.filterwarnings("ignore")
def test_a_row_that_is_not_plain_is_the_only_one_that_is_read_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["subject\tpredicate\tobject"]
    lines += [f"A:{n}\tbiolink:affects\tB:{n}" for n in range(50)]
    lines[10] += "\r"
    lines[20] = ""
    lines[30] = "A:1\tbiolink:affects\tα-actin"
    lines[40] = lines[0]
    alone: list[int] = []

    def noted(these: Iterable[tuple[int, bytes]], path: Path) -> Iterator[tuple[int, str]]:
        these = list(these)
        alone.extend(number for number, _ in these)
        return columns.decoded(these, path)

    monkeypatch.setattr(edges, "decoded", noted)
    load([written(tmp_path, "\n".join(lines) + "\n")], tmp_path / "x.trabecula")
    assert alone == [11, 21, 31, 41]


@pytest.mark.filterwarnings("ignore")
def test_the_blocks_that_a_table_is_read_in_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, table(300, 3))
    made = []
    for size, most in ((1 << 22, 1 << 30), (400, 1 << 30), (400, 450)):
        monkeypatch.setattr(columns, "_BLOCK", (size, size))
        monkeypatch.setattr(columns, "_MOST", most)
        load([source], tmp_path / f"{size} {most}")
        folder = tmp_path / f"{size} {most}" / layout.ARRAYS
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize("nodes", ["id\tname\n", "id\tscore\n", "id\tname\nA:1\tone\n"])
@pytest.mark.parametrize("edges", ["subject\tpredicate\tobject\n"])
def test_a_table_without_edges_is_told_to_be_empty(
    nodes: str, edges: str, tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    memory, store, told, also = both(written(tmp_path, edges, nodes), tmp_path)
    same(memory, store)
    assert also == told
    assert ("an empty graph" in told[0]) == (nodes.count("\n") == 1)


def test_a_table_of_which_nothing_is_an_edge_is_no_graph(tmp_path: Path) -> None:
    source = written(tmp_path, "subject\tpredicate\tobject\nA:1\tbiolink:affects\n", "id\tname\n")
    options, told = Options(skip=True), []
    for read in (
        lambda: formats.load(source, options=options),
        lambda: load([source], tmp_path / "x.trabecula", options=options),
    ):
        with pytest.raises(FormatError, match="nothing in the file is a node or an edge") as caught:
            read()
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_a_header_may_begin_as_a_comment_does(
    tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    source = written(tmp_path, "#subject\tpredicate\tobject\nA:1\tbiolink:affects\tA:2\n")
    report = Report()
    memory = formats.load(source, "kgx", report=report)
    load([source], tmp_path / "x.trabecula", "kgx")
    same(memory, opened(tmp_path / "x.trabecula"))
    assert report.rows == 1


@pytest.mark.parametrize("other", ["publications", "primary_knowledge_source"])
@pytest.mark.parametrize("cell", ["infores:a", "INFORES:a", "Some Base", "a\u00a0base", "a base"])
@pytest.mark.parametrize("turn", [1, -1])
def test_what_is_both_cited_and_a_database_is_one_whatever_comes_first(
    other: str, cell: str, turn: int, tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    """A row that is not plain is read before those of its block that are."""
    cells = {"publications": "", "primary_knowledge_source": ""}
    rows = [
        "\t".join(("A:1", "biolink:affects", end, *{**cells, column: text}.values()))
        for end, column, text in (
            ("A:2", "primary_knowledge_source", "infores:a"),
            ("A:3", "publications", "a base"),
            ("A:4", "publications", "Some Base"),
            ("α", other, cell),
        )
    ][::turn]
    lines = ["\t".join(("subject", "predicate", "object", *cells)), *rows]
    memory, store, told, also = both(written(tmp_path, "\n".join(lines) + "\n"), tmp_path)
    same(memory, store)
    assert also == told


def test_of_two_headers_that_are_wrong_the_first_one_is_told(tmp_path: Path) -> None:
    source = written(tmp_path, "subject\tpredicate\tobject\tobject\n", "id\tname\tname\n")
    told = []
    for read in (lambda: formats.load(source), lambda: load([source], tmp_path / "x.trabecula")):
        with pytest.raises(FormatError, match=r"x_nodes\.tsv:1: the column 'name'") as caught:
            read()
        told.append(str(caught.value))
    assert told[0] == told[1]
