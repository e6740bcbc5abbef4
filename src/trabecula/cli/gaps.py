"""`trabecula gaps`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    Report,
    graph_option,
    report_options,
)
from trabecula.reason.gaps import KINDS


@click.command()
@click.option(
    "--only", "kinds", multiple=True, type=click.Choice(list(KINDS)),
    help="Only gaps of this kind; repeatable.",
)  # fmt: skip
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="Show so many of each kind; JSON has all.",
)  # fmt: skip
@graph_option
@report_options("graph_path")
def command(
    kinds: tuple[str, ...], limit: int, graph_path: Path | None, report: Report
) -> None:  # fmt: skip
    """What to read or curate next: where one more source settles most, and what is missing.

    \b
    trabecula gaps
    trabecula gaps --only unread -n 5
    """
    from trabecula.reason.gaps import gaps
    from trabecula.versions import version
    from trabecula.words import gaps as words

    opened = version(None if graph_path is None else str(graph_path))
    chosen = kinds or tuple(KINDS)
    # They count for thin statements alone, and to count them takes longer than all the rest.
    expectations = opened.expectations if "thin" in chosen else ()
    answer = gaps(opened.graph.columns, opened.graph.names, expectations)
    report.give(
        words.outline(opened.graph, answer, chosen, limit),
        lambda: words.values(opened.graph, answer, chosen),
    )
