"""Tables with an edge in a row: which column is what, and what databases say in theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Options, Report
from trabecula.model import Statement

DATA = Path(__file__).parents[1] / "data/formats"

pytestmark = pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")


def read(path: Path, **options: object) -> tuple[Graph, Report]:
    report = Report()
    graph = formats.load(path, report=report, options=Options(**options))  # type: ignore[arg-type]
    return graph, report


def of(text: str, folder: Path, name: str = "table.tsv", **options: object) -> tuple[Graph, Report]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path, **options)


def spoken(graph: Graph) -> set[tuple[str, str, str]]:
    return {(s.subject, s.predicate, s.object) for s in graph.statements.values()}


def only(graph: Graph, predicate: str) -> Statement:
    (statement,) = (s for s in graph.statements.values() if s.predicate == predicate)
    return statement


def test_of_lines_of_json_with_other_names_the_columns_are_asked_for(tmp_path: Path) -> None:
    text = "".join(
        f'{{"origin": "x", "geneticTarget": "ensembl:{n}", "trait": "EFO:{n}", "read": ["{n}"]}}\n'
        for n in (1, 2)
    )
    with pytest.raises(
        FormatError, match=r"no column is the subject; there are origin, geneticTarget"
    ):
        of(text, tmp_path, "evidence.json")
    columns = (("subject", "geneticTarget"), ("object", "trait"), ("papers", "read"))
    graph, report = of(text, tmp_path, "evidence.json", columns=columns)
    assert spoken(graph) == {(f"ensembl:{n}", "related_to", f"EFO:{n}") for n in (1, 2)}
    assert report.papers == 2


# --- SIGNOR -----------------------------------------------------------------------------------


def test_the_effect_of_signor_is_the_sign_and_its_mechanism_is_not() -> None:
    graph, report = read(DATA / "signor.tsv")
    signs = {s.predicate: graph.words.sign_of(s) for s in graph.statements.values()}
    assert signs == {
        "up-regulates_quantity_by_expression": 1,
        "down-regulates": -1,
        "form_complex": 0,
    }
    up = only(graph, "up-regulates_quantity_by_expression")
    assert [row.source for row in up.evidence] == ["PMID:11", "PMID:12"]
    assert dict(up.evidence[0].context)["mechanism"] == "transcriptional regulation"
    assert up.evidence[0].species == "human"
    assert up.evidence[0].summary == 'The "hormone" raises it.'
    assert (report.rows, report.statements) == (4, 3)  # a complex has no direction


def test_a_row_of_signor_without_a_paper_has_its_record_as_evidence() -> None:
    graph, _ = read(DATA / "signor.tsv")
    (row,) = only(graph, "down-regulates").evidence
    assert (row.source, row.locator, row.species) == ("SIGNOR", "SIGNOR SIGNOR-2", "")


def test_a_stimulus_of_signor_is_no_plural(tmp_path: Path) -> None:
    text = (
        "ENTITYA\tTYPEA\tIDA\tDATABASEA\tENTITYB\tTYPEB\tIDB\tDATABASEB\tEFFECT\tMECHANISM\n"
        "UV\tstimulus\tSIGNOR-ST1\tSIGNOR\tATM\tproteins\tQ13315\tUNIPROT\tup-regulates\t\n"
    )
    graph, _ = of(text, tmp_path)
    kinds = [entity.category for entity in graph.entities.values()]
    assert sorted(kinds) == ["protein", "stimulus"]


def test_ids_of_signor_have_the_prefixes_of_their_databases() -> None:
    graph, _ = read(DATA / "signor.tsv")
    assert {e.id: e.name for e in graph.entities.values()} == {
        "UniProtKB:P01270": "PTH",
        "UniProtKB:O14788": "TNFSF11",
        "UniProtKB:O00300": "TNFRSF11B",
        "CHEBI:18420": "magnesium(2+)",
    }


# --- OmniPath ---------------------------------------------------------------------------------

OMNIPATH = (
    "source\ttarget\tsource_genesymbol\ttarget_genesymbol\tis_directed\tis_stimulation\t"
    "is_inhibition\tsources\treferences\ttype\n"
)


def test_both_signs_of_omnipath_are_two_statements(tmp_path: Path) -> None:
    row = "P01270\tO14788\tPTH\tTNFSF11\tTrue\tTrue\tTrue\tSIGNOR;KEGG\tSIGNOR:12\tpost_translational\n"
    graph, report = of(OMNIPATH + row, tmp_path)
    assert {graph.words.sign_of(s) for s in graph.statements.values()} == {1, -1}
    assert report.rows == 2
    assert {s.qualifiers for s in graph.statements.values()} == {
        (("relation", "post_translational"),)
    }


def test_a_paper_that_three_databases_name_is_one(tmp_path: Path) -> None:
    row = "P01270\tO14788\tA\tB\t1\t1\t0\tX;Y\tSIGNOR:12;KEGG:12;HPRD:12;HPRD:13\ttranscriptional\n"
    graph, report = of(OMNIPATH + row, tmp_path)
    (statement,) = graph.statements.values()
    assert [row.source for row in statement.evidence] == ["PMID:12", "PMID:13"]
    assert (report.papers, report.evidence) == (2, 2)


def test_an_undirected_pair_of_omnipath_is_one_statement_without_a_sign(tmp_path: Path) -> None:
    rows = (
        "P01270\tO14788\tA\tB\t0\t0\t0\tHPRD\t\tpost_translational\n"
        "O14788\tP01270\tB\tA\t0\t0\t0\tHPRD\t\tpost_translational\n"
    )
    graph, _ = of(OMNIPATH + rows, tmp_path)
    (statement,) = graph.statements.values()
    assert graph.words.sign_of(statement) == 0
    assert [row.source for row in statement.evidence] == ["HPRD"]


def test_genes_of_diseases_of_the_hpo_go_with_them_and_the_kind_is_told(tmp_path: Path) -> None:
    text = (
        "ncbi_gene_id\tgene_symbol\tassociation_type\tdisease_id\tsource\n"
        "NCBIGene:64170\tCARD9\tMENDELIAN\tOMIM:212050\thttp://www.orphadata.org/x\n"
        "NCBIGene:2\tA2M\tUNKNOWN\tOMIM:104300\tftp://ftp.ncbi.nlm.nih.gov/mim2gene\n"
    )
    graph, report = of(text, tmp_path, "genes_to_disease.txt")
    predicate = "biolink:gene_associated_with_condition"
    assert spoken(graph) == {
        ("NCBIGene:64170", predicate, "omim:212050"),
        ("NCBIGene:2", predicate, "omim:104300"),
    }
    assert graph.name("NCBIGene:2") == "A2M"
    contexts = [row.context for s in graph.statements.values() for row in s.evidence]
    kinds = {dict(context)["association_type"] for context in contexts}
    assert kinds == {"MENDELIAN", "UNKNOWN"}
    assert report.left.counts == {}
    assert report.signs["unsigned"] == 2


# --- STRING and BioGRID -----------------------------------------------------------------------


@pytest.mark.parametrize("more", [("", ""), (" neighborhood fusion", " 0 12")])
def test_a_pair_of_string_that_stands_twice_is_one_statement(
    more: tuple[str, str], tmp_path: Path
) -> None:
    text = f"protein1 protein2{more[0]} combined_score\n"
    text += f"9606.ENSP1 9606.ENSP2{more[1]} 900\n9606.ENSP2 9606.ENSP1{more[1]} 900\n"
    graph, report = of(text, tmp_path, "links.txt")
    (statement,) = graph.statements.values()
    assert (report.rows, report.evidence) == (2, 1)
    assert dict(statement.evidence[0].context)["combined_score"] == "900"
    assert graph.entities["string:9606.ENSP1"].taxon == "NCBITaxon:9606"


def test_genes_of_biogrid_go_by_their_entrez_ids(tmp_path: Path) -> None:
    text = (
        "#BioGRID Interaction ID\tEntrez Gene Interactor A\tEntrez Gene Interactor B\t"
        "BioGRID ID Interactor A\tBioGRID ID Interactor B\tOfficial Symbol Interactor A\t"
        "Official Symbol Interactor B\tSynonyms Interactor A\tExperimental System\t"
        "Experimental System Type\tPublication Source\tOrganism ID Interactor A\t"
        "Organism ID Interactor B\n"
        "1\t5741\t-\t11\t22\tPTH\tPTH1R\tPTH1|-\tTwo-hybrid\tphysical\tPUBMED:31\t9606\t9606\n"
        "2\t5741\t5742\t11\t22\tPTH\tX\t-\tDosage Rescue\tgenetic\t32\t9606\t9606\n"
    )
    graph, report = of(text, tmp_path, "biogrid.tab3.txt")
    assert spoken(graph) == {
        ("NCBIGene:5741", "Two-hybrid", "biogrid:22"),
        ("NCBIGene:5741", "Dosage_Rescue", "NCBIGene:5742"),
    }
    assert {row.source for s in graph.statements.values() for row in s.evidence} == {
        "PMID:31",
        "PMID:32",
    }
    assert graph.entities["NCBIGene:5741"].synonyms == ("PTH1",)
    assert not report.unknown


# --- Columns ----------------------------------------------------------------------------------


def test_well_known_names_say_which_column_is_what(tmp_path: Path) -> None:
    text = 'source,target,interaction,pmid,weight\n"a, b",c,inhibits,"1;2",3\n'
    graph, _ = of(text, tmp_path, "table.csv")
    (statement,) = graph.statements.values()
    assert (graph.name(statement.subject), statement.predicate) == ("a, b", "inhibits")
    assert [row.source for row in statement.evidence] == ["PMID:1", "PMID:2"]
    assert dict(statement.evidence[0].context) == {"weight": "3"}


def test_the_user_says_which_column_is_what(tmp_path: Path) -> None:
    columns = (("subject", "one"), ("object", "two"), ("sign", "how"), ("subject_name", "called"))
    text = "one;called;two;how;more\nX:1;first;X:2;-;z\n"
    graph, report = of(text, tmp_path, columns=columns)
    (statement,) = graph.statements.values()
    assert graph.words.sign_of(statement) == -1
    assert graph.name("X:1") == "first"
    assert list(report.left.lines()) == ["1 column was left out: more (1); first at line 2"]


def test_an_answer_of_sparql_has_variables_for_columns_and_terms_in_cells(tmp_path: Path) -> None:
    text = '?subject\t?subject_name\t?predicate\t?object\n<http://ex.org/a>\t"A \\"1\\""@en\t<http://ex.org/p>\t<http://ex.org/b>\n'
    graph, report = of(text, tmp_path)
    assert (report.nodes, report.rows) == (2, 1)
    assert spoken(graph) == {("http://ex.org/a", "http://ex.org/p", "http://ex.org/b")}
    assert graph.name("http://ex.org/a") == 'A "1"'


def test_the_variables_of_an_answer_are_no_edge(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there are item, itemLabel, disease"):
        of("?item\t?itemLabel\t?disease\n<http://ex.org/a>\t5\t<http://ex.org/b>\n", tmp_path)
    graph, _ = of("?s\t?p\t?o\n<http://ex.org/a>\t<http://ex.org/p>\t<http://ex.org/b>\n", tmp_path)
    assert spoken(graph) == {("http://ex.org/a", "http://ex.org/p", "http://ex.org/b")}


def test_a_comment_that_names_the_columns_that_the_user_says_is_the_header(tmp_path: Path) -> None:
    text = "# of a lab\n#gene one\tgene two\tkind\nX:1\tX:2\tbinds\n"
    graph, _ = of(text, tmp_path, columns=(("subject", "gene one"), ("object", "gene two")))
    assert {(s.subject, s.object) for s in graph.statements.values()} == {("X:1", "X:2")}


@pytest.mark.parametrize(
    ("sign", "expected"),
    [("1", {1}), ("activation", {1}), ("-1.0", {-1}), ("−", {-1}), ("both", {1, -1}), ("", {0}),
     ("?", {0}), ("-0.25", {-1}), ("perhaps", {0})],
)  # fmt: skip
def test_signs_are_read_as_people_write_them(sign: str, expected: set[int], tmp_path: Path) -> None:
    graph, report = of(f"tf\ttarget\tsign\nA\tB\t{sign}\n", tmp_path)
    assert {graph.words.sign_of(s) for s in graph.statements.values()} == expected
    assert bool(list(report.left.lines())) == (sign == "perhaps")


@pytest.mark.parametrize("column", ["negated", "not", "denied", "is_denied"])
def test_a_negated_row_disputes(column: str, tmp_path: Path) -> None:
    table = f"subject\tobject\tpredicate\t{column}\tpmid\na\tb\tx\ttrue\t7\n"
    graph, report = of(table, tmp_path)
    (statement,) = graph.statements.values()
    assert [(row.source, row.stance) for row in statement.evidence] == [("PMID:7", "disputes")]
    assert report.signs["negated"] == 1


def test_what_has_no_place_without_evidence_is_counted(tmp_path: Path) -> None:
    _, report = of("source\ttarget\tweight\na\tb\t1\nb\tc\t2\n", tmp_path)
    assert report.evidence == 0
    assert list(report.left.lines()) == ["1 column was left out: weight (2); first at line 2"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("l.txt", "b1 b2\nb2 b3\n"), ("l.csv", "b1,b2\nb2,b3\n"), ("l.ncol", "b1 b2 0.5\nb2 b3 1\n"),
     ("l.edgelist", "b1 b2 {'weight': 3}\nb2 b3 {}\n"), ("l.tsv", "# a comment\nb1\tb2\nb2\tb3\n")],
)  # fmt: skip
def test_a_list_of_pairs_needs_no_header(name: str, text: str, tmp_path: Path) -> None:
    graph, _ = of(text, tmp_path, name)
    assert spoken(graph) == {("b1", "related_to", "b2"), ("b2", "related_to", "b3")}
    assert not any(graph.words.relation(s.predicate).kind for s in graph.statements.values())


def test_columns_have_numbers_where_they_have_no_names(tmp_path: Path) -> None:
    columns = (("subject", "3"), ("object", "1"), ("predicate", "2"))
    graph, _ = of("b\tinhibits\ta\n", tmp_path, columns=columns)
    assert spoken(graph) == {("a", "inhibits", "b")}


@pytest.mark.parametrize("marks", ["\ufeff{}", "{}"])
def test_tables_of_other_systems_are_read(marks: str, tmp_path: Path) -> None:
    text = marks.format("source\ttarget\r\na\tb\r\n")
    (tmp_path / "t.tsv").write_bytes(text.encode())
    assert spoken(read(tmp_path / "t.tsv")[0]) == {("a", "related_to", "b")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("foo,bar,baz,qux\n1,2,3,4\n", "no two columns are known as the ends of an edge"),
        ("source,target\n,b\n", "table.csv:2: the subject is empty"),
        ("source,target\na,b,c\n", "table.csv:2: 3 cells in a table of 2 columns"),
        ('source,target\nx,y\n"a,b\n', "table.csv:3: the row cannot be read"),
        ("source,target,source\n", "the column 'source' stands twice"),
        ("subject,object,negated\na,b,perhaps\n", "table.csv:2: 'perhaps' does not say"),
        ("# nothing\n", "there is nothing in the file"),
    ],
)
def test_a_bad_table_is_an_error_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError) as error:
        of(text, tmp_path, "table.csv")
    assert message in str(error.value)


def test_an_unknown_column_or_role_is_an_error(tmp_path: Path) -> None:
    columns = (("subject", "nose"), ("odject", "target"))
    with pytest.raises(FormatError) as error:
        of("source,target\na,b\n", tmp_path, "table.csv", columns=columns)
    assert "there is no column 'nose'" in str(error.value)
    assert "'odject' is nothing a column can be" in str(error.value)


def test_bad_rows_are_skipped_and_counted_where_that_is_asked_for(tmp_path: Path) -> None:
    graph, report = of("source,target\n,b\nx,y\n", tmp_path, "table.csv", skip=True)
    assert (len(graph), report.skipped) == (1, 1)


def test_a_cell_may_go_over_lines_and_places_stay_right(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as error:
        of('source,target,text\na,b,"one\ntwo"\n,c,\n', tmp_path, "table.csv")
    assert "table.csv:4" in str(error.value)


# --- As people write them ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("PMID: 12", ["PMID:12"]),
        ("PMID 12, PMID 13", ["PMID:12", "PMID:13"]),
        ("12 13,14", ["PMID:12", "PMID:13", "PMID:14"]),
        ("Smith et al. 2001, doi:10.1000/XYZ.", ["doi:10.1000/xyz"]),
        ("https://doi.org/10.1/A, https://pubmed.ncbi.nlm.nih.gov/5/", ["PMID:5", "doi:10.1/a"]),
        ("['12', '13']", ["PMID:12", "PMID:13"]),
        ("GO_REF:0000024|PMC7231370", ["GO_REF:0000024", "PMCID:PMC7231370"]),
    ],
)
def test_papers_are_found_however_a_cell_writes_them(
    cell: str, expected: list[str], tmp_path: Path
) -> None:
    graph, report = of(f"source\ttarget\treference\nA\tB\t{cell}\n", tmp_path)
    (statement,) = graph.statements.values()
    assert [row.source for row in statement.evidence] == expected
    assert report.papers == len([name for name in expected if not name.startswith("GO_REF")])


def test_a_reference_in_words_is_one_source_and_its_year_no_paper(tmp_path: Path) -> None:
    graph, report = of("source\ttarget\treference\nA\tB\tSmith et al. 2001\n", tmp_path)
    (statement,) = graph.statements.values()
    (row,) = statement.evidence
    assert graph.sources[row.source].title == "Smith et al. 2001"
    assert report.papers == 0


@pytest.mark.parametrize("name", ["effect", "interaction", "regulation"])
def test_an_effect_in_numbers_is_a_sign(name: str, tmp_path: Path) -> None:
    graph, _ = of(f"source,target,{name}\nA,B,-1\nB,C,1\nC,D,+\n", tmp_path, "t.csv")
    signs = {s.subject: graph.words.sign_of(s) for s in graph.statements.values()}
    assert signs == {"A": -1, "B": 1, "C": 1}


def test_a_kind_in_numbers_is_no_sign(tmp_path: Path) -> None:
    graph, _ = of("source,target,type\nA,B,1\n", tmp_path, "t.csv")
    (statement,) = graph.statements.values()
    assert graph.words.sign_of(statement) == 0


@pytest.mark.parametrize(("sign", "named"), [(";", "sep=;"), (",", "SEP=,"), ("\t", "sep=\t")])
def test_the_line_that_tells_excel_of_the_separator_is_no_row(
    sign: str, named: str, tmp_path: Path
) -> None:
    text = f"{named}\r\nsource{sign}target{sign}sign\r\nA{sign}B{sign}-1\r\n"
    graph, report = of(text, tmp_path, "table.csv")
    assert spoken(graph) == {("A", "decreases", "B")}
    assert report.format == "edges"


def test_a_sign_may_stand_in_two_columns_and_have_a_comma(tmp_path: Path) -> None:
    text = "ligand\treceptor\tis_stimulation\tis_inhibition\nA\tB\tTRUE\tFALSE\nA\tC\t1\t1\n"
    graph, _ = of(text, tmp_path)
    assert spoken(graph) == {
        ("A", "increases", "B"),
        ("A", "increases", "C"),
        ("A", "decreases", "C"),
    }
    graph, report = of("source;target;sign\nA;B;-0,5\nB;C;0,25\n", tmp_path, "table.csv")
    assert spoken(graph) == {("A", "decreases", "B"), ("B", "increases", "C")}
    assert list(report.left.lines()) == []


@pytest.mark.parametrize("header", ["Id,Label", "node,type", "ID,name,group"])
def test_a_table_of_nodes_is_no_list_of_pairs(header: str, tmp_path: Path) -> None:
    row = ",".join("1" for _ in header.split(","))
    with pytest.raises(FormatError, match="this is a table of nodes"):
        of(f"{header}\n{row}\n", tmp_path, "nodes.csv")


def test_an_empty_table_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there is nothing in the file"):
        of("", tmp_path, "table.csv")


def test_associations_of_biolink_between_commas_keep_sign_and_qualifiers(tmp_path: Path) -> None:
    (tmp_path / "x_nodes.csv").write_text("id,category,name\nCHEBI:1,biolink:Drug,A\n", "utf-8")
    head = "id,subject,predicate,object,object_direction_qualifier,object_aspect_qualifier,negated"
    text = (
        f"{head},publications\n"
        "e1,CHEBI:1,biolink:affects,HGNC:1,decreased,activity,,PMID:1|PMID:2\n"
        "e2,CHEBI:1,biolink:affects,HGNC:2,increased,activity,true,PMID:3\n"
    )
    graph, report = of(text, tmp_path, "x_edges.csv")
    assert {
        (s.predicate, s.object, s.qualifiers, tuple((r.source, r.stance) for r in s.evidence))
        for s in graph.statements.values()
    } == {
        ("decreases", "HGNC:1", (("object_aspect", "activity"),),
         (("PMID:1", "supports"), ("PMID:2", "supports"))),
        ("increases", "HGNC:2", (("object_aspect", "activity"),), (("PMID:3", "disputes"),)),
    }  # fmt: skip
    assert (graph.name("CHEBI:1"), report.signs["negated"]) == ("A", 1)
    with pytest.raises(FormatError, match="`negated` says neither true nor false"):
        of(text.replace("true", "perhaps"), tmp_path, "x_edges.csv")


def test_a_row_with_too_few_cells_is_read_and_said_to_be(tmp_path: Path) -> None:
    text = "source\ttarget\tinteraction\tpmid\nA\tB\tactivates\t1\nC\tD\tinhibits\nE\tF\tinh"
    graph, report = of(text, tmp_path)
    assert len(graph.statements) == 3
    what = "cells that a row lacks at its end read as empty"
    assert report.left.mended == {what: (2, "table.tsv:3")}


def test_biogrid_without_the_experiment_is_still_biogrid(tmp_path: Path) -> None:
    text = (
        "#BioGRID Interaction ID\tEntrez Gene Interactor A\tEntrez Gene Interactor B\t"
        "BioGRID ID Interactor A\tBioGRID ID Interactor B\n103\t6416\t2318\t112315\t108607\n"
    )
    graph, _ = of(text, tmp_path, "x.txt")
    assert spoken(graph) == {("NCBIGene:6416", "related_to", "NCBIGene:2318")}


def test_actions_of_string_say_who_acts_and_with_which_sign(tmp_path: Path) -> None:
    head = "item_id_a\titem_id_b\tmode\taction\tis_directional\ta_is_acting\tscore"
    text = (
        f"{head}\n9606.A\t9606.B\tbinding\t\tf\tf\t165\n"
        "9606.A\t9606.B\tactivation\tactivation\tt\tt\t165\n"
        "9606.B\t9606.A\tactivation\tactivation\tt\tf\t165\n"
        "9606.A\t9606.B\tinhibition\tinhibition\tt\tf\t200\n"
    )
    graph, report = of(text, tmp_path)
    assert spoken(graph) == {
        ("string:9606.A", "binding", "string:9606.B"),
        ("string:9606.A", "activation", "string:9606.B"),
        ("string:9606.B", "inhibition", "string:9606.A"),
    }
    assert (report.signs["positive"], report.signs["negative"]) == (1, 1)


def test_json_of_omnipath_is_read_as_its_table(tmp_path: Path) -> None:
    table = (
        "source\ttarget\tis_directed\tis_stimulation\tis_inhibition\tsources\treferences\n"
        "P0DP23\tP48995\t1\t0\t1\tTRIP;SIGNOR\tTRIP:11290752;SIGNOR:11290752;TRIP:11983166\n"
        "P0DP24\tP48995\t1\t1\t1\tTRIP\tTRIP:11290752\n"
        "Q03135\tP48995\t0\t0\t0\tDIP\t\n"
    )
    names, *rows = (line.split("\t") for line in table.splitlines())
    objects = [
        {
            name: [part for part in cell.split(";") if part]
            if name in ("sources", "references")
            else (int(cell) if cell.isdigit() else cell)
            for name, cell in zip(names, row, strict=True)
        }
        for row in rows
    ]
    (tmp_path / "a.tsv").write_text(table)
    (tmp_path / "a.json").write_text(json.dumps(objects, indent=1))
    (tmp_path / "a.jsonl").write_text("\n\n".join(map(json.dumps, objects)))
    read = {}
    for name in ("a.tsv", "a.json", "a.jsonl"):
        report = Report()
        read[name] = set(formats.load(tmp_path / name, report=report).statements.values())
        assert report.signs == {"positive": 1, "negative": 2, "unsigned": 1}
        assert (report.format, report.evidence, report.papers) == ("edges", 5, 2)
    assert read["a.tsv"] == read["a.json"] == read["a.jsonl"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[{"source": "a", "target": "b"},\n\n 5]', r"a\.json:3: 5 is no object"),
        (
            '[{"source": "a", "target": "b"},\n{"source": "a", "source": "b"}]',
            r"a\.json:2: the key",
        ),
        ('[{"source": "a", "target": "b"},\n{"source": ""}]', r"a\.json:2: "),
        ('[{"source": "a", "target": "b"}\n', r"a\.json:\d: Expecting"),
        ('{"source": "a", "target": "b"}\n\n{"source"\n', r"a\.json:3: Expecting"),
    ],
)
def test_objects_that_are_no_rows_are_named_with_their_line(
    tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=problem):
        formats.load(path)


def test_a_predicate_behind_both_ends_is_one_where_it_is_known(tmp_path: Path) -> None:
    behind, _ = of("PTH\tCYP27B1\tactivates\nFGF23\tCYP27B1\tanything\n", tmp_path)
    between, _ = of("PTH\tactivates\tCYP27B1\nFGF23\tanything\tCYP27B1\n", tmp_path, "b.tsv")
    assert set(behind.statements.values()) == set(between.statements.values())
    unknown, _ = of("PTH\tCYP27B1\tanything\n", tmp_path, "c.tsv")
    assert {unknown.name(s.object) for s in unknown.statements.values()} == {"anything"}


def test_a_column_called_qualifier_makes_no_association_of_biolink(tmp_path: Path) -> None:
    text = "subject,predicate,object,pmid,qualifier\nPTH,activates,CYP27B1,111;222,\n"
    _, report = of(text, tmp_path, "a.csv")
    assert (report.signs["positive"], report.evidence, report.papers) == (1, 2, 2)


@pytest.mark.parametrize(
    ("direction", "sign", "symmetric"),
    [
        ("both", 0, True),
        ("undirected", 0, True),
        ("forward", 0, False),
        ("1", 0, False),
        ("-1", 0, False),
        ("up", 1, False),
        ("decreased", -1, False),
    ],
)
def test_a_direction_is_a_sign_only_in_words_of_one(
    direction: str, sign: int, symmetric: bool, tmp_path: Path
) -> None:
    """`both` is both ways, and no two signs; 1 is onwards."""
    path = tmp_path / "x.csv"
    path.write_text(f"source,target,interaction,direction\nA,B,is near,{direction}\n")
    graph = formats.load(path)
    assert {graph.words.sign_of(row) for row in graph.statements.values()} == {sign}
    assert {graph.words.relation(s.predicate).symmetric for s in graph.statements.values()} == {
        symmetric
    }


def test_a_direction_takes_no_sign_from_a_predicate(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("source,target,interaction,direction\nA,B,inhibits,forward\n")
    (statement,) = formats.load(path).statements.values()
    assert statement.predicate == "inhibits"


@pytest.mark.parametrize(
    ("effect", "sign"), [("0.7", 0), ("-0.4", 0), ("1", 1), ("-1.0", -1), ("0", 0), ("down", -1)]
)
def test_the_size_of_an_effect_is_no_sign(effect: str, sign: int, tmp_path: Path) -> None:
    """An odds ratio of 0.7 is less, and a slope of 0.7 more."""
    path = tmp_path / "x.csv"
    path.write_text(f"source,target,interaction,effect\nA,B,is near,{effect}\n")
    graph = formats.load(path)
    assert {graph.words.sign_of(row) for row in graph.statements.values()} == {sign}


def test_the_user_says_that_any_number_is_a_sign(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("source,target,interaction,effect\nA,B,is near,-0.4\n")
    graph = formats.load(path, options=Options(columns=(("sign", "effect"),)))
    assert {graph.words.sign_of(row) for row in graph.statements.values()} == {-1}


def test_a_qualifier_of_biolink_has_its_sign_in_any_table(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "source,target,predicate,object_direction_qualifier,object_aspect_qualifier\n"
        "A,B,biolink:affects,decreased,activity\n"
    )
    graph = formats.load(path)
    (statement,) = graph.statements.values()
    assert graph.words.sign_of(statement) == -1
    assert dict(statement.qualifiers)["object_aspect"] == "activity"


@pytest.mark.parametrize(
    ("column", "cell", "sources"),
    [
        ("evidence", "PMID:12; PMID:34", {"PMID:12", "PMID:34"}),
        ("evidence", "PMID:12 says so", set()),
        ("evidence", "12", set()),
        ("pmcid", "PMC123456", {"PMCID:PMC123456"}),
        ("sources", "SIGNOR;HPRD", {"SIGNOR", "HPRD"}),
    ],
)
def test_papers_and_databases_are_found_under_their_names(
    column: str, cell: str, sources: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"source,target,interaction,{column}\nA,B,binds,{cell}\n")
    (statement,) = formats.load(path, left=Leftovers()).statements.values()
    assert {row.source for row in statement.evidence} == sources
