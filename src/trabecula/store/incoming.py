"""Records on their way into a store: taken one by one or in batches, kept on the disk as codes.

What repeats gets a code when it is first met (an entity, a source, a predicate, how evidence was
gained), so that a statement is a row of a few numbers. In memory is what is different; the rows,
and the texts of evidence, entities and sources, go to files of a folder, which grow as they come.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

import numpy as np
import numpy.typing as npt

from trabecula.about import together
from trabecula.canonical import bare, canonical
from trabecula.model import About, Context, Effect, Entity, Record, Review, Source, Statement, Xref
from trabecula.prefixes import ENTITY
from trabecula.regular import source_id
from trabecula.store.arrays import Column, TextColumn

#: What a statement is, in the order of the graph.
MEANING: Final = ("subject", "predicate", "object", "qualifiers", "negated")
Meaning: TypeAlias = tuple[str, str, str, Context, bool]

_T = TypeVar("_T")
#: Rows that are gathered before they are written.
_BATCH: Final = 1 << 16
#: How evidence was gained: stance, strength, method, species, system, context.
How = tuple[str, str, str, str, str, Context]
Numbers = npt.NDArray[Any]


class Codes(Generic[_T]):
    """Values and their codes, in the order in which they are first met."""

    def __init__(self, *values: _T) -> None:
        self.values: list[_T] = []
        self._codes: dict[_T, int] = {}
        for value in values:
            self.code(value)

    def __len__(self) -> int:
        return len(self.values)

    def __contains__(self, value: object) -> bool:
        return value in self._codes

    def code(self, value: _T) -> int:
        """The code of a value."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    def forget(self) -> None:
        """Keep the values alone; no more get a code."""
        self._codes.clear()


class Spelt(Codes[str]):
    """Identifiers by the one spelling that each has in a graph; `first` is how others begin."""

    def __init__(self, spelling: Callable[[str], str]) -> None:
        super().__init__()
        self._spelling = spelling
        self._read: dict[str, int] = {}
        self.first: dict[int, str] = {}  # code -> another spelling, that of the first record

    def code(self, value: str) -> int:
        """The code of an identifier, however it is spelt."""
        code = self._codes.get(value)
        if code is None:
            code = self._read.get(value)
        if code is None:
            regular = self._spelling(value)
            code = super().code(regular)
            if regular != value:
                self._read[value] = code
        return code

    def as_they_are(self, values: Sequence[str]) -> list[int]:
        """The codes of identifiers that are known to be in their one spelling, and different."""
        codes, values_by_code = self._codes, self.values
        new = [value for value in values if value not in codes]
        codes.update(
            zip(new, range(len(values_by_code), len(values_by_code) + len(new)), strict=True)
        )
        values_by_code.extend(new)
        return [codes[value] for value in values]


class Described:
    """What records say of entities, or of sources: the last record of each counts.

    The record that most have, if there is one, is kept once and has the number 0.
    """

    def __init__(self, folder: Path, name: str, usual: bytes = b"") -> None:
        self.folder, self.name, self.usual = folder, name, usual
        self._texts = TextColumn(folder, name)
        self._waiting = [usual]
        self._count = 1
        self.last: dict[int, int] = {}  # code -> number of its last record
        #: Records of one thing in two spellings: code, both, and the number of the record before.
        self.doubts: list[tuple[int, str, str, int]] = []

    def add(self, code: int, record: bytes) -> None:
        """Take a record."""
        if record == self.usual:
            self.last[code] = 0
            return
        self._waiting.append(record)
        self.last[code] = self._count
        self._count += 1
        if len(self._waiting) == _BATCH:
            self._flush()

    def add_many(self, codes: Sequence[int], records: Any, sizes: Numbers) -> None:
        """Take many records: their texts joined, and the bytes that each has."""
        self._flush()
        self._texts.raw(records, sizes)
        self.last.update(zip(codes, range(self._count, self._count + len(codes)), strict=True))
        self._count += len(codes)

    def add_usual(self, codes: Iterable[int]) -> None:
        """Take the record that most have, of each of these."""
        self.last.update(dict.fromkeys(codes, 0))

    def _flush(self) -> None:
        self._texts.add(self._waiting)
        self._waiting.clear()

    def close(self) -> None:
        """Let all be read."""
        self._flush()
        self._texts.close()


