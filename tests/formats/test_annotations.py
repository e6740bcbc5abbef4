"""GAF, GPAD and HPOA: NOT denies, and a reference is one paper."""

from __future__ import annotations

from pathlib import Path

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


def said(graph: Graph) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Predicate and object -> sources and stances."""
    return {
        (s.predicate, s.object): [(row.source, row.stance) for row in s.evidence]
        for s in graph.statements.values()
    }


def test_gaf_says_relation_paper_and_code() -> None:
    graph, report = read(DATA / "small.gaf")
    assert said(graph) == {
        ("involved_in", "GO:0045453"): [("PMID:31", "supports")],
        ("located_in", "GO:0005634"): [("PMID:31", "disputes")],
        ("acts_upstream_of_negative_effect", "GO:0045453"): [("GO_REF:0000107", "supports")],
    }
    assert dict(report.signs) == {"unsigned": 1, "negated": 1, "negative": 1}
    assert (report.papers, report.evidence) == (1, 3)
    contexts = [dict(row.context) for s in graph.statements.values() for row in s.evidence]
    assert {c["evidence"] for c in contexts} == {"IDA", "IEA"}
    assert ("reference", "GO_REF:0000107") in {p for c in contexts for p in c.items()}


def test_genes_of_gaf_have_their_names_and_species() -> None:
    graph, _ = read(DATA / "small.gaf")
    pth = graph.entities["UniProtKB:P01270"]
    assert (pth.name, pth.category, pth.taxon) == ("PTH", "protein", "NCBITaxon:9606")
    assert pth.synonyms == ("parathyrin", "Parathyroid hormone", "PTH1")


@pytest.mark.parametrize(
    ("aspect", "relation"),
    [("F", "enables"), ("P", "acts_upstream_of_or_within"), ("C", "located_in")],
)
def test_before_version_2_2_the_aspect_says_the_widest_relation(
    aspect: str, relation: str, tmp_path: Path
) -> None:
    row = ["MGI", "MGI:97799", "Pth", "NOT", "GO:1", "PMID:1", "IDA", "", aspect, "", "", "gene",
           "taxon:10090", "20100101", "MGI"]  # fmt: skip
    path = tmp_path / "x.gaf"
    path.write_text("!gaf-version: 2.1\n" + "\t".join(row) + "\n", "utf-8")
    graph, _ = read(path)
    (statement,) = graph.statements.values()
    assert (statement.subject, statement.predicate) == ("MGI:97799", relation)
    assert statement.evidence[0].stance == "disputes"


def test_a_relation_of_go_has_its_sign_with_a_comma_and_without(tmp_path: Path) -> None:
    rows = [
        f"PomBase\tSPBC1703.04\tmlh1\t{relation}\tGO:0000795\tPMID:1\tIC\t\tC\t\t\tprotein"
        "\ttaxon:4896\t20120921\tPomBase\t\t"
        for relation in (
            "acts_upstream_of_negative_effect",
            "acts_upstream_of,_negative_effect",
            "acts_upstream_of_or_within,_positive_effect",
        )
    ]
    path = tmp_path / "x.gaf"
    path.write_text("!gaf-version: 2.2\n" + "\n".join(rows) + "\n")
    report = Report()
    formats.load(path, report=report)
    assert dict(report.signs) == {"negative": 2, "positive": 1}


def test_gpad_of_both_versions_says_the_same(tmp_path: Path) -> None:
    rows = [
        [
            "MGI",
            "MGI:97799",
            "involved_in",
            "GO:0045453",
            "PMID:41",
            "ECO:0000314",
            "",
            "",
            "",
            "MGI",
        ],
        [
            "MGI",
            "97799",
            "NOT|located_in",
            "GO:0005634",
            "PMID:42",
            "ECO:0000314",
            "",
            "",
            "",
            "MGI",
        ],
    ]
    path = tmp_path / "x.gpad"
    text = "!gpa-version: 1.1\n" + "".join("\t".join((*row, "", "")) + "\n" for row in rows)
    path.write_text(text, "utf-8")
    old, _ = read(path)
    new, report = read(DATA / "small.gpad")
    papers = [("PMID:41", "supports")], [("PMID:42", "disputes")]
    assert sorted(said(new).values()) == sorted(said(old).values()) == sorted(papers)
    assert report.signs["negated"] == 1


def test_a_row_of_gpad_that_lacks_a_column_has_no_kind_of_evidence_for_a_paper(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.gpad"
    path.write_text("!gpa-version: 1.1\nMGI\tMGI:1\tenables\tGO:1\tECO:1\t\t\t2020\tMGI\t\t\n")
    with pytest.raises(FormatError, match=":2: 'ECO:1' is no reference"):
        read(path)


GPI = {
    "1.1": "!gpi-version: 1.1\n!namespace: MGI\n97799\tPth\thormone\tPTH|p\tgene\ttaxon:10090\t\tX:1\t\n",
    "1.2": "!gpi-version: 1.2\nMGI\tMGI:97799\tPth\thormone\tPTH|p\tgene\ttaxon:10090\t\tX:1\t\n",
    "2.0": "!gpi-version: 2.0\nMGI:MGI:97799\tPth\thormone\tPTH|p\tSO:0001217\tNCBITaxon:10090"
    "\t\t\t\tX:1\t\nMGI:MGI:1\tNo\tother\t\tSO:0001217\tNCBITaxon:10090\t\t\t\t\tdb=x\n",
}


@pytest.mark.parametrize("version", GPI)
@pytest.mark.parametrize("how", ["alone", "beside"])
def test_gpi_names_genes_alone_and_beside_the_annotations_of_these(
    how: str, version: str, tmp_path: Path
) -> None:
    (tmp_path / "x.gpi").write_text(GPI[version])
    annotations = tmp_path / "x.gpad"
    annotations.write_bytes((DATA / "small.gpad").read_bytes())
    graph, report = read(annotations if how == "beside" else tmp_path / "x.gpi")
    gene = graph.entities["MGI:97799"]
    assert (gene.name, gene.taxon) == ("Pth", "NCBITaxon:10090")
    assert set(gene.synonyms) >= {"hormone", "PTH"}
    assert [xref.curie for xref in gene.xrefs] == ["X:1"]
    is_there = "MGI:1" in graph.entities
    assert is_there == (how == "alone" and version == "2.0")
    assert ("1 column was left out" in " ".join(report.left.lines())) == is_there


def test_hpoa_says_onset_and_frequency_of_what_it_says() -> None:
    graph, report = read(DATA / "small.hpoa")
    assert said(graph) == {
        ("biolink:has_phenotype", "HP:0003072"): [("PMID:51", "supports"), ("PMID:52", "supports")],
        ("biolink:has_phenotype", "HP:0000939"): [("omim:145000", "disputes")],
        ("biolink:has_mode_of_inheritance", "HP:0000006"): [("omim:145000", "supports")],
    }
    (with_onset,) = (s for s in graph.statements.values() if s.qualifiers)
    assert dict(with_onset.qualifiers) == {
        "onset": "HP:0003581",
        "frequency": "3/4",
        "sex": "male",
    }
    assert report.papers == 2
    assert graph.about.version == "2024-01-01"


def test_hpoa_before_2019_is_read(tmp_path: Path) -> None:
    row = ["OMIM", "145000", "HYPERPARATHYROIDISM", "NOT", "HP:0003072", "PMID:5", "PCS", "", "", "",
           "", "P", "2010.01.01", "HPO:x"]  # fmt: skip
    path = tmp_path / "phenotype_annotation.tab"
    path.write_text("\t".join(row) + "\n", "utf-8")
    graph, report = read(path)
    assert report.format == "hpoa"
    assert said(graph) == {("biolink:has_phenotype", "HP:0003072"): [("PMID:5", "disputes")]}


@pytest.mark.parametrize("frequency", ["HP:0040285", "0/2", "0%"])
@pytest.mark.parametrize("qualifier", ["", "NOT"])
def test_hpoa_denies_a_phenotype_that_was_seen_in_nobody(
    qualifier: str, frequency: str, tmp_path: Path
) -> None:
    header = (
        "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex"
        "\tmodifier\taspect\tbiocuration"
    )
    rows = [
        f"OMIM:619340\tDEE 96\t{qualifier}\tHP:0002187\tPMID:31675180\tPCS\t\t{frequency}\t\t\tP\t",
        "OMIM:619340\tDEE 96\t\tHP:0011097\tPMID:31675180\tPCS\t\t1/2\t\t\tP\t",
    ]
    path = tmp_path / "phenotype.hpoa"
    path.write_text("\n".join((header, *rows)))
    graph, report = read(path)
    assert {s.object: (s.qualifiers, s.evidence[0].stance) for s in graph.statements.values()} == {
        "HP:0002187": ((), "disputes"),
        "HP:0011097": ((("frequency", "1/2"),), "supports"),
    }
    assert dict(report.signs) == {"unsigned": 1, "negated": 1}


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("x.gpad", "MGI:97799\tnicht\tRO:0002331\tGO:1\tPMID:1\tECO:1\t\t\t\tMGI\t\t"),
        ("x.hpoa", "OMIM:1\tX\tnicht\tHP:0000001\tPMID:1\tPCS\t\t\t\t\tP\tx"),
    ],
)
def test_a_mark_that_does_not_say_not_is_no_yes(name: str, row: str, tmp_path: Path) -> None:
    path = tmp_path / name
    header = "!gpad-version: 2.0\n" if name == "x.gpad" else ""
    path.write_text(header + row + "\n", "utf-8")
    with pytest.raises(FormatError, match="'nicht' does not say whether it is denied"):
        read(path)


def test_how_severe_a_phenotype_is_in_old_tables_narrows_it(tmp_path: Path) -> None:
    path = tmp_path / "x.hpoa"
    path.write_text("OMIM:1\tX\tMILD\tHP:0000001\tPMID:1\tPCS\t\t\t\t\tP\tx\n", "utf-8")
    (statement,) = read(path)[0].statements.values()
    assert (statement.qualifiers, statement.evidence[0].stance) == (
        (("modifier", "MILD"),),
        "supports",
    )


@pytest.mark.parametrize("name", ["x.gaf", "x.gpad", "x.hpoa"])
def test_a_short_row_is_an_error_with_its_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("UniProtKB\tP01270\n", "utf-8")
    with pytest.raises(FormatError, match=rf"{name}:1: 2 columns"):
        formats.load(path, name[2:])


def test_hpoa_at_first_had_no_sex_and_another_place_for_the_aspect(tmp_path: Path) -> None:
    row = ["DECIPHER", "45", "X DUPLICATION", "", "HP:0001419", "http://e.org/a; PMID:5", "TAS", "",
           "", "", "I", "", "2010.09.13", "HPO:x"]  # fmt: skip
    path = tmp_path / "old.hpoa"
    path.write_text("\t".join(row) + "\n", "utf-8")
    graph, _ = read(path)
    assert said(graph) == {
        ("biolink:has_mode_of_inheritance", "HP:0001419"): [
            ("PMID:5", "supports"),
            ("http://e.org/a", "supports"),
        ]
    }
    assert all(not s.qualifiers for s in graph.statements.values())
