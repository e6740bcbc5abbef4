"""BEL scripts and the JSON of PyBEL."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Options, Report
from trabecula.model import Evidence, Statement

SMALL = Path(__file__).parents[1] / "data/formats/small.bel"


def graph() -> tuple[Graph, Report]:
    report = Report()
    return formats.load(SMALL, report=report), report


def test_keys_of_contexts_are_words_and_what_has_no_text_gets_none(tmp_path: Path) -> None:
    row = Evidence(source="PMID:1", context=(("cell type", "osteoclast"),))
    formats.write(
        [Statement(subject="a", predicate="increases", object="b", evidence=(row,))],
        tmp_path / "x.bel",
    )
    (statement,) = formats.load(tmp_path / "x.bel").statements.values()
    (read_back,) = statement.evidence
    assert (read_back.context, read_back.summary) == ((("cell_type", "osteoclast"),), "")


def said(graph: Graph) -> set[tuple[str, str, str]]:
    """Names and predicates of what is no structure."""
    return {
        (graph.name(s.subject), s.predicate, graph.name(s.object))
        for s in graph.statements.values()
        if graph.words.relation(s.predicate).kind != "structure"
    }


def test_a_script_is_told_by_its_content(tmp_path: Path) -> None:
    copy = tmp_path / "script.txt"
    copy.write_bytes(SMALL.read_bytes())
    assert formats.guess(copy).name == "bel"


def test_relations_become_statements_with_their_signs() -> None:
    read, report = graph()
    assert said(read) == {
        ("magnesium(2+)", "decreases", "secretion of PTH"),
        ("magnesium(2+)", "regulates", "CALCA"),
        ("CHEBI:18420 + CASR (complex)", "directlyIncreases", "CASR"),
        ("CASR", "associated_with", "GNAQ"),
        ("magnesium(2+)", "increases", "degradation of PTH"),
        ("AKT1", "decreases", '(a(CHEBI:18420) increases bp(GO:"cell cycle"))'),
        ("CASR, pmod(Ph, Ser)", "increases", "AKT1"),
    }
    assert (report.signs["positive"], report.signs["negative"], report.signs["negated"]) == (
        3,
        2,
        1,
    )
    assert read.about.title == "Magnesium, in BEL"


def test_what_increases_the_degradation_of_a_thing_says_nothing_of_the_thing() -> None:
    read, _ = graph()
    assert ("magnesium(2+)", "increases", "PTH") not in said(read)


def test_no_change_is_a_denial_and_no_edge() -> None:
    read, _ = graph()
    (denied,) = (s for s in read.statements.values() if s.predicate == "regulates")
    assert read.status(denied) == "refuted"
    assert [row.stance for row in denied.evidence] == ["disputes"]


def test_evidence_is_what_is_set_where_a_statement_stands() -> None:
    read, report = graph()
    (held,) = (
        s
        for s in read.statements.values()
        if read.name(s.object) == "secretion of PTH" and s.evidence
    )
    (row,) = held.evidence
    assert (row.source, row.species, row.strength) == ("PMID:1", "human", "curated")
    assert row.summary == 'Made up: the ion holds the hormone "back".'
    assert row.context == (("dose", "high"),)
    assert report.papers == 2


def test_a_symmetric_relation_that_is_written_twice_is_one_statement_with_one_piece_of_evidence() -> (
    None
):
    read, _ = graph()
    (both,) = (s for s in read.statements.values() if s.predicate == "associated_with")
    assert len(both.evidence) == 1


def test_a_statement_without_a_citation_has_no_evidence() -> None:
    read, _ = graph()
    (bare,) = (
        s
        for s in read.statements.values()
        if read.name(s.object) == "AKT1" and s.predicate == "increases"
    )
    assert bare.evidence == ()
    assert read.status(bare) == "no-evidence"


def test_a_known_identifier_is_the_thing() -> None:
    read, _ = graph()
    assert read.entities["CHEBI:18420"].name == "magnesium(2+)"


def test_a_script_that_is_written_reads_back_with_the_same_signs_and_evidence(
    tmp_path: Path,
) -> None:
    read, _ = graph()
    target = tmp_path / "again.bel"
    formats.write(read, target)
    again = formats.load(target)
    assert said(again) == said(read)
    evidence = {
        (r.source, r.stance, r.summary, r.context)
        for s in read.statements.values()
        for r in s.evidence
    }
    back = {
        (r.source, r.stance, r.summary, r.context)
        for s in again.statements.values()
        for r in s.evidence
    }
    assert back == evidence


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("p(HGNC:AKT1 -> p(HGNC:GNAQ)", "a bracket is not closed"),
        ("p(HGNC:AKT1) ->", "a term is expected"),
        ("p() -> p(HGNC:AKT1)", "something is missing"),
        ("nonsense", "a term is expected"),
        ("act(" * 60 + "p(HGNC:AKT1)" + ")" * 60 + " -> p(HGNC:AKT1)", "nested too deeply"),
    ],
)
def test_a_line_that_is_no_bel_is_named_and_can_be_skipped(
    tmp_path: Path, line: str, what: str
) -> None:
    script = tmp_path / "bad.bel"
    script.write_text(f'SET DOCUMENT Name = "x"\n{line}\np(HGNC:A) -> p(HGNC:B)\n')
    with pytest.raises(FormatError, match=what) as error:
        formats.load(script)
    assert error.value.problems[0].where == f"{script}:2"
    report = Report()
    with pytest.warns(match="1 row was left out"):
        assert len(formats.load(script, options=Options(skip=True), report=report)) == 1
    assert report.skipped == 1


def test_json_of_pybel_old_and_new(tmp_path: Path) -> None:
    new = {
        "graph": {"pybel_version": "0.15.5", "document_metadata": {"name": "n", "version": "1"}},
        "nodes": [
            {"function": "Protein", "concept": {"namespace": "HGNC", "name": "AKT1"}, "id": "x", "bel": "p(HGNC:AKT1)"},
            {"function": "Abundance", "concept": {"namespace": "CHEBI", "identifier": "18420", "name": "Mg"}, "id": "y"},
        ],
        "links": [
            {
                "relation": "decreases", "source": 1, "target": 0, "evidence": "t",
                "citation": {"namespace": "pubmed", "identifier": " 7 "},
                "annotations": {"Dose": [{"namespace": "Dose", "identifier": "high"}]},
                "target_modifier": {"modifier": "Activity", "effect": {"namespace": "bel", "name": "kin"}},
            }
        ],
    }  # fmt: skip
    old = {
        "graph": {"pybel_version": "0.13.1", "document_metadata": {"name": "n", "version": "1"}},
        "nodes": [
            {"function": "Protein", "namespace": "HGNC", "name": "AKT1", "id": "x"},
            {"function": "Abundance", "namespace": "CHEBI", "identifier": "18420", "name": "Mg", "id": "y"},
        ],
        "links": [
            {
                "relation": "decreases", "source": "y", "target": "x", "evidence": "t",
                "citation": {"type": "PubMed", "reference": "7"}, "annotations": {"Dose": {"high": True}},
                "object": {"modifier": "Activity", "effect": {"namespace": "bel", "name": "kin"}},
            }
        ],
    }  # fmt: skip
    graphs = []
    for name, document in (("new", new), ("old", old)):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(document))
        assert formats.guess(path).name == "bel-json"
        graphs.append(formats.load(path))
    assert graphs[0] == graphs[1]
    (statement,) = graphs[0].statements.values()
    assert (statement.subject, statement.predicate) == ("CHEBI:18420", "decreases")
    assert statement.qualifiers == (("object_activity", "kin"),)
    assert statement.evidence[0].source == "PMID:7"


@pytest.mark.parametrize(
    ("node", "link", "place"),
    [
        ({"function": "Protein", "variants": {"a": 1}}, {}, r"nodes\[1\]"),
        ({"function": "Protein", "variants": [7]}, {}, r"nodes\[1\]"),
        ({"function": "Protein", "concept": 7}, {}, r"nodes\[1\]"),
        ({"function": "Reaction", "reactants": 7}, {}, r"nodes\[1\]"),
        ({"function": "Protein", "fusion": {"partner_5p": {"concept": 3}}}, {}, r"nodes\[1\]"),
        ({"function": "Protein", "name": "B"}, {"annotations": [1, 2]}, r"links\[0\]"),
        (
            {"function": "Protein", "name": "B"},
            {"source_modifier": {"modifier": "Activity", "effect": {"concept": 3}}},
            r"links\[0\]",
        ),
    ],
)
def test_a_part_of_another_kind_than_pybel_writes_is_named(
    node: dict[str, object], link: dict[str, object], place: str, tmp_path: Path
) -> None:
    whole = {"relation": "increases", "source": 0, "target": 1, **link}
    cited = {"citation": {"type": "PubMed", "reference": "1"}}
    document = {
        "graph": {"pybel_version": "0.13.1"},
        "nodes": [{"function": "Protein", "namespace": "HGNC", "name": "A"}, node],
        "links": [{**cited, **whole}],
    }
    (tmp_path / "x.json").write_text(json.dumps(document))
    with pytest.raises(FormatError, match=rf"x\.json: {place}: a .* is not as PyBEL writes it"):
        formats.load(tmp_path / "x.json")


def test_json_of_pybel_has_the_parts_of_terms_that_a_script_has(tmp_path: Path) -> None:
    """Fragments, modifications by BEL's own words and fusions, as PyBEL 0.13 and 0.15 write them."""
    app: dict[str, object] = {"function": "Protein", "namespace": "HGNC", "name": "APP"}
    phosphorylated = {"kind": "pmod", "code": "Ser", "pos": 9}
    partners = {
        "partner_5p": {"namespace": "HGNC", "name": "TMPRSS2"},
        "partner_3p": {"concept": {"namespace": "HGNC", "name": "ERG"}},
        "range_5p": {"reference": "p", "left": 1, "right": 79},
        "range_3p": {"missing": "?"},
    }
    nodes = [
        {**app, "variants": [{"kind": "frag", "start": 672, "stop": 713}]},
        {**app, "variants": [{"kind": "frag", "start": 25, "stop": 35}]},
        {**app, "variants": [{"kind": "frag", "missing": "?", "description": "55kD"}]},
        {**app, "variants": [{**phosphorylated, "identifier": {"namespace": "bel", "name": "Ph"}}]},
        {**app, "variants": [{**phosphorylated, "concept": {"namespace": "", "name": "Ac"}}]},
        {"function": "Protein", "fusion": partners},
        {"function": "Protein", "fusion": {**partners, "range_5p": {"missing": "?"}}},
    ]
    cited = {"type": "PubMed", "reference": "7"}
    links = [
        {"relation": "increases", "source": 0, "target": number, "citation": cited, "evidence": "t"}
        for number in range(1, len(nodes))
    ]
    document = {"graph": {"pybel_version": "0.13.1"}, "nodes": nodes, "links": links}
    (tmp_path / "x.json").write_text(json.dumps(document))
    terms = (
        'p(HGNC:APP, frag("25_35"))', 'p(HGNC:APP, frag("?", "55kD"))',
        "p(HGNC:APP, pmod(Ph, Ser, 9))", "p(HGNC:APP, pmod(Ac, Ser, 9))",
        'p(fus(HGNC:TMPRSS2, "p.1_79", HGNC:ERG, "?"))', 'p(fus(HGNC:TMPRSS2, "?", HGNC:ERG, "?"))',
    )  # fmt: skip
    lines = "".join(f'p(HGNC:APP, frag("672_713")) increases {term}\n' for term in terms)
    (tmp_path / "x.bel").write_text(
        f'SET Citation = {{"PubMed", "7"}}\nSET Evidence = "t"\n{lines}', "utf-8"
    )
    from_json, script = (formats.load(tmp_path / name) for name in ("x.json", "x.bel"))
    assert from_json.statements.keys() >= {
        key for key, row in script.statements.items() if row.predicate == "increases"
    }
    assert len(from_json.statements) == len(terms)


