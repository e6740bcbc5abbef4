"""Options that several commands share, and the graph and output they stand for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.vocabulary import STATUSES

_Command = TypeVar("_Command", bound=Callable[..., Any])


def graph_option(command: _Command) -> _Command:
    """`--graph PATH`: the graph to work on."""
    return click.option(
        "--graph",
        "graph_path",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="A graph file or a curated folder; the shipped graph where left out.",
    )(command)


def output_option(help_text: str) -> Callable[[_Command], _Command]:
    """`-o PATH`: where to write; `-` is standard output."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, allow_dash=True, dir_okay=True),
        metavar="PATH",
        help=help_text,
    )


def steps_option(default: int) -> Callable[[_Command], _Command]:
    """`-k N`: the length of paths and loops."""
    return click.option(
        "-k", "--steps", type=int, default=default, show_default=True, help="At most so many steps."
    )


def limit_option(what: str) -> Callable[[_Command], _Command]:
    """`-n N`: how many of a list are shown."""
    return click.option(
        "-n",
        "--limit",
        type=click.IntRange(min=1),
        default=10,
        show_default=True,
        help=f"Show so many {what}.",
    )


def following_options(command: _Command) -> _Command:
    """`--status` and `--evidence`: which statements are followed; see `reason.following`."""
    status = click.option(
        "--status",
        multiple=True,
        type=click.Choice(list(STATUSES)),
        help="Only over statements of this status; repeatable.  [all but refuted]",
    )
    evidence = click.option(
        "--evidence",
        multiple=True,
        metavar="KIND",
        help="Only over statements with such support: human, rct …; repeated, one source is all"
        " of it.",
    )
    return status(evidence(command))


def json_option(command: _Command) -> _Command:
    """`--json`: the same facts for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON.")(command)


def open_graph(path: Path | None, left: Leftovers | None = None) -> Graph:
    """The graph at a path, or the shipped one; `left` is told what reading leaves out."""
    from trabecula.formats import load

    return load(path, left=left)


def between(graph: Graph) -> str:
    """How large a graph is: `65 statements between 70 entities`."""
    entities = counted(len(graph.entities), "entity", "entities")
    return f"{counted(len(graph), 'statement')} between {entities}"


def echo_json(value: object) -> None:
    """Print a value as JSON with stable keys."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def emit(data: bytes, output: Path | None) -> None:
    """Write bytes to a path, whole or not at all, or to standard output."""
    from trabecula.files import write_atomically

    if output is None or str(output) == "-":
        click.echo(data, nl=False)
    else:
        write_atomically(output, data)
