"""The questions that the page and Python are both asked, and what Python answers.

The page reasons in a language of its own (`frontend/src/reason`); that the two say the same is held
by the cases that this module writes to `frontend/test/cases` and that
`frontend/test/{paths,conclusions,whatif}.test.js` compare with what the page says. Run as a program
it writes them (`scripts/reasoning-cases`).

An answer is compact: paths by the ids of their statements, the first few in full and all of them
as a digest.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import trabecula
from trabecula import context, standing, values
from trabecula.columns import FOLLOWED, WEAKER, Columns
from trabecula.errors import SelectionError
from trabecula.formats import nodelink
from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Record, Source, Statement
from trabecula.page import keys, payload
from trabecula.reason import conclusions, explain, links, paths, whatif
from trabecula.reason.concluded import Conclusion
from trabecula.reason.core import core
from trabecula.reason.following import following
from trabecula.reason.settle import settle
from trabecula.vocabulary import BASES, CATEGORIES, METHODS, PREDICATES, RELATIONS, SYSTEMS, WORDS
from trabecula.words import conclusions as wording
from trabecula.words.whatif import known_by

CASES = Path(__file__).parents[2] / "frontend" / "test" / "cases"
#: The name of the graph that trabecula ships; the others are made here by hand.
SHIPPED = "shipped"
#: The graph of that name as it was on 2026-11-29: what is curated since changes no case.
KEPT = Path(__file__).parents[1] / "data/kept/magnesium.json.gz"

Case = dict[str, Any]

# --- What Python answers --------------------------------------------------------------------


def asked_explain(graph: Graph, case: Case, told: int) -> Case:
    """What Python says to a question for paths; the best `told` of them in full."""
    asked = {
        name: case[name]
        for name in ("via", "avoid", "status", "structure", "bound")
        if name in case
    }
    try:
        explanation = explain.explain(
            graph.influence, graph.names, case["start"], case["end"], case["steps"], **asked
        )
    except SelectionError as error:
        return {"refused": str(error)}
    rows = [_path(graph, path) for path in explanation.paths]
    return {
        "conclusion": _concluded(graph, case["start"], case["end"], explanation.conclusion),
        "ways": [
            [way.paths, way.supported, explanation.paths.index(way.best) if way.best else None]
            for way in explanation.ways
        ],
        "stopped": explanation.stopped,
        "distance": explanation.distance,
        "beside": [statement.id for statement in explanation.beside],
        "paths": rows[:told],
        "digest": _digest(rows),
    }


def _concluded(graph: Graph, start: str, end: str, conclusion: Conclusion) -> Case:
    """A conclusion as values, and as the page says it."""
    return {
        "values": values.conclusion(conclusion),
        "words": [wording.headline(graph, start, end, conclusion), wording.reason(conclusion)],
        "places": [wording.place(graph, start, case) for case in conclusion.contexts],
    }


def asked_conclusions(graph: Graph, case: Case, told: int) -> Case:
    """What follows for all pairs of some entities, through a lens; `told` pairs in full."""
    trust, without = case.get("lens", ([], []))
    seen = graph.through(*trust, without=without)
    columns = seen.columns
    follow = following(columns, case.get("status", ()))
    concluding = conclusions.Conclusions(columns, follow)
    of = [number for number in map(columns.number, case["of"]) if number >= 0]
    rows = [
        _concluded(
            seen, columns.entities[a], columns.entities[b], concluding.between(a, b, case["steps"])
        )
        for a in of
        for b in of
        if a != b
    ]
    return {
        "relations": dict(sorted(Counter(row["values"]["relation"] for row in rows).items())),
        "pairs": rows[:told],
        "digest": _digest(rows),
        "statements": _digest([_standing(columns, n) for n in range(len(columns.statements))]),
        "core": _digest([statement.id for statement in core(columns)]),
    }


def _standing(columns: Columns, number: int) -> list[Any]:
    """How a statement stands by the evidence that is seen."""
    statement = columns.statements[number]
    return [
        statement.id,
        columns.status(number),
        columns.supporting[number],
        columns.disputing[number],
        standing.basis(statement.evidence),
        standing.elsewhere(standing.supporting(statement.evidence)),
        standing.only_observed(standing.supporting(statement.evidence)),
    ]


def _path(graph: Graph, path: paths.Path) -> Case:
    row = {
        "sign": path.sign,
        "entities": list(path.entities),
        "statements": [statement.id for statement in path.statements],
        "signs": [step.sign for step in path.steps],
        "weakest": paths.weakest(graph.groups, path).statement.id,
        "contested": [statement.id for statement in explain.contested(path)],
        "breaks": [
            [
                break_.first,
                break_.second,
                *([d.dimension, d.here, d.there] for d in break_.differences),
            ]
            for break_ in explain.breaks(path, graph.words)
        ],
    }
    return {key: value for key, value in row.items() if value != []}


def asked_whatif(graph: Graph, case: Case, told: int) -> Case:
    """What Python says to a question what if; the first `told` outcomes in full."""
    trust, without = case.get("lens", ([], []))
    graph = graph.through(*trust, without=without)
    texts = [f"{name}={way}" for way in ("up", "down", "fixed") for name in case.get(way, ())]
    follow = following(graph.columns, case.get("status", ()))
    try:
        changed, fixed = whatif.assume(graph.names, texts)
        concluding = conclusions.Conclusions(graph.columns, follow)
        answer = whatif.whatif(concluding, changed, fixed, steps=case["steps"])
    except SelectionError as error:
        return {"refused": str(error)}
    verdicts = [outcome.verdict for outcome in answer.outcomes]
    rows = [_outcome(outcome) for outcome in answer.outcomes]
    return {
        "changed": [list(state) for state in answer.changed],
        "fixed": list(answer.fixed),
        "names": list(answer.names),
        "counts": {
            **{verdict: verdicts.count(verdict) for verdict in whatif.OUTCOMES},
            "unreached": answer.unreached,
        },
        "complete": not answer.stopped,
        "outcomes": rows[:told],
        "digest": _digest(rows),
        "known": [known_by(outcome.conclusion) for outcome in answer.outcomes],
        "drawn": _digest(_drawn(graph, answer, follow)),
    }


def _outcome(outcome: whatif.Outcome) -> Case:
    return {
        "entity": outcome.entity,
        "verdict": outcome.verdict,
        "names": [list(name) for name in outcome.names],
        "causes": list(outcome.causes),
        "conclusion": values.conclusion(outcome.conclusion),
    }


def _drawn(graph: Graph, answer: whatif.WhatIf, follow: bytes) -> list[str]:
    """The statements that show the outcomes, and those on which what is held stops a change."""
    concluded = [outcome.conclusion for outcome in answer.outcomes]
    drawn = {
        key
        for each in concluded
        if each.relation != "only-article"
        for key in (each.path if each.path and each.sign else each.rests_on)
    }
    followed = set(compress(graph.statements, follow))
    moving = {
        name
        for outcome in answer.outcomes
        for name in (outcome.entity, *(name for name, _ in outcome.names))
    }.union(dict(answer.changed))
    stopped = (
        statement.id
        for entity in answer.fixed
        for statement, start in graph.influenced_by(entity)
        if start in moving and statement.id in followed
    )
    return sorted(drawn.union(stopped))


def _digest(value: object) -> str:
    return hashlib.sha256(_compact(value).encode("utf-8")).hexdigest()[:16]


def _compact(value: object) -> str:
    """The value as JSON, as `JSON.stringify` writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def words() -> Case:
    """The tables that the page has copies of, and what it is told of predicates."""
    relations = [WORDS.relation(name) for name in PREDICATES]
    return {
        "predicates": [
            {
                "key": p.name,
                "label": p.label,
                "influence": p.influence,
                "sign": p.sign,
                **keys.reasoning_words(p),
            }
            for p in relations
        ],
        "categories": [{"key": key, **keys.change_words(row)} for key, row in CATEGORIES.items()],
        "relations": [{"key": key, **row} for key, row in RELATIONS.items()],
        "bases": [{"key": key, **row} for key, row in BASES.items()],
        "dimensions": context.dimensions(),
        "taxa": sorted(context._SPECIES_NAMES.items()),
        "includes": sorted([key, sorted(kinds)] for key, kinds in context._INCLUDES.items()),
        "followed": FOLLOWED,
        "statuses": list(WEAKER),
        "outcomes": list(whatif.OUTCOMES),
        "bounds": {
            "paths": [paths.STEPS, paths.MAX_STEPS, paths.BOUND],
            "conclusions": [conclusions.STEPS, conclusions.MOST, links.EFFORT],
        },
    }


