"""What follows from changes: which way, how it is known, what is settled, what is held."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from trabecula.errors import NotFound, SelectionError
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.concluded import turned
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.whatif import Outcome, WhatIf, assume, whatif

READ = Evidence(source="one", strength="review")
TRIAL = Evidence(source="two", strength="direct", species="human", system="in-vivo")
SAID = Evidence(source="article", strength="asserted")
AGAINST = Evidence(source="three", strength="review", stance="disputes")


def says(line: str, *rows: Evidence) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,))


def graph_of(*lines: Statement | str) -> Graph:
    made = [says(line) if isinstance(line, str) else line for line in lines]
    ends = sorted({end for s in made for end in (s.subject, s.object)})
    return Graph([*(Entity(id=end, name=end, category="chemical") for end in ends), *made])


def asked(graph: Graph, changes: dict[str, int], *fixed: str, steps: int = 2) -> WhatIf:
    return whatif(Conclusions(graph.columns), changes, fixed, steps=steps)


def ways(answer: WhatIf) -> dict[str, int]:
    return {outcome.entity: outcome.way for outcome in answer.outcomes}


def outcome(answer: WhatIf, entity: str) -> Outcome:
    (match,) = (each for each in answer.outcomes if each.entity == entity)
    return match


def test_what_lowers_what_lowers_something_raises_it() -> None:
    graph = graph_of("a inhibits b", "b decreases c", "c prevents d")
    assert ways(asked(graph, {"a": 1})) == {"b": -1, "c": 1, "d": -1}
    assert ways(asked(graph, {"a": -1})) == {"b": 1, "c": -1, "d": 1}


def test_an_outcome_is_what_an_explanation_of_the_two_concludes() -> None:
    graph = graph_of(
        "a increases b", says("b decreases c", TRIAL), says("a decreases c", SAID),
        "low deficiency_of a", "low causes d",
    )  # fmt: skip
    conclusions = Conclusions(graph.columns)
    number = graph.columns.number
    answer = asked(graph, {"low": 1})
    for each in answer.outcomes:
        told = conclusions.between(number("low"), number(each.entity))
        conclusion = each.conclusion._replace(settled=False)
        assert (conclusion.relation, conclusion.sign, conclusion.rests_on) == (
            told.relation,
            told.sign,
            told.rests_on,
        )


def test_a_shortfall_is_passed_on_to_what_needs_it_and_more_gives_no_more() -> None:
    graph = graph_of("reaction requires a", "reaction has_output b")
    assert ways(asked(graph, {"a": -1})) == {"b": -1, "reaction": -1}
    assert ways(asked(graph, {"a": 1})) == {}


def test_an_excess_does_not_come_into_what_falls_nor_a_lack_into_what_rises() -> None:
    graph = graph_of("low deficiency_of a", "high excess_of a", "low causes c", "high causes d")
    assert ways(asked(graph, {"a": -1})) == {"c": 1}
    assert ways(asked(graph, {"a": 1})) == {"d": 1}


def test_what_a_lack_or_an_excess_does_goes_back_as_it_goes_and_nothing_else_comes() -> None:
    graph = graph_of(
        "low deficiency_of a", "high excess_of a", "low causes c", "high causes d", "c causes f",
        "reaction requires a", "a increases e", "e increases g", "g increases h",
    )  # fmt: skip
    assert ways(asked(graph, {"low": -1})) == {
        "c": -1, "f": -1, "reaction": 1, "e": 1, "g": 1, "h": 1,
    }  # fmt: skip
    assert ways(asked(graph, {"high": -1})) == {"d": -1, "e": -1, "g": -1, "h": -1}
    for name in ("low", "high"):
        comes, goes = (asked(graph, {name: way}).outcomes for way in (1, -1))
        assert [(o.entity, -o.way, turned(o.conclusion, -1)) for o in comes] == [
            (o.entity, o.way, o.conclusion) for o in goes
        ]


def test_chains_make_a_rise_do_nothing_that_the_lack_does() -> None:
    lines = ("low deficiency_of a", "high excess_of a", "low increases b", "b causes z")
    graph = graph_of(*lines, "high increases c", "c causes z", "d affects z")
    assert ways(asked(graph, {"low": 1})) == {"b": 1, "z": 1}
    for name in ("a", "high"):
        answer = asked(graph, {name: 1})
        assert ways(answer) == {"c": 1, "z": 0}
        assert outcome(answer, "z").conclusion.relation == "cannot-say"
    assert ways(asked(graph_of(*lines, "high causes z"), {"high": 1})) == {"z": 1}


def test_feedback_settles_nothing_against_a_test_of_the_one_on_the_other() -> None:
    tested = replace(says("a increases c", TRIAL), negated=True)
    graph = graph_of("a increases b", "b increases c", "c increases d", tested)
    told = outcome(asked(graph, {"a": 1}), "c")
    assert (told.way, told.conclusion.relation, told.conclusion.settled) == (
        0, "contested", False,
    )  # fmt: skip
    nearer = asked(graph, {"a": 1}, steps=1)
    assert outcome(nearer, "c").conclusion == told.conclusion
    assert ways(nearer) == {"b": 1, "c": 0}
    assert outcome(asked(graph, {"b": 1}), "c").conclusion.settled


@pytest.mark.parametrize(
    ("category", "follows"), [("intervention", False), ("exposure", False), ("chemical", True)]
)
@pytest.mark.parametrize("against", [(), (AGAINST,)])
def test_what_is_done_to_a_body_does_not_follow_from_what_it_is_seen_with(
    category: str, follows: bool, against: tuple[Evidence, ...]
) -> None:
    seen = says("a positively_correlated_with drug", READ, *against)
    graph = graph_of(seen, "drug increases b", says("a increases other", READ))
    drug = Entity(id="drug", name="drug", category=category)
    graph = Graph([drug if record.id == "drug" else record for record in graph])
    told = {each.entity for each in asked(graph, {"a": 1}).outcomes}
    assert ("drug" in told) == follows
    assert "other" in told
    assert {"a", "b"} <= {
        each.entity for each in asked(graph, {"drug": 1}).outcomes
    }  # seen with it


def test_the_names_of_a_quantity_move_together_and_a_lack_the_other_way() -> None:
    graph = graph_of(
        "level level_of a", "low deficiency_of a", "x increases level", "a increases b"
    )
    answer = asked(graph, {"x": 1})
    assert ways(answer) == {"a": 1, "b": 1}
    assert outcome(answer, "a").names == (("level", 1), ("low", -1))
    assert [answer.way(name) for name in ("a", "level", "low", "b", "x")] == [1, 1, -1, 1, None]
    assert asked(graph, {"a": 1}).names == ("level", "low")


def test_nothing_enters_what_is_changed_or_passes_what_is_held() -> None:
    graph = graph_of("a increases b", "b increases c", "c increases a")
    assert ways(asked(graph, {"a": 1}, steps=3)) == {"b": 1, "c": 1}
    assert ways(asked(graph, {"a": 1}, "b", steps=3)) == {}


def test_two_changes_that_agree_are_told_once_and_two_that_do_not_leave_it_open() -> None:
    graph = graph_of(says("a increases z", TRIAL), "b increases z")
    agreed = outcome(asked(graph, {"a": 1, "b": 1}), "z")
    assert (agreed.way, agreed.conclusion.basis, agreed.causes) == (
        1,
        "measured-in-people",
        ("a", "b"),
    )
    opposed = outcome(asked(graph, {"a": 1, "b": -1}), "z")
    assert (opposed.way, opposed.conclusion.relation) == (0, "cannot-say")


def test_outcomes_come_best_founded_first() -> None:
    graph = graph_of(
        says("a increases w", SAID), says("a increases x", READ, AGAINST), "a increases m",
        "m increases y",
    )  # fmt: skip
    assert [each.entity for each in asked(graph, {"a": 1}).outcomes] == ["m", "x", "y", "w"]


def test_one_quantity_cannot_go_two_ways() -> None:
    graph = graph_of("low deficiency_of a", "a increases b")
    with pytest.raises(SelectionError, match="a and low are names of one quantity"):
        asked(graph, {"a": 1, "low": 1})
    assert ways(asked(graph, {"a": -1, "low": 1})) == {"b": -1}


# --- What is settled ------------------------------------------------------------------------


def test_what_the_signs_decide_is_settled_at_any_distance() -> None:
    graph = graph_of(*(f"n{n} increases n{n + 1}" for n in range(6)))
    answer = asked(graph, {"n0": 1}, steps=1)
    assert ways(answer) == {f"n{n}": 1 for n in range(1, 7)}
    assert all(each.conclusion.settled for each in answer.outcomes)
    assert outcome(answer, "n6").conclusion.relation == "suggested"


def test_a_settled_direction_does_not_change_with_the_steps() -> None:
    for seed in range(40):
        dice = random.Random(seed)  # noqa: S311
        lines = {
            f"{dice.choice('abcdef')} {dice.choice(('increases', 'decreases', 'requires'))} "
            f"{dice.choice('abcdef')}"
            for _ in range(8)
        }
        graph = graph_of(*sorted(line for line in lines if line[0] != line[-1]))
        answers = [asked(graph, {"a": 1}, steps=k) for k in (1, 2, 3)]
        settled = [{o.entity: o.way for o in f.outcomes if o.conclusion.settled} for f in answers]
        assert settled[0] == settled[1] == settled[2]


def test_a_loop_may_turn_a_change_round_and_then_nothing_is_settled() -> None:
    # Stable with self-damping 0.2 and gains 0.5, and raising a lowers b.
    graph = graph_of(
        "a increases b", "b increases c", "c decreases b", "c increases d", "d increases c"
    )
    answer = asked(graph, {"a": 1})
    assert not any(outcome(answer, entity).conclusion.settled for entity in "bc")


def test_where_too_much_is_reached_nothing_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of("a increases b", "b increases c")
    monkeypatch.setattr("trabecula.reason.whatif.REACH", 2)
    answer = asked(graph, {"a": 1})
    assert ways(answer) == {"b": 1, "c": 1}
    assert not any(each.conclusion.settled for each in answer.outcomes)


def test_a_disputed_step_settles_nothing_behind_it() -> None:
    graph = graph_of(says("a increases b", READ, AGAINST), "b increases c")
    assert not any(each.conclusion.settled for each in asked(graph, {"a": 1}).outcomes)


def test_the_article_settles_nothing() -> None:
    graph = graph_of(says("a increases b", SAID), "b increases c")
    answer = asked(graph, {"a": 1})
    assert {o.entity: o.conclusion.relation for o in answer.outcomes} == {
        "b": "only-article", "c": "only-article"
    }  # fmt: skip


# --- What is assumed ------------------------------------------------------------------------


def test_names_and_directions_are_read() -> None:
    names = graph_of("a increases b", "b increases c").names
    assert assume(names, ["A=down", " b =fixed", "c=up"]) == ({"a": -1, "c": 1}, ("b",))
    with pytest.raises(NotFound):
        assume(names, ["q=up"])


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
        assume(graph_of("a increases b").names, texts)
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize("steps", [0, 4])
def test_a_number_of_steps_that_means_nothing_is_refused(steps: int) -> None:
    with pytest.raises(SelectionError, match="give 1 to 3"):
        asked(graph_of("a increases b"), {"a": 1}, steps=steps)
