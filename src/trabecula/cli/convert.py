"""`trabecula convert`"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
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
from trabecula.cli.reading import Reading, reading_options
from trabecula.counted import counted
from trabecula.model import About

if TYPE_CHECKING:
    from trabecula.graph import Graph


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
    if engine is not None:
        _elsewhere(engine, source, output, to_format)
        return
    target, to_format = _where(output, overwrite, source, to_format)
    only = explain_mapping or report or as_json
    if to_format is None and not only:
        raise click.UsageError("say the format with -f, or where to write with -o")
    options = reading_options(columns, prefixes, predicate_map, on_error)
    reading = Reading(source, from_format, query, options)
    if only or to_format is None:
        _tell(reading, as_json=as_json, mapping=explain_mapping)
    elif target is None:
        from trabecula import formats

        graph = reading.graph()
        _give(reading, graph, to_format, None, lambda: emit(formats.render(graph, to_format), None))
    else:
        _write(reading, target, to_format, overwrite=overwrite)


def _tell(reading: Reading, *, as_json: bool, mapping: bool) -> None:
    """What comes in: in figures for people or for programs, or what each predicate means."""
    from trabecula import formats
    from trabecula.mapping import Meanings
    from trabecula.words import reading as words

    reading.graph()
    told = reading.told
    if as_json:
        emit(json_text(told.values()).encode("utf-8", "backslashreplace"), None)
    elif mapping:
        vocabulary = formats.FORMATS[told.format].vocabulary if told.format else ""
        click.echo(words.mapping(told, Meanings(vocabulary, reading.options.predicates)))
    else:
        click.echo(words.reading(told))


def _write(reading: Reading, target: Path, form: str, *, overwrite: bool) -> None:
    """Write a file, or a pair of files: from a store or large tables of KGX by columns."""
    from trabecula import formats, store

    if reading.query is None and store.has_columns(reading.source):
        from trabecula.store import converting, layout

        if converting.writes(target, form) and converting.reads(reading.source, reading.form):
            with layout.without_pandas(), layout.frugal(), reading.columns(target.parent) as stored:
                by_columns = partial(converting.write, stored, target, form, overwrite=overwrite)
                _give(reading, stored, form, target, by_columns)
            return
    graph = reading.graph()
    write = partial(formats.write, graph, target, form, overwrite=overwrite)
    _give(reading, graph, form, target, write)


def _give(
    reading: Reading, graph: Graph, form: str, target: Path | None, write: Callable[[], None]
) -> None:
    """Write, and tell before it what came in, and behind it what went out and what did not."""
    from trabecula.words import reading as words

    if reading.told.mapped:
        click.echo(words.reading(reading.told), err=True)
    write()
    if target is not None:
        click.echo(f"{target}: {counted(len(graph), 'statement')}", err=True)
    for line in _losses(graph, form):
        click.echo(line, err=True)


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
