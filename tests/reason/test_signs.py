"""Signs of chains."""

from __future__ import annotations

from trabecula.reason.signs import compose


def test_signs_multiply_and_one_unknown_makes_all_unknown() -> None:
    assert [compose(signs) for signs in ([], [1, -1], [-1, -1], [1, 0, -1])] == [1, -1, 1, 0]