def test_a_term_is_one_thing_with_its_label_and_without(tmp_path: Path) -> None:
    text = (
        'SET Citation = {"PubMed", "1"}\nSET Evidence = "see http://x // no comment"\n'
        "a(X:1) increases p(hgnc:9606) // a comment\np(hgnc:9606 ! PTH) decreases a(X:2)\n"
    )
    (tmp_path / "x.bel").write_text(text, "utf-8")
    graph = formats.load(tmp_path / "x.bel")
    assert [e.name for e in graph.entities.values() if e.category == "protein"] == ["PTH"]
    (row,) = next(iter(graph.statements.values())).evidence
    assert row.summary == "see http://x // no comment"


def test_a_citation_that_names_nothing_is_no_evidence(tmp_path: Path) -> None:
    path = tmp_path / "a.bel"
    path.write_text(
        'SET DOCUMENT Name = "x"\nSET Citation = {"Other","Unknown"}\nSET Evidence = "y"\n'
        "p(HGNC:A) -> p(HGNC:B)\n"
        'SET Citation = {"PubMed","12"}\nSET Evidence = "y"\np(HGNC:A) -> p(HGNC:C)\n',
        "utf-8",
    )
    left = Leftovers()
    graph = formats.load(path, left=left)
    assert sorted(len(s.evidence) for s in graph.statements.values()) == [0, 1]
    assert any("that names nothing" in line for line in left.lines())