# --- Graphs ---------------------------------------------------------------------------------


def records(graph: Graph) -> Case:
    """The entities and statements of a graph in node-link form, of which the page makes its records."""
    document: Case = json.loads(nodelink.render(graph))
    for told, statement in zip(document["edges"], graph.statements.values(), strict=True):
        for written, row in zip(told["evidence"], statement.evidence, strict=True):
            written.update({"retracted": True} if row.retracted else {})
    cited = {row.source for s in graph.statements.values() for row in s.evidence}
    counted = [
        {"id": key, "paper": graph.papers.get(key, key), "counted": graph.groups.get(key, key)}
        for key in sorted(cited)
    ]
    return {
        "nodes": document["nodes"],
        "edges": document["edges"],
        "sources": counted,
        "about": payload.reasoning(graph),
        "dimensions": context.dimensions(graph.words),
    }


READ = Evidence(source="one", strength="direct", species="rat", system="in-vivo")
READ_TOO = Evidence(source="two", strength="direct", species="human", system="in-vivo")
REVIEWED = Evidence(source="three", strength="review")
AGAINST = Evidence(source="four", stance="disputes", strength="direct")
LIMITS = Evidence(source="five", stance="qualifies", strength="direct")
SEEN = Evidence(source="eight", strength="association", species="human")
TITLE = Evidence(source="six", strength="title-only")
GONE = Evidence(source="seven", strength="direct", species="dog", system="in-vivo")
GONE_AGAINST = Evidence(source="seven", stance="disputes", strength="direct")
SAID = Evidence(source="article", strength="asserted")
DENIED = Evidence(source="article", stance="disputes", strength="asserted")


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, **more: Any) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,), **more
    )


