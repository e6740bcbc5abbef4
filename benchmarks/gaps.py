"""Bridges and reliance: `gaps` beside networkx on the same questions.

Run: .venv/bin/python benchmarks/gaps.py [statements]

The graph is made here. networkx finds the bridges of the same undirected graph; for reliance,
which it does not have, each statement is taken out in turn and the pairs that are still connected
within three steps are counted (only where their start is within two steps before the statement).
The answers are compared; for reliance on every fiftieth statement, and the time is scaled up.
"""

from __future__ import annotations

import random
import sys
import time

import networkx as nx

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.connections import STEPS
from trabecula.reason.gaps import gaps
from trabecula.reason.reliance import reliance

EVERY = 50


def made(statements: int) -> Graph:
    """A graph of so many statements, half as many entities, and some hubs."""
    draw = random.Random(1)  # noqa: S311 (no secret)
    names = [f"e{number}" for number in range(statements // 2)]
    row = Evidence(source="a", strength="direct")
    found: dict[str, Statement] = {}
    while len(found) < statements:
        subject, object_ = (names[int(len(names) * draw.random() ** 1.5)] for _ in "so")
        statement = Statement(
            subject=subject, predicate="activates", object=object_, evidence=(row,)
        )
        if subject != object_:
            found[statement.id] = statement
    return Graph([*(Entity(id=n, name=n, category="protein") for n in names), *found.values()])


def timed(name: str, seconds: float, peer: float) -> None:
    print(f"{name}: {seconds:.2f} s, networkx {peer:.2f} s, ratio {peer / seconds:.1f}")


def main() -> None:
    graph = made(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    pairs = {frozenset((s.subject, s.object)) for s in graph.statements.values()}
    both = [s for s in graph.statements.values() if Statement(
        subject=s.object, predicate=s.predicate, object=s.subject).id in graph.statements]  # fmt: skip
    double = {frozenset((s.subject, s.object)) for s in both}

    begin = time.perf_counter()
    found = gaps(graph.influence)
    own = time.perf_counter() - begin
    begin = time.perf_counter()
    bridges = [e for e in nx.bridges(nx.Graph(map(tuple, pairs))) if frozenset(e) not in double]
    timed("all gaps, against bridges alone", own, time.perf_counter() - begin)
    assert len(bridges) == len(found.bridges) + found.ends  # noqa: S101

    begin = time.perf_counter()
    relying = reliance(graph.influence)
    number = {s.id: place for place, s in enumerate(graph.columns.statements)}
    own = time.perf_counter() - begin
    peer = nx.DiGraph((s.subject, s.object) for s in graph.statements.values())
    back = peer.reverse(copy=False)
    begin = time.perf_counter()
    looked = list(graph.statements.values())[::EVERY]
    for statement in looked:
        edge = (statement.subject, statement.object)
        starts = list(nx.single_source_shortest_path_length(back, edge[0], cutoff=STEPS - 1))
        before = sum(_reached(peer, start) for start in starts)
        peer.remove_edge(*edge)
        after = sum(_reached(peer, start) for start in starts)
        peer.add_edge(*edge)
        assert before - after == relying.pairs.get(number[statement.id], 0)  # noqa: S101
    timed("reliance", own, (time.perf_counter() - begin) * len(graph) / len(looked))


def _reached(peer: nx.DiGraph, start: str) -> int:
    return len(nx.single_source_shortest_path_length(peer, start, cutoff=STEPS)) - 1


if __name__ == "__main__":
    main()
