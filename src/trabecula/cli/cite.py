"""`trabecula cite`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import graph_option, open_graph, statement_called


@click.command()
@click.argument("what", required=False, metavar="[SELECTION | NAME | STATEMENT]")
@click.option("--bibtex", is_flag=True, help="Write BibTeX.")
@graph_option
def command(what: str | None, bibtex: bool, graph_path: Path | None) -> None:
    """How to cite the graph, or the sources of a part of it.

    \b
    trabecula cite --bibtex
    trabecula cite calcitriol
    trabecula cite "topic(pth) & status(contested)" --bibtex
    """
    from trabecula import cite
    from trabecula.cli.extract import selection_text

    if what is None:
        click.echo(cite.graph_bibtex() if bibtex else cite.graph_text(), nl=not bibtex)
        return
    graph = open_graph(graph_path)
    statement = statement_called(graph, what)
    if statement is not None:
        part = graph.only([statement])
    else:
        part = graph.select(selection_text(graph, (what,)))
    sources = part.sources.values()
    click.echo(cite.bibtex(sources) if bibtex else cite.text(sources), nl=False)