def graph_of(
    *statements: Statement,
    about: About | None = None,
    categories: Mapping[str, str] = MappingProxyType({}),
) -> Graph:
    ends = sorted({end for s in statements for end in (s.subject, s.object)})
    # Sources one and three are of one cohort and count once; seven counts for nothing.
    sources = (
        Source(id="one", group="cohort"),
        Source(id="three", group="cohort"),
        Source(id="seven", standing="retracted"),
    )
    records: list[Record] = [
        about or About(),
        *(Entity(id=end, name=end, category=categories.get(end, "chemical")) for end in ends),
        *sources,
    ]
    return Graph([*records, *statements])


def _signs() -> Graph:
    """Every predicate there is between its own two entities, and one that there is not; each denied too."""
    names = (*PREDICATES, "biolink:interacts_with", "")
    return graph_of(
        *(
            statement
            for number, name in enumerate(names)
            for statement in (
                edge("a", "increases", f"b{number}"),
                edge(f"b{number}", name, f"c{number}"),
                edge(f"c{number}", name, "z"),
                edge("z", name, f"c{number}", negated=True),
            )
        ),
        edge("a", "increases", "a"), edge("z", "requires", "z"), edge("z", "level_of", "z"),
    )  # fmt: skip


def _statuses() -> Graph:
    """Two steps of every pair of statuses, and parallel statements of different standing."""
    rows = {
        "supported": (READ, READ_TOO), "one-cohort": (READ, REVIEWED), "contested": (READ, AGAINST),
        "refuted": (AGAINST,), "title": (TITLE,), "titles-contested": (TITLE, AGAINST), "said": (SAID,),
        "denied": (DENIED,), "said-and-denied": (SAID, DENIED), "limited": (READ, LIMITS),
        "limits-only": (LIMITS,), "disputed-by-all": (AGAINST, DENIED), "gone": (GONE,),
        "gone-and-read": (GONE, READ), "gone-and-said": (GONE, SAID),
        "gone-and-denied": (GONE, DENIED), "gone-against": (GONE_AGAINST, READ_TOO),
    }  # fmt: skip
    return graph_of(
        *(edge("a", "activates", name, *some) for name, some in rows.items()),
        *(edge(name, "inhibits", "z", *some) for name, some in rows.items()),
        edge("a", "increases", "z", SAID),
        edge("a", "increases", "z", TITLE, qualifiers=(("severity", "mild"),)),
        edge("a", "decreases", "z", READ, READ_TOO, qualifiers=(("severity", "severe"),)),
        edge("a", "affects", "z", READ, REVIEWED),
        edge("a", "increases", "z", READ, negated=True),
        edge("a", "increases", "z", AGAINST, qualifiers=(("sex", "male"),)),
        edge("z", "increases", "a", READ_TOO),
        edge("a", "positively_correlated_with", "z", READ),
        Statement(subject="a", predicate="regulates", object="z"),
    )  # fmt: skip


