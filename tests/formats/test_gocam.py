"""GO-CAM: activities and what they cause, from gocam-py and from Minerva."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.mapping import Report
from trabecula.model import Xref

EXAMPLE = Path(__file__).parents[1] / "data/formats/gocam.yaml"


def _load(path: Path) -> tuple[Graph, Report]:
    report = Report()
    return formats.load(path, left=report.left, report=report), report


def _triples(graph: Graph) -> list[tuple[str, str, str]]:
    return sorted((s.subject, s.predicate, s.object) for s in graph.statements.values())


def test_activities_cause_each_other_and_are_called_by_who_does_what() -> None:
    graph, report = _load(EXAMPLE)
    assert _triples(graph) == [
        ("gomodel:1/a", "RO:0002333", "UniProtKB:P01270"),
        ("gomodel:1/a", "RO:0002629", "gomodel:1/b"),
        ("gomodel:1/b", "BFO:0000050", "GO:0007189"),
        ("gomodel:1/b", "RO:0002333", "UniProtKB:Q03431"),
    ]
    activity = graph.entities["gomodel:1/a"]
    assert (activity.name, activity.category) == ("PTH Hsap: hormone activity", "function")
    assert activity.xrefs == (Xref("broad", "GO:0005179", "hormone activity"),)
    assert graph.words.relation("RO:0002629").label == "directly positively regulates"
    assert dict(report.signs) == {"positive": 1, "unsigned": 3}
    assert (report.format, report.papers) == ("gocam", 2)


def test_evidence_is_a_paper_with_its_kind() -> None:
    graph, _ = _load(EXAMPLE)
    (causal,) = (s for s in graph.statements.values() if s.predicate == "RO:0002629")
    (row,) = causal.evidence
    assert (row.source, row.context) == ("PMID:2", (("evidence", "ECO:0000315"),))


def test_json_of_the_same_model_is_the_same_graph(tmp_path: Path) -> None:
    import yaml

    path = tmp_path / "a.json"
    path.write_text(json.dumps(yaml.safe_load(EXAMPLE.read_text("utf-8"))), encoding="utf-8")
    assert _load(path)[0] == _load(EXAMPLE)[0]


def test_an_activity_without_an_id_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("id: gomodel:1\nactivities:\n- enabled_by:\n    term: X:1\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.yaml: activities\[0\]: an activity without an id"):
        _load(path)


def _individual(key: str, *kinds: Any, root: str = "", **texts: str) -> dict[str, Any]:
    types = [k if isinstance(k, dict) else {"type": "class", "id": k, "label": k} for k in kinds]
    annotations = [{"key": name, "value": value} for name, value in texts.items()]
    roots = [{"type": "class", "id": root}] if root else []
    return {"id": key, "type": types, "root-type": roots, "annotations": annotations}


def _fact(subject: str, name: str, object_: str, *evidence: str) -> dict[str, Any]:
    annotations = [{"key": "evidence", "value": value} for value in evidence]
    return {"subject": subject, "property": name, "object": object_, "annotations": annotations}


def _minerva(tmp_path: Path, *facts: dict[str, Any], **more: Any) -> tuple[Graph, Report]:
    individuals = [
        _individual("m/1", "GO:0004672", root="GO:0003674"),
        _individual("m/2", "GO:0003700", root="GO:0003674"),
        _individual("m/3", "UniProtKB:P31749", root="CHEBI:36080"),
        _individual("m/4", "GO:0005634", root="GO:0005575"),
        _individual(
            "m/5",
            {"type": "complement", "filler": {"type": "class", "id": "GO:0005737"}},
            root="GO:0005575",
        ),
        _individual("m/e", "ECO:0000314", root="ECO:0000000", source="PMID:1", date="2020"),
    ]
    model = {"id": "gomodel:m", "individuals": individuals, "facts": list(facts), **more}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(model), encoding="utf-8")
    return _load(path)


def test_facts_of_minerva_tie_activities_and_classes(tmp_path: Path) -> None:
    graph, report = _minerva(
        tmp_path,
        _fact("m/1", "RO:0002333", "m/3", "m/e"),
        _fact("m/1", "RO:0002629", "m/2", "m/e"),
        _fact("m/1", "BFO:0000066", "m/4"),
    )
    assert report.format == "minerva"
    names = {key: e.name for key, e in graph.entities.items()}
    activity = next(key for key, name in names.items() if name == "UniProtKB:P31749: GO:0004672")
    assert sorted((s.predicate, s.object) for s in graph.out(activity)) == [
        ("BFO:0000066", "GO:0005634"),
        ("RO:0002333", "UniProtKB:P31749"),
        ("RO:0002629", next(key for key, name in names.items() if name == "GO:0003700")),
    ]
    assert graph.entities["UniProtKB:P31749"].category == "protein"
    rows = [r.source for s in graph.statements.values() for r in s.evidence]
    assert rows == ["PMID:1", "PMID:1"]


def test_what_an_example_is_not_is_denied(tmp_path: Path) -> None:
    graph, report = _minerva(tmp_path, _fact("m/1", "BFO:0000066", "m/5", "m/e"))
    (statement,) = graph.statements.values()
    assert statement.object == "GO:0005737"
    assert [row.stance for row in statement.evidence] == ["disputes"]
    assert dict(report.signs) == {"negated": 1}


def test_an_answer_of_the_server_is_read_too(tmp_path: Path) -> None:
    fact = _fact("m/1", "BFO:0000066", "m/4")
    whole, _ = _minerva(tmp_path, fact)
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps({"packet-id": 1, "data": json.loads(path.read_text("utf-8"))}), "utf-8"
    )
    assert _load(path)[0] == whole


def test_models_before_2020_do_not_say_what_their_individuals_are_at_the_root(
    tmp_path: Path,
) -> None:
    """An individual of ECO is evidence all the same, and what is enabled is an activity."""
    rows = [
        _individual("m/1", "GO:0004672", evidence="m/e", padding="x" * 70_000),
        _individual("m/3", "UniProtKB:P31749"),
        _individual("m/e", "ECO:0000314", source="PMID:1"),
    ]
    for row in rows:
        del row["root-type"]
    rows[1]["inferred-type-with-all"] = [{"type": "class", "id": "CHEBI:36080"}]
    model = {"individuals": rows, "facts": [_fact("m/1", "RO:0002333", "m/3", "m/e")]}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"packet-id": "1", "data": {**model, "id": "gomodel:m"}}), "utf-8")
    graph, report = _load(path)
    assert report.format == "minerva"
    assert {e.name for e in graph.entities.values()} == {
        "UniProtKB:P31749: GO:0004672",
        "UniProtKB:P31749",
    }
    assert graph.entities["UniProtKB:P31749"].category == "protein"
    assert [r.source for s in graph.statements.values() for r in s.evidence] == ["PMID:1"]
    assert "of an individual (1)" in " ".join(report.left.lines())


def test_evidence_of_a_function_is_that_of_who_enables_it_where_that_has_none(
    tmp_path: Path,
) -> None:
    def activity(name: str, **enabler: Any) -> dict[str, Any]:
        evidence = [{"term": "ECO:0000314", "reference": "PMID:1"}]
        return {
            "id": name,
            "enabled_by": {"term": "UniProtKB:P01270", **enabler},
            "molecular_function": {"term": "GO:0005179", "evidence": evidence},
        }

    other = [{"term": "ECO:0000314", "reference": "PMID:2"}]
    model = {"id": "m", "activities": [activity("m:a"), activity("m:b", evidence=other)]}
    path = tmp_path / "m.gocam.json"
    path.write_text(json.dumps(model))
    graph, report = _load(path)
    assert {(s.subject, e.source) for s in graph.statements.values() for e in s.evidence} == {
        ("m:a", "PMID:1"),
        ("m:b", "PMID:2"),
    }
    assert list(report.left.lines()) == [
        "1 evidence was left out: of a molecular function (1); first at PMID:1"
    ]


def test_a_molecule_that_is_no_list_is_read(tmp_path: Path) -> None:
    """As the schema has it of what an activity yields above all."""
    path = tmp_path / "model.yaml"
    path.write_text(
        "id: gomodel:1\nactivities:\n- id: gomodel:1/a\n"
        "  molecular_function: {term: 'GO:1'}\n"
        "  enabled_by: {term: 'UniProtKB:P1', type: EnabledByGeneProductAssociation}\n"
        "  has_primary_output: {term: 'CHEBI:2', type: MoleculeAssociation}\n"
        "  has_input:\n  - {term: 'CHEBI:1', type: MoleculeAssociation}\n"
    )
    graph = formats.load(path, report=Report())
    assert {(s.predicate, s.object) for s in graph.statements.values()} == {
        ("RO:0002333", "UniProtKB:P1"),
        ("RO:0004008", "CHEBI:2"),
        ("RO:0002233", "CHEBI:1"),
    }


def test_a_molecule_that_an_activity_has_as_its_activator_activates_it(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "id: gomodel:1\nactivities:\n- id: gomodel:1/a\n"
        "  molecular_function: {term: 'GO:1'}\n"
        "  molecular_associations:\n"
        "  - {predicate: 'RO:0012001', molecule: 'CHEBI:1'}\n"
        "  - {predicate: 'RO:0012002', molecule: 'CHEBI:2'}\n"
    )
    graph = formats.load(path, report=Report())
    assert {
        (s.subject, s.predicate, s.object, graph.words.sign_of(s))
        for s in graph.statements.values()
    } == {
        ("CHEBI:1", "RO:0012005", "gomodel:1/a", 1),
        ("CHEBI:2", "RO:0012006", "gomodel:1/a", -1),
    }
