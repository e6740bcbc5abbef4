"""The shipped graph as a file and as a store, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import trabecula as tb
from trabecula import formats
from trabecula.graph import Graph
from trabecula.influence import Arcs
from trabecula.store.loading import load

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def shipped_graph() -> Graph:
    return formats.load()


@pytest.fixture(scope="session")
def places(once: Once, shipped_graph: Graph) -> dict[str, Path]:
    """Two folders, in each the same graph under one name: a file in the one, a store in the other."""
    return _places(once("places", lambda root: _in_both(shipped_graph, root)))


@pytest.fixture(scope="session")
def places_of_part(once: Once, part: Graph) -> dict[str, Path]:
    """The same of a quarter of the shipped graph: for what is shown as well by fewer statements."""
    return _places(once("places-of-part", lambda root: _in_both(part, root)))


@pytest.fixture(scope="session")
def places_of_covering(once: Once, covering: Graph) -> dict[str, Path]:
    """The same of all that any record of the shipped graph says in a way of its own."""
    return _places(once("places-of-covering", lambda root: _in_both(covering, root)))


def _places(root: Path) -> dict[str, Path]:
    return {name: root / name for name in ("memory", "store")}


def _in_both(graph: Graph, root: Path) -> None:
    for folder in _places(root).values():
        folder.mkdir(parents=True)
    tb.write(graph, root / "memory" / "graph.json")
    load([root / "memory" / "graph.json"], root / "store" / "graph.json")


@pytest.fixture(scope="session")
def same() -> Callable[[Graph, Graph], None]:
    """Fails where a graph in memory and a store differ in anything."""
    return _same


def _same(graph: Graph, store: Graph) -> None:
    assert store == graph
    assert graph == store
    assert store.about == graph.about
    assert [*store] == [*graph]
    assert [*store.statements] == [*graph.statements]
    assert dict(store.papers) == dict(graph.papers)
    assert dict(store.groups) == dict(graph.groups)
    mine, others = store.columns, graph.columns
    for name in ("entities", "ids", "subjects", "objects", "signs", "statuses", "sayable",
                 "supporting", "disputing"):  # fmt: skip
        assert list(getattr(mine, name)) == list(getattr(others, name)), name
    for number in range(len(mine.ids)):
        assert mine.settings[number] == others.settings[number], number
        assert mine.weight(number) == others.weight(number), number
    for name in ("predicates", "topics"):
        own, other = getattr(mine, name), getattr(others, name)
        assert (own.names, list(own.codes)) == (other.names, list(other.codes)), name
        assert own.marked(own.names[:1]) == other.marked(own.names[:1])
    assert mine.followed == others.followed
    assert (mine.hows, mine.cited) == (others.hows, others.cited)
    for number in range(len(mine.entities)):
        assert list(mine.touching(number)) == others.touching(number)
        assert mine.category(number) == others.category(number)
    every: list[Callable[[Graph], Arcs]] = [
        lambda g: g.influence.arcs,
        lambda g: g.influence.followed,
        lambda g: g.influence.following(g.columns.followed, structure=True, selves=True),
        lambda g: g.influence.following(g.columns.with_statuses(["refuted"])),
    ]
    for arcs in every:
        one_side, other_side = arcs(store), arcs(graph)
        assert _lists(one_side) == _lists(other_side)
    ranked = store.names._ranked
    assert {name: ranked[name] for name in ranked} == dict(graph.names._ranked)


def _lists(arcs: Arcs) -> list[Any]:
    names = ("first", "starts", "ends", "signs", "kinds", "statements")
    entities = range(len(arcs.first) - 1)
    return [
        *(list(getattr(arcs, name)) for name in names),
        [list(arcs.into[entity]) for entity in entities],
        [list(arcs.actors(entity)) for entity in entities],
        [
            reached(entities)
            for reached in (arcs.after, arcs.before, arcs.count_after, arcs.count_before)
        ],
    ]
