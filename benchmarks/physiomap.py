"""Which way a trait goes in a disease: what is settled, what is k steps away, the shortest path.

Run: .venv/bin/python benchmarks/physiomap.py FOLDER [GRAPH.json]

FOLDER holds PhysioMap 1.1.1 (Hoehndorf, Schofield & Gkoutos 2026, github.com/bio-ontology-research-
group/physiomap, CC BY 4.0): `physiomap-1.1.1.json`, its signed map of human physiology, and
`e1b_forward_pairs.tsv`, pairs of a loss or gain that a gene causes and of a trait with the direction
that it has in the disease, from the annotations of HPO. Nothing in trabecula was fitted to them.

With a second argument the map is written there as a graph that trabecula reads, so that it can be
heard as a second opinion: `trabecula compare physiomap.json --map benchmarks/physiomap-same.tsv`.

A knocked-out enzyme stays knocked out, whatever acts on it: what is changed is kept at its new
value, but in the second line, where it is pushed only and answers to its own feedback.
"""

from __future__ import annotations

import csv
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import trabecula as tb
from trabecula.leftover import LeftOut
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.search import spread
from trabecula.reason.settle import settle
from trabecula.reason.whatif import whatif

MAP, PAIRS = "physiomap-1.1.1.json", "e1b_forward_pairs.tsv"
SIGNS = {"+": 1, "-": -1, "?": 0}

Arc = tuple[str, str, int]
Change = tuple[tuple[str, int], ...]
#: The sign of each trait that a change has an answer for.
Answer = Callable[[Change], Mapping[str, int]]


def arcs_of(graph: tb.Graph) -> list[Arc]:
    """The map as signed arcs between its nodes, sorted; see `trabecula.formats.physiomap`."""
    return sorted(
        (statement.subject, statement.object, graph.words.sign_of(statement))
        for statement in graph.statements.values()
    )


def pairs_of(file: Path) -> Iterator[tuple[Change, str, int]]:
    """What is changed, the trait that is looked at, and which way it goes."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            changes = (part.split() for part in row["primary_intervention"].split(";"))
            change = tuple(sorted((node, SIGNS[sign]) for node, sign in changes))
            yield change, row["physiomap_variable"], SIGNS[row["reference_direction"]]


def by_signs(arcs: list[Arc], *, kept: bool) -> Answer:
    names = sorted({end for arc in arcs for end in arc[:2]})
    number = {name: place for place, name in enumerate(names)}
    numbered = [(number[start], number[end], sign) for start, end, sign in arcs]

    def answer(change: Change) -> Mapping[str, int]:
        changed = {number[name]: sign for name, sign in change if name in number}
        settled = settle(len(names), numbered, changed, kept=kept)
        return {names[place]: sign for place, sign in settled.signs.items() if sign}

    return answer


def by_whatif(graph: tb.Graph, steps: int, *, settled: bool) -> Answer:
    """What `trabecula whatif` says of the map as a graph: what is settled, or all it concludes."""
    conclusions = Conclusions(graph.columns)

    def answer(change: Change) -> Mapping[str, int]:
        outcomes = whatif(conclusions, dict(change), steps=steps).outcomes
        return {o.entity: o.way for o in outcomes if o.conclusion.settled or not settled}

    return answer


def by_shortest(arcs: list[Arc]) -> Answer:
    """The sign of the shortest paths of known sign, where all of one length have the same."""
    onward: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for start, end, sign in arcs:
        for way in (1, -1) if sign else ():
            onward.setdefault((start, way), []).append((end, way * sign))

    def answer(change: Change) -> Mapping[str, int]:
        barred = {name for name, _ in change}
        distance = spread(
            change, lambda here: [there for there in onward.get(here, ()) if there[0] not in barred]
        )
        never = len(distance)
        return {
            name: way
            for (name, way), far in distance.items()
            if far < distance.get((name, -way), never)
        }

    return answer


def main(folder: Path, target: Path | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LeftOut)  # layout, interventions and the like
        graph = tb.load(folder / MAP, "physiomap")
    arcs = arcs_of(graph)
    if target:
        tb.write(graph, target)
        print(f"wrote {target}: {len(graph)} statements")
    pairs = list(pairs_of(folder / PAIRS))
    changes = list(dict.fromkeys(change for change, _, _ in pairs))
    print(f"{len(pairs)} pairs, {len(changes)} changes, {len(arcs)} arcs")
    print(f"{'':24}{'right':>7}{'wrong':>7}{'no call':>9}{'right of calls':>16}{'seconds':>9}")
    for name, make in (
        ("settled", lambda arcs: by_signs(arcs, kept=True)),
        ("settled, pushed only", lambda arcs: by_signs(arcs, kept=False)),
        ("whatif, settled", lambda _: by_whatif(graph, 2, settled=True)),
        ("whatif, 2 steps", lambda _: by_whatif(graph, 2, settled=False)),
        ("whatif, 3 steps", lambda _: by_whatif(graph, 3, settled=False)),
        ("shortest signed path", by_shortest),
    ):
        begun = time.perf_counter()
        ask = make(arcs)
        answers = {change: ask(change) for change in changes}
        seconds = time.perf_counter() - begun
        hits = Counter(way * answers[change].get(trait, 0) for change, trait, way in pairs)
        right, wrong = hits[1], hits[-1]
        share = right / max(right + wrong, 1)
        print(f"{name:24}{right:7}{wrong:7}{hits[0]:9}{share:16.1%}{seconds:9.2f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(f"{__doc__}\nGive the folder that holds {MAP} and {PAIRS}.")
    place = Path(sys.argv[1])
    if missing := [name for name in (MAP, PAIRS) if not (place / name).is_file()]:
        sys.exit(f"{place} does not hold {' and '.join(missing)}")
    main(place, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
