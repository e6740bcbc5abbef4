"""A function that runs without the collector of garbage leaves it as it was."""

from __future__ import annotations

import gc

import pytest

from trabecula.uncollected import uncollected


@pytest.mark.parametrize("before", [True, False])
def test_the_collector_of_garbage_is_left_as_it_was(before: bool) -> None:
    @uncollected
    def seen(*, fails: bool) -> bool:
        if fails:
            raise ZeroDivisionError
        return gc.isenabled()

    was = gc.isenabled()
    try:
        (gc.enable if before else gc.disable)()
        assert seen(fails=False) is False
        with pytest.raises(ZeroDivisionError):
            seen(fails=True)
        assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()
