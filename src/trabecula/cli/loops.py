"""`trabecula loops`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import echo_json, graph_option, json_option, open_graph
from trabecula.vocabulary import STATUSES


@click.command()
@click.argument("name", required=False)
@click.option(
    "-k", "--steps", type=int, default=6, show_default=True, help="At most so many steps."
)
@click.option(
    "--status", multiple=True, type=click.Choice(list(STATUSES)),
    help="Only over statements of this status; repeatable.  [all but refuted]",
)  # fmt: skip
@click.option(
    "--evidence", multiple=True, metavar="KIND",
    help="Only over statements with such support: human, rct …; repeated, one source is all of it.",
)  # fmt: skip
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="Show so many loops.",
)  # fmt: skip
@graph_option
@json_option
def command(
    name: str | None, steps: int, status: tuple[str, ...], evidence: tuple[str, ...], limit: int,
    graph_path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Feedback loops: what acts back on itself, and whether it dampens or amplifies.

    All loops, or those through one entity. A balancing loop returns a change with the opposite
    sign, a reinforcing one with its own. Exit code 1 where none was found.

    \b
    trabecula loops
    trabecula loops PTH --status supported
    trabecula loops calcitriol -k 4 --json
    """
    from trabecula.reason.following import following
    from trabecula.reason.loops import loops
    from trabecula.views import loops as words

    graph = open_graph(graph_path)
    through = graph.get(name).id if name else ""
    found = loops(graph, steps, through=through, follow=following(graph, status, evidence))
    if as_json:
        echo_json(words.feedback_values(graph, found, limit))
    else:
        click.echo(words.feedback(graph, found, limit))
    if not found.found:
        raise SystemExit(1)
