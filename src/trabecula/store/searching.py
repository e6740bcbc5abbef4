"""Who may answer to what was typed, in a store: everybody who does, and few who do not.

`lookup.search` compares what was typed with every name of every entity, which takes long where
there are many. In a store the names stand as plain letters and words in an index as well, which
`write.search` makes, so that only those are compared that could answer:

- what was typed stands in the letters of a name, in any of the spellings in which it is compared;
- the letters of a name are as many edits away as are forgiven;
- for each word typed there is one in the name that begins with it or is as near as is forgiven;
- a description has the letters.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from trabecula.spelling import Form, Spelling, content_words
from trabecula.store import arrays
from trabecula.store.arrays import Texts
from trabecula.store.incoming import Numbers
from trabecula.store.stored import Stored

#: Letters for each of which one may be wrong; see `lookup`.
_FORGIVEN: Final = 4


class Index:
    """The names of a store as they are compared."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    @cached_property
    def _words(self) -> Sequence[str]:
        return self._stored.texts("search.words")[:]

    @cached_property
    def _wholes(self) -> Sequence[str]:
        return self._stored.texts("search.wholes")[:]

    def candidates(self, typed: Spelling) -> list[int]:
        """The numbers of entities that could answer."""
        answering = [self._holding("search.letters", form.letters) for form in _forms(typed)]
        answering.append(self._holding("search.descriptions", typed.plain.letters))
        forgiven = len(typed.american.letters) // _FORGIVEN
        near = self._near(typed.american.letters, self._wholes, forgiven)
        answering.append(self._stored.array("search.entity")[near])
        having: Numbers | None = None
        for word in dict.fromkeys(content_words(typed.american)):
            mine = self._having(word)
            having = mine if having is None else np.intersect1d(having, mine)
        if having is not None:
            answering.append(having)
        numbers: list[int] = np.unique(np.concatenate(answering)).tolist()
        return numbers

    def called(self, letters: str) -> Numbers:
        """The entities of which something that they are called has just these letters."""
        return self._holding("search.letters", f"\n{letters}\n")

    def _holding(self, name: str, letters: str) -> Numbers:
        """The entities whose text has these letters in it."""
        texts = self._stored.texts(name)
        return _places(texts.first, texts.data.tobytes(), letters.encode())

    def _having(self, word: str) -> Numbers:
        """The entities that have a word which begins with this one, or is spelt like it."""
        words = self._words
        first, members = (
            self._stored.array(f"search.having.{name}") for name in ("first", "members")
        )
        place = stop = bisect_left(words, word)
        while stop < len(words) and words[stop].startswith(word):
            stop += 1
        near = self._near(word, words, len(word) // _FORGIVEN)
        numbers = np.union1d(np.arange(place, stop), near).astype(np.int64)
        return np.unique(members[arrays.ragged(first[numbers], np.diff(first)[numbers])])

    @staticmethod
    def _near(word: str, texts: Sequence[str], edits: int) -> Numbers:
        """The places of texts at most so many edits away."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        matches = process.extract(word, texts, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return np.array([place for *_, place in matches], np.int64)


def holding(records: Texts, text: str) -> Numbers:
    """The numbers of records, which are JSON, that have a text in them, whatever the case of ASCII.

    Of a text with other letters every record is one.
    """
    if not text.isascii():
        return np.arange(len(records))
    wanted = json.dumps(text)[1:-1].lower().encode()
    return _places(records.first, records.data.tobytes().lower(), wanted)


def _places(first: Numbers, data: bytes, wanted: bytes) -> Numbers:
    """The numbers of the texts, one behind the other in the data, that have these bytes."""
    places, at = [], data.find(wanted)
    while at >= 0:
        place = int(np.searchsorted(first, at, side="right")) - 1
        places.append(place)
        at = data.find(wanted, int(first[place + 1]))  # once for each
    return np.array(places, np.int64)


def _forms(typed: Spelling) -> list[Form]:
    return list({id(form): form for form in (typed.plain, typed.american, typed.short)}.values())
