"""`trabecula info`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import echo_json, graph_option, json_option, name_of, open_graph
from trabecula.version import __released__, __version__


@click.command()
@graph_option
@click.option("--vocabulary", is_flag=True, help="List the predicates and categories instead.")
@click.option("--formats", "list_formats", is_flag=True, help="List the file formats instead.")
@click.option("--not-modelled", is_flag=True, help="List what was left out, and why, instead.")
@json_option
def command(
    graph_path: Path | None,
    vocabulary: bool,
    list_formats: bool,
    not_modelled: bool,
    as_json: bool,
) -> None:
    """What the graph holds, in figures.

    \b
    trabecula info
    trabecula info --vocabulary
    """
    from trabecula import about, cite
    from trabecula.values import counts
    from trabecula.words import text

    if as_json and (vocabulary or list_formats or not_modelled):
        raise click.UsageError("--json writes the figures; the lists are text")
    if vocabulary:
        click.echo(text.vocabulary(open_graph(graph_path).words))
        return
    if list_formats:
        from trabecula.formats import FORMATS
        from trabecula.words.tables import table

        rows = [
            (
                f.name,
                " ".join(f.suffixes),
                "yes" if f.reads else "",
                "yes" if f.writes else "",
                f.description,
            )
            for f in FORMATS.values()
        ]
        click.echo(table(rows, ("format", "suffixes", "reads", "writes", "what it is")))
        return
    if not_modelled:
        from trabecula import shipped
        from trabecula.formats import curated

        folder = graph_path or shipped.graph()
        if not folder.is_dir():
            raise click.UsageError(f"{folder}: --not-modelled reads a curated folder")
        click.echo(text.not_modelled(curated.not_modelled(folder)))
        return
    graph = open_graph(graph_path)
    if as_json:
        said = about.values(graph.about)
        echo_json(
            {"version": __version__, "released": __released__, "about": said, **counts(graph)}
        )
        return
    click.echo(f"trabecula {__version__}, {cite.title(graph.about, name_of(graph_path))}\n")
    click.echo(text.overview(graph))
