"""How many there are of what in a store, counted in arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from trabecula.counting import SIGNS
from trabecula.model import Evidence
from trabecula.standing import basis, measured_in_people, reading
from trabecula.store.columns import MappedColumns
from trabecula.store.incoming import Numbers, effect_of
from trabecula.store.stored import Stored
from trabecula.vocabulary import BASES, STATUSES


def tallies(columns: MappedColumns) -> dict[str, Counter[str]]:
    """As `Graph.tallies`."""
    stored, primary = columns.stored, columns.words.primary()
    how = np.bincount(stored.array("evidence.how"), minlength=len(stored.texts("hows")))
    pieces = [columns.piece_of(number) for number in range(len(how))]
    paper, was_read = stored.array("sources.paper"), stored.array("sources.read")
    described = np.diff(stored.texts("sources.record").first) > 0
    source = stored.array("evidence.source")
    entities = np.diff(stored.texts("entities.record").first) > 0
    human = columns.having(lambda row: measured_in_people(row, primary))

    def by_how(field: Callable[[Evidence], str]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for piece, count in zip(pieces, how.tolist(), strict=True):
            if count:
                counts[field(piece)] += count
        return counts

    return {
        "graph": Counter(
            entities=int(entities.sum()),
            statements=len(columns.ids),
            evidence=len(source),
            papers=_different(paper[described]),
        ),
        "coverage": Counter(
            read=_different(paper[was_read != 0]),
            cited=_different(paper[source]),
            human=sum(human),
            parts=_parts(stored, len(entities)),
            sized=_sized(stored),
            twice=sum(
                reading(columns.statements[n]) == "twice"
                for n in map(stored.ids.number, stored.reviews)
            ),
        ),
        "status": _named(stored.array("statements.status"), list(STATUSES)),
        "basis": _bases(columns),
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


def _bases(columns: MappedColumns) -> Counter[str]:
    """What supported statements rest on: each on the best of its pieces that were not retracted."""
    stored = columns.stored
    supported = stored.array("statements.status") == list(STATUSES).index("supported")
    names = [*BASES, "not stated"]
    count = len(stored.texts("hows"))
    best = [basis([columns.piece_of(number)]) or "not stated" for number in range(count)]
    of_how = np.array([names.index(name) for name in best], np.int8)
    pieces = of_how[stored.array("evidence.how")]
    pieces[stored.array("sources.retracted")[stored.array("evidence.source")] != 0] = len(BASES)
    first = stored.array("statements.evidence")
    some = first[1:] > first[:-1]  # as every supported statement has
    bases = np.minimum.reduceat(pieces, first[:-1][some]) if some.any() else pieces
    return _named(bases[supported[some]], names)


def _parts(stored: Stored, count: int) -> int:
    """How many parts the statements connect the entities into; one without statements is none.

    Every entity takes the least number that it is connected with, over and over.
    """
    ends = [stored.array(f"statements.{side}").astype(np.int64) for side in ("subject", "object")]
    root = np.arange(count)
    lower, higher = ends
    while True:
        lower, higher = root[lower], root[higher]
        differs = lower != higher
        lower, higher = lower[differs], higher[differs]  # what is connected stays so
        if not len(lower):
            break
        np.minimum.at(root, np.maximum(lower, higher), np.minimum(lower, higher))
        while not np.array_equal(root, root[root]):
            root = root[root]
    is_named = np.zeros(count, bool)
    for numbers in ends:
        is_named[numbers] = True
    return _different(root[is_named])


def _different(numbers: Numbers) -> int:
    """How many different numbers there are, of small ones from -1 on."""
    return int(np.count_nonzero(np.bincount(numbers + 1)))
