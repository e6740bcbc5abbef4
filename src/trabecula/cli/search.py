"""`trabecula search`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula import shell
from trabecula.cli.options import Report, graph_option, open_graph, report_options


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(min=1))
@graph_option
@report_options("graph_path")
def command(text: tuple[str, ...], limit: int, graph_path: Path | None, report: Report) -> None:
    """Find entities by name, synonym or identifier; misspellings are forgiven.

    \b
    trabecula search calcitrol
    trabecula search 25 OH D
    trabecula search CHEBI:17823
    """
    from trabecula import values
    from trabecula.lookup import search, source
    from trabecula.words import lists

    typed = " ".join(text)
    graph = open_graph(graph_path)
    hits = search(graph, typed, limit)
    if hits or report.form == "json":
        report.give(lists.hits(graph, hits), lambda: values.hits(hits))
    if not hits:
        cited = source(graph, typed)
        click.echo(
            f"{cited.id} is a source and no entity: {shell.command('show', cited.id)}"
            if cited is not None
            else f"nothing is called {typed!r}, nor anything like it",
            err=True,
        )
        raise SystemExit(1)
