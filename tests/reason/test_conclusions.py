"""Conclusions: each rank, intervals, contexts, chains, and what never may happen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Record, Source, Statement
from trabecula.reason.concluded import SUPPORTED, WEAKER, Conclusion
from trabecula.reason.conclusions import MOST, Conclusions

REVIEW = Evidence(source="review", strength="review", method="review")
TRIAL = Evidence(
    source="trial", strength="direct", method="randomised-trial", species="human", system="in-vivo"
)
RATS = Evidence(source="rats", strength="direct", species="rat", system="in-vivo")
CELLS = Evidence(source="cells", strength="direct", species="human", system="cell-culture")
SURVEY = Evidence(source="survey", strength="association", method="cohort", species="human")
DEFINED = Evidence(source="ontology", strength="reference", method="ontology")
TITLE = Evidence(source="title", strength="title-only")
SAID = Evidence(source="article", strength="asserted")
AGAINST = Evidence(source="other", strength="review", stance="disputes")
RATS_AGAINST = replace(RATS, source="other rats", stance="disputes")
ACUTE = replace(TRIAL, source="acute", context=(("duration", "acute"),))
LONG = replace(TRIAL, source="long", context=(("duration", "long-term"),))
SEVERE = Evidence(source="severe", strength="review", context=(("severity", "severe"),))


def says(line: str, *rows: Evidence, **context: str) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (REVIEW,),
        qualifiers=tuple(sorted(context.items())),
    )  # fmt: skip


def graph_of(*statements: Statement | str, about: About | None = None) -> Graph:
    made = [says(s) if isinstance(s, str) else s for s in statements]
    return Graph([*([about] if about else []), *made])


def asked(graph: Graph, start: str = "a", end: str = "z", steps: int = 2) -> Conclusion:
    number = graph.columns.number
    return Conclusions(graph.columns).between(number(start), number(end), steps)


def told(graph: Graph, start: str = "a", end: str = "z", steps: int = 2) -> tuple[str, int | None]:
    conclusion = asked(graph, start, end, steps)
    return conclusion.relation, conclusion.sign


# --- Ranks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "relation", "basis"),
    [
        ((TRIAL, REVIEW, DEFINED), "raises", "measured-in-people"),
        ((RATS, REVIEW), "raises", "measured-elsewhere"),
        ((CELLS,), "raises", "measured-elsewhere"),
        ((REVIEW, DEFINED, SAID), "raises", "reviewed"),
        ((DEFINED, TITLE), "raises", "defined"),
        ((SURVEY,), "goes-with-more", ""),
        ((TITLE, SAID), "conceivable", ""),
        ((SAID,), "only-article", ""),
        ((REVIEW, AGAINST), "contested", ""),
        ((AGAINST,), "nothing", ""),
    ],
)
def test_a_verb_of_change_needs_a_source_that_was_read_and_spoke_of_change(
    rows: tuple[Evidence, ...], relation: str, basis: str
) -> None:
    conclusion = asked(graph_of(says("a increases z", *rows)))
    assert (conclusion.relation, conclusion.basis) == (relation, basis)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("a increases z|review", "a decreases z|contested"),
        ("a increases z|review", "a decreases z|rats"),
        ("a increases z|contested", "a negatively_correlated_with z|survey"),
        ("a increases z|rats", "a negatively_correlated_with z|survey"),
        ("a positively_correlated_with z|survey", "a increases m|review;m decreases z|review"),
        ("a increases m|review;m increases z|review", "a decreases z|title"),
        ("a increases z|title", "a decreases z|article"),
        ("a increases m|rats;m increases z|review", "a decreases z|article"),
    ],
)
def test_the_first_rank_that_has_anything_decides(better: str, worse: str) -> None:
    rows = {
        "review": (REVIEW,), "contested": (REVIEW, AGAINST), "rats": (RATS,), "survey": (SURVEY,),
        "title": (TITLE,), "article": (SAID,),
    }  # fmt: skip
    statements = [
        says(line, *rows[kind])
        for text in (better, worse)
        for line, kind in (part.split("|") for part in text.split(";"))
    ]
    conclusion = asked(graph_of(*statements))
    assert conclusion.sign == 1
    # What is said of the two on a worse rank, and otherwise, is told.
    direct = [s.id for s in statements if (s.subject, s.object) == ("a", "z")]
    assert conclusion.against == tuple(i for i in direct if i not in conclusion.rests_on)


def test_opposite_statements_of_one_rank_are_contested_in_one_context_and_depend_in_two() -> None:
    assert told(graph_of("a increases z", "a decreases z")) == ("contested", None)
    graph = graph_of(says("a increases z", ACUTE), says("a decreases z", LONG))
    conclusion = asked(graph)
    assert (conclusion.relation, conclusion.sign) == ("depends", None)
    assert {(case.relation, dict(case.context)["duration"]) for case in conclusion.contexts} == {
        ("raises", "acute"),
        ("lowers", "long-term"),
    }


def test_a_dispute_that_looked_elsewhere_makes_it_depend() -> None:
    in_people = says("a increases z", TRIAL, RATS_AGAINST)
    assert told(graph_of(in_people)) == ("depends", 1)
    assert told(graph_of(says("a increases z", RATS, RATS_AGAINST))) == ("contested", 1)


def test_what_is_denied_is_told_against() -> None:
    graph = graph_of("a increases z", says("a activates z", AGAINST))
    (denied,) = (s.id for s in graph.statements.values() if s.predicate == "activates")
    assert asked(graph).against == (denied,)


def test_what_is_negated_says_nothing() -> None:
    graph = graph_of(replace(says("a increases z"), negated=True))
    assert told(graph) == ("nothing", None)


def test_an_effect_without_direction_lets_nobody_say_which() -> None:
    assert told(graph_of("a affects z")) == ("cannot-say", None)
    assert told(graph_of("a affects z", "a increases m", "m increases z")) == ("suggested", 1)


# --- Needs ----------------------------------------------------------------------------------


def test_a_need_passes_only_a_shortfall_on() -> None:
    graph = graph_of("z requires a", "shortage deficiency_of a")
    assert told(graph) == ("needed-for", 1)
    assert asked(graph).interval == "lack"
    assert told(graph, "shortage") == ("needed-for", -1)
    assert told(graph, "z", "a") == ("nothing", None)


def test_what_a_process_consumes_is_needed_and_not_raised_by_it_nor_by_its_product() -> None:
    graph = graph_of("reaction has_input a", "reaction has_output z")
    assert told(graph, "a", "reaction") == ("needed-for", 1)
    assert told(graph, "reaction", "a") == ("nothing", None)
    assert asked(graph).interval == "lack"  # without it less of the product; more gives no more


def test_a_need_at_the_end_of_a_rise_concludes_nothing_for_the_rise() -> None:
    graph = graph_of("drug increases a", "z requires a")
    assert told(graph, "drug") == ("suggested", 1)
    assert asked(graph, "drug").interval == "lack"
    excess = graph_of("drug excess_of drugs", "drugs increases a", "z requires a")
    assert told(excess, "drug") == ("nothing", None)


def test_what_sources_only_limit_or_retracted_ones_say_is_not_conceivable() -> None:
    limits = replace(REVIEW, stance="qualifies")
    gone = Source(id="review", standing="retracted")
    assert told(graph_of(says("a increases z", limits))) == ("nothing", None)
    assert told(Graph([gone, says("a increases z")])) == ("nothing", None)
    bare = Statement(subject="a", predicate="increases", object="z")
    assert told(Graph([bare])) == ("conceivable", 1)
    named = graph_of(says("low deficiency_of a", limits), says("low increases z"))
    assert told(named) == ("nothing", None)


# --- Intervals --------------------------------------------------------------------------------


def test_what_is_said_of_a_lack_is_said_of_the_quantity_there() -> None:
    graph = graph_of("shortage deficiency_of a", "shortage decreases z")
    conclusion = asked(graph)
    assert (conclusion.relation, conclusion.sign, conclusion.interval) == ("raises", 1, "lack")
    assert told(graph, "shortage") == ("lowers", -1)


def test_what_is_said_at_large_only_suggests_for_a_lack() -> None:
    graph = graph_of("shortage deficiency_of a", "a increases z")
    assert told(graph) == ("raises", 1)
    assert told(graph, "shortage") == ("suggested", -1)


def test_lack_and_excess_do_not_cross() -> None:
    graph = graph_of(
        "shortage deficiency_of a", "surplus excess_of a",
        "shortage decreases z", "surplus decreases z",
    )  # fmt: skip
    assert told(graph, "shortage") == ("lowers", -1)
    assert told(graph, "surplus") == ("lowers", -1)
    conclusion = asked(graph)
    assert (conclusion.relation, conclusion.sign) == ("depends", None)
    assert {(case.relation, case.interval) for case in conclusion.contexts} == {
        ("raises", "lack"),
        ("lowers", "excess"),
    }


def test_a_context_that_names_an_interval_is_one() -> None:
    about = About(intervals=(("amount", "a", (("high", "excess"), ("low", "lack"))),))
    low, high = says("a increases z", amount="low"), says("a decreases z", amount="high")
    graph = graph_of(low, high, "shortage deficiency_of a", about=about)
    assert told(graph, "shortage") == ("lowers", -1)
    assert told(graph) == ("depends", None)


def test_all_names_of_one_quantity_answer_alike() -> None:
    graph = graph_of(
        "level level_of a", "release secretion_of a", "level increases z", "a decreases y",
        "other level_of z", "lack-of-z deficiency_of z",
    )  # fmt: skip
    for start in ("a", "level", "release"):
        for end, sign in (("z", 1), ("other", 1), ("lack-of-z", -1)):
            assert asked(graph, start, end).sign == sign
        assert told(graph, start, "y") == ("lowers", -1)


def test_two_names_of_one_quantity_are_defined() -> None:
    conclusion = asked(graph_of("a deficiency_of z"), "z", "a")
    assert (conclusion.relation, conclusion.sign, conclusion.basis) == ("lowers", -1, "defined")


def test_states_of_a_quantity_make_it_depend() -> None:
    graph = graph_of(
        "pulses state_of a", "flow state_of a", "pulses increases z", "flow decreases z"
    )
    conclusion = asked(graph)
    assert conclusion.relation == "depends"
    assert {(case.relation, case.state) for case in conclusion.contexts} == {
        ("raises", "pulses"),
        ("lowers", "flow"),
    }
    assert told(graph, "pulses") == ("raises", 1)


def test_one_state_of_a_quantity_only_suggests() -> None:
    assert told(graph_of("pulses state_of a", "pulses increases z")) == ("suggested", 1)


def test_what_is_said_without_a_qualifier_comes_before_what_one_limits() -> None:
    mild, plain = says("a decreases z", severity="mild"), says("a increases z")
    assert told(graph_of(mild, plain)) == ("raises", 1)
    severe = says("a increases z", severity="severe")
    assert told(graph_of(mild, severe)) == ("depends", None)


def test_of_a_lack_at_the_end_only_what_speaks_of_it_is_firm() -> None:
    graph = graph_of("shortage deficiency_of z", "a increases z", "b causes shortage")
    assert told(graph, "a", "shortage") == ("suggested", -1)
    assert told(graph, "b", "shortage") == ("raises", 1)
    assert told(graph, "b", "z") == ("lowers", -1)


def test_states_that_differ_come_before_observations_and_what_holds_in_an_interval() -> None:
    states = ("pulses state_of a", "flow state_of a", "pulses increases z", "flow decreases z")
    survey = says("a positively_correlated_with z", SURVEY)
    assert told(graph_of(*states, survey)) == ("depends", None)
    assert told(graph_of(*states, "surplus excess_of a", "surplus increases z")) == (
        "depends",
        None,
    )


def test_a_hypothesis_that_was_tested_and_denied_is_contested() -> None:
    chain = ("a increases m", "m increases z")
    conclusion = asked(graph_of(*chain, says("a increases z", AGAINST)))
    assert (conclusion.relation, conclusion.sign, len(conclusion.against)) == ("contested", None, 1)
    assert told(graph_of(*chain, says("a decreases z", AGAINST))) == ("suggested", 1)


def test_what_was_not_seen_to_vary_together_is_told_against_a_hypothesis_and_tests_it_not() -> None:
    chain = ("a increases m", "m increases z")
    conclusion = asked(graph_of(*chain, says("a positively_correlated_with z", AGAINST)))
    assert (conclusion.relation, conclusion.sign, len(conclusion.against)) == ("suggested", 1, 1)
    risk = says("a associated_with_increased_risk_of z", AGAINST)
    assert told(graph_of(*chain, risk)) == ("contested", None)


def test_that_a_treatment_or_a_disease_is_not_there_is_no_change() -> None:
    statements = (says("a increases m"), says("z requires m"))
    for category, answer in (("chemical", ("suggested", 1)), ("intervention", ("nothing", None))):
        entity = Entity(id="a", name="a", category=category)
        assert told(Graph([entity, *statements])) == answer


def test_that_a_cause_is_gone_runs_into_no_excess() -> None:
    graph = graph_of("a decreases m", "surplus excess_of m", "surplus increases z")
    assert told(graph) == ("nothing", None)


def test_a_step_of_a_lack_or_an_excess_needs_one_before_that_goes_so_far() -> None:
    more = ("surplus excess_of m", "surplus increases z")
    assert told(graph_of("a increases m", *more)) == ("conceivable", 1)
    assert told(graph_of("a increases surplus", *more)) == ("suggested", 1)
    less = ("shortage deficiency_of m", "shortage increases z")
    assert told(graph_of("a decreases m", *less)) == ("conceivable", 1)
    assert told(graph_of("a increases shortage", *less)) == ("suggested", 1)
    assert told(graph_of("a decreases m", "z requires m")) == ("conceivable", -1)
    # What falls because something else is short falls short itself.
    assert told(graph_of("a increases m", "z requires m")) == ("suggested", 1)
    assert told(graph_of("low deficiency_of a", "low decreases m", "z requires m")) == (
        "suggested", 1,
    )  # fmt: skip


def test_what_mends_a_lack_makes_no_excess_of_it() -> None:
    names = ("surplus excess_of m", "shortage deficiency_of m")
    more = (*names, "surplus increases z")
    assert told(graph_of("a increases m", *more)) == ("conceivable", 1)
    assert told(graph_of("a decreases shortage", *more)) == ("nothing", None)
    assert told(graph_of("a increases m", "a treats shortage", *more)) == ("nothing", None)
    assert told(graph_of("a increases surplus", "a treats shortage", *more)) == ("suggested", 1)
    less = (*names, "shortage increases z")
    assert told(graph_of("a decreases surplus", *less)) == ("nothing", None)
    assert told(graph_of("a decreases m", "a treats surplus", *less)) == ("nothing", None)
    assert told(graph_of("a decreases m", "a treats surplus", *names, "z requires m")) == (
        "nothing",
        None,
    )
    onward = ("b treats shortage", "a increases b")
    assert told(graph_of(*onward, *more), steps=3) == ("nothing", None)


def test_without_what_brings_an_excess_about_nothing_falls_short() -> None:
    names = ("surplus excess_of m", "shortage deficiency_of m")
    less = (*names, "shortage increases z")
    assert told(graph_of("a causes surplus", *less)) == ("nothing", None)
    assert told(graph_of("a increases m", *less)) == ("suggested", -1)
    assert told(graph_of("a causes surplus", "a increases m", *less)) == ("suggested", -1)
    assert told(graph_of("a causes surplus", *names, "z requires m")) == ("nothing", None)
    assert told(graph_of("b causes surplus", "a inhibits b", *less), steps=3) == ("nothing", None)
    more = (*names, "surplus increases z")
    assert told(graph_of("b causes shortage", "a inhibits b", *more), steps=3) == ("nothing", None)
    assert told(graph_of("b prevents surplus", "a inhibits b", *more), steps=3) == ("suggested", 1)


@pytest.mark.parametrize(
    ("state", "name", "mends", "worsens"),
    [
        ("low", "deficiency_of", "increases", "decreases"),
        ("high", "excess_of", "decreases", "increases"),
    ],
)
def test_what_a_process_makes_good_may_have_come_about_through_it(
    state: str, name: str, mends: str, worsens: str
) -> None:
    lines = (f"{state} {name} m", f"a causes {state}", f"{state} increases z")

    def answered(category: str, *more: str) -> tuple[str, int | None]:
        end = Entity(id="z", name="z", category=category)
        return told(Graph([end, *map(says, (*lines, *more))]))

    assert answered("process", f"z {mends} m") == ("conceivable", 1)
    assert answered("process", f"z {worsens} m") == ("suggested", 1)
    assert answered("process") == ("suggested", 1)
    # A hormone that is called for is not what brought about that it is.
    assert answered("protein", f"z {mends} m") == ("suggested", 1)


def test_chains_do_not_make_an_excess_do_what_the_lack_does() -> None:
    """Low magnesium cramps; that high magnesium lowers calcium does not make it cramp too."""
    names = ("lack deficiency_of n", "excess excess_of n")
    chain = ("excess decreases b", "b decreases z")
    assert told(graph_of(*names, *chain), "excess") == ("suggested", 1)
    bent = graph_of(*names, *chain, "lack causes z")
    assert told(bent, "excess") == ("cannot-say", None)
    assert told(bent, "lack") == ("raises", 1)
    # What a source says of the excess itself stands.
    direct = graph_of(*names, *chain, "lack causes z", "excess causes z")
    assert told(direct, "excess") == ("raises", 1)


def test_to_be_without_an_exposure_is_a_lack_only_where_somebody_speaks_of_that() -> None:
    exposure = Entity(id="a", name="a", category="exposure")
    statements = (says("a increases m"), says("z requires m"))
    assert told(Graph([exposure, *statements])) == ("nothing", None)
    # It has a name for its lack.
    lack = says("none deficiency_of a")
    assert told(Graph([exposure, *statements, lack])) == ("suggested", 1)
    # It is said of a context in which it is lacking.
    about = About(intervals=(("light", "a", (("none", "lack"),)),), context=(("light", ("none",)),))
    dark = says("a increases m", light="none")
    assert told(Graph([about, exposure, dark, statements[1]])) == ("suggested", 1)


def test_what_has_no_direction_raises_and_lowers_nothing() -> None:
    about = About(directionless=("a",))
    for lines, answer in (
        (("a increases z",), ("cannot-say", None)),
        (("z requires a",), ("cannot-say", None)),
        (("a increases m", "m increases z"), ("nothing", None)),
    ):
        assert told(graph_of(*lines, about=about)) == answer
    asserted = graph_of(says("a increases z", SAID), about=about)
    assert told(asserted) == ("only-article", None)


def test_a_need_that_only_a_title_or_a_dispute_speaks_of_is_no_need() -> None:
    assert told(graph_of(says("z requires a", TITLE))) == ("conceivable", 1)
    assert asked(graph_of(says("z requires a", TITLE))).interval == "lack"
    assert told(graph_of(says("z requires a", REVIEW, AGAINST))) == ("contested", 1)
    assert told(graph_of(says("z requires a", TITLE), says("a decreases z", TITLE))) == (
        "conceivable", -1,
    )  # fmt: skip


# --- Chains -----------------------------------------------------------------------------------


def test_a_chain_of_supported_steps_is_suggested_and_a_weaker_one_conceivable() -> None:
    assert told(graph_of("a increases m", "m decreases z")) == ("suggested", -1)
    for rows in ((RATS,), (TITLE,), (REVIEW, AGAINST)):
        graph = graph_of(says("a increases m", *rows), "m decreases z")
        assert told(graph) == ("conceivable", -1)
    assert told(graph_of(says("a increases m", SAID), "m decreases z")) == ("only-article", -1)


def test_a_break_of_context_takes_a_chain_down() -> None:
    graph = graph_of(says("a increases m", ACUTE), says("m increases z", LONG))
    assert told(graph) == ("conceivable", 1)


def test_who_does_not_say_how_long_it_lasted_mends_no_break_between_those_who_do() -> None:
    # A meal brings sugar up for hours, and sugar that stays high harms the eye.
    brief, lasting = says("meal increases sugar", ACUTE, TRIAL), LONG
    assert told(graph_of(brief, says("sugar causes harm", lasting)), "meal", "harm") == (
        "conceivable", 1,
    )  # fmt: skip
    assert told(graph_of(brief, says("sugar causes harm", lasting, TRIAL)), "meal", "harm") == (
        "conceivable", 1,
    )  # fmt: skip
    both = says("sugar causes harm", lasting, replace(ACUTE, source="hours"))
    assert told(graph_of(brief, both), "meal", "harm") == ("suggested", 1)
    assert told(graph_of(brief, "sugar causes harm"), "meal", "harm") == ("suggested", 1)


def test_what_is_said_of_the_severe_alone_needs_a_step_that_says_that_it_goes_so_far() -> None:
    drought = ("dryness deficiency_of water", "heat causes dryness")
    dies = says("dryness causes death", SEVERE)
    assert told(graph_of(*drought, dies), "heat", "death") == ("conceivable", 1)
    assert told(graph_of(*drought, dies), "dryness", "death") == ("raises", 1)
    at_all = says("dryness causes death", SEVERE, REVIEW)
    assert told(graph_of(*drought, at_all), "heat", "death") == ("suggested", 1)
    severe = says("heat causes dryness", SEVERE)
    assert told(graph_of(drought[0], severe, dies), "heat", "death") == ("suggested", 1)


def test_a_chain_is_open_where_its_start_undoes_what_its_middle_works_through() -> None:
    # The grazer lowers algae, and one way in which it does so is by snails, as tanks show.
    web = ("predator decreases grazer", "grazer decreases algae", "grazer increases snail")
    tanks, again = says("snail decreases algae", RATS), "predator increases snail"
    asking = ("predator", "algae")
    assert told(graph_of(*web, tanks), *asking) == ("suggested", 1)
    undone = asked(graph_of(*web, tanks, again), *asking)
    assert (undone.relation, undone.sign) == ("cannot-say", None)
    assert (len(undone.rests_on), len(undone.path)) == (5, 2)
    disputed = says("grazer increases snail", REVIEW, AGAINST)
    assert told(graph_of(*web[:2], disputed, tanks, again), *asking) == ("cannot-say", None)
    # Not where the start does the same, or is only disputed to do otherwise, or where the middle
    # does nothing by it, nor where another chain stands.
    stands = ("suggested", 1)
    assert told(graph_of(*web, tanks, "predator decreases snail"), *asking) == stands
    doubtful = says("predator increases snail", REVIEW, AGAINST)
    assert told(graph_of(*web, tanks, doubtful), *asking) == stands
    assert told(graph_of(*web[:2], tanks, again), *asking) == stands
    other = ("predator increases dung", "dung increases algae")
    assert told(graph_of(*web, tanks, again, *other), *asking) == stands


def test_a_lack_that_is_undone_is_one_way_too() -> None:
    # Alkalosis lowers calcium, and a lack of it cramps; a syndrome of both may cramp or not.
    syndrome = (
        "syndrome causes alkalosis", "alkalosis increases cramp", "alkalosis causes shortage",
        "shortage deficiency_of calcium", "surplus excess_of calcium", "shortage causes cramp",
    )  # fmt: skip
    assert told(graph_of(*syndrome), "syndrome", "cramp") == ("suggested", 1)
    graph = graph_of(*syndrome, "syndrome causes surplus")
    assert told(graph, "syndrome", "cramp") == ("cannot-say", None)
    denied = says("syndrome increases cramp", AGAINST)
    assert told(graph_of(*syndrome, "syndrome causes surplus", denied), "syndrome", "cramp") == (
        "contested", None,
    )  # fmt: skip


def test_what_only_an_excess_does_otherwise_leaves_the_sign_to_the_quantity_at_large() -> None:
    names = ("surplus excess_of a", "shortage deficiency_of a")
    conclusion = asked(graph_of(*names, "a decreases z", "surplus increases z"))
    assert (conclusion.relation, conclusion.sign) == ("depends", -1)
    assert [(case.relation, case.interval) for case in conclusion.contexts] == [
        ("raises", "excess"),
        ("lowers", ""),
    ]
    assert told(graph_of(*names, "a decreases z", "surplus increases z"), "surplus") == (
        "raises", 1,
    )  # fmt: skip
    assert told(graph_of(*names, "a decreases z", "shortage decreases z")) == ("depends", None)


def test_what_is_supposed_of_a_lack_makes_nothing_depend_that_is_said_of_the_excess() -> None:
    names = ("surplus excess_of a", "shortage deficiency_of a")
    chain = ("shortage causes m", "m increases z")
    conclusion = asked(graph_of(*names, "surplus increases z", *chain))
    assert (conclusion.relation, conclusion.sign, conclusion.interval) == ("raises", 1, "excess")
    assert len(conclusion.against) == 2
    assert told(graph_of(*names, "surplus increases z", *chain), "shortage") == ("suggested", 1)


# --- Classes --------------------------------------------------------------------------------


def test_what_is_said_of_a_class_is_suggested_of_its_kinds() -> None:
    pill = ("pill subclass_of blocker", "blocker decreases pressure")
    conclusion = asked(graph_of(*pill), "pill", "pressure")
    assert (conclusion.relation, conclusion.sign) == ("suggested", -1)
    assert [case.state for case in conclusion.contexts] == ["blocker"]
    # Nothing of what is short of the pill, and nothing of the class by what its kinds do.
    assert asked(graph_of(*pill, "want deficiency_of pill"), "want", "pressure").rank == 10
    assert told(graph_of("pill subclass_of blocker", "pill decreases pressure"), "blocker",
                "pressure") == ("nothing", None)  # fmt: skip


def test_a_kind_answers_by_its_own_statements_first() -> None:
    pill = ("pill subclass_of blocker", "blocker decreases z")
    assert told(graph_of(*pill, "pill increases z"), "pill") == ("raises", 1)
    seen = says("pill positively_correlated_with z", SURVEY)
    assert told(graph_of(*pill, seen), "pill") == ("goes-with-more", 1)
    chain = ("pill increases m", "m increases z")
    assert told(graph_of(*pill, *chain), "pill") == ("cannot-say", None)
    weaker = graph_of(*pill, says("pill increases m", RATS), "m increases z")
    taken = Entity(id="pill", name="pill", category="intervention")
    assert told(Graph([taken, *weaker]), "pill") == ("suggested", -1)
    denied = says("pill decreases z", AGAINST)
    assert told(graph_of(*pill, denied), "pill") == ("contested", None)


def test_what_is_contested_of_a_class_or_said_of_one_without_direction_is_said_of_no_kind() -> None:
    pill = says("pill subclass_of blocker")
    contested = says("blocker decreases z", REVIEW, AGAINST)
    assert told(graph_of(pill, contested), "pill") == ("nothing", None)
    about = About(directionless=("blocker",))
    assert told(graph_of(pill, "blocker decreases z", about=about), "pill") == ("nothing", None)
    article = says("pill subclass_of blocker", SAID)
    assert told(graph_of(article, "blocker decreases z"), "pill") == ("nothing", None)


def test_a_kind_of_a_lack_does_what_is_said_of_the_lack_by_its_name() -> None:
    kind = ("inborn subclass_of shortage", "shortage deficiency_of m")
    assert told(graph_of(*kind, "shortage increases z"), "inborn") == ("suggested", 1)
    # What is said under another name of the quantity may not be meant of the kind.
    assert told(graph_of(*kind, "m decreases z"), "inborn") == ("nothing", None)


def test_two_acting_steps_make_a_conclusion_and_never_more_than_three() -> None:
    graph = graph_of("a increases b", "b increases c", "c increases d", "d increases z")
    assert told(graph, "a", "c", 2) == ("suggested", 1)
    assert told(graph, "a", "d", 2) == ("nothing", None)
    assert told(graph, "a", "d", 3) == ("suggested", 1)
    assert told(graph, "a", "z", 9) == ("nothing", None)
    assert MOST == 3


def test_naming_costs_no_step() -> None:
    graph = graph_of("a increases b", "b2 level_of b", "b2 increases c2", "c2 level_of z")
    assert told(graph) == ("suggested", 1)


def test_only_the_shortest_chains_vote() -> None:
    graph = graph_of(
        "a increases m", "m increases z", "a decreases n", "n increases o", "o increases z"
    )
    assert told(graph, steps=3) == ("suggested", 1)
    assert told(graph_of("a increases m", "m increases z", "a decreases n", "n increases z")) == (
        "cannot-say",
        None,
    )


def test_no_chain_leads_on_from_what_has_no_direction() -> None:
    graph = graph_of("a increases m", "m increases z")
    about = About(directionless=("m",))
    silent = graph_of("a increases m", "m increases z", about=about)
    assert told(graph) == ("suggested", 1)
    assert told(silent) == ("nothing", None)
    assert told(silent, "a", "m") == ("cannot-say", None)


def test_a_direct_statement_is_never_outvoted_by_chains() -> None:
    chains = [line for n in range(9) for line in (f"a decreases m{n}", f"m{n} increases z")]
    assert told(graph_of("a capable_of z", *chains)) == ("raises", 1)


# --- What may never happen --------------------------------------------------------------------


def _random(seed: int) -> tuple[Statement, ...]:
    """A small graph of everything that reasoning looks at."""
    dice = random.Random(seed)  # noqa: S311
    names = [f"n{number}" for number in range(6)]
    verbs = ("increases", "decreases", "requires", "affects", "positively_correlated_with",
             "has_input", "state_of")  # fmt: skip
    rows = (REVIEW, TRIAL, RATS, SURVEY, TITLE, SAID, AGAINST, ACUTE, LONG, DEFINED)
    made = [
        says(
            f"{dice.choice(names)} {dice.choice(verbs)} {dice.choice(names)}",
            *dice.sample(rows, dice.randint(1, 3)),
        )
        for _ in range(14)
    ]
    named = [
        says("lack0 deficiency_of n0", DEFINED),
        says("level1 level_of n1", DEFINED),
        says("excess0 excess_of n0", DEFINED),
        says(f"lack0 {dice.choice(verbs[:2])} {dice.choice(names[2:])}", dice.choice(rows)),
        says("n3 subclass_of n2", DEFINED),
        says("n4 subclass_of lack0", DEFINED),
        says("n0 subclass_of n5", dice.choice(rows)),
    ]
    return (*made, *named)


def _pairs(graph: Graph) -> Iterator[tuple[int, int]]:
    count = len(graph.columns.entities)
    yield from ((start, end) for start in range(count) for end in range(count) if start != end)


SEEDS = (*range(40), 119, 242, 317, 329, 452, 556)


def _things(seed: int) -> tuple[Record, ...]:
    """What a random graph is about: exposures, treatments, one thing without direction."""
    dice = random.Random(-seed - 1)  # noqa: S311
    kinds = ("chemical", "exposure", "intervention", "condition")
    entities = (Entity(id=f"n{n}", name=f"n{n}", category=dice.choice(kinds)) for n in range(6))
    return (About(directionless=(f"n{dice.randrange(2, 6)}",)), *entities)


@pytest.mark.parametrize("seed", SEEDS)
def test_on_random_graphs_chains_give_an_excess_no_sign_of_its_lack(seed: int) -> None:
    columns = Graph(_random(seed)).columns
    conclusions, number = Conclusions(columns), columns.number
    for end in map(number, {"n1", "n2", "n3", "n4", "n5"} & set(columns.entities)):
        excess, lack = (conclusions.between(number(name), end) for name in ("excess0", "lack0"))
        if excess.sign and lack.sign and SUPPORTED <= excess.rank <= WEAKER >= lack.rank:
            assert excess.sign == -lack.sign


@pytest.mark.parametrize("things", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_on_random_graphs_conclusions_keep_their_promises(seed: int, things: bool) -> None:
    statements, records = _random(seed), _things(seed) if things else ()
    graph = Graph([*records, *statements])
    conclusions = Conclusions(graph.columns)
    number, entities = graph.columns.number, graph.columns.entities
    rest = (
        replace(s, evidence=tuple(r for r in s.evidence if r != SAID))
        for s in statements
        if s.evidence != (SAID,)
    )
    without = Graph([*records, *rest])
    less = Conclusions(without.columns)
    for start, end in _pairs(graph):
        conclusion, further = conclusions.between(start, end), conclusions.between(start, end, 3)
        if conclusion.rank <= WEAKER:
            # More steps change no answer that there is; they may find more against it.
            assert further._replace(against=conclusion.against) == conclusion
        assert (conclusion.relation in ("raises", "lowers")) == conclusion.firm
        assert not conclusion.firm or conclusion.basis or not conclusion.rests_on
        quantities = conclusions.quantities
        if {quantities.of[start], quantities.of[end]} & conclusions.directionless:
            assert conclusion.sign is None or quantities.of[start] == quantities.of[end]
        ends = entities[start], entities[end]
        if min(map(without.columns.number, ends)) >= 0:
            bare = less.between(*map(without.columns.number, ends))
            if conclusion.relation != "only-article":  # the article changes no other verdict
                assert (bare.relation, bare.sign) == (conclusion.relation, conclusion.sign)
    for end in range(len(entities)):
        if entities[end] not in ("n0", "lack0", "excess0"):
            here, lack = (conclusions.between(number(name), end) for name in ("n0", "lack0"))
            if here.sign and lack.sign and max(here.rank, lack.rank) <= WEAKER:
                assert here.sign == -lack.sign  # a lack never has the sign of its quantity
        if entities[end] not in ("n1", "level1"):
            assert (
                conclusions.between(number("n1"), end).sign
                == conclusions.between(number("level1"), end).sign
            )


@pytest.mark.parametrize("things", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_new_statement_never_turns_raises_into_lowers(seed: int, things: bool) -> None:
    statements = (*_things(seed), *_random(seed)) if things else _random(seed)
    graph = Graph(statements)
    conclusions = Conclusions(graph.columns)
    dice = random.Random(seed)  # noqa: S311
    new = says(
        f"n{dice.randrange(6)} {dice.choice(('increases', 'decreases'))} n{dice.randrange(6)}",
        TRIAL,
    )
    grown = Graph([*statements, new])
    later = Conclusions(grown.columns)
    for start, end in _pairs(graph):
        before = conclusions.between(start, end)
        ends = (graph.columns.entities[start], graph.columns.entities[end])
        after = later.between(*map(grown.columns.number, ends))
        if before.rank == 1 and before.firm:
            assert after.sign != -(before.sign or 0)


def test_the_same_answers_come_one_by_one_and_all_at_once() -> None:
    for seed in SEEDS:
        graph = Graph(_random(seed))
        conclusions = Conclusions(graph.columns)
        quantities = conclusions.quantities
        for start in sorted(set(quantities.of)):
            for way in (1, -1):
                every = conclusions.following(start, way, 0)
                for end in sorted(set(quantities.of) - {start}):
                    conclusion = conclusions.asked(start, end, way)
                    assert every.get(end, Conclusion()) == conclusion
                    assert Conclusions(graph.columns).asked(start, end, way) == conclusion
