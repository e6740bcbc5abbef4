"""The questions that the page and Python are both asked, and what Python answers.

The page reasons in a language of its own (`frontend/src/paths.js`, `whatif.js`); that the two say
the same is held by the cases that this module writes to `frontend/test/cases` and that
`frontend/test/{paths,whatif}.test.js` compare with what the page says. Run as a program it writes
them (`scripts/reasoning-cases`).

An answer is compact: paths by the ids of their statements, the first few in full and all of them
as a digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, pairwise
from pathlib import Path
from typing import Any

import trabecula
from trabecula import context
from trabecula.columns import FOLLOWED, WEAKER
from trabecula.errors import SelectionError
from trabecula.formats import nodelink
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Record, Source, Statement
from trabecula.picture import style
from trabecula.reason import explain, paths, whatif
from trabecula.reason.following import following
from trabecula.vocabulary import PREDICATES

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
        found = explain.explain(
            graph.influence, graph.names, case["start"], case["end"], case["steps"], **asked
        )
    except SelectionError as error:
        return {"refused": str(error)}
    rows = [_path(graph, path) for path in found.paths]
    return {
        "verdicts": [found.verdict, found.shortest, found.supported],
        "votes": [
            [vote.paths, vote.supported, found.paths.index(vote.best) if vote.best else None]
            for vote in found.votes
        ],
        "stopped": found.stopped,
        "distance": found.distance,
        "beside": [statement.id for statement in found.beside],
        "paths": rows[:told],
        "digest": _digest(rows),
    }


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
                found.first,
                found.second,
                *([d.dimension, d.here, d.there] for d in found.differences),
            ]
            for found in explain.breaks(path)
        ],
    }
    return {key: value for key, value in row.items() if value != []}


def asked_whatif(graph: Graph, case: Case, told: int) -> Case:
    """What Python says to a question what if; the first `told` outcomes in full."""
    texts = [f"{name}={way}" for way in ("up", "down", "fixed") for name in case.get(way, ())]
    follow = following(graph.columns, case.get("status", ()))
    effort = case.get("effort", whatif.EFFORT)
    try:
        changed, fixed = whatif.assume(graph.names, texts)
        found = whatif.whatif(
            graph.influence, changed, fixed, steps=case["steps"], follow=follow, effort=effort
        )
    except SelectionError as error:
        return {"refused": str(error)}
    verdicts = [outcome.verdict for outcome in found.outcomes]
    rows = [_outcome(graph, found, outcome) for outcome in found.outcomes]
    return {
        "changed": [list(state) for state in found.changed],
        "fixed": list(found.fixed),
        "names": list(found.names),
        "counts": {
            **{verdict: verdicts.count(verdict) for verdict in whatif.VERDICTS},
            "unreached": len(found.unreached),
        },
        "unsettled": list(found.unsettled),
        "turned": [outcome.entity for outcome in found.outcomes if outcome.turned],
        "outcomes": rows[:told],
        "digest": _digest(rows),
        "unreached": _digest(found.unreached),
        "loops": [found.loops_complete, len(found.loops), _digest(_loops(found))],
        "drawn": _digest(_drawn(graph, found, follow)),
    }


def _outcome(graph: Graph, found: whatif.WhatIf, outcome: whatif.Outcome) -> Case:
    row: Case = {
        "entity": outcome.entity,
        "verdict": outcome.verdict,
        "distance": outcome.distance,
        "nearer": outcome.nearer,
        "turned": outcome.turned,
        "loops": sorted({found.effect(loop) for loop in outcome.loops}),
    }
    for way in ("up", "down", "unknown"):
        path = getattr(outcome, way)
        if path:
            row[way] = {**_path(graph, path), "ways": _ways(dict(found.changed), path)}
    return row


def _ways(changed: dict[str, int], path: paths.Path) -> list[int]:
    """The direction in which each entity of a path changes, its start apart."""
    way = changed[path.entities[0]]
    return [way := way * step.sign for step in path.steps]


def _loops(found: whatif.WhatIf) -> list[str]:
    return sorted(
        _compact(
            [found.effect(loop), loop.sign, sorted(statement.id for statement in loop.statements)]
        )
        for loop in found.loops
    )


def _drawn(graph: Graph, found: whatif.WhatIf, follow: bytes) -> list[str]:
    """The statements of the best paths, and those on which what is held stops a change."""
    drawn = {s.id for outcome in found.outcomes for path in outcome.paths for s in path.statements}
    followed = set(compress(graph.statements, follow))
    moving = {outcome.entity for outcome in found.outcomes}.union(dict(found.changed))
    stopped = (
        statement.id
        for entity in found.fixed
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
    known = [style.predicate(name) for name in PREDICATES]
    return {
        "predicates": [{"key": p.name, "influence": p.influence, "sign": p.sign} for p in known],
        "dimensions": context.dimensions(),
        "taxa": sorted(context._SPECIES_NAMES.items()),
        "includes": sorted([key, sorted(kinds)] for key, kinds in context._INCLUDES.items()),
        "structure": sorted(paths.STRUCTURE),
        "followed": FOLLOWED,
        "statuses": list(WEAKER),
        "verdicts": explain.VERDICTS,
        "outcomes": whatif.VERDICTS,
        "bounds": {
            "paths": [paths.STEPS, paths.MAX_STEPS, paths.BOUND],
            "whatif": [whatif.STEPS, whatif.EFFORT, whatif.LOOP_STEPS, whatif.LOOP_EFFORT],
        },
    }


# --- Graphs ---------------------------------------------------------------------------------


def records(graph: Graph) -> Case:
    """The entities and statements of a graph in node-link form, of which the page makes its records."""
    document: Case = json.loads(nodelink.render(graph))
    for told, statement in zip(document["edges"], graph.statements.values(), strict=True):
        for values, row in zip(told["evidence"], statement.evidence, strict=True):
            values.update({"retracted": True} if row.retracted else {})
    return {"nodes": document["nodes"], "edges": document["edges"]}


READ = Evidence(source="one", strength="direct", species="rat", system="in-vivo")
READ_TOO = Evidence(source="two", strength="direct", species="human", system="in-vivo")
REVIEWED = Evidence(source="three", strength="review")
AGAINST = Evidence(source="four", stance="disputes", strength="direct")
LIMITS = Evidence(source="five", stance="qualifies", strength="direct")
TITLE = Evidence(source="six", strength="title-only")
GONE = Evidence(source="seven", strength="direct", species="dog", system="in-vivo")
GONE_AGAINST = Evidence(source="seven", stance="disputes", strength="direct")
SAID = Evidence(source="article", strength="asserted")
DENIED = Evidence(source="article", stance="disputes", strength="asserted")


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, **more: Any) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,), **more
    )


def graph_of(*statements: Statement) -> Graph:
    ends = sorted({end for s in statements for end in (s.subject, s.object)})
    # Sources one and three are of one cohort and count once; seven counts for nothing.
    sources = (
        Source(id="one", group="cohort"),
        Source(id="three", group="cohort"),
        Source(id="seven", standing="retracted"),
    )
    records: list[Record] = [
        *(Entity(id=end, name=end, category="chemical") for end in ends),
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

    def row(**said: str) -> Evidence:
        species, system = said.pop("species", ""), said.pop("system", "")
        return Evidence(
            source="one",
            strength="direct",
            species=species,
            system=system,
            context=tuple(sorted(said.items())),
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
            edge(one, "increases", other, *rows, qualifiers=said)
            for (one, other), (rows, said) in zip(pairwise(names), steps, strict=True)
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
            edge(one, ("increases", "inhibits", "requires")[step % 3], names[number + step])
            for number, one in enumerate(ODD)
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
    return graph_of(
        edge("low", "deficiency_of", "mg"), edge("high", "excess_of", "mg"), edge("blood", "level_of", "mg"),
        edge("low-blood", "deficiency_of", "blood"), edge("high-blood", "excess_of", "blood"),
        edge("very-low", "deficiency_of", "mg"), edge("odd", "deficiency_of", "odd"),
        edge("both", "deficiency_of", "mg"), edge("both", "excess_of", "ca"), edge("urine", "level_of", "blood"),
        edge("diet", "increases", "mg"), edge("pth", "increases", "blood"), edge("low", "activates", "pth"),
        edge("high", "inhibits", "pth"), edge("low-blood", "causes", "fits"), edge("high-blood", "causes", "rest"),
        edge("diet", "prevents", "low"), edge("mg", "increases", "bone"), edge("mg", "decreases", "low-blood"),
        edge("urine", "indicates", "loss"), edge("both", "increases", "loss"), edge("odd", "increases", "loss"),
        edge("ca", "inhibits", "bone", READ, AGAINST), edge("bone", "requires", "pth"),
    )  # fmt: skip


def _dense() -> Graph:
    """Nearly everything acts on everything: more paths, and just more loops, than a search may try."""
    names = [f"n{number}" for number in range(12)]
    predicates = ("increases", "inhibits", "affects", "requires")
    return graph_of(
        *(
            edge(one, predicates[(first * second + first) % 4], other)
            for first, one in enumerate(names)
            for second, other in enumerate(names)
            if (first * second + first) % 7 != 3
        )
    )


GRAPHS: dict[str, Callable[[], Graph]] = {
    "signs": _signs, "statuses": _statuses, "contexts": _contexts, "structure": _structure, "odd": _odd,
    "loops": _feedback, "quantities": _quantities, "dense": _dense,
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


def whatif_questions() -> Iterator[Case]:
    """The questions what if."""

    def ask(graph: str, steps: int = whatif.STEPS, **more: Any) -> Case:
        return {"graph": graph, "steps": steps, **more}

    for way in ("up", "down"):
        yield ask(SHIPPED, **{way: ["magnesium"]})
    for steps in (1, 2, 5, 8):
        yield ask(SHIPPED, steps, down=["magnesium"])
    yield ask(SHIPPED, down=["magnesium"], fixed=["calcitriol", "parathyroid-hormone"])
    yield ask(SHIPPED, down=["magnesium", "calcitriol"])
    yield ask(SHIPPED, up=["calcium"], down=["magnesium"], fixed=["parathyroid-hormone"])
    for status in WEAKER:
        yield ask(SHIPPED, down=["magnesium"], status=[status])
    yield ask(SHIPPED, down=["magnesium"], status=list(WEAKER))
    yield ask(SHIPPED, up=[_LACK])
    yield ask(SHIPPED, 6, up=["blood-pth"])
    yield ask(SHIPPED, 6, down=["calcidiol"])
    yield ask(SHIPPED, 6, up=["bone-mineral"])
    yield ask(SHIPPED, 8, up=["bone-resorption"], effort=100)
    yield ask(SHIPPED, 9, up=["magnesium"])
    yield ask(SHIPPED, fixed=["magnesium"])
    yield ask(SHIPPED, up=["magnesium"], fixed=["magnesium"])
    yield ask("signs", up=["a"])
    yield ask("signs", 8, down=["z"])
    yield ask("statuses", up=["a"])
    yield ask("statuses", up=["a"], status=["refuted"])
    yield ask("contexts", 8, up=["a"])
    yield ask("odd", down=["𝜏"])
    yield ask("odd", 5, up=["__proto__", "ｚ"], down=["\ue000"], fixed=["constructor", "𐀀"])
    for steps in (3, 5, 8):
        yield ask("loops", steps, up=["a"])
    yield ask("loops", 6, down=["c"])
    yield ask("loops", 6, up=["a"], fixed=["e"])
    yield ask("loops", 6, up=["low-f"])
    yield ask("quantities", up=["mg"])
    yield ask("quantities", down=["mg"])
    yield ask("quantities", 5, up=["low"])
    yield ask("quantities", 5, up=["both"], fixed=["pth"])
    yield ask("quantities", 5, down=["low-blood"], up=["odd"])
    yield ask("dense", 2, up=["n0"])
    yield ask("dense", 8, up=["n0"], down=["n3"], effort=5_000)


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
        "whatif.json": lines(answered(whatif_questions(), asked_whatif, made.__getitem__, 3)),
        "words.json": lines([words()]),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}


if __name__ == "__main__":
    CASES.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (CASES / name).write_bytes(content)
