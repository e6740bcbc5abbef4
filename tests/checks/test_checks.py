"""Each check sees the mistake it is for, and says nothing of a sound graph."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from trabecula import shipped
from trabecula.checks import CHECKS, check, shapes
from trabecula.errors import MOST_KEPT, NotFound
from trabecula.graph import Graph
from trabecula.model import About, Category, Entity, Evidence, Record, Source, Statement, Xref

PAPER = Source(id="PMID:1", abstract_read=True)
TITLE = Source(id="PMID:2", abstract_read=False)
ARTICLE = Source(id="article", kind="article", abstract_read=True)
A = Entity(
    id="a",
    name="alpha",
    category="chemical",
    xrefs=(Xref("exact", "CHEBI:18420", "magnesium(2+)"),),
)
B = Entity(id="b", name="beta", category="process")
FOUND = Evidence(source="PMID:1", strength="direct")
BY_TITLE = Evidence(source="PMID:2", strength="title-only")
ASSERTED = Evidence(source="article", strength="asserted")
AB = Statement(
    subject="a",
    predicate="activates",
    object="b",
    topic="t",
    evidence=(FOUND, BY_TITLE, ASSERTED),
)
SOUND: tuple[Record, ...] = (A, B, PAPER, TITLE, ARTICLE, AB)


def problems(name: str, *records: Record) -> list[str]:
    """What one check says of the sound records with these added or in their place."""
    return [f"{p.code}: {p}" for p in check(Graph([*SOUND, *records]), [name]).problems]


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        (
            "registered",
            Source(id="PMID:KEGG-ECM"),
            "bad-curie: PMID:KEGG-ECM: 'PMID:KEGG-ECM' does not fit the pattern of PMID "
            r"identifiers, \d+: look it up at its registry, or use a slug",
        ),
        (
            "registered",
            Source(id="book", xrefs=("ISBN:0-306-40615-3",)),  # the last digit should be 2
            "bad-curie: book: 'isbn:0-306-40615-3' does not fit the pattern of isbn identifiers, "
            r"97[89]\d{10}: look it up at its registry, or use a slug",
        ),
        (
            "registered",
            replace(AB, evidence=(replace(FOUND, source="doi:abc"),)),
            "bad-curie: doi:abc: 'doi:abc' does not fit the pattern of doi identifiers, "
            r"10\.\d{2,9}/\S+: look it up at its registry, or use a slug",
        ),
        (
            "papers",
            Source(id="doi:10.1/a", xrefs=("pmid:1",)),
            "source-twice: doi:10.1/a: it is the same paper as PMID:1, and both count as one: "
            "merge the two records",
        ),
        (
            "standing",
            Source(id="PMID:1", abstract_read=True, standing="retracted"),
            "retracted-source: PMID:1: it was retracted, and 1 piece of evidence does not count: "
            "look for another source",
        ),
        (
            "standing",
            Source(id="PMID:1", abstract_read=True, standing="Expression of concern"),
            "doubtful-source: PMID:1: its publisher has expressed concern, and 1 piece of evidence "
            "counts: look for another source",
        ),
        (
            "standing",
            Source(id="PMID:1", abstract_read=True, title="Retraction: Zinc and bone"),
            "unclear-standing: PMID:1: its title or its note speaks of retracting, and it counts: "
            "write retracted into standing if it was; else say it in other words",
        ),
        (
            "standing",
            Source(id="PMID:1", abstract_read=True, title="Withdrawn - Zinc and bone"),
            "unclear-standing: PMID:1: its title begins as those of papers that were withdrawn, "
            "and it counts: write retracted into standing if it was",
        ),
        (
            "standing",
            Source(id="PMID:1", abstract_read=True, standing="partly retracted"),
            "unclear-standing: PMID:1: 'partly retracted' is no standing that is known, and it "
            "counts: write one of retracted, corrected, expression-of-concern",
        ),
    ],
)
def test_a_source_that_is_not_what_it_seems_is_told(
    name: str, record: Record, expected: str
) -> None:
    assert expected in problems(name, record)
    assert len(problems(name, record)) == 1


def test_one_paper_without_a_common_identifier_is_suspected_by_its_title() -> None:
    title = "Daily oral magnesium supplementation suppresses bone turnover"
    first = Source(id="PMID:8", title=f"{title}.", year="1998")
    second = Source(id="PMID:9", title=title.upper(), year="1998")
    assert problems("papers", first, second) == [
        "same-title: PMID:9: PMID:8 has the same title and year: give the identifier of the one to "
        "the other, or both one group"
    ]
    assert problems("papers", first, replace(second, year="1999")) == []
    assert problems("papers", *(replace(s, group="g") for s in (first, second))) == []
    assert problems("papers", *(replace(s, title="Editorial") for s in (first, second))) == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_sound_graph_has_no_problems(name: str) -> None:
    outcome = check(Graph(SOUND), [name])
    assert (outcome.problems, outcome.ran) == ((), (name,))


def with_evidence(*rows: Evidence) -> Statement:
    return replace(AB, predicate="inhibits", evidence=rows)


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        (
            "evidence",
            with_evidence(replace(FOUND, stance="qualifies")),
            "no-evidence: t.tsv: a inhibits b: no source takes a side: add the source that supports"
            " or disputes it, or remove the statement",
        ),
        (
            "strength",
            with_evidence(replace(FOUND, source="article")),
            "strength-of-source: t.tsv: a inhibits b: strength direct does not fit article, a source"
            " of kind article: use asserted",
        ),
        (
            "strength",
            with_evidence(replace(FOUND, source="PMID:2")),
            "strength-of-source: t.tsv: a inhibits b: strength direct does not fit PMID:2, a source"
            " of kind paper that was not read: use title-only",
        ),
        (
            "strength",
            with_evidence(replace(FOUND, strength="asserted")),
            "strength-of-source: t.tsv: a inhibits b: strength asserted does not fit PMID:1, a source"
            " of kind paper: use direct, association or review",
        ),
        (
            "contradiction",
            with_evidence(FOUND, replace(FOUND, stance="disputes")),
            "contradictory-evidence: t.tsv: a inhibits b: PMID:1 supports and disputes it in the same"
            " context: say in the context column how the two findings differ",
        ),
        (
            "names",
            Entity(id="c", name="Alpha", category="cell"),
            "ambiguous-name: c: a is called 'Alpha' too: give one of them another name",
        ),
        (
            "identifiers",
            Entity(id="c", name="gamma", category="cell", xrefs=A.xrefs),
            "identifier-twice: c: a is exactly CHEBI:18420 too: merge the two entities, or correct the"
            " match of one",
        ),
        (
            "unused",
            Entity(id="c", name="gamma", category="cell"),
            "unused-entity: c: no statement is about it: add a statement about it, or remove the row",
        ),
        (
            "uncited",
            Source(id="PMID:3"),
            "uncited-source: PMID:3: no evidence comes from it: add what it says, or a line to"
            " graph/not-modelled.tsv that says why not",
        ),
        (
            "labels",
            replace(A, xrefs=(Xref("exact", "CHEBI:18420", "magnesium"),)),
            "label-differs: a: CHEBI:18420 is 'magnesium(2+)', not 'magnesium': copy the label of the"
            " ontology, or correct the identifier",
        ),
        (
            "labels",
            replace(A, xrefs=tuple(Xref("exact", f"CHEBI:{n}") for n in (9, 1, 5, 2, 18420))),
            "unverified-identifier: CHEBI: not in ontology/terms.tsv: 4 of its identifiers (CHEBI:1,"
            " CHEBI:2, CHEBI:5, …): look them up and add them there with their labels",
        ),
        (
            "references",
            replace(AB, object="x"),
            "dangling-entity: t.tsv: a activates x: there is no entity 'x': add the entity or correct"
            " its id",
        ),
        (
            "references",
            with_evidence(Evidence(source="PMID:9")),
            "dangling-source: t.tsv: a inhibits b: there is no source 'PMID:9': add the source or"
            " correct its id",
        ),
        (
            "vocabulary",
            replace(AB, predicate="activate"),
            "unknown-predicate: t.tsv: a activate b: unknown predicate 'activate'; did you mean"
            " activates?: use a predicate of the vocabulary, or define it under [predicates] in about.toml",
        ),
        (
            "vocabulary",
            replace(B, category="proces"),
            "unknown-category: b: unknown category 'proces'; did you mean process or"
            " protein?: use a category of the vocabulary, or define it under [categories] in about.toml",
        ),
        (
            "domains",
            replace(AB, predicate="secretes"),
            "outside-domain: t.tsv: a secretes b: the subject a is of category chemical: secretes"
            " takes cell, anatomy, material",
        ),
        (
            "mirrored",
            replace(AB, object="a"),
            "self-statement: t.tsv: a activates a: subject and object are one: a statement connects"
            " two entities",
        ),
    ],
)
def test_each_check_names_what_is_wrong(name: str, record: Record, expected: str) -> None:
    assert problems(name, record)[0] == expected


@pytest.mark.parametrize(
    ("parent", "fits"),
    [
        ("Chemical", True),
        ("Substance", True),
        ("Entity", True),
        ("Condition", False),
        ("remedy", True),
    ],
)
def test_a_category_of_the_graphs_own_is_taken_for_what_it_is_a_kind_of(
    parent: str, fits: bool
) -> None:
    drug = Category(
        name="drug",
        iri_name="drug",
        label="drug",
        definition="",
        biolink="biolink:Drug",
        parent=parent,
    )
    remedy = replace(drug, name="remedy", iri_name="remedy", parent="Intervention")
    graph = Graph(
        [
            About(categories=(drug, remedy)),
            replace(A, category="drug"),
            replace(B, category="condition"),
            replace(AB, predicate="treats"),
        ]
    )
    assert bool(check(graph, ["domains"]).problems) is not fits


def test_a_class_of_biolink_is_taken_for_the_category_that_it_is() -> None:
    for category, complaints in (("biolink:SmallMolecule", 0), ("biolink:Cell", 1)):
        graph = Graph(
            [
                replace(A, category=category),
                replace(B, category="condition"),
                replace(AB, predicate="treats"),
            ]
        )
        assert len(check(graph, ["domains"]).problems) == complaints


def test_a_symmetric_statement_is_made_once() -> None:
    forth = replace(AB, predicate="associated_with")
    back = replace(forth, subject="b", object="a")
    assert problems("mirrored", forth, back) == [
        "both-directions: t.tsv: a associated_with b: associated_with is symmetric and stands in"
        " both directions: keep one direction with the evidence of both"
    ]


def test_groups_apart_from_the_largest_are_named() -> None:
    lone = [Entity(id=key, name=key, category="cell") for key in "cdefg"]
    ends = (("b", "c"), ("d", "e"), ("f", "e"))  # g has no statement: that is for `unused`
    rows = [replace(AB, subject=subject, object=target) for subject, target in ends]
    assert problems("connected", *lone, *rows) == [
        "unreachable: d: no statement leads from it, or from e, f, to the 3 entities of the largest"
        " part: add the statement that connects them with the rest"
    ]
    assert problems("connected", *lone[:3], *rows[:1], replace(AB, subject="d", object="d")) == [
        "unreachable: d: no statement leads from it to the 3 entities of the largest part: add the"
        " statement that connects them with the rest"
    ]


def test_a_source_may_be_uncited_where_the_list_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "what\tsource\twhy\nits title\tPMID:4, PMID:3 (ref 3)\tno relation\n"
    (tmp_path / "not-modelled.tsv").write_text(table, encoding="utf-8")
    monkeypatch.setattr(shipped, "graph", lambda: tmp_path)
    uncited = problems("uncited", *(Source(id=f"PMID:{n}") for n in (3, 4, 5)))
    assert [problem.split(": ")[1] for problem in uncited] == ["PMID:5"]


def test_findings_in_different_contexts_do_not_contradict_each_other() -> None:
    elsewhere = replace(FOUND, stance="disputes", context=(("sex", "male"),))
    assert problems("contradiction", with_evidence(FOUND, elsewhere)) == []


def test_an_unknown_check_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"unknown check 'shape'; did you mean shapes\?"):
        check(Graph(SOUND), ["shape"])


def test_warnings_are_not_errors() -> None:
    outcome = check(Graph([*SOUND, Entity(id="c", name="gamma", category="cell")]), ["unused"])
    assert (len(outcome.problems), outcome.errors) == (1, ())


def test_of_thousands_of_findings_each_is_counted() -> None:
    lone = [Entity(id=f"c{n}", name=f"n{n}", category="cell") for n in range(3000)]
    outcome = check(Graph([*SOUND, *lone]), ["unused"])
    assert (outcome.count("warning"), outcome.count("error")) == (3000, 0)
    assert len(outcome.problems) == MOST_KEPT + 1


@pytest.mark.parametrize(
    "text",
    ["2-Sep", "1-Mar", "01-Dec-24", "Sep-02", "2006-09-02 00:00:00", "2.31E+13", "#NAME?", "#N/A"],
)
def test_what_a_spreadsheet_made_of_a_name_is_named(text: str) -> None:
    for entity in (
        Entity(id="c", name=text, category="protein"),
        Entity(id="c", name="c", category="protein", synonyms=(text,)),
        Entity(id="c", name="c", category="protein", xrefs=(Xref("exact", "PR:1", text),)),
    ):
        [problem] = problems("spreadsheet", entity)
        assert problem.startswith(f"spreadsheet: c: {text!r} is ")


@pytest.mark.parametrize(
    "text", ["SEPTIN2", "DEC-1", "decorin-1", "Oct4", "1,25(OH)2D", "Mar 1", "IL-6"]
)
def test_names_that_resemble_dates_are_let_be(text: str) -> None:
    assert problems("spreadsheet", Entity(id="c", name=text, category="protein")) == []


def test_an_obsolete_label_is_named_as_such() -> None:
    term = Xref("exact", "GO:0000005", "obsolete ribosomal chaperone activity")
    entity = Entity(id="c", name="Obsolete: ribosome work", category="process", xrefs=(term,))
    assert problems("obsolete", entity) == [
        "obsolete-term: c: its name is 'Obsolete: ribosome work': "
        "use the term that replaces it in the ontology",
        "obsolete-term: c: GO:0000005 is 'obsolete ribosomal chaperone activity': "
        "use the term that replaces it in the ontology",
    ]


def test_symmetric_statements_of_a_hub_are_compared_in_no_more_than_its_size() -> None:
    def seconds(number: int) -> float:
        both = [("hub", f"n{n}") for n in range(number)] + [(f"n{n}", "hub") for n in range(number)]
        rows = [Statement(subject=s, predicate="associated_with", object=o) for s, o in both]
        graph, start = Graph(rows), time.process_time()
        assert check(graph, ["mirrored"]).count("error") == number
        return time.process_time() - start

    seconds(100)
    assert seconds(8000) < 40 * max(seconds(1000), 0.005)


def test_the_shapes_say_of_parts_what_they_say_of_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    odd = [
        Statement(subject="a", predicate="activates", object=f"nowhere{n}", evidence=(FOUND,))
        for n in range(2)
    ]
    lone = [Entity(id=f"c{n}", name=f"n{n}", category="cell") for n in range(3)]
    rows = [replace(AB, subject=f"c{n}") for n in range(3)]
    whole = problems("shapes", *odd, *lone, *rows)
    monkeypatch.setattr(shapes, "_PART", 3)
    assert len(whole) > 1
    assert problems("shapes", *odd, *lone, *rows) == whole


def test_a_large_graph_is_held_against_the_shapes_only_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shapes, "LARGE", 3)
    monkeypatch.setattr("trabecula.checks.LARGE", 0)
    outcome = check(Graph(SOUND))
    assert dict(outcome.skipped) == {
        "shapes": "more than 3 statements and pieces of evidence; use --only shapes to wait for it",
        "logic": "more than 0 statements; use --only logic to wait for it",
    }
    assert check(Graph(SOUND), ["shapes"]).ran == ("shapes",)
