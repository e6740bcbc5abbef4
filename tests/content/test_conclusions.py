"""What must hold of every conclusion that the shipped graph gives, whatever is curated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from trabecula.graph import Graph
from trabecula.quantities import EXCESS, LACK, UNSAID
from trabecula.reason.concluded import SUPPORTED, WEAKER, Conclusion
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.whatif import whatif

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def conclusions(shipped: Graph) -> Conclusions:
    return Conclusions(shipped.columns)


def spoken(conclusions: Conclusions) -> Iterator[tuple[int, int]]:
    """Two quantities of which something is concluded, the one's effect on the other."""
    for start in sorted(set(conclusions.quantities.of)):
        ends = {end for way in (1, -1) for end in conclusions.following(start, way, UNSAID)}
        yield from ((start, end) for end in sorted(ends))


@pytest.fixture(scope="module")
def pairs(conclusions: Conclusions) -> list[tuple[int, int]]:
    """All of them."""
    return list(spoken(conclusions))


def told(conclusion: Conclusion, turn: int = 1) -> tuple[object, ...]:
    """What a reader is told, the sign being that of the quantity."""
    sign = None if conclusion.sign is None else conclusion.sign * turn
    firm = (
        "firm"
        if conclusion.firm or conclusion.relation.startswith("goes-with")
        else conclusion.relation
    )
    return firm, sign, conclusion.basis, set(conclusion.rests_on), set(conclusion.against)


def test_all_names_of_one_quantity_answer_alike(
    conclusions: Conclusions, pairs: list[tuple[int, int]]
) -> None:
    quantities = conclusions.quantities
    alike = {
        quantity: [
            names
            for interval in (LACK, UNSAID, EXCESS)
            if len(
                names := [
                    name
                    for name in quantities.names(quantity)
                    if quantities.intervals[name] == interval
                ]
            )
            > 1
        ]
        for quantity in set(quantities.of)
    }
    assert any(alike.values())
    for start, end in pairs:
        pairs = [[(name, end) for name in names] for names in alike[start]]
        pairs += [[(start, name) for name in names] for names in alike[end]]
        for several in pairs:
            first, *others = [
                told(conclusions.between(a, b), quantities.ways[a] * quantities.ways[b])
                for a, b in several
            ]
            assert all(other == first for other in others), several


def test_a_lack_and_its_quantity_never_have_one_sign(
    conclusions: Conclusions, pairs: list[tuple[int, int]]
) -> None:
    """But for what is said of an excess alone: a lack and an excess may both do harm."""
    quantities = conclusions.quantities
    for start, end in pairs:
        names = quantities.names(start)
        lacks = [name for name in names if quantities.intervals[name] == LACK]
        plain = [name for name in names if quantities.intervals[name] == UNSAID]
        for lack in lacks:
            for name in plain:
                of_lack, of_name = conclusions.between(lack, end), conclusions.between(name, end)
                if of_name.interval == "excess":
                    continue
                if of_lack.sign and of_name.sign and max(of_lack.rank, of_name.rank) <= WEAKER:
                    assert of_lack.sign == -of_name.sign, (conclusions.columns.entities[name], end)


def test_what_carries_something_out_is_never_said_to_hold_it_back(conclusions: Conclusions) -> None:
    columns = conclusions.columns
    carried = [
        (subject, object_)
        for statement in columns.statements
        if statement.predicate in ("capable_of", "catalyzes")
        and columns.words.relation(statement.predicate).sign > 0
        for subject, object_ in [(statement.subject, statement.object)]
    ]
    assert carried
    for subject, object_ in carried:
        conclusion = conclusions.between(columns.number(subject), columns.number(object_))
        assert conclusion.sign != -1, (subject, object_)


def test_more_steps_change_no_answer_that_there_is(
    conclusions: Conclusions, pairs: list[tuple[int, int]]
) -> None:
    for start, end in pairs:
        conclusion = conclusions.between(start, end)
        if conclusion.rank <= WEAKER:
            further = conclusions.between(start, end, 3)
            assert further._replace(against=conclusion.against) == conclusion


def test_without_the_article_only_its_own_answers_are_others(shipped: Graph) -> None:
    without = shipped.through(without=["article"])
    here, there = Conclusions(shipped.columns), Conclusions(without.columns)
    entities, number = here.columns.entities, there.columns.number
    for start, end in spoken(here):
        conclusion = here.between(start, end)
        ends = number(entities[start]), number(entities[end])
        bare = there.between(*ends) if min(ends) >= 0 else Conclusion()
        if conclusion.relation != "only-article":
            assert (bare.relation, bare.sign) == (conclusion.relation, conclusion.sign)


def test_what_is_settled_does_not_depend_on_the_number_of_steps(conclusions: Conclusions) -> None:
    entities = conclusions.columns.entities
    for start in sorted(set(conclusions.quantities.of)):
        for way in (1, -1):
            two, three = (
                whatif(conclusions, {entities[start]: way}, steps=k).outcomes for k in (2, 3)
            )
            settled = [
                {o.entity: o.way for o in some if o.conclusion.settled} for some in (two, three)
            ]
            assert settled[0].items() <= settled[1].items()
            ways = {o.entity: o.way for o in three}
            firm = {o.entity: o.way for o in two if o.conclusion.rank < SUPPORTED and o.way}
            assert firm.items() <= ways.items()


def test_what_has_no_direction_gets_no_verb(
    conclusions: Conclusions, pairs: list[tuple[int, int]]
) -> None:
    for start, end in pairs:
        if {start, end} & conclusions.directionless:
            assert conclusions.between(start, end).sign is None
