"""What threads make comes in order, so does its error, and none of them stays."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from trabecula.store.threads import ahead, side_by_side


def test_what_a_thread_makes_ahead_comes_in_order_and_so_does_its_error() -> None:
    coming = ahead(6 // n for n in (3, 2, 1, 0))
    assert [next(coming), next(coming), next(coming)] == [2, 3, 6]
    with pytest.raises(ZeroDivisionError):
        next(coming)
    assert list(ahead(iter("abc"))) == ["a", "b", "c"]


def test_what_is_made_side_by_side_comes_in_the_order_of_its_parts() -> None:
    later = threading.Event()

    def made(part: int) -> int:
        if part == 0:
            assert later.wait(60)  # which only another thread can set
        later.set()
        return part

    assert list(side_by_side(made, range(9))) == [*range(9)]
    assert list(side_by_side(made, ())) == []


def test_an_error_comes_in_its_turn_and_no_thread_stays() -> None:
    before, made = threading.active_count(), []

    def make(part: int) -> int:
        made.append(part)
        return 6 // part

    coming = side_by_side(make, (3, 2, 0, *range(1, 99)))
    assert [next(coming), next(coming)] == [2, 3]
    with pytest.raises(ZeroDivisionError):
        next(coming)
    assert threading.active_count() == before
    assert len(made) <= 6


def test_who_takes_no_more_has_no_more_made() -> None:
    before, made = threading.active_count(), []
    coming = side_by_side(made.append, range(99))
    next(coming)
    assert isinstance(coming, Generator)
    coming.close()
    assert threading.active_count() == before
    assert len(made) <= 4
