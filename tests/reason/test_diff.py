"""Differences: each kind of change is told as what it is, and equal graphs differ in nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Predicate, Source, Statement, Xref
from trabecula.reason import changes
from trabecula.reason.diff import Content, Diff
from trabecula.reason.diff import diff as diff_of
from trabecula.reason.expectations import Expectation
from trabecula.words.diff import outline

if TYPE_CHECKING:
    import pytest

READ = Evidence(source="a", strength="direct", species="rat", summary="It rose.")
AGAINST = Evidence(source="b", stance="disputes", strength="direct", species="rat")
ENTITIES = tuple(Entity(id=key, name=key, category="process") for key in "xyz")


def edge(line: str, *rows: Evidence, topic: str = "") -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows, topic=topic
    )


def diff(old: Graph, new: Graph, expectations: Iterable[Expectation] = ()) -> Diff:
    return diff_of(*(Content(side.names, side.influence) for side in (old, new)), expectations)


def graph(*statements: Statement) -> Graph:
    return Graph([*ENTITIES, *statements])


def test_equal_graphs_have_no_difference(tiny: Graph) -> None:
    difference = diff(tiny, Graph(reversed(list(tiny))))
    assert not difference
    assert difference.findings == ()


def test_records_added_removed_and_changed_are_told_apart() -> None:
    old = Graph([Entity(id="x", name="x", category="process"), Source(id="s", year="1998")])
    new = Graph(
        [
            Entity(id="x", name="X", category="process", xrefs=(Xref("exact", "GO:1", "x"),)),
            Entity(id="y", name="y", category="process"),
            Source(id="s", year="1999", abstract_read=True),
        ]
    )
    difference = diff(old, new)
    assert [e.id for e in difference.entities.added] == ["y"]
    assert [(f.name, f.old, f.new) for f in difference.entities.changed[0].fields] == [
        ("name", "x", "X"),
        ("xrefs", "", "exact GO:1 x"),
    ]
    assert [(f.name, f.old, f.new) for f in difference.sources.changed[0].fields] == [
        ("year", "1998", "1999"),
        ("abstract_read", "no", "yes"),
    ]
    assert diff(new, old).entities.removed == difference.entities.added
    assert difference.findings == ()
    assert diff(new, old).findings == ("removed",)


def test_a_corrected_predicate_is_one_statement_removed_and_one_added() -> None:
    difference = diff(graph(edge("x increases y", READ)), graph(edge("x inhibits y", READ)))
    assert [s.predicate for s in difference.statements.removed] == ["increases"]
    assert [s.predicate for s in difference.statements.added] == ["inhibits"]
    assert not difference.evidence
    assert [(f.old, f.new) for f in difference.connections] == [("raises", "lowers")]


def test_another_topic_is_a_change_of_the_statement() -> None:
    old, new = (graph(edge("x increases y", READ, topic=topic)) for topic in ("pth", "energy"))
    (change,) = diff(old, new).statements.changed
    assert [(f.name, f.old, f.new) for f in change.fields] == [("topic", "pth", "energy")]


def test_a_row_of_the_same_source_in_other_words_is_changed_evidence() -> None:
    context = (("dose", "1 g"), ("sex", "female"))
    new_row = replace(READ, summary="It fell.", context=context)
    difference = diff(graph(edge("x increases y", READ)), graph(edge("x increases y", new_row)))
    (change,) = difference.evidence.changed
    assert [(f.name, f.old, f.new) for f in change.fields] == [
        ("context", "", "dose=1 g; sex=female"),
        ("summary", "It rose.", "It fell."),
    ]
    assert (difference.evidence.added, difference.evidence.removed) == ((), ())


def test_rows_of_one_source_are_paired_with_those_most_like_them() -> None:
    adult = replace(READ, context=(("age", "adult"),), species="human")
    better = replace(adult, summary="It rose a little.")
    other = replace(adult, context=(("age", "young"),), summary="It fell.")
    # adult and better differ in the summary only; READ and either new row in three fields.
    difference = diff(
        graph(edge("x causes y", READ, adult)), graph(edge("x causes y", other, better))
    )
    pairs = {(c.old.evidence, c.new.evidence) for c in difference.evidence.changed}
    assert pairs == {(adult, better), (READ, other)}


def test_of_many_rows_of_many_sources_a_bounded_number_of_pairs_is_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = 0

    def counting(before: object, after: object) -> bool:
        nonlocal compared
        compared += 1
        return before != after

    monkeypatch.setattr(changes, "ne", counting)
    sources = [f"s{number}" for number in range(40)]
    old, new = (
        graph(
            *(
                edge(
                    line,
                    *(
                        Evidence(source=s, summary=f"{word} {i}")
                        for s in sources
                        for i in range(60)
                    ),
                )
                for line in ("x increases y", "x decreases y")
            )
        )
        for word in ("old", "new")
    )
    changed = diff(old, new).evidence.changed
    assert len(changed) == 2 * 40 * 60
    assert {change.old.evidence.source for change in changed} == set(sources)
    assert all(c.old.evidence.source == c.new.evidence.source for c in changed)
    # All pairs of all sources would be 288,000; those beyond the bound go in their order.
    assert compared <= (changes.ALIKE + len(changed)) * len(fields(Evidence))


def test_rows_beyond_the_bound_are_paired_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "ALIKE", 3)
    adult = replace(READ, context=(("age", "adult"),), species="human")
    better = replace(adult, summary="It rose a little.")
    other = replace(adult, context=(("age", "young"),), summary="It fell.")
    old, new = graph(edge("x causes y", READ, adult)), graph(edge("x causes y", other, better))
    (before,), (after,) = old.statements.values(), new.statements.values()
    pairs = [(c.old.evidence, c.new.evidence) for c in diff(old, new).evidence.changed]
    assert set(pairs) == set(zip(before.evidence, after.evidence, strict=True))
    assert len(pairs) == 2


def test_a_dispute_flips_the_status_and_makes_a_conflict() -> None:
    difference = diff(
        graph(edge("x increases y", READ)), graph(edge("x increases y", READ, AGAINST))
    )
    assert [(f.old, f.new) for f in difference.statuses] == [("supported", "contested")]
    assert [(c.kind, c.between) for c in difference.conflicts.added] == [("direct", "stances")]
    assert [row.evidence for row in difference.evidence.added] == [AGAINST]
    assert [(f.old, f.new) for f in difference.connections] == [("raises", "contested +")]
    assert difference.findings == ("flipped", "conflict", "connection")


def test_a_context_that_was_added_resolves_a_conflict() -> None:
    human = replace(AGAINST, species="human")
    old, new = (graph(edge("x increases y", READ, row)) for row in (AGAINST, human))
    (change,) = diff(old, new).conflicts.changed
    assert [(f.old, f.new) for f in change.fields] == [("direct", "depends")]
    assert [(f.old, f.new) for f in diff(old, new).connections] == [("contested +", "depends +")]
    assert diff(old, new).findings == ("connection",)
    assert diff(new, old).findings == ("conflict", "connection")


def test_a_loop_gained_is_a_loop_lost_in_the_other_direction() -> None:
    forward, back = edge("x increases y", READ), edge("y inhibits x", READ)
    difference = diff(graph(forward), graph(forward, back))
    assert [(loop.kind, loop.entities) for loop in difference.loops.added] == [
        ("balancing", ("x", "y"))
    ]
    reverse = diff(graph(forward, back), graph(forward))
    assert reverse.loops.removed == difference.loops.added
    assert "loop" in reverse.findings


def test_a_connection_that_is_only_new_is_no_finding() -> None:
    first, second = edge("x increases y", READ), edge("y increases z", READ)
    difference = diff(graph(first), graph(first, second))
    assert {(f.about.start, f.about.end, f.old, f.new) for f in difference.connections} == {
        ("x", "z", "nothing", "conceivable +"),
        ("y", "z", "nothing", "raises"),
    }
    assert difference.findings == ()
    assert diff(graph(first, second), graph(first)).findings == ("removed", "connection")


def test_the_verdict_on_a_claim_of_the_article_changes_with_its_evidence() -> None:
    asserted = Evidence(source="article", strength="asserted", locator="intro")
    human = replace(READ, species="human", system="in-vivo")
    difference = diff(
        graph(edge("x increases y", asserted)), graph(edge("x increases y", asserted, human))
    )
    assert [(f.old, f.new) for f in difference.claims] == [("article-only", "stands")]
    assert [(f.old, f.new) for f in difference.connections] == [("only-article +", "raises")]
    assert difference.findings == ("flipped", "connection", "verdict")


def test_expectations_broken_and_met_again() -> None:
    expected = Expectation(start="x", end="y", expected="+", why="", where="")
    with_it, without = graph(edge("x increases y", READ)), graph()
    assert diff(with_it, without, [expected]).broken == (expected,)
    assert diff(without, with_it, [expected]).mended == (expected,)
    assert "expectation" in diff(with_it, without, [expected]).findings
    assert diff(without, without, [expected]).broken == ()


_ROWS = st.builds(
    Evidence,
    source=st.sampled_from("ab"),
    stance=st.sampled_from(("supports", "disputes")),
    strength=st.sampled_from(("direct", "title-only", "asserted")),
    summary=st.sampled_from(("", "It did.")),
)
_EDGES = st.builds(
    lambda s, p, o, rows: edge(f"{s} {p} {o}", *rows),
    st.sampled_from("xyz"),
    st.sampled_from(("increases", "inhibits", "requires")),
    st.sampled_from("xyz"),
    st.lists(_ROWS, max_size=3),
)
_GRAPHS = st.builds(lambda edges: graph(*edges), st.lists(_EDGES, max_size=6))


def _mirrored(forth: Diff, back: Diff) -> bool:
    return all(
        set(getattr(forth, name).added) == set(getattr(back, name).removed)
        for name in ("entities", "statements", "conflicts", "loops")
    ) and all(
        {(f.old, f.new) for f in getattr(forth, name)}
        == {(f.new, f.old) for f in getattr(back, name)}
        for name in ("statuses", "connections")
    )


@given(_GRAPHS, _GRAPHS)
def test_what_one_direction_adds_the_other_removes(old: Graph, new: Graph) -> None:
    assert _mirrored(diff(old, new), diff(new, old))
    assert bool(diff(old, new)) == (old != new)


def test_what_a_graph_says_of_itself_is_compared_word_by_word() -> None:
    """A predicate with another sign changes conclusions though no record has changed."""
    row = Predicate(name="warms", label="warms", inverse="", inverse_label="", definition="",
                    sign=1, kind="changes", influence="forward")  # fmt: skip
    old = About(title="a", predicates=(row,), context=(("dose", ()), ("diet", ("low",))))
    new = About(
        title="b",
        focus=("x", "y"),
        predicates=(replace(row, sign=-1),),
        prefixes=(("e", "http://e/"),),
    )
    sides = [Content(g.names, g.influence, g.about) for g in (Graph([old]), Graph([new]))]
    difference = diff_of(*sides)
    fields = {field.name: (field.old, field.new) for field in difference.about}
    was, now = fields.pop("predicates: warms")
    assert (was.replace("sign 1", "sign -1"), "sign 1" in was) == (now, True)
    assert fields == {
        "title": ("a", "b"),
        "focus": ("", "x | y"),
        "context: dose": ("any value", ""),
        "context: diet": ("low", ""),
        "prefixes: e": ("", "http://e/"),
    }
    assert difference
    assert not diff_of(sides[0], sides[0])
    lines = [line.words for line in outline(difference, Graph([old]), Graph([new]), ("1", "2"), 20)]
    assert "title: a → b" in lines
