"""`trabecula serve`"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from trabecula.cli.options import graph_option, open_graph


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=7311,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 is any that is free.",
)
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0.1, max=3600),
    help="Seconds that a query may take, waiting included.",
)
@click.option(
    "--workers",
    default=4,
    show_default=True,
    type=click.IntRange(1, 64),
    help="So many queries are answered at once; the heavy ones never take all places.",
)
@click.option(
    "--max-results",
    default=100_000,
    show_default=True,
    type=click.IntRange(min=1),
    help="The most rows or triples of an answer; a larger one is refused, never cut short.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name of this machine that requests may be for, as behind a proxy; repeatable.",
)
@click.option("--no-cors", is_flag=True, help="Pages of other sites may not read answers.")
@click.option("--quiet", is_flag=True, help="No line for each request.")
@graph_option
def command(
    host: str,
    port: int,
    timeout: float,
    workers: int,
    max_results: int,
    hosts: tuple[str, ...],
    no_cors: bool,
    quiet: bool,
    graph_path: Path | None,
) -> None:
    """Serve the graph: SPARQL, the explorer, an API, an address for everything.

    It only reads; nothing is fetched. Needs `pip install "trabecula[serve]"`.

    \b
    trabecula serve
    trabecula serve --graph my-graph.ttl --port 8000 --timeout 10
    """
    from trabecula.server import serve

    def ready(address: str, facts: Mapping[str, Any]) -> None:
        what = f"{facts['statements']:,} statements, {facts['quads']:,} quads"
        click.echo(f"{address} serves {what}; end with Ctrl+C", err=True)
        if not facts["offline"]:
            click.echo("the system gives workers no network of their own; see docs", err=True)

    serve(
        open_graph(graph_path),
        host=host,
        port=port,
        timeout=timeout,
        workers=workers,
        rows=max_results,
        hosts=hosts,
        cors=not no_cors,
        log=not quiet,
        ready=ready,
    )
