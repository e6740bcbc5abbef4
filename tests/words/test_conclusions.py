"""A conclusion in words: it says no more than it rests on, and says it as one speaks of such things."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.model import About, Category, Entity, Evidence, Statement
from trabecula.reason.conclusions import Conclusions
from trabecula.words.conclusions import headline, lines, reason

REVIEW = Evidence(source="review", strength="review")
TRIAL = Evidence(source="trial", strength="direct", method="randomised-trial")
SAID = Evidence(source="article", strength="asserted")


def graph_of(*triples: str, evidence: Evidence = REVIEW, **categories: str) -> Graph:
    entities = [Entity(id=key, name=key, category=kind) for key, kind in categories.items()]
    parts = (line.split() for line in triples)
    return Graph(
        [
            *entities,
            *(
                Statement(subject=s, predicate=p, object=o, evidence=(evidence,))
                for s, p, o in parts
            ),
        ]
    )


def sentence(graph: Graph, start: str = "a", end: str = "z") -> str:
    number = graph.columns.number
    conclusion = Conclusions(graph.columns).between(number(start), number(end))
    return headline(graph, start, end, conclusion)


@pytest.mark.parametrize(
    ("predicate", "strength", "words"),
    [
        ("positively_correlated_with", "association", "contested: that a goes with more z"),
        ("negatively_correlated_with", "association", "contested: that a goes with less z"),
        ("decreases", "association", "contested: that a goes with less z"),
        ("decreases", "direct", "contested: that a lowers z"),
    ],
)
def test_what_was_only_seen_together_gets_no_verb_of_change_when_it_is_disputed(
    predicate: str, strength: str, words: str
) -> None:
    doubt = Evidence(source="doubt", strength=strength, stance="disputes")
    seen = Evidence(source="cohort", strength=strength)
    statement = Statement(subject="a", predicate=predicate, object="z", evidence=(seen, doubt))
    entities = (Entity(id=key, name=key, category="chemical") for key in "az")
    assert sentence(Graph([*entities, statement])) == words


@pytest.mark.parametrize(
    ("category", "more", "less"),
    [
        ("chemical", "raises z", "lowers z"),
        ("trait", "raises z", "lowers z"),
        ("process", "promotes z", "holds back z"),
        ("function", "promotes z", "holds back z"),
        ("condition", "makes z more likely or more severe", "makes z less likely or less severe"),
        ("cell", "raises z number or activity", "lowers z number or activity"),
        ("material", "adds to z", "takes from z"),
        ("", "raises z", "lowers z"),
    ],
)
def test_the_verb_fits_the_category_of_what_is_acted_on(
    category: str, more: str, less: str
) -> None:
    assert sentence(graph_of("a increases z", z=category)) == f"a {more}: reviewed"
    assert sentence(graph_of("a decreases z", z=category)) == f"a {less}: reviewed"
    disputed = graph_of("a increases z", z=category) | graph_of(
        "a increases z", evidence=Evidence(source="o", strength="review", stance="disputes")
    )
    assert sentence(disputed) == f"contested: that a {more}"


def test_a_graph_says_the_verbs_of_its_own_categories() -> None:
    soil = Category(
        name="soil", iri_name="Soil", label="soil", definition="", biolink="biolink:NamedThing",
        parent="Entity", raised="enriches {}", lowered="depletes {}", amount="{} content",
    )  # fmt: skip
    graph = Graph([About(categories=(soil,))]) | graph_of("a decreases z", z="soil")
    assert sentence(graph) == "a depletes z: reviewed"
    chain = Graph([About(categories=(soil,))]) | graph_of(
        "a increases m", "m increases z", z="soil"
    )
    assert sentence(chain) == "suggested: with more a more z content"


def test_of_what_befalls_a_body_it_is_not_more() -> None:
    chain = ("a increases m", "m increases z")
    assert sentence(graph_of(*chain, a="chemical")) == "suggested: with more a more z"
    assert sentence(graph_of(*chain, a="condition")) == "suggested: with a more z"
    assert (
        sentence(graph_of(*chain, a="cell")) == "suggested: with more a number or activity more z"
    )
    lack = ("a deficiency_of b", "a increases m", "m increases z")
    assert sentence(graph_of(*lack, a="trait")) == "suggested: with a more z"


def test_what_was_looked_at_is_told_where_it_has_another_name() -> None:
    graph = graph_of("y level_of z", "w level_of z", "a increases y", evidence=TRIAL)
    assert sentence(graph, end="y") == "a raises y: measured in people"
    assert sentence(graph, end="z") == "a raises z: measured in people, as y"
    assert sentence(graph, end="w") == "a raises w: measured in people, as y"


def test_where_it_holds_names_what_is_lacking() -> None:
    graph = graph_of("low deficiency_of a", "low decreases z")
    assert sentence(graph) == "a raises z where a is lacking: reviewed"
    assert sentence(graph, "low") == "low lowers z: reviewed"


def test_a_lack_that_was_asked_about_is_not_said_to_be_lacking() -> None:
    low = Statement(subject="low", predicate="deficiency_of", object="a", evidence=(REVIEW,))
    graph = Graph(
        [
            low,
            *(
                Statement(
                    subject="low",
                    predicate=predicate,
                    object="z",
                    qualifiers=(("severity", severity),),
                    evidence=(REVIEW,),
                )
                for predicate, severity in (("decreases", "severe"), ("increases", "mild"))
            ),
        ]
    )

    def cases(start: str) -> list[str]:
        number = graph.columns.number
        conclusion = Conclusions(graph.columns).between(number(start), number("z"))
        return [line.words for line in lines(graph, start, "z", conclusion)][1:3]

    assert cases("low") == ["lowers z (severity severe)", "raises z (severity mild)"]
    assert cases("a") == [
        "raises z where a is lacking (severity severe)",
        "lowers z where a is lacking (severity mild)",
    ]


def test_the_article_and_names_get_no_verb_of_change() -> None:
    assert sentence(graph_of("a increases z", evidence=SAID)) == (
        "only the article implies that with more a comes more z"
    )
    names = graph_of("low deficiency_of a")
    assert sentence(names, "low", "a") == (
        "low and a name one quantity: more of the one is less of the other"
    )
    number = names.columns.number
    conclusion = Conclusions(names.columns).between(number("low"), number("a"))
    assert (
        reason(conclusion) == "what says so tells what the words mean, and not what somebody found"
    )
    assert conclusion.rests_on == tuple(names.statements)
    assert conclusion.asked == conclusion.interval == "lack"
    assert any("low is a lack of a" in line.words for line in lines(names, "low", "a", conclusion))


def test_what_depends_on_where_one_looks_says_where_it_was_denied() -> None:
    seen = Evidence(source="cage", strength="direct", species="mouse")
    doubt = Evidence(source="ward", strength="direct", species="human", stance="disputes")
    statement = Statement(subject="a", predicate="decreases", object="z", evidence=(seen, doubt))
    entities = (Entity(id=key, name=key, category="chemical") for key in "az")
    graph = Graph([*entities, statement])
    conclusion = Conclusions(graph.columns).between(
        graph.columns.number("a"), graph.columns.number("z")
    )
    told = [line.words for line in lines(graph, "a", "z", conclusion)]
    assert told[1:3] == ["lowers z (species mouse)", "does not (species human)"]