def _contexts() -> Graph:
    """A chain of steps that go on, or break, in every way in which contexts can differ."""

    def row(**fields: str) -> Evidence:
        species, system = fields.pop("species", ""), fields.pop("system", "")
        return Evidence(
            source="one",
            strength="direct",
            species=species,
            system=system,
            context=tuple(sorted(fields.items())),
        )

    steps: list[tuple[tuple[Evidence, ...], tuple[tuple[str, str], ...]]] = [
        ((row(species="rat", duration="acute"), row(species="human", system="in-vivo")), ()),
        ((row(species="NCBITaxon:10090"),), ()),
        ((row(species="mammal"),), (("duration", "long-term"), ("severity", "mild"))),
        ((REVIEWED,), ()),
        ((row(species="vertebrate", severity="severe", duration="acute"),), ()),
        ((row(species="dog", system="in-vivo"), row(species="bacteria and archaea")), ()),
        ((SAID, TITLE), (("duration", "acute"), ("species", "human"), ("system", "cell-culture"))),
        ((Evidence(source="two", strength="direct", species="zebrafish",
                   context=(("duration", "acute"), ("duration", "long-term"), ("dose", "1 g"))),), ()),
    ]  # fmt: skip
    names = "abcdefghi"
    return graph_of(
        *(
            edge(start, "increases", end, *rows, qualifiers=qualifiers)
            for (start, end), (rows, qualifiers) in zip(pairwise(names), steps, strict=True)
        ),
        edge("a", "decreases", "c", row(species="human", sex="male")),
        edge("c", "decreases", "e", row(species="human", sex="female", age="older")),
    )


def _structure() -> Graph:
    """Kinds, states and parts: up, down, and up and down again."""
    return graph_of(
        edge("femur", "subclass_of", "bone"), edge("skull", "subclass_of", "bone"),
        edge("head", "part_of", "femur"), edge("cell", "located_in", "head"),
        edge("drug", "increases", "femur"), edge("bone", "increases", "strength"),
        edge("skull", "increases", "weight"), edge("cell", "decreases", "weight"),
        edge("mild", "state_of", "depletion"), edge("severe", "state_of", "depletion"),
        edge("depletion", "subclass_of", "lack", AGAINST), edge("drug", "decreases", "depletion"),
        edge("severe", "decreases", "strength"), edge("mild", "increases", "strength"),
        edge("bone", "composed_primarily_of", "matrix"), edge("matrix", "increases", "weight", TITLE),
        edge("growth", "occurs_in", "bone", negated=True), edge("gene", "expressed_in", "cell"),
        edge("gene", "subclass_of", "gene"), edge("femur", "binds", "matrix"),
    )  # fmt: skip


#: Ids whose order by code point is not that by UTF-16 units, and such as mean something elsewhere.
ODD = (
    "a", "é", "ｚ", "\ufffd", "𝜏", "𐀀", "👩‍🔬", "\ue000", "__proto__", "constructor", "toString", "10", "9",
    "a b", "</script>", '"quoted"', "a\tb", "%2C&=#", "CHEBI:25107", "\u202e", "𝜏𝜏", "𝜏ｚ",
)  # fmt: skip


def _odd() -> Graph:
    """Each odd entity acts on each fifth one after it, so that everything ties but the order."""
    names = [*ODD, *ODD]
    return graph_of(
        *(
            edge(name, ("increases", "inhibits", "requires")[step % 3], names[number + step])
            for number, name in enumerate(ODD)
            for step in (1, 3, 5, 8)
        )
    )


def _feedback() -> Graph:
    """Feedback: what returns turned round, what is one state under two names, what is even."""
    return graph_of(
        edge("a", "increases", "b"), edge("b", "increases", "c"), edge("c", "inhibits", "b"),
        edge("c", "increases", "d"), edge("d", "inhibits", "d"), edge("d", "requires", "d"),
        edge("d", "increases", "e"), edge("e", "inhibits", "c", TITLE), edge("e", "increases", "f"),
        edge("f", "regulates", "e"), edge("low-f", "deficiency_of", "f"), edge("low-f", "increases", "e"),
        edge("a", "increases", "g"), edge("a", "inhibits", "h"), edge("h", "increases", "g"),
        edge("h", "increases", "i"), edge("g", "increases", "i"), edge("i", "increases", "h"),
        edge("i", "increases", "a"), edge("a", "affects", "j"), edge("j", "increases", "k"),
        edge("k", "inhibits", "a"), edge("k", "decreases", "l"), edge("a", "increases", "l"),
    )  # fmt: skip


