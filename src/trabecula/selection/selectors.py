"""The selectors: how each is written, how it is planned and how it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from trabecula.influence import Influence
from trabecula.names import Names
from trabecula.selection import evaluate, plan
from trabecula.selection.plan import Asked

#: From candidates, by their numbers, those that are selected.
Select: TypeAlias = Callable[[set[int]], set[int]]
_Evaluator: TypeAlias = Callable[[Influence, Names, Asked], Select]


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector: how it is written, how many arguments it takes and what it makes of them."""

    usage: str
    arity: tuple[int, int]
    plan: Callable[[Influence, Names, tuple[str, ...]], Asked]
    evaluate: _Evaluator


def _rows(test: Callable[[Influence, Names, Asked], evaluate.Test]) -> _Evaluator:
    """A row filter: what passes a test."""

    def select(influence: Influence, names: Names, asked: Asked) -> Select:
        passes = test(influence, names, asked)
        return lambda candidates: set(filter(passes, candidates))

    return select


def _walk(find: Callable[[Influence, Names, Asked], Iterable[int]]) -> _Evaluator:
    """A walk: what it comes by."""

    def select(influence: Influence, names: Names, asked: Asked) -> Select:
        return lambda candidates: candidates.intersection(find(influence, names, asked))

    return select


_MANY: Final = 1000

#: The selectors by name.
SELECTORS: Final = MappingProxyType(
    {
        "all": Selector("all()", (0, 0), plan.nothing, _rows(evaluate.everything)),
        "core": Selector("core()", (0, 0), plan.nothing, _walk(evaluate.core)),
        "near": Selector("near(entity, steps)", (1, 2), plan.entity_and_steps, _walk(evaluate.near)),
        "upstream": Selector("upstream(entity) or upstream(entity, steps)", (1, 2), plan.entity_and_steps, _walk(evaluate.upstream)),
        "downstream": Selector("downstream(entity) or downstream(entity, steps)", (1, 2), plan.entity_and_steps, _walk(evaluate.downstream)),
        "path": Selector("path(from, to) or path(from, to, steps)", (2, 3), plan.ends_and_steps, _walk(evaluate.path)),
        "loop": Selector("loop(), loop(entity) or loop(entity, steps)", (0, 2), plan.entity_and_steps, _walk(evaluate.loop)),
        "subject": Selector("subject(entity, …)", (1, _MANY), plan.entities, _rows(evaluate.subject)),
        "object": Selector("object(entity, …)", (1, _MANY), plan.entities, _rows(evaluate.object_)),
        "statement": Selector("statement(id, …)", (1, _MANY), plan.statement, _rows(evaluate.statement)),
        "predicate": Selector("predicate(name, …)", (1, _MANY), plan.predicate, _rows(evaluate.predicate)),
        "category": Selector("category(name, …)", (1, _MANY), plan.category, _rows(evaluate.category)),
        "sign": Selector("sign(+), sign(-) or sign(0)", (1, 3), plan.sign, _rows(evaluate.sign)),
        "influence": Selector("influence()", (0, 0), plan.nothing, _rows(evaluate.carries_influence)),
        "status": Selector("status(name, …)", (1, _MANY), plan.status, _rows(evaluate.status)),
        "evidence": Selector("evidence(kind, …)", (1, _MANY), plan.evidence, _rows(evaluate.evidence)),
        "study": Selector("study(method, …)", (1, _MANY), plan.study, _rows(evaluate.study)),
        "species": Selector("species(name, …)", (1, _MANY), plan.species, _rows(evaluate.species)),
        "sources": Selector("sources(number)", (1, 1), plan.count, _rows(evaluate.sources)),
        "source": Selector("source(id, …)", (1, _MANY), plan.source, _rows(evaluate.source)),
        "topic": Selector("topic(name, …)", (1, _MANY), plan.topic, _rows(evaluate.topic)),
        "conflict": Selector("conflict() or conflict(direct, …)", (0, 3), plan.conflict, _walk(evaluate.conflict)),
        "text": Selector('text("words")', (1, 1), plan.text, _rows(evaluate.text)),
    }
)  # fmt: skip
