"""Explain, what-if and conflicts beside an older release, on the same questions, in turn.

Run: .venv/bin/python benchmarks/releases.py OLD_PYTHON [rounds]

OLD_PYTHON is the interpreter of an environment in which the older release is installed, such as
`git worktree add --detach ../old a36dd3c && cd ../old && python3 -m venv .venv && .venv/bin/pip
install .` for 0.1. Each round asks both; figures are medians of CPU time, for other work on the
machine does not count in it. Both are asked of the same content: of the graph that the older release
ships, which it writes as JSON for both, and of a generated one. `today` is what is shipped now; the
older release has its own graph there, and is asked of less.

Both keep with a graph who is adjacent to whom, and this one which names are one quantity. What conclusions
are made of is worked out anew for each question; `again` is asked with what the same question has
worked out before, which a graph keeps, and the older release does not. A question that takes more
than `LIMIT` seconds is given up, one that takes long is asked once.
"""

from __future__ import annotations

import json
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
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


def questions(content: str) -> Iterator[Question]:
    """What is asked, in the words of the release that this runs in; `content` is a file."""
    shipped, today, large = tb.load(content), tb.load(), generated(20_000, 100_000)
    explain, whatif, conflicts = asking()
    lack, hub, common = "magnesium-deficiency", "n0", "n5000"
    pairs, starts = drawn(shipped)
    asked: dict[str, tuple[tb.Graph, Callable[..., object], tuple[object, ...]]] = {
        "explain, shipped, 4 steps": (shipped, explain, (lack, "osteoporosis", 4)),
        "explain, today, 4 steps": (today, explain, (lack, "osteoporosis", 4)),
        "explain, 100 k, two common entities, 3": (large, explain, (common, "n800", 3)),
        "explain, 100 k, two common entities, 4": (large, explain, (common, "n800", 4)),
        "explain, shipped, 200 pairs, 3 steps": (shipped, each(explain, pairs), (3,)),
        "explain, shipped, 200 pairs, 4 steps": (shipped, each(explain, pairs), (4,)),
        "whatif, shipped, 60 entities, 2 steps": (shipped, each(whatif, starts), (2,)),
        "whatif, shipped, 60 entities, 3 steps": (shipped, each(whatif, starts), (3,)),
        "whatif, shipped, 2 steps": (shipped, whatif, ("magnesium", 2)),
        "whatif, shipped, 3 steps": (shipped, whatif, ("magnesium", 3)),
        "whatif, today, 2 steps": (today, whatif, ("magnesium", 2)),
        "whatif, 100 k, a common entity, 2": (large, whatif, (common, 2)),
        "whatif, 100 k, a common entity, 3": (large, whatif, (common, 3)),
        "whatif, 100 k, the largest hub, 2": (large, whatif, (hub, 2)),
        "whatif, 100 k, the largest hub, 3": (large, whatif, (hub, 3)),
        "conflicts, shipped": (shipped, conflicts, ()),
        "conflicts, 100 k": (large, conflicts, ()),
    }
    for name, (graph, ask, words) in asked.items():
        kept = getattr(getattr(graph, "columns", None), "derived", {})
        again = partial(ask, graph, *words)
        yield name, partial(anew, kept, again)
        yield f"{name}, again", again


def drawn(graph: tb.Graph) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Pairs of entities of a graph, and single ones, the same in every release."""
    draw = random.Random(3)  # noqa: S311 (questions to measure with, not a secret)
    subjects = sorted({statement.subject for statement in graph.statements.values()})
    pairs = [tuple(draw.sample(subjects, 2)) for _ in range(200)]
    return pairs, [(draw.choice(subjects),) for _ in range(60)]


def each(ask: Callable[..., object], asked: list[tuple[str, ...]]) -> Callable[..., object]:
    """Asks about each of some entities, or pairs, in turn."""
    return lambda graph, steps: [ask(graph, *entities, steps) for entities in asked]


def anew(kept: dict[str, Any], ask: Callable[[], object]) -> object:
    """The answer of a graph that has kept no conclusions."""
    kept.pop("known", None)
    return ask()


def asking() -> tuple[Callable[..., object], Callable[..., object], Callable[..., object]]:
    """How this release is asked: of 0.1 on the graph, since then on its columns."""
    from trabecula.reason.conflicts import conflicts
    from trabecula.reason.explain import explain
    from trabecula.reason.whatif import whatif

    old: Any = (explain, whatif, conflicts)
    try:
        from trabecula.reason.conclusions import conclusions_of
    except ImportError:
        return (
            old[0],
            lambda graph, start, steps: old[1](graph, {start: -1}, steps=steps),
            old[2],
        )
    return (
        lambda graph, start, end, steps: explain(graph.influence, graph.names, start, end, steps),
        lambda graph, start, steps: whatif(conclusions_of(graph.columns), {start: -1}, steps=steps),
        lambda graph: conflicts(graph.columns),
    )


def _give_up(*_: object) -> None:
    raise TimeoutError


def worker(content: str) -> None:
    """Answer each question whose name comes in with the seconds it took, or null."""
    signal.signal(signal.SIGALRM, _give_up)
    asked = dict(questions(content))
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
    with tempfile.TemporaryDirectory() as folder:
        content = str(Path(folder) / "content.json")
        subprocess.run(
            [str(old), "-c", f"import trabecula as tb; tb.write(tb.load(), {content!r})"],
            check=True, cwd=folder,
        )  # fmt: skip
        ours, theirs = (
            subprocess.Popen(
                [python, __file__, "--worker", content],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder,
            )
            for python in (sys.executable, str(old))
        )  # fmt: skip
        print(f"{'':48}{'old':>10}{'new':>10}{'ratio':>8}")
        for name, _ in questions(content):
            times: tuple[list[float | None], list[float | None]] = ([], [])
            for _ in range(rounds + name.endswith("again")):  # so that there is a time before
                for process, series in zip((theirs, ours), times, strict=True):
                    if not series or (series[-1] is not None and series[-1] < LONG):
                        series.append(ask(process, name))
            before, now = map(middle, times)
            ratio = f"{before / now:8.2f}" if before and now else ""
            print(f"{name:48}{told(before):>10}{told(now):>10}{ratio}", flush=True)
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
    measured = [seconds for seconds in times if seconds is not None]
    return statistics.median(measured) if len(measured) == len(times) else None


def told(seconds: float | None) -> str:
    return f"> {LIMIT} s" if seconds is None else f"{seconds * 1000:.1f}ms"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(sys.argv[2])
    elif len(sys.argv) in (2, 3):
        main(Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    else:
        sys.exit(__doc__)
