"""`trabecula convert`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trabecula.cli.engines import engine_option, spark
from trabecula.cli.options import (
    destination,
    emit,
    folder_asked,
    json_text,
    output_option,
    parsing_options,
)
from trabecula.counted import counted
from trabecula.model import About

if TYPE_CHECKING:
    from trabecula.graph import Graph
    from trabecula.mapping import Options, Report


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@output_option(
    "Where to write; the suffix gives the format, a slash at the end a folder of tables. Standard"
    " output where left out.",
    folders=True,
)
@click.option("--from", "from_format", metavar="FORMAT", help="The format of the source.")
@click.option("-f", "--format", "to_format", metavar="FORMAT", help="The format to write.")
@parsing_options
@click.option(
    "--construct",
    "query",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE.rq",
    help="Take what this CONSTRUCT query makes of a file of RDF, not the file as it stands.",
)
@engine_option("Spark writes a store in parts, -f kgx or nt: local[2], spark://host:7077 …")
@click.option("--explain-mapping", is_flag=True, help="Write what each predicate means, only.")
@click.option("--report", is_flag=True, help="Write what comes in, in figures, only.")
@click.option("--json", "as_json", is_flag=True, help="Write the figures as JSON, only.")
def command(
    source: Path,
    output: Path | None,
    overwrite: bool,
    from_format: str | None,
    to_format: str | None,
    columns: str | None,
    prefixes: Path | None,
    predicate_map: Path | None,
    on_error: str,
    query: Path | None,
    engine: str | None,
    explain_mapping: bool,
    report: bool,
    as_json: bool,
) -> None:
    """Change a graph from one format into another; `trabecula info --formats` lists them.

    Files of others are told by how they begin, and reported on: how many nodes, signs, papers.

    \b
    trabecula convert graph.ttl -o graph.graphml
    trabecula convert interactions.tsv --columns subject=A,object=B,sign=EFFECT -o graph.json
    trabecula convert model.bel --report
    trabecula convert theirs.ttl --construct mine.rq -o graph.json
    """
    from trabecula import formats

    if engine is not None:
        _elsewhere(engine, source, output, to_format)
        return
    from trabecula.mapping import Meanings, Report
    from trabecula.words import reading as words

    target, to_format = _where(output, overwrite, source, to_format)
    only = explain_mapping or report or as_json
    if target is None and to_format is None and not only:
        raise click.UsageError("say the format with -f, or where to write with -o")
    options = reading_options(columns, prefixes, predicate_map, on_error)
    told = Report()
    if not (only or query) and _by_columns(
        source, from_format, target, to_format, overwrite, options, told
    ):
        return
    graph = _read(source, query, from_format, options, told)
    if explain_mapping and not as_json:
        vocabulary = formats.FORMATS[told.format].vocabulary if told.format else ""
        click.echo(words.mapping(told, Meanings(vocabulary, predicate_map)))
    elif only:
        _give_figures(told, as_json=as_json)
    if only or to_format is None:
        return
    if told.mapped:
        click.echo(words.reading(told), err=True)
    if target is None:
        emit(formats.render(graph, to_format), None)
    else:
        formats.write(graph, target, to_format, overwrite=overwrite)
        click.echo(f"{target}: {counted(len(graph), 'statement')}", err=True)
    for line in _losses(graph, to_format):
        click.echo(line, err=True)


def _by_columns(
    source: Path,
    form: str | None,
    target: Path | None,
    to_format: str | None,
    overwrite: bool,
    options: Options,
    told: Report,
) -> bool:
    """Write KGX from a store, or from large tables of KGX, by columns; False for all else."""
    from trabecula import store
    from trabecula.words import reading as words

    if target is None or to_format is None or not store.has_columns(source):
        return False
    from trabecula.store import converting, layout

    if not (converting.writes(target, to_format) and converting.reads(source, form)):
        return False
    with (
        layout.without_pandas(),
        layout.frugal(),
        converting.read(source, target.parent, options, told) as graph,
    ):
        if told.mapped:
            click.echo(words.reading(told), err=True)
        converting.write(graph, target, to_format, overwrite=overwrite)
        click.echo(f"{target}: {counted(len(graph), 'statement')}", err=True)
        for line in _losses(graph, to_format):
            click.echo(line, err=True)
    return True


def _give_figures(told: Report, *, as_json: bool) -> None:
    """What came in, for people or for programs."""
    from trabecula.words import reading as words

    if as_json:
        emit(json_text(told.values()).encode("utf-8", "backslashreplace"), None)
    else:
        click.echo(words.reading(told))


def _read(
    source: Path, query: Path | None, from_format: str | None, options: Options, told: Report
) -> Graph:
    """The graph that a source holds, or what a query makes of it."""
    from trabecula import store

    if query is not None:
        return _constructed(source, query, from_format, options, told)
    return store.load(source, from_format, options=options, report=told)


def _constructed(
    source: Path, query: Path, from_format: str | None, options: Options, told: Report
) -> Graph:
    """What a query makes of a file; what is left out of that is said on standard error."""
    from trabecula.sparql import Deadline, construct, constructing, read
    from trabecula.sparql.clock import interrupting

    deadline = Deadline(constructing.TIMEOUT)
    with interrupting(deadline):
        text = read(query, deadline)
        graph = construct(source, text, format=from_format, options=options, report=told)
    told.left.warn(str(source))
    return graph


def _elsewhere(engine: str, source: Path, output: Path | None, form: str | None) -> None:
    """Have Spark write a store in parts, into a folder that is not there yet."""
    from trabecula.store.spark import converting, session

    if output is None or form is None:
        raise click.UsageError("--engine writes a folder of parts: say -o FOLDER and -f kgx or nt")
    if output.exists():
        raise click.UsageError(f"{output} is there already; name a folder that is not")
    with spark(engine, source) as tables:
        converting.converted(tables, form, session.place_of(output))
        held = counted(tables.manifest["counts"]["statements"], "statement")
    click.echo(f"{output}: {held}", err=True)


def _where(
    output: Path | None, overwrite: bool, source: Path, to_format: str | None
) -> tuple[Path | None, str | None]:
    """Where to write and in which format; of a pair neither file may be what is read."""
    from trabecula import formats
    from trabecula.mapping import beside

    target = destination(output, overwrite, source)
    if target is None:
        return None, to_format
    name = formats.output_format(target, to_format or ("curated" if folder_asked() else None))
    if formats.FORMATS[name].pair:
        for path in beside.named(target).values():
            destination(path, overwrite, source)
    return target, name


def _losses(graph: Graph, to_format: str) -> Iterator[str]:
    """What a format has no place for."""
    from trabecula import formats

    form = formats.FORMATS[to_format]
    if graph.about != About() and not form.lossless:
        yield f"{to_format} has no place for what the graph says of itself"
    if form.loses:
        yield f"{to_format} has no place for {form.loses}"


def reading_options(
    columns: str | None, prefixes: Path | None, predicates: Path | None, on_error: str
) -> Options:
    """What the user says of the file."""
    from trabecula.mapping import Options

    pairs = [part.partition("=") for part in (columns or "").split(",") if part.strip()]
    for role, _, name in pairs:
        if not (role.strip() and name.strip()):
            what = f"--columns {columns!r}: {role!r} names no column"
            raise click.UsageError(f"{what}; write subject=A,object=B")
    return Options(
        columns=tuple((role.strip(), name.strip()) for role, _, name in pairs),
        prefixes=prefixes,
        predicates=predicates,
        skip=on_error == "skip",
    )
