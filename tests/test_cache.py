"""What is kept in the user's cache is whole, and stays where somebody may have it open."""

from __future__ import annotations

from pathlib import Path

from trabecula import cache


def _made(text: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "a").write_text(text)


def test_a_folder_that_another_program_made_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.kind"

    def make(folder: Path) -> None:
        cache.made(path, lambda other: _made("first", other), 2)
        _made("second", folder)

    assert cache.made(path, make, 2) == path
    assert (path / "a").read_text() == "first"
    assert [one.name for one in tmp_path.iterdir()] == ["x.kind"]


def test_a_damaged_folder_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "x.kind"
    cache.made(path, lambda folder: _made("one", folder), 2)
    (path / "a").write_text("two")
    assert cache.made(path, lambda folder: _made("one", folder), 2) == path
    assert (path / "a").read_text() == "one"
