"""The index of names of a store: written by the load, spelt as everything else is compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trabecula as tb
from trabecula.graph import Graph
from trabecula.model import Entity, Xref
from trabecula.spelling import GREEK, INSIDE, SPELLINGS, spelling
from trabecula.store.loading import load
from trabecula.store.opening import Store, opened
from trabecula.store.write.search import spelt

#: What is spelt in a way of its own, beside any letters.
PIECES = st.sampled_from(
    [
        *(*GREEK, *GREEK.values(), *INSIDE), *(british for british, _ in SPELLINGS),
        *("lambdalpha", "NF", "25", "(OH)", "₂D", "é", "ß", "-", "_", " ", "  ", "\n", "\t", "Ж"),
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join)


@given(st.lists(TEXTS, max_size=8))
def test_many_texts_are_spelt_as_each_of_them_is(texts: list[str]) -> None:
    together = spelt(texts)
    assert [*map(len, (together.plain, together.american, together.short, together.sizes))] == 4 * [
        len(texts)
    ]
    words = iter(together.words.to_pylist())
    ways = [way.to_pylist() for way in together[:3]]
    for number, text in enumerate(texts):
        alone = spelling(text)
        forms = alone or ()
        letters = [way[number] for way in ways]
        assert letters == [form.letters for form in forms] or (alone is None and not any(letters))
        mine = tuple(next(words) for _ in range(together.sizes[number]))
        assert mine == (alone.american.words if alone else ())
    assert next(words, None) is None


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph(
        [
            Entity(id="a", name="N-terminal tail", category="protein", synonyms=("TNF α", "tail A")),
            Entity(id="b", name="tail B", category="protein", xrefs=(Xref("exact", "HGNC:11892"),)),
            Entity(id="c", name="tail-b 2", category="protein", description="An oestrogen receptor."),
            Entity(id="d", name="…", category="protein"),
        ]
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, graph: Graph) -> Store:
    root = tmp_path_factory.mktemp("index")
    tb.write(graph, root / "graph.json")
    load([root / "graph.json"], root / "graph.trabecula")
    return opened(root / "graph.trabecula")


@pytest.mark.parametrize(
    "text",
    ["tail", "tailb", "TAIL-B2", "tnf alpha", "TNF-a", "n terminl tail", "HGNC_11892", "estrogen", "b", "…"],
)  # fmt: skip
def test_a_store_finds_what_a_graph_finds(graph: Graph, store: Store, text: str) -> None:
    assert tb.search(store, text) == tb.search(graph, text)
    assert store.names.find(text) == graph.names.find(text)


def test_a_search_writes_nothing(store: Store) -> None:
    folder = store.stored.folder

    def files() -> list[Path]:
        return sorted(folder.rglob("*"))

    before = files()
    assert [hit.entity.id for hit in tb.search(store, "tnf alpha")] == ["a"]
    assert files() == before