def _quantities() -> Graph:
    """Lacks, excesses and levels of what is changed, and what acts on and by way of each."""
    scarce = Evidence(
        source="one", strength="direct", species="human", context=(("intake", "dietary"),)
    )
    plenty = Evidence(
        source="two", strength="direct", species="rat", context=(("intake", "infusion"),)
    )
    return graph_of(
        edge("low", "deficiency_of", "mg"), edge("high", "excess_of", "mg"), edge("blood", "level_of", "mg"),
        edge("low-blood", "deficiency_of", "blood"), edge("high-blood", "excess_of", "blood"),
        edge("very-low", "deficiency_of", "mg", REVIEWED), edge("odd", "deficiency_of", "odd"),
        edge("both", "deficiency_of", "mg"), edge("both", "excess_of", "ca"), edge("urine", "level_of", "blood"),
        edge("level-of-low", "level_of", "low", GONE, TITLE), edge("not-a-name", "level_of", "mg", SAID),
        edge("diet", "increases", "mg"), edge("pth", "increases", "blood"), edge("low", "activates", "pth"),
        edge("high", "inhibits", "pth"), edge("low-blood", "causes", "fits"), edge("high-blood", "causes", "rest"),
        edge("diet", "prevents", "low"), edge("mg", "increases", "bone", scarce), edge("mg", "decreases", "low-blood"),
        edge("mg", "decreases", "bone", plenty), edge("mg", "increases", "nerve", scarce), edge("growth", "requires", "mg"),
        edge("growth", "requires", "low", REVIEWED), edge("growth", "increases", "height", READ_TOO),
        edge("urine", "indicates", "loss"), edge("both", "increases", "loss"), edge("odd", "increases", "loss"),
        edge("ca", "inhibits", "bone", READ, AGAINST), edge("bone", "requires", "pth"),
        edge("pulses", "state_of", "pth"), edge("drip", "state_of", "pth", REVIEWED), edge("pulses", "increases", "bone"),
        edge("drip", "decreases", "bone"), edge("pulses", "increases", "strength", REVIEWED), edge("pth", "affects", "whole"),
        edge("whole", "increases", "height"), edge("low", "positively_correlated_with", "loss", SEEN),
        edge("ca", "causes", "stones", SEEN), edge("pth", "increases", "vit", REVIEWED), edge("vit", "increases", "ca", READ_TOO),
        about=About(
            directionless=("whole", "nobody"),
            intervals=(
                ("intake", "mg", (("dietary", "normal"), ("infusion", "excess"))),
                ("intake", "nobody", (("dietary", "lack"),)),
            ),
        ),
    )  # fmt: skip


def _bases() -> Graph:
    """Evidence of every kind, for something of every category; and what has no direction, or only a title."""
    kinds = [
        Evidence(source="one", strength="direct", species=species, system=system, method=method)
        for species in ("", "human", "rat")
        for system, method in (
            ("", ""),
            ("in-vivo", ""),
            *((s, "") for s in SYSTEMS),
            *(("", m) for m in METHODS),
        )
    ]
    kinds += [REVIEWED, Evidence(source="two", strength="reference"), TITLE, SEEN, SAID]
    categories = {f"{key}-{number}": key for key in CATEGORIES for number in range(len(kinds))}
    ends = [
        f"{key}-{number}"
        for number, _ in enumerate(kinds)
        for key in [list(CATEGORIES)[number % len(CATEGORIES)]]
    ]
    return graph_of(
        *(edge("a", ("increases", "decreases")[n % 2], end, kinds[n]) for n, end in enumerate(ends)),
        edge("a", "level_of", "b"), edge("lack", "deficiency_of", "b"), edge("plenty", "excess_of", "a", TITLE),
        edge("work", "requires", "a", TITLE), edge("rest", "requires", "b", READ, AGAINST),
        edge("play", "requires", "b", SAID), edge("class", "increases", "rest"), edge("class", "increases", "play", SAID),
        edge("work", "increases", "rest", AGAINST, READ_TOO), edge("class", "decreases", "a", TITLE), edge("lack", "causes", ends[0], SEEN),
        about=About(directionless=("class",)), categories=categories,
    )  # fmt: skip


def _answers() -> Graph:
    """Processes that make good a lack or take off an excess, and others, and what brings about each."""
    tried = Evidence(source="one", strength="direct", species="human", system="in-vivo")
    lines = (
        "low deficiency_of mg",
        "high excess_of mg",
        "drug causes low",
        "salt causes high",
        "low increases keeping",
        "keeping increases mg",
        "high increases losing",
        "losing decreases mg",
        "low increases hormone",
        "hormone increases mg",
        "low increases wasting",
        "wasting decreases mg",
        "low increases aching",
        "keeping increases bone",
    )
    return graph_of(
        *(edge(*line.split(), tried) for line in lines),
        categories={
            **dict.fromkeys(("keeping", "losing", "wasting", "aching"), "process"),
            **dict.fromkeys(("drug", "salt"), "intervention"), "hormone": "protein",
        },
    )  # fmt: skip


def _dense() -> Graph:
    """Nearly everything acts on everything: more paths, and just more loops, than a search may try."""
    names = [f"n{number}" for number in range(12)]
    predicates = ("increases", "inhibits", "affects", "requires")
    return graph_of(
        *(
            edge(start, predicates[(first * second + first) % 4], end)
            for first, start in enumerate(names)
            for second, end in enumerate(names)
            if (first * second + first) % 7 != 3
        )
    )


