"""The RDF of a store: an Oxigraph on the disk, made when it is first asked for.

`full` is what the graph says in RDF everywhere else: statements as nodes with their evidence, and a
nanopublication for each source. `direct` is the entities, and one triple for each statement that
may be repeated without its evidence. It lies in the folder of the store, and goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from trabecula import progress, writing
from trabecula.errors import OutputError, VocabularyError
from trabecula.formats.rdf import model, nquads, rows, terms
from trabecula.formats.rdf.templates import Lines, Terms
from trabecula.graph import Graph
from trabecula.misspelt import unknown
from trabecula.prefixes import ENTITY, ONTOLOGY
from trabecula.store import layout

if TYPE_CHECKING:
    from trabecula.store.opening import Store

MODES: Final = ("full", "direct")
#: Statements whose RDF is made together.
_PORTION: Final = 20_000


def place(store: Store, mode: str = "") -> Path:
    """The folder of the Oxigraph of a store, which is made where it is not there yet.

    Without a mode it is the one that is there, `full` before `direct`; where there is none, `full`.
    Raises `VocabularyError` for another mode, `OutputError` where another store has taken the place
    of the one that was opened, `OSError` where it cannot be written.
    """
    if mode and mode not in MODES:
        raise VocabularyError(unknown("kind of RDF", mode, MODES))
    _require_there(store)
    folder = store.stored.folder / layout.RDF
    wanted = (mode,) if mode else MODES
    for name in wanted:
        if (folder / name).is_dir():
            return folder / name
    return _made(store, folder, wanted[0])


def _require_there(store: Store) -> None:
    """Raise `OutputError` for a store whose folder holds another one: its RDF is not of this."""
    if not store.stored.is_there():
        what = f"{store.stored.folder} was loaded anew since it was opened"
        raise OutputError(f"{what}; open it again")


def _made(store: Store, folder: Path, mode: str) -> Path:
    """Make the Oxigraph beside its place, so that it is there whole or not at all."""
    import pyoxigraph as ox

    folder.mkdir(exist_ok=True)
    made = folder / mode
    with writing.staged_folder(folder) as work, progress.phase(f"making RDF ({mode})"):
        inner = work / mode
        target = ox.Store(str(inner))
        if mode == "full":
            for part in progress.steps(_full(store), "portions of RDF"):
                target.bulk_load(part.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
        else:
            target.bulk_extend(progress.steps(_direct(store), "quads"))
        target.flush()
        del target
        _require_there(store)
        try:
            inner.rename(made)
        except OSError:  # another program was quicker
            if not made.is_dir():
                raise
    return made


def _portions(store: Store) -> Iterator[Any]:
    count = len(store)
    for start in range(0, count, _PORTION):
        yield np.arange(start, min(start + _PORTION, count))


def _full(store: Store) -> Iterator[str]:
    """Every quad, in portions of N-Quads; what two portions have in common comes twice."""
    common = model.common_labels(store)
    parts = chain((store.part(numbers) for numbers in _portions(store)), _alone(store))
    yield from ("".join(nquads(part, common)) for part in parts)
    terms_ = Terms()
    labels = sorted(common.items())
    nodes = terms_.column(rows.IRI, [node for node, _ in labels])
    yield "".join(Lines(terms_).of(nodes, [[(rows.LABEL, label)] for _, label in labels]))


def _alone(store: Store) -> Iterator[Graph]:
    """The entities, and the sources, that no statement need mention, as graphs."""
    entities, sources = [*store.entities.values()], [*store.sources.values()]
    for records in (entities, sources):
        for start in range(0, len(records), _PORTION):
            yield Graph([store.about, *records[start : start + _PORTION]])


def _direct(store: Store) -> Iterator[Any]:
    """The entities, and the plain triples."""
    import pyoxigraph as ox

    common = model.common_labels(store)
    entities = [*store.entities.values()]
    for start in range(0, len(entities), _PORTION):
        part = Graph([store.about, *entities[start : start + _PORTION]])
        yield from terms.quads(part, model.describe(part, common))
    columns = store.columns
    nodes = [terms.node(rows.iri(key, ENTITY)) for key in columns.entities]
    iris = [rows.iri(name, ONTOLOGY) for name in columns.predicates.names]
    plain = np.array([not model.is_match(name) for name in iris], bool)
    predicates = [terms.node(name) for name in iris]
    stored = store.stored
    code = stored.array("statements.predicate")
    kept = plain[code] & (stored.array("statements.sayable") != 0)
    kept &= stored.array("statements.negated") == 0
    ends = (stored.array(f"statements.{side}")[kept].tolist() for side in ("subject", "object"))
    for subject, object_, name in zip(*ends, code[kept].tolist(), strict=True):
        yield ox.Quad(nodes[subject], predicates[name], nodes[object_])
