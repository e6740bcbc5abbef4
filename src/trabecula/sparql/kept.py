"""The RDF of the shipped graph, in an Oxigraph in the user's cache."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from trabecula import cache, progress
from trabecula.formats import rdf
from trabecula.graph import Graph

#: How many are kept, each of some fifteen megabytes: those used last.
MOST: Final = 2


def place(graph: Graph) -> Path | None:
    """The folder of an Oxigraph that holds the quads of a graph.

    Of a store it is its own, and of the shipped graph it is in the cache, both made when they are
    first asked for. None of any other graph, and where nothing can be kept.
    """
    if graph.kept is None:
        return graph.rdf()
    return cache.made(graph.kept.with_suffix(".oxigraph"), partial(_made, graph), MOST)


def _made(graph: Graph, folder: Path) -> None:
    import pyoxigraph as ox

    with progress.phase("making RDF"):
        quads = "".join(rdf.nquads(graph)).encode("utf-8")
        target = ox.Store(str(folder))
        target.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
        target.flush()
