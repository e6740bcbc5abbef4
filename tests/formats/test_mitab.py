"""PSI-MI TAB: interactions without a direction, but for causal statements."""

from __future__ import annotations

from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats.mitab import Field, fields
from trabecula.graph import Graph
from trabecula.mapping import Report

DATA = Path(__file__).parents[1] / "data/formats"
ROW = [
    "uniprotkb:P01270", "uniprotkb:Q03431", "-", "-", "-", "-", 'psi-mi:"MI:0018"(two hybrid)', "-",
    "pubmed:1", "-", "-", 'psi-mi:"MI:0915"(physical association)', 'psi-mi:"MI:0469"(IntAct)',
    "intact:EBI-1", "-",
]  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")


def read(path: Path) -> tuple[Graph, Report]:
    report = Report()
    return formats.load(path, report=report), report


def test_interactions_have_no_direction_and_a_negative_one_disputes() -> None:
    graph, report = read(DATA / "small.mitab")
    (pair,) = (s for s in graph.statements.values() if s.predicate == "physical_association")
    assert [(row.source, row.stance) for row in pair.evidence] == [
        ("PMID:21", "supports"),
        ("PMID:22", "disputes"),
    ]
    assert (report.rows, report.papers) == (3, 2)


def test_roles_and_host_are_told_with_the_evidence() -> None:
    graph, _ = read(DATA / "small.mitab")
    row = next(r for s in graph.statements.values() for r in s.evidence if r.source == "PMID:21")
    assert row.species == "NCBITaxon:4932"
    assert [value for key, value in row.context if key == "experimental_role"] == [
        "UniProtKB:P01270: bait",
        "UniProtKB:Q03431: prey",
    ]
    assert ("expansion", "spoke expansion") in row.context


@pytest.mark.parametrize("negative", ["false", "true"])
def test_which_paper_has_which_of_several_types_is_not_made_up(
    negative: str, tmp_path: Path
) -> None:
    """As in rows that were merged of those of several papers."""
    row = [*ROW, *[""] * 27]
    row[8] = "pubmed:1|pubmed:2"
    row[11] = 'psi-mi:"MI:0915"(physical association)|psi-mi:"MI:0403"(colocalization)'
    row[35] = negative
    path = tmp_path / "merged.mitab"
    path.write_text("\t".join(row) + "\n", encoding="utf-8")
    graph, report = read(path)
    if negative == "true":
        assert not graph.statements
        assert report.left.counts == {"denial": {"several types by several papers": 1}}
        return
    (statement,) = graph.statements.values()
    assert statement.predicate == "interaction"
    assert graph.words.sign_of(statement) == 0
    told = (
        ("evidence", "two hybrid"),
        ("type", "colocalization"),
        ("type", "physical association"),
    )
    assert [(row.source, row.context) for row in statement.evidence] == [
        ("PMID:1", told),
        ("PMID:2", told),
    ]


def test_one_paper_of_several_names_is_one_source() -> None:
    graph, _ = read(DATA / "small.mitab")
    source = graph.sources["PMID:21"]
    assert (source.xrefs, source.authors, source.year) == (
        ("imex:IM-1",),
        ("Mader et al.",),
        "2001",
    )


def test_one_interactor_alone_acts_on_itself_and_its_record_is_the_evidence() -> None:
    graph, _ = read(DATA / "small.mitab")
    (alone,) = (s for s in graph.statements.values() if s.predicate == "direct_interaction")
    assert alone.subject == alone.object == "UniProtKB:P01270"
    assert [(row.source, row.locator) for row in alone.evidence] == [("IntAct", "IntAct EBI-11")]


def test_names_and_types_of_interactors_are_those_of_the_file() -> None:
    graph, _ = read(DATA / "small.mitab")
    pth = graph.entities["UniProtKB:P01270"]
    assert (pth.name, pth.category, pth.taxon) == ("PTH", "protein", "NCBITaxon:9606")
    assert pth.synonyms == ("PTH, 1-84 (h|r)",)
    assert graph.name("UniProtKB:Q03431") == "PTH1R"


