"""`trabecula search`"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from trabecula.cli.options import echo_json, graph_option, json_option, open_graph


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(min=1))
@graph_option
@json_option
def command(text: tuple[str, ...], limit: int, graph_path: Path | None, as_json: bool) -> None:
    """Find entities by name, synonym or identifier; misspellings are forgiven.

    \b
    trabecula search calcitrol
    trabecula search 25 OH D
    trabecula search CHEBI:17823
    """
    from trabecula.lookup import search, source
    from trabecula.words.text import hits

    typed = " ".join(text)
    graph = open_graph(graph_path)
    found = search(graph, typed, limit)
    if as_json:
        echo_json(
            [
                {
                    "id": hit.entity.id,
                    "name": hit.entity.name,
                    "category": hit.entity.category,
                    "score": round(hit.score, 1),
                    "why": hit.why,
                }
                for hit in found
            ]
        )
    elif found:
        click.echo(hits(graph, found))
    else:
        cited = source(graph, typed)
        click.echo(
            f"{cited.id} is a source and no entity: trabecula show {shlex.quote(cited.id)}"
            if cited is not None
            else f"nothing is called {typed!r}, nor anything like it",
            err=True,
        )
    if not found:
        raise SystemExit(1)
