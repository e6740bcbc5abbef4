"""The selection language: what each selector takes, how they combine, and how mistakes are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.errors import NotFound, SelectionError, TrabeculaError
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.reason import paths
from trabecula.selection import MAX_DEPTH, SELECTORS, And, Call, Not, Or, parse


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, topic: str = "") -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, topic=topic, evidence=rows
    )


TRIAL = Evidence(
    source="PMID:1",
    strength="direct",
    method="randomised-trial",
    species="human",
    summary="A trial.",
)
RAT = Evidence(source="PMID:2", strength="direct", method="animal-study", species="rat")
AGAINST = Evidence(source="PMID:2", stance="disputes", strength="direct")
SAID = Evidence(source="article", strength="asserted", summary="Ionised magnesium falls.")

# a -activates-> b -inhibits-> c -part_of-> d;  b -requires-> e;  f -associated_with- c
GRAPH = Graph(
    [
        *(Entity(id=key, name=key.upper(), category="chemical") for key in "abef"),
        Entity(id="c", name="gamma cell", category="cell", synonyms=("γ cell, large",)),
        Entity(id="d", name="D", category="anatomy"),
        Source(id="PMID:1", xrefs=("doi:10.1000/x",)),
        Source(id="PMID:2"),
        Source(id="article", kind="article"),
        edge("a", "activates", "b", TRIAL, topic="energy"),
        edge("b", "inhibits", "c", RAT, TRIAL, AGAINST, topic="energy"),
        edge("b", "requires", "e", SAID, topic="pth"),
        edge("c", "part_of", "d", RAT, topic="pth"),
        edge("f", "associated_with", "c", AGAINST, topic="pth"),
    ]
)
NAMES = {
    "ab": ("a", "activates", "b"),
    "bc": ("b", "inhibits", "c"),
    "be": ("b", "requires", "e"),
    "cd": ("c", "part_of", "d"),
    "fc": ("f", "associated_with", "c"),
}


def chosen(expression: str) -> set[str]:
    """The statements selected, by the short names above."""
    short = {key: name for name, key in NAMES.items()}
    selected = GRAPH.select(expression).statements.values()
    return {short[s.subject, s.predicate, s.object] for s in selected}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("all()", {"ab", "bc", "be", "cd", "fc"}),
        ("core()", {"ab", "bc", "be", "cd", "fc"}),  # a small graph is its own core
        ("near(a)", {"ab"}),
        ("near(a, 1)", {"ab"}),
        ("near(a, 2)", {"ab", "bc", "be"}),
        ("near(c, 1)", {"bc", "cd", "fc"}),
        ("near(d, 9)", {"ab", "bc", "be", "cd", "fc"}),
        # Influence: e acts on b, which requires it; part of and association carry none.
        ("upstream(c)", {"ab", "bc", "be"}),
        ("upstream(c, 1)", {"bc"}),
        ("downstream(e)", {"be", "bc"}),
        ("downstream(e, 1)", {"be"}),
        ("downstream(c)", set()),
        # a acts on b and b on c; e acts on b, which requires it.
        ("path(a, c)", {"ab", "bc"}),
        ("path(e, c, 2)", {"be", "bc"}),
        ("path(e, c, 1)", set()),
        ("path(a, e)", set()),
        ("path(a, d)", set()),
        ("subject(a, f)", {"ab", "fc"}),
        ("object(c)", {"bc", "fc"}),
        ("predicate(inhibits, requires)", {"bc", "be"}),
        ("category(cell)", {"bc", "cd", "fc"}),
        ("sign(+)", {"ab", "be"}),
        ("sign(-)", {"bc"}),
        ("sign(−)", {"bc"}),
        ("sign(+, −) & !sign(·)", {"ab", "be", "bc"}),
        ("sign(0)", {"cd", "fc"}),
        ("status(contested)", {"bc"}),
        ("status(refuted, asserted-only)", {"fc", "be"}),
        ("evidence(human)", {"ab", "bc"}),
        ("evidence(human, rct)", {"ab", "bc"}),
        # One and the same piece of evidence has to fit.
        ('evidence("Homo sapiens", RCT)', {"ab", "bc"}),
        ("evidence(rat, rct)", set()),
        ("evidence(disputes)", {"bc", "fc"}),
        ("source(PMID:2)", {"bc", "cd", "fc"}),
        ("source(pmid:02)", {"bc", "cd", "fc"}),
        ("source(doi:10.1000/x)", {"ab", "bc"}),
        ("source(DOI:10.1000/X)", {"ab", "bc"}),
        ('source("https://doi.org/10.1000/X")', {"ab", "bc"}),
        ("topic(energy)", {"ab", "bc"}),
        ('text("ionised magnesium")', {"be"}),
        ("text(gamma)", {"bc", "cd", "fc"}),
    ],
)
def test_each_selector_takes_exactly_its_statements(expression: str, expected: set[str]) -> None:
    assert chosen(expression) == expected


# As above, and g -acts-> h, of which nothing else is known: neither ends, topic nor evidence.
OPEN = GRAPH | Graph([edge("g", "acts", "h")])


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("topic(not stated)", {"gh"}),
        ("category(not stated)", {"gh"}),
        # Any of them, in any piece of evidence but the article's own words.
        ("study(rct)", {"ab", "bc"}),
        ("study(rct, animal-study)", {"ab", "bc", "cd"}),
        ("study(not stated)", {"bc", "be", "fc", "gh"}),
        ("species(rat)", {"bc", "cd"}),
        ("species(NCBITaxon:10116)", {"bc", "cd"}),
        ("species(human, rat)", {"ab", "bc", "cd"}),
        ("species(not stated)", {"bc", "be", "fc", "gh"}),
        # The trial and the animal study are two sources for bc; the article is none.
        ("sources(1)", {"ab", "bc", "cd"}),
        ("sources(2)", {"bc"}),
        ("sources(3)", set()),
        ("influence()", {"ab", "bc", "be"}),
        ("sign(0) & !influence()", {"cd", "fc", "gh"}),
        ("statement({ab}, {fc})", {"ab", "fc"}),
    ],
)
def test_selectors_know_what_is_left_open(expression: str, expected: set[str]) -> None:
    ids = {f"{s.subject}{s.object}": s.id for s in OPEN.statements.values()}
    selected = OPEN.select(expression.format_map(ids)).statements.values()
    assert {f"{s.subject}{s.object}" for s in selected} == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("topic(energy) & predicate(activates)", {"ab"}),
        ("topic(energy) | predicate(requires)", {"ab", "bc", "be"}),
        ("!topic(energy)", {"be", "cd", "fc"}),
        ("!!topic(energy)", {"ab", "bc"}),
        # ! binds tightest, then &, then |.
        ("predicate(part_of) | topic(energy) & !sign(-)", {"cd", "ab"}),
        ("(predicate(part_of) | topic(energy)) & !sign(-)", {"cd", "ab"}),
        ("(predicate(requires) | topic(energy)) & sign(-)", {"bc"}),
        ("  near( a ,1 )  ", {"ab"}),
    ],
)
def test_selectors_combine(expression: str, expected: set[str]) -> None:
    assert chosen(expression) == expected


@pytest.mark.parametrize("name", ["c", "C", "gamma cell", "Gamma CELL", '"γ cell, large"'])
def test_names_are_ids_labels_or_synonyms_in_any_case(name: str) -> None:
    assert chosen(f"near({name})") == {"bc", "cd", "fc"}


def test_the_part_holds_the_ends_and_the_sources_of_its_statements_and_no_more() -> None:
    part = GRAPH.select("near(a)")
    assert list(part.entities) == ["a", "b"]
    assert list(part.sources) == ["PMID:1"]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("", "the selection is empty; all() selects everything\n  \n  ^"),
        ("near(a", "expected , or ) here; names with marks in them need quotes\n  near(a\n        ^"),
        ("near(a) near(b)", "expected & or | here\n  near(a) near(b)\n          ^"),
        ("near(a) &", "expected a selector such as near(magnesium, 2) here\n  near(a) &\n           ^"),
        ("nera(a)", "unknown selector 'nera'; did you mean near?\n  nera(a)\n  ^"),
        ("near()", "near is written near(entity, steps)\n  near()\n  ^"),
        ("near(a, 2, 3)", "near is written near(entity, steps)\n  near(a, 2, 3)\n  ^"),
        ('text("a', "this quotation mark is never closed\n  text(\"a\n       ^"),
        ("(near(a)", "expected ) here\n  (near(a)\n          ^"),
        ("near(a, zero)", "'zero' is no number of steps: give 1, 2, 3 …"),
        ("near(a, 0)", "'0' is no number of steps: give 1, 2, 3 …"),
        ("near(a, -1)", "'-1' is no number of steps: give 1, 2, 3 …"),
        ("sources(some)", "'some' is no number of sources: give 1, 2, 3 …"),
        ("sources(0)", "'0' is no number of sources: give 1, 2, 3 …"),
        ("path(a)", "path is written path(from, to) or path(from, to, steps)\n  path(a)\n  ^"),
        ("path(a, A)", "start and end are both a; a path leads to something else"),
        ("path(a, c, 9)", "9 is no number of steps for a path: give 1 to 8"),
        ("path(a, c, none)", "'none' is no number of steps: give 1, 2, 3 …"),
        ("near(a 2)", "'a 2' is no name: a number of steps stands behind a comma, as in a, 2"),
        ("path(a, c 2)", "'c 2' is no name: a number of steps stands behind a comma, as in c, 2"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(expression: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        GRAPH.select(expression)
    assert str(caught.value) == message


def test_a_number_in_a_name_is_no_number_of_steps() -> None:
    cation = Entity(id="x-ion", name="x ion", category="chemical", synonyms=("x(2+)",))
    caspases = (Entity(id=f"c{n}", name=f"caspase{n}", category="protein") for n in ("", "-3"))
    graph = Graph([cation, Entity(id="x", name="x", category="chemical"), *caspases,
                   edge("x-ion", "activates", "c-3")])  # fmt: skip
    assert len(graph.select('near("x(2+)")')) == len(graph.select("near(caspase 3)")) == 1
    with pytest.raises(SelectionError, match="comma, as in x, 2"):
        graph.select("near(x 2)")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ('near("gama cell")', "no entity is called 'gama cell'; did you mean c?"),
        ("predicate(inhibit)", "unknown predicate 'inhibit'; did you mean inhibits?"),
        ("status(contestd)", "unknown status 'contestd'; did you mean contested?"),
        ("topic(enrgy)", "unknown topic 'enrgy'; did you mean energy?"),
        ("category(cel)", "unknown category 'cel'; did you mean cell?"),
        ("species(hman)", "unknown species 'hman'; did you mean human?"),
        ("study(chort)", "unknown type of study 'chort'; did you mean cohort?"),
        ("statement(3f09)", "no statement has the id '3f09'"),
        ("source(PMID:3)", "unknown source 'PMID:3'"),
        ("source(PMD:2)", "unknown source 'PMD:2'; did you mean PMID:2?"),
        ("sign(plus)", "unknown sign 'plus'; known: +, -, 0"),
    ],
)  # fmt: skip
def test_an_unknown_name_fails_with_the_nearest(expression: str, message: str) -> None:
    with pytest.raises(NotFound) as caught:
        GRAPH.select(expression)
    assert str(caught.value) == message


def test_nesting_has_a_limit_and_says_so() -> None:
    deepest = "(" * (MAX_DEPTH - 1) + "all()" + ")" * (MAX_DEPTH - 1)
    assert parse(deepest) == Call("all", ())
    with pytest.raises(SelectionError, match=f"more than {MAX_DEPTH} levels of nesting"):
        parse(f"({deepest})")


def test_the_tree_has_one_node_for_a_chain() -> None:
    a, b, c = Call("all", ()), Call("near", ("x",)), Not(Call("all", ()))
    assert parse("all() & near(x) & !all()") == And((a, b, c))
    assert parse("all() | near(x) | !all()") == Or((a, b, c))


def test_too_many_paths_are_refused_rather_than_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    # The only path takes two steps, to b and on to c; the search may try one.
    monkeypatch.setattr(paths, "BOUND", 1)
    with pytest.raises(SelectionError) as caught:
        GRAPH.select("path(a, c)")
    assert str(caught.value) == (
        "there are too many paths from a to c to look at those of 2 steps; ask for at most 1"
    )


@given(st.text(alphabet='abnear()&|!," 2+-', max_size=60))
def test_any_text_is_parsed_or_refused_with_a_reason(text: str) -> None:
    try:
        GRAPH.select(text)
    except TrabeculaError as error:
        assert str(error)  # noqa: PT017 - any other exception fails the test


def test_every_selector_is_documented() -> None:
    import trabecula.selection

    documented = trabecula.selection.__doc__ or ""
    assert [name for name in SELECTORS if f"`{name}(" not in documented] == []


def test_the_id_of_a_source_means_it_whoever_refers_to_it() -> None:
    graph = Graph(
        [
            Source(id="PMID:1"),
            Source(id="PMID:2", xrefs=("PMID:1", "doi:10.1000/both")),
            Source(id="PMID:4", xrefs=("doi:10.1000/both",)),
            edge("a", "activates", "b", Evidence(source="PMID:1")),
            edge("b", "activates", "c", Evidence(source="PMID:2")),
            edge("c", "activates", "d", Evidence(source="PMID:4")),
            edge("d", "activates", "e", Evidence(source="PMID:9")),
        ]
    )
    subjects = {
        name: [s.subject for s in graph.select(f"source({name})").statements.values()]
        for name in ("PMID:1", "PMID:2", "doi:10.1000/both", "PMID:9")
    }
    assert subjects == {
        "PMID:1": ["a"],
        "PMID:2": ["b"],
        "doi:10.1000/both": ["b", "c"],
        "PMID:9": ["d"],  # the graph has no record of it, but evidence from it
    }


def test_a_source_like_none_of_many_is_told_some_of_them() -> None:
    graph = Graph(Source(id=f"PMID:{number}") for number in range(100, 150))
    with pytest.raises(NotFound, match=r"known: PMID:100, .*, PMID:139, and 10 more$"):
        graph.select("source(nowhere)")
