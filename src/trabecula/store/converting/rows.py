"""The rows of a file of KGX while they are written: the text of a kind, filled in with columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import zip_longest
from json.encoder import encode_basestring
from typing import Any, Final

import numpy as np

from trabecula import associations
from trabecula.associations import Slots
from trabecula.formats import kgx
from trabecula.store import layout
from trabecula.store.incoming import Numbers
from trabecula.store.opening import Store

#: Rows that are written at once: few enough for a cache.
SLICE: Final = 1 << 13
#: What stands for id, subject, object, sources and words of a statement in the text of its kind:
#: letters that no record may have, and no format writes otherwise.
MARKS: Final = "\ue0f1\ue0f2\ue0f3\ue0f4\ue0f5"
#: What JSON writes otherwise than it is.
_ESCAPED: Final = r'["\\\x00-\x1f]'


class Rows:
    """The rows of one of the two files while they are written.

    The text of a kind stands between the marks; rows of a kind have their own at these.
    """

    def __init__(self, store: Store, syntax: str, table: str) -> None:
        self.store, self.syntax, self.pa = store, syntax, layout.arrow()
        self.first = kgx.FIRST[table]
        self.names: list[str] = []  # of the columns of a table
        #: The same of a row of JSON, by its slots as they came.
        self._names_of: dict[tuple[str, ...], list[str]] = {}
        #: What stands between members of a list.
        self.between = '", "' if syntax == "jsonl" else "|"

    def header(self, rows: Iterable[Slots]) -> bytes:
        """The line of names for a table whose rows have these slots."""
        self.names = associations.columns([*rows], self.first) or [*self.first]
        return ("\t".join(self.names) + "\n").encode()

    def line(self, slots: Slots) -> str:
        """The line of a row."""
        if self.syntax == "tsv":
            return f"{kgx.row_of_table(slots, self.names)}\n"
        names = self._names_of.get(tuple(slots))
        if names is None:
            names = self._names_of[tuple(slots)] = associations.columns([slots], self.first)
        return f"{kgx.row_of_json(slots, names)}\n"

    def parts(self, marked: Slots | None) -> tuple[str, ...]:
        """The text of a kind between its marks; empty before a mark that it has not."""
        rest = self.line(marked) if marked else ""
        parts = []
        for mark in MARKS:
            before, mark_there, behind = rest.partition(mark)
            parts.append(before if mark_there else "")
            rest = behind if mark_there else rest
        return (*parts, rest)

    def around(self, parts: Iterable[tuple[str, ...]]) -> list[Any]:
        """The parts of all kinds, turn by turn: as one text, or as an array with that of each."""
        pa = self.pa
        return [
            pa.array(texts, pa.string()) if len({*texts}) > 1 else pa.scalar(texts[0], pa.string())
            for texts in zip(*parts, strict=True)
        ]

    def rows(
        self, around: Sequence[Any], kind: Numbers, own: Sequence[Any], alone: dict[int, str]
    ) -> memoryview:
        """Rows of these kinds with their own texts at the marks; some are known as a whole."""
        pa, of_kind = self.pa, self.pa.array(kind)
        turns: list[Any] = []
        for texts, between in zip_longest(around, own):
            turns.append(texts.take(of_kind) if isinstance(texts, pa.Array) else texts)
            if between is not None:
                turns.append(between)
        lines = pa.compute.binary_join_element_wise(*turns, "")
        if alone:
            mask = np.zeros(len(kind), bool)
            mask[[*alone]] = True
            whole = pa.array([*alone.values()], pa.string())
            lines = pa.compute.replace_with_mask(lines, pa.array(mask), whole)
        return _joined(lines)

    def cells(self, texts: Any) -> Any:
        """Texts as they stand in a row, without what is around them."""
        if self.syntax == "tsv" or not _has_escaped(texts):
            return texts
        escaped = self.pa.compute.match_substring_regex(texts, _ESCAPED)
        return self._changed(texts, np.asarray(escaped), _in_json)

    def members(self, texts: Any) -> Any:
        """The same of members of lists."""
        if self.syntax == "jsonl":
            return self.cells(texts)
        return self.pa.compute.replace_substring(texts, "|", "/")

    def curies(self, names: Any, space: str) -> Any:
        """Identifiers with a prefix each."""
        bare = ~np.asarray(self.pa.compute.match_substring(names, ":"))
        return self._changed(names, bare, partial(associations.curie, space=space))

    def _changed(self, texts: Any, marked: Numbers, change: Callable[[str], str]) -> Any:
        if not marked.any():
            return texts
        changed = texts.to_pylist()
        for place in np.flatnonzero(marked).tolist():
            changed[place] = change(changed[place])
        return self.pa.array(changed, self.pa.string())


def _has_escaped(texts: Any) -> bool:
    """Whether a sign stands anywhere in texts that JSON writes otherwise than it is."""
    if not len(texts):
        return False
    signs = np.frombuffer(_joined(texts), np.uint8)
    quotes = (signs == ord('"')) | (signs == ord("\\"))
    return bool(signs.min(initial=ord(" ")) < ord(" ") or quotes.any())


def _in_json(text: str) -> str:
    return encode_basestring(text)[1:-1]


def _joined(texts: Any) -> memoryview:
    """The bytes of texts of Arrow, one after the other."""
    _, offsets, data = texts.buffers()
    first = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return memoryview(data or b"")[int(first[0]) : int(first[-1])]
