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


@pytest.fixture(scope="session")
def shipped_graph() -> Graph:
    return formats.load()


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory, shipped_graph: Graph) -> dict[str, Path]:
    """Two folders, in each the same graph under one name: a file in the one, a store in the other."""
    root = tmp_path_factory.mktemp("places")
    folders = {name: root / name for name in ("memory", "store")}
    for folder in folders.values():
        folder.mkdir()
    tb.write(shipped_graph, folders["memory"] / "graph.json")
    load([folders["memory"] / "graph.json"], folders["store"] / "graph.json")
    return folders


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
