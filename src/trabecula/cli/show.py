"""`trabecula show`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trabecula.cli.options import (
    Report,
    graph_option,
    graph_options,
    open_graph,
    report_options,
    statement_called,
)
from trabecula.errors import NotFound

if TYPE_CHECKING:
    from trabecula.graph import Graph
    from trabecula.model import Entity


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
    entity = _entity(graph, name)
    card = cards.entity(graph, entity, evidence=evidence, options=graph_options(graph_path))
    report.give(card, lambda: values.entity(graph, entity))


def _entity(graph: Graph, name: str) -> Entity:
    """The entity of a name that no statement and no source has. Raises `NotFound`."""
    entity = graph.find(name)
    if entity is None:
        try:
            return graph.get(name)
        except NotFound as error:
            what = f"no entity, statement or source is called {name!r}"
            raise NotFound(what, error.suggestions) from error
    return entity
