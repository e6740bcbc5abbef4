"""Places are kept in the user's cache, and are the same with it and without."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from trabecula.picture import kept, layout

SIZES = {"b": (60, 24), "a": (80, 24), "c": (40, 42), "d": (40, 24)}
LINKS = [("b", "a"), ("a", "b"), ("c", "b"), ("c", "c")]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for places, not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "trabecula" / "places"


def test_what_was_worked_out_once_is_not_worked_out_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept.positions(SIZES, LINKS)
    assert first == layout.positions(SIZES, LINKS)
    monkeypatch.delattr(layout, "positions")
    shuffled = [(b, a) for a, b in reversed(LINKS)]
    again = kept.positions(dict(reversed(SIZES.items())), iter(shuffled))
    assert again == first
    assert list(again) == list(reversed(SIZES))


@pytest.mark.parametrize(
    ("sizes", "links"),
    [
        ({**SIZES, "a": (82, 24)}, LINKS),
        ({**SIZES, "e": (40, 24)}, LINKS),
        (SIZES, [*LINKS, ("a", "c")]),
        (SIZES, LINKS[1:2]),
    ],
)
def test_other_boxes_or_links_have_places_of_their_own(
    cache: Path, sizes: dict[str, tuple[int, int]], links: list[tuple[str, str]]
) -> None:
    kept.positions(SIZES, LINKS)
    assert kept.positions(sizes, links) == layout.positions(sizes, links)
    assert len(list(cache.iterdir())) == 2


def test_what_other_code_placed_is_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.positions(SIZES, LINKS)
    monkeypatch.setattr(kept, "PLACING", kept.PLACING[1:])
    kept.positions(SIZES, LINKS)
    assert len(list(cache.iterdir())) == 2


def test_all_code_that_places_is_part_of_the_key() -> None:
    folder, modules = Path(layout.__file__).parent, {"layout.py"}
    imported = re.compile(
        rf"^from {layout.__package__}(?: import (.+)|\.(\w+) import .+)$", re.MULTILINE
    )
    for name in kept.PLACING:
        for several, single in imported.findall((folder / name).read_text("utf-8")):
            modules |= {f"{module}.py" for module in (several or single).split(", ")}
    assert modules == set(kept.PLACING)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-3],
        lambda data: data.replace(b"[[", b"[[1"),
        lambda data: data.partition(b"\n")[2],
        lambda data: b"\xff" + data,
    ],
)
def test_a_damaged_file_counts_for_nothing_and_is_replaced(
    cache: Path, damage: Callable[[bytes], bytes]
) -> None:
    wanted = kept.positions(SIZES, LINKS)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert kept.positions(SIZES, LINKS) == wanted
    assert file.read_bytes() == whole


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null"])
def test_where_nothing_can_be_kept_nothing_is(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert kept.positions(SIZES, LINKS) == layout.positions(SIZES, LINKS)


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert kept.folder() is None
    assert kept.positions(SIZES, LINKS) == layout.positions(SIZES, LINKS)


def test_a_relative_cache_folder_is_not_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert kept.folder() == Path.home() / ".cache" / "trabecula" / "places"


def test_only_so_many_are_kept_and_those_used_last(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(3):
        kept.positions({"a": (40 + 2 * number, 24)}, [])
    for number, file in enumerate(sorted(cache.iterdir())):
        os.utime(file, (number, number))
    oldest, *others = sorted(cache.iterdir())
    kept.positions(SIZES, LINKS)
    assert not oldest.exists()
    assert len(list(cache.iterdir())) == 3
    assert all(file.exists() for file in others)
