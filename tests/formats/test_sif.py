"""SIF as Pathway Commons extends it and as Hetionet abbreviates it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.leftover import Leftovers
from trabecula.mapping import Report

if TYPE_CHECKING:
    from tests.formats.conftest import Bring

DATA = Path(__file__).parents[1] / "data/formats"

pytestmark = pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")


def test_interactions_have_papers_and_participants_have_names() -> None:
    report = Report()
    graph = formats.load(DATA / "extended.sif", report=report)
    assert {
        (s.subject, s.predicate, s.object): [r.source for r in s.evidence]
        for s in graph.statements.values()
    } == {
        ("PTH", "controls-expression-of", "TNFSF11"): ["PMID:61", "PMID:62"],
        ("CHEBI:18420", "consumption-controlled-by", "PTH"): ["Reactome"],
    }
    assert graph.name("CHEBI:18420") == "magnesium(2+)"
    assert graph.entities["PTH"].synonyms == ("parathyrin",)
    assert report.papers == 2


def test_it_is_told_by_its_header_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "PathwayCommons.hgnc.txt"
    path.write_bytes((DATA / "extended.sif").read_bytes())
    assert formats.guess(path).name == "sif"


def test_a_row_without_an_object_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.sif"
    path.write_text("PARTICIPANT_A\tINTERACTION_TYPE\tPARTICIPANT_B\nA\tx\t\n", "utf-8")
    with pytest.raises(FormatError, match=r"x.sif:2: A has no object"):
        formats.load(path)


def test_an_arrow_is_activation_where_a_bar_is_inhibition(tmp_path: Path) -> None:
    """As Boolean models are drawn (DrugLogics); an arrow among other words says nothing."""
    path = tmp_path / "model.sif"
    signs = []
    for text in ("A -> B\nC -| B\n", "A -> B\nC binds B\n"):
        path.write_text(text)
        report = Report()
        formats.load(path, report=report)
        signs.append((report.signs["positive"], report.signs["negative"]))
    assert signs == [(1, 1), (0, 0)]


@pytest.mark.parametrize("through", ["sif", "owl"])
def test_abbreviations_of_hetionet_keep_their_signs_on_the_way(
    through: str, tmp_path: Path, bring: Bring
) -> None:
    rows = (
        "Compound::DB1\tCtD\tDisease::DOID:1\nCompound::DB1\tCuG\tGene::7\nGene::7\tGr>G\tGene::8\n"
    )
    graph, report = bring(f"source\tmetaedge\ttarget\n{rows}", "h.sif")
    path, again = tmp_path / f"again.{through}", Report()
    formats.write(graph, path)
    back = formats.load(path, left=Leftovers(), report=again)
    assert again.signs == report.signs
    assert {s.predicate for s in back.statements.values()} >= {"CtD", "CuG"}


def test_the_same_letters_in_another_case_are_no_abbreviation(bring: Bring) -> None:
    """CTD is a database, and would else be what treats a disease."""
    _, report = bring("a\tCTD\tb\na\tctd\tc\na\tCUG\td\n", "x.sif")
    assert dict(report.signs) == {"unsigned": 3}


@pytest.mark.parametrize("sign", [1, -1])
def test_owl_keeps_the_sign_of_a_predicate_that_only_the_graph_knows(
    sign: int, tmp_path: Path, bring: Bring
) -> None:
    table = tmp_path / "map.tsv"
    table.write_text(f"vocabulary\tpredicate\tsign\n*\tzaps\t{sign}\n", "utf-8")
    graph, _ = bring("a\tzaps\tb\n", "x.sif", predicates=table)
    path, report = tmp_path / "x.owl", Report()
    formats.write(graph, path)
    formats.load(path, left=Leftovers(), report=report)
    assert dict(report.signs) == {{1: "positive", -1: "negative"}[sign]: 1}


def test_a_line_that_would_be_a_file_of_its_own_is_refused(
    monkeypatch: pytest.MonkeyPatch, bring: Bring
) -> None:
    monkeypatch.setattr(import_module("trabecula.formats.sif"), "_LONGEST", 16)
    assert len(bring("a activates b c\n", "x.sif")[0]) == 2
    with pytest.raises(FormatError, match=r"x\.sif:2: a line of 19 characters; .* at most 16:"):
        bring("a activates b\na activates b c d e\n", "x.sif")
    with pytest.raises(FormatError, match=r"x\.sif:2: a line of 19 characters; .* at most 16:"):
        bring("a\tactivates\tb\na\tactivates\tb\tc\td\te\n", "x.sif")


def test_a_column_of_names_is_no_column_of_predicates(
    monkeypatch: pytest.MonkeyPatch, bring: Bring
) -> None:
    monkeypatch.setattr(import_module("trabecula.mapping.records"), "_MOST_PREDICATES", 3)
    rows = [f"a\tp{number}\tb\n" for number in range(4)]
    assert len(bring("".join([*rows[:3], "a\tincreases\tb\n"]), "x.sif")[0]) == 4
    with pytest.raises(FormatError, match=r"x\.sif: more than 3 different predicates"):
        bring("".join(rows), "x.sif")
