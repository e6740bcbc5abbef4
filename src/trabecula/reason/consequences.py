"""What chains of supported statements do, in two or three steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.columns import STATUS_CODES
from trabecula.context import apart
from trabecula.influence import Arcs, Influence
from trabecula.model import identity
from trabecula.reason.paths import Path, path_of
from trabecula.reason.search import uncollected

#: The longest chain that makes a consequence, and how many consequences there may be: where there
#: are more with one length, none of that length and none that are longer are given.
STEPS: Final = 3
LIMIT: Final = 10_000
#: How many chains may be looked at for each consequence that there may be.
_LOOKED: Final = 50


@uncollected
def consequences(influence: Influence, *, limit: int = LIMIT) -> tuple[Path, ...]:
    """Paths of two or three supported statements of known sign that make sense as one.

    At least two of them act, for to say that a deficiency is a lack of something adds nothing to
    what that does; and no two neighbours break the context (see `context`). Shorter ones come
    first, then the order of their ends. Each is there by its own statements, whatever others say:
    another path between the same two may have the opposite sign.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence, Statement
    >>> read = (Evidence(source="a", strength="direct"),)
    >>> graph = Graph([
    ...     Statement(subject="pth", predicate="increases", object="calcitriol", evidence=read),
    ...     Statement(subject="calcitriol", predicate="inhibits", object="renin", evidence=read),
    ... ])
    >>> [(path.sign, path.entities) for path in consequences(graph.influence)]
    [(-1, ('pth', 'calcitriol', 'renin'))]
    """
    columns = influence.columns
    supported = STATUS_CODES["supported"]
    pairs = zip(columns.statuses, columns.signs, strict=True)
    arcs = influence.following(bytes(code == supported and sign != 0 for code, sign in pairs))
    codes = columns.predicates.codes
    relation = columns.words.relation
    acts = [relation(name).influence != "both" for name in columns.predicates.names]
    acting = [acts[codes[statement]] for statement in arcs.statements]
    paths: list[Path] = []
    trails: list[tuple[int, ...]] = [(arc,) for arc in range(len(arcs))]
    for _ in range(STEPS - 1):
        if sum(len(arcs.of(arcs.ends[trail[-1]])) for trail in trails) > _LOOKED * limit:
            break
        trails = [longer for trail in trails for longer in _longer(influence, arcs, trail)]
        exact = [trail for trail in trails if sum(map(acting.__getitem__, trail)) > 1]
        if len(paths) + len(exact) > limit:
            break
        found = (path_of(influence, arcs, trail) for trail in exact)
        paths += sorted(found, key=lambda path: (path.entities, path_id(path)))
    return tuple(paths)


def path_id(path: Path) -> str:
    """`p` and 32 hexadecimal digits: the SHA-256 of where a path starts and its steps."""
    steps = (statement.id for statement in path.statements)
    return identity("p", (path.entities[0], *steps))


def _longer(influence: Influence, arcs: Arcs, trail: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The trail with each step that can follow."""
    settings = influence.columns.settings
    passed = {arcs.starts[trail[0]], *(arcs.ends[arc] for arc in trail)}
    # A step that names no context does not join what was found in rats to what was in humans.
    before = [settings[arcs.statements[arc]] for arc in trail]
    for arc in arcs.of(arcs.ends[trail[-1]]):
        here = settings[arcs.statements[arc]]
        if arcs.ends[arc] not in passed and not any(apart(there, here) for there in before):
            yield (*trail, arc)