#: The columns of statements and of evidence, as they come.
ROWS: Final = {
    "subject": "i4", "predicate": "i4", "object": "i4", "qualifiers": "i4", "topic": "i4",
    "negated": "i1",
}  # fmt: skip
EVIDENCE: Final = {"source": "i4", "how": "i4"}
#: The texts of evidence; an effect is JSON, empty where no number is given.
TEXTS: Final = ("summary", "locator", "effect")


class Incoming:
    """The records of one or more graphs, on their way into a store; `folder` holds what is known.

    Nothing is merged or sorted yet: `write` does that.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entities = Spelt(lambda text: canonical(text, ENTITY))
        self.sources = Spelt(source_id)
        self.predicates: Codes[str] = Codes()
        self.topics: Codes[str] = Codes("")
        self.contexts: Codes[Context] = Codes(())
        self.hows: Codes[How] = Codes()
        self.abouts: list[About] = []
        #: By what a statement means: another file may have other words for it, and so another id.
        self.reviews: dict[Meaning, set[Review]] = {}  # few, for people make them
        self.described = Described(folder, "entities")
        self.cited = Described(folder, "sources", USUAL_SOURCE)
        self.rows = {name: Column(folder / f"rows.{name}.npy", kind) for name, kind in ROWS.items()}
        self.first = Column(folder / "rows.first.npy", "i8")
        self.first.add([0])
        self.evidence = {
            name: Column(folder / f"evidence.{name}.npy", kind) for name, kind in EVIDENCE.items()
        }
        self.texts = {name: TextColumn(folder, f"evidence.{name}") for name in TEXTS}
        self.statements = self.pieces = 0
        self._rows: dict[str, array[int]] = {name: array("i") for name in ROWS}
        self._sizes = array("i")
        self._pieces: dict[str, array[int]] = {name: array("i") for name in EVIDENCE}
        self._texts: dict[str, list[bytes]] = {name: [] for name in TEXTS}

    @property
    def about(self) -> About:
        """What all the graphs say of themselves."""
        return reduce(together, self.abouts, About())

    def take(self, records: Iterable[Record]) -> None:
        """Take records, in the order in which they come."""
        for record in records:
            if isinstance(record, Statement):
                self.statement(record)
            elif isinstance(record, Entity):
                self._described(self.entities, self.described, record.id, entity_text(record))
            elif isinstance(record, Source):
                self._described(self.sources, self.cited, record.id, source_text(record))
            else:
                self.abouts.append(record)

    def _described(self, codes: Spelt, where: Described, identifier: str, text: bytes) -> None:
        """Take what describes an entity or a source, by its identifier in whatever spelling."""
        code = codes.code(identifier)
        regular = codes.values[code]
        before = where.last.get(code)
        if before is None:
            if identifier != regular:
                codes.first[code] = identifier
        elif (first := codes.first.get(code, regular)) != identifier:
            where.doubts.append((code, first, identifier, before))
        where.add(code, text)

    def describe(self, ids: Sequence[str], records: Any, sizes: Numbers) -> None:
        """Take what describes entities whose ids are in their one spelling, and different.

        `records` are texts as of `entity_text`, joined, `sizes` the bytes of each.
        """
        entities, described = self.entities, self.described
        codes = entities.as_they_are(ids)
        for code in entities.first.keys() & set(codes):
            before = described.last[code]
            described.doubts.append((code, entities.first[code], entities.values[code], before))
        described.add_many(codes, records, sizes)

    def statement(self, statement: Statement) -> None:
        """Take a statement with its evidence."""
        rows, pieces, texts = self._rows, self._pieces, self._texts
        rows["subject"].append(self.entities.code(statement.subject))
        rows["predicate"].append(self.predicates.code(statement.predicate))
        rows["object"].append(self.entities.code(statement.object))
        rows["qualifiers"].append(self.contexts.code(statement.qualifiers))
        rows["topic"].append(self.topics.code(bare(statement.topic)))
        rows["negated"].append(statement.negated)
        self._sizes.append(len(statement.evidence))
        if statement.reviews:
            self.reviews.setdefault(statement.key, set()).update(statement.reviews)
        for row in statement.evidence:
            pieces["source"].append(self.sources.code(row.source))
            how = (row.stance, row.strength, row.method, row.species, row.system, row.context)
            pieces["how"].append(self.hows.code(how))
            texts["summary"].append(row.summary.encode())
            texts["locator"].append(bare(row.locator).encode())
            texts["effect"].append(effect_text(row.effect))
        if len(self._sizes) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write the statements that were taken one by one."""
        if not self._sizes:
            return
        columns = {name: np.asarray(values) for name, values in self._rows.items()}
        pieces = {name: np.asarray(values) for name, values in self._pieces.items()}
        self.batch(columns, np.asarray(self._sizes), pieces, flushed=True)
        for name, texts in self._texts.items():
            self.texts[name].add(texts)
            texts.clear()
        self._rows = {name: array("i") for name in ROWS}
        self._sizes = array("i")
        self._pieces = {name: array("i") for name in EVIDENCE}

    def batch(
        self,
        rows: dict[str, Numbers],
        sizes: Numbers,
        evidence: dict[str, Numbers],
        texts: dict[str, tuple[Any, Numbers]] | None = None,
        *,
        flushed: bool = False,
    ) -> None:
        """Take many statements as codes: `sizes` is how many pieces of evidence each has.

        `texts` are those of `TEXTS`, joined, with their sizes; none where they are empty.
        """
        if not flushed:
            self.flush()
        for name, column in self.rows.items():
            column.add(rows[name])
        before = self.pieces
        self.first.add(before + np.cumsum(sizes, dtype=np.int64))
        for name, column in self.evidence.items():
            column.add(evidence[name])
        count = len(evidence["source"])
        if not flushed:
            for name, text_column in self.texts.items():
                data, lengths = (texts or {}).get(name, (b"", np.zeros(count, np.int64)))
                text_column.raw(data, lengths)
        self.statements += len(sizes)
        self.pieces += count

    def forget(self) -> None:
        """Let go of what tells entities and sources apart, once they have their numbers."""
        for codes, described in ((self.entities, self.described), (self.sources, self.cited)):
            codes.forget()
            described.last.clear()

    def close(self) -> None:
        """Let all be read."""
        self.flush()
        for column in (*self.rows.values(), self.first, *self.evidence.values()):
            column.close()
        for texts in self.texts.values():
            texts.close()
        self.described.close()
        self.cited.close()


