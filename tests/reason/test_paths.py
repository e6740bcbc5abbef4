"""Path search: what a step is, what a path is, where the search stops; against a brute force."""

from __future__ import annotations

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.columns import columns_of
from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Predicate, Source, Statement
from trabecula.reason.explain import explain
from trabecula.reason.following import following
from trabecula.reason.paths import (
    Path,
    distance,
    followed,
    search,
    weakest,
)
from trabecula.reason.search import spread
from trabecula.vocabulary import PREDICATES, WORDS

READ = Evidence(source="paper", strength="direct")
SECOND = Evidence(source="other", strength="direct")
TITLE = Evidence(source="paper", strength="title-only")
SAID = Evidence(source="article", strength="asserted")
AGAINST = Evidence(source="other", stance="disputes", strength="direct")
DENIED = Evidence(source="article", stance="disputes", strength="asserted")


def says(line: str, *rows: Evidence, negated: bool = False) -> Statement:
    """`a activates b` as a statement."""
    subject, predicate, object_ = line.split()
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows, negated=negated
    )


def graph_of(*statements: Statement | str) -> Graph:
    made = [says(s, READ) if isinstance(s, str) else s for s in statements]
    ids = {end for s in made for end in (s.subject, s.object)}
    sources = [Source(id=key) for key in ("article", "other", "paper")]
    return Graph([*(Entity(id=key, name=key, category="chemical") for key in ids), *sources, *made])


def is_followed(statement: Statement, statuses: tuple[str, ...]) -> bool:
    return bool(columns_of([statement]).with_statuses(statuses)[0])


def apart(graph: Graph, start: str, end: str) -> int:
    """How many steps one entity is away from another at least."""
    ends = map(graph.columns.number, (start, end))
    return distance(followed(graph.influence, None), *ends)


def told(paths: tuple[Path, ...]) -> set[tuple[str, int]]:
    """Paths as `a-b-c` with their sign."""
    return {("-".join(path.entities), path.sign) for path in paths}


# --- Steps and signs ------------------------------------------------------------------------


def test_an_inhibitor_of_an_inhibitor_raises() -> None:
    # a lowers b, which lowers c: − times − is +.
    graph = graph_of("a inhibits b", "b inhibits c")
    assert told(search(graph.influence, "a", "c").paths) == {("a-b-c", 1)}


def test_an_incoherent_feed_forward_has_a_path_of_each_sign() -> None:
    # a raises c directly, and lowers it by raising its inhibitor b: + times − is −.
    graph = graph_of("a activates c", "a activates b", "b inhibits c")
    assert told(search(graph.influence, "a", "c").paths) == {("a-c", 1), ("a-b-c", -1)}


def test_what_is_required_acts_on_what_requires_it() -> None:
    graph = graph_of("cell requires magnesium")
    assert told(search(graph.influence, "magnesium", "cell").paths) == {("magnesium-cell", 1)}
    assert search(graph.influence, "cell", "magnesium").paths == ()


def test_a_lack_flips_and_is_crossed_either_way() -> None:
    # deficiency — lack of — magnesium: −; the cell requires magnesium: +; in all −.
    graph = graph_of("deficiency deficiency_of magnesium", "cell requires magnesium")
    assert told(search(graph.influence, "deficiency", "cell").paths) == {
        ("deficiency-magnesium-cell", -1)
    }
    assert told(search(graph.influence, "magnesium", "deficiency").paths) == {
        ("magnesium-deficiency", -1)
    }


def test_one_step_of_unknown_sign_makes_the_sign_unknown() -> None:
    graph = graph_of("a affects b", "b inhibits c")
    assert told(search(graph.influence, "a", "c").paths) == {("a-b-c", 0)}