def test_quotation_marks_that_do_not_end_go_on_to_the_end_of_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.bel"
    marks = '\\"' * 100_000  # each of which would be looked at from its own place
    path.write_text(
        f'SET Citation = {{"PubMed", "t", "7"}}\nSET Evidence = "open {marks}\n'
        "p(HGNC:A) -> p(HGNC:B)\n",
        "utf-8",
    )
    (statement,) = formats.load(path).statements.values()
    assert [(row.source, row.summary) for row in statement.evidence] == [
        ("PMID:7", "open " + '"' * 100_000)
    ]


#: What PyBEL writes of the same four statements, of which it made the last itself.
_SCRIPT = """SET DOCUMENT Name = "four"
SET Citation = {"pubmed", "111"}
SET SupportingText = "more"
p(HGNC:PTH) increases a(CHEBI:calcitriol)
UNSET SupportingText
SET SupportingText = "less"
a(CHEBI:calcitriol) decreases p(HGNC:PTH)
a(CHEBI:calcitriol) causesNoChange p(HGNC:CASR)
SET Citation = {"pubmed", "29048466"}
SET SupportingText = "Automatically added by PyBEL"
p(HGNC:PTH) isA p(FPLX:PTHs)
"""


def _end(bel: str, function: str, namespace: str, name: str) -> dict[str, object]:
    return {"bel": bel, "function": function, "concept": {"namespace": namespace, "name": name}}


