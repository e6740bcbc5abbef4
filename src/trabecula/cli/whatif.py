"""`trabecula whatif`"""

from __future__ import annotations

from itertools import compress
from pathlib import Path

import click

from trabecula.cli.options import (
    destination,
    echo_json,
    emit,
    following_options,
    graph_option,
    json_option,
    limit_option,
    open_graph,
    output_option,
    printable,
    steps_option,
)


@click.command()
@click.argument("changes", nargs=-1, required=True, metavar="NAME=up|down|fixed…")
@steps_option(2)
@following_options
@click.option(
    "--only", multiple=True, type=click.Choice(["up", "down", "open", "implied"]),
    help="Only what has this outcome; repeatable.",
)  # fmt: skip
@limit_option("entities of each outcome")
@output_option("Write an interactive page that opens with the answer instead.")
@graph_option
@json_option
def command(
    changes: tuple[str, ...], steps: int, status: tuple[str, ...], evidence: tuple[str, ...],
    only: tuple[str, ...], limit: int, output: Path | None, overwrite: bool,
    graph_path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """What would follow if something went up or down.

    For each quantity the best founded answer is given, with what it rests on: a statement of the
    two that was read, an observation, a need, a chain of at most three steps. What is fixed lets
    nothing through.

    \b
    trabecula whatif magnesium=down
    trabecula whatif magnesium=down calcitriol=fixed --only down
    trabecula whatif "vitamin D supplementation=up" --status supported -o page.html
    """
    from trabecula import outputs
    from trabecula.graph import Graph
    from trabecula.reason.conclusions import Conclusions
    from trabecula.reason.following import following
    from trabecula.reason.whatif import assume, whatif
    from trabecula.words import whatif as words

    if as_json and output is not None:
        raise click.UsageError("--json prints the answer, -o writes a page; ask for one of them")
    target = destination(output, overwrite, graph_path)
    if target:
        outputs.named(target, {"": "html", **outputs.PAGES}, option="")
    graph = open_graph(graph_path)
    changed, fixed = assume(graph.names, changes)
    follow = following(graph.columns, status, evidence)
    found = whatif(Conclusions(graph.columns, follow), changed, fixed, steps=steps)
    if output is not None:
        from trabecula.page.html import render

        part = ""
        if evidence:  # the page knows of statuses only, so it gets only what may be followed
            given = (graph.entities[key] for key in (*dict(changed), *fixed))
            graph = graph.only(compress(graph.statements.values(), follow)) | Graph(given)
            part = f"statement({', '.join(graph.statements)})" if len(graph) else ""
        title = f"what if {', '.join(changes)}"
        page = render(
            graph,
            title=title,
            opening=words.scene(found, status),
            selection=part,
            source=printable(graph_path),
        )
        emit(page.encode("utf-8"), target)
    elif as_json:
        echo_json(words.consequences_values(graph, found, only))
    else:
        click.echo(words.consequences(graph, found, only, limit))
