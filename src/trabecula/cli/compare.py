"""`trabecula compare`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trabecula.cli.options import (
    Report,
    graph_option,
    limit_option,
    open_graph,
    report_options,
)

if TYPE_CHECKING:
    from trabecula.graph import Graph


@click.command()
@click.argument("other", type=click.Path(path_type=Path))
@click.option(
    "--map", "table", type=click.Path(path_type=Path), metavar="FILE",
    help="Which entities are the same: a name here, a tab, a name there. Where left out, those of"
    " one id, exact identifier or name.",
)  # fmt: skip
@click.option(
    "--only", multiple=True,
    type=click.Choice(["opposite", "differs", "agree", "only here", "only there"]),
    help="Only such pairs; repeatable.",
)  # fmt: skip
@click.option(
    "-k", "--steps", type=click.IntRange(1, 3), default=2, show_default=True,
    help="Conclude from at most so many acting steps.",
)  # fmt: skip
@limit_option("pairs of each kind")
@graph_option
@report_options("graph_path", "other", "table")
def command(
    other: Path, table: Path | None, only: tuple[str, ...], steps: int, limit: int,
    graph_path: Path | None, report: Report,
) -> None:  # fmt: skip
    """A second opinion: what another graph concludes of the same things.

    For each pair of things that both graphs have: whether they agree, with the steps on both
    sides. Exit code 1 where some pair is opposite.

    \b
    trabecula compare other.json
    trabecula compare other.ttl --map same.tsv --only opposite
    """
    from trabecula.reason.compare import compare, shared
    from trabecula.reason.conclusions import conclusions_of
    from trabecula.store import load
    from trabecula.words import compare as words

    graph, second = open_graph(graph_path), load(other)
    same = _mapped(table, graph, second) if table else shared(graph.names, second.names)
    if not same:
        raise click.UsageError("the two graphs share no entity; --map FILE says which are the same")
    comparison = compare(
        conclusions_of(graph.columns), conclusions_of(second.columns), same, steps=steps
    )
    report.give(
        words.outline(graph, second, comparison, only, limit),
        lambda: words.values(comparison, only),
    )
    if comparison.counts()["opposite"]:
        raise SystemExit(1)


def _mapped(file: Path, here: Graph, there: Graph) -> dict[str, str]:
    """The pairs of a table, each name looked up in its graph."""
    from trabecula.errors import FormatError
    from trabecula.files import read_lines
    from trabecula.reason.compare import table

    lines, problems = read_lines(file)
    if problems:
        raise FormatError(problems)
    try:
        pairs = table(lines, str(file))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return {here.names.id_of(ours): there.names.id_of(theirs) for ours, theirs in pairs}
