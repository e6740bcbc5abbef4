"""`trabecula diagnose`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    Report,
    graph_option,
    limit_option,
    open_graph,
    report_options,
    steps_option,
)
from trabecula.reason.conclusions import STEPS


@click.command()
@click.argument("findings", nargs=-1, required=True, metavar="NAME=up|down…")
@steps_option(STEPS)
@limit_option("causes")
@graph_option
@report_options("graph_path")
def command(
    findings: tuple[str, ...], steps: int, limit: int, graph_path: Path | None, report: Report
) -> None:
    """Which single change would explain what is seen.

    The causes that explain most come first, and of these what is settled or measured before what
    is only suggested; each with its path and what it leaves unexplained. Exit code 1 where nothing
    explains anything.

    \b
    trabecula diagnose "blood calcium=down" "PTH=down"
    trabecula diagnose "bone mass=down" "bone resorption=up" -n 5
    """
    from trabecula.questions import diagnose
    from trabecula.words import diagnose as words

    graph = open_graph(graph_path)
    diagnosis = diagnose(graph, *findings, steps=steps)
    report.give(words.outline(graph, diagnosis, limit), lambda: words.values(graph, diagnosis))
    if not diagnosis.causes:
        raise SystemExit(1)
