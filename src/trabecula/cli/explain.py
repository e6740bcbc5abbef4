"""`trabecula explain`"""

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
from trabecula.reason.paths import STEPS


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@steps_option(STEPS)
@click.option(
    "--via", multiple=True, metavar="NAME", help="Every path passes this entity; repeatable."
)
@click.option(
    "--avoid", multiple=True, metavar="NAME", help="No path passes this entity; repeatable."
)
@following_options
@click.option(
    "--acting",
    type=click.IntRange(1, 3),
    default=2,
    show_default=True,
    help="Conclude from chains of at most so many acting steps.",
)
@click.option("--structure", is_flag=True, help="Cross links such as part of and kind of too.")
@limit_option("paths")
@graph_option
@report_options("graph_path")
def command(
    start: str, end: str, steps: int, via: tuple[str, ...], avoid: tuple[str, ...],
    status: tuple[str, ...], evidence: tuple[str, ...], structure: bool, acting: int,
    limit: int,
    graph_path: Path | None, report: Report,
) -> None:  # fmt: skip
    """What follows for A and B, on what it rests, and every path between them.

    A verb of change (raises, lowers) needs a source that spoke of both; what rests on less says so.
    Exit code 1 where nothing leads from A to B.

    \b
    trabecula explain "magnesium deficiency" osteoporosis
    trabecula explain magnesium calcitriol --status supported --evidence human
    trabecula explain magnesium osteoporosis --via PTH -k 5
    """
    from trabecula.questions import explain
    from trabecula.words import explain as words

    graph = open_graph(graph_path)
    explanation = explain(
        graph, start, end, steps, via=via, avoid=avoid, status=status,
        evidence=evidence, structure=structure, concluding=acting,
    )  # fmt: skip
    report.give(
        words.outline(graph, explanation, limit), lambda: words.values(graph, explanation, limit)
    )
    if not explanation.paths and explanation.conclusion.relation == "nothing":
        raise SystemExit(1)
