"""Sorting many rows by whole numbers is what sorting them one by one is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from trabecula.store.sorting import firsts, joint, order, order_of_digests, order_of_rows


@pytest.mark.parametrize("most", [1, 5, 1 << 30, 1 << 62])
def test_the_order_is_stable_whatever_the_size_of_the_numbers(most: int) -> None:
    key = np.random.default_rng(1).integers(0, most, 1000)
    assert order(key).tolist() == sorted(range(1000), key=lambda place: (key[place], place))
    assert order(key[:0]).tolist() == []


@pytest.mark.parametrize("most", [3, 1 << 24])
def test_rows_are_in_the_order_of_their_columns(most: int) -> None:
    rng = np.random.default_rng(2)
    columns = [rng.integers(7, 7 + most, 500) for _ in range(4)]
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    places, new = order_of_rows(columns)
    assert places.tolist() == sorted(range(500), key=lambda place: (rows[place], place))
    ordered = [rows[place] for place in places.tolist()]
    assert new.tolist() == [a != b for a, b in pairwise(ordered)]


def test_digests_that_begin_alike_are_told_apart_by_their_ends() -> None:
    rng = np.random.default_rng(3)
    digests = rng.integers(0, 256, (400, 16), dtype=np.uint8)
    digests[::3, :12] = digests[0, :12]
    digests[1::5, :8] = 255
    expected = sorted(range(400), key=lambda place: digests[place].tobytes())
    assert order_of_digests(digests).tolist() == expected
    assert order_of_digests(digests[:0]).tolist() == []


def test_where_groups_begin() -> None:
    assert firsts(np.array([0, 0, 2]), 4).tolist() == [0, 2, 2, 3, 3]
    assert firsts(np.zeros(0, np.int32), 1).tolist() == [0, 0]


def test_rows_have_one_number_where_all_columns_are_alike_however_large_these_are() -> None:
    """Numbers whose product has no room are counted through, and none becomes that of another."""
    large = np.array([0, 1, 2**16, 2**31 - 2, 2**31 - 1])
    columns = [np.random.default_rng(seed).choice(large, 2000) for seed in range(4)]
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    key = joint(columns, len(rows)).tolist()
    of_row = dict(zip(rows, key, strict=True))
    assert [of_row[row] for row in rows] == key
    assert len(set(key)) == len(set(rows))
    assert [row for _, row in sorted(zip(of_row.values(), of_row, strict=True))] == sorted(of_row)
