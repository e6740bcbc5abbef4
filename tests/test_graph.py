"""The graph merges, sorts, resolves names and follows influence."""

from __future__ import annotations

import copy
import itertools
import multiprocessing
import pickle
import re
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest

from trabecula.errors import FormatError, NotFound
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Record, Source, Statement, Xref

A = Entity(id="a", name="alpha", category="chemical", synonyms=("first",))
B = Entity(
    id="b",
    name="beta",
    category="chemical",
    xrefs=(Xref("exact", "CHEBI:1"), Xref("broad", "CHEBI:2")),
)
C = Entity(id="c", name="A", category="cell", synonyms=("both",))
D = Entity(id="d", name="delta", category="cell", synonyms=("both", "beta"))
ONE, TWO = Evidence(source="s1"), Evidence(source="s2", stance="disputes")
AB = Statement(subject="a", predicate="activates", object="b")
RECORDS: tuple[Record, ...] = (
    A, B, C, D, Source(id="s1"), Source(id="s2", group="g"),
    replace(AB, evidence=(ONE,), topic="t"),
    replace(AB, evidence=(TWO,)),
    Statement(subject="b", predicate="requires", object="c", evidence=(ONE,)),
    Statement(subject="c", predicate="deficiency_of", object="d"),
    Statement(subject="a", predicate="part_of", object="d"),
)  # fmt: skip
GRAPH = Graph(RECORDS)


def test_evidence_for_one_statement_is_merged_and_kept_once() -> None:
    graph = Graph([replace(AB, evidence=(ONE,)), replace(AB, evidence=(TWO, ONE))])
    assert [s.evidence for s in graph.statements.values()] == [(ONE, TWO)]


def test_two_statements_with_one_id_are_an_error_and_never_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Statement, "id", "s0")
    other = replace(AB, subject="c", qualifiers=(("severity", "mild"),), negated=True)
    with pytest.raises(FormatError) as caught:
        Graph([AB, other]).statements["s0"]
    assert str(caught.value) == (
        "s0: a activates b and not: c activates b (severity=mild) have the same id: "
        "one of them was made to; remove it"
    )
    assert Graph([AB, replace(AB, topic="t")]).statements["s0"].topic == "t"


def test_two_statements_whose_ids_begin_alike_stay_two() -> None:
    # The ids of trabecula 0.1, sixteen digits, were the same.
    a = Statement(subject="nacf540967e570e8a", predicate="decreases", object="bone")
    b = Statement(subject="nc1035adb88a617db", predicate="increases", object="bone")
    assert a.id[:17] == b.id[:17]
    graph = Graph([a, replace(b, evidence=(ONE,))])
    assert [s.evidence for s in graph.statements.values()] == [(), (ONE,)]
    with pytest.raises(NotFound) as caught:
        graph.find_statement(a.id[1:17])
    assert caught.value.suggestions == tuple(sorted((a.id, b.id)))


@pytest.mark.parametrize("made", [str, str.upper, "https://w3id.org/trabecula/statement/{}".format,
                                  "statement:{}".format, " {}".format,
                                  lambda text: text[:9], lambda text: text[1:17]])  # fmt: skip
def test_a_statement_is_found_by_its_id_and_by_how_that_begins(made: Callable[[str], str]) -> None:
    for statement in GRAPH.statements.values():
        assert GRAPH.get_statement(made(statement.id)) is statement


def test_an_id_of_which_a_spreadsheet_made_a_number_finds_its_statement() -> None:
    statement = Statement(subject="9789", predicate="part_of", object="b")
    assert re.match("s0[0-9]{15}", statement.id)
    graph = Graph([*RECORDS, statement])
    assert graph.find_statement(str(int(statement.id[1:17]))) is statement


def test_an_id_of_the_first_version_is_a_key() -> None:
    for statement in GRAPH.statements.values():
        assert GRAPH.statements[statement.id[1:17]] is statement
    with pytest.raises(KeyError):
        GRAPH.statements["0123456789abcdef"]


@pytest.mark.parametrize("text", ["", "s", AB.id[:8], "a", "x" + AB.id, "0" * 32])
def test_what_is_no_id_of_a_statement_finds_none(text: str) -> None:
    assert GRAPH.find_statement(text) is None
    with pytest.raises(NotFound, match="no statement has the id"):
        GRAPH.get_statement(text)


def test_the_order_of_records_changes_nothing() -> None:
    orders = itertools.permutations(RECORDS[4:8])
    assert {tuple(Graph([*RECORDS[:4], *order, *RECORDS[8:]])) for order in orders} == {
        tuple(GRAPH)
    }


def test_a_graph_is_the_records_it_yields() -> None:
    assert Graph(GRAPH) == GRAPH
    assert Graph(RECORDS[:-1]) != GRAPH


