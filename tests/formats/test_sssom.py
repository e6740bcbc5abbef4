"""SSSOM: mappings, their prefixes and who says them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.mapping import Report
from trabecula.model import About, Entity, Xref

DATA = Path(__file__).parents[1] / "data/formats"

pytestmark = pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")


def read(path: Path) -> tuple[Graph, Report]:
    report = Report()
    return formats.load(path, report=report), report


def test_mappings_are_statements_of_whoever_says_them() -> None:
    graph, report = read(DATA / "small.sssom.tsv")
    rows = {
        (s.predicate, graph.name(s.subject)): [(r.source, r.stance) for r in s.evidence]
        for s in graph.statements.values()
    }
    assert rows == {
        ("skos:exactMatch", "magnesium(2+)"): [("lab:set", "supports")],
        ("skos:exactMatch", "magnesium atom"): [("lab:set", "disputes")],
        ("skos:broadMatch", "lab:x"): [],
    }
    assert report.signs["negated"] == 1


def test_prefixes_and_licence_stand_in_the_header() -> None:
    graph, _ = read(DATA / "small.sssom.tsv")
    assert dict(graph.about.prefixes) == {"lab": "https://example.org/lab/"}
    assert graph.about.title == "Minerals"
    assert graph.about.licence == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_a_prefix_that_a_program_made_up_is_that_of_the_registry() -> None:
    graph, _ = read(DATA / "small.sssom.tsv")
    assert "gard:7917" in graph.entities


def test_mappings_and_cross_references_are_written(tmp_path: Path) -> None:
    graph, _ = read(DATA / "small.sssom.tsv")
    entity = Entity(
        id="mg", name="Mg", category="chemical", xrefs=(Xref("close", "CHEBI:25107", "atom"),)
    )
    path = tmp_path / "out.sssom.tsv"
    formats.write(Graph([graph.about, *graph, entity]), path)
    again, report = read(path)
    assert {
        (s.subject, s.predicate, s.object, tuple((r.source, r.stance) for r in s.evidence))
        for s in graph.statements.values()
    } < {
        (s.subject, s.predicate, s.object, tuple((r.source, r.stance) for r in s.evidence))
        for s in again.statements.values()
    }
    assert report.rows == 4
    assert "#  lab: https://example.org/lab/" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject_id\tpredicate_id\n", "there is no column object_id"),
        ("subject_id\tpredicate_id\tobject_id\na:1\t\tb:1\n", ":2: predicate_id is empty"),
        (
            "subject_id\tpredicate_id\tobject_id\tpredicate_modifier\na:1\tp:1\tb:1\tMaybe\n",
            ":2: the modifier is 'maybe'",
        ),
    ],
)
def test_a_bad_table_is_an_error_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError) as error:
        formats.load(path, "sssom")
    assert message in str(error.value)


def test_a_set_in_json_says_what_a_table_says(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    ends = {"subject_id": "A:1", "predicate_id": "skos:exactMatch"}
    document = {
        "mapping_set_title": "a set",
        "mapping_provider": "lab:set",
        "curie_map": {"A": "http://a.org/"},
        "mappings": [
            {**ends, "object_id": "B:1", "subject_label": "one"},
            {**ends, "object_id": "B:2", "predicate_modifier": "Not", "author_id": ["o:1", "o:2"]},
        ],
    }
    path.write_text(json.dumps(document), "utf-8")
    graph, report = read(path)
    assert (report.format, graph.about.title) == ("sssom", "a set")
    assert {
        (s.subject, s.object, tuple((r.source, r.stance, r.context) for r in s.evidence))
        for s in graph.statements.values()
    } == {
        ("A:1", "B:1", (("lab:set", "supports", ()),)),
        ("A:1", "B:2", (("lab:set", "disputes", (("author_id", "o:1|o:2"),)),)),
    }
    path.write_text('{"mappings": [{"subject_id": "A:1", "object_id": "B:1"}]}', "utf-8")
    with pytest.raises(FormatError, match=r"mappings\[0\]: predicate_id is empty"):
        read(path)


def test_what_a_set_is_called_is_a_text_of_yaml(tmp_path: Path) -> None:
    """A colon in it would make the header of the file none that other programs can read."""
    title = "trabecula: what bone's made of # and 'more'"
    formats.write(
        [About(title=title), Entity(id="a", name="a", category="food")], tmp_path / "x.sssom"
    )
    text = (tmp_path / "x.sssom").read_text("utf-8")
    header = "\n".join(line[1:] for line in text.splitlines() if line.startswith("#"))
    assert yaml.safe_load(header)["mapping_set_title"] == title


def test_a_literal_is_named_by_its_label(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(
        "#object_type: rdfs literal\n"
        "subject_id\tsubject_label\tpredicate_id\tobject_label\tmapping_justification\n"
        "X:1\tfirst\tskos:exactMatch\ttime of day\tsemapv:ManualMappingCuration\n"
    )
    graph, report = read(path)
    (statement,) = graph.statements.values()
    assert report.format == "sssom"
    assert {graph.name(statement.subject), graph.name(statement.object)} == {"first", "time of day"}


def test_a_mapping_to_no_term_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
        "X:1\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\n"
        "X:1\tskos:exactMatch\tX:2\tsemapv:ManualMappingCuration\n"
    )
    graph, report = read(path)
    assert [(s.subject, s.object) for s in graph.statements.values()] == [("X:1", "X:2")]
    assert any("none was found (1)" in line for line in report.left.lines())


def test_an_end_without_id_that_is_no_literal_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(
        "subject_id\tpredicate_id\tobject_label\tmapping_justification\n"
        "X:1\tskos:exactMatch\ta word\tsemapv:ManualMappingCuration\n"
    )
    with pytest.raises(FormatError, match=r":2: object_id is empty"):
        read(path)
