"""`trabecula check`"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trabecula import shipped
from trabecula.cli.options import echo_json, graph_option, json_option, open_graph
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem, told
from trabecula.leftover import Leftovers

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
    left = Leftovers()
    graph = _opened(path or graph_path, left, as_json)
    outcome = check(graph, names)
    outcome = replace(outcome, problems=(*_left(left, path or graph_path), *outcome.problems))
    if expectations:
        outcome = _with_expectations(outcome, graph, folder)
    if as_json:
        echo_json(_values(graph, outcome))
    else:
        _print(graph, outcome)
    if not outcome.ran or not len(graph):
        raise click.UsageError("nothing was checked")
    worst = {"error": outcome.errors, "warning": outcome.problems, "never": ()}[fail_on]
    if worst:
        raise SystemExit(1)


def _opened(path: Path | None, left: Leftovers, as_json: bool) -> Graph:
    """The graph at a path; what is wrong with its file is written as JSON where that is asked."""
    from trabecula.checks import Outcome

    try:
        return open_graph(path, left)
    except FormatError as error:
        if not as_json:
            raise
        echo_json(_values(None, Outcome(error.problems, (), ())))
        raise SystemExit(3) from error


def _print(graph: Graph, outcome: Outcome) -> None:
    for problem, line in told(outcome.problems):
        click.echo(f"{problem.severity}: {line}  [{problem.code}]")
    for name, why in outcome.skipped:
        click.echo(f"skipped {name}: {why}", err=True)
    click.echo(_figures(graph, outcome), err=True)


def _values(graph: Graph | None, outcome: Outcome) -> dict[str, Any]:
    """The outcome for programs; without a graph, what is wrong with its file."""
    keys = ("severity", "code", "where", "what", "fix", "count")
    held = (
        {"statements": len(graph), "entities": len(graph.entities)} if graph is not None else None
    )
    return {
        "checked": held,
        "ran": outcome.ran,
        "skipped": dict(outcome.skipped),
        "problems": [{key: getattr(problem, key) for key in keys} for problem in outcome.problems],
    }


def _figures(graph: Graph, outcome: Outcome) -> str:
    """What was checked and what came of it, on one line."""
    held = (
        counted(len(graph), "statement"),
        counted(len(graph.entities), "entity", "entities"),
        counted(len(graph.sources), "source"),
    )
    came = (
        f"{counted(len(outcome.ran), 'check')} ran",
        f"{len(outcome.skipped)} skipped",
        counted(outcome.count("error"), "error"),
        counted(outcome.count("warning"), "warning"),
    )
    return f"{', '.join(held)}: {', '.join(came)}"


def _left(left: Leftovers, path: Path | None) -> Iterator[Problem]:
    """What reading left out or read otherwise than written, as findings."""
    fix = "correct the file, or read on without it"
    for line in left.lines():
        yield Problem("left-out", str(path), line, fix, "warning")


def _with_expectations(outcome: Outcome, graph: Graph, folder: Path) -> Outcome:
    """The outcome with what a folder of questions and expected conclusions finds."""
    from trabecula.expectations import broken

    found = broken(graph, folder)
    return replace(
        outcome, problems=(*outcome.problems, *found), ran=(*outcome.ran, "expectations")
    )
