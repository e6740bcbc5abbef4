"""`trabecula show`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    echo_json,
    graph_option,
    json_option,
    open_graph,
    statement_called,
)


@click.command()
@click.argument("name")
@click.option("-e", "--evidence", is_flag=True, help="Show the evidence of every statement.")
@graph_option
@json_option
def command(name: str, evidence: bool, graph_path: Path | None, as_json: bool) -> None:
    """Everything about one entity, statement or source.

    An entity is named as you would name it, a statement by its id or by how that begins, a source
    by its id or DOI. What acts on an entity and what it acts on, each with sign, status and the
    number of independent sources; and how many feedback loops and conflicts it is part of.

    \b
    trabecula show PTH
    trabecula show calcitriol --evidence
    trabecula show PMID:9709941
    """
    from trabecula import values as facts
    from trabecula.lookup import source
    from trabecula.words import text

    graph = open_graph(graph_path)
    statement = statement_called(graph, name)
    if statement is not None:
        if as_json:
            echo_json(facts.statement(graph, statement))
        else:
            click.echo(text.statement_card(graph, statement))
        return
    cited = source(graph, name) if graph.find(name) is None else None
    if cited is not None:
        if as_json:
            echo_json(facts.source(graph, cited))
        else:
            click.echo(text.source_card(graph, cited))
        return
    entity = graph.get(name)
    if as_json:
        echo_json(facts.entity(graph, entity))
    else:
        click.echo(text.card(graph, entity, evidence=evidence))
