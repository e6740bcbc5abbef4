"""`trabecula view`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import between, emit, graph_option, open_graph


@click.command()
@click.argument("selection", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("graph.html"),
    show_default=True,
    metavar="PATH",
    help="The page to write; - is standard output.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option("--title", default="trabecula", show_default=True, help="The heading of the page.")
@graph_option
def command(
    selection: str | None, output: Path, open_page: bool, title: str, graph_path: Path | None
) -> None:
    """Write an interactive page of the graph, or of a part: one file that works offline.

    \b
    trabecula view -o graph.html --open
    trabecula view "topic(vitamin-d) & !status(refuted)" -o vitamin-d.html
    """
    from trabecula.cli.extract import selection_text
    from trabecula.views.html import render
    from trabecula.views.page import view

    graph = open_graph(graph_path)
    chosen = selection_text(graph, (selection,)) if selection else ""
    source = str(graph_path or "")
    if chosen:
        graph = graph.select(chosen)
    if str(output) == "-":
        page = render(graph, title=title, selection=chosen, source=source)
        emit(page.encode("utf-8"), output)
        return
    view(graph, output, title=title, selection=chosen, source=source)
    click.echo(f"{output}: {between(graph)}", err=True)
    if open_page:
        click.launch(output.resolve().as_uri())
