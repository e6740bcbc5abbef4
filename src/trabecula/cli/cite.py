"""`trabecula cite`"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trabecula.cli.options import (
    FORMS,
    Report,
    entity_called,
    graph_option,
    name_of,
    open_graph,
    report_options,
    statement_called,
)

if TYPE_CHECKING:
    from trabecula.graph import Graph
    from trabecula.model import Source


@click.command()
@click.argument("what", required=False, metavar="[SELECTION | NAME | STATEMENT | SOURCE]")
@click.option("--bibtex", is_flag=True, help="Write BibTeX, as -f bibtex does.")
@graph_option
@report_options("graph_path", forms={**FORMS, ".bib": "bibtex"})
def command(
    what: str | None,
    bibtex: bool,
    graph_path: Path | None,
    report: Report,
) -> None:
    """How to cite the graph, or the sources of a part of it.

    \b
    trabecula cite --bibtex
    trabecula cite calcitriol
    trabecula cite PMID:9709941
    trabecula cite "topic(pth) & status(contested)" --bibtex
    """
    from trabecula import cite, values
    from trabecula.words import lists

    asked = click.get_current_context().params
    others = "json" if asked["as_json"] else asked["form"]
    if bibtex and others not in (None, "bibtex"):
        raise click.UsageError(f"--bibtex and -f {others}: ask for one of them")
    if bibtex:
        report = replace(report, form="bibtex")
    graph = open_graph(graph_path)
    if what is None:
        described = graph.about, name_of(graph_path)
        line = cite.graph_text(*described)
        if report.form == "bibtex":
            report.emit(cite.graph_bibtex(*described))
        elif report.form == "text":
            report.emit(f"{line}\n")
        else:
            itself = {"references": [{"id": "", "reference": line, "link": graph.about.home}]}
            report.give(lists.references([line]), lambda: itself)
        return
    sources = _sources(graph, what)
    if report.form == "bibtex":
        report.emit(cite.bibtex(sources))
    elif report.form == "text":
        report.emit(cite.text(sources))
    else:
        told = cite.merged(sources)
        report.give(lists.references(map(cite.line, told)), lambda: values.references(told))


def _sources(graph: Graph, what: str) -> list[Source]:
    """The source that is asked for, or those of a statement, of a selection or around a name."""
    from trabecula.cli.extract import selection_text
    from trabecula.lookup import source

    cited = source(graph, what) if graph.find(what) is None else None
    if cited is not None:
        return [cited]
    statement = statement_called(graph, what)
    if statement is not None:
        return [*graph.only([statement]).sources.values()]
    if "(" not in what:
        entity_called(graph, what)
    return [*graph.select(selection_text(graph, (what,))).sources.values()]
