"""The library of queries: each runs on the shipped graph, and parameters are nothing but values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trabecula.errors import NotFound, QueryError
from trabecula.graph import Graph
from trabecula.model import About, Entity, Statement
from trabecula.sparql import NamedQuery, Session, bind, library, lint, named, shorten
from trabecula.sparql.catalogue import parsed, worded
from trabecula.sparql.tokens import tokens
from trabecula.vocabulary import PREDICATES, Predicate

#: Values for parameters that must be given.
GIVEN = {"text": "bone", "predicate": "inhibits"}
NAMES = sorted(library())


@pytest.fixture(scope="module")
def session(shipped: Graph) -> Iterator[Session]:
    with Session(shipped) as session:
        yield session


def given_values(query: NamedQuery) -> dict[str, str]:
    return {p.name: GIVEN[p.type] for p in query.parameters if p.default is None}


def asked(graph: Graph, name: str, **params: str) -> list[tuple[str, ...]]:
    """The rows of a named query, with short names and without its last column."""
    with Session(graph) as session:
        result = session.query(bind(named(name), params, graph))
    assert result.warnings == ()
    return [
        tuple("" if term is None else shorten(term.value) for term in row) for row in result.rows
    ]


# --- Every query --------------------------------------------------------------------------------


def test_there_are_queries_and_their_names_are_unique() -> None:
    names = [name for query in library().values() for name in (query.name, *query.also)]
    assert len(NAMES) >= 15
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_query_runs_without_warnings(name: str, session: Session, shipped: Graph) -> None:
    text = bind(library()[name], given_values(library()[name]), shipped)
    assert session.query(text).warnings == ()
    assert lint(text, shipped) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_query_uses_every_parameter_and_declares_no_prefix(name: str) -> None:
    query = library()[name]
    used = {t.text[1:] for t in tokens(query.text) if t.kind == "variable" and t.text[0] == "$"}
    assert used == {parameter.name for parameter in query.parameters}
    assert "PREFIX" not in query.text.upper()


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_query_says_how_its_rows_are_sorted(name: str) -> None:
    # Without it the rows are sorted too, but rarely in the order a person wants.
    body = library()[name].text
    assert ("ORDER BY" in body) != ("CONSTRUCT" in body)


@pytest.mark.parametrize(("name", "end"), [("acts-on", "subject"), ("what-acts-on", "object")])
def test_the_predicates_that_carry_influence_are_those_of_the_vocabulary(
    name: str, end: str
) -> None:
    forward, reverse = (
        set(re.findall(r"tb:(\w+)", values))
        for values in re.findall(r"VALUES \?predicate \{([^}]*)\}", library()[name].text)
    )
    by_influence = {
        way: {row.name for row in PREDICATES.values() if row.influence in (way, "both")}
        for way in ("forward", "reverse")
    }
    assert forward == by_influence["forward"]
    assert reverse == by_influence["reverse"]
    # The first list goes with statements that have the entity at this end.
    assert library()[name].text.index(f"rdf:{end} $entity") < library()[name].text.index("UNION")


def test_predicates_of_a_graphs_own_carry_influence_too() -> None:
    """A file of SIGNOR has none of ours."""
    own = Predicate(
        name="phosphorylates", label="phosphorylates", inverse="", inverse_label="",
        definition="", sign=1, influence="forward",
    )  # fmt: skip
    back = replace(own, name="feeds_on", label="feeds on", influence="reverse")
    named = [Entity(id=key, name=key, category="protein") for key in "wxyz"]
    graph = Graph(
        [
            About(predicates=(own, back)),
            *named,
            Statement(subject="x", predicate="phosphorylates", object="y"),
            Statement(subject="z", predicate="feeds_on", object="x"),
            Statement(subject="x", predicate="biolink:treats", object="w"),
            Statement(subject="x", predicate="biolink:is_new", object="z"),
            Statement(subject="x", predicate="nobody_defines_it", object="y"),
        ]
    )
    assert [row[0] for row in asked(graph, "acts-on", entity="x")] == [
        "entity:w", "entity:y", "entity:z",
    ]  # fmt: skip
    assert [row[0] for row in asked(graph, "what-acts-on", entity="y")] == ["entity:x"]
    once = worded(library()["acts-on"].text, graph)
    assert worded(once, graph) == once


# --- What some of them find in the graph made by hand -------------------------------------------


def test_who_requires_magnesium(tiny: Graph) -> None:
    rows = asked(tiny, "who-requires-magnesium")
    assert [row[:4] for row in rows] == [("CL:0000062", "osteoblast", "title-only", "1")]
    assert asked(tiny, "who-requires", entity="Mg") == rows
    assert asked(tiny, "who-requires", entity="PTH") == []


def test_what_acts_on_an_entity_follows_influence_and_leaves_out_what_is_refuted(
    tiny: Graph,
) -> None:
    assert [row[:5] for row in asked(tiny, "what-acts-on", entity="osteoblast")] == [
        ("entity:magnesium", "magnesium", "tb:activates", "1", "supported"),
        ("entity:pth", "PTH", "tb:inhibits", "-1", "contested"),
        ("entity:magnesium", "magnesium", "tb:requires", "1", "title-only"),
        ("entity:pth", "PTH", "tb:activates", "1", "asserted-only"),
    ]
    assert [row[:3] for row in asked(tiny, "acts-on", entity="magnesium")] == [
        ("CL:0000062", "osteoblast", "tb:activates"),
        ("CL:0000062", "osteoblast", "tb:requires"),
    ]


def test_signed_neighbours_show_both_directions(tiny: Graph) -> None:
    assert [row[:6] for row in asked(tiny, "signed-neighbours", entity="magnesium")] == [
        ("entity:pth", "PTH", "out", "tb:decreases", "-1", "refuted"),
        ("CL:0000062", "osteoblast", "in", "tb:requires", "1", "title-only"),
        ("CL:0000062", "osteoblast", "out", "tb:activates", "1", "supported"),
    ]


def test_conflicting_signs(tiny: Graph) -> None:
    assert asked(tiny, "conflicting-signs") == [
        (
            "entity:pth",
            "PTH",
            "CL:0000062",
            "osteoblast",
            "PTH activates osteoblast (pattern intermittent)",
            "PTH inhibits osteoblast (pattern continuous)",
        )
    ]


def test_statuses_have_a_query_each(tiny: Graph) -> None:
    assert [row[1:4] for row in asked(tiny, "contested")] == [
        ("PTH inhibits osteoblast (pattern continuous)", "1", "1")
    ]
    assert [row[1:] for row in asked(tiny, "refuted-claims")] == [
        ("magnesium decreases PTH", "source:survey", "", "No trace of it.")
    ]
    assert [row[1:3] for row in asked(tiny, "asserted-only-claims")] == [
        ("PTH activates osteoblast (pattern intermittent)", "pth")
    ]
    assert [row[1] for row in asked(tiny, "statements-by-status", status="title-only")] == [
        "osteoblast requires magnesium"
    ]


def test_disputes_of_the_article(tiny: Graph) -> None:
    assert [row[:3] for row in asked(tiny, "disputes-of-the-article")] == [
        ("magnesium decreases PTH", "refuted", "source:survey")
    ]


def test_evidence_for_an_entity_shows_both_sides(tiny: Graph) -> None:
    assert [(row[1], row[2], row[6]) for row in asked(tiny, "evidence-for", entity="pth")] == [
        ("PTH activates osteoblast (pattern intermittent)", "supports", "source:article"),
        ("PTH inhibits osteoblast (pattern continuous)", "disputes", "source:survey"),
        ("PTH inhibits osteoblast (pattern continuous)", "qualifies", "source:comment"),
        ("PTH inhibits osteoblast (pattern continuous)", "supports", "doi:10.5555/12345678(1)"),
        ("magnesium decreases PTH", "disputes", "source:survey"),
        ("magnesium decreases PTH", "supports", "source:article"),
    ]


def test_human_evidence_leaves_out_reviews_and_other_species(tiny: Graph) -> None:
    assert [row[:5] for row in asked(tiny, "human-evidence", entity="osteoblast")] == [
        (
            "magnesium activates osteoblast",
            "supports",
            "direct",
            "randomised-trial",
            "doi:10.5555/12345678(1)",
        )
    ]


def test_statements_of_a_source(tiny: Graph) -> None:
    assert [row[1:5] for row in asked(tiny, "statements-of-a-source", source="comment")] == [
        ("PTH inhibits osteoblast (pattern continuous)", "qualifies", "review", "contested"),
        ("magnesium activates osteoblast", "supports", "review", "supported"),
        ("osteoblast requires magnesium", "supports", "title-only", "title-only"),
    ]


def test_sources_by_study_type_count_what_was_read(tiny: Graph) -> None:
    assert asked(tiny, "sources-by-study-type") == [
        ("cohort", "1", "1", "4"),
        ("randomised-trial", "1", "1", "2"),
        ("review", "1", "0", "3"),
        ("website", "1", "0", "2"),
    ]


def test_coverage_by_topic(tiny: Graph) -> None:
    assert asked(tiny, "coverage-by-topic") == [
        ("bone-remodelling", "2", "2", "0", "0", "0", "0", "3"),
        ("pth", "3", "0", "1", "1", "0", "1", "4"),
    ]


def test_entities_without_identifier(tiny: Graph) -> None:
    assert [(row[0], row[3]) for row in asked(tiny, "entities-without-identifier")] == [
        ("entity:magnesium", "CHEBI:25107"),
        ("entity:fish-oil", ""),
        ("entity:bmd", ""),
    ]


def test_best_supported_takes_a_number(tiny: Graph) -> None:
    assert [row[1:3] for row in asked(tiny, "best-supported", count="1")] == [
        ("magnesium activates osteoblast", "2")
    ]


def test_find_looks_into_synonyms_whatever_they_hold(tiny: Graph) -> None:
    assert [row[0] for row in asked(tiny, "find", text="'BEST' {oil}; 100 %, \\n not")] == [
        "entity:fish-oil"
    ]


def test_what_a_source_supports_comes_from_its_own_graph(tiny: Graph) -> None:
    assert asked(tiny, "what-a-source-supports", predicate="decreases") == [
        ("source:article", "entity:magnesium", "entity:pth")
    ]


def test_the_subgraph_of_an_entity_holds_its_statements_with_their_evidence(tiny: Graph) -> None:
    result_of = bind(named("construct-subgraph"), {"entity": "bmd"}, tiny)
    with Session(tiny) as session:
        triples = session.query(result_of).triples
    pairs = {
        (shorten(triple.predicate.value), getattr(triple.object, "value", "")) for triple in triples
    }
    assert {
        ("rdfs:label", "bone mineral density"),
        ("rdfs:label", "magnesium"),
        ("rdfs:label", "not: magnesium increases bone mineral density"),
        ("tb:summary", "No change."),
        ("dct:identifier", "survey"),
    } <= pairs
    # It is negated, so the plain triple is not there; and nothing of other statements is.
    assert "tb:increases" not in {predicate for predicate, _ in pairs}
    assert ("rdfs:label", "PTH") not in pairs


def test_the_steps_to_active_vitamin_d_require_magnesium(shipped: Graph, session: Session) -> None:
    rows = session.query(bind(named("steps-of-a-topic"), {}, shipped)).rows
    parts = {tuple("" if term is None else shorten(term.value) for term in row)[:4] for row in rows}
    last = ("entity:calcidiol-1-monooxygenase-activity", "calcidiol 1-alpha-hydroxylation")
    assert {
        (*last, "1 uses", "entity:calcidiol"),
        (*last, "2 yields", "entity:calcitriol"),
        (*last, "3 is catalysed by", "entity:cyp27b1"),
        (*last, "4 requires", "entity:magnesium"),
    } <= parts


# --- Parameters ---------------------------------------------------------------------------------


def template(kind: str, body: str = "SELECT ($x AS ?y) { }") -> NamedQuery:
    return parsed("t", f"# title: T\n# param: x {kind} required a value\n{body}\n")


def test_an_entity_is_found_by_any_of_its_names(tiny: Graph) -> None:
    iri = "<https://w3id.org/trabecula/entity/pth>"
    for name in ("pth", "Parathyroid Hormone", "PR:000013429"):
        assert iri in bind(template("entity"), {"x": name}, tiny)
    assert "<http://purl.obolibrary.org/obo/CL_0000062>" in bind(
        template("entity"), {"x": "osteoblast"}, tiny
    )


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("integer", "007", "7"),
        ("predicate", "requires", "<https://w3id.org/trabecula/ontology#requires>"),
        ("predicate", "is part of", "<https://w3id.org/trabecula/ontology#part_of>"),
        ("predicate", "RO:0002211", "<http://purl.obolibrary.org/obo/RO_0002211>"),
        ("source", "comment", "<https://w3id.org/trabecula/source/comment>"),
        ("status", "refuted", '"refuted"'),
        ("topic", "pth", '"pth"'),
        ("text", "$x ?y", '"$x ?y"'),
    ],
)
def test_a_value_becomes_one_term(tiny: Graph, kind: str, value: str, term: str) -> None:
    assert (
        bind(template(kind), {"x": value}, tiny).splitlines()[-1] == f"SELECT ({term} AS ?y) {{ }}"
    )


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("integer", "-1", "whole number"),
        ("integer", "1 } INSERT DATA { }", "whole number"),
        ("integer", "٣", "whole number"),
        ("predicate", "requires> ?x", "unknown predicate"),
        ("predicate", "requres", "did you mean requires"),
        ("predicate", "tb:x> <http://h/", "tb:x"),
        ("status", "suported", "did you mean supported"),
        ("topic", "pht", "did you mean pth"),
        ("text", "\ud800", "t: x="),
    ],
)
def test_a_value_that_does_not_fit_is_an_error(
    tiny: Graph, kind: str, value: str, told: str
) -> None:
    with pytest.raises((QueryError, NotFound)) as error:
        bind(template(kind), {"x": value}, tiny)
    assert told in str(error.value)


@pytest.fixture(scope="module")
def asking() -> Iterator[Session]:
    with Session(Graph()) as session:
        yield session


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
@example('" } INSERT DATA { <a:a> <a:b> "')
@example("'''\"\"\"\\")
@example("\\u0022 . } # \n")
@example('"@en')
@example("a\r\n\t\x00\x0b\u2028\u202e")
@example("SERVICE <http://127.0.0.1/> { }")
def test_text_stays_the_text_it_is(asking: Session, text: str) -> None:
    result = asking.query(bind(template("text"), {"x": text}, Graph()))
    (((term,),),) = (result.rows,)
    assert term is not None
    assert term.value == text


def test_a_parameter_in_a_string_a_comment_or_a_variable_is_left_alone(tiny: Graph) -> None:
    body = "SELECT ('$x' AS ?x) ($x AS ?y) { } # $x"
    assert bind(template("text", body), {"x": "1"}, tiny).splitlines()[-1] == (
        "SELECT ('$x' AS ?x) (\"1\" AS ?y) { } # $x"
    )


def test_unknown_and_missing_parameters_are_told(tiny: Graph) -> None:
    with pytest.raises(
        QueryError, match=r"who-requires: unknown parameter 'entty'; did you mean entity"
    ):
        bind(named("who-requires"), {"entty": "magnesium"}, tiny)
    with pytest.raises(QueryError, match="the query contested takes no parameters; got 'entity'"):
        bind(named("contested"), {"entity": "magnesium"}, tiny)
    with pytest.raises(QueryError, match="find needs a value for 'text': what to look for"):
        bind(named("find"), {}, tiny)


def test_unknown_names_are_told_with_the_nearest(tiny: Graph) -> None:
    with pytest.raises(NotFound, match="no entity is called 'magnesum'; did you mean magnesium"):
        bind(named("who-requires"), {"entity": "magnesum"}, tiny)
    with pytest.raises(NotFound, match="the graph has no source 'survy'; did you mean survey"):
        bind(named("statements-of-a-source"), {"source": "survy"}, tiny)
    with pytest.raises(
        NotFound, match="no query is called 'who-require'; did you mean who-requires"
    ):
        named("who-require")
    with pytest.raises(NotFound, match="no query is called 'x'; there are: acts-on, "):
        named("x")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * { }", "query t: the first line must be '# title: …'"),
        ("# title: T\n# param: x entity", "query t: a param is 'name type default description'"),
        (
            "# title: T\n# param: x entty y z",
            "unknown type of parameter 'entty'; did you mean entity",
        ),
    ],
)
def test_a_header_that_says_too_little_is_an_error(text: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        parsed("t", text)
    assert told in str(error.value)
