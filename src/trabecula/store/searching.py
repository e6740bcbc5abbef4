"""Who may answer to what was typed, in a store: everybody who does, and few who do not.

`lookup.search` compares what was typed with every name of every entity, which takes long where
there are many. Here the names stand as plain letters and words in an index, made at the first
search and kept in the folder of the store, so that only those are compared that could answer:

- what was typed stands in the letters of a name, in any of the spellings in which it is compared;
- the letters of a name are as many edits away as are forgiven;
- for each word typed there is one in the name that begins with it or is as near as is forgiven;
- a description has the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from trabecula import progress, writing
from trabecula.model import Entity
from trabecula.spelling import Spelling, spelling, told
from trabecula.store import arrays, layout
from trabecula.store.arrays import TextColumn, Texts
from trabecula.store.incoming import Numbers

if TYPE_CHECKING:
    from trabecula.store.opening import Store

#: Letters for each of which one may be wrong; see `lookup`.
_FORGIVEN: Final = 4
_MANY: Final = 1 << 14


class Index:
    """The names of a store as they are compared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _array(self, name: str) -> Numbers:
        path = self._folder / f"{name}.npy"
        with path.open("rb") as stream:
            return arrays.mapped(stream.fileno(), str(path))

    def _texts(self, name: str) -> Texts:
        return Texts(self._array(f"{name}.bytes"), self._array(f"{name}.first"))

    @cached_property
    def _words(self) -> list[str]:
        return list(self._texts("words"))

    def candidates(self, typed: Spelling) -> list[int]:
        """The numbers of entities that could answer."""
        found = [self._holding("letters", form.letters) for form in _forms(typed)]
        found.append(self._holding("descriptions", typed.plain.letters))
        forgiven = len(typed.american.letters) // _FORGIVEN
        owner = self._array("wholes.entity")
        near = self._near(typed.american.letters, list(self._texts("wholes")), forgiven)
        found.append(owner[near])
        having: Numbers | None = None
        for word in dict.fromkeys(told(typed.american)):
            mine = self._having(word)
            having = mine if having is None else np.intersect1d(having, mine)
        if having is not None:
            found.append(having)
        numbers: list[int] = np.unique(np.concatenate(found)).tolist()
        return numbers

    def _holding(self, name: str, letters: str) -> Numbers:
        """The entities whose text has these letters in it."""
        first = self._array(f"{name}.first")
        data, wanted = self._array(f"{name}.bytes").tobytes(), letters.encode()
        places, at = [], data.find(wanted)
        while at >= 0:
            place = int(np.searchsorted(first, at, side="right")) - 1
            places.append(place)
            at = data.find(wanted, int(first[place + 1]))  # once for each
        return np.array(places, np.int64)

    def _having(self, word: str) -> Numbers:
        """The entities that have a word which begins with this one, or is spelt like it."""
        words = self._words
        begun = [n for n, each in enumerate(words) if each.startswith(word)]
        first, members = self._array("postings.first"), self._array("postings.members")
        near = self._near(word, words, len(word) // _FORGIVEN)
        numbers = np.union1d(np.array(begun, np.int64), near).astype(np.int64)
        return np.unique(members[arrays.ragged(first[numbers], np.diff(first)[numbers])])

    @staticmethod
    def _near(word: str, texts: Sequence[str], edits: int) -> Numbers:
        """The places of texts at most so many edits away."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(word, texts, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return np.array([place for *_, place in found], np.int64)


def _forms(typed: Spelling) -> list:  # type: ignore[type-arg]
    return list({id(form): form for form in (typed.plain, typed.american, typed.short)}.values())


def index(store: Store) -> Index:
    """The index of a store, which is made where it is not there yet.

    Raises `OSError` where it cannot be written.
    """
    folder = store.stored.folder / layout.SEARCH
    if not folder.is_dir():
        with writing.staged_folder(store.stored.folder) as work:
            inner = work / layout.SEARCH
            inner.mkdir()
            with progress.phase("making the index of names"):
                _make(progress.steps(store.every_entity(), "entities"), inner)
            try:
                inner.rename(folder)
            except OSError:  # another program was quicker
                if not folder.is_dir():
                    raise
    return Index(folder)


def _make(entities: Iterable[Entity | None], folder: Path) -> None:
    """Write the index; entities come in the order of their numbers."""
    letters, descriptions = TextColumn(folder, "letters"), TextColumn(folder, "descriptions")
    wholes = TextColumn(folder, "wholes")
    owners: list[int] = []
    postings: dict[str, list[int]] = {}
    waiting: tuple[list[bytes], list[bytes], list[bytes]] = ([], [], [])
    for number, entity in enumerate(entities):
        forms: dict[str, None] = {}
        described = ""
        if entity is not None:
            named = (entity.name, entity.id, *entity.synonyms)
            for text in dict.fromkeys((*named, *(xref.curie for xref in entity.xrefs))):
                spelt = spelling(text)
                if spelt is None:
                    continue
                forms.update(dict.fromkeys(form.letters for form in _forms(spelt)))
                if text in named:
                    waiting[2].append(spelt.american.letters.encode())
                    owners.append(number)
                    for word in set(spelt.american.words):
                        postings.setdefault(word, []).append(number)
            spelt = spelling(entity.description) if entity.description else None
            described = spelt.plain.letters if spelt else ""
        waiting[0].append(b"\n".join(form.encode() for form in forms))
        waiting[1].append(described.encode())
        if len(waiting[0]) == _MANY:
            _flush(waiting, letters, descriptions, wholes)
    _flush(waiting, letters, descriptions, wholes)
    words = TextColumn(folder, "words")
    ordered = sorted(postings)
    words.add([word.encode() for word in ordered])
    for column in (letters, descriptions, wholes, words):
        column.close()
    sizes = [len(postings[word]) for word in ordered]
    arrays.write(folder / "wholes.entity.npy", owners, "i4")
    arrays.write(folder / "postings.first.npy", np.concatenate(([0], np.cumsum(sizes))), "i8")
    members = [number for word in ordered for number in postings[word]]
    arrays.write(folder / "postings.members.npy", members, "i4")


def _flush(waiting: tuple[list[bytes], ...], *columns: TextColumn) -> None:
    for texts, column in zip(waiting, columns, strict=True):
        column.add(texts)
        texts.clear()
