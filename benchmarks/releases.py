"""Explain, what-if and conflicts beside an older release, on the same questions, in turn.

Run: .venv/bin/python benchmarks/releases.py OLD_PYTHON [rounds]

OLD_PYTHON is the interpreter of an environment in which the older release is installed, such as
`git worktree add --detach ../old a36dd3c && cd ../old && python3 -m venv .venv && .venv/bin/pip
install .` for 0.1. Each round asks both; figures are medians of CPU time, for other work on the
machine does not count in it. The shipped graph is each release's own; the generated one is the
same. A question that takes more than `LIMIT` seconds is given up, one that takes long is asked once.
"""

from __future__ import annotations

import json
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import trabecula as tb

#: Seconds that a question may take, and those from which on it is asked once.
LIMIT, LONG = 180, 5
PREDICATES = ("increases", "decreases", "activates", "inhibits", "requires", "affects")

Question = tuple[str, Callable[[], object]]


def generated(entities: int, statements: int) -> tb.Graph:
    """A graph with hubs, the same in every release."""
    draw = random.Random(1)  # noqa: S311 (a graph to measure on, not a secret)
    ids = [f"n{number}" for number in range(entities)]
    weights = [1 / (number + 1) ** 0.6 for number in range(entities)]
    ends = (draw.choices(ids, weights, k=statements) for _ in range(2))
    made = (
        tb.Statement(
            subject=subject,
            predicate=draw.choice(PREDICATES),
            object=object_,
            evidence=(tb.Evidence(source=f"s{draw.randrange(5000)}", strength="direct"),),
        )
        for subject, object_ in zip(*ends, strict=True)
    )
    return tb.Graph([*(tb.Entity(id=key, name=key, category="trait") for key in ids), *made])


def questions() -> Iterator[Question]:
    """What is asked, in the words of the release that this runs in."""
    shipped, large = tb.load(), generated(20_000, 100_000)
    explain, whatif, conflicts = asking()
    pair = "magnesium-deficiency", "osteoporosis"
    yield "explain, shipped, 4 steps", lambda: explain(shipped, *pair, 4)
    yield "explain, 100 k, two common entities, 3", lambda: explain(large, "n5000", "n800", 3)
    yield "explain, 100 k, two common entities, 4", lambda: explain(large, "n5000", "n800", 4)
    yield "whatif, shipped, 2 steps", lambda: whatif(shipped, "magnesium", 2)
    yield "whatif, shipped, 3 steps", lambda: whatif(shipped, "magnesium", 3)
    yield "whatif, 100 k, a common entity, 2", lambda: whatif(large, "n5000", 2)
    yield "whatif, 100 k, a common entity, 3", lambda: whatif(large, "n5000", 3)
    yield "whatif, 100 k, the largest hub, 2", lambda: whatif(large, "n0", 2)
    yield "whatif, 100 k, the largest hub, 3", lambda: whatif(large, "n0", 3)
    yield "conflicts, shipped", lambda: conflicts(shipped)
    yield "conflicts, 100 k", lambda: conflicts(large)


def asking() -> tuple[Callable[..., object], Callable[..., object], Callable[..., object]]:
    """How this release is asked: of 0.1 on the graph, since then on its columns."""
    from trabecula.reason.conflicts import conflicts
    from trabecula.reason.explain import explain
    from trabecula.reason.whatif import whatif

    old: Any = (explain, whatif, conflicts)
    try:
        from trabecula.reason.conclusions import Conclusions
    except ImportError:
        return (
            old[0],
            lambda graph, start, steps: old[1](graph, {start: -1}, steps=steps),
            old[2],
        )
    return (
        lambda graph, start, end, steps: explain(graph.influence, graph.names, start, end, steps),
        lambda graph, start, steps: whatif(Conclusions(graph.columns), {start: -1}, steps=steps),
        lambda graph: conflicts(graph.columns),
    )


def _give_up(*_: object) -> None:
    raise TimeoutError


def worker() -> None:
    """Answer each question whose name comes in with the seconds it took, or null."""
    signal.signal(signal.SIGALRM, _give_up)
    asked = dict(questions())
    for line in sys.stdin:
        name = json.loads(line)
        signal.alarm(LIMIT)
        begun = time.process_time()
        try:
            asked[name]()
            seconds: float | None = time.process_time() - begun
        except TimeoutError:
            seconds = None
        signal.alarm(0)
        print(json.dumps(seconds), flush=True)


def main(old: Path, rounds: int) -> None:
    ours, theirs = (
        subprocess.Popen(
            [python, __file__, "--worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(python).parent,
        )
        for python in (sys.executable, str(old))
    )  # fmt: skip
    print(f"{'':42}{'old':>10}{'new':>10}{'ratio':>8}")
    for name, _ in questions():
        times: tuple[list[float | None], list[float | None]] = ([], [])
        for _ in range(rounds):
            for process, found in zip((theirs, ours), times, strict=True):
                if not found or (found[-1] is not None and found[-1] < LONG):
                    found.append(ask(process, name))
        before, now = map(middle, times)
        ratio = f"{before / now:8.2f}" if before and now else ""
        print(f"{name:42}{told(before):>10}{told(now):>10}{ratio}", flush=True)
    for process in (ours, theirs):
        process.communicate()


def ask(process: subprocess.Popen[str], name: str) -> float | None:
    assert process.stdin  # noqa: S101
    assert process.stdout  # noqa: S101
    process.stdin.write(json.dumps(name) + "\n")
    process.stdin.flush()
    seconds: float | None = json.loads(process.stdout.readline())
    return seconds


def middle(times: list[float | None]) -> float | None:
    known = [seconds for seconds in times if seconds is not None]
    return statistics.median(known) if len(known) == len(times) else None


def told(seconds: float | None) -> str:
    return f"> {LIMIT} s" if seconds is None else f"{seconds * 1000:.1f}ms"


if __name__ == "__main__":
    if sys.argv[1:] == ["--worker"]:
        worker()
    elif len(sys.argv) in (2, 3):
        main(Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    else:
        sys.exit(__doc__)
