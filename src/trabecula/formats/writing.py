"""Writing graphs: the bytes of a file of each format, and files whole or not at all."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from trabecula import outputs, progress
from trabecula.addresses import addresses, undeclared
from trabecula.characters import visible
from trabecula.errors import FormatError, OutputError, Problem, VocabularyError
from trabecula.formats import curated, identity
from trabecula.formats.recognise import recognised
from trabecula.formats.table import FORMATS, Format, format_named, module_of
from trabecula.graph import Graph
from trabecula.leftover import LeftOut
from trabecula.mapping import beside
from trabecula.model import Record
from trabecula.prefixes import space_of
from trabecula.tidy import checked
from trabecula.uncollected import uncollected


@uncollected
def render(records: Iterable[Record], format: str) -> bytes:  # noqa: A002
    """The bytes of a file of this format; the same for the same graph, whatever its order.

    Warns of prefixes for which IRIs have to be made up. Raises `VocabularyError` for a format that
    is unknown or only read, `FormatError` for the curated format, which is a folder, and for
    records that no file can hold.
    """
    form = format_named(format)
    if not form.writes:
        writable = ", ".join(name for name, other in FORMATS.items() if other.writes)
        raise VocabularyError(f"{form.name} is read, not written; these are written: {writable}")
    if form.name == "curated":
        what, fix = "the curated format is a folder, not a file", "name a folder to write to"
        raise FormatError([Problem("no-file", form.name, what, fix)])
    graph = records if isinstance(records, Graph) else Graph(records)
    unsettled = form.lossless and identity.any_unsettled(graph)
    for record in checked(graph, ""):
        if unsettled:
            identity.refuse_unsettled(record)
    module = module_of(form)
    if form.module == "rdf":
        _tell_minted(graph)
    _tell_empty(graph, form)
    with progress.phase(f"writing {form.name}"):
        if form.pair:
            made = module.files_of(graph, form.syntax)
            return outputs.packed({f"graph_{kind}.{form.pair}": made[kind] for kind in made})
        data: bytes = module.render(graph, form.syntax) if form.syntax else module.render(graph)
    return data


#: Formats that have no file for a graph with nothing in it, which readers would know as one.
_NEVER_EMPTY: Final = ("biopax", "kgx-jsonl", "sbml-qual")


def _tell_empty(graph: Graph, form: Format) -> None:
    """Warn that nobody can read what is written of a graph with nothing in it."""
    if form.name in _NEVER_EMPTY and not (graph.entities or graph.statements or graph.sources):
        what = f"the graph is empty, and {form.name} cannot say so: no file of it is read back"
        warnings.warn(f"{what}; write JSON to keep an empty graph", LeftOut, stacklevel=3)


#: How many prefixes a line names.
_FEW: Final = 8


def _tell_minted(graph: Graph) -> None:
    """Warn of prefixes that nobody declares, whose IRIs are therefore made up; in one line."""
    prefixes = undeclared(graph.prefixes, graph.about)
    if prefixes:
        names = [visible(name, 40) for name in list(prefixes)[:_FEW]]
        more = f" and {len(prefixes) - _FEW:,} more" if len(prefixes) > _FEW else ""
        example = addresses(graph.about).outward(space_of(next(iter(prefixes))))
        what = (
            f"nobody declares the prefix {', '.join(names)}{more}; IRIs are made up, as {example}…"
        )
        warnings.warn(f"{what}; declare it under [prefixes] in about.toml", LeftOut, stacklevel=3)


@uncollected
def write(
    records: Iterable[Record],
    target: Path | str,
    format: str | None = None,  # noqa: A002
    *,
    overwrite: bool = False,
) -> None:
    """Write records to a file, or to a folder in the curated format, whole or not at all.

    The format is guessed from the path where it is not named, and a path that ends in `.gz` is
    compressed, one that ends in a slash a folder. A file is replaced; the other half of a pair only
    with the one that is named; a folder only where it holds nothing but tables such as these,
    or with `overwrite`, which keeps its other files. Raises as `render` does, `OutputError` for
    such a folder, and `OSError` where nothing can be written.
    """
    folder = outputs.names_folder(target)
    target = outputs.target(target)
    form = FORMATS[output_format(target, format or ("curated" if folder else None))]
    graph = records if isinstance(records, Graph) else Graph(records)
    if form.name == "curated":
        curated.write([graph.about, *graph], target, overwrite=overwrite)
    elif form.pair and beside.kind(target.name):
        for _ in checked(graph, ""):
            pass
        if not overwrite:
            guard_other(target, form)
        _tell_empty(graph, form)
        with progress.phase(f"writing {form.name}"):
            made = module_of(form).files_of(graph, form.syntax)
        outputs.write_together({path: made[kind] for kind, path in beside.named(target).items()})
    else:
        outputs.write(target, render(graph, form.name))


def guard_other(target: Path, form: Format) -> None:
    """Raise `OutputError` where the half of a pair that nobody named is there, and not of a pair.

    It is where the half that is named is there too, and both are in this format.
    """
    for path in beside.named(target).values():
        if path == target or path.is_dir() or not os.path.lexists(path):
            continue
        if not target.exists() or recognised(path) != form.name:
            what = f"{path} is there, and would be written with {target.name}"
            raise OutputError(f"{what}; write elsewhere, or say --overwrite")


def output_format(
    target: Path,
    format: str | None = None,  # noqa: A002
    also: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The name of the format in which `target` is written; that of a folder is the curated one.

    `also` has the ends of names that stand for something else than the formats of graphs. Raises
    `VocabularyError` where neither `format` nor the name says it.
    """
    if format is not None:
        return format if format in also.values() else format_named(format).name
    if target.is_dir():
        return "curated"
    ends = {end: form.name for form in FORMATS.values() if form.writes for end in form.suffixes}
    return outputs.named(target, {**ends, **also})
