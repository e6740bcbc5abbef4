"""The index of names: what everything is called, as it is compared with what is typed.

Texts are spelt together, many at a time, as `spelling` does one by one; what is not plain ASCII
goes through `spelling` itself. Letters and words stay columns of Arrow. `searching` reads the
index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from trabecula.spelling import GREEK, INSIDE, Spelling, american, spelling
from trabecula.store import arrays, layout
from trabecula.store.arrays import TextColumn
from trabecula.store.incoming import Numbers
from trabecula.store.write.tables import add_arrow, lines_of, texts_ending, write_arrow

#: Entities that are looked at together: few enough for a cache.
_MANY: Final = 1 << 14
_INSIDE: Final = re.compile(f"({'|'.join(INSIDE)})")
#: Where these stand in what the record of an entity says.
_NAME, _DESCRIPTION, _SYNONYMS, _XREFS = 0, 3, 4, 5
#: Letters that are looked for, of which each makes a text that may be found by it.
_LETTER, _DIGIT, _END = 1, 2, 3
_KINDS: Final = np.zeros(256, np.uint8)
_KINDS[ord("a") : ord("z") + 1] = _LETTER
_KINDS[ord("0") : ord("9") + 1] = _DIGIT
_KINDS[ord("\n")] = _END


class Spelt(NamedTuple):
    """Of texts the letters in each of the three ways to write them, and the American words.

    All are texts of Arrow; a text with neither letters nor digits has empty letters.
    """

    plain: Any
    american: Any
    short: Any
    words: Any  # of all texts, one after the other
    sizes: Numbers  # how many words each text has


def spelt(texts: Sequence[str]) -> Spelt:
    """Texts as `spelling` has them.

    >>> spelt(["NF-kB", "Haemoglobin A1c"]).american.to_pylist()
    ['nfkb', 'hemoglobina1c']
    """
    lines = "\n".join(texts)
    own: dict[int, Spelling | None] = {}
    if not lines.isascii() or lines.count("\n") >= len(texts):
        own = {at: spelling(text) for at, text in enumerate(texts) if not text.isascii()}
        lines = "\n".join("" if at in own else t.replace("\n", " ") for at, t in enumerate(texts))
    spaced = _with(_words(lines), own).encode()
    many = len(texts)  # for of no texts there is a line, too
    plain = lines_of(spaced.translate(None, b" "))[:many]
    words, sizes = _each_word(spaced, many)
    coded = words.dictionary_encode()
    first = np.concatenate(([0], np.cumsum(sizes)))
    usual, words = _otherwise(plain, coded, first, _american(coded.dictionary))
    short, _ = _otherwise(plain, coded, first, _shortened(coded.dictionary))
    return Spelt(plain, usual, short, words, sizes)


def _american(words: Any) -> Any:
    """Words as an American spells them."""
    pa = layout.arrow()
    (line,) = pa.compute.binary_join(pa.ListArray.from_arrays([0, len(words)], words), " ")
    return lines_of(american(f"{line} ").replace(" ", "\n").encode())[: len(words)]


def _shortened(words: Any) -> Any:
    """Words, of those that are Greek letters the ones that those write who have none."""
    compute = layout.arrow().compute
    is_greek = compute.is_in(words, value_set=layout.arrow().array(GREEK.values()))
    return compute.if_else(is_greek, compute.utf8_slice_codeunits(words, 0, 1), words)


def _otherwise(plain: Any, coded: Any, first: Numbers, others: Any) -> tuple[Any, Any]:
    """The letters of texts in another way to write their words, and the words of all of them.

    `others` are the different words so written, `first` tells where those of each text begin.
    """
    pa, words = layout.arrow(), others.take(coded.indices)
    if others.equals(coded.dictionary):
        return plain, words
    texts = pa.ListArray.from_arrays(pa.array(first, pa.int32()), words)
    return pa.compute.binary_join(texts, ""), words


def _each_word(lines: bytes, many: int) -> tuple[Any, Numbers]:
    """The words of lines, one after the other, and how many the first so many lines have."""
    signs = np.frombuffer(lines, np.uint8)
    line_ends = signs == ord("\n")
    within = np.zeros(len(signs) + 2, np.int8)
    within[1:-1] = ~line_ends & (signs != ord(" "))
    edges = np.flatnonzero(np.diff(within))
    begins, ends = edges[::2], edges[1::2]
    before = np.searchsorted(begins, np.flatnonzero(line_ends))  # words before the end of a line
    sizes = np.diff(np.concatenate(([0], before, [len(begins)])))
    return texts_ending(np.cumsum(ends - begins), lines.translate(None, b" \n")), sizes[:many]


def _with(lines: str, own: dict[int, Spelling | None]) -> str:
    """The lines, with the words of texts that were spelt by themselves."""
    if not own:
        return lines
    every = lines.split("\n")
    for at, forms in own.items():
        every[at] = " ".join(forms.plain.words) if forms else ""
    return "\n".join(f" {line} " for line in every)


def _words(lines: str) -> str:
    """The words of each line of ASCII, with blanks around each of them."""
    lowered = " ".join(_INSIDE.split(lines.lower()))  # with blanks around each of these
    data = np.frombuffer(lowered.encode(), np.uint8)
    kinds = _KINDS[data]
    apart = kinds[1:] != kinds[:-1]  # which a blank goes between
    places = np.arange(1, len(data) + 1, dtype=np.int32)
    places[1:] += np.cumsum(apart, dtype=np.int32)
    spaced = np.full(len(data) + int(apart.sum()) + 2, ord(" "), np.uint8)
    spaced[places] = np.where(kinds, data, ord(" "))
    return spaced.tobytes().decode()


class Index:
    """The index of the entities of a store while it is written into a folder of arrays."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._pa = folder, layout.arrow()
        self._columns = {
            name: TextColumn(folder, f"search.{name}")
            for name in ("letters", "descriptions", "wholes")
        }
        self._owners: list[Numbers] = []  # of whole names
        self._words: list[Any] = []  # with their codes in each portion
        self._having: list[Numbers] = []  # the entity that each word stands for

    def add(self, start: int, ids: Sequence[str], records: Sequence[Sequence[Any]]) -> None:
        """Take entities from the number `start` on: ids and what records say, if there is one."""
        for begin in range(0, len(ids), _MANY):
            part = slice(begin, begin + _MANY)
            self._add(start + begin, ids[part], records[part])

    def _add(self, start: int, ids: Sequence[str], records: Sequence[Sequence[Any]]) -> None:
        names = [
            dict.fromkeys((record[_NAME], key, *record[_SYNONYMS])) if record else ()
            for key, record in zip(ids, records, strict=True)
        ]
        elsewhere = [
            dict.fromkeys(curie for _, curie, _ in record[_XREFS] if curie not in own)
            if record and record[_XREFS]
            else ()
            for own, record in zip(names, records, strict=True)
        ]
        each = [*chain.from_iterable(zip(names, elsewhere, strict=True))]
        sizes = np.fromiter(map(len, each), np.int64, len(each))
        texts = spelt([*chain.from_iterable(each)])
        is_name = np.repeat(np.tile([True, False], len(ids)), sizes)
        owners = np.repeat(np.arange(start, start + len(ids), dtype=np.int32).repeat(2), sizes)
        add_arrow(self._columns["letters"], self._lines(texts, sizes[::2] + sizes[1::2]))
        self._describe([record[_DESCRIPTION] if record else "" for record in records])
        self._take_wholes(texts.american, is_name, owners)
        self._take_words(texts.words, np.repeat(is_name, texts.sizes), owners.repeat(texts.sizes))

    def _lines(self, texts: Spelt, sizes: Numbers) -> Any:
        """Of each entity the letters of all that it is called, in every way, between line ends."""
        pa, compute = self._pa, self._pa.compute
        first = pa.array(np.concatenate(([0], np.cumsum(sizes))).astype(np.int32))
        plain, usual, short = (
            compute.binary_join(pa.ListArray.from_arrays(first, way), "\n") for way in texts[:3]
        )
        again = compute.equal(usual, plain), compute.or_(
            compute.equal(short, plain), compute.equal(short, usual)
        )  # fmt: skip
        others = (
            compute.if_else(is_there, "", compute.binary_join_element_wise("\n", way, ""))
            for is_there, way in zip(again, (usual, short), strict=True)
        )
        return compute.binary_join_element_wise("\n", plain, *others, "\n", "")

    def _describe(self, descriptions: Sequence[str]) -> None:
        column = self._columns["descriptions"]
        if any(descriptions):
            add_arrow(column, spelt(descriptions).plain)
        else:
            column.raw(b"", np.zeros(len(descriptions), np.int64))

    def _take_wholes(self, letters: Any, is_name: Numbers, owners: Numbers) -> None:
        """Take the American letters of each name, and the entity that has it."""
        kept = is_name & (np.asarray(self._pa.compute.binary_length(letters)) > 0)
        add_arrow(self._columns["wholes"], letters.filter(self._pa.array(kept)))
        self._owners.append(owners[kept])

    def _take_words(self, words: Any, of_names: Numbers, owners: Numbers) -> None:
        """Take the American words of all names, and the entity that each stands for."""
        self._words.append(words.filter(self._pa.array(of_names)).dictionary_encode())
        self._having.append(owners[of_names])

    def close(self) -> None:
        """Finish all files: words are sorted, and stand with the entities that have them."""
        for column in self._columns.values():
            column.close()
        arrays.write(self._folder / "search.entity.npy", _joined(self._owners), "i4")
        pa, owners = self._pa, _joined(self._having)
        kind = pa.dictionary(pa.int32(), pa.string())
        parts = pa.chunked_array(self._words, kind).unify_dictionaries().chunks
        words = parts[0].dictionary if parts else pa.array([], pa.string())
        order = pa.compute.sort_indices(words)
        write_arrow(self._folder, "search.words", words.take(order))
        place = np.empty(len(words), np.int64)
        place[np.asarray(order)] = np.arange(len(words))
        size = int(owners.max(initial=0)) + 1
        codes = _joined(np.asarray(part.indices) for part in parts)
        pairs = np.sort(place[codes] * size + owners)
        pairs = pairs[np.diff(pairs, prepend=-1) != 0]
        first = np.searchsorted(pairs, np.arange(len(words) + 1) * size)
        arrays.write(self._folder / "search.having.first.npy", first, "i8")
        arrays.write(self._folder / "search.having.members.npy", pairs % size, "i4")


def _joined(parts: Iterable[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, np.int32), *parts])
