"""Conflicts as blocks of a report and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Evidence
from trabecula.picture import budget
from trabecula.reason.conflicts import KINDS, Conflicts, conflicts
from trabecula.reason.sides import Conflict, Contrast, Side, Voice
from trabecula.standing import has_article
from trabecula.words.outline import Line
from trabecula.words.statements import SIGNS, provenance

#: What is said where chains were not looked at.
TOO_MANY: Final = (
    "There are too many chains of two steps to compare them: no indirect conflicts were looked for."
)
#: What makes a conflict one of its kind, in words.
MEANING: Final = {
    "direct": "nothing stated tells the sides apart",
    "indirect": "chains of supported steps point both ways, and no source spoke of the two",
    "depends": "no conflict, for what the sides state of the interval, state or context differs",
}


def outline(graph: Graph, answer: Conflicts, *, evidence: bool = False) -> Iterator[Line]:
    """The conflicts by kind; with `evidence`, what each source says."""
    conflicts = answer.conflicts
    counts = {kind: sum(conflict.kind == kind for conflict in conflicts) for kind in KINDS}
    for kind, number in counts.items():
        if number:
            yield Line(0, f"{KINDS[kind].capitalize()} ({number}): {MEANING[kind]}")
            for conflict in conflicts:
                if conflict.kind == kind:
                    yield from conflict_lines(graph, conflict, evidence=evidence)
    open_ = len(conflicts) - counts["depends"]
    told = ", ".join(
        f"{counts[kind]} {KINDS[kind]}" for kind in ("direct", "indirect") if counts[kind]
    )
    yield Line(0, f"{_many(open_, 'conflict')}{f': {told}' if told else ''}")
    if counts["depends"]:
        verb = "depends" if counts["depends"] == 1 else "depend"
        yield Line(
            1, f"beside {counted(counts['depends'], 'effect')} that {verb} on where one looks"
        )
    decided = "What one rank of evidence decides over another is no conflict"
    audited = (
        ", and neither is what only the article claims; see trabecula explain and trabecula audit."
    )
    yield Line(
        1,
        decided + (audited if has_article(graph.sources.values()) else "; see trabecula explain."),
    )
    if not answer.whole:
        yield Line(1, TOO_MANY)


def conflict_lines(graph: Graph, conflict: Conflict, *, evidence: bool = False) -> Iterator[Line]:
    """One conflict: its two sides with their sources, and what tells them apart."""
    yield Line(1, heading(graph, conflict))
    for side, through, sign in zip(
        (conflict.left, conflict.right), conflict.through, (1, -1), strict=True
    ):
        if through:
            yield Line(2, f"{SIGNS[sign]} by way of {', '.join(map(graph.name, through))}")
        deeper = 3 if through else 2
        for statement in side.statements:
            mark = "not so:" if side.denies else SIGNS[graph.words.sign_of(statement)]
            own = [voice for voice in side.voices if voice.statement == statement]
            yield Line(deeper, f"{mark} {graph.sentence(statement)}")
            yield from _references(graph, own, deeper + 1, evidence=evidence)
    yield from (Line(2, words) for words in _contrast_words(graph, conflict))


def _contrast_words(graph: Graph, conflict: Conflict) -> Iterator[str]:
    """What tells the sides apart, what else both state, and what only one of them does."""
    single = []
    for how, contrast in _contrasted(conflict):
        if contrast.left and contrast.right:
            first, second = (
                ", ".join(map(graph.name, terms)) for terms in (contrast.left, contrast.right)
            )
            yield f"{how}: {_key(contrast)}: {first} | {second}"
        else:
            single.append(f"{_key(contrast)}: {', '.join(contrast.left or contrast.right)}")
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
    differs = "differs" if conflict.kind == "depends" else "differs in part"
    yield from ((differs, contrast) for contrast in conflict.context)
    both = [hint for hint in conflict.hints if hint.left and hint.right]
    yield from (("in words", hint) for hint in both)
    yield from ((_SINGLE, hint) for hint in conflict.hints if hint not in both)


def _key(contrast: Contrast) -> str:
    return contrast.key.replace("_", " ")


def heading(graph: Graph, conflict: Conflict) -> str:
    """What a conflict is about: `calcitonin → ossification`."""
    return f"{graph.name(conflict.start)} → {graph.name(conflict.end)}"


def _references(
    graph: Graph, voices: Iterable[Voice], depth: int, *, evidence: bool
) -> Iterator[Line]:
    """The sources of one side, on one line each with `evidence`."""
    voices = tuple(voices)
    if evidence:
        for voice in voices:
            row = voice.evidence
            text = f"{row.summary} " if row.summary else ""
            yield Line(depth, f"{text}({provenance(graph, row)})", dim=True)
    elif voices:
        text = "; ".join(dict.fromkeys(_reference(voice) for voice in voices))
        yield Line(depth, text, dim=True)


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
        "whole": answer.whole,
        "conflicts": [_values(conflict) for conflict in answer.conflicts],
    }


def _values(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "between": conflict.between,
        "start": conflict.start,
        "end": conflict.end,
        "claim": conflict.claim,
        "one": _side(conflict.left),
        "other": _side(conflict.right),
        "context": _contrasts(conflict.context),
        "hints": _contrasts(conflict.hints),
        "silent": list(conflict.silent),
        "whole": conflict.whole,
        "through": [list(through) for through in conflict.through],
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
    return [{"key": c.key, "one": list(c.left), "other": list(c.right)} for c in contrasts]


# --- On the page ----------------------------------------------------------------------------

#: Beyond so many statements the page does not look for chains that cross: it takes long.
PAGE_STATEMENTS: Final = 5_000


def drawn(graph: Graph) -> dict[str, Any]:
    """The conflicts of the graph of a page, each with its two sides, and which were looked for.

    There are `count`, of which the first `MAX_CONFLICTS` are told; `bounds` says in words what was
    not looked at because there is too much of it.
    """
    kinds = tuple(KINDS) if len(graph) <= PAGE_STATEMENTS else ("direct", "depends")
    answer = conflicts(graph.columns, kinds=kinds)
    told = answer.conflicts[: budget.MAX_CONFLICTS]
    return {
        "kinds": [
            {"key": kind, "label": label, "words": MEANING[kind], "sought": kind in kinds}
            for kind, label in KINDS.items()
        ],
        "count": len(answer.conflicts),
        "bounds": [] if answer.whole else [TOO_MANY],
        "rows": _rows(graph, told),
    }


def _rows(graph: Graph, told: Sequence[Conflict]) -> list[dict[str, Any]]:
    most = budget.share(graph)
    sides = [side for conflict in told for side in (conflict.left, conflict.right)]
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
    pieces: list[list[str | int]] = []
    for voice in side.voices:
        key, places = heard[voice.statement.key]
        if voice.evidence in places:
            pieces.append([key, places[voice.evidence]])
    return pieces


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
                "through": [graph.name(entity) for entity in through],
                "statements": [statement.id for statement in side.statements],
                "sources": side.sources,
                "voices": _voices(side, heard),
            }
            for side, through in zip((conflict.left, conflict.right), conflict.through, strict=True)
        ],
        "differs": [
            {
                "how": how,
                "key": _key(contrast),
                "one": [graph.name(value) for value in contrast.left],
                "other": [graph.name(value) for value in contrast.right],
            }
            for how, contrast in _contrasted(conflict)
        ],
        "silent": conflict.silent,
        **({} if conflict.whole else {"partly": _PARTLY}),
    }
