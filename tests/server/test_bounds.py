"""An answer is watched while it is written: its rows are counted in every syntax."""

from __future__ import annotations

import io
from typing import IO, cast

import pyoxigraph as ox
import pytest

from trabecula.server.bounds import Bounded, TooManyRows, Unwritable
from trabecula.sparql.worker import TooLarge

#: Texts that look like the marks of rows, in every syntax.
TRICKS = ['a\n"b"\r\nc', '},{"x":{"type":', '[{"a":{"type":"uri"}}]', "<result>", ",{", '"', "\t\n"]
KINDS = {"json": "JSON", "xml": "XML", "csv": "CSV", "tsv": "TSV"}


class _InPieces:
    """A stream that is written to a few bytes at a time, as an engine might."""

    def __init__(self, inner: Bounded, size: int) -> None:
        self._inner, self._size = inner, size

    def write(self, data: bytes) -> int:
        for start in range(0, len(data), self._size):
            self._inner.write(data[start : start + self._size])
        return len(data)

    def flush(self) -> None:
        self._inner.flush()


def _written(syntax: str, most: int, size: int) -> None:
    store = ox.Store()
    for number in range(40):
        for trick in TRICKS:
            store.add(ox.Quad(ox.NamedNode(f"a:{number}"), ox.NamedNode("a:p"), ox.Literal(trick)))
    rows = store.query("SELECT ?a ?o ?none { ?a a:p ?o }", prefixes={"a": "a:"})
    stream = _InPieces(Bounded(io.BytesIO(), syntax, most), size)
    kind = getattr(ox.QueryResultsFormat, KINDS[syntax])
    rows.serialize(cast("IO[bytes]", stream), format=kind)


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("syntax", list(KINDS))
def test_rows_are_counted_exactly(syntax: str, size: int) -> None:
    rows = 40 * len(TRICKS)
    _written(syntax, rows, size)
    with pytest.raises(TooManyRows):
        _written(syntax, rows - 1, size)


def test_bytes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trabecula.server.bounds.MAX_ANSWER_BYTES", 10)
    bounded = Bounded(io.BytesIO(), "nt", 1)
    bounded.write(b"1234567890")
    with pytest.raises(TooLarge):
        bounded.write(b"1")


@pytest.mark.parametrize("data", [b"a\x01b", b"\x00", "\uffff".encode()])
def test_what_xml_cannot_hold_is_no_xml(data: bytes) -> None:
    with pytest.raises(Unwritable, match=r"U\+"):
        Bounded(io.BytesIO(), "xml", 1).write(data)
    Bounded(io.BytesIO(), "json", 1).write(data)
