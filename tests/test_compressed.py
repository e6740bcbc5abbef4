"""Compressed files are read as what is in them, within bounds; and made alike everywhere."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trabecula import compressed, files
from trabecula.errors import FormatError
from trabecula.leftover import Leftovers

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def test_a_file_that_unfolds_to_hundreds_of_times_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"x" * (100 << 20)))
    with pytest.raises(FormatError) as caught:
        files.read_bytes(path)
    assert str(caught.value) == (
        f"{path}: the file unfolds to more than 200 times its size: "
        "look at it, and unfold it with gunzip first"
    )


def test_a_file_that_unfolds_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"x" * 1000))
    assert files.read_bytes(path, limit=1000) == b"x" * 1000
    with pytest.raises(FormatError) as caught:
        files.read_bytes(path, limit=999)
    assert str(caught.value) == (
        f"{path}: the file unfolds to more than 999 bytes: unfold it with gunzip first"
    )


def test_lines_of_a_compressed_file_come_before_all_of_it_is_unfolded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl.gz"
    long = random.Random(1).randbytes(300_000).hex().encode()  # noqa: S311
    path.write_bytes(gzip.compress(b"one\ntwo\n" + long)[:-6])
    monkeypatch.setattr(files, "read_bytes", None)
    rows = files.lines(path, Leftovers())
    assert [next(rows), next(rows)] == [(1, "one"), (2, "two")]
    with pytest.raises(FormatError, match="the file cannot be unfolded"):
        next(rows)


def test_a_file_that_was_made_to_fill_the_memory_is_refused_before_its_first_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.sif.gz"
    path.write_bytes(gzip.compress(b"A pp B\n" * (6 << 20)))
    with pytest.raises(FormatError, match="the file unfolds to more than 200 times its size"):
        next(files.lines(path, Leftovers()))


def test_the_lines_of_a_compressed_file_that_is_cut_short_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"one\ntwo\n")[:-6])
    with pytest.raises(FormatError, match="the file cannot be unfolded: compress it anew"):
        list(files.lines(path, Leftovers()))


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 5000])
def test_what_is_compressed_unfolds_to_what_it_was(data: bytes) -> None:
    assert gzip.decompress(compressed.gzipped(data)) == data


def test_what_is_compressed_names_neither_time_nor_system() -> None:
    assert compressed.gzipped(b"x")[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", zstd.compress)],
)
def test_what_others_compress_is_read_whatever_it_is_called(
    suffix: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    packed = pack(b"one\n") + pack(b"two\n")
    for name in (f"a.tsv.{suffix}", "a.tsv"):
        path = tmp_path / name
        path.write_bytes(packed)
        assert files.read_bytes(path) == b"one\ntwo\n"
        assert list(files.lines(path, Leftovers())) == [(1, "one"), (2, "two")]


@pytest.mark.parametrize(
    ("suffix", "program", "pack"),
    [
        ("bz2", "bunzip2", bz2.compress),
        ("xz", "unxz", lzma.compress),
        ("zst", "unzstd", zstd.compress),
    ],
)
def test_what_others_compress_is_refused_where_it_is_too_much_or_damaged(
    suffix: str, program: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(pack(b"x" * (100 << 20)))
    with pytest.raises(FormatError) as caught:
        files.read_bytes(path)
    assert str(caught.value) == (
        f"{path}: the file unfolds to more than 200 times its size: "
        f"look at it, and unfold it with {program} first"
    )
    for damaged in (pack(b"one\n" * 1000)[:-9], b"no such file", b""):
        path.write_bytes(damaged)
        with pytest.raises(FormatError) as caught:
            files.read_bytes(path)
        assert str(caught.value) == f"{path}: the file cannot be unfolded: compress it anew"