def pickled(graph: Graph) -> Graph:
    return pickle.loads(pickle.dumps(graph))  # noqa: S301 (made here)


@pytest.mark.parametrize("again", [pickled, copy.copy, copy.deepcopy])
def test_a_graph_comes_out_of_pickle_and_copy_as_it_was(again: Callable[[Graph], Graph]) -> None:
    graph = Graph(RECORDS)
    assert graph.get("alpha") == A  # what it has worked out already does not stand in the way
    assert again(graph) == graph
    assert again(graph).get("alpha") == A
    assert tuple(again(graph)) == tuple(graph)


def test_a_graph_goes_to_a_spawned_process_and_back() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(copy.copy, GRAPH).result(timeout=60) == GRAPH
        lost = pool.submit(GRAPH.get, "alpa").exception(timeout=60)
    assert isinstance(lost, NotFound)
    assert lost.suggestions == ("a",)


def test_the_union_holds_both() -> None:
    assert Graph(RECORDS[:7]) | Graph(RECORDS[7:]) == GRAPH


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("a", "a"),  # an id wins over the name of c
        ("A", "a"),  # whatever its case
        ("alpha", "a"),
        ("FIRST", "a"),
        ("beta", "b"),  # a name wins over a synonym of d
        ("chebi:1", "b"),
    ],
)
def test_names_resolve_by_rank(name: str, key: str) -> None:
    assert GRAPH.get(name).id == key


def test_a_name_of_two_entities_is_refused_with_both() -> None:
    with pytest.raises(NotFound) as caught:
        GRAPH.find("both")
    assert caught.value.suggestions == ("c", "d")


def test_an_identifier_that_only_comes_near_is_no_name() -> None:
    assert GRAPH.find("CHEBI:2") is None


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"no entity is called 'alpa'; did you mean a\?"):
        GRAPH.get("alpa")


def test_influence_follows_the_predicate_and_not_the_arrow() -> None:
    def ends(entity: str) -> list[str]:
        return sorted(end for _, end in GRAPH.influences(entity))

    assert ends("a") == ["b"]  # activates: forward; part_of: none
    assert ends("c") == ["b", "d"]  # b requires c: reverse; deficiency_of: both
    assert ends("d") == ["c"]
    assert sorted(end for _, end in GRAPH.influenced_by("b")) == ["a", "c"]


def test_influence_is_the_same_from_either_end() -> None:
    forward = {(s.id, e, end) for e in GRAPH.entities for s, end in GRAPH.influences(e)}
    backward = {(s.id, start, e) for e in GRAPH.entities for s, start in GRAPH.influenced_by(e)}
    assert forward == backward


def test_status_and_independence_come_from_the_evidence() -> None:
    (statement,) = GRAPH.out("a")[:1]
    assert GRAPH.status(statement) == "contested"
    assert GRAPH.independent(statement) == ("s1",)
    assert GRAPH.independent(statement, "disputes") == ("g",)


def test_a_notebook_shows_the_figures_of_a_graph() -> None:
    shown = GRAPH._repr_html_()
    rows = re.findall(r"<tr><th scope=row>([^<]*)</th><td>([\d,]+)</td></tr>", shown)
    assert (
        shown
        == "<table>"
        + "".join(f"<tr><th scope=row>{name}</th><td>{number}</td></tr>" for name, number in rows)
        + "</table>"
    )
    assert dict(rows) == {
        "entities": "4", "statements": "4", "pieces of evidence": "3", "sources": "2",
        "supported": "1", "contested": "1", "no-evidence": "2",
    }  # fmt: skip


def test_a_graph_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        GRAPH.entities["x"] = A  # type: ignore[index]
    with pytest.raises(AttributeError):
        GRAPH.statements = {}  # type: ignore[misc,assignment]


def test_the_topic_of_the_right_hand_graph_wins() -> None:
    there, here = replace(AB, topic="there"), replace(AB, topic="here")
    assert [s.topic for s in (Graph([there]) | Graph([here])).statements.values()] == ["here"]
    assert [s.topic for s in (Graph([there]) | Graph([AB])).statements.values()] == ["there"]


def test_merging_grows_no_faster_than_its_input() -> None:
    def seconds(number: int) -> float:
        start = time.process_time()
        [statement] = Graph(
            Statement(
                subject="a",
                predicate="affects",
                object="b",
                topic="x" if row == 1 else "",
                evidence=(Evidence(source=f"s{row}"),),
            )
            for row in range(number)
        ).statements.values()
        assert (len(statement.evidence), statement.topic) == (number, "x")
        return time.process_time() - start

    seconds(100)
    few, many = (min(seconds(number) for _ in range(3)) for number in (1000, 8000))
    assert many < 40 * max(few, 0.01)  # 8 times as much work, not 64
