"""Rows of Parquet files, and back, through pyarrow: tables that data frames and databases hold."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from trabecula.counted import counted
from trabecula.errors import FormatError, MissingExtra, Problem

#: What a file of Parquet begins with.
MAGIC: Final = b"PAR1"
#: So many rows are read at once.
_ROWS: Final = 1 << 13
#: The most that a group of rows may unfold to, in bytes: as it says of itself.
_MOST: Final = 1 << 30
#: Cells may unfold to so many times the size of the file, as texts of compressed files may, and to
#: so many bytes at least.
_TIMES: Final = 200
_LEAST: Final = 1 << 20


def _arrow() -> Any:
    """Pyarrow with its Parquet. Raises `MissingExtra` where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("store", "Parquet") from error
    return pyarrow


def table(data: bytes, where: str) -> tuple[list[str], Iterator[tuple[int, dict[str, Any]]]]:
    """The columns of a table, and of each row its number, from 1, and the cells that have a value.

    Raises `FormatError` for bytes that are no Parquet, also while rows are read, and `MissingExtra`
    without pyarrow.
    """
    arrow = _arrow()
    with _told(arrow, where):
        file = arrow.parquet.ParquetFile(io.BytesIO(data))
        _check(file.metadata, where)
        most = max(_LEAST, _TIMES * len(data))
        return file.schema_arrow.names, _rows(arrow, file, where, most)


def _rows(arrow: Any, file: Any, where: str, most: int) -> Iterator[tuple[int, dict[str, Any]]]:
    number = unfolded = 0
    names = file.schema_arrow.names
    with _told(arrow, where):
        for batch in file.iter_batches(_ROWS, use_threads=False):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                unfolded += sum(len(cell) for cell in cells if isinstance(cell, str))
                if unfolded > most:
                    what = f"its rows unfold to more than {_TIMES} times the size of the file"
                    fix = "look at it in a data frame"
                    raise FormatError([Problem("too-large", where, what, fix)])
                pairs = zip(names, cells, strict=True)
                yield number, {name: cell for name, cell in pairs if cell is not None}


@contextmanager
def _told(arrow: Any, where: str) -> Iterator[None]:
    """What pyarrow says of bytes that it cannot read, as an error of ours."""
    try:
        yield
    except (arrow.ArrowException, OSError) as error:
        what = f"this is no sound file of Parquet: {str(error).splitlines()[0]:.200}"
        raise FormatError([Problem("parquet-syntax", where, what, "write it anew")]) from error


def _check(metadata: Any, where: str) -> None:
    groups = range(metadata.num_row_groups)
    largest = max((metadata.row_group(group).total_byte_size for group in groups), default=0)
    if largest > _MOST:
        what = f"a group of rows unfolds to {counted(largest, 'byte')}"
        fix = f"write groups of at most {_MOST:,} bytes"
        raise FormatError([Problem("parquet-size", where, what, fix)])


def written(table: Iterable[Mapping[str, Any]], names: Sequence[str], lists: set[str]) -> bytes:
    """A table with these columns as a file: texts, truths, and lists of texts where named so.

    Raises `MissingExtra` without pyarrow.
    """
    arrow = _arrow()
    rows = list(table)
    columns = {}
    for name in names:
        cells = [row.get(name) for row in rows]
        truths = any(isinstance(cell, bool) for cell in cells)
        single = arrow.bool_() if truths else arrow.string()
        kind = arrow.list_(arrow.string()) if name in lists else single
        columns[name] = arrow.array(cells, kind)
    stream = io.BytesIO()
    arrow.parquet.write_table(arrow.table(columns), stream, compression="zstd")
    return stream.getvalue()
