"""Conflicts: which two sides are put against each other, and when context tells them apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import About, Evidence, Statement
from trabecula.reason.concluded import SUPPORTED
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.conflicts import KINDS, Conflicts, conflicts
from trabecula.reason.sides import Conflict
from trabecula.vocabulary import PREDICATES


def says(source: str, *context: tuple[str, str], **fields: str) -> Evidence:
    """A measurement, in rats where nothing else is said."""
    given = {"stance": "supports", "strength": "direct", "species": "rat"} | fields
    return Evidence(source=source, context=tuple(sorted(context)), **given)


def edge(
    subject: str,
    predicate: str,
    object_: str,
    *rows: Evidence,
    negated: bool = False,
    **qualifiers: str,
) -> Statement:
    return Statement(
        subject=subject,
        predicate=predicate,
        object=object_,
        qualifiers=tuple(sorted(qualifiers.items())),
        negated=negated,
        evidence=rows,
    )


def only(*statements: Statement) -> Conflict:
    """The one conflict of these statements."""
    (conflict,) = conflicts(Graph(statements).columns).conflicts
    return conflict


def short(listed: tuple[Conflict, ...]) -> set[tuple[str, str, str, str]]:
    return {(c.kind, c.between, c.start, c.end) for c in listed}


# --- Opposite signs ---------------------------------------------------------------------------


def test_opposite_signs_in_one_context_are_a_direct_conflict_with_both_sources() -> None:
    conflict = only(edge("x", "increases", "y", says("a")), edge("x", "inhibits", "y", says("b")))
    assert (conflict.kind, conflict.between, conflict.start, conflict.end) == (
        "direct",
        "signs",
        "x",
        "y",
    )
    assert (conflict.left.sources, conflict.right.sources) == (("a",), ("b",))
    assert (conflict.context, conflict.hints, conflict.silent) == ((), (), ())


def test_a_closed_key_with_other_values_on_either_side_makes_it_depend() -> None:
    # A context flip: acute here, long-term there.
    conflict = only(
        edge("x", "increases", "y", says("a", ("duration", "acute"))),
        edge("x", "decreases", "y", says("b", ("duration", "long-term"))),
    )
    assert conflict.kind == "depends"
    assert [(c.key, c.left, c.right) for c in conflict.context] == [
        ("duration", ("acute",), ("long-term",))
    ]


@pytest.mark.parametrize(
    ("left", "right", "key"),
    [
        ({"species": "rat"}, {"species": "human"}, "species"),
        ({"system": "in-vivo"}, {"system": "cell-culture"}, "system"),
    ],
)
def test_species_and_systems_tell_sides_apart(
    left: dict[str, str], right: dict[str, str], key: str
) -> None:
    conflict = only(
        edge("x", "increases", "y", says("a", **left)),
        edge("x", "decreases", "y", says("b", **right)),
    )
    assert (conflict.kind, [c.key for c in conflict.context]) == ("depends", [key])


def test_a_species_that_includes_the_other_tells_nobody_apart() -> None:
    conflict = only(
        edge("x", "increases", "y", says("a", ("sex", "male"), species="mammal")),
        edge("x", "decreases", "y", says("b", ("sex", "male"), species="human")),
    )
    assert conflict.kind == "direct"


def test_a_taxon_is_the_species_that_it_names() -> None:
    conflict = only(
        edge("x", "increases", "y", says("a", species="NCBITaxon:10116")),
        edge("x", "decreases", "y", says("b", species="rat")),
    )
    assert conflict.kind == "direct"


def test_qualifiers_are_context_too() -> None:
    sides = (
        edge("x", "increases", "y", says("a"), magnesium_status="deficient"),
        edge("x", "decreases", "y", says("b"), magnesium_status="replete"),
    )
    about = About(context=(("magnesium_status", ("deficient", "replete")),))
    (conflict,) = conflicts(Graph([about, *sides]).columns).conflicts
    assert (conflict.kind, [c.key for c in conflict.context]) == ("depends", ["magnesium_status"])
    # Where the graph does not close the key, it is free text, and of two sources a hint.
    free = only(*sides)
    assert (free.kind, [c.key for c in free.hints]) == ("direct", ["magnesium_status"])


def test_one_pair_of_findings_that_nothing_tells_apart_makes_it_direct() -> None:
    # a and c differ in age, b and c in nothing: b says the opposite of c about the same.
    conflict = only(
        edge("x", "increases", "y", says("a", ("age", "young")), says("b", ("age", "adult"))),
        edge("x", "decreases", "y", says("c", ("age", "adult"))),
    )
    assert conflict.kind == "direct"
    # What holds for a part of the findings is told all the same.
    assert [(c.key, c.left, c.right) for c in conflict.context] == [
        ("age", ("adult", "young"), ("adult",))
    ]


def test_different_pairs_may_be_told_apart_by_different_keys() -> None:
    # a is human and c is not; b is a rat as c is, but young.
    conflict = only(
        edge("x", "increases", "y", says("a", species="human"), says("b", ("age", "young"))),
        edge("x", "decreases", "y", says("c", ("age", "adult"))),
    )
    assert (conflict.kind, [c.key for c in conflict.context]) == ("depends", ["species", "age"])


def test_a_finding_without_a_context_is_named_and_is_no_objection_where_others_differ() -> None:
    conflict = only(
        edge("x", "increases", "y", says("a", ("age", "young")), says("review", species="")),
        edge("x", "decreases", "y", says("c", ("age", "adult"))),
    )
    assert (conflict.kind, conflict.silent) == ("depends", ("review",))


def test_findings_without_any_context_are_in_direct_conflict() -> None:
    conflict = only(
        edge("x", "increases", "y", says("a", species="")),
        edge("x", "decreases", "y", says("b", ("age", "adult"))),
    )
    assert (conflict.kind, conflict.silent) == ("direct", ("a",))


def test_free_text_is_compared_within_one_source_only() -> None:
    before, after = ("time", "before cartilage formed"), ("time", "after it had formed")
    within = only(
        edge("x", "increases", "y", says("a", before)),
        edge("x", "decreases", "y", says("a", after)),
    )
    between = only(
        edge("x", "increases", "y", says("a", before)),
        edge("x", "decreases", "y", says("b", after)),
    )
    assert (within.kind, [c.key for c in within.context]) == ("depends", ["time"])
    assert (between.kind, [c.key for c in between.hints]) == ("direct", ["time"])


def test_what_was_found_is_no_context() -> None:
    conflict = only(
        edge("x", "increases", "y", says("a", ("effect", "up 10 %"))),
        edge("x", "decreases", "y", says("a", ("effect", "down 10 %"))),
    )
    assert (conflict.kind, conflict.context, conflict.hints) == ("direct", (), ())


def test_what_one_side_alone_states_is_a_hint() -> None:
    conflict = only(
        edge("x", "increases", "y", says("a", ("severity", "mild"))),
        edge("x", "decreases", "y", says("b")),
    )
    assert [(c.key, c.left, c.right) for c in conflict.hints] == [("severity", ("mild",), ())]


def test_a_need_opposes_no_change_and_to_use_something_up_is_not_to_lower_it() -> None:
    # y requires x: a shortfall of x is passed on, and of more nothing is said.
    need = edge("y", "requires", "x", says("a"))
    uses = edge("y", "has_input", "x", says("a"))
    for use in (need, uses):
        for change in (
            edge("x", "inhibits", "y", says("b")),
            edge("y", "decreases", "x", says("b")),
        ):
            assert conflicts(Graph([use, change]).columns).conflicts == ()


def test_two_names_of_one_quantity_are_one_side() -> None:
    lack = edge("lack", "deficiency_of", "iron", says("o"))
    raises = edge("iron", "increases", "y", says("a"))
    # Less iron, less y: no conflict with more iron, more y.
    assert conflicts(Graph([lack, raises, edge("lack", "decreases", "y", says("b"))]).columns) == (
        conflicts(Graph().columns)
    )
    level = edge("level", "level_of", "iron", says("o"))
    conflict = only(level, raises, edge("level", "decreases", "y", says("b")),
                 edge("iron", "inhibits", "y", says("c")))  # fmt: skip
    assert (conflict.kind, conflict.start, conflict.end) == ("direct", "iron", "y")
    assert (conflict.left.sources, conflict.right.sources) == (("a",), ("b", "c"))


def test_a_lack_that_acts_as_its_quantity_does_is_another_interval_and_no_conflict() -> None:
    # More iron lowers y; less iron lowers it as well.
    conflict = only(
        edge("lack", "deficiency_of", "iron", says("o")),
        edge("lack", "decreases", "y", says("a")),
        edge("iron", "decreases", "y", says("b")),
    )
    assert (conflict.kind, conflict.between, conflict.start) == ("depends", "signs", "iron")
    assert [(c.key, c.left, c.right) for c in conflict.context] == [
        ("interval", ("lack",), ("at large",))
    ]


def test_sources_that_disagree_within_one_interval_are_in_conflict() -> None:
    conflict = only(
        edge("lack", "deficiency_of", "iron", says("o")),
        edge("lack", "decreases", "y", says("a")),
        edge("lack", "increases", "y", says("b")),
    )
    assert (conflict.kind, conflict.start) == ("direct", "iron")


def test_what_was_read_is_not_in_conflict_with_a_title_nor_what_was_changed_with_what_was_seen() -> (
    None
):
    read = edge("x", "increases", "y", says("a"))
    title = edge("x", "inhibits", "y", says("b", strength="title-only"))
    seen = edge("x", "negatively_correlated_with", "y", says("b", strength="association"))
    assert conflicts(Graph([read, title]).columns).conflicts == ()
    assert conflicts(Graph([read, seen]).columns).conflicts == ()
    again = edge("x", "increases", "y", says("a", strength="title-only"))
    assert short(conflicts(Graph([again, title]).columns).conflicts) == {
        ("direct", "signs", "x", "y")
    }


def test_correlations_run_both_ways_and_are_one_conflict() -> None:
    both = (
        edge("y", "positively_correlated_with", "x", says("a")),
        edge("x", "negatively_correlated_with", "y", says("b")),
    )
    assert short(conflicts(Graph(both).columns).conflicts) == {("direct", "signs", "x", "y")}


@pytest.mark.parametrize(
    "row",
    [
        says("article", strength="asserted", species=""),
        says("b", stance="qualifies"),
    ],
)
def test_the_article_and_those_who_limit_make_no_conflict(row: Evidence) -> None:
    statements = (edge("x", "increases", "y", says("a")), edge("x", "inhibits", "y", row))
    assert conflicts(Graph(statements).columns).conflicts == ()


# --- Stances ----------------------------------------------------------------------------------


def test_support_and_dispute_of_one_statement_are_a_conflict() -> None:
    conflict = only(edge("x", "causes", "y", says("a"), says("b", stance="disputes")))
    assert (conflict.kind, conflict.between, conflict.claim) == ("direct", "stances", "causes")
    assert (conflict.left.denies, conflict.right.denies) == (False, True)
    assert (conflict.left.sources, conflict.right.sources) == (("a",), ("b",))


def test_a_negated_statement_speaks_against_the_same_statement() -> None:
    conflict = only(
        edge("x", "increases", "y", says("a")), edge("x", "increases", "y", says("b"), negated=True)
    )
    assert (conflict.between, conflict.left.sources, conflict.right.sources) == (
        "stances",
        ("a",),
        ("b",),
    )


def test_stances_are_compared_whatever_the_qualifiers() -> None:
    conflict = only(
        edge("x", "decreases", "y", says("a"), severity="severe"),
        edge("x", "decreases", "y", says("a", stance="disputes"), severity="moderate"),
    )
    assert (conflict.kind, [c.key for c in conflict.context]) == ("depends", ["severity"])


def test_stances_are_compared_whatever_the_name_of_the_quantity() -> None:
    conflict = only(
        edge("level", "level_of", "iron", says("o")),
        edge("level", "increases", "y", says("a")),
        edge("iron", "increases", "y", says("b", stance="disputes")),
    )
    assert (conflict.between, conflict.start, conflict.left.sources) == ("stances", "iron", ("a",))
    # What is denied of a lack is not denied of the quantity at large.
    lack = edge("lack", "deficiency_of", "iron", says("o"))
    denied = edge("lack", "increases", "y", says("b", stance="disputes"))
    raises = edge("iron", "increases", "y", says("a"))
    assert conflicts(Graph([lack, denied, raises]).columns).conflicts == ()


def test_a_weaker_claim_is_not_denied_with_the_stronger_one() -> None:
    statements = (
        edge("x", "contributes_to", "y", says("a")),
        edge("x", "causes", "y", says("b", stance="disputes")),
    )
    assert conflicts(Graph(statements).columns).conflicts == ()


def test_who_supports_the_opposite_is_not_counted_again_as_disputing() -> None:
    # b is for less, and says so on both statements; c finds no change.
    raises = edge("x", "increases", "y", says("a"), says("b", stance="disputes"))
    lowers = edge("x", "decreases", "y", says("b"), says("a", stance="disputes"))
    assert short(conflicts(Graph([raises, lowers]).columns).conflicts) == {
        ("direct", "signs", "x", "y")
    }
    third = edge("x", "increases", "y", *raises.evidence, says("c", stance="disputes"))
    listed = conflicts(Graph([third, lowers]).columns).conflicts
    assert [(c.between, c.right.sources) for c in listed] == [
        ("signs", ("b",)),
        ("stances", ("c",)),
    ]


# --- States -----------------------------------------------------------------------------------

STATES = (
    edge("mild", "state_of", "depletion", says("o")),
    edge("severe", "state_of", "depletion", says("o")),
)


def test_two_states_of_one_thing_are_contexts_of_their_own() -> None:
    conflict = only(
        *STATES,
        edge("mild", "increases", "pth", says("a")),
        edge("severe", "inhibits", "pth", says("b")),
    )
    assert (conflict.kind, conflict.between, conflict.start) == ("depends", "states", "depletion")
    assert [(c.key, c.left, c.right) for c in conflict.context] == [
        ("state", ("mild",), ("severe",))
    ]


def test_all_states_of_a_thing_and_the_thing_are_one_finding() -> None:
    conflict = only(
        *STATES,
        edge("mild", "increases", "pth", says("a")),
        edge("severe", "inhibits", "pth", says("b")),
        edge("depletion", "inhibits", "pth", says("c")),
    )
    assert conflict.context[0].right == ("depletion", "severe")
    assert conflict.right.sources == ("b", "c")


def test_states_that_act_alike_are_no_finding() -> None:
    alike = [edge(state, "inhibits", "pth", says("a")) for state in ("mild", "severe", "depletion")]
    assert conflicts(Graph([*STATES, *alike]).columns).conflicts == ()


# --- Chains -----------------------------------------------------------------------------------


def read(source: str) -> Evidence:
    return Evidence(source=source, strength="review")


#: x raises z by way of v, and lowers it by way of w.
CROSSED = (
    edge("x", "increases", "v", read("a")),
    edge("v", "increases", "z", read("b")),
    edge("x", "increases", "w", read("c")),
    edge("w", "inhibits", "z", read("d")),
)


def test_supported_chains_that_point_both_ways_are_an_open_question() -> None:
    conflict = only(*CROSSED)
    assert (conflict.kind, conflict.between, conflict.start, conflict.end) == (
        "indirect",
        "chains",
        "x",
        "z",
    )
    assert (conflict.left.sources, conflict.right.sources) == (("a", "b"), ("c", "d"))
    assert conflict.through == (("v",), ("w",))


@pytest.mark.parametrize(
    "direct",
    [
        edge("x", "increases", "z", read("e")),
        edge("x", "increases", "z", read("e"), says("f", stance="disputes")),
        edge("x", "positively_correlated_with", "z", says("e", strength="association")),
    ],
)
def test_a_source_that_spoke_of_the_two_decides_over_chains(direct: Statement) -> None:
    listed = conflicts(Graph([*CROSSED, direct]).columns).conflicts
    assert [c for c in listed if c.kind == "indirect"] == []


@pytest.mark.parametrize(
    "row", [says("d", strength="title-only"), says("d", strength="asserted"), says("d")]
)
def test_only_chains_of_the_best_tier_are_put_against_each_other(row: Evidence) -> None:
    weaker = edge("w", "inhibits", "z", row)
    assert conflicts(Graph([*CROSSED[:3], weaker]).columns).conflicts == ()


def test_a_break_of_context_takes_a_chain_out() -> None:
    young, old = (
        Evidence(source=s, strength="direct", species="human", context=(("age", age),))
        for s, age in (("c", "young"), ("d", "adult"))
    )
    broken = (edge("x", "increases", "w", young), edge("w", "inhibits", "z", old))
    assert conflicts(Graph([*CROSSED[:2], *broken]).columns).conflicts == ()


def test_a_chain_from_what_brings_an_excess_about_to_a_lack_is_none() -> None:
    names = (
        edge("surplus", "excess_of", "m", read("n")),
        edge("shortage", "deficiency_of", "m", read("n")),
        edge("shortage", "increases", "z", read("d")),
    )
    causes = edge("x", "causes", "surplus", read("c"))
    assert conflicts(Graph([*CROSSED[:2], causes, *names]).columns).conflicts == ()
    raises = edge("x", "increases", "m", read("c"))
    assert only(*CROSSED[:2], raises, *names).kind == "indirect"


def test_where_there_are_too_many_chains_none_are_compared_and_that_is_said() -> None:
    graph = Graph(CROSSED)
    assert conflicts(graph.columns, effort=1) == Conflicts((), whole=False)
    assert conflicts(graph.columns).whole


# --- Against a brute force --------------------------------------------------------------------

_ROWS = st.builds(
    says,
    st.sampled_from("abc"),
    stance=st.sampled_from(("supports", "disputes")),
    species=st.sampled_from(("rat", "human", "")),
)
_EDGES = st.builds(
    edge,
    st.sampled_from("xyz"),
    st.sampled_from(("increases", "decreases", "requires", "associated_with")),
    st.sampled_from("xyz"),
    _ROWS,
)


def _opposing(statements: tuple[Statement, ...]) -> set[tuple[str, str]]:
    """Pairs with support for both signs, by looking at every two statements."""
    supported = [
        s
        for s in statements
        if any(r.stance == "supports" for r in s.evidence)
        and PREDICATES[s.predicate].kind == "changes"
    ]
    return {
        (a.subject, a.object)
        for a in supported
        for b in supported
        if PREDICATES[a.predicate].sign * PREDICATES[b.predicate].sign < 0
        and (a.subject, a.object) == (b.subject, b.object)
        and a.subject != a.object
    }


@given(st.lists(_EDGES, max_size=8), st.randoms())
def test_every_pair_of_opposite_signs_is_found_in_any_order(
    edges: list[Statement], chance: random.Random
) -> None:
    graph = Graph(edges)
    listed = conflicts(graph.columns).conflicts
    signs = {(c.start, c.end) for c in listed if c.between == "signs"}
    assert signs == _opposing(tuple(graph.statements.values()))
    mixed = list(edges)
    chance.shuffle(mixed)
    assert conflicts(Graph(mixed).columns).conflicts == listed


_CHAINED = st.builds(
    edge,
    st.sampled_from("vwxyz"),
    st.sampled_from(("increases", "decreases", "requires", "affects", "excess_of")),
    st.sampled_from("vwxyz"),
    st.sampled_from((read("a"), read("b"), says("c"), says("d", stance="disputes"))),
)


def _a_step_points_both_ways(conclusions: Conclusions, start: int, end: int) -> bool:
    """Whether a chain is left open by one of its steps, as that of what needs what lowers it."""
    return any(
        link is not None and not link.sign
        for way in (1, -1)
        for middle, first in conclusions.opening(start, way).items()
        if first.sign
        for link in [conclusions.links(middle, way * first.sign).get(end)]
    )


@given(st.lists(_CHAINED, max_size=10))
@example(
    [
        edge("v", "increases", "x", read("a")),
        edge("w", "requires", "x", read("a")),
        edge("x", "decreases", "w", read("a")),
    ]
)
def test_crossings_are_what_chains_of_supported_steps_leave_open(edges: list[Statement]) -> None:
    columns = Graph(edges).columns
    conclusions = Conclusions(columns)
    names = columns.entities
    expected = {
        (names[start], names[end])
        for start in range(len(names))
        for way in (1, -1)
        for end, conclusion in conclusions.following(start, way, 0).items()
        if (conclusion.relation, conclusion.rank, conclusion.steps) == ("cannot-say", SUPPORTED, 2)
        and not _a_step_points_both_ways(conclusions, start, end)
    }
    number = columns.number
    listed = {(c.start, c.end) for c in conflicts(columns, kinds=("indirect",)).conflicts}
    assert {
        (start, end)
        for start, end in listed
        if not _a_step_points_both_ways(conclusions, number(start), number(end))
    } == expected


@given(st.lists(_EDGES, max_size=8))
def test_no_conflict_is_listed_twice(edges: list[Statement]) -> None:
    listed = conflicts(Graph(edges).columns).conflicts
    assert len({c.id for c in listed}) == len(listed)


# --- The selector, and the shipped graph ------------------------------------------------------


def test_the_selector_takes_the_statements_of_both_sides() -> None:
    direct = (edge("p", "increases", "q", says("a")), edge("p", "inhibits", "q", says("b")))
    other = edge("p", "causes", "r", says("a"))
    graph = Graph([*direct, *CROSSED, other])
    assert set(graph.select("conflict(direct)").statements) == {s.id for s in direct}
    assert set(graph.select("conflict(indirect)").statements) == {s.id for s in CROSSED}
    assert set(graph.select("conflict()").statements) == {s.id for s in (*direct, *CROSSED)}
    assert len(graph.select("conflict(depends)")) == 0


SHIPPED = {
    # What the literature finds in one context and not in another, as a reader of it would list it.
    ("signs", "acute-magnesium-administration", "parathyroid-hormone"): "magnesium_status",
    ("states", "parathyroid-hormone", "bone-mass"): "state",
    ("states", "magnesium", "parathyroid-hormone"): "state",
    ("signs", "magnesium", "impaired-bone-metabolism"): "interval",
    ("signs", "magnesium", "blood-calcium"): "interval",
    ("signs", "calcitonin", "ossification"): "time",
}


@pytest.mark.parametrize(("short_form", "key"), SHIPPED.items())
def test_the_shipped_graph_knows_what_depends_in_its_field(
    shipped: Graph, short_form: tuple[str, str, str], key: str
) -> None:
    pairs = {
        (c.between, c.start, c.end): [contrast.key for contrast in c.context]
        for c in conflicts(shipped.columns, kinds=("depends",)).conflicts
    }
    assert key in pairs[short_form]


def test_no_conflict_of_the_shipped_graph_is_one_of_intervals_or_of_consumption(
    shipped: Graph,
) -> None:
    listed = conflicts(shipped.columns, kinds=("direct", "indirect")).conflicts
    # A need may be disputed itself, and a chain may pass a shortfall on; it opposes no change.
    predicates = {s.predicate for c in listed if c.between == "signs" for s in c.statements}
    assert predicates.isdisjoint(("has_input", "requires"))
    assert ("cyp24a1", "vitamin-d-24-hydroxylase-activity") not in {
        (c.start, c.end) for c in listed
    }
    assert {c.between for c in listed} <= {"signs", "stances", "chains"}


def test_the_kinds_are_listed_gravest_first(shipped: Graph) -> None:
    kinds = [conflict.kind for conflict in conflicts(shipped.columns).conflicts]
    assert kinds == sorted(kinds, key=list(KINDS).index)
    assert set(kinds) == set(KINDS)


# --- Boundaries -------------------------------------------------------------------------------


def test_a_title_is_heard_where_nothing_was_read_and_the_article_nowhere() -> None:
    read, title = says("a"), says("t", strength="title-only")
    article = says("article", strength="asserted")

    def between(first: Evidence, second: Evidence) -> int:
        edges = edge("x", "increases", "y", first), edge("x", "inhibits", "y", second)
        return len(conflicts(Graph(edges).columns).conflicts)

    assert (between(read, read), between(title, title)) == (1, 1)
    assert (between(read, title), between(read, article), between(title, article)) == (0, 0, 0)


def test_chains_of_two_steps_are_put_against_each_other_and_no_longer_ones() -> None:
    longer = (edge("w", "increases", "u", read("d")), edge("u", "inhibits", "z", read("d")))
    assert len(conflicts(Graph(CROSSED).columns).conflicts) == 1
    assert conflicts(Graph([*CROSSED[:3], *longer]).columns).conflicts == ()


def test_as_many_chains_may_there_be_as_may_be_looked_at_and_not_one_more() -> None:
    # x leads on in two chains where it rises and in two where it falls.
    columns = Graph(CROSSED).columns
    assert conflicts(columns, effort=4) == conflicts(columns)
    assert conflicts(columns, effort=3) == Conflicts((), whole=False)


def test_what_rises_only_because_a_cause_is_gone_runs_into_no_excess() -> None:
    # Without x there is more y, but not so much that its excess acts on z.
    shared = (
        edge("excess", "excess_of", "y", read("o")),
        edge("excess", "increases", "z", read("a")),
        edge("lack", "deficiency_of", "u", read("o")),
        edge("lack", "decreases", "v", read("b")),
        edge("v", "increases", "z", read("b")),
    )
    gone = (edge("x", "inhibits", "y", read("c")), edge("x", "increases", "v", read("d")))
    assert conflicts(Graph([*shared, *gone]).columns).conflicts == ()
    # What lowers v and raises y is against itself.
    more = (edge("x", "increases", "excess", read("c")), edge("x", "inhibits", "v", read("d")))
    assert short(conflicts(Graph([*shared, *more]).columns).conflicts) == {
        ("indirect", "chains", "x", "z")
    }
