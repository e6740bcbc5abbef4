"""`trabecula explain`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import echo_json, graph_option, json_option, open_graph
from trabecula.vocabulary import STATUSES


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option(
    "-k", "--steps", type=int, default=4, show_default=True, help="At most so many steps."
)
@click.option(
    "--via", multiple=True, metavar="NAME", help="Every path passes this entity; repeatable."
)
@click.option(
    "--avoid", multiple=True, metavar="NAME", help="No path passes this entity; repeatable."
)
@click.option(
    "--status", multiple=True, type=click.Choice(list(STATUSES)),
    help="Only over statements of this status; repeatable.  [all but refuted]",
)  # fmt: skip
@click.option(
    "--evidence", multiple=True, metavar="KIND",
    help="Only over statements with such support: human, rct …; repeated, one source is all of it.",
)  # fmt: skip
@click.option("--structure", is_flag=True, help="Cross links such as part of and kind of too.")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="Show so many paths.",
)  # fmt: skip
@graph_option
@json_option
def command(
    start: str, end: str, steps: int, via: tuple[str, ...], avoid: tuple[str, ...],
    status: tuple[str, ...], evidence: tuple[str, ...], structure: bool, limit: int,
    graph_path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """How A acts on B: every path, step by step, and what they add up to.

    Exit code 1 where no path was found.

    \b
    trabecula explain "magnesium deficiency" osteoporosis
    trabecula explain magnesium calcitriol --status supported --evidence human
    trabecula explain magnesium osteoporosis --via PTH -k 5
    """
    from trabecula.reason.explain import explain
    from trabecula.views import reasoning

    graph = open_graph(graph_path)
    found = explain(
        graph, start, end, steps, via=via, avoid=avoid, status=status, evidence=evidence,
        structure=structure,
    )  # fmt: skip
    if as_json:
        echo_json(reasoning.explanation_values(graph, found, limit))
    else:
        click.echo(reasoning.explanation(graph, found, limit))
    if not found.paths:
        raise SystemExit(1)