@pytest.mark.parametrize(
    "statement",
    [
        says("a activates b", READ, negated=True),
        says("a activates b", AGAINST),
        says("a activates b", DENIED),
        says("a positively_correlated_with b", READ),
        says("a associated_with b", READ),
        says("a part_of b", READ),
        says("a binds b", READ),
    ],
    ids=["negated", "refuted", "denied", "correlated", "associated", "structure", "binds"],
)
def test_what_is_not_followed(statement: Statement) -> None:
    assert search(graph_of(statement).influence, "a", "b").paths == ()


@pytest.mark.parametrize(
    ("rows", "statuses", "follows"),
    [
        ((READ,), ("supported",), True),
        ((READ, AGAINST), ("supported",), False),
        ((READ, AGAINST), ("contested",), True),
        ((SAID,), ("title-only",), False),
        ((SAID,), ("asserted-only",), True),
        ((AGAINST,), ("refuted",), True),
        # Its status is asserted-only, but the article says that it is not so.
        ((DENIED,), ("asserted-only",), False),
        ((DENIED,), ("refuted",), True),
        ((), ("no-evidence",), True),
        ((), ("asserted-only",), False),
    ],
)
def test_statuses_widen_and_narrow_what_is_followed(
    rows: tuple[Evidence, ...], statuses: tuple[str, ...], follows: bool
) -> None:
    assert is_followed(says("a activates b", *rows), statuses) is follows


def test_a_negated_statement_is_followed_under_no_status() -> None:
    statement = says("a activates b", READ, negated=True)
    assert not is_followed(statement, ("supported", "contested", "refuted"))


# --- Paths ----------------------------------------------------------------------------------


def test_a_path_goes_round_no_loop() -> None:
    # a → b → c → b is a loop, and c → d leaves it: only the straight way counts.
    graph = graph_of("a activates b", "b activates c", "c inhibits b", "c activates d")
    assert told(search(graph.influence, "a", "d", 8).paths) == {("a-b-c-d", 1)}


def test_two_statements_between_the_same_entities_make_two_paths() -> None:
    graph = graph_of("a activates b", "a inhibits b", "b activates c")
    assert told(search(graph.influence, "a", "c").paths) == {("a-b-c", 1), ("a-b-c", -1)}


def test_paths_longer_than_asked_for_are_not_there_and_the_distance_tells_of_them() -> None:
    graph = graph_of("a activates b", "b activates c", "c activates d")
    assert search(graph.influence, "a", "d", 2).paths == ()
    assert apart(graph, "a", "d") == 3
    assert apart(graph, "d", "a") == 0


def test_via_and_avoid_choose_among_paths() -> None:
    graph = graph_of("a activates b", "b activates d", "a inhibits c", "c activates d")
    assert told(search(graph.influence, "a", "d", via=["b"]).paths) == {("a-b-d", 1)}
    assert told(search(graph.influence, "a", "d", avoid=["b"]).paths) == {("a-c-d", -1)}
    assert search(graph.influence, "a", "d", via=["b", "c"]).paths == ()


def test_shorter_paths_come_first_and_then_the_better_supported() -> None:
    # Of two steps: by b both supported, by c one by a title, by e one by two sources.
    graph = graph_of(
        says("a activates z", SAID),
        says("a activates b", READ), says("b activates z", READ),
        says("a activates c", READ), says("c activates z", TITLE),
        says("a activates e", READ), says("e activates z", READ, SECOND),
    )  # fmt: skip
    paths = explain(graph.influence, graph.names, "a", "z").paths
    assert ["-".join(path.entities) for path in paths] == ["a-z", "a-e-z", "a-b-z", "a-c-z"]


def test_the_weakest_step_has_the_weakest_status_and_then_the_fewest_sources() -> None:
    graph = graph_of(
        says("a activates b", READ), says("b activates c", READ, AGAINST), says("c activates d", SAID),
        says("p activates q", READ, SECOND), says("q activates r", READ),
    )  # fmt: skip
    assert weakest(graph.groups, search(graph.influence, "a", "d").paths[0]).start == "c"
    assert weakest(graph.groups, search(graph.influence, "a", "c").paths[0]).start == "b"
    assert weakest(graph.groups, search(graph.influence, "p", "r").paths[0]).start == "q"


