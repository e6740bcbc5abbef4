"""Reading graphs: which format a file is in, its records, the graph of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final

from trabecula import compressed, files, kept, progress, shipped
from trabecula.canonical import is_paper
from trabecula.characters import visible
from trabecula.errors import VocabularyError, require_kind
from trabecula.formats import curated
from trabecula.formats.recognise import recognised, refuse
from trabecula.formats.table import FORMATS, Format, by_suffix, format_named, module_of
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import AS_IT_IS, Options, Reading, Report
from trabecula.mapping import records as mapped
from trabecula.model import About, Record
from trabecula.tidy import tidied
from trabecula.uncollected import uncollected

#: What is only written, and is a file of another format: in that it is read.
_READ_AS: Final = MappingProxyType({"biopax": "rdfxml", "owl": "rdfxml", "nanopub": "trig"})


def guess(path: Path | str) -> Format:
    """The format of a file to read by how it begins, or else by its suffix, `.gz` and such apart.

    That of a folder is the curated one. Raises `FileNotFoundError` where nothing is there,
    `VocabularyError` where neither tells the format, `FormatError` for a file of a kind that is
    known and not read.
    """
    path = Path(path)
    if path.is_dir():
        return FORMATS["curated"]
    path.stat()
    refuse(path)
    looks = recognised(path)
    if looks:
        return FORMATS[looks]
    form = by_suffix(path.name)
    if form:
        return FORMATS[_READ_AS.get(form.name, form.name)]
    name = Path(compressed.unfolded_name(path.name))
    what = f"unknown suffix {name.suffix!r}" if name.suffix else "no suffix"
    raise VocabularyError(
        f"{visible(str(path))}: {what}, and a beginning that tells no format: name it, as"
        " `trabecula convert --from` does; `trabecula info --formats` lists those that are read"
    )


def read(
    source: Path | str,
    format: str | None = None,  # noqa: A002
    *,
    left: Leftovers | None = None,
    options: Options = AS_IT_IS,
    report: Report | None = None,
) -> Iterator[Record]:
    """The records in a file or in a curated folder, each of them checked.

    The format is guessed from the file where it is not named. What the model has no place for is
    counted and named in `left`; where none is given, it becomes `LeftOut` warnings once the file
    is read. `options` are for formats of others, of which `report` gets the figures. Raises
    `VocabularyError` for a format that is unknown or only written, `FormatError` for a file that is
    not what the format requires, `OSError` where it cannot be read, `TypeError` and `ValueError`
    for what can be no name.
    """
    source = files.named(source)
    form = _form(source, format)
    _require_kinds(left, options, report)
    told = report or Report()
    told.left = left or told.left
    records = _records(source, form, told, options)
    return _warned(source, records, told.left) if left is None else records


def _require_kinds(left: object, options: object, report: object) -> None:
    require_kind(left, Leftovers, "left")
    require_kind(options, Options, "options")
    require_kind(report, Report, "report")


def _form(source: Path, format: str | None) -> Format:  # noqa: A002
    """The format in which a file is read, guessed where it is not named; raises as `read` does."""
    form = format_named(format) if format else guess(source)
    if format:
        refuse(source, named=True)
    if not form.reads:
        readable = ", ".join(name for name, other in FORMATS.items() if other.reads)
        hint = "; to read the tables of the curated format, name their folder"
        place = "" if format else f"{visible(str(source))}: "
        raise VocabularyError(
            f"{place}{form.name} is written, not read; these are read: {readable}"
            + (hint if form.name == "tsv" else "")
        )
    return form


def _warned(source: Path, records: Iterator[Record], left: Leftovers) -> Iterator[Record]:
    yield from records
    left.warn(str(source))


def _records(source: Path, form: Format, report: Report, options: Options) -> Iterator[Record]:
    report.format, report.description = form.name, form.description
    left = report.left
    with progress.phase(f"reading {source.name}"):
        if form.name == "curated":
            try:
                yield from curated.read(source, left, strict=False)
            except FileNotFoundError as error:
                error.add_note(f"{source} is no curated folder; name one, or a file")
                raise
            return
        module = module_of(form)
        syntax = (form.syntax,) if form.syntax else ()
        reading = Reading(source, report, options)
        if form.vocabulary and not form.lossless:
            made = mapped(module.items(reading, *syntax), reading, form.vocabulary)
            yield from tidied(made, left, f"{source}: ")
            return
        others = (reading,) if form.vocabulary else ()  # a file may be ours, or somebody else's
        records = progress.steps(module.read(source, *syntax, left, *others), "records")
        yield from tidied(records, left, f"{source}: ", getattr(module, "TIDY", ()))


def _graph(source: Path, form: Format, report: Report, options: Options) -> Graph:
    """The graph in a file.

    One that its format gives whole is not built again, where there is nothing to tidy in it.
    """
    module = module_of(form) if form.syntax and form.lossless else None
    if module is None or not hasattr(module, "whole"):
        return Graph(_records(source, form, report, options))
    report.format, report.description = form.name, form.description
    others = (Reading(source, report, options),) if form.vocabulary else ()
    with progress.phase(f"reading {source.name}"):
        given = module.whole(source, form.syntax, report.left, *others)
        if not isinstance(given, Graph):
            records = progress.steps(given, "records")
            return Graph(tidied(records, report.left, f"{source}: "))
        records = [given.about, *given] if given.about != About() else [*given]
        counted = progress.steps(records, "records")
        tidy = [*tidied(counted, report.left, f"{source}: ")]
        return given if tidy == records else Graph(tidy)


@uncollected
def load(
    source: Path | str | None = None,
    format: str | None = None,  # noqa: A002
    *,
    left: Leftovers | None = None,
    options: Options = AS_IT_IS,
    report: Report | None = None,
) -> Graph:
    """The graph in a file or in a curated folder; the shipped graph where neither is named.

    Warns and raises as `read` does.
    """
    _require_kinds(left, options, report)
    if source is None and format is None and report is None:
        return kept.graph(shipped.graph(), lambda: read_shipped(left))
    source = shipped.graph() if source is None else files.named(source)
    form, told = _form(source, format), report or Report()
    told.left = left or told.left
    graph = _graph(source, form, told, options)
    if left is None:
        told.left.warn(str(source))
    if report is not None and not report.mapped:
        _count(graph, report)
    return graph


def read_shipped(left: Leftovers | None) -> tuple[Graph, bool]:
    """The shipped graph, and whether nothing of it was left out."""
    told = Leftovers()
    folder = shipped.graph()
    graph = Graph(read(folder, left=told))
    if left is None:
        told.warn(str(folder))
    else:
        left.take(told)
    return graph, told == Leftovers()


def _count(graph: Graph, report: Report) -> None:
    """The figures of a graph that was read from a format of ours."""
    evidence = [row for statement in graph.statements.values() for row in statement.evidence]
    report.nodes, report.rows, report.statements = len(graph.entities), len(graph), len(graph)
    report.evidence = len(evidence)
    report.papers = len({row.one_source for row in evidence if is_paper(row.source)})
    for statement in graph.statements.values():
        report.predicates[statement.predicate] += 1
        report.sign(graph.words.relation(statement.predicate).sign, denied=statement.negated)
