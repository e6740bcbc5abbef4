"""What hangs on a statement, and bridges: `gaps` beside networkx and beside single questions.

Run: .venv/bin/python benchmarks/gaps.py [statements]

The graph is made here. networkx finds the bridges of the same undirected graph; for what hangs on
statements, which it does not have, all conclusions about one start after another are worked out
instead, for every fiftieth start, and the time is scaled up. Times are in seconds.
"""

from __future__ import annotations

import random
import sys
import time

import networkx as nx

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.chains import chained
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.gaps import gaps
from trabecula.reason.hanging import hanging

EVERY = 50


def made(statements: int) -> Graph:
    """A graph of so many statements, half as many entities, and some hubs."""
    draw = random.Random(1)  # noqa: S311 (no secret)
    names = [f"e{number}" for number in range(statements // 2)]
    row = Evidence(source="a", strength="direct")
    by_id: dict[str, Statement] = {}
    while len(by_id) < statements:
        subject, object_ = (names[int(len(names) * draw.random() ** 1.5)] for _ in "so")
        statement = Statement(
            subject=subject, predicate="activates", object=object_, evidence=(row,)
        )
        if subject != object_:
            by_id[statement.id] = statement
    return Graph([*(Entity(id=n, name=n, category="protein") for n in names), *by_id.values()])


def timed(name: str, seconds: float, peer: float, other: str = "networkx") -> None:
    print(f"{name}: {seconds:.2f} s, {other} {peer:.2f} s, ratio {peer / seconds:.1f}")


def main() -> None:
    graph = made(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    pairs = {frozenset((s.subject, s.object)) for s in graph.statements.values()}
    both = [s for s in graph.statements.values() if Statement(
        subject=s.object, predicate=s.predicate, object=s.subject).id in graph.statements]  # fmt: skip
    double = {frozenset((s.subject, s.object)) for s in both}

    begin = time.perf_counter()
    answer = gaps(graph.columns, graph.names)
    own = time.perf_counter() - begin
    begin = time.perf_counter()
    bridges = [e for e in nx.bridges(nx.Graph(map(tuple, pairs))) if frozenset(e) not in double]
    timed("all gaps, against bridges alone", own, time.perf_counter() - begin)
    assert len(bridges) == len(answer.bridges) + answer.ends  # noqa: S101

    begin = time.perf_counter()
    conclusions = Conclusions(graph.columns)
    hanging(conclusions, chained(conclusions))
    own = time.perf_counter() - begin
    one_by_one = Conclusions(graph.columns)
    starts = sorted(set(conclusions.quantities.of))[::EVERY]
    begin = time.perf_counter()
    for start in starts:
        for way in (1, -1):
            one_by_one.following(start, way, 0)
    timed("what hangs", own, (time.perf_counter() - begin) * EVERY, "one by one")


if __name__ == "__main__":
    main()