def test_a_definition_is_the_weakest_step_only_where_it_is_disputed_or_all_steps_are() -> None:
    defined = Evidence(source="paper", strength="reference")
    graph = graph_of(
        says("a activates b", READ, SECOND), says("b activates c", defined),
        says("c activates d", defined), says("d activates e", READ, SECOND),
        says("e activates f", defined, AGAINST),
    )  # fmt: skip
    for start, end, weak in (("a", "c", "a"), ("b", "d", "b"), ("d", "f", "e")):
        assert weakest(graph.groups, search(graph.influence, start, end).paths[0]).start == weak


# --- Structure ------------------------------------------------------------------------------

STRUCTURE = frozenset(row.name for row in PREDICATES.values() if row.structure)


@pytest.mark.parametrize("predicate", sorted(STRUCTURE))
def test_structure_is_crossed_where_asked_and_only_kinds_upward_have_a_sign(predicate: str) -> None:
    graph = graph_of(f"a {predicate} b")
    assert search(graph.influence, "a", "b").paths == ()
    up = 1 if predicate == "subclass_of" else 0
    assert told(search(graph.influence, "a", "b", structure=True).paths) == {("a-b", up)}
    assert told(search(graph.influence, "b", "a", structure=True).paths) == {("b-a", 0)}


def test_siblings_do_not_act_on_each_other() -> None:
    # Up from one kind and down to another, or down to a part and up again: no path.
    graph = graph_of("x subclass_of cell", "y subclass_of cell", "y part_of bone", "bone affects z")
    assert search(graph.influence, "x", "y", structure=True).paths == ()
    assert search(graph.influence, "cell", "bone", structure=True).paths == ()
    assert told(search(graph.influence, "y", "z", structure=True).paths) == {("y-bone-z", 0)}


def test_links_of_structure_carry_neither_sign_nor_influence_in_the_vocabulary() -> None:
    meanings = {(PREDICATES[name].sign, PREDICATES[name].influence) for name in STRUCTURE}
    assert meanings == {(0, "none")}


# --- Limits ---------------------------------------------------------------------------------


def test_a_search_that_stops_at_its_bound_says_at_which_length() -> None:
    # Tried are: the step to d (1); b and its end, c and its end (4 more).
    graph = graph_of(
        "a activates d", "a activates b", "b activates d", "a activates c", "c activates d"
    )
    assert [len(search(graph.influence, "a", "d", bound=bound).paths) for bound in range(6)] == [
        0,
        1,
        1,
        2,
        2,
        3,
    ]
    assert [search(graph.influence, "a", "d", bound=bound).stopped for bound in range(6)] == [
        1,
        2,
        2,
        2,
        2,
        0,
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"end": "a"}, "start and end are both a; a path leads to something else"),
        ({"steps": 0}, "0 is no number of steps for a path: give 1 to 8"),
        ({"steps": 9}, "9 is no number of steps for a path: give 1 to 8"),
        ({"avoid": ["b"]}, "b cannot be avoided: it is an end of the path"),
        ({"via": ["a"]}, "a is an end of the path; via names what lies between"),
        ({"via": ["c"], "avoid": ["c"]}, "c cannot be both passed and avoided"),
        ({"via": ["c", "d"], "steps": 2}, "a path of 2 steps is too short to pass 2 entities"),
        ({"via": ["c"], "steps": 1}, "a path of 1 step is too short to pass 1 entity"),
    ],
)
def test_what_no_path_can_satisfy_is_refused(arguments: dict[str, object], message: str) -> None:
    asked = {"start": "a", "end": "b", "steps": 4, "via": (), "avoid": (), **arguments}
    with pytest.raises(SelectionError) as caught:
        search(graph_of("a activates b").influence, **asked)  # type: ignore[arg-type]
    assert str(caught.value) == message


