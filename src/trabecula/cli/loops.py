"""`trabecula loops`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    Report,
    following_options,
    graph_option,
    limit_option,
    open_graph,
    report_options,
    steps_option,
)


@click.command()
@click.argument("name", required=False)
@steps_option(4)
@following_options
@limit_option("loops")
@graph_option
@report_options("graph_path")
def command(
    name: str | None, steps: int, status: tuple[str, ...], evidence: tuple[str, ...], limit: int,
    graph_path: Path | None, report: Report,
) -> None:  # fmt: skip
    """Feedback loops: what acts back on itself, and whether it dampens or amplifies.

    All loops, or those through the quantity that one entity is a name of; what are names of one
    quantity stands in a loop once. A balancing loop returns a change with the opposite sign, a
    reinforcing one with its own. Those whose weakest step is best known come first. Exit code 1
    where none was found.

    \b
    trabecula loops
    trabecula loops PTH --status supported
    trabecula loops calcitriol -k 4 --json
    """
    from trabecula.reason.following import following
    from trabecula.reason.loops import loops
    from trabecula.words import loops as words

    graph = open_graph(graph_path)
    through = graph.get(name).id if name else ""
    answer = loops(
        graph.columns, steps, through=through, follow=following(graph.columns, status, evidence)
    )
    report.give(words.outline(graph, answer, limit), lambda: words.values(graph, answer, limit))
    if not answer.loops:
        raise SystemExit(1)