def _about_something() -> Graph:
    """A graph that says what it is about, too large to be its own core, and denser elsewhere.

    What it is about lies two steps apart, under several names, and its lack acts otherwise than its
    excess; the weights of parallel statements differ.
    """
    rows = (READ, READ_TOO, Evidence(source="three", strength="direct", species="rat"), REVIEWED)
    dense = [f"n{number:02}" for number in range(14)]
    return graph_of(
        *(edge(start, ("increases", "inhibits", "affects")[(7 * a + b) % 3], end, *rows[: 1 + (a + b) % 3])
          for a, start in enumerate(dense) for b, end in enumerate(dense) if a < b and (5 * a + b) % 3),
        edge("mg", "increases", "pth", READ), edge("low", "decreases", "pth", *rows[:2]), edge("high", "inhibits", "pth", READ_TOO),
        edge("low", "deficiency_of", "blood"), edge("high", "excess_of", "mg"), edge("blood", "level_of", "mg"),
        edge("pth", "increases", "n00", *rows), edge("n00", "increases", "pth", READ), edge("pth", "increases", "vit", *rows[:3]),
        edge("vit", "inhibits", "pth", READ, REVIEWED), edge("low", "decreases", "vit", READ), edge("high", "causes", "n01", READ),
        edge("n01", "increases", "density", *rows[:2]), edge("vit", "increases", "mass", REVIEWED), edge("density", "level_of", "mass"),
        edge("thin", "deficiency_of", "mass", READ_TOO), edge("n02", "causes", "thin", *rows[:3]), edge("n03", "increases", "mass", READ),
        edge("low", "causes", "thin", SAID), edge("low", "increases", "n02", READ), edge("lonely", "increases", "nothing", READ),
        *(edge("vit", "increases", f"tail{number}", READ) for number in range(6)),
        about=About(focus=("mg", "density", "nobody")),
    )  # fmt: skip


GRAPHS: dict[str, Callable[[], Graph]] = {
    "signs": _signs, "statuses": _statuses, "contexts": _contexts, "structure": _structure, "odd": _odd,
    "loops": _feedback, "quantities": _quantities, "bases": _bases, "answers": _answers,
    "dense": _dense, "focus": _about_something,
}  # fmt: skip

# --- Questions ------------------------------------------------------------------------------

_LACK, _LOSS = "magnesium-deficiency", "osteoporosis"


def explain_questions() -> Iterator[Case]:
    """The questions for paths."""

    def ask(graph: str, start: str, end: str, steps: int = paths.STEPS, **more: Any) -> Case:
        return {"graph": graph, "start": start, "end": end, "steps": steps, **more}

    for steps in range(1, 7):
        yield ask(SHIPPED, _LACK, _LOSS, steps)
    for start, end in (
        ("magnesium-supplementation", "intestinal-magnesium-absorption"),
        ("magnesium", "oxidative-phosphorylation"), ("magnesium", "calcitriol"),
        ("calcitonin", "osteoblast-osteoclast-communication"), ("low-magnesium-intake", "hormone"),
        ("calcium-homeostasis", "bone-remodeling"), ("blood-magnesium", "osteoclast-differentiation"),
        ("calcitonin-deficiency", "pdgf-induced-dna-synthesis"), ("dna-polymerase-activity", "organ-abnormality"),
        ("calcineurin-inhibitor", "calcitriol"), ("dietary-magnesium", "calcium-uptake-into-bone"),
        ("excess-sugar-intake", "bone-mineral"), ("severe-magnesium-depletion", "calcium-homeostasis"),
    ):  # fmt: skip
        yield ask(SHIPPED, start, end)
    yield ask(SHIPPED, "magnesium", "magnesium")
    yield ask(SHIPPED, "magnesium", "osteoblast", 9)
    yield ask(SHIPPED, _LACK, _LOSS, 5, via=["parathyroid-hormone"])
    yield ask(SHIPPED, _LACK, _LOSS, 5, avoid=["parathyroid-hormone", "magnesium"])
    yield ask(SHIPPED, _LACK, _LOSS, status=["supported"])
    yield ask(SHIPPED, _LACK, _LOSS, status=["contested", "supported"])
    yield ask(SHIPPED, _LACK, _LOSS, 6, status=["refuted", "asserted-only", "title-only"])
    yield ask(SHIPPED, _LACK, _LOSS, structure=True)
    yield ask(SHIPPED, "vitamin-d-activation", "bone", 5, structure=True)
    yield ask(SHIPPED, _LACK, _LOSS, 6, bound=500)
    yield ask("signs", "a", "z")
    yield ask("signs", "z", "a")
    yield ask("signs", "a", "z", structure=True)
    yield ask("signs", "a", "c3", 1)
    for status in ([], ["supported"], ["refuted"], ["asserted-only"], ["title-only", "contested"]):
        yield ask("statuses", "a", "z", status=status)
    yield ask("statuses", "z", "denied", status=["refuted"])
    for start, end in (("a", "i"), ("a", "e"), ("b", "h"), ("c", "i")):
        yield ask("contexts", start, end, 8)
    for start, end in (
        ("drug", "weight"),
        ("drug", "strength"),
        ("mild", "severe"),
        ("gene", "weight"),
    ):
        yield ask("structure", start, end, 6, structure=True)
    yield ask("structure", "drug", "strength", 6)
    yield ask("odd", "a", "</script>", 6)
    yield ask("odd", "__proto__", "\ue000", 5)
    yield ask("odd", "\ue000", "𐀀", 4, via=["𝜏"])
    yield ask("odd", "𝜏", "ｚ", 4, avoid=["constructor"])
    yield ask("loops", "a", "l", 8)
    yield ask("quantities", "diet", "pth", 6)
    yield ask("dense", "n0", "n11", 3)
    yield ask("dense", "n0", "n11", 8, bound=2_000)
    yield ask("dense", "n0", "n11", 5, via=["n3", "n7"], avoid=["n5"])
    yield ask("dense", "n0", "n11", 2, bound=3)
    yield ask("dense", "n0", "n1", 2, via=["n2", "n3", "n2"])
    yield ask("dense", "n0", "n1", 1, via=["n2"])
    yield ask("dense", "n0", "n1", 3, via=["n0"])
    yield ask("dense", "n0", "n1", 3, avoid=["n1"])
    yield ask("dense", "n0", "n1", 3, via=["n4"], avoid=["n4"])


