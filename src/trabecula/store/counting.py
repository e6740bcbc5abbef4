"""How many there are of what in a store, counted in arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import cast

import numpy as np

from trabecula.graph import SIGNS
from trabecula.model import Evidence
from trabecula.standing import basis, measured_in_people, reading
from trabecula.store.incoming import Numbers, effect_of
from trabecula.store.stored import Stored
from trabecula.store.views import Ids, MappedColumns, Statements
from trabecula.vocabulary import STATUSES, Vocabulary


def tallies(columns: MappedColumns, stored: Stored, words: Vocabulary) -> dict[str, Counter[str]]:
    """As `Graph.tallies`."""
    primary = frozenset(name for name, row in words.methods.items() if row.primary)
    how = np.bincount(stored.array("evidence.how"), minlength=len(stored.texts("hows")))
    pieces = [columns.piece_of(number) for number in range(len(how))]
    paper, was_read = stored.array("sources.paper"), stored.array("sources.read")
    described = np.diff(stored.texts("sources.record").first) > 0
    source = stored.array("evidence.source")
    entities = np.diff(stored.texts("entities.record").first) > 0
    human = columns.having(lambda row: measured_in_people(row, primary))

    def by_how(field: Callable[[Evidence], str]) -> Counter[str]:
        found: Counter[str] = Counter()
        for piece, count in zip(pieces, how.tolist(), strict=True):
            if count:
                found[field(piece)] += count
        return found

    return {
        "graph": Counter(
            entities=int(entities.sum()),
            statements=len(columns.ids),
            evidence=len(source),
            papers=len(np.unique(paper[described])),
        ),
        "coverage": Counter(
            read=len(np.unique(paper[was_read != 0])),
            cited=len(np.unique(paper[source])),
            human=sum(human),
            parts=_parts(stored, len(entities)),
            sized=_sized(stored),
            twice=sum(
                reading(columns.statements[n]) == "twice"
                for n in map(cast("Ids", columns.ids).number, stored.reviews)
            ),
        ),
        "status": _named(stored.array("statements.status"), list(STATUSES)),
        "basis": _bases(columns, stored),
        "topic": _named(stored.array("statements.topic"), stored.manifest["topics"]),
        "predicate": _named(stored.array("statements.predicate"), stored.manifest["predicates"]),
        "sign": _named(stored.array("statements.sign") % 3, [SIGNS[0], SIGNS[1], SIGNS[-1]]),
        "category": _named(
            stored.array("entities.category")[entities], stored.manifest["categories"]
        ),
        "stance": by_how(lambda row: row.stance),
        "strength": by_how(lambda row: row.strength),
        "method": by_how(lambda row: row.method),
        "species": by_how(lambda row: row.species or "not stated"),
    }


def _sized(stored: Stored) -> int:
    """How many pieces of evidence give an effect as a number."""
    effects = stored.texts("evidence.effect")
    given = (effect_of(effects.raw(n)) for n in np.flatnonzero(np.diff(effects.first)).tolist())
    return sum(bool(effect and effect.value) for effect in given)


def _named(codes: Numbers, names: Sequence[str]) -> Counter[str]:
    counts = np.bincount(codes, minlength=len(names)).tolist()
    return Counter({name: count for name, count in zip(names, counts, strict=True) if count})


def _bases(columns: MappedColumns, stored: Stored) -> Counter[str]:
    """What supported statements rest on, each different collection of evidence looked at once."""
    supported = stored.array("statements.status") == list(STATUSES).index("supported")
    statements = cast("Statements", columns.statements)
    first, how = stored.array("statements.evidence"), stored.array("evidence.how")
    sizes = np.diff(first)
    alone = supported & (sizes == 1)
    found: Counter[str] = Counter()
    counts = np.bincount(how[first[:-1][alone]], minlength=len(stored.texts("hows")))
    for number in np.flatnonzero(counts).tolist():
        rests = basis([statements.kind_of_piece(number)]) or "not stated"
        found[rests] += int(counts[number])
    kinds: dict[tuple[int, ...], str] = {}
    source, retracted = stored.view("evidence.source"), stored.view("sources.retracted")
    hows, starts = stored.view("evidence.how"), stored.view("statements.evidence")
    for number in np.flatnonzero(supported & ~alone).tolist():
        pieces = range(starts[number], starts[number + 1])
        key = tuple(sorted({hows[n] for n in pieces if not retracted[source[n]]}))
        if key not in kinds:
            kinds[key] = basis(map(statements.kind_of_piece, key)) or "not stated"
        found[kinds[key]] += 1
    return found


def _parts(stored: Stored, count: int) -> int:
    """How many parts the statements connect the entities into; one without statements is none.

    Every entity takes the least number that it is connected with, over and over.
    """
    ends = [stored.array(f"statements.{side}").astype(np.int64) for side in ("subject", "object")]
    root = np.arange(count)
    while True:
        one, other = root[ends[0]], root[ends[1]]
        differs = one != other
        if not differs.any():
            break
        low, high = np.minimum(one, other)[differs], np.maximum(one, other)[differs]
        np.minimum.at(root, high, low)
        while not np.array_equal(root, root[root]):
            root = root[root]
    return len(np.unique(root[_all(ends)]))


def _all(arrays: Iterable[Numbers]) -> Numbers:
    found: Numbers = np.unique(np.concatenate(list(arrays)))
    return found
