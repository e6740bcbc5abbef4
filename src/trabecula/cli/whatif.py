"""`trabecula whatif`"""

from __future__ import annotations

from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trabecula.cli.engines import SPARK_HELP, engine_option, spark
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
from trabecula.reason.conclusions import STEPS

if TYPE_CHECKING:
    from trabecula.graph import Graph
    from trabecula.words.reached import Spread


@click.command()
@click.argument("changes", nargs=-1, required=True, metavar="NAME=up|down|fixed…")
@steps_option(STEPS)
@following_options
@click.option(
    "--only", multiple=True, type=click.Choice(["up", "down", "open", "implied"]),
    help="Only what has this outcome; repeatable.",
)  # fmt: skip
@click.option(
    "--reached", is_flag=True,
    help="Only what the change reaches, in how many steps and with which signs: no verdict, quick"
    " on any graph.",
)  # fmt: skip
@limit_option("entities of each outcome")
@graph_option
@engine_option(f"With --reached: {SPARK_HELP}")
@report_options("graph_path", forms={**FORMS, **PAGES, "": "html"})
def command(
    changes: tuple[str, ...], steps: int, status: tuple[str, ...], evidence: tuple[str, ...],
    only: tuple[str, ...], reached: bool, limit: int, graph_path: Path | None,
    engine: str | None, report: Report,
) -> None:  # fmt: skip
    """What would follow if something went up or down.

    For each quantity the best founded answer is given, with what it rests on: a statement of the
    two that was read, an observation, a need, a chain of at most three steps. What is fixed lets
    nothing through. As HTML it is an interactive page that opens with the answer.

    \b
    trabecula whatif magnesium=down
    trabecula whatif magnesium=down calcitriol=fixed --only down
    trabecula whatif magnesium=down --reached -k 4
    trabecula whatif "vitamin D supplementation=up" --status supported -o page.html
    """
    if engine is not None and not reached:
        raise click.UsageError("--engine tells what a change reaches: say --reached")
    if reached:
        _reached(changes, steps, status, evidence, only, limit, graph_path, engine, report)
        return
    from trabecula.graph import Graph
    from trabecula.questions import whatif
    from trabecula.reason.following import following
    from trabecula.words import whatif as words

    graph = open_graph(graph_path)
    answer = whatif(graph, *changes, steps=steps, status=status, evidence=evidence)
    if report.form == "html":
        from trabecula.page.html import render

        part = ""
        if evidence:  # the page knows of statuses only, so it gets only what may be followed
            follow = following(graph.columns, status, evidence)
            given = (graph.entities[key] for key in (*dict(answer.changed), *answer.fixed))
            graph = graph.only(compress(graph.statements.values(), follow)) | Graph(given)
            part = f"statement({', '.join(graph.statements)})" if len(graph) else ""
        title = f"what if {', '.join(changes)}"
        page = render(
            graph,
            title=title,
            opening=words.scene(answer, status),
            selection=part,
            source=printable(graph_path),
        )
        report.emit(page)
    else:
        report.give(
            words.outline(graph, answer, only, limit), lambda: words.values(graph, answer, only)
        )


def _reached(
    changes: tuple[str, ...], steps: int, status: tuple[str, ...], evidence: tuple[str, ...],
    only: tuple[str, ...], limit: int, path: Path | None, engine: str | None, report: Report,
) -> None:  # fmt: skip
    """Report what a change reaches; see `reason.reach`."""
    from trabecula.words import reached as words

    if "implied" in only:
        raise click.UsageError("--reached tells of up, down and open; implied is a verdict")
    if report.form == "html":
        raise click.UsageError("--reached is no page: give it as text, md or json")
    if engine is None:
        spread = _walked(changes, steps, status, evidence, open_graph(path))
    elif evidence:
        raise click.UsageError("--evidence is not asked of another engine; --status is")
    else:
        spread = _elsewhere(changes, steps, status, path, engine)
    report.give(words.outline(spread, only, limit), lambda: words.values(spread, only))


def _walked(
    changes: tuple[str, ...], steps: int, status: tuple[str, ...], evidence: tuple[str, ...],
    graph: Graph,
) -> Spread:  # fmt: skip
    """What a change reaches in a graph of this process."""
    from trabecula.reason.following import following
    from trabecula.reason.reach import reach
    from trabecula.reason.whatif import assume
    from trabecula.words.reached import Spread

    columns = graph.columns
    changed, fixed = assume(graph.names, changes)
    arcs = graph.influence.following(following(columns, status, evidence))
    ways = {columns.number(key): way for key, way in changed.items()}
    reached = reach(arcs, ways, [columns.number(key) for key in fixed], steps=steps)
    ids = {end.entity: columns.entities[end.entity] for end in reached}
    names = {number: (key, graph.name(key)) for number, key in ids.items()}
    labels = {key: graph.name(key) for key in (*changed, *fixed)}
    return Spread(tuple(sorted(changed.items())), fixed, steps, reached, names, labels)


def _elsewhere(
    changes: tuple[str, ...], steps: int, status: tuple[str, ...], path: Path | None, engine: str
) -> Spread:
    """The same in a store, as Spark walks it."""
    from trabecula.store.spark import reaching
    from trabecula.words.reached import Spread

    with spark(engine, path) as tables:
        changed, fixed, names, numbers = reaching.assumed(tables, changes)
        ways = {numbers[key]: way for key, way in changed.items()}
        arcs = reaching.followed(tables, status)
        reached = reaching.reach(tables, arcs, ways, [numbers[key] for key in fixed], steps=steps)
        called = reaching.called(tables, [end.entity for end in reached])
    labels = {key: names.label(key) for key in (*changed, *fixed)}
    return Spread(tuple(sorted(changed.items())), fixed, steps, reached, called, labels)
