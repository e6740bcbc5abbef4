"""`trabecula view`"""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from trabecula.cli import browser
from trabecula.cli.options import (
    between,
    destination,
    emit,
    graph_option,
    name_of,
    open_graph,
    output_option,
    printable,
)


@click.command()
@click.argument("selection", required=False)
@output_option("The page to write; - is standard output.", default="graph.html")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option("--pyvis", is_flag=True, help="The plain network of pyvis, not the explorer.")
@click.option(
    "--story", "story_path", type=click.Path(path_type=Path), metavar="STORY.md",
    help="Tell this story: scenes with text, from Markdown, gone through by N and B.",
)  # fmt: skip
@click.option("--title", help="The heading of the page.  [the title of the graph]")
@graph_option
def command(
    selection: str | None,
    output: Path,
    overwrite: bool,
    open_page: bool,
    pyvis: bool,
    story_path: Path | None,
    title: str | None,
    graph_path: Path | None,
) -> None:
    """Write an interactive page of the graph, or of a part: one file that works offline.

    \b
    trabecula view -o graph.html --open
    trabecula view magnesium --pyvis -o magnesium.html
    trabecula view "topic(vitamin-d) & !status(refuted)" -o vitamin-d.html
    trabecula view --story story.md -o story.html
    """
    from trabecula import cite, outputs
    from trabecula.cli.extract import selection_text
    from trabecula.page import html, network, story

    if story_path and pyvis:
        raise click.UsageError("--story is told by the explorer; leave out --pyvis")
    target = destination(output, overwrite, graph_path, *filter(None, (story_path,)))
    if open_page and target is None:
        raise click.UsageError("--open opens a file; name one with -o")
    source_of_name = click.get_current_context().get_parameter_source("output")
    if target and not overwrite and source_of_name is ParameterSource.DEFAULT:
        outputs.guard_page(target)
    if target:
        outputs.named(target, {"": "html", **outputs.PAGES}, option="")
    graph = open_graph(graph_path)
    chosen = selection_text(graph, (selection,)) if selection else ""
    source = printable(graph_path)
    if chosen:
        graph = graph.select(chosen)
    if pyvis:
        page = network.render(graph, title or cite.title(graph.about, name_of(graph_path)))
    else:
        told = story.read(story_path, html.budgeted(graph)) if story_path else None
        page = html.render(graph, title=title or "", selection=chosen, source=source, story=told)
    emit(page.encode("utf-8"), target)
    if target is None:
        return
    click.echo(f"{target}: {between(graph)}", err=True)
    if open_page and not browser.takes(target.resolve().as_uri()):
        click.echo(f"no browser was found; open {target} yourself", err=True)
