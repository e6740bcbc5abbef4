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
    open_graph,
    output_option,
    statement_called,
)

#: The formats of citations by the ends of the names of their files.
_ENDS: Final = MappingProxyType({".bib": "bibtex", ".txt": "text"})


@click.command()
@click.argument("what", required=False, metavar="[SELECTION | NAME | STATEMENT]")
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
    trabecula cite "topic(pth) & status(contested)" --bibtex
    """
    from trabecula import cite, outputs
    from trabecula.cli.extract import selection_text

    target = destination(output, overwrite, graph_path)
    form = "bibtex" if bibtex else outputs.named(target, _ENDS, option="") if target else "text"
    if what is None:
        whole = cite.graph_bibtex() if form == "bibtex" else f"{cite.graph_text()}\n"
        emit_words(whole, form, target)
        return
    graph = open_graph(graph_path)
    statement = statement_called(graph, what)
    if statement is not None:
        part = graph.only([statement])
    else:
        part = graph.select(selection_text(graph, (what,)))
    sources = part.sources.values()
    emit_words(cite.bibtex(sources) if form == "bibtex" else cite.text(sources), form, target)
