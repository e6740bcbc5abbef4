"""`trabecula mcp`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trabecula.cli.options import between, graph_option, open_graph


@click.command()
@click.option("--http", is_flag=True, help="Over HTTP at /mcp, not over standard input and output.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen at."
)
@click.option(
    "--port", default=8766, show_default=True, type=click.IntRange(1, 65535), help="And its port."
)
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME",
    help="With --http: another name under which it may be asked; repeatable.",
)  # fmt: skip
@graph_option
def command(
    http: bool, host: str, port: int, names: tuple[str, ...], graph_path: Path | None
) -> None:
    """Offer the graph to an assistant, as tools that cite (Model Context Protocol).

    Every answer names its statements, what they rest on and the references. A client starts the
    command and speaks to it over standard input and output; nothing is written but answers.

    \b
    trabecula mcp
    trabecula mcp --graph my-graph/ --trust read
    trabecula mcp --http --port 8766
    """
    from trabecula.server import transports
    from trabecula.server.desk import Desk

    given = click.get_current_context().get_parameter_source
    for option in ("host", "port", "names"):
        if not http and given(option) is not click.core.ParameterSource.DEFAULT:
            raise click.UsageError(
                f"--{'allow-host' if option == 'names' else option} needs --http"
            )
    graph = open_graph(graph_path)
    desk = Desk(graph, shipped=graph_path is None)
    if http:
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/mcp"
        told = f"{between(graph)} at {address}; Ctrl+C ends it"
        transports.over_http(desk, host, port, names, lambda: click.echo(told, err=True))
    else:
        if sys.stdin.isatty():
            click.echo(f"{between(graph)}; waiting for a client, Ctrl+C ends it", err=True)
        transports.over_stdio(desk)
