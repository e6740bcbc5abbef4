"""What would follow: as blocks of a report, as values for JSON, and as a scene of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlencode

from trabecula import values as facts
from trabecula.graph import Graph
from trabecula.reason.concluded import Conclusion
from trabecula.reason.whatif import OUTCOMES, Outcome, WhatIf
from trabecula.vocabulary import BASES, RELATIONS
from trabecula.words.explain import step_count
from trabecula.words.outline import Block, Line, Note, Table
from trabecula.words.statements import cut

_DIRECTIONS: Final = {1: "up", -1: "down"}
_WHERE: Final = {"lack": "in the lack", "normal": "in the normal range", "excess": "in the excess"}
_COLUMNS: Final = ("entity", "how it is known", "steps", "rests on")
_SHARE: Final = 0.34


def outline(graph: Graph, answer: WhatIf, only: tuple[str, ...], limit: int) -> Iterator[Block]:
    """What rises and falls, and on what that rests."""
    changes = [f"{graph.name(entity)} goes {_DIRECTIONS[way]}" for entity, way in answer.changed]
    changes += [f"{graph.name(entity)} is held" for entity in answer.fixed]
    counts = ", ".join(f"{number} {name}" for name, number in _counts(answer).items())
    yield Line(0, f"What if {', '.join(changes)}")
    yield Line(1, counts)
    if answer.names:
        yield Line(1, f"one quantity with {', '.join(map(graph.name, answer.names))}")
    for verdict in only or OUTCOMES:
        outcomes = [outcome for outcome in answer.outcomes if outcome.verdict == verdict]
        if outcomes:
            yield Line(0, f"{verdict}: {OUTCOMES[verdict]}")
            rows = [row(graph, answer, outcome) for outcome in outcomes[:limit]]
            yield Table(_COLUMNS, rows, depth=1, share=_SHARE)
            yield from cut(outcomes, limit)
    yield Note(_reach(answer))


def _counts(answer: WhatIf) -> dict[str, int]:
    verdicts = [outcome.verdict for outcome in answer.outcomes]
    return {name: verdicts.count(name) for name in OUTCOMES} | {"unreached": answer.unreached}


def row(graph: Graph, answer: WhatIf, outcome: Outcome) -> tuple[str, str, str, str]:
    """An outcome in words: of what, how it is known, in how many steps, what it rests on."""
    conclusion = outcome.conclusion
    how = [known_by(conclusion)]
    if conclusion.interval:
        how.append(_WHERE[conclusion.interval])
    if outcome.verdict == "implied" and outcome.way:
        how.append("more" if outcome.way > 0 else "less")
    if conclusion.against:
        how.append(f"{len(conclusion.against)} against")
    if len(answer.changed) > 1:
        how.append(f"by {', '.join(map(graph.name, outcome.causes))}")
    ids = conclusion.path or conclusion.rests_on[:1]
    rests = "; ".join(graph.sentence(graph.statements[key]) for key in ids)
    more = len(conclusion.rests_on) - len(ids)
    if more > 0:
        rests = f"{rests}, and {more} more"
    return (graph.name(outcome.entity), ", ".join(how), str(conclusion.steps), rests)


def known_by(conclusion: Conclusion) -> str:
    """How a conclusion is known, without the verb: `measured in people`, `suggested`."""
    if conclusion.relation in ("raises", "lowers"):
        how = BASES[conclusion.basis]["label"] if conclusion.basis else "stated"
    elif conclusion.relation == "needed-for":
        how = "needs what falls short"
    else:
        how = RELATIONS[conclusion.relation]["label"]
    return f"{how}, settled" if conclusion.settled else how


def _reach(answer: WhatIf) -> str:
    """What was looked at, what was not, and what none of this says."""
    reach = f"Conclusions of up to {step_count(answer.steps)}"
    sentences = [
        f"{reach}; what is settled does not depend on that.",
        "How much and how soon does not follow.",
    ]
    if answer.stopped:
        sentences.append("The search stopped at its bound, so there may be more.")
    return " ".join(sentences)


def values(graph: Graph, answer: WhatIf, only: tuple[str, ...]) -> dict[str, Any]:
    """The same facts as `outline` and all of them."""
    return {
        "changed": [{"entity": entity, "way": _DIRECTIONS[way]} for entity, way in answer.changed],
        "fixed": list(answer.fixed),
        "names": list(answer.names),
        "steps": answer.steps,
        "counts": _counts(answer),
        "outcomes": [
            {
                "entity": outcome.entity,
                "name": graph.name(outcome.entity),
                "verdict": outcome.verdict,
                "names": [{"entity": name, "way": way} for name, way in outcome.names],
                "causes": list(outcome.causes),
                "conclusion": facts.conclusion(outcome.conclusion),
            }
            for outcome in answer.outcomes
            if outcome.verdict in (only or OUTCOMES)
        ],
        "complete": not answer.stopped,
    }


# --- On the page ----------------------------------------------------------------------------


def scene(answer: WhatIf, status: Iterable[str] = ()) -> str:
    """The question as an address of the page, for `html.render`; `status` is what is followed."""
    fields = [("scene", "whatif")]
    fields += [(_DIRECTIONS[way], entity) for entity, way in answer.changed]
    fields += [("fixed", entity) for entity in answer.fixed]
    fields += [("follow", name) for name in status]
    return urlencode([*fields, ("steps", str(answer.steps))])
