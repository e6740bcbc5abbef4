"""`trabecula check`"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trabecula import shipped
from trabecula.cli.options import (
    FORMS,
    Report,
    graph_option,
    is_curated,
    json_text,
    open_graph,
    report_options,
)
from trabecula.errors import FormatError, Problem, VocabularyError
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
    "--retractions",
    "table",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Compare the sources with this CSV of Retraction Watch.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The least severe finding that makes the exit code 1.",
)
@graph_option
@report_options("path", "graph_path", forms={**FORMS, ".sarif": "sarif"})
def command(
    path: Path | None,
    names: tuple[str, ...],
    expectations: bool,
    table: Path | None,
    fail_on: str,
    graph_path: Path | None,
    report: Report,
) -> None:
    """Look for mistakes in a graph: its tables, its evidence, its identifiers, its meaning.

    \b
    trabecula check
    trabecula check --expectations
    trabecula check my-graph/ --fail-on warning
    trabecula check --retractions retraction_watch.csv
    """
    from trabecula.checks import Outcome, check, is_of_others

    if path and graph_path:
        raise click.UsageError("name one graph: the argument or --graph")
    folder = (path or graph_path or shipped.graph()) / "expectations"
    if expectations and not folder.is_dir():
        raise click.UsageError(f"there is no folder {folder}")
    left = Leftovers()
    try:
        graph = open_graph(path or graph_path, left)
    except (FormatError, VocabularyError, OSError) as error:
        if report.form != "text":
            problems = _problems(error, path or graph_path)
            _give(None, Outcome(problems, (), ()), path or graph_path, report)
            if isinstance(error, FormatError):
                raise SystemExit(3) from error
        raise
    named = path or graph_path
    outcome = check(graph, names, others=not is_curated(named) and is_of_others(graph))
    outcome = replace(outcome, problems=(*_left(left, path or graph_path), *outcome.problems))
    if table:
        from trabecula.checks.retractions import retractions

        retracted = tuple(retractions(graph, table))
        outcome = replace(
            outcome, problems=(*outcome.problems, *retracted), ran=(*outcome.ran, "retractions")
        )
    if expectations:
        outcome = _with_expectations(outcome, graph, folder)
    _give(graph, outcome, path or graph_path, report)
    if not outcome.ran or not len(graph):
        raise click.UsageError("nothing was checked")
    worst = {"error": outcome.errors, "warning": outcome.problems, "never": ()}[fail_on]
    if worst:
        raise SystemExit(1)


def _give(graph: Graph | None, outcome: Outcome, path: Path | None, report: Report) -> None:
    """Write what checking came to; without a graph, what is wrong with its file."""
    from trabecula.words import check as words

    if report.form == "sarif":
        log = words.sarif(outcome, path or shipped.graph(), loaded=graph is not None)
        report.emit(json_text(log))
    elif report.form == "text" and graph is not None:
        report.emit("".join(f"{line}\n" for line in words.lines(outcome)))
        for name, why in outcome.skipped:
            click.echo(f"skipped {name}: {why}", err=True)
        click.echo(words.figures(graph, outcome), err=True)
    else:
        report.give(words.outline(graph, outcome), lambda: words.values(graph, outcome))


def _problems(error: Exception, path: Path | None) -> tuple[Problem, ...]:
    """Why a graph could not be read."""
    if isinstance(error, FormatError):
        return error.problems
    where, what = str(path), str(error).removeprefix(f"{path}: ")
    if isinstance(error, OSError):
        where, what = str(error.filename or path), error.strerror or what
    return (Problem("not-read", where, what, "name a file or a folder that can be read"),)


def _left(left: Leftovers, path: Path | None) -> Iterator[Problem]:
    """What reading left out or read otherwise than written, as findings."""
    fix = "correct the file, or read on without it"
    for line in left.lines():
        yield Problem("left-out", str(path), line, fix, "warning")


def _with_expectations(outcome: Outcome, graph: Graph, folder: Path) -> Outcome:
    """The outcome with what a folder of questions and expected conclusions finds."""
    from trabecula.expectations import broken

    unmet = broken(graph, folder)
    return replace(
        outcome, problems=(*outcome.problems, *unmet), ran=(*outcome.ran, "expectations")
    )
