"""`trabecula info`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trabecula.cli.engines import engine_option, spark
from trabecula.cli.options import (
    Report,
    graph_option,
    is_curated,
    name_of,
    open_graph,
    report_options,
)
from trabecula.version import __released__, __version__

if TYPE_CHECKING:
    from trabecula.model import About


@click.command()
@graph_option
@engine_option()
@click.option("--vocabulary", is_flag=True, help="List the predicates and categories instead.")
@click.option("--formats", "list_formats", is_flag=True, help="List the file formats instead.")
@click.option("--not-modelled", is_flag=True, help="List what was left out, and why, instead.")
@report_options("graph_path")
def command(
    graph_path: Path | None,
    engine: str | None,
    vocabulary: bool,
    list_formats: bool,
    not_modelled: bool,
    report: Report,
) -> None:
    """What the graph holds, in figures.

    \b
    trabecula info
    trabecula info --vocabulary
    """
    from trabecula import values
    from trabecula.words import lists

    if vocabulary + list_formats + not_modelled > 1:
        raise click.UsageError("--vocabulary, --formats, --not-modelled: ask for one of them")
    if engine is not None:
        if vocabulary or list_formats or not_modelled:
            raise click.UsageError("--engine counts, and lists nothing")
        _counted_by(engine, graph_path, report)
    elif list_formats:
        report.give(lists.formats(), values.formats)
    elif not_modelled:
        _not_modelled(graph_path, report)
    elif vocabulary:
        words = open_graph(graph_path).words
        report.give(lists.vocabulary(words), lambda: values.vocabulary(words))
    else:
        from trabecula.mapping import Report as ReadingReport

        told = ReadingReport()
        graph = open_graph(graph_path, told=told)
        report.give(
            lists.overview(graph, _title(graph.about, graph_path), told),
            lambda: _values(
                graph.about,
                {"reading": told.values() if told.mapped else None, **values.counts(graph)},
            ),
        )


def _counted_by(engine: str, graph_path: Path | None, report: Report) -> None:
    """The figures of a store, counted by Spark."""
    from trabecula import values
    from trabecula.store.spark.counting import tallies
    from trabecula.words import lists

    with spark(engine, graph_path) as tables:
        of_itself = tables.about
        numbers = values.in_order(tallies(tables), tables.words)
    figures = lists.figures(numbers, _title(of_itself, graph_path))
    report.give(figures, lambda: _values(of_itself, numbers))


def _not_modelled(graph_path: Path | None, report: Report) -> None:
    """What a curated folder says that it leaves out, and why."""
    from trabecula import shipped, values
    from trabecula.formats import curated
    from trabecula.words import lists

    folder = graph_path or shipped.graph()
    if not is_curated(folder):
        raise click.UsageError(f"{folder}: --not-modelled reads a curated folder")
    rows = [*curated.not_modelled(folder)]
    report.give(lists.not_modelled(rows), lambda: values.not_modelled(rows))


def _title(of_itself: About, graph_path: Path | None) -> str:
    from trabecula import cite

    return f"trabecula {__version__}, {cite.title(of_itself, name_of(graph_path))}"


def _values(of_itself: About, numbers: dict[str, Any]) -> dict[str, Any]:
    from trabecula import about

    return {
        "version": __version__,
        "released": __released__,
        "about": about.values(of_itself),
        **numbers,
    }