#: Real entities about every two of which is asked: names of one quantity, lacks and excesses, hormones, cells,
#: processes, diseases, what has no direction.
ASKED = (
    "magnesium", "blood-magnesium", _LACK, "magnesium-supplementation", "parathyroid-hormone", "blood-pth", "calcitriol",
    "calcitonin", "osteoclast", "osteoblast", "bone-mineral-density", "calcium-homeostasis", "vitamin-d-activation",
    "osteoporosis",
)  # fmt: skip
#: Through what is looked, and the statuses of statements that are followed.
LENSES: tuple[tuple[list[str], list[str]], ...] = (
    (["read"], []), (["measured"], []), (["measured", "human"], []), ([], ["ontology-hp"]),
    (["read"], ["PMID:25815174", "PMID:7669510"]),
)  # fmt: skip


def conclusion_questions() -> Iterator[Case]:
    """Which pairs are asked about: what follows for each."""

    def ask(graph: str, of: Iterable[str], steps: int = conclusions.STEPS, **more: Any) -> Case:
        return {"graph": graph, "of": list(of), "steps": steps, **more}

    yield ask(SHIPPED, ASKED)
    yield ask(SHIPPED, ASKED, 1)
    yield ask(SHIPPED, ASKED, 3)
    yield ask(SHIPPED, ASKED, status=["supported"])
    for lens in LENSES:
        yield ask(SHIPPED, ASKED, lens=lens)
    for name, make in GRAPHS.items():
        entities = sorted(make().entities)
        of = (
            ["a", "lack", "class", *entities[:70:3], "play", "rest", "work", "plenty"]
            if name == "bases"
            else entities[:24]
        )
        yield ask(name, of)
        yield ask(name, of, 3)
        yield ask(name, of, status=["supported", "asserted-only"])
        yield ask(name, of, lens=(["measured"], []))
        yield ask(name, of, lens=(["measured", "human"], []))
        yield ask(name, of, lens=(["direct", "rat"], []))
        yield ask(name, of, lens=([], ["one"]))


