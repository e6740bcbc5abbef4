"""Conflicts as text, as Markdown and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Evidence
from trabecula.picture import budget
from trabecula.reason.conflicts import KINDS, Conflict, Conflicts, conflicts
from trabecula.reason.sides import Contrast, Side, Voice
from trabecula.words.outline import Line
from trabecula.words.text import SIGNS, provenance, sentence

_MEANING = {
    "direct": "nothing stated tells the sides apart",
    "resolved": "the contexts that the sides state differ",
    "indirect": "a path says otherwise, which may be a second mechanism",
}


def outline(graph: Graph, answer: Conflicts, *, evidence: bool = False) -> Iterator[Line]:
    """The conflicts by kind; with `evidence`, what each source says."""
    found = answer.found
    counts = {kind: sum(conflict.kind == kind for conflict in found) for kind in KINDS}
    for kind, number in counts.items():
        if number:
            yield Line(0, f"{KINDS[kind].capitalize()} ({number}): {_MEANING[kind]}")
            for conflict in found:
                if conflict.kind == kind:
                    yield from conflict_lines(graph, conflict, evidence=evidence)
    told = ", ".join(f"{number} {KINDS[kind]}" for kind, number in counts.items() if number)
    yield Line(0, f"{_many(len(found), 'conflict')}{f': {told}' if told else ''}")
    yield Line(
        1,
        f"Opposing paths of up to {answer.complete} steps were looked at. What only the article "
        "claims is in no conflict here; see trabecula audit.",
    )
    yield from (Line(1, words) for words in bounded(answer))


def bounded(answer: Conflicts) -> Iterator[str]:
    """What was not looked at because there is too much of it."""
    if answer.complete < answer.steps:
        yield (
            f"The search stopped at its bound: opposing paths of more than "
            f"{counted(answer.complete, 'step')} are too many and were not looked at. "
            "Look at a part of the graph."
        )
    if not answer.states:
        yield "The states of one thing are too many: not all pairs of them were compared."


def conflict_lines(graph: Graph, conflict: Conflict, *, evidence: bool = False) -> Iterator[Line]:
    """One conflict: its two sides with their sources, and what tells them apart."""
    yield Line(1, heading(graph, conflict))
    for side in (conflict.one, conflict.other):
        if conflict.path is not None and side is conflict.other:
            more = f"; {conflict.more} more such" if conflict.more else ""
            names = " → ".join(graph.name(entity) for entity in conflict.path.entities)
            yield Line(2, f"{SIGNS[conflict.path.sign]} by way of {names}{more}")
        deeper = 3 if conflict.path is not None and side is conflict.other else 2
        for statement in side.statements:
            mark = "not so:" if side.denies else SIGNS[graph.words.sign_of(statement)]
            own = [voice for voice in side.voices if voice.statement == statement]
            yield Line(deeper, f"{mark} {sentence(graph, statement)}")
            yield from _references(graph, own, deeper + 1, evidence=evidence)
    yield from (Line(2, words) for words in _contrast_words(graph, conflict))


def _contrast_words(graph: Graph, conflict: Conflict) -> Iterator[str]:
    """What tells the sides apart, what else both state, and what only one of them does."""
    single = []
    for how, contrast in _contrasted(conflict):
        if contrast.one and contrast.other:
            one, other = (
                ", ".join(map(graph.name, said)) for said in (contrast.one, contrast.other)
            )
            yield f"{how}: {_key(contrast)}: {one} | {other}"
        else:
            single.append(f"{_key(contrast)}: {', '.join(contrast.one or contrast.other)}")
    if single:
        yield f"{_SINGLE}: {'; '.join(single)}"
    if not conflict.whole:
        yield _PARTLY
    if conflict.silent:
        yield f"without a stated context: {', '.join(conflict.silent)}"


_SINGLE: Final = "only one side says"
_PARTLY: Final = "the sides state too many contexts to compare all of them"


def _contrasted(conflict: Conflict) -> Iterator[tuple[str, Contrast]]:
    """What the sides do not state alike, each with how much that tells."""
    differs = "differs" if conflict.kind == "resolved" else "differs in part"
    yield from ((differs, contrast) for contrast in conflict.context)
    both = [hint for hint in conflict.hints if hint.one and hint.other]
    yield from (("in words", hint) for hint in both)
    yield from ((_SINGLE, hint) for hint in conflict.hints if hint not in both)


def _key(contrast: Contrast) -> str:
    return contrast.key.replace("_", " ")


def heading(graph: Graph, conflict: Conflict) -> str:
    """What a conflict is about: `calcitonin → ossification`."""
    start, end = graph.name(conflict.start), graph.name(conflict.end)
    other = f" or {graph.name(conflict.claim)}" if conflict.between == "states" else ""
    return f"{start}{other} → {end}"


def _references(
    graph: Graph, voices: Iterable[Voice], depth: int, *, evidence: bool
) -> Iterator[Line]:
    """The sources of one side, on one line each with `evidence`."""
    voices = tuple(voices)
    if evidence:
        for voice in voices:
            row = voice.evidence
            said = f"{row.summary} " if row.summary else ""
            yield Line(depth, f"{said}({provenance(graph, row)})", dim=True)
    elif voices:
        said = "; ".join(dict.fromkeys(_reference(voice) for voice in voices))
        yield Line(depth, said, dim=True)


def _reference(voice: Voice) -> str:
    row = voice.evidence
    strength = row.strength if row.strength in ("title-only", "review") else ""
    where = ", ".join(part for part in (strength, row.species, row.system) if part)
    return f"{row.source} ({where})" if where else row.source


def _many(count: int, noun: str) -> str:
    return counted(count, noun) if count else f"no {noun}s"


def values(answer: Conflicts) -> dict[str, Any]:
    """The same facts for JSON, with the whole evidence of both sides, and how far they go."""
    return {
        "steps": answer.steps,
        "complete": answer.complete,
        "all_states": answer.states,
        "conflicts": [_values(conflict) for conflict in answer.found],
    }


def _values(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "between": conflict.between,
        "start": conflict.start,
        "end": conflict.end,
        "claim": conflict.claim,
        "one": _side(conflict.one),
        "other": _side(conflict.other),
        "context": _contrasts(conflict.context),
        "hints": _contrasts(conflict.hints),
        "silent": list(conflict.silent),
        "whole": conflict.whole,
        "path": list(conflict.path.entities) if conflict.path else [],
        "more_paths": conflict.more,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "statements": [statement.id for statement in side.statements],
        "denies": side.denies,
        "sources": list(side.sources),
        "evidence": [
            {"statement": voice.statement.id, **facts.evidence(voice.evidence)}
            for voice in side.voices
        ],
    }


def _contrasts(contrasts: Iterable[Contrast]) -> list[dict[str, Any]]:
    return [{"key": c.key, "one": list(c.one), "other": list(c.other)} for c in contrasts]


# --- On the page ----------------------------------------------------------------------------

#: Beyond so many statements the page does not look for paths against statements: it takes long.
PAGE_STATEMENTS: Final = 5_000


def drawn(graph: Graph) -> dict[str, Any]:
    """The conflicts of the graph of a page, each with its two sides, and which were looked for.

    There are `found`, of which the first `MAX_CONFLICTS` are told; `bounds` says in words what was
    not looked at because there is too much of it.
    """
    kinds = tuple(KINDS) if len(graph) <= PAGE_STATEMENTS else ("direct", "resolved")
    answer = conflicts(graph.influence, kinds=kinds)
    told = answer.found[: budget.MAX_CONFLICTS]
    return {
        "kinds": [
            {"key": kind, "label": label, "words": _MEANING[kind], "sought": kind in kinds}
            for kind, label in KINDS.items()
        ],
        "found": len(answer.found),
        "bounds": list(bounded(answer)),
        "rows": _rows(graph, told),
    }


def _rows(graph: Graph, told: Sequence[Conflict]) -> list[dict[str, Any]]:
    most = budget.share(graph)
    sides = [side for conflict in told for side in (conflict.one, conflict.other)]
    spoken = {voice.statement.key: voice.statement for side in sides for voice in side.voices}
    heard = {
        key: (statement.id, budget.numbered(statement, most)) for key, statement in spoken.items()
    }
    return [_drawn(graph, conflict, heard) for conflict in told]


#: By the key of a statement its id and the pieces of its evidence that the page holds, with their
#: places there.
_Heard = Mapping[tuple[Any, ...], tuple[str, Mapping[Evidence, int]]]


def _voices(side: Side, heard: _Heard) -> list[list[str | int]]:
    """Each piece of evidence of a side as its statement and its place in the evidence of that."""
    found: list[list[str | int]] = []
    for voice in side.voices:
        key, places = heard[voice.statement.key]
        if voice.evidence in places:
            found.append([key, places[voice.evidence]])
    return found


def _drawn(graph: Graph, conflict: Conflict, heard: _Heard) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "words": heading(graph, conflict),
        "start": conflict.start,
        "end": conflict.end,
        "sides": [
            {
                "denies": side.denies,
                "path": conflict.path is not None and side is conflict.other,
                "statements": [statement.id for statement in side.statements],
                "sources": side.sources,
                "voices": _voices(side, heard),
            }
            for side in (conflict.one, conflict.other)
        ],
        "differs": [
            {
                "how": how,
                "key": _key(contrast),
                "one": [graph.name(said) for said in contrast.one],
                "other": [graph.name(said) for said in contrast.other],
            }
            for how, contrast in _contrasted(conflict)
        ],
        "silent": conflict.silent,
        "more": conflict.more,
        **({} if conflict.whole else {"partly": _PARTLY}),
    }
