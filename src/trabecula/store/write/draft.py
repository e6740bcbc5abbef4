"""What is known while a store is written: of all tables and arrays, whichever is written first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from trabecula.errors import FormatError, Problem
from trabecula.model import Context
from trabecula.regular import regular
from trabecula.store import arrays, layout
from trabecula.store.arrays import Texts
from trabecula.store.incoming import Described, Incoming, Numbers, Spelt
from trabecula.vocabulary import Vocabulary, words_of


@dataclass(frozen=True)
class Ids:
    """The identifiers of entities, or of sources, which give these their numbers."""

    texts: Any  # sorted, as an array of Arrow
    codes: Numbers  # by number: the code that each came in with
    numbers: Numbers  # by code
    values: list[str]  # by code

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def names(self) -> list[str]:
        """The same as `texts`, which nobody needs who only writes them."""
        return [self.values[code] for code in self.codes.tolist()]

    @staticmethod
    def of(codes: Spelt) -> Ids:
        """Those that came in, in order."""
        pa = layout.arrow()
        texts = pa.array(codes.values, pa.large_string())
        order = np.asarray(pa.compute.sort_indices(texts)).astype(np.int64)
        texts = texts.take(pa.array(order))
        numbers = np.zeros(len(order), np.int32)
        numbers[order] = np.arange(len(order), dtype=np.int32)
        return Ids(texts, order, numbers, codes.values)


@dataclass
class Draft:
    """A store while it is written into `folder`."""

    incoming: Incoming
    folder: Path
    words: Vocabulary
    entities: Ids
    sources: Ids
    counts: dict[str, int] = field(default_factory=dict)
    predicates: list[str] = field(default_factory=list)
    contexts: list[Context] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    prefixes: set[str] = field(default_factory=set)  # of identifiers
    retracted: Numbers = field(default_factory=lambda: np.zeros(0, np.int8))  # by source
    #: By source: the number under which it counts.
    counted: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))

    @staticmethod
    def of(incoming: Incoming, folder: Path) -> Draft:
        """The draft of what came in."""
        (folder / layout.ARRAYS).mkdir()
        return Draft(
            incoming, folder, words_of(incoming.about), Ids.of(incoming.entities),
            Ids.of(incoming.sources),
        )  # fmt: skip

    @property
    def arrays(self) -> Path:
        """The folder of the arrays."""
        return self.folder / layout.ARRAYS

    def note(self, texts: Any) -> None:
        """Note the prefixes of identifiers, an array of Arrow."""
        compute = layout.arrow().compute
        named = texts.filter(compute.match_substring(texts, ":"))
        parts = compute.split_pattern(named, ":", max_splits=1)
        self.prefixes.update(compute.list_element(parts, 0).unique().to_pylist())
        self.prefixes -= {"http", "https"}


def places(described: Described, ids: Ids) -> Numbers:
    """By number: where the last record of each stands; -1 where nothing describes it."""
    last = np.full(len(ids.codes), -1, np.int64)
    codes = np.fromiter(described.last, np.int64, len(described.last))
    last[ids.numbers[codes]] = np.fromiter(described.last.values(), np.int64, len(codes))
    return last


def refuse_two_spellings(
    described: Described, codes: Spelt, make: Callable[[str, bytes], Any], words: Vocabulary
) -> None:
    """Raise `FormatError` where two records have one id in two spellings, and differ."""
    texts = texts_of(described.folder, described.name)
    for code, first, second, before in described.doubts:
        identifier = codes.values[code]
        pair = (
            regular(make(identifier, texts.raw(n)), words) for n in (before, described.last[code])
        )
        if len(set(pair)) > 1:
            what = f"{first!r} and {second!r} are one identifier, and two records have it"
            raise FormatError([Problem("two-spellings", identifier, what, "merge the two records")])


def mapped(path: Path) -> Numbers:
    """The numbers in a file, where they lie."""
    with path.open("rb") as stream:
        return arrays.mapped(stream.fileno(), str(path))


def texts_of(folder: Path, name: str) -> Texts:
    """The texts of a column, where they lie."""
    return Texts(mapped(folder / f"{name}.bytes.npy"), mapped(folder / f"{name}.first.npy"))


def ints(values: Iterable[int]) -> Numbers:
    """A short column."""
    return np.fromiter(values, np.int32)


def sorted_codes(codes: dict[str, int]) -> tuple[list[str], Numbers]:
    """Names sorted, and for each code the place of its name."""
    names = sorted(codes)
    place = np.zeros(len(codes), np.int32)
    for number, name in enumerate(names):
        place[codes[name]] = number
    return names, place