def whatif_questions() -> Iterator[Case]:
    """The questions what if."""

    def ask(graph: str, steps: int = whatif.STEPS, **more: Any) -> Case:
        return {"graph": graph, "steps": steps, **more}

    for way in ("up", "down"):
        yield ask(SHIPPED, **{way: ["magnesium"]})
    for steps in (1, 3):
        yield ask(SHIPPED, steps, down=["magnesium"])
    yield ask(SHIPPED, down=["magnesium"], fixed=["calcitriol", "parathyroid-hormone"])
    yield ask(SHIPPED, down=["magnesium", "calcitriol"])
    yield ask(SHIPPED, up=["calcium"], down=["magnesium"], fixed=["parathyroid-hormone"])
    for status in WEAKER:
        yield ask(SHIPPED, down=["magnesium"], status=[status])
    yield ask(SHIPPED, down=["magnesium"], status=list(WEAKER))
    for lens in LENSES:
        yield ask(SHIPPED, down=["magnesium"], lens=lens)
    yield ask(SHIPPED, up=[_LACK])
    yield ask(SHIPPED, up=[_LACK], down=["magnesium"])
    yield ask(SHIPPED, up=[_LACK, "magnesium"])
    yield ask(SHIPPED, 3, up=["blood-pth"])
    yield ask(SHIPPED, 3, down=["calcidiol"])
    yield ask(SHIPPED, 3, up=["bone-mineral"])
    yield ask(SHIPPED, 4, up=["magnesium"])
    yield ask(SHIPPED, fixed=["magnesium"])
    yield ask(SHIPPED, up=["magnesium"], fixed=["magnesium"])
    yield ask("signs", up=["a"])
    yield ask("signs", 3, down=["z"])
    yield ask("statuses", up=["a"])
    yield ask("statuses", up=["a"], status=["refuted"])
    yield ask("contexts", 3, up=["a"])
    yield ask("odd", down=["𝜏"])
    yield ask("odd", 3, up=["__proto__", "ｚ"], down=["\ue000"], fixed=["constructor", "𐀀"])
    for steps in (1, 2, 3):
        yield ask("loops", steps, up=["a"])
    yield ask("loops", down=["c"])
    yield ask("loops", up=["a"], fixed=["e"])
    yield ask("loops", up=["low-f"])
    yield ask("quantities", up=["mg"])
    yield ask("quantities", down=["mg"])
    yield ask("quantities", up=["low"])
    yield ask("quantities", 3, up=["both"], fixed=["pth"])
    yield ask("quantities", 3, down=["low-blood"], up=["odd"])
    yield ask("quantities", up=["low"], down=["pth"], lens=([], ["three"]))
    yield ask("bases", up=["a"])
    yield ask("bases", up=["lack"])
    yield ask("bases", up=["a"], lens=(["measured", "human"], []))
    yield ask("bases", up=["a"], down=["work"])
    yield ask("bases", up=["class"])
    yield ask("dense", 2, up=["n0"])
    yield ask("dense", 3, up=["n0"], down=["n3"])


def settle_cases(count: int = 120) -> list[Case]:
    """Systems of signs made by dice, with what Python finds settled in them."""
    dice = random.Random(11)  # noqa: S311 (nothing secret)
    return [_settle_case(dice) for _ in range(count)]


def _settle_case(dice: random.Random) -> Case:
    size = dice.choice((3, 4, 5, 6, 8, 11, 14, 24, 33))
    signs = dice.choice(((1, -1), (1, -1), (1, 1, -1), (1, -1, 0)))
    arcs = [
        [dice.randrange(size), dice.randrange(size), dice.choice(signs)]
        for _ in range(round(size * dice.choice((1, 1.4, 1.4, 2, 3))))
    ]
    some = dice.sample(range(size), 3)
    changed = {number: dice.choice((1, -1)) for number in some[: dice.choice((1, 1, 2))]}
    held = some[2:] if dice.random() < 0.3 else []
    bounds = {"largest": dice.choice((32, 32, 32, 5)), "effort": dice.choice((50_000, 50_000, 400))}
    settled = settle(size, map(tuple, arcs), changed, held, kept=True, **bounds)
    return {
        "count": size,
        "arcs": arcs,
        "changed": [[number, way] for number, way in changed.items()],
        "held": held,
        "bounds": bounds,
        "answer": [[number, sign] for number, sign in settled.signs.items()],
    }


# --- Files ----------------------------------------------------------------------------------


def answered(
    questions: Iterable[Case],
    answer: Callable[[Graph, Case, int], Case],
    graph_named: Callable[[str], Graph],
    told: int,
) -> list[Case]:
    """The questions with what Python says to them; in an answer `told` paths or outcomes in full."""
    return [
        {**case, "answer": answer(graph_named(case["graph"]), case, told)} for case in questions
    ]


def lines(rows: Sequence[object]) -> str:
    """A JSON list with a row on each line, so that a difference shows which it is in."""
    return "[\n" + ",\n".join(map(_compact, rows)) + "\n]\n"


def files() -> dict[str, bytes]:
    """The files of cases by name."""
    made = {name: make() for name, make in GRAPHS.items()}
    made[SHIPPED] = trabecula.load(KEPT)
    pages = [{"name": name, **records(made[name])} for name in GRAPHS]
    texts = {
        "graphs.json": lines(pages),
        "explain.json": lines(answered(explain_questions(), asked_explain, made.__getitem__, 3)),
        "conclusions.json": lines(
            answered(conclusion_questions(), asked_conclusions, made.__getitem__, 6)
        ),
        "settle.json": lines(settle_cases()),
        "whatif.json": lines(answered(whatif_questions(), asked_whatif, made.__getitem__, 3)),
        "words.json": lines([words()]),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}


if __name__ == "__main__":
    CASES.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (CASES / name).write_bytes(content)
