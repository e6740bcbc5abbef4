"""Conflicts: which two sides are put against each other, and when context tells them apart."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.reason.conflicts import KINDS, Conflict, conflicts
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
    (found,) = conflicts(Graph(statements).influence).found
    return found


def short(found: tuple[Conflict, ...]) -> set[tuple[str, str, str, str]]:
    return {(c.kind, c.between, c.start, c.end) for c in found}


# --- Opposite signs ---------------------------------------------------------------------------


def test_opposite_signs_in_one_context_are_a_direct_conflict_with_both_sources() -> None:
    found = only(edge("x", "increases", "y", says("a")), edge("x", "inhibits", "y", says("b")))
    assert (found.kind, found.between, found.start, found.end) == ("direct", "signs", "x", "y")
    assert (found.one.sources, found.other.sources) == (("a",), ("b",))
    assert (found.context, found.hints, found.silent) == ((), (), ())


def test_a_closed_key_with_other_values_on_either_side_resolves_it() -> None:
    # A context flip: acute here, long-term there.
    found = only(
        edge("x", "increases", "y", says("a", ("duration", "acute"))),
        edge("x", "decreases", "y", says("b", ("duration", "long-term"))),
    )
    assert found.kind == "resolved"
    assert [(c.key, c.one, c.other) for c in found.context] == [
        ("duration", ("acute",), ("long-term",))
    ]


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ({"species": "rat"}, {"species": "human"}, "species"),
        ({"system": "in-vivo"}, {"system": "cell-culture"}, "system"),
    ],
)
def test_species_and_systems_tell_sides_apart(
    one: dict[str, str], other: dict[str, str], key: str
) -> None:
    found = only(
        edge("x", "increases", "y", says("a", **one)),
        edge("x", "decreases", "y", says("b", **other)),
    )
    assert (found.kind, [c.key for c in found.context]) == ("resolved", [key])


def test_a_species_that_includes_the_other_tells_nobody_apart() -> None:
    found = only(
        edge("x", "increases", "y", says("a", ("sex", "male"), species="mammal")),
        edge("x", "decreases", "y", says("b", ("sex", "male"), species="human")),
    )
    assert found.kind == "direct"


def test_a_taxon_is_the_species_that_it_names() -> None:
    found = only(
        edge("x", "increases", "y", says("a", species="NCBITaxon:10116")),
        edge("x", "decreases", "y", says("b", species="rat")),
    )
    assert found.kind == "direct"


def test_qualifiers_are_context_too() -> None:
    found = only(
        edge("x", "increases", "y", says("a"), magnesium_status="deficient"),
        edge("x", "decreases", "y", says("b"), magnesium_status="replete"),
    )
    assert (found.kind, [c.key for c in found.context]) == ("resolved", ["magnesium_status"])


def test_one_pair_of_findings_that_nothing_tells_apart_makes_it_direct() -> None:
    # a and c differ in age, b and c in nothing: b says the opposite of c about the same.
    found = only(
        edge("x", "increases", "y", says("a", ("age", "young")), says("b", ("age", "adult"))),
        edge("x", "decreases", "y", says("c", ("age", "adult"))),
    )
    assert found.kind == "direct"
    # What holds for a part of the findings is told all the same.
    assert [(c.key, c.one, c.other) for c in found.context] == [
        ("age", ("adult", "young"), ("adult",))
    ]


def test_different_pairs_may_be_told_apart_by_different_keys() -> None:
    # a is human and c is not; b is a rat as c is, but young.
    found = only(
        edge("x", "increases", "y", says("a", species="human"), says("b", ("age", "young"))),
        edge("x", "decreases", "y", says("c", ("age", "adult"))),
    )
    assert (found.kind, [c.key for c in found.context]) == ("resolved", ["species", "age"])


def test_a_finding_without_a_context_is_named_and_is_no_objection_where_others_differ() -> None:
    found = only(
        edge("x", "increases", "y", says("a", ("age", "young")), says("review", species="")),
        edge("x", "decreases", "y", says("c", ("age", "adult"))),
    )
    assert (found.kind, found.silent) == ("resolved", ("review",))


def test_findings_without_any_context_are_in_direct_conflict() -> None:
    found = only(
        edge("x", "increases", "y", says("a", species="")),
        edge("x", "decreases", "y", says("b", ("age", "adult"))),
    )
    assert (found.kind, found.silent) == ("direct", ("a",))


def test_free_text_is_compared_within_one_source_only() -> None:
    one, other = ("time", "before cartilage formed"), ("time", "after it had formed")
    within = only(
        edge("x", "increases", "y", says("a", one)), edge("x", "decreases", "y", says("a", other))
    )
    between = only(
        edge("x", "increases", "y", says("a", one)), edge("x", "decreases", "y", says("b", other))
    )
    assert (within.kind, [c.key for c in within.context]) == ("resolved", ["time"])
    assert (between.kind, [c.key for c in between.hints]) == ("direct", ["time"])


def test_what_was_found_is_no_context() -> None:
    found = only(
        edge("x", "increases", "y", says("a", ("effect", "up 10 %"))),
        edge("x", "decreases", "y", says("a", ("effect", "down 10 %"))),
    )
    assert (found.kind, found.context, found.hints) == ("direct", (), ())


def test_what_one_side_alone_states_is_a_hint() -> None:
    found = only(
        edge("x", "increases", "y", says("a", ("severity", "mild"))),
        edge("x", "decreases", "y", says("b")),
    )
    assert [(c.key, c.one, c.other) for c in found.hints] == [("severity", ("mild",), ())]


def test_opposites_are_found_along_influence_and_not_along_arrows() -> None:
    # y requires x: more x, more y. That x lowers y contradicts it ...
    requires = edge("y", "requires", "x", says("a"))
    found = only(requires, edge("x", "inhibits", "y", says("b")))
    assert (found.start, found.end) == ("x", "y")
    # ... and that y uses x up does not.
    assert (
        conflicts(Graph([requires, edge("y", "decreases", "x", says("b"))]).influence).found == ()
    )


def test_correlations_run_both_ways_and_are_one_conflict() -> None:
    both = (
        edge("y", "positively_correlated_with", "x", says("a")),
        edge("x", "negatively_correlated_with", "y", says("b")),
    )
    assert short(conflicts(Graph(both).influence).found) == {("direct", "signs", "x", "y")}
    mixed = (both[0], edge("x", "decreases", "y", says("b")))
    assert short(conflicts(Graph(mixed).influence).found) == {("direct", "signs", "x", "y")}


@pytest.mark.parametrize(
    "row",
    [
        says("article", strength="asserted", species=""),
        says("b", stance="qualifies"),
    ],
)
def test_the_article_and_those_who_limit_make_no_conflict(row: Evidence) -> None:
    statements = (edge("x", "increases", "y", says("a")), edge("x", "inhibits", "y", row))
    assert conflicts(Graph(statements).influence).found == ()


# --- Stances ----------------------------------------------------------------------------------


def test_support_and_dispute_of_one_statement_are_a_conflict() -> None:
    found = only(edge("x", "causes", "y", says("a"), says("b", stance="disputes")))
    assert (found.kind, found.between, found.claim) == ("direct", "stances", "causes")
    assert (found.one.denies, found.other.denies) == (False, True)
    assert (found.one.sources, found.other.sources) == (("a",), ("b",))


def test_a_negated_statement_speaks_against_the_same_statement() -> None:
    found = only(
        edge("x", "increases", "y", says("a")), edge("x", "increases", "y", says("b"), negated=True)
    )
    assert (found.between, found.one.sources, found.other.sources) == ("stances", ("a",), ("b",))


def test_stances_are_compared_whatever_the_qualifiers() -> None:
    found = only(
        edge("x", "decreases", "y", says("a"), severity="severe"),
        edge("x", "decreases", "y", says("a", stance="disputes"), severity="moderate"),
    )
    assert (found.kind, [c.key for c in found.context]) == ("resolved", ["severity"])


def test_a_weaker_claim_is_not_denied_with_the_stronger_one() -> None:
    statements = (
        edge("x", "contributes_to", "y", says("a")),
        edge("x", "causes", "y", says("b", stance="disputes")),
    )
    assert conflicts(Graph(statements).influence).found == ()


def test_who_supports_the_opposite_is_not_counted_again_as_disputing() -> None:
    # b is for less, and says so on both statements; c finds no change.
    raises = edge("x", "increases", "y", says("a"), says("b", stance="disputes"))
    lowers = edge("x", "decreases", "y", says("b"), says("a", stance="disputes"))
    assert short(conflicts(Graph([raises, lowers]).influence).found) == {
        ("direct", "signs", "x", "y")
    }
    third = edge("x", "increases", "y", *raises.evidence, says("c", stance="disputes"))
    found = conflicts(Graph([third, lowers]).influence).found
    assert [(c.between, c.other.sources) for c in found] == [("signs", ("b",)), ("stances", ("c",))]


# --- States -----------------------------------------------------------------------------------


def test_two_states_of_one_thing_are_contexts_of_their_own() -> None:
    found = only(
        edge("mild", "state_of", "depletion", says("o")),
        edge("severe", "state_of", "depletion", says("o")),
        edge("mild", "increases", "pth", says("a")),
        edge("severe", "inhibits", "pth", says("b")),
    )
    assert (found.kind, found.between) == ("resolved", "states")
    assert [(c.key, c.one, c.other) for c in found.context] == [("state", ("mild",), ("severe",))]


def test_a_state_against_the_thing_itself_is_told_apart_by_stated_context_only() -> None:
    whole = edge("mild", "state_of", "depletion", says("o"))
    mild = edge("mild", "increases", "pth", says("a"))
    general = edge("depletion", "inhibits", "pth", says("b"))
    human = edge("depletion", "inhibits", "pth", says("b", species="human"))
    assert only(whole, mild, general).kind == "direct"
    assert only(whole, mild, human).kind == "resolved"


def test_a_lack_and_an_excess_that_both_raise_something_are_two_ways_to_act() -> None:
    # Less magnesium raises the damage, and so does more: it depends on how much there is.
    lack = edge("lack", "deficiency_of", "magnesium")
    excess = edge("excess", "excess_of", "magnesium")
    found = conflicts(
        Graph(
            [lack, excess, *(edge(s, "causes", "damage", says("a")) for s in ("lack", "excess"))]
        ).influence,
        kinds=("direct", "resolved"),
    ).found
    assert short(found) == {("resolved", "states", "excess", "damage")}
    opposite = (edge("lack", "causes", "x", says("a")), edge("excess", "prevents", "x", says("a")))
    assert conflicts(Graph([lack, excess, *opposite]).influence).found == ()


def test_a_lack_against_the_thing_needs_a_context_to_be_resolved() -> None:
    # More magnesium lowers resorption; less magnesium lowers it as well.
    found = only(
        edge("lack", "deficiency_of", "magnesium"),
        edge("lack", "decreases", "resorption", says("a")),
        edge("magnesium", "decreases", "resorption", says("b")),
    )
    assert (found.kind, found.between) == ("direct", "states")


# --- Paths ------------------------------------------------------------------------------------

#: An incoherent feed-forward: x raises z, and lowers it by way of y.
FORWARD = (
    edge("x", "increases", "z", says("a")),
    edge("x", "increases", "y", says("b")),
    edge("y", "inhibits", "z", says("c")),
)


def test_a_supported_path_of_the_opposite_sign_disagrees_indirectly() -> None:
    found = only(*FORWARD)
    assert (found.kind, found.claim, found.more) == ("indirect", "+", 0)
    assert found.path is not None
    assert (found.path.entities, found.path.sign) == (("x", "y", "z"), -1)
    assert (found.one.sources, found.other.sources) == (("a",), ("b", "c"))


def test_an_inhibitor_of_an_inhibitor_does_not_disagree_with_a_rise() -> None:
    two = (FORWARD[0], edge("x", "inhibits", "y", says("b")), FORWARD[2])
    assert conflicts(Graph(two).influence).found == ()


def test_the_shortest_opposing_path_is_shown_and_the_others_are_counted() -> None:
    longer = (
        edge("x", "increases", "v", says("d")),
        edge("v", "increases", "w", says("d")),
        edge("w", "decreases", "z", says("d")),
    )
    found = only(*FORWARD, *longer)
    assert found.path is not None
    assert (found.path.entities, found.more) == (("x", "y", "z"), 1)
    (two,) = conflicts(Graph([*FORWARD, *longer]).influence, steps=2).found
    assert two.more == 0


@pytest.mark.parametrize("row", [says("c", strength="title-only"), says("c", strength="asserted")])
def test_only_supported_statements_make_an_opposing_path(row: Evidence) -> None:
    assert conflicts(Graph([*FORWARD[:2], edge("y", "inhibits", "z", row)]).influence).found == ()


def test_pairs_in_conflict_already_get_no_second_conflict_from_a_path() -> None:
    found = conflicts(Graph([*FORWARD, edge("x", "inhibits", "z", says("d"))]).influence).found
    assert short(found) == {("direct", "signs", "x", "z")}


def test_removing_a_statement_of_the_path_removes_the_conflict_and_nothing_else() -> None:
    other = (edge("p", "causes", "q", says("a"), says("b", stance="disputes")),)
    kept = conflicts(Graph(other).influence).found
    for gone in FORWARD:
        left = [s for s in FORWARD if s != gone]
        assert conflicts(Graph([*left, *other]).influence).found == kept


@pytest.mark.parametrize("steps", [1, 7])
def test_a_number_of_steps_out_of_range_is_refused(steps: int) -> None:
    with pytest.raises(ValueError, match=f"a path of {steps} steps: give 2 to 6"):
        conflicts(Graph().influence, steps=steps)


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

    def way(s: Statement) -> tuple[str, str]:
        reverse = PREDICATES[s.predicate].influence == "reverse"
        return (s.object, s.subject) if reverse else (s.subject, s.object)

    supported = [s for s in statements if any(r.stance == "supports" for r in s.evidence)]
    return {
        way(a)
        for a in supported
        for b in supported
        if PREDICATES[a.predicate].sign * PREDICATES[b.predicate].sign < 0 and way(a) == way(b)
    }


@given(st.lists(_EDGES, max_size=8), st.randoms())
def test_every_pair_of_opposite_signs_is_found_in_any_order(
    edges: list[Statement], chance: random.Random
) -> None:
    graph = Graph(edges)
    found = conflicts(graph.influence).found
    signs = {(c.start, c.end) for c in found if c.between == "signs"}
    assert signs == _opposing(tuple(graph.statements.values()))
    mixed = list(edges)
    chance.shuffle(mixed)
    assert conflicts(Graph(mixed).influence).found == found


@given(st.lists(_EDGES, max_size=8))
def test_no_conflict_is_listed_twice(edges: list[Statement]) -> None:
    found = conflicts(Graph(edges).influence).found
    assert len({c.id for c in found}) == len(found)


# --- The selector, and the shipped graph ------------------------------------------------------


def test_the_selector_takes_the_statements_of_both_sides() -> None:
    direct = (edge("p", "increases", "q", says("a")), edge("p", "inhibits", "q", says("b")))
    other = edge("p", "causes", "r", says("a"))
    graph = Graph([*direct, *FORWARD, other])
    assert set(graph.select("conflict(direct)").statements) == {s.id for s in direct}
    assert set(graph.select("conflict(indirect)").statements) == {s.id for s in FORWARD}
    assert set(graph.select("conflict()").statements) == {s.id for s in (*direct, *FORWARD)}
    assert len(graph.select("conflict(resolved)")) == 0


SHIPPED = {
    # What the literature disagrees about, as a reader of it would list it.
    ("resolved", "signs", "acute-magnesium-administration", "blood-pth"): ["magnesium_status"],
    ("resolved", "states", "intermittent-pth", "bone-mass"): ["state", "pattern"],
    ("resolved", "states", "mild-magnesium-depletion", "pth-secretion"): ["state"],
    ("resolved", "states", "magnesium-excess", "impaired-bone-metabolism"): ["state"],
    ("resolved", "signs", "magnesium-deficiency", "bone-resorption"): ["age", "duration"],
    ("resolved", "signs", "calcitonin", "ossification"): ["time"],
}


@pytest.mark.parametrize(("short_form", "keys"), SHIPPED.items())
def test_the_shipped_graph_has_the_conflicts_of_its_field(
    shipped: Graph, short_form: tuple[str, str, str, str], keys: list[str]
) -> None:
    by_form = {
        (c.kind, c.between, c.start, c.end): [contrast.key for contrast in c.context]
        for c in conflicts(shipped.influence, kinds=("direct", "resolved")).found
        if c.kind == "resolved"
    }
    assert [key for key in by_form[short_form] if key != "population"] == keys


def test_the_kinds_are_listed_gravest_first(shipped: Graph) -> None:
    kinds = [conflict.kind for conflict in conflicts(shipped.influence).found]
    assert kinds == sorted(kinds, key=list(KINDS).index)
    assert set(kinds) == set(KINDS)


# --- Boundaries -------------------------------------------------------------------------------


def test_a_title_is_heard_on_either_side_and_the_article_on_none() -> None:
    read, title = says("a"), says("t", strength="title-only")
    article = says("article", strength="asserted")

    def against(row: Evidence) -> int:
        edges = edge("x", "increases", "y", read), edge("x", "inhibits", "y", row)
        return len(conflicts(Graph(edges).influence).found)

    assert (against(title), against(article)) == (1, 0)


def test_opposing_paths_have_up_to_three_steps_where_nothing_else_is_asked_for() -> None:
    def chain(names: str) -> list[Statement]:
        steps = [edge(a, "increases", b, says("p")) for a, b in pairwise(names)]
        return [*steps, edge(names[0], "inhibits", names[-1], says("q"))]

    three, four = Graph(chain("abcd")).influence, Graph(chain("abcde")).influence
    assert (len(conflicts(three).found), conflicts(three).steps) == (1, 3)
    assert (conflicts(four).found, conflicts(four).complete) == ((), 3)
    assert len(conflicts(four, steps=4).found) == 1


@pytest.mark.parametrize("steps", [2, 6])
def test_two_to_six_steps_can_be_asked_for(steps: int) -> None:
    assert conflicts(Graph([]).influence, steps=steps).complete == steps
    with pytest.raises(ValueError, match="give 2 to 6"):
        conflicts(Graph([]).influence, steps=7)
