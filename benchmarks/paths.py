"""All simple paths between two entities: `explain` beside networkx on the same question.

Run: .venv/bin/python benchmarks/paths.py [statements] [pairs]

The graph is made here, with a few entities in very many statements, as real graphs have them; the
questions are pairs that are joined. Both sides list every path of at most k steps, parallel
statements apart; `explain` also weighs and ranks them and counts the votes. Loading and building
are left out of the times, and the paths found are compared. networkx is given 60 seconds a
question; where it needs more its time is a lower bound.
"""

from __future__ import annotations

import random
import signal
import statistics
import sys
import time
from types import FrameType

import networkx as nx

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.explain import explain

PREDICATES = ("activates", "inhibits", "increases", "decreases", "requires", "associated_with")
LIMIT = 60


def made(statements: int) -> Graph:
    """A graph of so many statements with hubs; one entity for about four statements."""
    draw = random.Random(1)  # noqa: S311 (no secret)
    entities = [f"e{number}" for number in range(statements // 4)]
    by_id: dict[str, Statement] = {}
    while len(by_id) < statements:
        subject, object_ = (entities[int(len(entities) * draw.random() ** 3)] for _ in "so")
        if subject == object_:
            continue
        statement = Statement(
            subject=subject,
            predicate=draw.choice(PREDICATES),
            object=object_,
            evidence=(Evidence(source=f"s{draw.randrange(5000)}", strength="direct"),),
        )
        by_id[statement.id] = statement
    return Graph([*(Entity(id=e, name=e, category="protein") for e in entities), *by_id.values()])


def as_networkx(graph: Graph) -> nx.MultiDiGraph:
    """The influences of the graph, one edge a statement."""
    peer = nx.MultiDiGraph()
    for entity in graph.entities:
        for statement, end in graph.influences(entity):
            peer.add_edge(entity, end, key=statement.id)
    return peer


def questions(peer: nx.MultiDiGraph, pairs: int) -> list[tuple[str, str]]:
    """Pairs joined by a walk of three steps from entities of some degree."""
    draw = random.Random(2)  # noqa: S311 (no secret)
    starts = sorted(node for node, degree in peer.out_degree() if 30 <= degree <= 300)
    joined: list[tuple[str, str]] = []
    while len(joined) < pairs:
        start = end = draw.choice(starts)
        for _ in range(3):
            end = draw.choice(sorted(peer.successors(end)) or [start])
        if end != start:
            joined.append((start, end))
    return joined


def in_time(peer: nx.MultiDiGraph, start: str, end: str, steps: int) -> tuple[float, int | None]:
    """The seconds networkx takes and the number of paths, or the limit and None."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    began = time.perf_counter()
    try:
        count = sum(1 for _ in nx.all_simple_edge_paths(peer, start, end, cutoff=steps))
    except TimeoutError:
        return time.perf_counter() - began, None
    finally:
        signal.alarm(0)
    return time.perf_counter() - began, count


def main(statements: int, pairs: int) -> None:
    graph = made(statements)
    peer = as_networkx(graph)
    hub = max(degree for _, degree in peer.degree())
    print(f"{len(graph):,} statements, {len(graph.entities):,} entities, largest degree {hub:,}")
    print(f"{'question':26}{'paths':>10}{'explain s':>11}{'networkx s':>12}{'ratio':>9}")
    ratios = []
    for steps in (3, 4):
        for start, end in questions(peer, pairs):
            began = time.perf_counter()
            explanation = explain(graph.influence, graph.names, start, end, steps)
            ours = time.perf_counter() - began
            theirs, count = in_time(peer, start, end, steps)
            if count is not None and not explanation.stopped and count != len(explanation.paths):
                raise SystemExit(
                    f"{start} to {end}: {len(explanation.paths)} paths, networkx {count}"
                )
            ratios.append(theirs / ours)
            over = ">" if count is None else ""
            note = " (stopped at its bound)" if explanation.stopped else ""
            print(
                f"{f'{start} to {end}, k={steps}':26}{len(explanation.paths):>10,}{ours:>11.3f}"
                f"{over + format(theirs, '.3f'):>12}{over + format(theirs / ours, '.1f'):>9}{note}"
            )
    print(f"{'median ratio':26}{statistics.median(ratios):>42.1f}")


if __name__ == "__main__":
    main(*(int(n) for n in (*sys.argv[1:], *("100000", "5")[len(sys.argv) - 1 :])))
