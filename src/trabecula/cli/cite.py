"""`trabecula cite`"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from trabecula.cli.options import (
    FORMS,
    Report,
    graph_option,
    name_of,
    open_graph,
    report_options,
    statement_called,
)


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
    from trabecula.cli.extract import selection_text
    from trabecula.lookup import source
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
    cited = source(graph, what) if graph.find(what) is None else None
    statement = None if cited else statement_called(graph, what)
    if cited is not None:
        sources = [cited]
    elif statement is not None:
        sources = [*graph.only([statement]).sources.values()]
    else:
        sources = [*graph.select(selection_text(graph, (what,))).sources.values()]
    if report.form == "bibtex":
        report.emit(cite.bibtex(sources))
    elif report.form == "text":
        report.emit(cite.text(sources))
    else:
        told = cite.merged(sources)
        report.give(lists.references(map(cite.line, told)), lambda: values.references(told))
