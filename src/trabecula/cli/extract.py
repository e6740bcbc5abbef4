"""`trabecula extract`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from trabecula.cli.engines import SPARK_HELP, check_endpoint, engine_option, is_endpoint, spark
from trabecula.cli.options import (
    between,
    destination,
    emit,
    folder_asked,
    graph_option,
    open_graph,
    output_option,
    printable,
)

if TYPE_CHECKING:
    from trabecula.graph import Graph


def selection_text(
    graph: Graph, what: tuple[str, ...], steps: int | None = None, predicates: tuple[str, ...] = ()
) -> str:
    """The selection that the arguments stand for: one as it is, or names and what is near.

    A name may hold brackets, as `ATP(4-)` does: what the graph knows as a name is one.
    """
    if len(what) == 1 and "(" in what[0] and steps is None and graph.find(what[0]) is None:
        parts = [what[0]]
    else:
        near = [f"near({_quoted(graph, name)}, {steps or 1})" for name in what]
        parts = [" | ".join(near)] if near else []
    if predicates:
        parts.append(f"predicate({', '.join(predicates)})")
    if len(parts) == 1:
        return parts[0]
    return " & ".join(f"({part})" for part in parts) or "all()"


def _quoted(graph: Graph, name: str) -> str:
    """A name as selections have it, in which no quotation mark can stand: then the id is."""
    if '"' not in name:
        return f'"{name}"'
    if not graph.entities:  # as where an endpoint answers
        raise click.UsageError(f"give the id of what has a quotation mark in its name: {name}")
    return f'"{graph.get(name).id}"'


#: How long an endpoint may take to answer all questions for one part, in seconds.
_PATIENCE: Final = 600.0


@click.command()
@click.argument("what", nargs=-1, metavar="[SELECTION | NAME…]")
@click.option("-k", "--steps", type=click.IntRange(min=1), help="Steps around the names.  [1]")
@click.option(
    "-p", "--predicate", "predicates", multiple=True, help="Only this predicate; repeatable."
)
@output_option(
    "Where to write; the suffix gives the format, a slash at the end a folder of tables. Standard"
    " output where left out.",
    folders=True,
)
@click.option("-f", "--format", "format_name", help="The format, where the suffix does not say it.")
@graph_option
@engine_option(f"A SPARQL endpoint, https://host/sparql, answers; or {SPARK_HELP}")
def command(
    what: tuple[str, ...],
    steps: int | None,
    predicates: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    format_name: str | None,
    graph_path: Path | None,
    engine: str | None,
) -> None:
    """Write a part of the graph in any format: ttl, csv, graphml, html, dot …

    The part is a selection, or simply names with the statements around them.

    \b
    trabecula extract "near(magnesium, 2) & predicate(requires)" -o sub.ttl
    trabecula extract magnesium -k 2 -p requires
    trabecula extract "status(contested)" -f csv
    """
    from trabecula import formats, outputs

    target = destination(output, overwrite, graph_path)
    form = format_name or "tsv"
    if target:
        named = format_name or ("curated" if folder_asked() else None)
        form = formats.output_format(target, named, outputs.PAGES)
    if engine is not None:
        chosen, part = _elsewhere(engine, graph_path, what, steps, predicates)
    else:
        graph = open_graph(graph_path)
        chosen = selection_text(graph, what, steps, predicates)
        part = graph.select(chosen)
    if not len(part):
        click.echo("the selection holds no statement", err=True)
    if form == "html":
        from trabecula.page.html import render

        page = render(part, selection=chosen, source=printable(graph_path))
        emit(page.encode("utf-8"), target)
    elif target:
        formats.write(part, target, form, overwrite=overwrite)
    else:
        emit(formats.render(part, form), None)
    if target:
        click.echo(f"{target}: {between(part)}", err=True)


def _elsewhere(
    engine: str,
    path: Path | None,
    what: tuple[str, ...],
    steps: int | None,
    predicates: tuple[str, ...],
) -> tuple[str, Graph]:
    """The selection, and the part of a graph that it is, as an endpoint or Spark finds it."""
    from trabecula import selection
    from trabecula.graph import Graph

    # An entity with brackets in its name has to be given with -k, for nothing is looked up yet.
    chosen = selection_text(Graph(), what, steps, predicates)
    tree = selection.parse(chosen)
    if is_endpoint(engine):
        from trabecula.sparql import Deadline
        from trabecula.sparql.extracting import extracted
        from trabecula.sparql.fetching import Records
        from trabecula.sparql.remote import Endpoint

        check_endpoint(engine, path)
        return chosen, extracted(Records(Endpoint(engine), Deadline(_PATIENCE)), tree)
    from trabecula.store.spark import records, selecting

    with spark(engine, path) as tables:
        return chosen, records.collected(tables, selecting.selected(tables, tree))
