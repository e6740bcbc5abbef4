"""The RDF of a store: an Oxigraph on the disk, made when it is first asked for.

`full` is what the graph says in RDF everywhere else: statements as nodes with their evidence, and a
nanopublication for each source. `direct` is the entities, and one triple for each statement that
may be repeated without its evidence. It lies in the folder of the store, and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from trabecula import progress, writing
from trabecula.errors import OutputError, VocabularyError
from trabecula.formats.rdf import model, nquads, rows, statements, terms
from trabecula.formats.rdf.templates import Lines, Terms
from trabecula.graph import Graph
from trabecula.misspelt import unknown
from trabecula.prefixes import ENTITY, ONTOLOGY
from trabecula.store import layout
from trabecula.store.incoming import Numbers
from trabecula.store.stored import Stored

#: What gives the graph of statements by their numbers.
Part: TypeAlias = Callable[[Numbers], Graph]

MODES: Final = layout.RDF_MODES
#: Statements whose RDF is made together.
_PORTION: Final = 20_000


def place(stored: Stored, graph: Graph, part: Part, mode: str = "") -> Path:
    """The folder of the Oxigraph of a store, which is made where it is not there yet.

    `graph` is the whole of it, which `part` gives in portions.
    Without a mode it is the one that is there, `full` before `direct`; where there is none, `full`.
    Raises `VocabularyError` for another mode, `OutputError` where another store has taken the place
    of the one that was opened, `OSError` where it cannot be written.
    """
    if mode and mode not in MODES:
        raise VocabularyError(unknown("kind of RDF", mode, MODES))
    _require_there(stored)
    wanted = [stored.rdf[name] for name in ((mode,) if mode else MODES)]
    for folder in wanted:
        if folder.is_dir():
            return folder
    made = wanted[0]
    with progress.phase(f"making RDF ({made.name})"):
        _make(stored, graph, part, made)
    return made


def _require_there(stored: Stored) -> None:
    """Raise `OutputError` for a store whose folder holds another one: its RDF is not of this."""
    if not stored.is_there():
        what = f"{stored.folder} was loaded anew since it was opened"
        raise OutputError(f"{what}; open it again")


def _make(stored: Stored, graph: Graph, part: Part, made: Path) -> None:
    """Make the Oxigraph beside its place, so that it is there whole or not at all."""
    import pyoxigraph as ox

    folder, mode = made.parent, made.name
    folder.mkdir(exist_ok=True)
    with writing.staged_folder(folder) as work:
        inner = work / mode
        target = ox.Store(str(inner))
        if mode == "full":
            for quads in progress.steps(_full(graph, part), "portions of RDF"):
                target.bulk_load(quads.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
        else:
            target.bulk_extend(progress.steps(_direct(stored, graph), "quads"))
        target.flush()
        del target
        _require_there(stored)
        try:
            inner.rename(made)
        except OSError:  # another program was quicker
            if not made.is_dir():
                raise


def _portions(count: int) -> Iterator[Numbers]:
    for start in range(0, count, _PORTION):
        yield np.arange(start, min(start + _PORTION, count))


def _full(graph: Graph, part: Part) -> Iterator[str]:
    """Every quad, in portions of N-Quads; what two portions have in common comes twice."""
    common = model.common_labels(graph)
    parts = chain(map(part, _portions(len(graph))), _alone(graph))
    yield from ("".join(nquads(each, common)) for each in parts)
    terms_ = Terms()
    labels = sorted(common.items())
    nodes = terms_.column(rows.IRI, [node for node, _ in labels])
    yield "".join(Lines(terms_).of(nodes, [[(rows.LABEL, label)] for _, label in labels]))


def _alone(graph: Graph) -> Iterator[Graph]:
    """The entities, and the sources, that no statement need mention, as graphs."""
    entities, sources = [*graph.entities.values()], [*graph.sources.values()]
    for records in (entities, sources):
        for start in range(0, len(records), _PORTION):
            yield Graph([graph.about, *records[start : start + _PORTION]])


def _direct(stored: Stored, graph: Graph) -> Iterator[Any]:
    """The entities, and the plain triples."""
    import pyoxigraph as ox

    common = model.common_labels(graph)
    entities = [*graph.entities.values()]
    for start in range(0, len(entities), _PORTION):
        part = Graph([graph.about, *entities[start : start + _PORTION]])
        yield from terms.quads(part, model.describe(part, common))
    columns = graph.columns
    nodes = [terms.node(rows.iri(key, ENTITY)) for key in columns.entities]
    iris = [rows.iri(name, ONTOLOGY) for name in columns.predicates.names]
    plain = np.array([not statements.is_match(name) for name in iris], bool)
    predicates = [terms.node(name) for name in iris]
    code = stored.array("statements.predicate")
    kept = plain[code] & (stored.array("statements.sayable") != 0)
    kept &= stored.array("statements.negated") == 0
    ends = (stored.array(f"statements.{side}")[kept].tolist() for side in ("subject", "object"))
    for subject, object_, name in zip(*ends, code[kept].tolist(), strict=True):
        yield ox.Quad(nodes[subject], predicates[name], nodes[object_])