@pytest.mark.parametrize(("width", "version"), [(15, "2.5"), (36, "2.6"), (42, "2.7"), (46, "2.8")])
def test_every_version_is_read_with_a_header_and_without(
    width: int, version: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{version}.txt"
    path.write_text("\t".join(ROW + ["-"] * (width - 15)) + "\n", "utf-8")
    graph, report = read(path)
    assert (report.format, len(graph)) == ("mitab", 1)


def test_a_causal_statement_has_a_direction_and_a_sign(tmp_path: Path) -> None:
    row = [*ROW, *["-"] * 30, 'psi-mi:"MI:2240"(down-regulates)']
    path = tmp_path / "causal.txt"
    path.write_text("\t".join(["uniprotkb:Q03431", "uniprotkb:P01270", *row[2:]]) + "\n", "utf-8")
    graph, _ = read(path)
    (statement,) = graph.statements.values()
    assert (statement.subject, statement.object) == ("UniProtKB:Q03431", "UniProtKB:P01270")
    assert graph.words.sign_of(statement) == -1


def test_fields_may_hold_what_separates_them() -> None:
    assert fields('go:"GO:0005737"(a (b))|c') == (
        Field("go", "GO:0005737", "a (b)"),
        Field("", "c"),
    )
    assert fields('x:"a|b:c"("d(e)")|y:1') == (Field("x", "a|b:c", "d(e)"), Field("y", "1"))
    assert fields("-") == ()


def test_a_short_row_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "short.mitab"
    path.write_text("#ID(s) interactor A\nuniprotkb:P1\tuniprotkb:P2\n", "utf-8")
    with pytest.raises(FormatError, match=r"short.mitab:2: 2 columns"):
        formats.load(path)


def test_a_header_says_which_columns_a_short_table_has(tmp_path: Path) -> None:
    path = tmp_path / "openpip.tab"
    head = "#ID(s) interactor A\tID(s) interactor B\tConfidence value(s)\tPublication identifier(s)"
    path.write_text(
        f"# openPIP dataset\n{head}\tShoe size\n"
        "uniprotkb:P1\tuniprotkb:P2\tscore:0.9\tpubmed:7\t1\nuniprotkb:P3\tuniprotkb:P4\t-\t-\t-\n",
        "utf-8",
    )
    graph, report = read(path)
    told = {s.subject: [r.source for r in s.evidence] for s in graph.statements.values()}
    assert (report.format, told) == ("mitab", {"UniProtKB:P1": ["PMID:7"], "UniProtKB:P3": []})
    assert "Shoe size" in " ".join(report.left.lines())


def test_hippie_has_names_of_genes_where_others_have_roles(tmp_path: Path) -> None:
    path = tmp_path / "HIPPIE-current.mitab.txt"
    head = (
        "ID Interactor A\tID Interactor B\tAlt IDs Interactor A\tAlt IDs Interactor B\t"
        "Aliases Interactor A\tAliases Interactor B\tInteraction Detection Methods\t"
        "Publication 1st Author\tPublication Identifiers\tTaxid Interactor A\tTaxid Interactor B\t"
        "Interaction Types\tSource Databases\tInteraction Identifiers\tConfidence Value\t"
        "Presence In Other Species\tGene Name Interactor A\tGene Name Interactor B"
    )
    row = (
        "entrez gene:216\tentrez gene:3679\tuniprotkb:A_HUMAN\tuniprotkb:B_HUMAN\t-\t-\t"
        "MI:0493(in vivo)\tX (2002)\tpubmed:12|pubmed:13\ttaxid:9606(Homo sapiens)\t"
        "taxid:9606(Homo sapiens)\t-\tMI:0468(hprd)\t-\t0.76\tMus musculus\tALDH1A1\tITGA7"
    )
    path.write_text(f"{head}\n{row}\n", "utf-8")
    graph, report = read(path)
    assert report.format == "mitab"
    assert {e.id: e.name for e in graph.entities.values()} == {
        "NCBIGene:216": "ALDH1A1",
        "NCBIGene:3679": "ITGA7",
    }
    (statement,) = graph.statements.values()
    assert [row.source for row in statement.evidence] == ["PMID:12", "PMID:13"]
    assert not {"expansion", "biological role"} & {key for key, _ in statement.evidence[0].context}
    assert "Presence In Other Species" in " ".join(report.left.lines())


def test_two_numbers_of_pubmed_are_two_papers_and_names_of_neither_are_left_out(
    tmp_path: Path,
) -> None:
    """As Reactome and DIP have them, whose header is that of the first version."""
    row = list(ROW)
    row[7] = "Whitaker et al. 2012|Taylor et al. 2010"
    row[8] = "pubmed:22941618|pubmed:20332110|imex:IM-2"
    header = "ID interactor A\tID interactor B\t" + "\t".join(f"x{n}" for n in range(13))
    path = tmp_path / "Scere.txt"
    path.write_text(f"{header}\n" + "\t".join(row))
    graph, report = read(path)
    assert (report.format, report.papers, report.evidence) == ("mitab", 2, 2)
    assert {key: (s.xrefs, s.authors) for key, s in graph.sources.items()} == {
        "PMID:20332110": ((), ()),
        "PMID:22941618": ((), ()),
    }
    assert report.left.counts["name of a paper"] == {"imex": 1}


def test_terms_without_their_prefix_are_known_as_those_of_psi_mi(tmp_path: Path) -> None:
    """As iRefIndex has them, whose header is a comment with names of its own."""
    row = list(ROW)
    row[6], row[11], row[12] = (
        "MI:0018(two hybrid)",
        "MI:0407(direct interaction)",
        "MI:0463(biogrid)",
    )
    row[9] = row[10] = "taxid:9606(Homo sapiens)"
    path = tmp_path / "9606.mitab.txt"
    path.write_text("#uidA\tuidB\taltA\n" + "\t".join(row))
    graph, report = read(path)
    assert report.format == "mitab"
    assert {s.predicate for s in graph.statements.values()} == {"direct_interaction"}


def test_what_a_spreadsheet_quoted_is_read_as_it_was(tmp_path: Path) -> None:
    """As in the tables of the Alliance that went through one, under comments full of tabs."""
    quoted = [f'"{cell.replace(chr(34), chr(34) * 2)}"' if '"' in cell else cell for cell in ROW]
    path = tmp_path / "small.mitab"
    path.write_text("\t".join(ROW))
    plain, _ = read(path)
    path.write_text("##########\t\t\n# Data format: PSI-MI TAB\t\t\n" + "\t".join(quoted))
    assert read(path)[0] == plain


def test_a_gene_of_biogrid_is_called_by_its_symbol(tmp_path: Path) -> None:
    """Which stands among its identifiers, while the aliases are its other names."""
    row = list(ROW)
    row[0], row[2], row[4] = (
        "entrez gene/locuslink:6416",
        "biogrid:112315|entrez gene/locuslink:MAP2K4|entrez gene/locuslink:RP4-1",
        "entrez gene/locuslink:JNKK(gene name synonym)",
    )
    path = tmp_path / "small.mitab"
    path.write_text("\t".join(row))
    gene = read(path)[0].entities["NCBIGene:6416"]
    assert (gene.name, gene.synonyms) == ("MAP2K4", ("JNKK", "RP4-1"))
    assert [xref.curie for xref in gene.xrefs] == ["biogrid:112315"]


@pytest.mark.parametrize(
    ("number", "sign"), [(n, 1 if n < 2240 else -1) for n in range(2235, 2245)]
)
def test_every_causal_term_has_its_sign_without_its_name(
    number: int, sign: int, tmp_path: Path
) -> None:
    path = tmp_path / "small.mitab"
    path.write_text("\t".join([*ROW, *["-"] * 30, f'psi-mi:"MI:{number}"']))
    graph, _ = read(path)
    (statement,) = graph.statements.values()
    assert graph.words.sign_of(statement) == sign


def test_a_table_without_terms_as_string_writes_it_is_read_with_its_names(tmp_path: Path) -> None:
    row = ["-"] * 15
    row[0:4] = "string:9606.ENSP1", "string:9606.ENSP2", "string:TP53", "string:MDM2"
    row[9:11], row[14] = ("taxid:9606", "taxid:9606"), "score:0.999"
    path = tmp_path / "network.tsv"
    path.write_text("\t".join(row))
    graph, report = read(path)
    assert report.format == "mitab"
    assert [e.name for e in graph.entities.values()] == ["TP53", "MDM2"]
    assert [len(e.xrefs) for e in graph.entities.values()] == [0, 0]
    assert list(report.left.lines()) == [
        "1 column was left out: confidence values without evidence (1); first at string:9606.ENSP1"
    ]
