"""`trabecula check`"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trabecula import shipped
from trabecula.cli.options import echo_json, graph_option, json_option, open_graph

if TYPE_CHECKING:
    from trabecula.checks import Outcome
    from trabecula.graph import Graph


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--only", "names", multiple=True, help="Run only this check; repeatable.")
@click.option(
    "--expectations", is_flag=True, help="Ask the questions in the folder's expectations/, too."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The least severe finding that makes the exit code 1.",
)
@graph_option
@json_option
def command(
    path: Path | None,
    names: tuple[str, ...],
    expectations: bool,
    fail_on: str,
    graph_path: Path | None,
    as_json: bool,
) -> None:
    """Look for mistakes in a graph: its tables, its evidence, its identifiers, its meaning.

    \b
    trabecula check
    trabecula check --expectations
    trabecula check my-graph/ --fail-on warning
    """
    from trabecula.checks import check

    if path and graph_path:
        raise click.UsageError("name one graph: the argument or --graph")
    folder = (path or graph_path or shipped.graph()) / "expectations"
    if expectations and not folder.is_dir():
        raise click.UsageError(f"there is no folder {folder}")
    graph = open_graph(path or graph_path)
    outcome = check(graph, names)
    if expectations:
        outcome = _with_expectations(outcome, graph, folder)
    if as_json:
        echo_json(
            {
                "checked": {"statements": len(graph), "entities": len(graph.entities)},
                "ran": outcome.ran,
                "skipped": dict(outcome.skipped),
                "problems": [
                    {
                        "severity": p.severity,
                        "code": p.code,
                        "where": p.where,
                        "what": p.what,
                        "fix": p.fix,
                    }
                    for p in outcome.problems
                ],
            }
        )
    else:
        for problem in outcome.problems:
            click.echo(f"{problem.severity}: {problem}  [{problem.code}]")
        for name, why in outcome.skipped:
            click.echo(f"skipped {name}: {why}", err=True)
        warnings = len(outcome.problems) - len(outcome.errors)
        click.echo(
            f"{len(graph)} statements, {len(graph.entities)} entities, "
            f"{len(graph.sources)} sources: "
            f"{len(outcome.ran)} checks ran, {len(outcome.skipped)} skipped, "
            f"{len(outcome.errors)} errors, {warnings} warnings",
            err=True,
        )
    if not outcome.ran or not len(graph):
        raise click.UsageError("nothing was checked")
    worst = {"error": outcome.errors, "warning": outcome.problems, "never": ()}[fail_on]
    if worst:
        raise SystemExit(1)


def _with_expectations(outcome: Outcome, graph: Graph, folder: Path) -> Outcome:
    """The outcome with what a folder of questions and signed expectations finds."""
    from trabecula.expectations import broken

    found = broken(graph, folder)
    return replace(
        outcome, problems=(*outcome.problems, *found), ran=(*outcome.ran, "expectations")
    )
