"""`trabecula conflicts`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    Report,
    graph_option,
    open_graph,
    report_options,
)
from trabecula.reason.conflicts import KINDS


@click.command()
@click.argument("name", required=False)
@click.option(
    "--only", "kinds", multiple=True, type=click.Choice(list(KINDS)),
    help="Only conflicts of this kind; repeatable.",
)  # fmt: skip
@click.option("-e", "--evidence", is_flag=True, help="Show what each source says.")
@click.option(
    "--fail-on", multiple=True, type=click.Choice(list(KINDS)),
    help="Exit code 1 if there is such a conflict among those shown; repeatable.",
)  # fmt: skip
@graph_option
@report_options("graph_path")
def command(
    name: str | None, kinds: tuple[str, ...], evidence: bool, fail_on: tuple[str, ...],
    graph_path: Path | None, report: Report,
) -> None:  # fmt: skip
    """Where the sources disagree, and what depends on where one looks.

    Each conflict has both sides with their sources. It is direct where nothing stated tells the
    sides apart, and indirect where chains of supported steps point both ways and no source spoke of
    the two. What acts one way in a lack, a state or a context and another way elsewhere depends on
    it and is listed apart. Two names of one quantity are one; with a NAME, only the conflicts about
    its quantity are listed.

    \b
    trabecula conflicts PTH
    trabecula conflicts --only direct -e
    trabecula conflicts --fail-on direct --graph graph/
    """
    from trabecula.questions import conflicts
    from trabecula.words import conflicts as words

    graph = open_graph(graph_path)
    answer = conflicts(graph, name or "", kinds)
    report.give(words.outline(graph, answer, evidence=evidence), lambda: words.values(answer))
    if any(conflict.kind in fail_on for conflict in answer.conflicts):
        raise SystemExit(1)