def _lines() -> str:
    pth = _end("p(HGNC:PTH)", "Protein", "HGNC", "PTH")
    calcitriol = _end("a(CHEBI:calcitriol)", "Abundance", "CHEBI", "calcitriol")
    paper = {"citation": {"namespace": "pubmed", "identifier": "111"}}
    return "".join(
        f"{json.dumps(row)}\n"
        for row in (
            {"pybel_version": "0.15.5", "document_metadata": {"name": "four"}},
            {"source": pth, "target": calcitriol, "relation": "increases", "evidence": "more"}
            | paper,
            {"source": calcitriol, "target": pth, "relation": "decreases", "evidence": "less"}
            | paper,
            {
                "source": calcitriol,
                "target": _end("p(HGNC:CASR)", "Protein", "HGNC", "CASR"),
                "relation": "causesNoChange",
                "evidence": "less",
            }
            | paper,
            {
                "source": pth,
                "target": _end("p(FPLX:PTHs)", "Protein", "FPLX", "PTHs"),
                "relation": "isA",
            },
        )
    )


def _nanopubs() -> str:
    def nanopub(text: str, *assertions: tuple[str, str, str]) -> dict[str, object]:
        parts = ("subject", "relation", "object")
        return {
            "nanopub": {
                "citation": {"database": {"name": "PubMed", "id": "111"}},
                "assertions": [
                    dict(zip(parts, assertion, strict=True)) for assertion in assertions
                ],
                "evidence": text,
                "id": text,
            }
        }

    more = ("p(HGNC:PTH)", "->", "a(CHEBI:calcitriol)")
    less = ("a(CHEBI:calcitriol)", "decreases", "p(HGNC:PTH)")
    no = ("a(CHEBI:calcitriol)", "causesNoChange", "p(HGNC:CASR)")
    return json.dumps([nanopub("more", more), nanopub("less", less, no)])


def test_what_pybel_writes_says_the_same_as_a_script_as_lines_and_as_nanopublications(
    tmp_path: Path,
) -> None:
    read = {}
    for name, text in {
        "four.bel": _SCRIPT, "four.jsonl": _lines(), "four.json": _nanopubs()
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text)
        report = Report()
        read[name] = formats.load(tmp_path / name, report=report)
        signs = (report.signs["positive"], report.signs["negative"], report.signs["negated"])
        assert (signs, report.evidence, report.papers) == ((1, 1, 1), 3, 1), name
    changes = [
        {
            (s.subject, s.predicate, s.object, tuple(e.summary for e in s.evidence))
            for s in graph.statements.values()
            if s.predicate != "subclass_of"
        }
        for graph in read.values()
    ]
    assert changes[0] == changes[1] == changes[2]


def test_a_nanopublication_may_say_something_of_a_statement_and_cite_nothing(
    tmp_path: Path,
) -> None:
    assertion = {"subject": "a(CHEBI:18420)", "relation": "decreases",
            "object": "(p(HGNC:PTH) increases bp(GO:growth))"}  # fmt: skip
    row = {"nanopub": {"citation": {"reference": "unknown"}, "assertions": [assertion], "more": 1}}
    path = tmp_path / "one.json"
    path.write_text(json.dumps([row]))
    left = Leftovers()
    graph = formats.load(path, left=left)
    (statement,) = graph.statements.values()
    assert graph.name(statement.object) == "(p(HGNC:PTH) increases bp(GO:growth))"
    assert not statement.evidence
    assert list(left.lines()) == [
        "1 key of a nanopublication was left out: more (1); first at [0]",
        "1 citation was left out: that names nothing (1); first at [0]",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"pybel_version": "0.15.5"}\n{"relation": "increases"}\n', "bad.json:2: the line is no"),
        ('[{"nanopub": {"assertions": [{"relation": "x"}]}}]', "lacks one of its three parts"),
        ('[{"nanopub": {"assertions": 1, "relation": 1}}]', "has no assertions"),
    ],
)
def test_json_of_bel_that_is_none_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=problem):
        formats.load(path)
