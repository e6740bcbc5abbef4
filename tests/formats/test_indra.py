"""INDRA and Biofactoid: statements with the signs and denials of their evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.mapping import Report


def _read(value: Any, tmp_path: Path) -> tuple[Graph, Report]:
    path = tmp_path / "a.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    report = Report()
    return formats.load(path, left=report.left, report=report), report


def _agent(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "db_refs": {"TEXT": name}, **more}


def _statement(kind: str, evidence: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"type": kind, "evidence": evidence or [], **more}


def test_a_statement_is_signed_by_its_type(tmp_path: Path) -> None:
    ends = {"subj": _agent("A"), "obj": _agent("B")}
    kinds = ("Activation", "Inhibition", "IncreaseAmount", "DecreaseAmount", "RegulateActivity")
    graph, report = _read([_statement(kind, **ends) for kind in kinds], tmp_path)
    assert report.format == "indra"
    signs = {s.predicate: graph.words.sign_of(s) for s in graph.statements.values()}
    assert signs == dict(zip(kinds, (1, -1, 1, -1, 0), strict=True))


def test_an_agent_is_named_as_indra_does_it(tmp_path: Path) -> None:
    refs = {"UP": "O14788", "HGNC": "11926", "CHEBI": "CHEBI:1", "TEXT": "rank ligand"}
    row = _statement(
        "Activation", subj={"name": "RANKL", "db_refs": refs}, obj=_agent("osteo clast")
    )
    graph, _ = _read([row], tmp_path)
    entity = graph.entities["HGNC:11926"]
    assert (entity.name, entity.synonyms) == ("RANKL", ("rank ligand",))
    assert [x.curie for x in entity.xrefs] == ["CHEBI:1", "UniProtKB:O14788"]
    assert {e.name for e in graph.entities.values()} == {"RANKL", "osteo clast"}


def test_evidence_that_is_negated_disputes(tmp_path: Path) -> None:
    evidence = [
        {"source_api": "reach", "pmid": "1", "text": "Yes."},
        {"source_api": "reach", "pmid": "2", "epistemics": {"negated": True, "direct": False}},
        {"source_api": "signor", "source_id": "SIGNOR-1"},
    ]
    row = _statement("Activation", evidence, subj=_agent("A"), obj=_agent("B"), belief=0.5)
    graph, report = _read([row], tmp_path)
    (statement,) = graph.statements.values()
    told = [(r.source, r.stance, r.summary, r.locator) for r in statement.evidence]
    assert sorted(told) == [
        ("PMID:1", "supports", "Yes.", ""),
        ("PMID:2", "disputes", "", ""),
        ("signor", "supports", "", "signor SIGNOR-1"),
    ]
    assert (report.rows, report.statements, report.papers) == (2, 1, 2)
    assert {dict(r.context)["belief"] for r in statement.evidence} == {"0.5"}


def test_only_denied_statements_are_denied(tmp_path: Path) -> None:
    evidence = [{"source_api": "reach", "pmid": "2", "epistemics": {"negated": True}}]
    row = _statement("Inhibition", evidence, subj=_agent("A"), obj=_agent("B"))
    _, report = _read([row], tmp_path)
    assert dict(report.signs) == {"negated": 1}


def test_modifications_keep_site_and_state_in_their_meaning(tmp_path: Path) -> None:
    mods = [{"mod_type": "phosphorylation", "residue": "S", "position": "473", "is_modified": True}]
    row = _statement(
        "Phosphorylation", enz=_agent("A", mods=mods), sub=_agent("B"), residue="T", position="32"
    )
    graph, _ = _read([row], tmp_path)
    (statement,) = graph.statements.values()
    assert statement.qualifiers == (("site", "T32"), ("subject_state", "phosphorylation S473"))


def test_a_complex_ties_each_two_of_its_members_once(tmp_path: Path) -> None:
    rows = [
        _statement("Complex", members=[_agent("C"), _agent("A"), _agent("B")]),
        _statement("Complex", members=[_agent("A"), _agent("C")]),
        _statement("Complex", members=[_agent("A")]),
    ]
    graph, report = _read(rows, tmp_path)
    pairs = sorted((s.subject, s.object) for s in graph.statements.values())
    assert pairs == [("A", "B"), ("A", "C"), ("B", "C")]
    assert report.left.counts["statement"] == {"Complex of one": 1}


@pytest.mark.parametrize(
    ("start", "end", "sign"), [(1, -1, -1), (-1, -1, 1), (None, -1, -1), (None, None, 0)]
)
def test_an_influence_is_signed_by_its_polarities(
    start: int | None, end: int | None, sign: int, tmp_path: Path
) -> None:
    events = [
        {"type": "Event", "concept": _agent(name), "delta": {"polarity": polarity}}
        for name, polarity in (("rain", start), ("flood", end))
    ]
    graph, _ = _read([_statement("Influence", subj=events[0], obj=events[1])], tmp_path)
    (statement,) = graph.statements.values()
    assert graph.words.sign_of(statement) == sign


def test_a_conversion_is_of_each_thing_into_each(tmp_path: Path) -> None:
    row = _statement("Conversion", subj=_agent("E"), obj_from=[_agent("S")], obj_to=[_agent("P")])
    graph, _ = _read([row], tmp_path)
    assert sorted((s.subject, s.object) for s in graph.statements.values()) == [
        ("E", "P"), ("S", "P"),
    ]  # fmt: skip


def test_an_answer_of_the_database_and_a_statement_a_line_are_read(tmp_path: Path) -> None:
    row = _statement("Activation", subj=_agent("A"), obj=_agent("B"))
    whole, _ = _read([row], tmp_path)
    assert _read({"statements": {"123": row}}, tmp_path)[0] == whole
    assert _read({"results": {"123": row}, "limit": 1}, tmp_path)[0] == whole
    assert _read(json.dumps(row) + "\n" + json.dumps(row) + "\n", tmp_path)[0] == whole


def test_a_statement_without_an_end_is_counted_and_one_without_a_type_reported(
    tmp_path: Path,
) -> None:
    row = _statement("Activation", subj=None, obj=_agent("B"))
    whole = _statement("Activation", subj=_agent("A"), obj=_agent("B"))
    assert _read([whole, row], tmp_path)[1].left.counts["statement"] == {
        "Activation of one agent": 1
    }
    with pytest.raises(FormatError, match=r"a\.json: statements\[1\]: 3 is no statement"):
        _read([whole, 3], tmp_path)


def test_a_document_of_biofactoid_is_signed_by_the_group_of_its_target(tmp_path: Path) -> None:
    elements = [
        {"id": "1", "secret": "x", "name": "AKT1", "type": "protein",
         "association": {"namespace": "ncbi", "id": "207", "organism": "9606",
                         "name": "AKT serine/threonine kinase 1"}},
        {"id": "2", "secret": "x", "name": "FOXO3", "type": "protein"},
        {"id": "3", "secret": "x", "type": "phosphorylation",
         "entries": [{"id": "2", "group": "negative"}, {"id": "1", "group": None}]},
        {"id": "4", "secret": "x", "type": "binding",
         "entries": [{"id": "2", "group": None}, {"id": "1", "group": None}]},
    ]  # fmt: skip
    cited = {"pmid": "9", "doi": "10.1016/j.jid.2018.08.020", "title": "Kindlin-1 Regulates"}
    document = {"id": "d", "elements": elements, "citation": cited, "text": "It does."}
    graph, report = _read(document, tmp_path)
    assert report.format == "biofactoid"
    statements = sorted(
        (s.subject, s.predicate, s.object, s.qualifiers) for s in graph.statements.values()
    )
    assert statements == [
        ("FOXO3", "binding", "NCBIGene:207", ()),
        ("NCBIGene:207", "decreases", "FOXO3", (("mechanism", "phosphorylation"),)),
    ]
    assert {r.source for s in graph.statements.values() for r in s.evidence} == {"PMID:9"}
    paper = graph.sources["PMID:9"]
    assert (paper.title, paper.xrefs) == ("Kindlin-1 Regulates", ("doi:10.1016/j.jid.2018.08.020",))
    assert graph.entities["NCBIGene:207"].synonyms == ("AKT serine/threonine kinase 1",)
    elements[2]["entries"][0]["id"] = "7"  # type: ignore[index]
    with pytest.raises(FormatError, match=r"elements\[2\]: there is no element '7'"):
        _read(document, tmp_path)


def test_what_evidence_leaves_open_is_no_context(tmp_path: Path) -> None:
    evidence = {"source_api": "reach", "text_refs": {"PMID": "12"},
                "epistemics": {"direct": True, "section_type": None}}  # fmt: skip
    graph, _ = _read(
        [_statement("Activation", [evidence], subj=_agent("A"), obj=_agent("B"))], tmp_path
    )
    [row] = [row for s in graph.statements.values() for row in s.evidence]
    assert (row.source, row.context) == (
        "PMID:12",
        (("direct", "yes"), ("source_api", "reach")),
    )


def test_what_came_from_indra_goes_back_as_the_same_types(tmp_path: Path) -> None:
    evidence = [{"source_api": "x", "pmid": "1"}]
    ends = {"subj": _agent("A"), "obj": _agent("B")}
    rows: list[dict[str, Any]] = [
        *(
            {"type": kind, **ends, "evidence": evidence}
            for kind in ("Activation", "Inhibition", "IncreaseAmount", "DecreaseAmount")
        ),
        {"type": "Complex", "members": [_agent("A"), _agent("C")], "evidence": evidence},
    ]
    once, report = _read(rows, tmp_path)
    written = formats.render(once, "indra").decode()
    assert sorted(row["type"] for row in json.loads(written)) == sorted(row["type"] for row in rows)
    again, back = _read(written, tmp_path)
    assert set(again.statements) == set(once.statements)
    assert (back.signs, back.evidence) == (report.signs, report.evidence)
