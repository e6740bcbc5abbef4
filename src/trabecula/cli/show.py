"""`trabecula show`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    Report,
    entity_called,
    graph_option,
    graph_options,
    open_graph,
    report_options,
    statement_called,
)


@click.command()
@click.argument("name")
@click.option("-e", "--evidence", is_flag=True, help="Show the evidence of every statement.")
@graph_option
@report_options("graph_path")
def command(name: str, evidence: bool, graph_path: Path | None, report: Report) -> None:
    """Everything about one entity, statement or source.

    An entity is named as you would name it, a statement by eight digits or more of its id, a source
    by its id or DOI. What acts on an entity and what it acts on, each with sign, status and the
    number of independent sources; and how many feedback loops and conflicts it is part of.

    \b
    trabecula show PTH
    trabecula show calcitriol --evidence
    trabecula show PMID:9709941
    """
    from trabecula import values
    from trabecula.lookup import source
    from trabecula.words import cards

    graph = open_graph(graph_path)
    statement = statement_called(graph, name)
    if statement is not None:
        report.give(cards.statement(graph, statement), lambda: values.statement(graph, statement))
        return
    cited = source(graph, name) if graph.find(name) is None else None
    if cited is not None:
        report.give(cards.source(graph, cited), lambda: values.source(graph, cited))
        return
    entity = entity_called(graph, name)
    card = cards.entity(graph, entity, evidence=evidence, options=graph_options(graph_path))
    report.give(card, lambda: values.entity(graph, entity))
