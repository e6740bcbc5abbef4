"""Propagation and feedback loops, beside networkx on the same graph and the same question.

Run: .venv/bin/python benchmarks/feedback.py [rounds]

networkx is asked for less: for shortest signed walks, which may meet themselves, and for cycles of
entities without the statements between them; neither weighs evidence. Beside `settle`, which it has
not, it takes the graph apart into components. Figures are medians after the graph is loaded; the
generated graphs have hubs as literature has them.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

import trabecula as tb
from trabecula.reason.conclusions import conclusions_of
from trabecula.reason.loops import loops
from trabecula.reason.settle import settle
from trabecula.reason.whatif import whatif
from trabecula.vocabulary import WORDS

PREDICATES = ("increases", "decreases", "activates", "inhibits", "requires", "affects")


def generated(entities: int, statements: int) -> tb.Graph:
    draw = random.Random(1)  # noqa: S311 (a graph to measure on, not a secret)
    ids = [f"n{number}" for number in range(entities)]
    weights = [1 / (number + 1) ** 0.6 for number in range(entities)]
    ends = (draw.choices(ids, weights, k=statements) for _ in range(2))
    return tb.Graph(
        tb.Statement(
            subject=subject,
            predicate=draw.choice(PREDICATES),
            object=object_,
            evidence=(tb.Evidence(source=f"s{draw.randrange(5000)}", strength="direct"),),
        )
        for subject, object_ in zip(*ends, strict=True)
    )


def signed(graph: tb.Graph) -> nx.DiGraph[Any]:
    """Every entity twice, as raised and as lowered: signed reachability as networkx can ask it."""
    network: nx.DiGraph[Any] = nx.DiGraph()
    for start, end, sign in arcs(graph):
        for way in (1, -1):
            network.add_edge((start, way), (end, way * sign))
    return network


def plain(graph: tb.Graph) -> nx.DiGraph[Any]:
    network: nx.DiGraph[Any] = nx.DiGraph()
    network.add_edges_from((start, end) for start, end, _ in arcs(graph))
    return network


def numbered(graph: tb.Graph) -> tuple[int, list[tuple[int, int, int]]]:
    """How many entities there are, and the arcs between their numbers; the hub n0 is 0."""
    edges = arcs(graph)
    number = {"n0": 0}
    for start, end, _ in edges:
        number.setdefault(start, len(number))
        number.setdefault(end, len(number))
    return len(number), [(number[start], number[end], sign) for start, end, sign in edges]


def arcs(graph: tb.Graph) -> list[tuple[str, str, int]]:
    columns, kept = graph.columns, graph.columns.followed
    counts = {s.id for number, s in enumerate(columns.statements) if kept[number]}
    ends = {end for s in graph.statements.values() for end in (s.subject, s.object)}
    return [
        (start, end, WORDS.sign_of(statement))
        for start in sorted(ends)
        for statement, end in graph.influences(start)
        if statement.id in counts
    ]


def median(rounds: int, act: Callable[[], object]) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(rounds: int) -> None:
    shipped, small, large = tb.load(), generated(2_000, 4_000), generated(20_000, 100_000)
    print(f"{'':46}{'ours':>9}{'networkx':>10}{'ratio':>7}")

    def line(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
        a, b = median(rounds, ours), median(rounds, theirs)
        print(f"{name:46}{a * 1000:7.1f}ms{b * 1000:8.1f}ms{b / a:7.2f}", flush=True)

    for name, graph, start, steps in (
        ("whatif magnesium=down, shipped, 3 steps", shipped, "magnesium", 3),
        ("whatif, 100 k statements, a common entity, 3", large, "n5000", 3),
        ("whatif, 100 k statements, the largest hub, 2", large, "n0", 2),
        ("whatif, 100 k statements, the largest hub, 3", large, "n0", 3),
    ):
        network = signed(graph)
        line(
            name,
            lambda g=graph, s=start, k=steps: whatif(conclusions_of(g.columns), {s: -1}, steps=k),  # type: ignore[misc]
            lambda n=network, s=start, k=steps: nx.single_source_shortest_path(n, (s, -1), k),  # type: ignore[misc]
        )
    hub, parts = numbered(large), plain(large)
    line(
        "settle, 100 k statements, the largest hub",
        lambda: settle(*hub, {0: 1}),
        lambda: nx.condensation(parts),
    )
    for name, graph, steps in (
        ("loops, shipped, 6 steps", shipped, 6),
        ("loops, 4 k statements, 4 steps", small, 4),
    ):
        cycles = plain(graph)
        line(
            name,
            lambda g=graph, k=steps: loops(g.columns, k),  # type: ignore[misc]
            lambda n=cycles, k=steps: list(nx.simple_cycles(n, k)),  # type: ignore[misc]
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
