"""What differs between two stores is found by columns, and is what their records differ in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

import trabecula as tb
from trabecula.columns import Columns
from trabecula.graph import Graph
from trabecula.model import Effect, Entity, Evidence, Review, Source, Statement
from trabecula.reason.diff import Content, diff
from trabecula.store import comparing
from trabecula.store.loading import load
from trabecula.store.opening import Store, opened

FIRST = Evidence(source="PMID:1", strength="direct", summary="it rose", species="human")
SECOND = Evidence(source="PMID:2", strength="review", locator="page 2", context=(("dose", "high"),))
THIRD = Evidence(
    source="doi:10.5555/2", strength="title-only", effect=Effect(measure="OR", value="2")
)
SAID = [
    Statement(subject="a", predicate="increases", object="b", topic="one", evidence=(FIRST, SECOND)),
    Statement(subject="b", predicate="decreases", object="c", topic="two", evidence=(THIRD,)),
    Statement(subject="c", predicate="requires", object="a", evidence=(SECOND,)),
    Statement(subject="c", predicate="requires", object="b"),
]  # fmt: skip
SOURCES = [Source(id="PMID:1"), Source(id="PMID:2"), Source(id="doi:10.5555/2")]


def graph(
    statements: list[Statement] = SAID, sources: list[Source] = SOURCES, *names: str
) -> Graph:
    ids = (*"abc", *names)
    entities = [Entity(id=key, name=key, category="process") for key in ids]
    return Graph([*entities, *sources, *statements])


def changed(number: int, **how: object) -> list[Statement]:
    """The statements, of which one is otherwise."""
    return [replace(s, **how) if n == number else s for n, s in enumerate(SAID)]  # type: ignore[arg-type]


MADE: dict[str, Callable[[], Graph]] = {
    "as it was": graph,
    "nothing": Graph,
    "other numbers": lambda: graph(
        [Statement(subject="A0", predicate="treats", object="a", topic="a topic"), *SAID],
        [Source(id="PMID:0"), *SOURCES], "A0",
    ),
    "one fewer": lambda: graph(SAID[1:]),
    "no sources": lambda: graph([replace(s, evidence=()) for s in SAID], []),
    "topic": lambda: graph(changed(0, topic="two")),
    "words": lambda: graph(changed(0, evidence=(replace(FIRST, summary="it fell"), SECOND))),
    "shorter": lambda: graph(changed(0, evidence=(replace(FIRST, summary=""), SECOND))),
    "place": lambda: graph(changed(2, evidence=(replace(SECOND, locator="page 3"),))),
    "effect": lambda: graph(
        changed(1, evidence=(replace(THIRD, effect=Effect(measure="OR", value="3")),))
    ),
    "how": lambda: graph(changed(0, evidence=(replace(FIRST, species="rat"), SECOND))),
    "source": lambda: graph(changed(2, evidence=(replace(SECOND, source="PMID:1"),))),
    "less": lambda: graph(changed(0, evidence=(FIRST,))),
    "retracted": lambda: graph(SAID, [replace(SOURCES[0], standing="retracted"), *SOURCES[1:]]),
    "one paper": lambda: graph(
        SAID, [SOURCES[0], replace(SOURCES[1], xrefs=("doi:10.5555/2",)), SOURCES[2]]
    ),
    "renamed": lambda: Graph(
        [*(Entity(id=key, name=f"{key}!", category="process") for key in "bcd"), *SOURCES, *SAID]
    ),
    "titled": lambda: graph(SAID, [replace(SOURCES[0], title="On b"), SOURCES[2]]),
    "reviewed": lambda: graph(
        changed(1, reviews=(Review("2026-11-29", "against-source", "reader", SAID[1].digest),))
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    root = tmp_path_factory.mktemp("stores")
    return {name: _stored(make(), root / name.replace(" ", "-")) for name, make in MADE.items()}


def _stored(made: Graph, place: Path) -> Store:
    file = place.with_suffix(".json")
    tb.write(made, file)
    load([file], place)
    return opened(place)


def test_what_is_unlike_by_columns_is_unlike_by_records(stores: dict[str, Store]) -> None:
    unlike = {}
    for mine_name, other in permutations(stores, 2):
        mine, others = stores[mine_name].columns, stores[other].columns
        unlike[mine_name, other] = mine.unlike(others)
        assert unlike[mine_name, other] == Columns.unlike(mine, others), (mine_name, other)
    assert all(unlike[name, "as it was"] for name in MADE if name not in (
        "as it was", "nothing", "one fewer", "renamed", "titled"
    ))  # fmt: skip
    assert unlike["as it was", "one fewer"] == [0]
    assert unlike["as it was", "other numbers"] == []


def test_two_stores_are_looked_through_once_for_both_sides(
    stores: dict[str, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, looked = comparing.unlike, []
    monkeypatch.setattr(comparing, "unlike", lambda *pair: looked.append(pair) or whole(*pair))
    mine, others = (opened(stores[name].stored.folder).columns for name in ("as it was", "less"))
    assert mine.unlike(others) == others.unlike(mine) == mine.unlike(others)
    assert len(looked) == 1


def test_two_stores_differ_in_what_two_graphs_differ_in(stores: dict[str, Store]) -> None:
    def content(side: Graph) -> Content:
        return Content(side.names, side.influence)

    for name, store in stores.items():
        mine, others = content(stores["as it was"]), content(store)
        before, after = content(graph()), content(MADE[name]())
        assert diff(mine, others) == diff(before, after), name
        assert diff(others, mine) == diff(after, before), name
    renamed = diff(content(stores["as it was"]), content(stores["renamed"])).entities
    ids = [[e.id for e in some] for some in (renamed.added, renamed.removed)]
    assert ids == [["d"], ["a"]]
    assert [change.new.name for change in renamed.changed] == ["b!", "c!"]
