"""The index of names: what everything is called, as it is compared with what is typed.

Texts are spelt together, many at a time, as `spelling` does one by one; what is not plain ASCII
goes through `spelling` itself. `searching` reads the index.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from trabecula import progress
from trabecula.spelling import GREEK, INSIDE, Spelling, american, spelling
from trabecula.store import arrays
from trabecula.store.arrays import TextColumn, Texts
from trabecula.store.incoming import Numbers
from trabecula.store.write.draft import texts_of

#: Entities that are looked at together.
_MANY: Final = 1 << 14
_INSIDE: Final = re.compile("|".join(INSIDE))
#: Letters that are looked for, of which each makes a text that may be found by it.
_LETTER, _DIGIT, _END = 1, 2, 3
_KINDS: Final = np.zeros(256, np.uint8)
_KINDS[ord("a") : ord("z") + 1] = _LETTER
_KINDS[ord("0") : ord("9") + 1] = _DIGIT
_KINDS[ord("\n")] = _END


class Spelt(NamedTuple):
    """Of texts the letters in each of the three ways to write them, and the American words.

    A text with neither letters nor digits has empty ones.
    """

    plain: list[str]
    american: list[str]
    short: list[str]
    words: list[str]  # of all texts, one after the other
    sizes: Numbers  # how many words each text has


def spelt(texts: Sequence[str]) -> Spelt:
    """Texts as `spelling` has them.

    >>> spelt(["NF-kB", "Haemoglobin A1c"]).american
    ['nfkb', 'hemoglobina1c']
    """
    lines = "\n".join(texts)
    own: dict[int, Spelling | None] = {}
    if not lines.isascii() or lines.count("\n") >= len(texts):
        own = {at: spelling(text) for at, text in enumerate(texts) if not text.isascii()}
        lines = "\n".join("" if at in own else t.replace("\n", " ") for at, t in enumerate(texts))
    plain = _words(lines)
    ways = [plain, american(plain), _shortened(plain)]
    if own:
        ways = [_with(way, own, place) for place, way in enumerate(ways)]
    many = len(texts)  # for of no texts there is a line, too
    letters = [_joined_up(way).split("\n")[:many] for way in ways]
    sizes = _sizes(ways[1])[:many]
    return Spelt(letters[0], letters[1], letters[2], ways[1].split(), sizes)


def _joined_up(words: str) -> str:
    """The same without blanks; bytes are left out several times as quickly as letters."""
    return words.encode().translate(None, b" ").decode()


def _with(way: str, own: dict[int, Spelling | None], place: int) -> str:
    """The lines of one way, with those of texts that were spelt by themselves."""
    lines = way.split("\n")
    for at, forms in own.items():
        lines[at] = " ".join(forms[place].words) if forms else ""
    return "\n".join(f" {line} " for line in lines)


def _sizes(lines: str) -> Numbers:
    """How many words each line has."""
    data = np.frombuffer(lines.encode(), np.uint8)
    ends = data == ord("\n")
    within = ~ends & (data != ord(" "))
    begun = within & ~np.concatenate(([False], within[:-1]))
    line = np.cumsum(ends)[begun]
    return np.bincount(line, minlength=int(ends.sum()) + 1)


def _words(lines: str) -> str:
    """The words of each line of ASCII, with blanks around each of them."""
    lowered = _INSIDE.sub(r" \g<0> ", lines.lower())
    data = np.frombuffer(lowered.encode(), np.uint8)
    kinds = _KINDS[data]
    apart = kinds[1:] != kinds[:-1]  # which a blank goes between
    places = np.arange(len(data)) + np.concatenate(([0], np.cumsum(apart)))[: len(data)] + 1
    spaced = np.full(len(data) + int(apart.sum()) + 2, ord(" "), np.uint8)
    spaced[places] = np.where(kinds, data, ord(" "))
    return spaced.tobytes().decode()


def _shortened(words: str) -> str:
    """The same with Greek letters as those write them who have none."""
    there = [name for name in GREEK.values() if name in words]
    words = words.replace(" ", "  ") if there else words  # so that no two words share a blank
    for name in there:
        words = words.replace(f" {name} ", f" {name[0]} ")
    return words


def write(folder: Path) -> None:
    """Write the index of the entities whose ids and records lie in a folder of arrays."""
    ids, records = (texts_of(folder, f"entities.{name}") for name in ("id", "record"))
    columns = {
        name: TextColumn(folder, f"search.{name}") for name in ("letters", "descriptions", "wholes")
    }
    codes: dict[str, int] = defaultdict(count().__next__)
    owners: list[Numbers] = []
    words: list[Numbers] = []
    having: list[Numbers] = []
    with progress.phase("making the index of names"):
        for start in range(0, len(ids), _MANY):
            numbers = np.arange(start, min(start + _MANY, len(ids)))
            part = _Part(ids, records, numbers)
            columns["letters"].add(part.letters())
            columns["descriptions"].add([text.encode() for text in spelt(part.descriptions).plain])
            wholes, owner = part.wholes()
            columns["wholes"].add(wholes)
            owners.append(owner)
            for values, parts in zip(part.words(codes), (words, having), strict=True):
                parts.append(values)
        for column in columns.values():
            column.close()
        arrays.write(folder / "search.entity.npy", _joined(owners), "i4")
        _write_words(folder, codes, _joined(words), _joined(having))


def _write_words(folder: Path, codes: dict[str, int], words: Numbers, owners: Numbers) -> None:
    """Write all words, sorted, and the entities that have each."""
    ordered = sorted(codes)
    column = TextColumn(folder, "search.words")
    column.add([word.encode() for word in ordered])
    column.close()
    place = np.empty(len(ordered), np.int64)
    place[[codes[word] for word in ordered]] = np.arange(len(ordered))
    size = int(owners.max(initial=0)) + 1
    pairs = np.sort(place[words] * size + owners)
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    first = np.searchsorted(pairs, np.arange(len(ordered) + 1) * size)
    arrays.write(folder / "search.having.first.npy", first, "i8")
    arrays.write(folder / "search.having.members.npy", pairs % size, "i4")


def _joined(parts: Iterable[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, np.int32), *parts])


class _Part:
    """What some entities are called."""

    def __init__(self, ids: Texts, records: Texts, numbers: Numbers) -> None:
        self.numbers = numbers
        self.descriptions: list[str] = []
        named: list[str] = []
        others: list[str] = []  # identifiers elsewhere
        self._names: list[int] = []  # how many texts each has
        self._others: list[int] = []
        raw = [records.raw(number) for number in numbers.tolist()]
        rows = iter(json.loads(b"[%b]" % b",".join(filter(None, raw))))
        names = ids[int(numbers[0]) : int(numbers[-1]) + 1]
        for identifier, text in zip(names, raw, strict=True):
            if not text:
                self._names.append(0)
                self._others.append(0)
                self.descriptions.append("")
                continue
            name, _, _, description, synonyms, xrefs = next(rows)
            mine = dict.fromkeys((name, identifier, *synonyms))
            theirs = dict.fromkeys(curie for _, curie, _ in xrefs if curie not in mine)
            named.extend(mine)
            others.extend(theirs)
            self._names.append(len(mine))
            self._others.append(len(theirs))
            self.descriptions.append(description)
        self._named, self._elsewhere = spelt(named), spelt(others)

    def letters(self) -> list[bytes]:
        """Of each entity the letters of all that it is called, in every way, between line ends."""
        texts = []
        name = other = 0
        for names, others in zip(self._names, self._others, strict=True):
            mine, theirs = slice(name, name + names), slice(other, other + others)
            forms = [
                "\n".join((*way[mine], *elsewhere[theirs]))
                for way, elsewhere in zip(self._named[:3], self._elsewhere[:3], strict=True)
            ]
            texts.append("\n".join(("", *dict.fromkeys(forms), "")).encode())
            name, other = mine.stop, theirs.stop
        return texts

    def wholes(self) -> tuple[list[bytes], Numbers]:
        """The American letters of each name, and the entity that has it."""
        owners = np.repeat(self.numbers, self._names)
        letters = self._named.american
        there = np.fromiter(map(bool, letters), bool, len(letters))
        return [each.encode() for each in letters if each], owners[there].astype(np.int32)

    def words(self, codes: dict[str, int]) -> tuple[Numbers, Numbers]:
        """The American words of all names as numbers, and the entity that each stands for."""
        words = self._named.words
        owners = np.repeat(np.repeat(self.numbers, self._names), self._named.sizes)
        numbers = np.fromiter(map(codes.__getitem__, words), np.int32, len(words))
        return numbers, owners.astype(np.int32)
