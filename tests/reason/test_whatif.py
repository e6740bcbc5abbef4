"""What follows from a change: directions along paths, what blocks them, and what loops decide."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula.columns import columns_of
from trabecula.errors import NotFound, SelectionError
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.following import following
from trabecula.reason.whatif import Outcome, WhatIf, assume, whatif
from trabecula.vocabulary import WORDS

READ = Evidence(source="one", strength="direct", species="human")
READ_TOO = Evidence(source="two", strength="direct", species="rat")
AGAINST = Evidence(source="two", stance="disputes", strength="direct")
SAID = Evidence(source="article", strength="asserted")


def followed(statement: Statement) -> bool:
    return bool(columns_of([statement]).followed[0])


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, **more: bool) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,), **more
    )


def graph_of(*statements: Statement) -> Graph:
    ends = sorted({end for s in statements for end in (s.subject, s.object)})
    return Graph([*(Entity(id=end, name=end, category="chemical") for end in ends), *statements])


def verdicts(found: WhatIf) -> dict[str, str]:
    return {outcome.entity: outcome.verdict for outcome in found.outcomes}


def outcome(found: WhatIf, entity: str) -> Outcome:
    (one,) = [each for each in found.outcomes if each.entity == entity]
    return one


# --- Worked by hand -------------------------------------------------------------------------


def test_what_lowers_what_lowers_something_raises_it() -> None:
    # calcitonin ⊣ osteoclast ⊣ bone mass ⊣ fragility: + then -, + and - again.
    graph = graph_of(
        edge("calcitonin", "inhibits", "osteoclast"),
        edge("osteoclast", "decreases", "bone mass"),
        edge("bone mass", "prevents", "fragility"),
    )
    found = whatif(graph.influence, {"calcitonin": 1})
    assert [(o.entity, o.verdict, o.distance) for o in found.outcomes] == [
        ("osteoclast", "down", 1),
        ("bone mass", "up", 2),
        ("fragility", "down", 3),
    ]
    opposite = whatif(graph.influence, {"calcitonin": -1})
    assert verdicts(opposite) == {"osteoclast": "up", "bone mass": "down", "fragility": "up"}


def test_no_path_is_longer_than_asked_for() -> None:
    graph = graph_of(edge("a", "increases", "b"), edge("b", "increases", "c"))
    found = whatif(graph.influence, {"a": 1}, steps=1)
    assert verdicts(found) == {"b": "up"}
    assert found.unreached == ("c",)
    assert [found.verdict(key) for key in "abc"] == ["held", "up", "unreached"]


def test_what_is_required_acts_on_what_requires_it_and_not_the_other_way() -> None:
    graph = graph_of(edge("enzyme", "requires", "magnesium"))
    assert verdicts(whatif(graph.influence, {"magnesium": -1})) == {"enzyme": "down"}
    assert verdicts(whatif(graph.influence, {"enzyme": -1})) == {}


def test_an_incoherent_feed_forward_is_ambiguous_and_says_which_way_is_shorter() -> None:
    # a raises c directly; a raises b, which inhibits c: up in 1 step, down in 2.
    graph = graph_of(
        edge("a", "increases", "c"), edge("a", "increases", "b"), edge("b", "inhibits", "c")
    )
    c = outcome(whatif(graph.influence, {"a": 1}), "c")
    assert c.verdict == "ambiguous"
    assert c.nearer == 1
    assert [(path.sign, path.entities) for path in c.paths] == [
        (1, ("a", "c")),
        (-1, ("a", "b", "c")),
    ]
    # With b fixed only the direct way is left.
    held = whatif(graph.influence, {"a": 1}, ["b"])
    assert verdicts(held) == {"c": "up"}
    assert held.verdict("b") == "held"


def test_a_coherent_feed_forward_has_one_direction_and_the_shortest_path() -> None:
    graph = graph_of(
        edge("a", "increases", "c"), edge("a", "inhibits", "b"), edge("b", "inhibits", "c")
    )
    c = outcome(whatif(graph.influence, {"a": 1}), "c")
    assert (c.verdict, c.distance, c.down) == ("up", 1, None)


def test_two_changes_can_oppose_each_other() -> None:
    graph = graph_of(edge("a", "increases", "c"), edge("b", "increases", "c"))
    c = outcome(whatif(graph.influence, {"a": 1, "b": -1}), "c")
    assert (c.verdict, c.nearer) == ("ambiguous", 0)
    # What is changed keeps its value, whatever acts on it.
    chain = graph_of(edge("a", "increases", "b"), edge("b", "increases", "c"))
    assert verdicts(whatif(chain.influence, {"a": 1, "b": -1})) == {"c": "down"}


def test_a_step_without_a_sign_leaves_the_direction_unknown_but_takes_none_away() -> None:
    # a regulates b, which raises c: unknown. a raises d and affects d too: up.
    graph = graph_of(
        edge("a", "regulates", "b"),
        edge("b", "increases", "c"),
        edge("a", "increases", "d"),
        edge("a", "affects", "d"),
    )
    found = whatif(graph.influence, {"a": 1})
    assert verdicts(found) == {"b": "unknown", "c": "unknown", "d": "up"}
    assert outcome(found, "c").paths == (outcome(found, "c").unknown,)


@pytest.mark.parametrize(
    "statement",
    [
        edge("a", "increases", "b", negated=True),
        edge("a", "increases", "b", AGAINST),
        edge(
            "a",
            "increases",
            "b",
            Evidence(source="article", stance="disputes", strength="asserted"),
        ),
        edge("a", "positively_correlated_with", "b"),
        edge("a", "subclass_of", "b"),
    ],
)
def test_nothing_travels_over_what_is_negated_refuted_denied_correlated_or_structure(
    statement: Statement,
) -> None:
    found = whatif(graph_of(statement).influence, {"a": 1})
    assert (found.outcomes, found.unreached) == ((), ("b",))


def test_the_statements_can_be_chosen_by_status_and_evidence() -> None:
    graph = graph_of(
        edge("a", "increases", "b", READ, AGAINST),
        edge("a", "increases", "c", READ_TOO),
        edge("a", "increases", "d", SAID),
        edge("e", "deficiency_of", "a", SAID),
    )

    def chosen(status: tuple[str, ...], *kinds: str) -> dict[str, str]:
        return verdicts(
            whatif(graph.influence, {"a": 1}, follow=following(graph.columns, status, kinds))
        )

    assert chosen(()) == {"b": "up", "c": "up", "d": "up"}
    assert chosen(("supported",)) == {"c": "up"}
    assert chosen(("contested", "asserted-only")) == {"b": "up", "d": "up"}
    assert chosen((), "rat") == {"c": "up"}
    # What a thing lacks nobody finds out in humans: it is followed all the same.
    down = whatif(graph.influence, {"a": -1}, follow=following(graph.columns, (), ["human"]))
    assert verdicts(down) == {"b": "down", "e": "up"}
    with pytest.raises(NotFound, match="unknown status 'suported'; did you mean supported"):
        following(graph.columns, ["suported"])


def test_of_shortest_paths_the_one_with_the_best_weakest_step_is_shown() -> None:
    graph = graph_of(
        edge("a", "increases", "b", READ, READ_TOO),
        edge("b", "increases", "d", SAID),
        edge("a", "increases", "c", READ),
        edge("c", "increases", "d", READ),
    )
    up = outcome(whatif(graph.influence, {"a": 1}), "d").up
    assert up is not None
    assert up.entities == ("a", "c", "d")


def test_outcomes_come_nearest_first_then_best_known_first() -> None:
    graph = graph_of(
        edge("a", "increases", "b", SAID),
        edge("a", "increases", "c", READ, AGAINST),
        edge("a", "increases", "d", READ),
        edge("a", "increases", "e", READ, READ_TOO),
        edge("e", "increases", "aa"),
    )
    assert [o.entity for o in whatif(graph.influence, {"a": 1}).outcomes] == [
        "e",
        "d",
        "c",
        "b",
        "aa",
    ]


# --- Loops ----------------------------------------------------------------------------------


def test_a_balancing_loop_dampens_and_does_not_turn_round() -> None:
    # s raises a, a raises b, b lowers a. Round the loop a would fall; no consistent path says so.
    graph = graph_of(
        edge("s", "increases", "a"), edge("a", "increases", "b"), edge("b", "inhibits", "a")
    )
    found = whatif(graph.influence, {"s": 1})
    assert verdicts(found) == {"a": "up", "b": "up"}
    a = outcome(found, "a")
    assert (a.turned, outcome(found, "b").turned) == (True, False)  # b would fall in 4 steps
    assert [found.effect(loop) for loop in a.loops] == ["dampens"]
    assert outcome(whatif(graph.influence, {"s": 1}, steps=4), "b").turned


def test_a_reinforcing_loop_amplifies() -> None:
    graph = graph_of(
        edge("s", "increases", "a"), edge("a", "inhibits", "b"), edge("b", "inhibits", "a")
    )
    found = whatif(graph.influence, {"s": 1})
    assert verdicts(found) == {"a": "up", "b": "down"}
    assert [found.effect(loop) for loop in outcome(found, "b").loops] == ["amplifies"]
    assert not outcome(found, "a").turned


def test_a_loop_is_cut_by_what_is_fixed_and_returns_to_what_is_changed() -> None:
    graph = graph_of(
        edge("s", "increases", "a"), edge("a", "increases", "b"), edge("b", "inhibits", "a")
    )
    cut = whatif(graph.influence, {"s": 1}, ["b"])
    assert [cut.effect(loop) for loop in cut.loops] == ["cut"]
    assert outcome(cut, "a").loops == ()
    returns = whatif(graph.influence, {"a": 1})
    assert verdicts(returns) == {"b": "up"}
    assert [returns.effect(loop) for loop in returns.loops] == ["returns"]
    assert outcome(returns, "b").loops == ()


def test_a_shortest_walk_round_a_loop_does_not_hide_a_longer_path() -> None:
    # z falls soonest over x y x z, which meets x twice; s p q r z is longer and consistent:
    # s raises x, x raises z; x raises y, y lowers x. s raises p, q, r in turn, r lowers z.
    graph = graph_of(
        edge("s", "increases", "x"), edge("x", "increases", "z"),
        edge("x", "increases", "y"), edge("y", "inhibits", "x"),
        edge("s", "increases", "p"), edge("p", "increases", "q"), edge("q", "increases", "r"),
        edge("r", "increases", "t"), edge("t", "inhibits", "z"),
    )  # fmt: skip
    z = outcome(whatif(graph.influence, {"s": 1}, steps=5), "z")
    assert (z.verdict, z.nearer, z.turned) == ("ambiguous", 1, False)
    assert z.down is not None
    assert z.down.entities == ("s", "p", "q", "r", "t", "z")
    # In 4 steps there is only the walk round the loop, and so nothing lowers it.
    short = outcome(whatif(graph.influence, {"s": 1}, steps=4), "z")
    assert (short.verdict, short.turned) == ("up", True)


#: From s to b the best path leads over v, so that v is met again; the other one, over w, is
#: consistent and the only way in which v falls.
CROSSED = graph_of(
    edge("s", "increases", "v", READ, READ_TOO),
    edge("v", "increases", "b", READ, READ_TOO),
    edge("s", "increases", "w", SAID),
    edge("w", "increases", "b", SAID),
    edge("b", "inhibits", "v"),
)


def test_a_path_is_found_even_where_the_best_path_to_what_is_before_it_meets_itself() -> None:
    v = outcome(whatif(CROSSED.influence, {"s": 1}), "v")
    assert v.verdict == "ambiguous"
    assert v.down is not None
    assert v.down.entities == ("s", "w", "b", "v")


def test_a_search_at_its_bound_says_of_what_it_is_not_sure() -> None:
    found = whatif(CROSSED.influence, {"s": 1}, effort=1)
    assert found.unsettled == ("v",)
    assert verdicts(found) == {"v": "up", "b": "up", "w": "up"}
    assert not outcome(found, "v").turned
    assert whatif(CROSSED.influence, {"s": 1}).unsettled == ()


# --- One quantity, several names ------------------------------------------------------------


def test_the_names_of_what_is_changed_move_with_it_and_are_moved_by_nothing_else() -> None:
    # magnesium down: its level down and its lack up, though something it lowers lowers the level.
    graph = graph_of(
        edge("level", "level_of", "magnesium"),
        edge("lack", "deficiency_of", "level"),
        edge("hormone", "requires", "magnesium"),
        edge("hormone", "decreases", "level"),
        edge("lack", "causes", "cramps"),
    )
    found = whatif(graph.influence, {"magnesium": -1})
    assert verdicts(found) == {"level": "down", "lack": "up", "hormone": "down", "cramps": "up"}
    assert found.names == ("lack", "level")


def test_an_excess_does_not_come_into_what_falls_short_nor_a_lack_into_what_rises() -> None:
    # Both too little and too much of it harm: a fall harms, and so does a rise.
    graph = graph_of(
        edge("lack", "deficiency_of", "magnesium"),
        edge("excess", "excess_of", "magnesium"),
        edge("lack", "causes", "harm"),
        edge("excess", "causes", "harm"),
    )
    assert verdicts(whatif(graph.influence, {"magnesium": -1})) == {"lack": "up", "harm": "up"}
    assert verdicts(whatif(graph.influence, {"magnesium": 1})) == {"excess": "up", "harm": "up"}
    # That a lack is made good is said by letting the lack go down.
    relief = whatif(graph.influence, {"lack": -1})
    assert verdicts(relief) == {"magnesium": "up", "harm": "down"}


def test_further_on_a_change_makes_good_a_lack() -> None:
    graph = graph_of(
        edge("supplement", "increases", "vitamin"), edge("lack", "deficiency_of", "vitamin")
    )
    assert verdicts(whatif(graph.influence, {"supplement": 1})) == {"vitamin": "up", "lack": "down"}


# --- Questions ------------------------------------------------------------------------------


def test_names_and_directions_are_read() -> None:
    graph = Graph([Entity(id="mg", name="Magnesium = Mg", category="chemical"),
                   Entity(id="pth", name="PTH", category="protein")])  # fmt: skip
    assert assume(graph.names, ["Magnesium = Mg=down", "pth=fixed"]) == ({"mg": -1}, ("pth",))


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["a"], "'a': write name=up, name=down or name=fixed"),
        (["a=sideways"], "'a=sideways': write name=up"),
        (["=up"], "'=up': write name=up"),
        (["a=up", "A=down"], "a cannot be both up and down"),
        (["a=up", "a=fixed"], "a cannot be both up and fixed"),
        (["a=fixed"], "nothing is changed"),
    ],
)
def test_a_question_without_an_answer_is_refused(texts: list[str], message: str) -> None:
    with pytest.raises(SelectionError) as raised:
        assume(graph_of(edge("a", "increases", "b")).names, texts)
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize("steps", [0, 9])
def test_a_number_of_steps_that_means_nothing_is_refused(steps: int) -> None:
    with pytest.raises(SelectionError, match="give 1 to 8"):
        whatif(graph_of(edge("a", "increases", "b")).influence, {"a": 1}, steps=steps)


# --- Against brute force --------------------------------------------------------------------

_NAMES = "abcdef"
_PREDICATES = ("increases", "inhibits", "requires", "regulates", "part_of")
_STATEMENTS = st.builds(
    lambda subject, predicate, object_, rows: edge(subject, predicate, object_, *rows),
    st.sampled_from(_NAMES),
    st.sampled_from(_PREDICATES),
    st.sampled_from(_NAMES),
    st.sampled_from(((READ,), (READ, READ_TOO), (SAID,), (AGAINST,))),
)
_LISTS = st.lists(_STATEMENTS, min_size=1, max_size=18)


def brute(
    graph: Graph, changed: Mapping[str, int], held: set[str], steps: int
) -> dict[tuple[str, int], int]:
    """The length of the shortest simple path by which each entity changes each way."""
    shortest: dict[tuple[str, int], int] = {}

    def walk(entity: str, way: int, passed: tuple[str, ...]) -> None:
        for statement, end in graph.influences(entity):
            if (
                followed(statement)
                and end not in passed
                and end not in held
                and len(passed) <= steps
            ):
                state = (end, way * WORDS.sign_of(statement))
                shortest[state] = min(len(passed), shortest.get(state, steps))
                walk(end, state[1], (*passed, end))

    for entity, way in changed.items():
        walk(entity, way, (entity,))
    return shortest


@settings(deadline=None, max_examples=300)
@given(_LISTS, st.integers(1, 5), st.sets(st.sampled_from("ef")), st.booleans())
def test_directions_and_distances_are_those_of_brute_force(
    statements: list[Statement], steps: int, fixed: set[str], second: bool
) -> None:
    graph = Graph(statements)
    changed = {"a": 1, "b": -1} if second else {"a": 1}
    found = whatif(graph.influence, changed, fixed, steps=steps)
    arrived = {
        (each.entity, way): len(path.steps)
        for each in found.outcomes
        for way, path in ((1, each.up), (-1, each.down), (0, each.unknown))
        if path
    }
    assert arrived == brute(graph, changed, {*changed, *fixed}, steps)
    for each in found.outcomes:
        for way, path in ((1, each.up), (-1, each.down), (0, each.unknown)):
            entities = path.entities if path else (each.entity,)
            assert len(set(entities)) == len(entities)
            assert entities[-1] == each.entity
            assert path is None or changed[entities[0]] * path.sign == way


@settings(deadline=None)
@given(_LISTS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(
    statements: list[Statement], draw: random.Random
) -> None:
    shuffled = draw.sample(statements, len(statements))
    assert whatif(Graph(statements).influence, {"a": 1}, steps=4) == whatif(
        Graph(shuffled).influence, {"a": 1}, steps=4
    )


@settings(deadline=None)
@given(_LISTS, st.randoms(use_true_random=False))
def test_without_a_statement_only_what_came_over_it_changes(
    statements: list[Statement], draw: random.Random
) -> None:
    graph = Graph(statements)
    gone = draw.choice(list(graph.statements))
    less = graph.only(s for s in graph.statements.values() if s.id != gone)
    before, after = (
        {
            (each.entity, way): path
            for each in whatif(each_graph.influence, {"a": 1}, steps=4).outcomes
            for way, path in ((1, each.up), (-1, each.down), (0, each.unknown))
            if path
        }
        for each_graph in (graph, less)
    )
    kept = {state for state, path in before.items() if gone not in {s.id for s in path.statements}}
    assert kept <= set(after) <= set(before)
    assert {s: len(after[s].steps) for s in kept} == {s: len(before[s].steps) for s in kept}


# --- The shipped graph ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "entity", "verdict"),
    [
        ("magnesium=down", "calcitriol", "down"),
        ("magnesium=down", "magnesium-deficiency", "up"),
        ("magnesium=down", "osteoblast-proliferation", "down"),
        ("magnesium=down", "bone-resorption", "ambiguous"),
        ("calcitonin=up", "osteoclast-function", "down"),
        ("calcitonin=up", "hypercalcemia", "down"),
    ],
)
def test_a_biologist_would_agree(shipped: Graph, changed: str, entity: str, verdict: str) -> None:
    found = whatif(shipped.influence, *assume(shipped.names, [changed]))
    assert found.verdict(entity) == verdict
    assert found.unsettled == ()


def test_nothing_passes_calcitriol_where_it_is_fixed(shipped: Graph) -> None:
    found = whatif(shipped.influence, {"magnesium": -1}, ["calcitriol"], steps=4)
    paths = [path for each in found.outcomes for path in (each.up, each.down, each.unknown) if path]
    assert not any("calcitriol" in path.entities for path in paths)
    assert {found.effect(loop) for loop in found.loops if "calcitriol" in loop.entities} == {"cut"}
