"""Statements with their evidence: their tables and arrays, a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, Final

import numpy as np

from trabecula import progress
from trabecula.model import Context, Evidence, Statement
from trabecula.regular import regular
from trabecula.store import arrays, layout
from trabecula.store.arrays import Column, TextColumn
from trabecula.store.digests import Digester
from trabecula.store.incoming import MEANING, TEXTS, How, Numbers, how_text, text_of_json
from trabecula.store.sorting import order_of_rows
from trabecula.store.statuses import followed
from trabecula.store.threads import ahead
from trabecula.store.write.draft import Draft, ints, mapped, sorted_codes, texts_of
from trabecula.store.write.evidence import Hows, Incomers, Pieces, Scales, Sorter
from trabecula.store.write.tables import (
    HowColumns,
    Pairs,
    Table,
    add_arrow,
    coded,
    ids,
    pairs_of,
    write_texts,
)
from trabecula.vocabulary import STATUSES, Vocabulary

#: Statements that are sorted at once.
PORTION: Final = 1 << 17
#: Pieces of evidence that are written at once: their texts together may not have 2 GiB.
SLICE: Final = 1 << 18


def write(draft: Draft) -> None:
    """Write the tables and the arrays of statements and their evidence."""
    _write(draft, _Statements)


def write_records(draft: Draft) -> None:
    """Write the statements and their evidence, and not what these come to."""
    _write(draft, _Records)


def _write(draft: Draft, kind: type[_Records]) -> None:
    incoming, folder = draft.incoming, draft.incoming.folder
    draft.predicates, predicate = _predicates(draft)
    draft.contexts, context = _contexts(draft)
    hows = _hows(draft)
    topics, topic = sorted_codes({name: n for n, name in enumerate(incoming.topics.values)})
    write_texts(draft.arrays, "contexts", [text_of_json(pairs) for pairs in draft.contexts])
    write_texts(draft.arrays, "hows", [how_text(how) for how in hows.rows])
    rows = {name: mapped(folder / f"rows.{name}.npy") for name in incoming.rows}
    pieces = Incomers(
        mapped(folder / "rows.first.npy"),
        {name: mapped(folder / f"evidence.{name}.npy") for name in incoming.evidence},
        {name: texts_of(folder, f"evidence.{name}") for name in incoming.texts},
    )
    entity = draft.entities.numbers
    out = kind(draft, hows, topics, pieces)
    with progress.phase("sorting statements"):
        portions = ahead(
            out.sorted(
                taken,
                {
                    "subject": entity[arrays.taken(rows["subject"], taken)],
                    "predicate": predicate[arrays.taken(rows["predicate"], taken)],
                    "object": entity[arrays.taken(rows["object"], taken)],
                    "qualifiers": context[arrays.taken(rows["qualifiers"], taken)],
                    "negated": arrays.taken(rows["negated"], taken),
                },
                topic[arrays.taken(rows["topic"], taken)],
            )
            for taken in _portions(rows["subject"], entity)
        )
        for portion in progress.steps(portions, "portions"):
            out.add(portion)
    draft.topics = out.close()
    draft.counts["statements"], draft.counts["evidence"] = out.count, out.pieces


def _portions(subject: Numbers, number: Numbers) -> Iterator[Numbers]:
    """The rows of each portion, as they came in; all of one subject are in one."""
    sizes = np.zeros(len(number), np.int64)
    for start in range(0, len(subject), PORTION):
        sizes += np.bincount(number[subject[start : start + PORTION]], minlength=len(sizes))
    before = np.concatenate(([0], np.cumsum(sizes)))
    begins = [0]  # the first subject of each portion
    while begins[-1] < len(sizes):
        high = int(np.searchsorted(before, before[begins[-1]] + PORTION, side="right")) - 1
        begins.append(max(high, begins[-1] + 1))
    portion = np.repeat(
        np.arange(len(begins) - 1, dtype=np.min_scalar_type(len(begins))), np.diff(begins)
    )[number]
    rows = np.argsort(portion[subject], kind="stable")  # by digits, where there are so few bits
    rows = rows.astype(np.int32)
    layout.tidy_up()
    for begin, end in pairwise(before[begins].tolist()):
        if begin < end:
            yield rows[begin:end]


# --- What repeats, in its one spelling ----------------------------------------------------------


def _predicates(draft: Draft) -> tuple[list[str], Numbers]:
    """The predicates in their one spelling, sorted, and the place of each that came in."""
    spelt = [
        _regular(Statement(subject="a", predicate=name, object="b"), draft.words).predicate
        for name in draft.incoming.predicates.values
    ]
    names = sorted(set(spelt))
    draft.note(layout.arrow().array(names, "string"))
    place = {name: number for number, name in enumerate(names)}
    return names, ints(place[name] for name in spelt)


def _contexts(draft: Draft) -> tuple[list[Context], Numbers]:
    spelt = [
        _regular(
            Statement(subject="a", predicate="b", object="c", qualifiers=pairs), draft.words
        ).qualifiers
        for pairs in draft.incoming.contexts.values
    ]
    every = sorted(set(spelt))
    place = {pairs: number for number, pairs in enumerate(every)}
    return every, ints(place[pairs] for pairs in spelt)


def _hows(draft: Draft) -> Hows:
    spelt: list[How] = []
    for stance, strength, method, species, system, context in draft.incoming.hows.values:
        row = Evidence(
            source="s", stance=stance, strength=strength, method=method, species=species,
            system=system, context=context,
        )  # fmt: skip
        (piece,) = _regular(
            Statement(subject="a", predicate="b", object="c", evidence=(row,)), draft.words
        ).evidence
        spelt.append(
            (piece.stance, piece.strength, piece.method, piece.species, piece.system, piece.context)
        )
    every = sorted(set(spelt))
    place = {how: number for number, how in enumerate(every)}
    return Hows(every, ints(place[how] for how in spelt))


def _regular(statement: Statement, words: Vocabulary) -> Statement:
    record = regular(statement, words)
    if not isinstance(record, Statement):
        raise TypeError(record)
    return record


# --- Portions -----------------------------------------------------------------------------------


#: The columns of what statements mean, and of what their evidence comes to.
_MEANT: Final = {
    "subject": "i4", "predicate": "i4", "object": "i4", "qualifiers": "i4", "negated": "i1",
}  # fmt: skip
_WEIGHED: Final = {
    "sign": "i1", "status": "i1", "sayable": "i1", "supporting": "i4", "disputing": "i4",
}  # fmt: skip


@dataclass(frozen=True)
class _Portion:
    """Statements of neighbouring subjects, each once and in order, with all their evidence."""

    meaning: dict[str, Numbers]
    topics: Numbers
    pieces: Pieces


class _Records:
    """The arrays of statements and evidence, while they are written."""

    def __init__(self, draft: Draft, hows: Hows, topics: list[str], pieces: Incomers) -> None:
        self.draft, self.all_topics = draft, topics
        self.count = self.pieces = 0
        folder = draft.arrays
        self.columns = {n: Column(folder / f"statements.{n}.npy", k) for n, k in _MEANT.items()}
        self.first = Column(folder / "statements.evidence.npy", "i8")
        self.first.add([0])
        self.source = Column(folder / "evidence.source.npy", "i4")
        self.how = Column(folder / "evidence.how.npy", "i4")
        self.texts = {n: TextColumn(folder, f"evidence.{n}") for n in TEXTS}
        self.topic = Column(draft.incoming.folder / "topics.npy", "i4")
        self.used = np.zeros(len(topics), bool)
        self.sorter = Sorter(draft, pieces, hows)

    def sorted(self, taken: Numbers, rows: dict[str, Numbers], topic: Numbers) -> _Portion:
        """The statements of a portion: rows as they came in, `taken` says which.

        A thread does this for one portion while the one before is written.
        """
        order, new = order_of_rows([rows[name] for name in MEANING])
        starts = np.concatenate((np.zeros(min(len(order), 1), np.int64), np.flatnonzero(new) + 1))
        number = np.zeros(len(order), np.int64)
        number[1:] = np.cumsum(new)
        return _Portion(
            {name: rows[name][order[starts]] for name in MEANING},
            _last_topics(topic[order], number, len(starts)),
            self.sorter.pieces(taken[order], number, len(starts)),
        )

    def add(self, portion: _Portion) -> None:
        """Write the statements of a portion."""
        self.write(portion.meaning, portion.topics, portion.pieces)
        self.count += len(portion.topics)
        self.pieces += len(portion.pieces.source)

    def write(self, meaning: dict[str, Numbers], topics: Numbers, pieces: Pieces) -> None:
        """Write so many more statements and their evidence."""
        for name, values in meaning.items():
            self.columns[name].add(values)
        self.topic.add(topics)
        self.used[topics] = True
        self.first.add(pieces.first[1:] + self.pieces)
        self.source.add(pieces.source)
        self.how.add(pieces.how)
        for name, column in self.texts.items():
            add_arrow(column, getattr(pieces, name))

    def close(self) -> list[str]:
        """Finish all files; the topics that statements have come back."""
        numbers = (self.first, self.source, self.how, self.topic)
        for column in (*self.columns.values(), *numbers):
            column.close()
        for texts in self.texts.values():
            texts.close()
        before = self.draft.incoming.folder / "topics.npy"
        topics = self.draft.arrays / "statements.topic.npy"
        if self.used.all():
            before.replace(topics)
        else:
            number = np.cumsum(self.used) - 1
            arrays.write(topics, number[mapped(before)], "i4")
        return [name for name, is_used in zip(self.all_topics, self.used, strict=True) if is_used]


class _Statements(_Records):
    """The same, with digests, what the evidence comes to, and the tables."""

    def __init__(self, draft: Draft, hows: Hows, topics: list[str], pieces: Incomers) -> None:
        super().__init__(draft, hows, topics, pieces)
        self.digester = Digester(draft.entities.texts, draft.predicates, draft.contexts)
        self.digests = Column(draft.arrays / "statements.digest.npy", "u1", 16)
        self.weighed = {
            n: Column(draft.arrays / f"statements.{n}.npy", k) for n, k in _WEIGHED.items()
        }
        self.rows, self.evidence = (
            Table(draft.folder, name) for name in ("statements", "evidence")
        )
        self.signs = np.array([draft.words.relation(n).sign for n in draft.predicates], np.int8)
        self.scales = Scales(draft, hows)
        self.contexts, self.how_columns = Pairs(draft.contexts), HowColumns(hows.rows)

    def write(self, meaning: dict[str, Numbers], topics: Numbers, pieces: Pieces) -> None:
        """Write so many more statements and their evidence."""
        super().write(meaning, topics, pieces)
        digests = self.digester.digests(meaning)
        self.digests.add(digests)
        negated, predicate = meaning["negated"], meaning["predicate"]
        sign = np.where(negated != 0, 0, self.signs[predicate]) if len(negated) else self.signs[:0]
        weighed = {"sign": sign, **self.scales.weigh(pieces)}
        for name, values in weighed.items():
            self.weighed[name].add(values)
        self._write_rows({**meaning, **weighed}, topics, digests, np.diff(pieces.first))
        self._write_evidence(pieces)

    def _write_rows(
        self, values: dict[str, Numbers], topic: Numbers, digests: Numbers, sizes: Numbers
    ) -> None:
        status, sayable, negated = (values[name] for name in ("status", "sayable", "negated"))
        self.rows.write(
            lambda: {
                **values,
                "number": np.arange(self.count, self.count + len(digests), dtype=np.int32),
                "id": ids(digests),
                "predicate": coded(values["predicate"], self.draft.predicates),
                "qualifiers": self.contexts.take(values["qualifiers"]),
                "negated": negated.astype(bool),
                "topic": coded(topic, self.all_topics),
                "status": coded(status, list(STATUSES)),
                "sayable": sayable.astype(bool),
                "followed": followed(status, sayable, negated),
                "evidence": sizes,
            }
        )

    def _write_evidence(self, pieces: Pieces) -> None:
        about = np.repeat(
            np.arange(self.count, self.count + len(pieces.first) - 1, dtype=np.int32),
            np.diff(pieces.first),
        )
        for begin in range(0, len(about), SLICE):
            self.evidence.write(partial(self._evidence, pieces, about, slice(begin, begin + SLICE)))

    def _evidence(self, pieces: Pieces, about: Numbers, part: slice) -> dict[str, Any]:
        """The columns of some pieces of evidence, each about a statement."""
        text, source = layout.arrow().string(), pieces.source[part]
        return {
            "statement": about[part],
            "source": source,
            **self.how_columns.take(pieces.how[part]),
            "summary": pieces.summary[part].cast(text),
            "locator": pieces.locator[part].cast(text),
            "effect": pairs_of(pieces.effect[part]),
            "retracted": self.draft.retracted[source].astype(bool),
        }

    def close(self) -> list[str]:
        """Finish all files; the topics that statements have come back."""
        for column in (self.digests, *self.weighed.values()):
            column.close()
        self.rows.close()
        self.evidence.close()
        return super().close()


def _last_topics(topic: Numbers, number: Numbers, count: int) -> Numbers:
    """Of each statement the topic of the last of its rows that has one; 0 is the empty one."""
    last = np.zeros(count, np.int32)
    stated = np.flatnonzero(topic)
    last[number[stated]] = topic[
        stated
    ]  # where a statement stands several times, the last one wins
    return last
