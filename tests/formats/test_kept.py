"""The shipped graph is kept in the user's cache, and is the same with it and without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from trabecula import kept
from trabecula import shipped as content
from trabecula.columns import Columns
from trabecula.formats import curated
from trabecula.graph import Graph
from trabecula.model import Statement


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for graphs, not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "trabecula" / "graphs"


@pytest.fixture(scope="module")
def written(covering: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all that any record of the shipped graph says in a way of its own."""
    folder = tmp_path_factory.mktemp("written") / "graph"
    curated.write(covering, folder)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return Path(shutil.copytree(written, tmp_path / "graph"))


class Reader:
    """Reads a folder, and counts how often."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.times = folder, 0

    def __call__(self) -> tuple[Graph, bool]:
        """The graph, of which nothing is left out."""
        self.times += 1
        return Graph(curated.read(self.folder)), True


def test_what_was_read_once_is_not_read_again_and_is_the_same(cache: Path, folder: Path) -> None:
    read = Reader(folder)
    first, again = kept.graph(folder, read), kept.graph(folder, read)
    assert read.times == 1
    assert list(first) == list(again)
    assert (first.about, tuple(first.statements)) == (again.about, tuple(again.statements))
    assert first == Graph(again)
    assert repr(list(first)) == repr(list(again))


def test_what_is_kept_of_each_statement_is_what_follows_from_it(shipped: Graph) -> None:
    """Each column that the file has is the one that a graph works out, and so are prefixes."""
    again = kept.loads(kept.dumps(shipped))
    filled = set(vars(again.columns)) & {
        name for name, value in vars(Columns).items() if isinstance(value, cached_property)
    }
    assert {"_ends", "predicates", "topics", "negated", "signs", "statuses"} < filled
    for name in (*sorted(filled), "entities", "categories", "followed"):
        assert getattr(again.columns, name) == getattr(shipped.columns, name), name
    assert list(again.columns.ids) == list(shipped.columns.ids)
    assert again.spaces == shipped.spaces


def test_a_record_is_made_when_it_is_looked_at(
    shipped: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    read = kept._statement

    def told(record: dict[str, Any]) -> Statement:
        made.append(record["object"])
        return read(record)

    monkeypatch.setattr(kept, "_statement", told)
    again = kept.loads(kept.dumps(shipped))
    again.find("PTH"), again.columns.followed, again.influence.arcs
    assert made == []
    assert again.out("pth") == shipped.out("pth")
    assert len(made) == len(shipped.out("pth"))


def test_commands_on_the_whole_keep_it(cache: Path) -> None:
    runs = [
        subprocess.run([sys.executable, "-m", "trabecula", *words], capture_output=True, check=True)
        for words in (["show", "PTH"], ["show", "PTH"])
    ]
    (file,) = cache.glob("*.json")
    _, _, body = file.read_bytes().partition(b"\n")
    assert kept.loads(body) == Graph(curated.read(content.graph()))
    assert runs[0].stdout == runs[1].stdout != b""
    assert runs[0].stderr == runs[1].stderr


def test_a_change_of_the_folder_is_read(cache: Path, folder: Path) -> None:
    read = Reader(folder)
    entity = next(iter(kept.graph(folder, read).entities.values()))
    table = folder / "entities.tsv"
    table.write_text(table.read_text("utf-8").replace(f"\t{entity.name}\t", "\tanother name\t"))
    assert kept.graph(folder, read).entities[entity.id].name == "another name" != entity.name


def test_a_table_under_another_name_is_another_folder(cache: Path, folder: Path) -> None:
    read = Reader(folder)
    kept.graph(folder, read)
    (folder / "statements" / "pth.tsv").rename(folder / "statements" / "parathyroid.tsv")
    kept.graph(folder, read)
    assert read.times == 2


def test_what_other_code_read_is_not_used(
    cache: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Reader(folder)
    kept.graph(folder, read)
    package = tmp_path / "package"
    package.mkdir()
    (package / "regular.py").write_text("code of another release")
    monkeypatch.setattr(kept, "_PACKAGE", package)
    kept.graph(folder, read)
    assert read.times == 2


def test_what_changed_while_it_was_read_is_not_kept(cache: Path, folder: Path) -> None:
    def read() -> tuple[Graph, bool]:
        graph = Graph(curated.read(folder))
        (folder / "README.md").write_text("changed meanwhile")
        return graph, True

    kept.graph(folder, read)
    assert not cache.exists()


def test_what_left_something_out_is_not_kept(cache: Path, folder: Path) -> None:
    kept.graph(folder, lambda: (Graph(curated.read(folder)), False))
    assert not cache.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-3],
        lambda data: data.replace(b"disputes", b"supports"),
        lambda data: data.partition(b"\n")[2],
    ],
)
def test_a_damaged_file_counts_for_nothing_and_is_replaced(
    cache: Path, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    read = Reader(folder)
    wanted = kept.graph(folder, read)
    (file,) = cache.glob("*.json")
    whole = file.read_bytes()
    assert damage(whole) != whole
    file.write_bytes(damage(whole))
    assert kept.graph(folder, read) == wanted
    assert read.times == 2
    assert file.read_bytes() == whole


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null"])
def test_where_nothing_can_be_kept_nothing_is(
    place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    read = Reader(folder)
    assert kept.graph(folder, read) == kept.graph(folder, read)
    assert read.times == 2
