"""`trabecula whatif`"""

from __future__ import annotations

from itertools import compress
from pathlib import Path

import click

from trabecula.cli.options import (
    FORMS,
    Report,
    following_options,
    graph_option,
    limit_option,
    open_graph,
    printable,
    report_options,
    steps_option,
)
from trabecula.outputs import PAGES


@click.command()
@click.argument("changes", nargs=-1, required=True, metavar="NAME=up|down|fixed…")
@steps_option(2)
@following_options
@click.option(
    "--only", multiple=True, type=click.Choice(["up", "down", "open", "implied"]),
    help="Only what has this outcome; repeatable.",
)  # fmt: skip
@limit_option("entities of each outcome")
@graph_option
@report_options("graph_path", forms={**FORMS, **PAGES, "": "html"})
def command(
    changes: tuple[str, ...], steps: int, status: tuple[str, ...], evidence: tuple[str, ...],
    only: tuple[str, ...], limit: int, graph_path: Path | None, report: Report,
) -> None:  # fmt: skip
    """What would follow if something went up or down.

    For each quantity the best founded answer is given, with what it rests on: a statement of the
    two that was read, an observation, a need, a chain of at most three steps. What is fixed lets
    nothing through. As HTML it is an interactive page that opens with the answer.

    \b
    trabecula whatif magnesium=down
    trabecula whatif magnesium=down calcitriol=fixed --only down
    trabecula whatif "vitamin D supplementation=up" --status supported -o page.html
    """
    from trabecula.graph import Graph
    from trabecula.reason.following import following
    from trabecula.reason.known import known_of
    from trabecula.reason.whatif import assume, whatif
    from trabecula.words import whatif as words

    graph = open_graph(graph_path)
    changed, fixed = assume(graph.names, changes)
    follow = following(graph.columns, status, evidence)
    found = whatif(known_of(graph.columns, follow), changed, fixed, steps=steps)
    if report.form == "html":
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
        report.emit(page)
    else:
        report.give(
            words.outline(graph, found, only, limit), lambda: words.values(graph, found, only)
        )
