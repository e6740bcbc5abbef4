"""`trabecula convert`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import destination, emit, output_option
from trabecula.counted import counted


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@output_option("Where to write; the suffix gives the format. Standard output where left out.")
@click.option("--from", "from_format", metavar="FORMAT", help="The format of the source.")
@click.option("-f", "--format", "to_format", metavar="FORMAT", help="The format to write.")
def command(
    source: Path,
    output: Path | None,
    overwrite: bool,
    from_format: str | None,
    to_format: str | None,
) -> None:
    """Change a graph from one format into another; `trabecula info --formats` lists them.

    \b
    trabecula convert graph.ttl -o graph.graphml
    trabecula convert graph/ -f nq > graph.nq
    """
    from trabecula import formats
    from trabecula.model import About

    target = destination(output, overwrite, source)
    if target is not None:
        to_format = formats.output_format(target, to_format)
    elif to_format is None:
        raise click.UsageError("say the format with -f, or where to write with -o")
    graph = formats.load(source, from_format)
    if target is None:
        emit(formats.render(graph, to_format), None)
    else:
        formats.write(graph, target, to_format, overwrite=overwrite)
        click.echo(f"{target}: {counted(len(graph), 'statement')}", err=True)
    form = formats.FORMATS[to_format]
    if graph.about != About() and not form.lossless:
        click.echo(f"{to_format} has no place for what the graph says of itself", err=True)
    if loses := form.loses:
        click.echo(f"{to_format} has no place for {loses}", err=True)
