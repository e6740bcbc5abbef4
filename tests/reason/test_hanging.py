"""Chains of a whole graph, and what hangs on which statement, against one question at a time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Statement
from trabecula.reason.chains import MINUS, PLUS, UNKNOWN, chained
from trabecula.reason.concluded import SUPPORTED, WEAKER, Conclusion
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.following import without
from trabecula.reason.hanging import OPEN, hanging

READ = Evidence(source="a", strength="review")
RAT = Evidence(source="r", strength="direct", species="rat")
HUMAN = Evidence(source="h", strength="direct", species="human")
AGAINST = Evidence(source="b", stance="disputes", strength="direct")
TITLE = Evidence(source="t", strength="title-only")
SAID = Evidence(source="article", strength="asserted")
SEVERE, BRIEF, LASTING = (
    Evidence(source=value, strength="review", context=((key, value),))
    for key, value in (("severity", "severe"), ("duration", "acute"), ("duration", "long-term"))
)


def edge(line: str, *rows: Evidence) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,))


def hangs(*statements: Statement) -> dict[str, int]:
    columns = Graph(statements).columns
    conclusions = Conclusions(columns)
    counts = hanging(conclusions, chained(conclusions)).pairs
    rows = columns.statements
    return {f"{rows[n].subject} {rows[n].object}": count for n, count in counts.items()}


def test_a_suggested_conclusion_hangs_on_both_of_its_steps() -> None:
    assert hangs(edge("u increases v"), edge("v increases w")) == {"u v": 1, "v w": 1}


def test_it_hangs_on_what_all_its_chains_pass_alone() -> None:
    over_v = (edge("u increases v"), edge("v increases w"))
    over_x = (edge("u increases x"), edge("x increases w"))
    assert hangs(*over_v, *over_x) == {}
    # Of two statements of one step neither is needed.
    assert hangs(*over_v, edge("u activates v")) == {"v w": 1}


def test_a_direct_conclusion_that_is_open_hangs_on_all_that_it_rests_on() -> None:
    assert hangs(edge("u increases v", READ, AGAINST)) == {"u v": 1}
    assert hangs(edge("u increases v", TITLE)) == {"u v": 1}


def test_nothing_hangs_on_what_is_firm_and_on_what_the_article_says() -> None:
    assert hangs(edge("u increases v")) == {}
    assert hangs(edge("u increases v", SAID), edge("v increases w")) == {}
    # Where a source spoke of the two, the chain is not what they rest on.
    assert hangs(edge("u increases v"), edge("v increases w"), edge("u increases w")) == {}


def test_where_there_are_too_many_chains_only_what_is_direct_is_counted() -> None:
    columns = Graph([edge("u increases v", TITLE), edge("v increases w")]).columns
    conclusions = Conclusions(columns)
    assert chained(conclusions, effort=0) is None
    hung = hanging(conclusions, None)
    assert (hung.chains, [columns.statements[n].subject for n in hung.pairs]) == (False, ["u"])


_EDGES = st.builds(
    lambda s, p, o, rows: edge(f"{s} {p} {o}", *rows),
    st.sampled_from("uvwxyz"),
    st.sampled_from(
        (
            "increases",
            "inhibits",
            "requires",
            "affects",
            "deficiency_of",
            "excess_of",
            "state_of",
            "subclass_of",
        )
    ),
    st.sampled_from("uvwxyz"),
    st.sampled_from(
        (
            (READ,),
            (RAT,),
            (HUMAN,),
            (READ, AGAINST),
            (TITLE,),
            (SAID,),
            (SEVERE,),
            (BRIEF, READ),
            (LASTING, READ),
        )
    ),
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(_EDGES, max_size=12),
    st.dictionaries(st.sampled_from("uvwxyz"), st.sampled_from(("exposure", "intervention"))),
    st.sets(st.sampled_from("uvwxyz"), max_size=1),
)
def test_chains_decide_what_they_decide_of_one_question(
    edges: list[Statement], categories: dict[str, str], directionless: set[str]
) -> None:
    entities = [Entity(id=key, name=key, category=kind) for key, kind in categories.items()]
    about = About(directionless=tuple(sorted(directionless)))
    conclusions = Conclusions(Graph([about, *entities, *edges]).columns)
    rows = {
        (int(s), int(w), int(e)): (int(r), int(signs))
        for chains in chained(conclusions) or ()
        for s, w, e, r, signs in zip(
            chains.starts, chains.ways, chains.ends, chains.ranks, chains.signs, strict=True
        )
    }
    told = {
        (start, way, end): conclusion
        for start in set(conclusions.quantities.of)
        for way in (1, -1)
        for end, conclusion in conclusions.following(start, way, 0).items()
    }
    by_chain = {
        key: conclusion
        for key, conclusion in told.items()
        if conclusion.path and conclusion.steps == 2
    }
    decided = {
        key: conclusion
        for key, conclusion in by_chain.items()
        if conclusion.rank in (SUPPORTED, WEAKER)
    }
    assert rows.keys() == decided.keys()
    for key, (rank, signs) in rows.items():
        assert rank == decided[key].rank
        undone = decided[key].path and decided[key].relation == "cannot-say" and signs != UNKNOWN
        sign = {PLUS: 1, MINUS: -1}.get(signs)
        assert decided[key].sign == sign or (undone and _more_than_chains(decided[key])), signs


def _more_than_chains(conclusion: Conclusion) -> bool:
    """Whether it rests on three steps that undo chains of two, beside these."""
    return len(conclusion.rests_on) >= len(conclusion.path) + 2


@settings(deadline=None, max_examples=200)
@given(st.lists(_EDGES, max_size=8))
def test_without_a_statement_a_conclusion_that_hangs_on_it_by_chains_is_another(
    edges: list[Statement],
) -> None:
    columns = Graph(edges).columns
    conclusions = Conclusions(columns)
    counts = hanging(conclusions, chained(conclusions)).pairs
    for number in range(len(columns.statements)):
        kept = without(columns.followed, [number])
        less = Conclusions(columns, kept, conclusions.quantities)
        lost = 0
        for start in set(conclusions.quantities.of):
            for end in set(conclusions.quantities.of) - {start}:
                for way in (1, -1):
                    was = conclusions.following(start, way, 0).get(end)
                    if was is None or was.relation not in OPEN or was.steps != 2 or not was.path:
                        continue
                    now = less.following(start, way, 0).get(end)
                    if now is None or now.rank > was.rank:
                        lost += 1
                        break
        assert counts.get(number, 0) >= lost
