"""What the page answers is what Python answers: the cases are those of today, and the page agrees.

The page's reasoning runs here under node, on the shared cases and on graphs made at random.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from trabecula.formats import load
from trabecula.graph import Graph
from trabecula.model import About, Evidence, Source, Statement
from trabecula.page import payload
from trabecula.reason.core import core
from trabecula.vocabulary import (
    CONTEXT,
    PREDICATES,
    RELATIONS,
    SPECIES,
    STATUSES,
    STRENGTHS,
    SYSTEMS,
)

ROOT = Path(__file__).parents[2]


def _reasoning() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "reasoning", Path(__file__).with_name("reasoning.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["reasoning"] = module
    spec.loader.exec_module(module)
    return module


reasoning = _reasoning()


def node(*tests: str, **variables: str) -> dict[str, int]:
    """How many tests of the page passed, failed and were skipped.

    In one process: of one for each file, another would read what is said of thousands of cases.
    """
    each = "".join(f'await import("./test/{name}.test.js");' for name in tests)
    done = subprocess.run(
        [ROOT / "scripts/node", "--test-reporter=tap", "--input-type=module", "-e", each],
        cwd=ROOT / "frontend",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **variables},
    )
    counts = dict(re.findall(r"^# (pass|fail|skipped) (\d+)$", done.stdout, re.MULTILINE))
    failed = re.findall(r"^not ok (?:.*\n)+?  \.\.\.$", done.stdout, re.MULTILINE)
    assert (failed[:3], done.returncode) == ([], 0), done.stderr
    return {name: int(count) for name, count in counts.items()}


def test_the_cases_are_what_python_says_today() -> None:
    # Where this fails, the reasoning has changed: run scripts/reasoning-cases, look at what is
    # different in frontend/test/cases, and see that the page agrees.
    committed = {path.name: path.read_bytes() for path in reasoning.CASES.iterdir()}
    assert committed == reasoning.files()


def test_the_page_answers_every_case_as_python_does(tmp_path: Path) -> None:
    path = tmp_path / "shipped.json"
    path.write_text(json.dumps(reasoning.records(load(reasoning.KEPT))), encoding="utf-8")
    counts = node("paths", "conclusions", "whatif", TRABECULA_GRAPH=str(path))
    assert counts["fail"] == counts["skipped"] == 0
    assert counts["pass"] > len(reasoning.GRAPHS)


def test_the_page_is_told_of_predicates_what_the_cases_say(shipped: Graph) -> None:
    told = {row["key"]: row for row in reasoning.words()["predicates"]}
    rows = payload.data(shipped, shipped, [], [], title="")["words"]["predicates"]
    assert [{name: row[name] for name in told[row["key"]]} for row in rows] == [
        told[row["key"]] for row in rows
    ]


def test_the_page_answers_about_graphs_made_at_random_as_python_does(tmp_path: Path) -> None:
    dice = random.Random(5)  # noqa: S311 (nothing secret)
    made = {str(number): random_graph(dice) for number in range(100)}
    explain = [random_explain(dice, name, made[name]) for name in made for _ in range(3)]
    concluded = [random_conclusions(dice, name, made[name]) for name in made for _ in range(3)]
    whatif = [random_whatif(dice, name, made[name]) for name in made for _ in range(4)]
    pages = [{"name": name, **reasoning.records(graph)} for name, graph in made.items()]
    whole = sys.maxsize
    (tmp_path / "graphs.json").write_text(reasoning.lines(pages), encoding="utf-8")
    relations: Counter[str] = Counter()
    for name, questions, answer in (
        ("explain", explain, reasoning.asked_explain),
        ("conclusions", concluded, reasoning.asked_conclusions),
        ("whatif", whatif, reasoning.asked_whatif),
    ):
        cases = reasoning.answered(questions, answer, made.__getitem__, whole)
        (tmp_path / f"{name}.json").write_text(reasoning.lines(cases), encoding="utf-8")
        for case in cases if name == "conclusions" else ():
            relations.update(case["answer"]["relations"])
    (tmp_path / "words.json").write_text(reasoning.lines([reasoning.words()]), encoding="utf-8")
    counts = node("paths", "conclusions", "whatif", TRABECULA_CASES=str(tmp_path))
    assert counts["fail"] == counts["skipped"] == 0
    assert counts["pass"] > 3 * len(made)
    assert (
        relations.keys() == RELATIONS.keys()
    )  # the dice came upon everything that there is to say


def test_the_core_of_larger_graphs_made_at_random_is_that_of_python(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311 (nothing secret)
    kept = load(reasoning.KEPT)
    about = replace(kept.about, focus=("magnesium", "bone-mineral-density"))
    made = {"kept": Graph([about, *kept])}
    made |= {str(number): random_graph(dice, large=True) for number in range(60)}
    asked = [
        {"graph": name, "of": [], "steps": 1, **random_lens(dice, made[name])}
        for name in made
        for _ in range(3)
    ]
    cases = reasoning.answered(asked, reasoning.asked_conclusions, made.__getitem__, 0)
    pages = [{"name": name, **reasoning.records(graph)} for name, graph in made.items()]
    (tmp_path / "graphs.json").write_text(reasoning.lines(pages), encoding="utf-8")
    (tmp_path / "conclusions.json").write_text(reasoning.lines(cases), encoding="utf-8")
    (tmp_path / "words.json").write_text(reasoning.lines([reasoning.words()]), encoding="utf-8")
    counts = node("conclusions", TRABECULA_CASES=str(tmp_path))
    assert counts["fail"] == counts["skipped"] == 0
    assert counts["pass"] > len(made)
    sizes = [len(core(graph.columns)) for graph in made.values()]
    assert sum(size < len(graph) for size, graph in zip(sizes, made.values(), strict=True)) > 40
    focused = [graph for graph in made.values() if _shows_its_focus(graph)]
    assert len(focused) > 20  # else the dice said little of what a graph is about


def _shows_its_focus(graph: Graph) -> bool:
    shown = {end for s in core(graph.columns) for end in (s.subject, s.object)}
    return bool(graph.about.focus) and shown.issuperset(graph.about.focus) and len(shown) < 20


# --- At random ------------------------------------------------------------------------------

#: A question as it is kept.
Case = dict[str, Any]

_INFLUENCE = [name for name, predicate in PREDICATES.items() if predicate.influence != "none"]
_STATES = [name for name, row in PREDICATES.items() if row.kind == "names" or row.structure]
_CLOSED = [(key, value) for key, values in CONTEXT.items() for value in values or ("free text",)]
#: As (`trust`, `without`): through most of them much is left of a graph made at random.
_LENSES = (
    (["read"], []), (["measured"], []), (["measured", "human"], []), (["rat"], []), ([], ["s1"]),
    (["read"], ["s2", "s4", "s5"]),
)  # fmt: skip


def random_graph(dice: random.Random, *, large: bool = False) -> Graph:
    """A graph in which statements of all kinds meet, many of them parallel; a small one, or not.

    A large one says what it is about, mostly.
    """
    names = dice.sample(reasoning.ODD, dice.randint(4, 12))
    if large:
        names = [f"n{number}" for number in range(dice.randint(20, 60))]
    sources = [
        Source(
            id=f"s{number}",
            group=dice.choice(("", "", "cohort")),
            standing=dice.choice(("", "", "", "", "retracted")),
            xrefs=dice.choice(((), (), ("doi:10.1/a",))),
        )
        for number in range(8)
    ]
    statements = [random_statement(dice, names) for _ in range(len(names) * dice.randint(1, 5))]
    keys = dice.sample([key for key, values in CONTEXT.items() if values], 2)
    about = About(
        directionless=tuple(dice.sample(names, dice.choice((0, 0, 1)))),
        focus=tuple(dice.sample(names, dice.choice((0, 1, 2, 3)))) if large else (),
        intervals=tuple(
            (
                key,
                dice.choice(names),
                tuple((value, dice.choice(_WHERE)) for value in CONTEXT[key] or ()),
            )
            for key in sorted(keys)
        ),
    )
    return reasoning.graph_of(*statements, about=about) | Graph(sources)


_WHERE = ("lack", "normal", "excess", "excess")


def random_statement(dice: random.Random, names: list[str]) -> Statement:
    kinds = (*[_INFLUENCE] * 5, _STATES, list(PREDICATES), ["biolink:x", "level_of", "state_of"])
    return Statement(
        subject=dice.choice(names),
        predicate=dice.choice(dice.choice(kinds)),
        object=dice.choice(names),
        qualifiers=tuple(sorted(dice.sample(_CLOSED, dice.choice((0, 0, 0, 1, 2))))),
        negated=dice.random() < 0.05,
        evidence=tuple(random_evidence(dice) for _ in range(dice.choice((0, 1, 1, 1, 2, 2, 3)))),
    )


def random_evidence(dice: random.Random) -> Evidence:
    return Evidence(
        source=f"s{dice.randint(0, 7)}",
        stance=dice.choice(("supports",) * 12 + ("disputes", "qualifies")),
        strength=dice.choice((*STRENGTHS, "direct", "")),
        species=dice.choice((*SPECIES, "NCBITaxon:9606", "zebrafish", "", "", "human", "rat")),
        system=dice.choice((*SYSTEMS, "", "")),
        context=tuple(sorted(dice.sample(_CLOSED, dice.choice((0, 0, 1, 2, 3))))),
    )


def random_status(dice: random.Random) -> list[str]:
    return dice.sample(list(STATUSES), dice.choice((0, 0, 0, 0, 2, 4, 5)))


def random_explain(dice: random.Random, name: str, graph: Graph) -> Case:
    start, end, *others = dice.sample(list(graph.entities), len(graph.entities))
    return {
        "graph": name, "start": start, "end": dice.choice((*[end] * 20, start)), "steps": dice.randint(2, 7),
        "via": others[: dice.choice((0, 0, 0, 0, 1, 2))],
        "avoid": others[-dice.choice((1, 1, 2, 9)) :] if dice.random() < 0.2 else [],
        "status": random_status(dice), "structure": dice.random() < 0.4,
        "bound": dice.choice((3_000, 3_000, 100, 10)),
    }  # fmt: skip


def random_conclusions(dice: random.Random, name: str, graph: Graph) -> Case:
    return {
        "graph": name, "of": list(graph.entities), "steps": dice.randint(1, 3), "status": random_status(dice),
        **random_lens(dice, graph),
    }  # fmt: skip


def random_lens(dice: random.Random, graph: Graph) -> Case:
    cited = {row.source for s in graph.statements.values() for row in s.evidence}
    words = {
        word for s in graph.statements.values() for row in s.evidence for word in (row.species,)
    }
    trust, without = dice.choice((*_LENSES, *[([], [])] * 4))
    kept = [word for word in trust if word not in ("human", "rat") or word in words]
    here = [key for key in without if key in cited]
    return {"lens": [kept, here]} if kept or here else {}


def random_whatif(dice: random.Random, name: str, graph: Graph) -> Case:
    asked = random_lens(dice, graph)
    seen = graph.through(*asked["lens"][0], without=asked["lens"][1]) if asked else graph
    ids = dice.sample(list(seen.entities), len(seen.entities))
    return {
        "graph": name, "steps": dice.randint(1, 3), "up": ids[:1], "down": ids[1 : dice.choice((1, 1, 2, 3))],
        "fixed": dice.choice(([], [], ids[-1:], ids[-2:])), "status": random_status(dice), **asked,
    }  # fmt: skip