# --- Against a brute force ------------------------------------------------------------------

NAMES = "abcdef"
_KINDS = ("activates", "inhibits", "requires", "affects", "deficiency_of", "associated_with")
LINES = st.builds(
    lambda s, p, o, rows: says(f"{s} {p} {o}", *rows),
    st.sampled_from(NAMES),
    st.sampled_from(_KINDS),
    st.sampled_from(NAMES),
    st.sampled_from([(READ,), (SAID,), (READ, AGAINST), (AGAINST,)]),
)


def by_brute_force(graph: Graph, start: str, end: str, steps: int) -> set[tuple[str, ...]]:
    """Every sequence of distinct entities, with every choice of statements that joins them."""
    routes = set()
    inner = [name for name in NAMES if name not in (start, end)]
    for length in range(1, steps + 1):
        for between in permutations(inner, length - 1):
            places = (start, *between, end)
            joins = [
                [
                    statement.id
                    for statement, reached in graph.influences(here)
                    if reached == there and graph.status(statement) != "refuted"
                ]
                for here, there in pairwise(places)
            ]
            routes |= set(product(*joins))
    return routes


@given(st.lists(LINES, max_size=14), st.integers(1, 5))
def test_the_search_finds_what_a_brute_force_finds(made: list[Statement], steps: int) -> None:
    graph = graph_of(*made)
    paths = search(graph.influence, "a", "b", steps).paths
    routes = [tuple(s.id for s in path.statements) for path in paths]
    assert len(routes) == len(set(routes))
    assert set(routes) == by_brute_force(graph, "a", "b", steps)
    for path in paths:
        signs = [WORDS.sign_of(statement) for statement in path.statements]
        assert path.sign == (0 if 0 in signs else (-1) ** signs.count(-1))
    least = min((len(path.steps) for path in paths), default=0)
    assert least == (apart(graph, "a", "b") if least else 0)


@given(st.lists(LINES, max_size=30), st.sets(st.sampled_from(NAMES[2:])))
def test_two_entities_are_as_far_apart_as_one_search_from_the_first_finds(
    made: list[Statement], avoid: set[str]
) -> None:
    graph = graph_of(*made)
    number, arcs = graph.columns.number, followed(graph.influence, None)
    barred = {number(name) for name in avoid} - {-1}
    for here, there in permutations(NAMES, 2):
        start, end = number(here), number(there)
        if min(start, end) < 0 or {start, end} & barred:
            continue
        far = spread([start], lambda entity: set(arcs.acted_on(entity)) - barred)
        assert distance(arcs, start, end, barred) == far.get(end, 0)


@given(st.lists(LINES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_statements_changes_nothing(made: list[Statement], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(made)
    random.shuffle(shuffled)
    ordered, reordered = graph_of(*made), graph_of(*shuffled)
    assert search(ordered.influence, "a", "b").paths == search(reordered.influence, "a", "b").paths


@given(st.lists(LINES, min_size=1, max_size=12), st.data())
def test_removing_a_statement_removes_exactly_the_paths_over_it(
    made: list[Statement], data: st.DataObject
) -> None:
    graph = graph_of(*made)
    gone = data.draw(st.sampled_from(sorted(graph.statements)))
    left = graph_of(*(s for key, s in graph.statements.items() if key != gone))
    before = search(graph.influence, "a", "b").paths
    kept = tuple(path for path in before if gone not in {s.id for s in path.statements})
    assert search(left.influence, "a", "b").paths == kept


def test_what_a_thing_is_needs_no_evidence_of_a_kind_in_words_of_the_graphs_own_either() -> None:
    part = Predicate(
        name="piece_of", label="", inverse="", inverse_label="", definition="", structure="part"
    )
    records = [About(predicates=(part,)), Statement(subject="a", predicate="piece_of", object="b")]
    assert following(Graph(records).columns, ["no-evidence"], ["human"]) == b"\x01"
