"""The RDF of a store is that of the graph, made once, and read by several at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from trabecula import formats, sparql
from trabecula.errors import OutputError, VocabularyError
from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.store import rdf as made
from trabecula.store.loading import load
from trabecula.store.opening import Store, opened
from trabecula.vocabulary import PREDICATES


@pytest.fixture
def store(places_of_covering: dict[str, Path], tmp_path: Path) -> Store:
    shutil.copytree(places_of_covering["store"] / "graph.json", tmp_path / "s")
    shutil.rmtree(tmp_path / "s" / "rdf", ignore_errors=True)
    return opened(tmp_path / "s")


def place_of(store: Store, mode: str = "") -> Path:
    return made.place(store.stored, store, store.part, mode)


@pytest.fixture(scope="module")
def quads(covering: Graph) -> frozenset[ox.Quad]:
    """The RDF of the graph in memory."""
    return frozenset(rdf.quads(covering))


def test_the_portions_in_which_it_is_made_are_together_the_rdf_of_the_graph(
    store: Store,
    covering: Graph,
    quads: frozenset[ox.Quad],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(made, "_PORTION", 30)
    whole = "".join(made._full(store, store.part)).encode("utf-8")
    assert set(ox.parse(whole, format=ox.RdfFormat.N_QUADS)) == quads
    assert dict(store.spaces) == dict(covering.spaces)


def test_plain_triples_alone_are_made_where_that_is_asked_for(
    store: Store, quads: frozenset[ox.Quad]
) -> None:
    place = place_of(store, "direct")
    before = place.stat().st_ino
    reader, other = ox.Store.read_only(str(place)), ox.Store.read_only(str(place))
    direct = set(reader)
    assert direct < quads
    assert set(other) == direct
    own = {f"https://w3id.org/trabecula/ontology#{name}" for name in PREDICATES}
    plain = {q for q in quads if q.predicate.value in own and q.graph_name == ox.DefaultGraph()
             and "/statement/" not in q.subject.value and "/evidence/" not in q.subject.value
             and isinstance(q.object, ox.NamedNode)}  # fmt: skip
    assert plain <= direct
    assert not any("/statement/" in quad.subject.value for quad in direct)
    assert place_of(store) == place
    store.rdf_mode = "direct"
    asked = sparql.query(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    ((count,),) = asked.rows
    assert isinstance(count, ox.Literal)
    assert int(count.value) == len(direct)
    assert place.stat().st_ino == before


def test_another_kind_of_rdf_is_refused(store: Store) -> None:
    with pytest.raises(VocabularyError, match="ful"):
        place_of(store, "ful")


def test_a_store_that_another_one_replaced_writes_nothing_into_that(
    store: Store, tmp_path: Path
) -> None:
    other = Graph([Statement(subject="a", predicate="increases", object="b")])
    (tmp_path / "other.nq").write_bytes(formats.render(other, "nq"))
    load([tmp_path / "other.nq"], tmp_path / "s")
    with pytest.raises(OutputError, match=r"s was loaded anew since it was opened; open it again$"):
        place_of(store, "direct")
    assert not (tmp_path / "s" / "rdf").exists()
    assert sparql.query(opened(tmp_path / "s"), "ASK { entity:a tb:increases entity:b }").answer
