"""Columns on the disk are read as they were written, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trabecula.store import arrays, layout
from trabecula.store.arrays import Column, TextColumn, Texts


def mapped(path: Path) -> arrays._Numbers:
    with path.open("rb") as stream:
        return arrays.mapped(stream.fileno(), str(path))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(portions=st.lists(st.lists(st.sampled_from([b"", b"a", "é".encode()]), max_size=3)))
def test_texts_are_read_as_they_were_written_empty_ones_too(
    portions: list[list[bytes]], tmp_path: Path
) -> None:
    column = TextColumn(tmp_path, "x")
    for portion in portions:
        column.add(portion)
    column.close()
    texts = Texts(mapped(tmp_path / "x.bytes.npy"), mapped(tmp_path / "x.first.npy"))
    assert [*map(texts.raw, range(len(texts)))] == [text for some in portions for text in some]


def test_zeros_stand_between_numbers_and_at_the_end(tmp_path: Path) -> None:
    column = Column(tmp_path / "x.npy", "i4", 2)
    column.zeros(1)
    column.add([[1, 2]])
    column.zeros(2)
    column.close()
    assert np.load(tmp_path / "x.npy").tolist() == [[0, 0], [1, 2], [0, 0], [0, 0]]


def test_numbers_that_were_let_go_are_there_when_they_are_asked_for(tmp_path: Path) -> None:
    written = np.arange(100_000)
    arrays.write(tmp_path / "x.npy", written, "i8")
    numbers, own = mapped(tmp_path / "x.npy"), written.copy()
    for values in (numbers, numbers.reshape(-1, 2), numbers[7:], own):
        arrays.let_go(values)
    assert np.array_equal(numbers, written)
    assert np.array_equal(own, written)


def test_arrow_has_its_memory_from_where_it_had_it_once_a_command_is_over() -> None:
    before = pa.default_memory_pool().backend_name
    with layout.frugal():
        assert pa.default_memory_pool().backend_name == "system"
    assert pa.default_memory_pool().backend_name == before
