"""`trabecula cite`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import graph_option, open_graph


@click.command()
@click.argument("what", required=False, metavar="[SELECTION | NAME | STATEMENT | SOURCE]")
@click.option("--bibtex", is_flag=True, help="Write BibTeX.")
@graph_option
def command(what: str | None, bibtex: bool, graph_path: Path | None) -> None:
    """How to cite the graph, or the sources of a part of it.

    \b
    trabecula cite --bibtex
    trabecula cite calcitriol
    trabecula cite PMID:9709941
    trabecula cite "topic(pth) & status(contested)" --bibtex
    """
    from trabecula import cite
    from trabecula.cli.extract import selection_text
    from trabecula.lookup import source

    if what is None:
        click.echo(cite.graph_bibtex() if bibtex else cite.graph_text(), nl=not bibtex)
        return
    graph = open_graph(graph_path)
    cited = source(graph, what) if graph.find(what) is None else None
    if cited is not None:
        sources = [cited]
    elif what in graph.statements:
        sources = [*graph.only([graph.statements[what]]).sources.values()]
    else:
        sources = [*graph.select(selection_text(graph, (what,))).sources.values()]
    click.echo(cite.bibtex(sources) if bibtex else cite.text(sources), nl=False)
