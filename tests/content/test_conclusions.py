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
def known(shipped: Graph) -> Conclusions:
    return Conclusions(shipped.columns)


def spoken(known: Conclusions) -> Iterator[tuple[int, int]]:
    """Two quantities of which something is concluded, the one's effect on the other."""
    for start in sorted(set(known.quantities.of)):
        ends = {end for way in (1, -1) for end in known.following(start, way, UNSAID)}
        yield from ((start, end) for end in sorted(ends))


def told(found: Conclusion, turn: int = 1) -> tuple[object, ...]:
    """What a reader is told, the sign being that of the quantity."""
    sign = None if found.sign is None else found.sign * turn
    firm = "firm" if found.firm or found.relation.startswith("goes-with") else found.relation
    return firm, sign, found.basis, set(found.rests_on), set(found.against)


def test_all_names_of_one_quantity_answer_alike(known: Conclusions) -> None:
    quantities = known.quantities
    for start, end in spoken(known):
        for interval in (LACK, UNSAID, EXCESS):
            ones, others = (
                [name for name in quantities.names(q) if quantities.intervals[name] == interval]
                for q in (start, end)
            )
            answers = [
                told(known.between(one, end), quantities.ways[one] * quantities.ways[end])
                for one in ones
            ]
            assert all(answer == answers[0] for answer in answers)
            turned = [
                told(known.between(start, other), quantities.ways[start] * quantities.ways[other])
                for other in others
            ]
            assert all(answer == turned[0] for answer in turned)


def test_a_lack_and_its_quantity_never_have_one_sign(known: Conclusions) -> None:
    """But for what is said of an excess alone: a lack and an excess may both do harm."""
    quantities = known.quantities
    for start, end in spoken(known):
        names = quantities.names(start)
        lacks = [name for name in names if quantities.intervals[name] == LACK]
        plain = [name for name in names if quantities.intervals[name] == UNSAID]
        for lack in lacks:
            for name in plain:
                one, other = known.between(lack, end), known.between(name, end)
                if other.interval == "excess":
                    continue
                if one.sign and other.sign and max(one.rank, other.rank) <= WEAKER:
                    assert one.sign == -other.sign, (known.columns.entities[name], end)


def test_what_carries_something_out_is_never_said_to_hold_it_back(known: Conclusions) -> None:
    columns = known.columns
    carried = [
        (subject, object_)
        for statement in columns.statements
        if statement.predicate in ("capable_of", "catalyzes")
        and columns.words.relation(statement.predicate).sign > 0
        for subject, object_ in [(statement.subject, statement.object)]
    ]
    assert carried
    for subject, object_ in carried:
        found = known.between(columns.number(subject), columns.number(object_))
        assert found.sign != -1, (subject, object_)


def test_more_steps_change_no_answer_that_there_is(known: Conclusions) -> None:
    for start, end in spoken(known):
        found = known.between(start, end)
        if found.rank <= WEAKER:
            further = known.between(start, end, 3)
            assert further._replace(against=found.against) == found


def test_without_the_article_only_its_own_answers_are_others(shipped: Graph) -> None:
    without = shipped.through(without=["article"])
    here, there = Conclusions(shipped.columns), Conclusions(without.columns)
    entities, number = here.columns.entities, there.columns.number
    for start, end in spoken(here):
        found = here.between(start, end)
        ends = number(entities[start]), number(entities[end])
        bare = there.between(*ends) if min(ends) >= 0 else Conclusion()
        if found.relation != "only-article":
            assert (bare.relation, bare.sign) == (found.relation, found.sign)


def test_what_is_settled_does_not_depend_on_the_number_of_steps(known: Conclusions) -> None:
    entities = known.columns.entities
    for start in sorted(set(known.quantities.of)):
        for way in (1, -1):
            two, three = (whatif(known, {entities[start]: way}, steps=k).outcomes for k in (2, 3))
            settled = [
                {o.entity: o.way for o in some if o.conclusion.settled} for some in (two, three)
            ]
            assert settled[0].items() <= settled[1].items()
            ways = {o.entity: o.way for o in three}
            firm = {o.entity: o.way for o in two if o.conclusion.rank < SUPPORTED and o.way}
            assert firm.items() <= ways.items()


def test_what_has_no_direction_gets_no_verb(known: Conclusions) -> None:
    for start, end in spoken(known):
        if {start, end} & known.directionless:
            assert known.between(start, end).sign is None
