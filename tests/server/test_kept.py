"""What is kept: the last that was asked for, within bounds."""

from __future__ import annotations

from trabecula.server.kept import Kept, Made


def made(size: int) -> Made:
    return Made("text/plain", b"a" * size)


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept = Kept(most=4_000, largest=1_000)
    for name in "abc":
        kept.keep(name, made(700))
    assert kept.get("a") == made(700)
    kept.keep("d", made(700))
    assert [kept.get(name) is not None for name in "abcd"] == [True, False, True, True]


def test_what_is_large_is_not_kept_and_many_small_ones_are_bounded() -> None:
    kept = Kept(most=10_000, largest=1_000)
    kept.keep("large", made(1_001))
    assert kept.get("large") is None
    for number in range(100_000):
        kept.keep(str(number), made(0))
    assert 0 < len(kept) < 40
    assert kept.get("99999") == made(0)


def test_nothing_is_kept_where_nothing_may_be() -> None:
    kept = Kept(most=0, largest=0)
    kept.keep("a", made(0))
    assert len(kept) == 0


def test_what_is_kept_twice_counts_once() -> None:
    kept = Kept(most=1_200, largest=1_000)
    for _ in range(10):
        kept.keep("a", made(800))
    assert kept.get("a") == made(800)
