"""`trabecula cite`"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from trabecula.cli.options import (
    destination,
    emit_words,
    graph_option,
    name_of,
    open_graph,
    output_option,
    statement_called,
)

#: The formats of citations by the ends of the names of their files.
_ENDS: Final = MappingProxyType({".bib": "bibtex", ".txt": "text"})


@click.command()
@click.argument("what", required=False, metavar="[SELECTION | NAME | STATEMENT | SOURCE]")
@click.option("--bibtex", is_flag=True, help="Write BibTeX.")
@output_option("Where to write: .bib or .txt. Standard output where left out.")
@graph_option
def command(
    what: str | None,
    bibtex: bool,
    output: Path | None,
    overwrite: bool,
    graph_path: Path | None,
) -> None:
    """How to cite the graph, or the sources of a part of it.

    \b
    trabecula cite --bibtex
    trabecula cite calcitriol
    trabecula cite PMID:9709941
    trabecula cite "topic(pth) & status(contested)" --bibtex
    """
    from trabecula import cite, outputs
    from trabecula.cli.extract import selection_text
    from trabecula.lookup import source

    target = destination(output, overwrite, graph_path)
    form = "bibtex" if bibtex else outputs.named(target, _ENDS, option="") if target else "text"
    graph = open_graph(graph_path)
    if what is None:
        said = graph.about, name_of(graph_path)
        whole = cite.graph_bibtex(*said) if form == "bibtex" else f"{cite.graph_text(*said)}\n"
        emit_words(whole, form, target)
        return
    cited = source(graph, what) if graph.find(what) is None else None
    statement = None if cited else statement_called(graph, what)
    if cited is not None:
        sources = [cited]
    elif statement is not None:
        sources = [*graph.only([statement]).sources.values()]
    else:
        sources = [*graph.select(selection_text(graph, (what,))).sources.values()]
    emit_words(cite.bibtex(sources) if form == "bibtex" else cite.text(sources), form, target)
