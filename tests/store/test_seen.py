"""A store through a lens is what the graph in memory is through it, made by columns."""

from __future__ import annotations

import errno
import gc
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Review, Source, Statement
from trabecula.store import seen
from trabecula.store.loading import load
from trabecula.store.opening import Store, opened


@pytest.fixture(autouse=True)
def by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "FEW", 0)


LENSES: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("measured",), ()),
    (("measured", "human"), ()),
    (("read",), ("PMID:9709941",)),
    ((), ("PMID:9709941",)),
    ((), ("PMID:9709941", "PMID:16258960")),
    (("rat",), ()),
    (("randomised-trial",), ()),
]


@pytest.mark.parametrize(("trust", "without"), LENSES, ids=str)
def test_a_store_shows_through_a_lens_what_memory_shows(
    trust: tuple[str, ...],
    without: tuple[str, ...],
    places_of_part: dict[str, Path],
    part: Graph,
    same: Callable[[Graph, Graph], None],
) -> None:
    store = opened(places_of_part["store"] / "graph.json").through(*trust, without=without)
    assert isinstance(store, Store)
    graph = part.through(*trust, without=without)
    assert 0 < len(graph) < len(part) or without
    same(graph, store)
    reviews = [[s.reviews for s in each.statements.values()] for each in (store, graph)]
    assert reviews[0] == reviews[1]
    assert store.columns.hows == graph.columns.hows


def made(tmp_path: Path) -> tuple[Graph, Store]:
    """A graph with what a lens has to see to, and the same as a store."""
    first, second = Evidence(source="PMID:1", strength="direct"), Evidence(source="doi:10.5555/2")
    whole = Statement(subject="a", predicate="increases", object="b", evidence=(first, second))
    read = Review(date="2026-01-01", kind="against-source", reader="me", rows=whole.digest)
    graph = Graph(
        [
            *(Entity(id=key, name=key, category="process") for key in "abcd"),
            Source(id="PMID:1"),
            Source(id="PMID:2", xrefs=("doi:10.5555/2",)),
            Source(id="doi:10.5555/2"),
            Statement(
                subject="a", predicate="increases", object="b", evidence=(first, second),
                reviews=(read,),
            ),
            Statement(subject="b", predicate="decreases", object="c", evidence=(second,)),
            Statement(subject="c", predicate="requires", object="d"),
            Statement(subject="c", predicate="part_of", object="unseen", evidence=(second,)),
        ]
    )  # fmt: skip
    import trabecula as tb

    tb.write(graph, tmp_path / "graph.json")
    load([tmp_path / "graph.json"], tmp_path / "graph.trabecula")
    return graph, opened(tmp_path / "graph.trabecula")


@pytest.mark.parametrize("without", ["PMID:1", "PMID:2", "doi:10.5555/2"])
def test_a_paper_goes_under_each_of_its_names_and_what_was_read_of_the_rest_stays(
    without: str, tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    graph, store = made(tmp_path)
    left = store.through(without=[without])
    same(graph.through(without=[without]), left)
    assert len(left) == (3 if without == "PMID:1" else 1)
    (cut,) = (s for s in left.statements.values() if s.object == "b")
    assert [review.rows for review in cut.reviews] == [cut.digest]


def test_an_unknown_source_or_kind_of_evidence_is_not_found(tmp_path: Path) -> None:
    _, store = made(tmp_path)
    with pytest.raises(NotFound, match="unknown source 'PMID:3'"):
        store.through(without=["PMID:3"])
    with pytest.raises(NotFound, match="unknown kind of evidence 'hearsay'"):
        store.through("hearsay")


def test_the_files_of_what_is_seen_go_with_its_graph(tmp_path: Path) -> None:
    _, store = made(tmp_path)
    left = store.through(without=["PMID:1"])
    assert isinstance(left, Store)
    folder = left.stored.folder.parent
    assert folder.is_dir()
    del left
    gc.collect()
    assert not folder.exists()
    assert len(store) == 4


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which what is temporary is made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_what_a_killed_program_has_left_goes_with_the_next_and_what_another_holds_stays(
    tmp_path: Path, temporary: Path
) -> None:
    _, store = made(tmp_path)
    killed = (
        "import os, signal, sys, tempfile\n"
        "from trabecula.store import opening, seen\n"
        "tempfile.tempdir, seen.FEW = sys.argv[2], 0\n"
        "left = opening.opened(sys.argv[1]).through(without=['PMID:1'])\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    subprocess.run(
        [sys.executable, "-c", killed, str(tmp_path / "graph.trabecula"), str(temporary)],
        check=False,
    )
    (leftover,) = temporary.iterdir()
    first, second = (store.through(without=[paper]) for paper in ("PMID:1", "PMID:2"))
    assert not leftover.exists()
    assert isinstance(first, Store)
    assert isinstance(second, Store)
    folders = [store.stored.folder.parent for store in (first, second)]
    assert sorted(temporary.iterdir()) == sorted(folders)


def test_a_full_disk_is_named_and_nothing_is_left(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, store = made(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(seen, "_into", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        store.through(without=["PMID:1"])
    assert caught.value.filename == str(temporary)
    assert not any(temporary.iterdir())