# --- Records as texts ------------------------------------------------------------------------

_decode: Final = json.JSONDecoder().decode
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def text_of_json(value: object) -> bytes:
    """A value in the one way to write it as JSON, from which ids are made as well."""
    return _encode(value).encode("utf-8", "surrogatepass")


def effect_text(effect: Effect | None) -> bytes:
    """An effect as JSON; empty where there is none."""
    return _encode(effect.filled).encode() if effect else b""


def effect_of(text: bytes) -> Effect | None:
    """What `effect_text` gives, read back."""
    return Effect(**json.loads(text)) if text else None


def entity_text(entity: Entity) -> bytes:
    """What a record says of an entity, apart from its id, as JSON."""
    fields = (
        entity.name, entity.category, entity.taxon, entity.description, entity.synonyms,
        [(x.match, x.curie, x.label) for x in entity.xrefs],
    )  # fmt: skip
    return text_of_json(fields)


def entity_of(identifier: str, text: bytes) -> Entity:
    """The entity that `entity_text` made a text of."""
    fields = _decode(text.decode("utf-8", "surrogatepass"))
    name, category, taxon, description, synonyms, xrefs = fields
    return Entity(
        id=identifier, name=name, category=category, taxon=taxon, description=description,
        synonyms=tuple(synonyms), xrefs=tuple([Xref(*x) for x in xrefs]),
    )  # fmt: skip


_OF_SOURCE: Final = tuple(name for name in Source.__dataclass_fields__ if name != "id")
_LISTS: Final = ("authors", "xrefs")


def source_text(source: Source) -> bytes:
    """What a record says of a source, apart from its id, as JSON; what is usual is left out."""
    fields = {
        name: value
        for name in _OF_SOURCE
        if (value := getattr(source, name)) != Source.__dataclass_fields__[name].default
    }
    return text_of_json(fields)


def source_of(identifier: str, text: bytes) -> Source:
    """The source that `source_text` made a text of."""
    fields: dict[str, Any] = json.loads(text)
    return Source(
        id=identifier,
        **cast("Any", {k: tuple(v) if k in _LISTS else v for k, v in fields.items()}),
    )


def how_text(how: How) -> bytes:
    """How evidence was gained, as JSON."""
    return text_of_json(how)


def context_of(text: bytes) -> Context:
    """The context in a text of JSON."""
    return tuple([(key, value) for key, value in json.loads(text)])


def how_of(text: bytes) -> How:
    """How evidence was gained, from its text."""
    *words, context = json.loads(text)
    return (*words, tuple([(key, value) for key, value in context]))


#: What is said of most sources: that somebody cites them.
USUAL_SOURCE: Final = source_text(Source(id="", kind="cited"))
